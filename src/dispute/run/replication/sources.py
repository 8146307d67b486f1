"""Where the numbers of README, front page and brief come from: their sources, in words.

A source is asked for all words that it could print; `numbers` finds which of them hold a number and
stand in a document. It names the tables that it reads, so that each number leads to the program
that makes its table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, cast

import pandas as pd

from dispute.brief.content import content
from dispute.dictionary import dictionary
from dispute.run.replication.documents import said
from dispute.site import figures
from dispute.site.cite import Cites
from dispute.site.lookups import Site
from dispute.site.pages import LEADS
from dispute.site.passages import Row
from dispute.site.shell import Rooms
from dispute.site.svg.bars import Bar
from helpers.case.licences import licence_of
from helpers.case.load import Case
from helpers.case.selection import publication
from helpers.words import counted, spelled

# What is printed of the brief (`dispute.brief.content`), and the tables that it is read from; of
# what is not named here the case itself says all.
BRIEF = {
    "read": ("articles",),
    "answer": ("sentences",),
    "sides": ("statements",),
    "quotations": ("statements",),
    "facts": ("disputed_facts",),
    "differences": ("disagreements", "events"),
    "claims": ("chronology", "edges"),
    "turning_points": ("chronology",),
    "n_events": ("chronology",),
    "counts": ("articles", "statements", "events", "nodes"),
    "agreement": ("agreement",),
    "findings": ("findings",),
    "more_findings": ("findings",),
    "questions": ("questions",),
}


class Report:
    """What the documents are made from: a case, its processed tables by name, and the coder."""

    def __init__(self, case: Case, tables: Mapping[str, pd.DataFrame], coder: str) -> None:
        self.case, self.tables, self.coder = case, tables, coder

    @cached_property
    def rooms(self) -> Rooms:
        """The rooms that the front page asks."""
        return Rooms(Site(self.case, self.tables, self.coder))

    @cached_property
    def brief(self) -> dict[str, Any]:
        """What the brief prints."""
        return content(self.case, self.tables, self.coder, "")


class Source(NamedTuple):
    """A source of numbers: what it is, its tables, its program, and all words it could print."""

    title: str
    tables: tuple[str, ...]
    program: str
    words: Callable[[Report], Iterable[str]]


def sources() -> list[Source]:
    """Every source; those of the brief are the keys of its content."""
    brief = [
        Source(f"Brief: {key.replace('_', ' ')}", tables, "dispute.brief.content.content", of(key))
        for key, tables in BRIEF.items()
    ]
    site = "dispute.site"
    return [
        Source("The case's own words", (), "helpers.case.load.load", _of_case),
        Source("How to cite", (), f"{site}.cite.Cites.report", _citation),
        Source("Articles", ("articles",), f"{site}.lookups.Site.called", _articles),
        Source("The answer", ("sentences",), "dispute.run.outputs.answer_in_words", _answer),
        Source("Findings and counts", ("findings",), f"{site}.pages.site", _findings),
        Source("Statements by article", ("statements",), f"{site}.figures.per_article", _bars),
        Source("Events", ("chronology",), f"{site}.events.Events.drawn", _events),
        Source("Disagreements drawn", ("edges",), f"{site}.figures.edges", _edges),
        Source("Actors drawn", ("nodes",), f"{site}.figures.nodes", _nodes),
        Source("Dictionary", (), "dispute.dictionary.dictionary", _dictionary),
        *brief,
    ]


def of(key: str) -> Callable[[Report], Iterable[str]]:
    """What asks for one part of the brief."""
    return lambda report: _leaves(report.brief[key])


def _leaves(printed: Any) -> Iterator[str]:
    """The texts of a part of the brief; a list of texts stands in one row, so whole too."""
    if isinstance(printed, str):
        yield printed
    elif isinstance(printed, list):
        if all(isinstance(one, str) for one in printed):
            yield " ".join(printed)
        yield from chain.from_iterable(map(_leaves, printed))
    elif isinstance(printed, dict):
        yield from chain.from_iterable(map(_leaves, printed.values()))


def _of_case(report: Report) -> Iterator[str]:
    case = report.case
    licence = licence_of(case.licence)
    yield from (case.title, case.subtitle, case.question, case.rights, *case.authors)
    yield f"{licence.title} ({licence.id})"
    yield from (*case.coders.note, *case.labels().values())
    yield from (step.title for step in report.rooms.story.steps)
    passes = f"{spelled(len(case.passes()))} independent passes"
    yield from (passes, passes.capitalize().replace("independent ", ""))


def _citation(report: Report) -> Iterator[str]:
    cited = Cites(report.rooms.site, _nowhere).report()
    yield from (cited.words, cited.csl, *cited.bibtex.splitlines())


def _articles(report: Report) -> Iterator[str]:
    site = report.rooms.site
    articles = site.articles()
    yield f"{spelled(len(articles))} news articles"
    yield from (site.called(article.article_id) for article in articles)
    yield from (publication(article.published) for article in articles)


def _answer(report: Report) -> Iterator[str]:
    for row in report.tables["sentences"].itertuples():
        yield from (row.sentence, row.rests_on, row.quote, row.other_quote)
    for told in report.rooms.story.told():
        yield from (words.quote for words in told.words)


def _findings(report: Report) -> Iterator[str]:
    """As the table has them, and as pages say them, with how many passages stand behind."""
    findings, site = report.tables["findings"], report.rooms.site
    yield from (*findings.sentence, *findings.ended_by)
    for row in findings.itertuples():
        page = LEADS.get(row.page, row.page).capitalize()
        said = f"{site.plainly(row.sentence)} {site.plainly(row.ended_by)} {page}"
        behind = counted(len(site.of(row.evidence)), "passage")
        yield from (said, f"{said} · {behind} behind this")
        if row.kind == "change":
            yield from _passages(report, row.evidence)
    later = int((findings.exploratory != "").sum())
    yield f"{counted(later, 'more finding')} {'was' if later == 1 else 'were'} thought of after"


def _passages(report: Report, evidence: str) -> Iterator[str]:
    """Passages as the front page quotes them below a change of position."""
    site = report.rooms.site
    for one in site.of(evidence):
        record = cast(Row, one)
        yield from (record["quote"], record["gloss"], f"{record['when']} · {site.place(one)}")


def _bars(report: Report) -> Iterator[str]:
    yield from _of_bars(figures.per_article(report.rooms.site, _nowhere))


def _of_bars(bars: Iterable[Bar]) -> Iterator[str]:
    """What stands at a bar: its title, its label, and its number where there is room in it."""
    for bar in bars:
        words = f"{bar.label}: {bar.title} {bar.label}"
        yield from (words, f"{words} {bar.number}")


def _events(report: Report) -> Iterator[str]:
    events = report.rooms.events
    yield from events.drawn(_nowhere).title
    yield from (label for label, _ in events.of_periods(_nowhere))
    yield from _of_bars(events.by_year(_nowhere))


def _edges(report: Report) -> Iterator[str]:
    yield from figures.edges(report.rooms.ties, "conflict", _nowhere, 15, True).title


def _nodes(report: Report) -> Iterator[str]:
    yield from figures.nodes(report.rooms.site, _nowhere).title


def _dictionary(report: Report) -> Iterator[str]:
    for line in dictionary().splitlines():
        yield said(line.split(" | ")[-1].removesuffix(" |"))


def _nowhere(*place: str) -> str:
    """The address of a place, where only words are asked for."""
    return ""
