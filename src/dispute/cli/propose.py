"""`dispute propose`: what rules, or a model, suggest that a coder might mark."""

import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dispute.cli._telling import tell

if TYPE_CHECKING:
    from dispute.proposing.calls import Asked
    from dispute.proposing.endpoints import Endpoint
    from dispute.proposing.files import Proposals
    from helpers.case.model import Case

CONFIG = "config.yaml"


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1)
@click.option("--by", required=True, metavar="NAME", help="rules, or a name of `proposers`.")
@click.option("--not-blind", is_flag=True, help="Rules may read what was coded before.")
@click.option("--dry-run", is_flag=True, help="Say what would go where; send and write nothing.")
@click.option(
    "--budget",
    metavar="WHAT=NUMBER",
    multiple=True,
    help="requests=… or tokens=…: the most that this call may ask, instead of the settings.",
)
@click.option("--config", metavar="FILE", default=CONFIG, show_default=True, help="The settings.")
def propose(
    case_dir: str,
    articles: tuple[str, ...],
    by: str,
    not_blind: bool,
    dry_run: bool,
    budget: tuple[str, ...],
    config: str,
) -> int:
    """Propose statements and event mentions for the articles of a case, for people to decide on.

    By rules nothing leaves this machine. By a model, an article is sent to another machine only
    where its sidecar says `send: yes`. What is proposed stands in the folder `proposals` of the
    case, beside the coding, and is no part of it. Without ARTICLE it is for all of them. The status
    is 1 where a model did not answer for all that was asked.
    """
    from dispute.proposing.calls import HOME
    from dispute.proposing.endpoints import RULES, read_endpoint
    from dispute.run.locks import BusyError, lock

    if by == RULES and budget:
        raise click.UsageError("--budget is for a model; rules ask nobody.")
    if by != RULES and not_blind:
        raise click.UsageError("--not-blind is for rules; no coding is ever sent to a model.")
    endpoint = None if by == RULES else read_endpoint(config, by, budget)
    try:
        with nullcontext() if dry_run else lock(HOME / by):
            if endpoint is None:
                return _by_rules(case_dir, articles, not not_blind, dry_run)
            return _by_endpoint(case_dir, articles, endpoint, dry_run)
    except BusyError as error:
        tell(error, to=sys.stderr)
        return 1


def _by_rules(case_dir: str, articles: tuple[str, ...], blind: bool, dry_run: bool) -> int:
    from dispute.proposing.by_rules import propose_by_rules
    from dispute.proposing.endpoints import RULES
    from dispute.proposing.files import recover
    from dispute.proposing.reading import chosen, read_case
    from helpers.words import counted

    folder, case = read_case(case_dir, blind)
    wanted = chosen(case, articles)
    if dry_run:
        tell(f"rules would read {counted(len(wanted), 'article')}; nothing is sent anywhere")
        return 0
    recover(folder, RULES)
    _put(folder, case, RULES, propose_by_rules(case, wanted, blind))
    return 0


def _by_endpoint(
    case_dir: str, articles: tuple[str, ...], endpoint: "Endpoint", dry_run: bool
) -> int:
    from dispute.proposing.calls import expect_leave, prepare
    from dispute.proposing.files import recover
    from dispute.proposing.reading import chosen, read_case

    folder, case = read_case(case_dir)
    if not dry_run:
        recover(folder, endpoint.name)
    asked = prepare(folder, case, chosen(case, articles), endpoint)
    if dry_run:
        return _dry_run(asked)
    expect_leave(asked, named=bool(articles))
    return _ask(asked)


def _dry_run(asked: "Asked") -> int:
    """What would go where, an article a line."""
    from dispute.proposing.calls import plan
    from helpers.words import counted

    endpoint, requests, tokens = asked.endpoint, 0, 0
    where = "this machine" if asked.place.is_here else "another machine"
    tell(f"{endpoint.base_url} ({', '.join(asked.place.addresses)}): {where}, {endpoint.model}")
    for one in plan(asked):
        size = f"{one.characters} characters in {counted(one.parts, 'part')}"
        if not one.may:
            tell(f"{one.article_id}: {size}: no leave (`send: yes` in its sidecar), not sent")
            continue
        known = f", {one.kept} of them kept from before" if one.kept else ""
        tell(f"{one.article_id}: {size}{known}: at most {one.tokens} tokens to {endpoint.host}")
        requests += one.parts - one.kept
        tokens += one.tokens
    limits = asked.budget().words()
    tell(f"{counted(requests, 'request')}, at most {tokens} tokens ({limits}); nothing was sent")
    return 0


def _ask(asked: "Asked") -> int:
    from dispute.cli._stopping import stoppable
    from dispute.proposing.by_endpoint import propose_by_endpoint
    from dispute.proposing.progress import Progress
    from helpers.words import counted

    for article in asked.left_out:
        tell(f"{article}: no leave (`send: yes` in its sidecar), not sent", to=sys.stderr)
    stoppable(lambda: "what was answered is kept; the same call goes on from there")
    outcome = propose_by_endpoint(asked, Progress(lambda line: tell(line, to=sys.stderr)).take)
    if outcome.proposals.articles:
        _put(asked.folder, asked.case, asked.endpoint.name, outcome.proposals)
    tell(f"{counted(outcome.asked, 'answer')} asked for, {outcome.kept} kept; {outcome.told}")
    for article, why in sorted(outcome.failed.items()):
        tell(f"{article}: not proposed: {why}", to=sys.stderr)
    if outcome.failed:
        left = counted(len(outcome.failed), "article")
        tell(f"{left} left: what was answered is kept, the same call goes on", to=sys.stderr)
    return 1 if outcome.failed else 0


def _put(folder: Path, case: "Case", name: str, said: "Proposals") -> None:
    """Put proposals to those that are there, and say how many there are for each article."""
    from dispute.proposing.files import day_of_today, merged, read_proposals, write_proposals
    from helpers.words import counted

    whole = merged(read_proposals(folder, name), said, case.texts)
    written = write_proposals(folder, name, whole, day_of_today())
    numbers = {table: Counter(map(_article, rows)) for table, rows in said.tables.items()}
    for article in sorted(said.articles):
        statements = counted(numbers["statements"][article], "statement")
        events = counted(numbers["event_mentions"][article], "event mention")
        refused = numbers["refused"][article]
        more = f", {refused} refused" if refused else ""
        tell(f"{article}: {statements}, {events}{more}")
    tell(f"proposals/{name}: {'written' if written else 'nothing has changed'}")


def _article(row: Mapping[str, str]) -> str:
    return row["article_id"]
