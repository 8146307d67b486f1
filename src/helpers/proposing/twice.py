"""Twice: what an article tells in short, and again with the words that were said.

The rule `told-twice`: one request or refusal that an article tells twice is coded once, from the
fuller telling. So a lead is left out where its speaker is quoted on the same issue further down.
Used where the codebook has the rule.
"""

from collections.abc import Sequence

from helpers.proposing.units import Unit


def once_each(found: Sequence[Unit]) -> list[Unit]:
    """The units without those that another, fuller one tells again."""
    quoted = {
        (name, unit.issues[0].issue): number
        for number, unit in enumerate(found)
        if unit.issues and any(one.quoted for one in unit.utterances)
        for name in _names(unit)
    }
    return [
        unit
        for number, unit in enumerate(found)
        if not unit.issues
        or unit.told_by
        or any(one.quoted for one in unit.utterances)
        or not any(
            quoted.get((name, unit.issues[0].issue), -1) > number for name in _names(unit)
        )
    ]


def _names(unit: Unit) -> set[str]:
    """The speaker, and for whom he or she speaks."""
    return {unit.speaker.key, unit.speaker.behalf} - {""}
