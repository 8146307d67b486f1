"""How far it is, in a line from time to time: numbers alone, no word of any article."""

import time
from collections.abc import Callable

from dispute.proposing.asking import Result
from helpers.words import counted

# Seconds between two lines.
EVERY = 5.0


class Progress:
    """Counts answers as they come, and tells of them now and then."""

    def __init__(self, tell: Callable[[str], object], every: float = EVERY) -> None:
        self.tell, self.every = tell, every
        self.answers = self.kept = self.failed = 0
        self._last = time.monotonic()

    def take(self, result: Result) -> None:
        """Take in what came of one question."""
        self.kept += result.was_kept
        self.failed += result.answer is None
        self.answers += result.answer is not None and not result.was_kept
        if time.monotonic() - self._last >= self.every:
            self._last = time.monotonic()
            told = f"{counted(self.answers, 'answer')}, {self.kept} kept from before"
            self.tell(told + (f", {self.failed} not answered" if self.failed else "") + " …")
