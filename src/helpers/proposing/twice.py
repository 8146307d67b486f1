"""Twice: what an article tells in short, and again with the words that were said.

The rule `told-twice`: one request or refusal that an article tells twice is coded once, from the
fuller telling. So a lead is left out where its speaker is quoted on the same issue further down.
Used where the codebook has the rule.
"""

from collections.abc import Sequence

from helpers.proposing.units import Unit


def once_each(found: Sequence[Unit]) -> list[Unit]:
    """The units without those that another, fuller one tells again."""
    quoted: dict[tuple[str, str], int] = {}
    for number, unit in enumerate(found):
        if _is_quoted(unit):
            quoted.update(dict.fromkeys(_positions(unit), number))
    kept = []
    for number, unit in enumerate(found):
        again = [quoted.get(one, -1) > number for one in _positions(unit)]
        if _is_quoted(unit) or not any(again):
            kept.append(unit)
    return kept


def _is_quoted(unit: Unit) -> bool:
    return any(one.quoted for one in unit.utterances)


def _positions(unit: Unit) -> list[tuple[str, str]]:
    """Whose words they are, and on whose behalf, each with the issue."""
    names = {unit.speaker.key, unit.speaker.behalf} - {""}
    return [(name, one.issue) for one in unit.issues[:1] for name in sorted(names)]
