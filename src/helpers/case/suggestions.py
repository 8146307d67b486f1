"""Suggestions: rows of the codebook that coders found missing, each in the coder's own folder.

Nobody writes a shared file while another codes. A suggestion counts as a row of the codebook where
that has none of its id; one that the codebook has taken is told, and is no fault.
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from helpers.case.cells import Places
from helpers.case.doubts import Doubt
from helpers.case.problems import FIRST_ROW, Problem, numbered, shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import SCHEMA, columns, file_columns

# Of which table a suggestion would be a row.
HOMES = {"actor": "actors", "alias": "aliases", "issue": "issues", "affiliation": "affiliations"}
# What every suggestion has.
COMMON = ("suggestion_id", "coder", "suggests")
Key = tuple[str, ...]
Row = dict[str, str]


def home_row(suggestion: Row) -> Row:
    """The row that a suggestion would be in its table of the codebook."""
    return {name: suggestion.get(name, "") for name in file_columns(HOMES[suggestion["suggests"]])}


def key_of(table: str, row: Row) -> Key:
    """What tells a row of a table of the codebook from all others."""
    return tuple(row[name] for name in SCHEMA["raw"][table]["key"])


def with_suggestions(raw: RawCase) -> RawCase:
    """The case with each suggestion below the rows of its table, where that has none of its id.

    What is likely not meant is in `doubts`.
    """
    made = raw
    doubts: list[Doubt] = []
    for kind, table in HOMES.items():
        if table not in raw.unread:
            rows, places, told = _missing(raw, kind, table)
            doubts += told
            made = _with_rows(made, table, rows, places) if rows else made
    return replace(made, doubts=tuple(doubts))


def _missing(
    raw: RawCase, kind: str, table: str
) -> tuple[list[Row], list[tuple[str, int]], list[Doubt]]:
    """The rows suggested for a table that it lacks, where each stands, and what is told."""
    known = {key_of(table, row) for row in raw.tables[table].to_dict("records")}
    rows: dict[Key, Row] = {}
    places: list[tuple[str, int]] = []
    doubts: list[Doubt] = []
    for place, suggestion in _suggested(raw, kind):
        row = home_row(suggestion)
        key = key_of(table, row)
        name = " in ".join(key)
        if key in known:
            found = f"the {kind} {name}, which {raw.files[table]} has"
            doubts.append(Doubt(*place, "suggestion_id", found, "nothing: the row can be removed"))
        elif key not in rows:
            rows[key] = row
            places.append(place)
        elif difference := _difference(rows[key], row):
            file, number = places[list(rows).index(key)]
            expected = f"one {kind} of that id; row {number} of {file} has another {difference}"
            doubts.append(Doubt(*place, difference, f"the {kind} {name}, told otherwise", expected))
    return list(rows.values()), places, doubts


def _suggested(raw: RawCase, kind: str) -> Iterator[tuple[tuple[str, int], Row]]:
    """The suggestions of a kind that could be read, each with its file and row."""
    places = raw.places["suggestions"]
    for place, row in zip(places, raw.tables["suggestions"].to_dict("records"), strict=True):
        if row["suggests"] == kind and None not in row.values():
            yield place, row


def _difference(one: Row, other: Row) -> str:
    """The first column in which two rows differ; empty where they are alike."""
    return next((name for name, cell in one.items() if cell != other[name]), "")


def _with_rows(raw: RawCase, table: str, rows: list[Row], places: Places) -> RawCase:
    """The case with rows below those of a table."""
    frame = raw.tables[table]
    new = pd.DataFrame(rows, columns=columns(table, "raw"), dtype=object)
    own = [(raw.files[table], FIRST_ROW + number) for number in range(len(frame))]
    joined = pd.concat([frame, new], ignore_index=True).astype(object)
    return replace(
        raw,
        tables=raw.tables | {table: joined},
        places=raw.places | {table: [*own, *places]},
    )


def suggestions_fit_their_kind(raw: RawCase) -> Iterator[Problem]:
    """A suggestion fills the columns of its table, and no others."""
    names = columns("suggestions", "raw")
    for row, cells in numbered(raw.tables["suggestions"][names].itertuples(index=False, name=None)):
        filled = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
        kind = filled.get("suggests")
        if kind not in HOMES:  # told as a fault of the cell
            continue
        own = file_columns(HOMES[kind])
        for name in filled.keys() - {*own, *COMMON}:
            expected = f"nothing: {HOMES[kind]} have no such column"
            yield Problem(raw.files["suggestions"], row, name, shown(filled[name]), expected)


RULES = (suggestions_fit_their_kind,)
