"""Together: what two people are told to say in one breath: Doe and Roe maintained that it was so.

Each of them takes the stance, so that each has a unit of the same words.
"""

from collections.abc import Iterator, Sequence

from helpers.proposing.speakers import Speaker
from helpers.proposing.subjects import ending_at, is_begun_by
from helpers.proposing.units import Ground, Unit

NAMED = ("actor", "name")


def with_each(ground: Ground, found: Sequence[Unit]) -> list[Unit]:
    """The units, those of two speakers once for each."""
    both = []
    for unit in found:
        both.append(unit)
        both += [unit._replace(speaker=other) for other in _beside(ground, unit)]
    return both


def _beside(ground: Ground, unit: Unit) -> Iterator[Speaker]:
    """Who is named before `and` and the speaker of a unit, and is an actor of the same kind."""
    page, first = ground.page, unit.utterances[0]
    one = first.cue.subject if first.cue else None
    if one is None or one.kind not in NAMED or page.words(one.first - 1, one.first) != ["and"]:
        return
    here = ground.sentences[first.sentence]
    for other in ending_at(here, one.first - 1):
        if other.kind in NAMED and is_begun_by(here, other):
            speaker = ground.memory.who(page, other)
            if speaker.actor not in ("", unit.speaker.actor) and speaker.kind == unit.speaker.kind:
                yield speaker
