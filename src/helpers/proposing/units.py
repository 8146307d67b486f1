"""Units: utterances put together to passages, one speaker on one issue on one occasion.

A unit runs on over sentences and paragraphs as long as the speaker stays, nothing stands between,
and what is said has not gone over to another issue or another day.
"""

from collections.abc import Sequence
from typing import NamedTuple

from helpers.proposing.issues import Candidate, Content, Ranking
from helpers.proposing.page import Page
from helpers.proposing.speakers import Speaker
from helpers.proposing.utterances import Utterance

# A unit goes over to another issue where that scores so much better than its own.
BETTER = 1.6
# Nor where that is among the unit's own, with such a share of the best one's score.
HAD = 0.7
# So many utterances of a unit are looked at for what it is on.
LOOKED = 3


class Unit(NamedTuple):
    """A passage with its utterances, in their order, and the issues it may be on.

    `told_by`: the actor in whose words alone it stands; empty where the article reports it itself.
    """

    start: int
    end: int
    speaker: Speaker
    utterances: tuple[Utterance, ...]
    issues: tuple[Candidate, ...]
    told_by: str = ""


def units(
    page: Page,
    said: Sequence[Utterance],
    ranking: Ranking,
    content: Content,
    days: Sequence[str],
) -> list[Unit]:
    """The units of an article. `days`: of each utterance the day that its own words give it."""
    found: list[list[int]] = []
    for number in range(len(said)):
        if found and _runs_on(page, said, found[-1], number, days):
            before, here = _before_and_here(said, found[-1], number, content)
            if not _goes_over(ranking(before), ranking(here)):
                found[-1].append(number)
                continue
        found.append([number])
    return [_unit(page, said[one[0] : one[-1] + 1], ranking, content) for one in found]


def _runs_on(
    page: Page,
    said: Sequence[Utterance],
    unit: Sequence[int],
    number: int,
    days: Sequence[str],
) -> bool:
    """Whether nothing parts an utterance from the unit before: no other day or speaker."""
    last, one = said[unit[-1]], said[number]
    if last.speaker.key != one.speaker.key or not one.speaker.key:
        return False
    if one.sentence > last.sentence + 1 or (
        page.text[last.end : one.start].strip(" \r\n\t,;") and (one.sentence == last.sentence)
    ):
        return False
    dated = {days[at] for at in unit} - {""}
    return not (days[number] and dated and days[number] not in dated)


def _before_and_here(
    said: Sequence[Utterance], unit: Sequence[int], number: int, content: Content
) -> tuple[dict[str, float], dict[str, float]]:
    """The words of a unit, as far as they are looked at, and those of the utterance behind it."""
    first = said[unit[-min(LOOKED, len(unit))]]
    one = said[number]
    return content.counts(first.start, said[unit[-1]].end), content.counts(one.start, one.end)


def _goes_over(before: Sequence[Candidate], here: Sequence[Candidate]) -> bool:
    """Whether a sentence is on another issue than the unit before it."""
    if not before or not here:
        return False
    best = here[0]
    had = {one.issue: one.score for one in before}
    if had.get(best.issue, 0.0) >= HAD * before[0].score:
        return False
    own = {one.issue: one.score for one in here}
    return best.score > BETTER * own.get(before[0].issue, 0.0)


def _unit(page: Page, said: Sequence[Utterance], ranking: Ranking, content: Content) -> Unit:
    start, end = said[0].start, said[-1].end
    before = page.sentences[said[0].sentence - 1].start if said[0].sentence else -1
    found = ranking(content.counts(start, end, before))
    speaker = next((one.speaker for one in said if one.speaker.behalf), said[0].speaker)
    return Unit(start, end, speaker, tuple(said), tuple(found))
