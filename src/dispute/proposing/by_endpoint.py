"""Proposals by a language model at an endpoint: asked, held to the text, and put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dispute.proposing.addresses import Place, resolve
from dispute.proposing.answers import read_answer
from dispute.proposing.asking import Ask, Asker, Question, Result, asked_of
from dispute.proposing.budget import Budget, reckoned
from dispute.proposing.checks import Codebook, Reading
from dispute.proposing.client import Client
from dispute.proposing.endpoints import Endpoint
from dispute.proposing.files import (
    About,
    Proposals,
    expect_mergeable,
    numbered,
    read_proposals,
)
from dispute.proposing.forms import LISTS
from dispute.proposing.kept import Kept, key_of
from dispute.proposing.parts import Part, parts
from dispute.proposing.prompts import Prompts
from dispute.proposing.rows import Made, rows_of
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem

# Where a project keeps the answers, a folder for each proposer; git knows nothing of it.
HOME = Path(".cache/proposing")


@dataclass(frozen=True)
class Asked:
    """What one call asks of an endpoint.

    `articles`: what is sent; `left_out`: the articles that may not be sent to where it is.
    `before`: what the same proposer proposed earlier.
    """

    folder: Path
    case: Case
    articles: list[str]
    left_out: list[str]
    endpoint: Endpoint
    place: Place
    prompts: Prompts
    kept: Kept
    before: Proposals | None

    @property
    def about(self) -> About:
        """Who proposes; nothing is counted yet."""
        return About("model", model=self.endpoint.model, prompt=self.prompts.digest)

    def budget(self) -> Budget:
        """The budget of the call; nothing is spent yet."""
        return Budget(self.endpoint.requests, self.endpoint.tokens)


class Planned(NamedTuple):
    """What would be sent of an article: characters, parts, tokens at most, answers that are kept.

    `may`: it may be sent to where the endpoint is.
    """

    article_id: str
    may: bool
    characters: int
    parts: int
    tokens: int
    kept: int


@dataclass
class Outcome:
    """What came of a call: proposals, why articles were not answered (`failed`), and numbers."""

    proposals: Proposals
    failed: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    kept: int = 0
    ambiguous: int = 0
    repeated: int = 0

    @property
    def told(self) -> str:
        """What a person should know of the answers, in numbers."""
        told = [f"{len(self.proposals.tables['refused'])} refused (refused.csv says why)"]
        if self.ambiguous:
            told.append(f"{self.ambiguous} with words that stand several times")
        if self.repeated:
            told.append(f"{self.repeated} said twice")
        return ", ".join(told)


def prepare(folder: Path, case: Case, articles: list[str], endpoint: Endpoint) -> Asked:
    """All that a call needs; nothing is sent yet.

    Raises CaseError for templates that cannot be used, and for earlier proposals that would stand
    beside others; ValueError where the endpoint has no address.
    """
    place = resolve(endpoint.host, endpoint.port)
    leave = set(case.articles.article_id[case.articles.send == "yes"])
    left_out = [] if place.is_here else [one for one in articles if one not in leave]
    asked = Asked(
        folder,
        case,
        [one for one in articles if one not in left_out],
        left_out,
        endpoint,
        place,
        Prompts(case, folder),
        Kept(HOME / endpoint.name),
        read_proposals(folder, endpoint.name),
    )
    expect_mergeable(asked.before, asked.about, asked.articles, case.texts)
    return asked


def expect_leave(asked: Asked, named: bool) -> None:
    """Raise CaseError for articles without leave, where they are `named`, or none has it."""
    if asked.left_out and (named or not asked.articles):
        expected = f"`send: yes`, for {asked.endpoint.host} is not this machine"
        raise CaseError(
            [
                Problem(f"articles/{article}.yaml", 0, "send", "no leave", expected)
                for article in asked.left_out
            ]
        )


def plan(asked: Asked) -> Iterator[Planned]:
    """What would be sent of each article. Nothing is sent."""
    endpoint = asked.endpoint
    for article in sorted([*asked.articles, *asked.left_out]):
        questions = list(_questions([article], asked))
        keys = [key_of(asked_of(endpoint, question.messages)) for question in questions]
        known = [asked.kept.get(key) is not None for key in keys]
        tokens = [reckoned(question.messages) + endpoint.max_tokens for question in questions]
        yield Planned(
            article,
            article not in asked.left_out,
            len(asked.case.texts[article]),
            len(questions),
            sum(number for number, is_kept in zip(tokens, known, strict=True) if not is_kept),
            sum(known),
        )


def propose_by_endpoint(
    asked: Asked, tell: Callable[[Result], None], ask: Ask | None = None
) -> Outcome:
    """What a model proposes; articles of which a part was not answered are left out.

    `tell` is called for each answer that comes; `ask` asks instead of the endpoint.
    """
    with ExitStack() as ends:
        if ask is None:
            client = ends.enter_context(closing(Client(asked.endpoint, asked.place)))
            ask = client.ask
        asker = Asker(ask, asked.endpoint, asked.kept, asked.budget(), asked.prompts.form)
        return _outcome(asked, asker, tell)


def _outcome(asked: Asked, asker: Asker, tell: Callable[[Result], None]) -> Outcome:
    outcome = Outcome(Proposals(asked.about))
    answered: defaultdict[str, list[Result]] = defaultdict(list)
    for result in asker.results(_questions(asked.articles, asked)):
        tell(result)
        outcome.asked += result.answer is not None and not result.was_kept
        outcome.kept += result.was_kept
        answered[result.article_id].append(result)
        if result.answer is None:
            outcome.failed.setdefault(result.article_id, result.failure)
    known = Codebook.of(asked.case)
    for article in asked.articles:
        if article not in outcome.failed:
            results = sorted(answered[article], key=lambda result: result.part)
            _put(outcome, asked, article, _made(asked.case, article, results, known))
            _count(outcome, article, results, asked.before)
    return outcome


def _questions(articles: Iterable[str], asked: Asked) -> Iterator[Question]:
    for article in articles:
        for part in parts(asked.case.texts[article]):
            yield Question(article, part, asked.prompts.messages(article, part))


def _made(case: Case, article: str, results: Iterable[Result], known: Codebook) -> Made:
    row = case.articles[case.articles.article_id == article].iloc[0]
    furniture, languages = tuple(case.furniture[article]), tuple(row.language.split(";"))

    def read(part: Part) -> Reading:
        return Reading(case.texts[article], furniture, languages, part)

    answers = [(read(one.part), read_answer(one.answer)) for one in results if one.answer]
    return rows_of(answers, known)


def _put(outcome: Outcome, asked: Asked, article: str, made: Made) -> None:
    """Put what was made of an article to the proposals."""
    said, articles = outcome.proposals, asked.case.articles
    outcome.ambiguous += made.ambiguous
    outcome.repeated += made.repeated
    digests = dict(zip(articles.article_id, articles.sha256, strict=True))
    said.articles[article] = digests[article]
    for table in LISTS:
        said.tables[table] += numbered(table, article, made.tables[table])
    said.tables["refused"] += [
        {"article_id": article, "kind": one.kind, "found": one.found, "why": one.why}
        for one in made.refused
    ]


def _count(
    outcome: Outcome, article: str, results: Iterable[Result], before: Proposals | None
) -> None:
    """Count what was asked for an article, but for what earlier proposals have counted."""
    said = outcome.proposals
    counted = (
        before is not None
        and before.about.maker == said.about.maker
        and before.articles.get(article) == said.articles[article]
    )
    for result in results:
        if result.answer and not (counted and result.was_kept):
            said.about = said.about.with_answers(1, result.answer.tokens)
