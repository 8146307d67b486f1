"""Passages: the coded units of one coder as records to quote, and which of them stand behind what.

A record is a dictionary with its keys in a type: `Statement`, `EventMention`, `Relation`,
`Affiliation` for a coded unit, `Paragraph` for a paragraph that names actors. Its key `unit` says
which of them it is. A type names the keys that the pages read; the record of a coded unit holds
the other columns of its table as well (`helpers.case.schema.UNITS` says which table that is).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, TypedDict, cast

import pandas as pd

from helpers.analysis.evidence import behind
from helpers.case.schema import UNITS
from helpers.dates import edtf
from helpers.words import language_of, languages

Row = dict[str, Any]

# How a date is known: a `date_basis` of the tables, in words.
BASIS = {
    "stated": "printed",
    "resolved": "worked out",
    "approximate": "rough",
    "external": "from an outside source",
    "undated": "not known",
}
# The bases by which the article itself gives the day.
OWN_BASES = {"stated", "resolved"}


class Place(TypedDict):
    """What every record has: its id, its place in its article, and its time.

    `anchor` is its place on the page of its article. `start` and `end` count the characters of
    the text. `earliest` and `latest` are ISO days, empty where open or not known. `period` is one
    of the codebook or `unplaced`. Affiliations and paragraphs have none of the three: all empty.
    """

    id: str
    anchor: str
    article_id: str
    start: int
    end: int
    earliest: str
    latest: str
    period: str


class Coded(Place):
    """What the record of every coded unit has. What its table lacks is empty.

    Made here: `languages` (those of the words, by name), `when` (the date in words), `how` (how
    the date is known, in words; empty for an affiliation) and `sure` (whether the article itself
    gives the date, and not roughly).
    """

    quote: str
    lang: str
    languages: str
    gloss: str
    note: str
    when: str
    how: str
    sure: bool
    date_edtf: str
    date_words: str
    date_note: str
    alt_date_edtf: str
    alt_date_note: str
    quoted_by: str
    according_to: str
    number_words: str
    polarity: str


class Statement(Coded):
    """A stance of a speaker on an issue."""

    unit: Literal["statement"]
    speaker: str
    on_behalf_of: str
    issue: str
    stance: int


class EventMention(Coded):
    """An account of an event."""

    unit: Literal["event-mention"]
    event_id: str
    description: str


class Relation(Coded):
    """A tie between two actors that an article states."""

    unit: Literal["relation"]
    source: str
    relation: str
    target: str


class Affiliation(Coded):
    """An office or a membership."""

    unit: Literal["affiliation"]
    actor_id: str
    organisation: str
    role: str


class Paragraph(Place):
    """A paragraph that names actors: their ids, and no words."""

    unit: Literal["passage"]
    actors: list[str]


Record = Statement | EventMention | Relation | Affiliation | Paragraph

BLANK: Row = dict.fromkeys(Coded.__annotations__, "")


def passages(tables: Mapping[str, pd.DataFrame], coder: str) -> dict[str, Record]:
    """Every passage that the pages can quote or point to: its id to its record.

    `tables`: the processed tables by name. `coder`: the pass whose statements, event mentions and
    relations are meant; `all` for those of every coder. Affiliations and the paragraphs that name
    actors belong to no pass and are always there.
    """
    records: dict[str, Record] = {}
    for unit, kind in UNITS.items():
        for row in _rows(tables[kind.table], coder):
            records[row[kind.id]] = _coded(row, unit, row[kind.id])
    for passage_id, mentions in tables["actor_mentions"].groupby("passage_id"):
        records[passage_id] = _paragraph(passage_id, mentions)
    return records


def _rows(frame: pd.DataFrame, coder: str) -> Iterable[Row]:
    """The rows of a coder, or all where the table knows no coder; a missing value is empty text."""
    if "coder" in frame and coder != "all":
        frame = frame[frame.coder == coder]
    for row in frame.to_dict("records"):
        yield {column: "" if pd.isna(value) else value for column, value in row.items()}


def _coded(row: Row, unit: str, name: str) -> Record:
    """The record of a row of a table of coded units."""
    time = _time_of_office(row) if unit == "affiliation" else _time(row)
    made = {"id": name, "unit": unit, "anchor": name}
    tags = str(row.get("lang", ""))
    said_in = {"lang": language_of(tags), "languages": languages(tags)}
    return cast(Record, BLANK | row | time | made | said_in)


def _time(row: Row) -> Row:
    """The date of a statement, event mention or relation in words, and how it is known."""
    day, basis = row["date_edtf"], row["date_basis"]
    sure = basis in OWN_BASES and not edtf.is_vague(day)
    return {"when": edtf.wording(day), "how": BASIS[basis], "sure": sure}


def _time_of_office(row: Row) -> Row:
    """What is known of the time of an office, in words.

    That is a day on which it was held already, and a day by which it had ended.
    """
    since, until = row["valid_from"], row["valid_to"]
    parts = []
    if since:
        parts.append(f"known from {edtf.wording(since)}")
    if until:
        parts.append(f"ended by {edtf.wording(until)}")
    return {"when": ", ".join(parts) or edtf.wording(""), "sure": True}


def _paragraph(passage_id: str, mentions: pd.DataFrame) -> Paragraph:
    """The record of a paragraph; `mentions` are its rows of `actor_mentions`.

    The id ends with its place in the text: `ARTICLE:START-END`.
    """
    start, end = passage_id.rpartition(":")[2].split("-")
    return Paragraph(
        id=passage_id,
        unit="passage",
        anchor=f"p{start}-{end}",
        article_id=mentions.article_id.iloc[0],
        start=int(start),
        end=int(end),
        earliest="",
        latest="",
        period="",
        actors=sorted(set(mentions.actor_id)),
    )


def by_edge(tables: Mapping[str, pd.DataFrame], records: dict[str, Record]) -> "ByEdge":
    """edge_id to the records behind it, in the order of article and place.

    They are put together when they are asked for. An edge without one, because another coder's
    passages are behind it, is left out.
    """
    return ByEdge(behind(tables), records)


class ByEdge(Mapping[str, list[Record]]):
    """What `by_edge` gives."""

    def __init__(self, ids: Mapping[str, list[str]], records: dict[str, Record]) -> None:
        self._ids = ids
        self._records = records

    def __getitem__(self, edge_id: str) -> list[Record]:
        known = [self._records[one] for one in self._ids[edge_id] if one in self._records]
        if not known:
            raise KeyError(edge_id)
        return in_order(known)

    def __iter__(self) -> Iterator[str]:
        return (edge_id for edge_id in self._ids if edge_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def is_coded(record: Record) -> bool:
    """Whether a record is a coded unit, and no paragraph that only names actors."""
    return record["unit"] != "passage"


def first_words(text: str, most: int) -> str:
    """The words with which a text begins, up to so many characters; all, where they are few."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most + 1].rpartition(" ")[0] + " …"


def place_in_time(record: Record) -> str:
    """The day by which a record is put in order of time; records of no date come last."""
    return edtf.place_in_time(record["earliest"], record["latest"])


def in_time(record: Record) -> tuple[str, str, int, str]:
    """By what records are put in the order of time, article and place."""
    return place_in_time(record), record["article_id"], record["start"], record["id"]


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records in the order of article, place and id."""
    return sorted(records, key=_place)


def _place(record: Record) -> tuple[str, int, int, str]:
    return record["article_id"], record["start"], record["end"], record["id"]
