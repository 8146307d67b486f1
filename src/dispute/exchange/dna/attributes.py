"""What is known of entities, both ways: attributes and colours of DNA, columns of a case.

Any attribute is a column of `actor_attributes` or `issue_attributes`. The columns that a case has
itself (`kind`, `camp`, `note`, …) go out as attributes of that name, and come back as what they
are.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from dispute.exchange.dna.layout import Row, Tables, fit
from dispute.exchange.wording import unlike
from helpers.case.cells import cell_problem
from helpers.case.schema import fields

COLOUR = "colour"
BLACK = "#000000"
RGB = ("Red", "Green", "Blue")
# Columns of actors and issues that are attributes in DNA, in their order there.
DESCRIBED = {
    "actors": ("kind", "camp", "about", "match", "note"),
    "issues": ("proposition", "issue_kind", "examples"),
}
# Number of an entity, or its id in a case, to words.
Words = dict[int, str]


class Known(NamedTuple):
    """What is known of some entities, by their numbers.

    `columns` are the case's own, and `own` has a cell of each; `described` are cells of the columns
    that every case has.
    """

    columns: list[str]
    own: dict[int, dict[str, str]]
    described: dict[int, dict[str, str]]


def known_of(
    tables: Tables,
    entities: Sequence[Row],
    table: str,
    actors: Mapping[str, str],
    persons: Collection[int] = (),
) -> Known:
    """The attributes and colours of entities that become rows of `actors` or `issues` (`table`).

    `actors`: the names to which a camp may point, with their ids in the case; `persons`: those of
    the entities who are of no other kind.
    """
    said = _attributes(tables, entities)
    described: dict[int, dict[str, str]] = {row["ID"]: {} for row in entities}
    for label in DESCRIBED[table]:
        words = said.get(label, {})
        if label == "kind" and ("person" in words.values() or words.keys() & set(persons)):
            continue
        if taken := _as_described(table, label, words, actors):
            del said[label]
            for number, cell in taken.items():
                described[number][label] = cell
    colours = {row["ID"]: _hex(row) for row in entities if _hex(row) != BLACK}
    key = next(iter(fields(table, "raw")))
    reserved = [key, COLOUR]
    names = unlike(dict(enumerate([*reserved, *said])), "{} ({})")
    cells = dict(zip(list(names.values())[len(reserved) :], said.values(), strict=True))
    if colours:
        cells[COLOUR] = colours
    own = {}
    for row in entities:
        own[row["ID"]] = {name: words.get(row["ID"], "") for name, words in cells.items()}
    return Known(list(cells), own, described)


def _attributes(tables: Tables, entities: Sequence[Row]) -> dict[str, Words]:
    """Label to what is said of whom, in the order of the labels; some are said of nobody."""
    homes = {row["VariableId"] for row in entities}
    numbers = {row["ID"] for row in entities}
    labels = {
        row["ID"]: fit(row["AttributeVariable"]) or "attribute"
        for row in tables["ATTRIBUTEVARIABLES"]
        if row["VariableId"] in homes
    }
    said: dict[str, Words] = {label: {} for label in labels.values()}
    for row in tables["ATTRIBUTEVALUES"]:
        if row["EntityId"] in numbers and (words := fit(row["AttributeValue"])):
            label = labels.get(row["AttributeVariableId"], "attribute")
            said.setdefault(label, {})[row["EntityId"]] = words
    return said


def _as_described(table: str, label: str, words: Words, actors: Mapping[str, str]) -> Words:
    """An attribute as cells of a column that every case has; none where one of them is no such."""
    cells = words
    if label == "camp":
        cells = {number: actors.get(one, "") for number, one in words.items()}
    field = fields(table, "raw")[label]
    if any(cell_problem(field, cell, False) for cell in cells.values()):
        return {}
    return cells


def kinds_said(tables: Tables) -> Words:
    """What the attribute `kind` says of entities, of whatever variable."""
    labels = {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]}
    return {
        row["EntityId"]: row["AttributeValue"]
        for row in tables["ATTRIBUTEVALUES"]
        if labels.get(row["AttributeVariableId"]) == "kind"
    }


def _hex(row: Row) -> str:
    parts = [row[part] if isinstance(row[part], int) else 0 for part in RGB]
    return "#" + "".join(f"{min(max(part, 0), 255):02x}" for part in parts)


def colour_of(cell: str) -> dict[str, int] | None:
    """A colour as DNA has it; None for what is no colour."""
    if not re.fullmatch("#[0-9a-f]{6}", cell):
        return None
    return {part: int(cell[at : at + 2], 16) for part, at in zip(RGB, (1, 3, 5), strict=True)}


def own_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of the case's own that are attributes: all but the key and the colour."""
    return [name for name in list(frame)[1:] if name != COLOUR]


def own_cells(frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Key to the cells of the case's own columns."""
    key = next(iter(frame))
    return {row.pop(key): row for row in frame.to_dict("records")}


def labels_of(
    described: Mapping[str, Mapping[str, str]],
    own: Mapping[str, Mapping[str, str]],
    columns: Collection[str],
    members: Collection[str],
) -> list[str]:
    """The attributes of a variable of DNA, of whose entities the ids are `members`.

    One of the case's own is that of those of whom it says something, or of all where it says
    nothing; one that every case has (`described`) goes out where it says something.
    """
    labels = []
    for column in columns:
        of = {key for key, cells in own.items() if cells.get(column)}
        if not of or of & set(members):
            labels.append(column)
    for column in dict.fromkeys(name for cells in described.values() for name in cells):
        if column not in columns and any(described[key].get(column) for key in members):
            labels.append(column)
    return labels
