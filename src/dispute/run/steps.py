"""Steps of a run, kept by content: what was made once from the same inputs is not made again.

A kept step is a folder NAME/KEY, the key being the hash of all that went in. It is made elsewhere
and moved there whole. Its `step.json` says what went in, and the SHA-256 of all that came out. So
there is no database that can be wrong: a folder that is not as its `step.json` says is made anew.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

# Folders of each step that stay, so that going back to an earlier choice is quick.
KEPT = 3
# What a dry run hands on in place of the folder of a step that is still to be made.
UNKNOWN = Path("(not made yet)")
# How many differences are told of two sets of inputs.
TOLD = 6

Inputs = Mapping[str, str | None]
Tell = Callable[[str, str, str], None]


def digest(path: Path | str) -> str:
    """SHA-256 of a file, as hexadecimal text."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def tree(folder: Path | str) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its path within it, sorted.

    An empty dict where there is no such folder.
    """
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def _tell_nobody(event: str, step: str, why: str) -> None:
    pass


class Steps:
    """The kept steps of a folder.

    `work` is where unfinished things stand. `tell(event, step, why)` is called where a step starts
    (`run`), is there already (`kept`) and is done (`made`). With `dry` nothing is made. `reasons`
    holds (step, why it is made, or an empty text) for every step that was asked for.
    """

    def __init__(
        self,
        folder: Path | str,
        work: Path | None = None,
        tell: Tell = _tell_nobody,
        dry: bool = False,
    ) -> None:
        self.folder = Path(folder)
        self.work = work
        self.tell = tell
        self.dry = dry
        self.reasons: list[tuple[str, str]] = []

    def make(self, name: str, inputs: Inputs, action: Callable[[Path], object]) -> Path:
        """The folder with what `action(folder)` makes from `inputs`: kept, or made now.

        `inputs` maps a label to text: a digest, or a value. A None says that the input itself is
        not known yet, which is so on a dry run only. Then, and where a dry run finds nothing
        kept, the answer is UNKNOWN.
        """
        why = self.why(name, inputs)
        self.reasons.append((name, why))
        if not why:
            self.tell("kept", name, "")
            return self._place(name, inputs) / "made"
        if self.dry:
            return UNKNOWN
        self.tell("run", name, why)
        place = self._made(name, inputs, action)
        for old in self._newest_first(name)[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        self.tell("made", name, "")
        return place / "made"

    def why(self, name: str, inputs: Inputs) -> str:
        """Why a step would be made, in words: an empty text where what it makes is kept."""
        waits = {label.split(":")[0] for label, value in inputs.items() if value is None}
        if waits:
            return "follows from " + ", ".join(sorted(waits))
        place = self._place(name, inputs)
        _, sound = _read(place)
        if sound:
            if not self.dry:
                with suppress(OSError):
                    os.utime(place)  # another user's step is as good, and stays as old as it is
            return ""
        if place.exists():
            return "what was kept of it is damaged"
        for old in self._newest_first(name):
            before = _read(old)[0].get("inputs")
            if before:
                return _difference(before, inputs)
        return "never made before"

    def forget_others(self) -> None:
        """Remove what is kept of steps that were not asked for: of a notebook that is no more."""
        asked = {name for name, _ in self.reasons}
        for folder in self.folder.iterdir():
            if folder.name not in asked:
                shutil.rmtree(folder, ignore_errors=True)

    def newest(self, name: str) -> Path | None:
        """What the step of a name made last, if it is sound, whatever went into it."""
        place = next(iter(self._newest_first(name)), None)
        return place / "made" if place and _read(place)[1] else None

    def _made(self, name: str, inputs: Inputs, action: Callable[[Path], object]) -> Path:
        """Make a step elsewhere, then move it to its place whole."""
        beside = Path(tempfile.mkdtemp(dir=self.work))
        (beside / "made").mkdir()
        action(beside / "made")
        record = {"inputs": inputs, "outputs": tree(beside / "made")}
        (beside / "step.json").write_text(json.dumps(record, indent=1), encoding="utf-8")
        place = self._place(name, inputs)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.rename(beside, place)
        return place

    def _place(self, name: str, inputs: Inputs) -> Path:
        return self.folder / name / _key(inputs)

    def _newest_first(self, name: str) -> list[Path]:
        places = self.folder / name
        if not places.is_dir():
            return []
        return sorted(places.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _key(inputs: Inputs) -> str:
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:20]


def _read(place: Path) -> tuple[dict[str, Any], bool]:
    """What `step.json` of a kept step says, and whether the step is as it says."""
    try:
        record = json.loads((place / "step.json").read_text(encoding="utf-8"))
        as_named = _key(record["inputs"]) == place.name
        return record, as_named and record["outputs"] == tree(place / "made")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, False


def _difference(before: Mapping[str, str], now: Inputs) -> str:
    """In what two sets of inputs differ, in words."""
    new = [f"{label}: new" for label in sorted(now.keys() - before.keys())]
    gone = [f"{label}: gone" for label in sorted(before.keys() - now.keys())]
    both = sorted(now.keys() & before.keys())
    changed = [_change(label, before[label], now[label]) for label in both]
    differences = new + gone + [change for change in changed if change]
    told = ", ".join(differences[:TOLD])
    more = len(differences) - TOLD
    return f"{told} and {more} more" if more > 0 else told


def _change(label: str, before: str, now: str | None) -> str:
    """How one input changed: a digest says nothing to a reader, a value does."""
    if now == before:
        return ""
    if re.fullmatch("[0-9a-f]{64}", str(now)):
        return f"{label}: changed"
    return f"{label}: {before} → {now}"
