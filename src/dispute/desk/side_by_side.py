"""Side by side: what the page of settling shows of the pairs of an article, as plain objects.

A cell has its value as the tables have it, and in the words of the codebook.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dispute.desk.pairs import Pair
from dispute.desk.reading import numbered_lines
from dispute.desk.settling import Settling
from helpers.case import decided_fields as of
from helpers.case.decided_fields import Decision, Record
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, SCHEMA, fields
from helpers.dates.edtf import wording

# The column of a table of the codebook in which its rows are called.
CALLED = {"actors": "name", "issues": "label", "stances": "label", "relation_types": "reads"}
# What the fields mean that are several columns.
MEANINGS = {
    "passage": "The words that are coded, by the first code point and the one after the last.",
    "date": "When it was said, happened or held, with its basis and second reading.",
    "number": "A number that the passage claims, with what it counts.",
}
Names = Mapping[str, Mapping[str, str]]


def overview(settling: Settling) -> dict[str, Any]:
    """The case: its passes, articles with what is undecided, and what may be chosen."""
    units: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for pair in settling.pairs.values():
        units[pair.article] += 1
        undecided[pair.article] += bool(settling.n_undecided(pair))
    articles = settling.raw.tables["articles"]
    listed = [
        {"id": name, "title": title, "units": units[name], "undecided": undecided[name]}
        for name, title in zip(articles.article_id, articles.title, strict=True)
    ]
    return {
        "version": settling.version,
        "coders": settling.coders,
        "articles": listed,
        "choices": {table: list(some.items()) for table, some in names(settling.raw).items()},
        "fields": {unit: _described(unit) for unit in CODED},
        **settling.steps,
    }


def names(raw: RawCase) -> dict[str, dict[str, str]]:
    """Each table of the codebook that has names: its ids to what they are called."""
    found = {}
    for table, column in CALLED.items():
        key = SCHEMA["raw"][table]["key"][0]
        rows = zip(raw.tables[table][key], raw.tables[table][column], strict=True)
        found[table] = {one: called or one.replace("-", " ") for one, called in rows}
    return found


def of_article(settling: Settling, article: str) -> list[dict[str, Any]]:
    """The pairs of an article, in the order of the text."""
    chosen = [pair for pair in settling.pairs.values() if pair.article == article]
    called = names(settling.raw)
    return [shown(settling, pair, called) for pair in sorted(chosen, key=_place)]


def text_of(settling: Settling, article: str) -> dict[str, Any]:
    """An article: its title, its lines with the first code point of each, and its furniture."""
    raw = settling.raw
    frame = raw.tables["articles"]
    text = raw.texts[article]
    return {
        "title": frame.title[frame.article_id == article].iloc[0],
        "lines": numbered_lines(text),
        "length": len(text),
        "furniture": [[part.start, part.end] for part in raw.furniture[article]],
    }


def shown(settling: Settling, pair: Pair, called: Names | None = None) -> dict[str, Any]:
    """A pair with its fields, what differs, what was decided and what comes of it."""
    called = called or names(settling.raw)
    made = settling.outcome(pair)
    table = CODED[pair.unit].table
    row = next(iter(made.rows.get(table, [])), None)
    undecided = [one.field for one in made.undecided]
    coders = {member["coder"] for member in pair.members}
    return {
        "unit": pair.unit,
        "noun": CODED[pair.unit].noun,
        "ids": pair.ids,
        "everywhere": len(coders) == len(settling.coders),
        "state": _state(row, undecided, pair.decisions),
        "undecided": undecided,
        "members": [_member(member, pair.unit) for member in pair.members],
        "whole": _decided(pair, ""),
        "fields": [_field(name, pair, row, called) for name in of.decidable(pair.unit)],
    }


def _place(pair: Pair) -> tuple[int, int, int, tuple[str, ...]]:
    """By the first place that a pass has marked; of equal ones the longest comes first."""
    start = min(int(member["start"]) for member in pair.members)
    end = max(int(member["end"]) for member in pair.members)
    return start, -end, list(CODED).index(pair.unit), pair.ids


def _state(row: Record | None, undecided: list[str], decisions: Sequence[Decision]) -> str:
    if row is None:
        return "left out"
    if undecided:
        return "undecided"
    return "decided" if decisions else "agreed"


def _member(member: Record, unit: str) -> dict[str, Any]:
    return {
        "id": member[CODED[unit].id],
        "coder": member["coder"],
        "start": int(member["start"]),
        "end": int(member["end"]),
        "quote": member["quote"],
    }


def _described(unit: str) -> list[dict[str, Any]]:
    """The fields of a kind of unit, whatever the passes have.

    `needed`: a difference has to be decided; else it follows by rule. `table`: where the values of
    the field are listed; `enum`: the values it may have.
    """
    found = []
    for name in of.decidable(unit):
        column = of.TOGETHER.get(name, (name,))[0]
        field = fields(CODED[unit].table, "raw")[column]
        found.append(
            {
                "name": name,
                "meaning": MEANINGS.get(name, field["description"]),
                "needed": name in of.needed(unit),
                "table": field.get("in", "").partition(".")[0],
                "enum": field.get("enum", []),
                "list": bool(field.get("list")),
            }
        )
    return found


def _field(name: str, pair: Pair, row: Record | None, called: Names) -> dict[str, Any]:
    """A field: each pass's value, whether they differ, what was decided and what comes of it."""
    return {
        "name": name,
        "differs": of.differ(name, pair.members, pair.unit),
        "values": [in_words(name, member, pair.unit, called) for member in pair.members],
        "decision": _decided(pair, name),
        "result": in_words(name, row, pair.unit, called) if row else None,
    }


def in_words(name: str, record: Record, unit: str, called: Names) -> dict[str, str]:
    """What a row says of a field: `value` as a decision would give it, and `words`."""
    if name == "passage":
        return {"value": of.in_words(name, record), "words": record["quote"]}
    column = of.TOGETHER.get(name, (name,))[0]
    value = record.get(column, "")
    if name == "date":
        return {"value": value, "words": _date_in_words(record)}
    if column.endswith("_edtf"):
        return {"value": value, "words": wording(value) if value else ""}
    if name == "number":
        more = [record.get(one, "") for one in ("number_of", "number_words")]
        return {"value": value, "words": " · ".join(filter(None, [value, *more]))}
    described = fields(CODED[unit].table, "raw")[column]
    known = called.get(described.get("in", "").partition(".")[0], {})
    parts = value.split(";") if described.get("list") else [value]
    words = ", ".join(known.get(part, part) for part in parts)
    return {"value": value, "words": words or of.EMPTY_IS.get(name, "")}


def _date_in_words(record: Record) -> str:
    value, basis = record["date_edtf"], record["date_basis"]
    first = wording(value) if value else ""
    second = record.get("alt_date_edtf", "")
    also = f"or {wording(second)}" if second else ""
    printed = f"“{record['date_words']}”" if record["date_words"] else ""
    return ", ".join(filter(None, [first, also, basis, printed]))


def _decided(pair: Pair, name: str) -> dict[str, str] | None:
    """The decision on a field of a pair; None where there is none."""
    for one in pair.decisions:
        if one.field == name:
            said = one._asdict()
            return {key: said[key] for key in ("take", "value", "basis", "overrides", "reason")}
    return None
