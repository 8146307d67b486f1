"""Answers, kept by the content of what was asked: one file each, whole or not there.

The same question of the same model costs nothing a second time, and gives the same words.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from helpers.case.files import write_file


class Answer(NamedTuple):
    """What a model said: its words, why it ended (`stop`, `length`, …), and tokens that it took."""

    words: str
    ended: str
    tokens: int


def key_of(asked: Mapping[str, Any]) -> str:
    """The name under which the answer to a question is kept: the SHA-256 of all that was asked."""
    written = json.dumps(asked, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


class Kept:
    """The answers in a folder. `found` those that were there already, by their keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clear_halves(self) -> None:
        """Remove what a kill left of answers that were being written: for who has the lock."""
        for half in self.folder.glob("*/.*"):
            half.unlink(missing_ok=True)

    def get(self, key: str) -> Answer | None:
        """The answer that is kept under a key; None where there is none, or no whole one."""
        try:
            said = json.loads(self._path(key).read_text(encoding="utf-8"))
            answer = Answer(said["words"], said["ended"], said["tokens"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if list(map(type, answer)) == [str, str, int] else None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer; it is on the disk when this returns."""
        said = json.dumps(answer._asdict(), ensure_ascii=True, indent=1)
        write_file(self._path(key), said.encode("ascii"))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
