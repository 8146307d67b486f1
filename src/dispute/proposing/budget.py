"""A budget of requests and tokens: nothing is asked that could pass it.

Before a request its tokens are reckoned: those of the prompt, and all that the answer may have.
They are set aside until it is known what it took.
"""

import threading
from collections.abc import Iterable, Mapping

# Bytes of UTF-8 that are reckoned as one token, and tokens for the frame of a message.
BYTES, FRAME = 3, 16


def reckoned(messages: Iterable[Mapping[str, str]]) -> int:
    """Roughly how many tokens a prompt has, rather too many: a third of its bytes."""
    sizes = [len(message["content"].encode("utf-8")) for message in messages]
    return sum(-(-size // BYTES) + FRAME for size in sizes)


class SpentError(Exception):
    """The next request could pass the budget; it was not sent."""


class Budget:
    """What one call may ask. None is without end. Several threads may share it."""

    def __init__(self, requests: int | None = None, tokens: int | None = None) -> None:
        self.most_requests, self.most_tokens = requests, tokens
        self.requests = self.tokens = 0
        self._aside = 0
        self._lock = threading.Lock()

    def take(self, tokens: int) -> None:
        """Set tokens aside for one request more. Raises SpentError where that is too much."""
        with self._lock:
            if self.most_requests is not None and self.requests + 1 > self.most_requests:
                raise SpentError
            needed = self.tokens + self._aside + tokens
            if self.most_tokens is not None and needed > self.most_tokens:
                raise SpentError
            self.requests += 1
            self._aside += tokens

    def settle(self, aside: int, took: int) -> None:
        """A request that had tokens set aside is over, and took so many."""
        with self._lock:
            self._aside -= aside
            self.tokens += took

    def words(self) -> str:
        """The budget in words."""
        parts = []
        if self.most_requests is not None:
            parts.append(f"{self.requests} of {self.most_requests} requests")
        if self.most_tokens is not None:
            parts.append(f"{self.tokens} of {self.most_tokens} tokens")
        return ", ".join(parts) or "no budget"
