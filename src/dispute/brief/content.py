"""What the brief prints of a case: strings, in the order in which they are read."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dispute.brief.abbreviations import abbreviations, written_out
from dispute.brief.accounts import claims, differences, facts
from dispute.brief.addresses import Addresses
from dispute.brief.quotations import quotations
from dispute.brief.sides import sides
from dispute.brief.turning_points import turning_points
from dispute.brief.typesetting import in_letters
from dispute.site.lookups import Site
from helpers.analysis.answers import answers
from helpers.analysis.sentences import steps
from helpers.case.load import Case
from helpers.figures import legend
from helpers.words import counted

Tables = Mapping[str, pd.DataFrame]

# Findings whose ends are told; the report has the others.
FINDINGS = 24
# Articles that are named one by one.
NAMED = 8
# What is told of agreement; the report has the rest.
ASKED = ("same-words", "common-words", "positions")


def content(case: Case, tables: Tables, coder: str, root: str) -> dict[str, Any]:
    """What the template prints: strings, and lists and dictionaries of them.

    `tables` are the processed tables by name, `coder` the pass they were made from. `root`: the way
    from the brief to the site, used where the case has no address. Abbreviations are written out
    where they are first read. All is in letters that the fonts of the brief have.
    """
    site = Site(case, tables, coder)
    addresses = Addresses(site, root)
    findings, more = _findings(tables)
    printed = {
        **_of_case(case),
        "read": _read(site),
        "answer": _answer(site, addresses),
        "sides": sides(site, addresses),
        "quotations": quotations(site, addresses),
        "facts": facts(site),
        "differences": differences(site),
        "claims": claims(site),
        "turning_points": turning_points(site, addresses),
        "n_events": counted(len(tables["chronology"]), "event"),
        "counts": _counts(tables, coder),
        "coder": coder,
        "coders": case.coders[["coder", "note"]].values.tolist(),
        "agreement": _agreement(tables["agreement"]),
        "findings": findings,
        "more_findings": str(more),
        "questions": list(tables["questions"].question),
        "cite": case.cite(),
        "pages": _pages(case, addresses),
    }
    marks = {name: [mark.sign, mark.meaning] for name, mark in legend.EVENTS.items()}
    spelled = in_letters(written_out(printed, abbreviations(case)), case)
    return {**spelled, "marks": marks, "address": case.address, "link": addresses.page("index")}


def _of_case(case: Case) -> dict[str, Any]:
    """What the case says of itself."""
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "question": case.question.strip(),
        "authors": list(case.authors),
    }


def _read(site: Site) -> str:
    """The articles by publisher and date; of many, how many there are, and the first and last."""
    articles = [site.called(article.article_id) for article in site.articles()]
    if len(articles) <= NAMED:
        return "; ".join(articles)
    return f"{len(articles)} articles, from {articles[0]} to {articles[-1]}"


def _answer(site: Site, addresses: Addresses) -> list[dict[str, str]]:
    """The sentences of the answer, each with how little it rests on, and the address of that."""
    rows = []
    for row in site.tables["sentences"].query("step == ''").itertuples():
        behind = site.passages.get(row.quoted_id)
        link = addresses.passage(behind) if behind else ""
        rows.append({"said": row.sentence, "rests": row.rests_on, "link": link})
    return rows


def _findings(tables: Tables) -> tuple[list[list[str]], int]:
    """Findings with what ends them, those of the plan first; and how many more there are."""
    findings = tables["findings"].query("kind != 'count' and margin.notna()")
    kept = findings.sort_values("exploratory", kind="stable", na_position="first").head(FINDINGS)
    rows = [[row.sentence, row.ended_by] for row in kept.itertuples()]
    return rows, len(findings) - len(rows)


def _counts(tables: Tables, coder: str) -> list[list[str]]:
    """How many there are of what."""
    counts = {
        "article": len(tables["articles"]),
        "statement": int((tables["statements"].coder == coder).sum()),
        "event": len(tables["events"]),
        "actor": len(tables["nodes"]),
    }
    return [counted(number, noun).split(" ", 1) for noun, number in counts.items()]


def _agreement(agreement: pd.DataFrame) -> list[list[str]]:
    """How far two passes agree on statements: passes, question, numbers, and without marked units.

    The last is empty where no unit is decided by a rule whose example stands in these articles. Of
    more than two passes only the positions are told; the report has the rest.
    """
    found = [answer for answer in answers(agreement) if answer.question in ASKED]
    if len({(answer.coder_a, answer.coder_b) for answer in found}) > 1:
        found = [answer for answer in found if answer.question == "positions"]
    return [
        [f"{answer.coder_a} and {answer.coder_b}", answer.asked, answer.said, answer.without]
        for answer in found
    ]


def _pages(case: Case, addresses: Addresses) -> list[dict[str, str]]:
    """The pages of the report that go on from the brief."""
    story = {"story": "The story in steps"} if steps(case) else {}
    pages = story | {
        "network": "Who stands with whom",
        "chronology": "All events and their dates",
        "stances": "Who stood where, in every period",
        "glossary": "Words in a fixed sense",
    }
    return [{"name": name, "link": addresses.page(page)} for page, name in pages.items()]
