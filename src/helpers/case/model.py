"""The case itself: everything that people wrote of one dispute, checked and frozen.

It answers what notebooks and programs ask again and again: what an id is called, which passes
there are. What computes takes its tables.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from helpers.case.doubts import Doubt
from helpers.case.furniture import Furniture
from helpers.case.schema import CODED
from helpers.dates.edtf import bounds


@dataclass(frozen=True)
class Case:
    """A checked case.

    What it says of itself is described in `metadata`. `coder` is the coding that is read where no
    other is asked for. `texts` maps article_id to text, `furniture` to the spans of it that are not
    the article's own. `guide` are the rules of coding as Markdown. The rest are typed tables, with
    the columns that `tables.yaml` gives the raw tables; the adjudicated set is among the rows of
    the coders. `adjudication` says of every unit of the passes what came of it, with the columns of
    `coding_differences`. `first_issues` are the issues that its question is about. What is proposed
    is in tables of its own, and no coding; `taken` is what coders did with it, `developed_here` are
    the proposers that were developed on these articles. `left_out` are sentences on what a
    selection (`as_of`) could not take, for want of a date. `doubts` are what is likely not meant of
    the coders' suggestions, which stand among the rows of the codebook, and of `taken`.
    """

    title: str
    subtitle: str
    question: str
    name: str
    year: str
    version: str
    licence: str
    rights: str
    address: str
    citation: str
    coder: str
    edition: str
    authors: tuple[str, ...]
    notes: tuple[str, ...]
    first_issues: tuple[str, ...]
    developed_here: tuple[str, ...]
    guide: str
    texts: dict[str, str]
    furniture: dict[str, list[Furniture]]
    articles: pd.DataFrame
    actors: pd.DataFrame
    actor_attributes: pd.DataFrame
    issue_attributes: pd.DataFrame
    article_attributes: pd.DataFrame
    aliases: pd.DataFrame
    affiliations: pd.DataFrame
    issues: pd.DataFrame
    stances: pd.DataFrame
    relation_types: pd.DataFrame
    periods: pd.DataFrame
    coders: pd.DataFrame
    statements: pd.DataFrame
    event_mentions: pd.DataFrame
    relations: pd.DataFrame
    suggestions: pd.DataFrame
    progress: pd.DataFrame
    decisions: pd.DataFrame
    context_events: pd.DataFrame
    event_links: pd.DataFrame
    rules: pd.DataFrame
    codebook_changes: pd.DataFrame
    second_looks: pd.DataFrame
    findings: pd.DataFrame
    story: pd.DataFrame
    sentences: pd.DataFrame
    questions: pd.DataFrame
    search: pd.DataFrame
    corrections: pd.DataFrame
    sample: pd.DataFrame
    machine_totals: pd.DataFrame
    machine_counts: pd.DataFrame
    proposers: pd.DataFrame
    proposed_articles: pd.DataFrame
    proposed_statements: pd.DataFrame
    proposed_event_mentions: pd.DataFrame
    refused_proposals: pd.DataFrame
    taken: pd.DataFrame
    adjudication: pd.DataFrame
    left_out: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def cite(self) -> str:
        """How to cite this, as the case says it; else from authors, year, title and version."""
        if self.citation:
            return self.citation
        whose = ", ".join(self.authors)
        head = f"{whose} ({self.year})" if whose and self.year else whose or self.year
        version = f"Version {self.version}" if self.version else ""
        parts = [part.rstrip(".") for part in (head, self.title, version) if part]
        return " ".join([". ".join(parts) + ".", self.address]).strip()

    def names(self) -> dict[str, str]:
        """actor_id to usual name."""
        return _mapping(self.actors, "actor_id", "name")

    def names_apart(self) -> dict[str, str]:
        """actor_id to usual name; one that another has too is followed by the id."""
        return _apart(self.names())

    def kinds(self) -> dict[str, str]:
        """actor_id to `person`, `organisation`, `group` or `court`."""
        return _mapping(self.actors, "actor_id", "kind")

    def camps(self) -> dict[str, str]:
        """actor_id to camp, empty where there is none."""
        return _mapping(self.actors, "actor_id", "camp")

    def publishers(self) -> dict[str, str]:
        """article_id to publisher, empty where not identified."""
        return _mapping(self.articles, "article_id", "publisher")

    def labels(self) -> dict[str, str]:
        """issue to label; one that another has too is followed by the issue."""
        return _apart(_mapping(self.issues, "issue", "label"))

    def propositions(self) -> dict[str, str]:
        """issue to the sentence that one can support or oppose."""
        return _mapping(self.issues, "issue", "proposition")

    def scale(self) -> dict[int, str]:
        """stance to label; one that another has too is followed by the stance."""
        return _apart(_mapping(self.stances, "stance", "label"))

    def sides(self) -> dict[int, str]:
        """stance to side: `for`, `against`, `conditional` or `neutral`."""
        return _mapping(self.stances, "stance", "side")

    def ties(self) -> dict[str, str]:
        """relation to how it reads between its two ends."""
        kinds = self.relation_types
        return {
            kind.relation: kind.reads or kind.relation.replace("-", " ")
            for kind in kinds.itertuples()
        }

    def period_labels(self) -> dict[str, str]:
        """period to label, in the order of the codebook."""
        return _apart(_mapping(self.periods, "period", "label"))

    def period_spans(self) -> dict[str, str]:
        """period to its EDTF interval, in the order of the codebook."""
        return _mapping(self.periods, "period", "period_edtf")

    def passes(self) -> list[str]:
        """The coders who marked the articles independently, in the order of the codebook."""
        return self.coders.coder[self.coders.coder_role != "adjudicated"].tolist()

    def units(self) -> dict[str, pd.DataFrame]:
        """The coded tables by kind of unit: `statement`, `event-mention`, `relation`."""
        return {name: getattr(self, unit.table) for name, unit in CODED.items()}

    def only_articles(self, articles: set[str]) -> "Case":
        """The case with these articles alone, and what was written of them."""
        kept = {}
        for name, frame in vars(self).items():
            if isinstance(frame, pd.DataFrame) and "article_id" in frame:
                kept[name] = _rows(frame, frame.article_id.isin(articles))
        texts = {article: text for article, text in self.texts.items() if article in articles}
        furniture = {article: self.furniture[article] for article in texts}
        return replace(self, texts=texts, furniture=furniture, **kept)

    def without_decisions_on_missing_units(self) -> "Case":
        """The case with those decisions alone of which every unit is among the coded tables."""
        units: set[str] = set()
        for name, frame in self.units().items():
            units.update(frame[CODED[name].id])
        named = [units.issuperset(ids.split(";")) for ids in self.decisions.ids]
        return replace(self, decisions=_rows(self.decisions, named))

    def without_context_after(self, last: date) -> "Case":
        """The case without the context events that may be later than a day."""
        dates = self.context_events.date_edtf
        known = [not value or bounds(value)[1] <= last for value in dates]
        return replace(self, context_events=_rows(self.context_events, known))


def _mapping(frame: pd.DataFrame, key: str, value: str) -> dict:
    return dict(zip(frame[key], frame[value], strict=True))


def _apart(names: dict) -> dict:
    """Names that no two have: tables and figures tell things apart by them."""
    counts = Counter(names.values())
    return {key: name if counts[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def _rows(frame: pd.DataFrame, chosen: pd.Series | list[bool]) -> pd.DataFrame:
    """The rows that are chosen, numbered anew. None may be left: the columns stay."""
    return frame.loc[pd.Series(chosen, index=frame.index, dtype=bool)].reset_index(drop=True)
