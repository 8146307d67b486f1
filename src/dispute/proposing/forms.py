"""The form of an answer: a JSON schema, as it is sent, and as each row is held to it.

What is sent lists the ids that may be used, so that an endpoint that can hold a model to a schema
does. Rows are held to the form alone; ids are looked at one by one, so that one that is made up
takes no other row with it.
"""

from typing import Any

from helpers.case.model import Case

NEW = "new"
BASES = ("stated", "resolved", "approximate", "undated")
SPEECH = ("direct", "indirect", "mixed")
# Lists of an answer, and how many rows each may have.
LISTS = ("statements", "event_mentions")
MOST = 2_000

_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT, "maxItems": 100}
_DATE = {
    "date": _TEXT,
    "date_basis": {"type": "string", "enum": list(BASES)},
    "date_words": _TEXT,
    "date_note": _TEXT,
}
STATEMENT: dict[str, Any] = {
    "quote": _TEXT,
    "speaker": _TEXT,
    "printed": _TEXT,
    "on_behalf_of": _TEXT,
    "quoted_by": _TEXT,
    "issues": _TEXTS,
    "stance": {"type": ["integer", "null"]},
    **_DATE,
    "speech": {"type": "string", "enum": list(SPEECH)},
    "lang": _TEXT,
    "why": _TEXT,
}
EVENT_MENTION: dict[str, Any] = {
    "quote": _TEXT,
    **_DATE,
    "place": _TEXT,
    "participants": _TEXTS,
    "according_to": _TEXT,
    "description": _TEXT,
    "lang": _TEXT,
    "why": _TEXT,
}
ROWS = {"statements": STATEMENT, "event_mentions": EVENT_MENTION}
# What a row must have; what else it may leave out is empty then.
MUST = {"statements": ["quote", "speaker", "issues", "why"], "event_mentions": ["quote", "why"]}


def row_form(table: str) -> dict[str, Any]:
    """The schema that a row of an answer is held to."""
    return _object(ROWS[table], MUST[table])


def sent_form(case: Case) -> dict[str, Any]:
    """The schema that is sent: every id of the codebook that may stand in an answer."""
    actors = case.actors.actor_id.tolist()
    some = {"type": "string", "enum": ["", *actors]}
    several = {"type": "array", "items": {"type": "string", "enum": actors}}
    issues = {"type": "array", "items": {"type": "string", "enum": case.issues.issue.tolist()}}
    stances = [*map(int, case.stances.stance), None]
    named = {
        "speaker": {"type": "string", "enum": [*actors, NEW]},
        "on_behalf_of": some,
        "quoted_by": some,
        "according_to": some,
        "issues": issues,
        "participants": several if actors else _TEXTS,
        "stance": {"type": ["integer", "null"], "enum": stances},
    }
    lists = {}
    for table, fields in ROWS.items():
        row = {name: named.get(name, form) for name, form in fields.items()}
        lists[table] = {"type": "array", "items": _object(row, list(row))}
    return _object(lists, list(lists))


def shown_form() -> dict[str, Any]:
    """The schema as the prompt shows it: the ids stand in its lists already."""
    lists = {}
    for table, fields in ROWS.items():
        lists[table] = {"type": "array", "items": _object(fields, list(fields))}
    return _object(lists, list(lists))


def _object(fields: dict[str, Any], must: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": must,
        "additionalProperties": False,
    }
