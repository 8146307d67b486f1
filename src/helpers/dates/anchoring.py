"""Anchoring: what an expression means, given the day of the article and what stands before it.

A meaning is a TIMEX3 type and value, a reason in plain words, and other readings where two are
open. An anchor is a function that takes the named groups of a match (a mapping) and a `Context`,
and gives a `Meaning`, or None where its numbers make no date. It says by `means` for which rules
of the lexicon it speaks. The anchors stand in the rooms `calendar_days`, `hours`, `seasons`,
`feasts`, `deictics` and `durations`; what they share stands here.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from helpers.dates.lexicon import Groups
from helpers.dates.numerals import mod, with_time
from helpers.dates.tense import SENTENCE, tense, was_to_come
from helpers.dates.timex import TIMED, first_day

# Where the last such day is farther back than FAR and the next one nearer than NEAR (in days), a
# past tense is not believed; nor a verb that looks ahead, where it is the other way round.
FAR, NEAR = 300, 45
NEXT = {
    "next",
    "this coming",
    "the coming",
    "the next",
    "the following",
    "following",
    "ijayo",
    "ujao",
    "zijazo",
    "lijalo",
    "yajayo",
}
LAST = {
    "last",
    "this past",
    "past",
    "the previous",
    "previous",
    "the preceding",
    "the prior",
    "iliyopita",
    "uliopita",
    "lililopita",
}
STEPS = {"last": -1, "this": 0, "next": 1}


class Meaning(NamedTuple):
    """What an expression means.

    `type` and `value` are TIMEX3's; `basis` is `stated`, `resolved` or `undated`; `mod` is
    TimeML's START, MID, END, or empty; `others` are pairs `(value, reason)`.
    """

    type: str
    value: str
    reason: str
    basis: str = "resolved"
    mod: str = ""
    others: tuple[tuple[str, str], ...] = ()


class Context(NamedTuple):
    """What an expression is read by.

    `match`: the match in its text. `day`: the day of the article, or None. `named`: the TIMEX3
    date named last, or empty, in words that end at `named_at`; `named_day` the day. `start`: the
    first day of a date with its year that the same sentence has named before, or None;
    `recounted`: of one of long ago that the paragraph recounts. `years`: those that the text
    names; `year_before`: the last one before this expression, or 0. `swahili`: whether its verbs
    are.
    """

    match: re.Match[str]
    day: date | None
    named: str
    named_at: int
    named_day: str
    start: date | None
    recounted: date | None
    years: tuple[int, ...]
    year_before: int
    swahili: bool = False

    def tense(self) -> int:
        """-1 where the verb looks back, 1 where it looks ahead, else 0."""
        return tense(self.match.string, *self.match.span(), self.swahili)

    def was_to_come(self) -> bool:
        """Whether it was ahead when somebody spoke of it: the work was to be done by August."""
        return was_to_come(self.match.string, *self.match.span())

    def quarter_of_sentence(self) -> str:
        """The quarter named last (`1989-Q3`), where that was in the same sentence, or empty."""
        if "-Q" not in self.named:
            return ""
        text, start = self.match.string, self.match.start()
        return "" if SENTENCE.search(text, self.named_at, start + 1) else self.named

    def before(self, unit: str) -> date | None:
        """The day from which a step of this unit counts on from what was named before, or None.

        For days and hours it is a day that was named.
        """
        return first_day(self.named_day if unit == "D" or unit in TIMED else self.named)

    @property
    def year(self) -> int:
        """The year named last before, else any the text names, else 0."""
        return self.year_before or (self.years or (0,))[-1]


class Choice(NamedTuple):
    """A day that was chosen, or None; why; and the others that stay open, each with its reason."""

    day: date | None
    reason: str
    others: tuple[tuple[date, str], ...] = ()


class YearPart(NamedTuple):
    """A part that every year has: a month `03`, a quarter `Q2`, a half `H1`, a season `SP`."""

    sign: str
    mod: str = ""

    def of(
        self,
        year: int,
        reason: str,
        basis: str = "resolved",
        others: tuple[tuple[str, str], ...] = (),
    ) -> Meaning:
        """The meaning of this part in one year."""
        return Meaning("DATE", self.value(year), reason, basis, self.mod, others)

    def value(self, year: int) -> str:
        """This part of a year as a TIMEX3 value."""
        return f"{year:04}-{self.sign}"

    def of_named_year(self, context: Context, reason: str) -> Meaning:
        """Its meaning in an article without date: in the year that the text names last, if any."""
        if not context.year:
            return unknown(f"XXXX-{self.sign}")
        return self.of(context.year, f"no date of the article; {reason}")


Anchor = Callable[[Groups, Context], Meaning | None]
AnyAnchor = TypeVar("AnyAnchor", bound=Anchor)
MEANINGS: dict[str, Anchor] = {}


def means(*rules: str) -> Callable[[AnyAnchor], AnyAnchor]:
    """Enter an anchor for these rules."""

    def enter(anchor: AnyAnchor) -> AnyAnchor:
        MEANINGS.update(dict.fromkeys(rules, anchor))
        return anchor

    return enter


def unknown(
    value: str = "XXXX", kind: str = "DATE", reason: str = "no date of the article to count from"
) -> Meaning:
    """The meaning of what has no date."""
    return Meaning(kind, value, reason, "undated")


def of_day(
    day: date,
    groups: Groups,
    reason: str,
    others: Sequence[tuple[date, str]] = (),
    basis: str = "resolved",
) -> Meaning:
    """The meaning of a day, with the time, part of day and `early` or `late` named with it."""
    kind, value = with_time(day.isoformat(), groups)
    other_values = tuple((with_time(other.isoformat(), groups)[1], why) for other, why in others)
    return Meaning(kind, value, reason, basis, mod(groups.get("part")), other_values)


def toward(days: Sequence[date], today: date, direction: int) -> tuple[date, str]:
    """Of the days on which something may fall, the one that tense and nearness choose, and why.

    `days` in their order; `direction` as `tense` gives it.
    """
    past = [day for day in days if day <= today]
    ahead = [day for day in days if day >= today]
    if direction > 0 and ahead:
        if past and (ahead[0] - today).days > FAR and (today - past[-1]).days < NEAR:
            return past[-1], "the last one is near, the coming one almost a year away"
        return ahead[0], "the verb looks ahead"
    if direction < 0 and past:
        if ahead and (today - past[-1]).days > FAR and (ahead[0] - today).days < NEAR:
            return ahead[0], "the coming one is near, the last one almost a year away"
        return past[-1], "the verb looks back"
    return nearest(days, today), "the nearest to the day of the article"


def nearest(days: Sequence[date], today: date) -> date:
    """The day nearest to another; of two as near, the earlier."""
    return min(days, key=lambda day: (abs(day - today), day))
