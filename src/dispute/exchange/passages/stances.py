"""Stances of a file on the scale of a case: by number, by label, or by the side."""

import re
from collections.abc import Iterator, Mapping

from dispute.exchange.wording import Tally, sides
from helpers.case.load import Case
from helpers.case.problems import nearest

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")
Row = dict[str, str]


class Scale:
    """The scale of a case; of a case that is to be made, the numbers that were met."""

    def __init__(self, case: Case | None) -> None:
        self.is_new = case is None or case.stances.empty
        self.numbers: dict[int, Mapping[str, str]] = {}
        self.words: dict[str, int] = {}
        if case is not None:
            # A side names a stance where it has one alone; a label goes before it.
            by_side: dict[str, list[int]] = {}
            for row in case.stances.itertuples():
                by_side.setdefault(row.side, []).append(int(row.stance))
            self.words = {side: some[0] for side, some in by_side.items() if len(some) == 1}
            for row in case.stances.itertuples():
                self.numbers[int(row.stance)] = {}
                self.words[row.label.casefold()] = int(row.stance)

    def stance_of(self, value: str, said: Mapping[str, str]) -> tuple[str, str]:
        """The stance that a value stands for and nothing, or the value and what was expected.

        `said` is what the file says of it: `side`, `stance` (its label), `meaning`.
        """
        plain = value.strip().casefold()
        number = self.words.get(plain)
        if NUMBER.fullmatch(plain):
            number = int(plain)
        if number is not None and (self.is_new or number in self.numbers):
            known = self.numbers.get(number, {})
            self.numbers[number] = known if known.get("side") else said
            return str(number), ""
        if self.is_new:
            return value, "a number: there is no scale of stances yet"
        choices = [*map(str, sorted(self.numbers)), *self.words]
        return value, f"one of {', '.join(choices)}{nearest(value, choices)}"

    def rows(self) -> list[Row]:
        """Rows of `stances.csv`, where the case has none."""
        if not self.is_new or not self.numbers:
            return []
        by_number = sides(self.numbers)
        return [
            {
                "stance": str(number),
                "side": said.get("side") or by_number[number],
                "label": said.get("stance") or str(number),
                "meaning": said.get("meaning") or f"{number} in the file it came from",
            }
            for number, said in sorted(self.numbers.items())
        ]

    def told(self) -> Iterator[str]:
        """A sentence on the sides that no file named."""
        unsaid = [number for number, said in self.numbers.items() if not said.get("side")]
        rows = self.rows()
        if rows and unsaid:
            words = ", ".join(f"{row['stance']} {row['side']}" for row in rows)
            some = Tally(len(unsaid), "stance")
            yield f"Decided: the sides of {some}, by their numbers: {words}."
