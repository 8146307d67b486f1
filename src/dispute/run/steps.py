"""Steps of a run, kept by content: what was made once from the same inputs is not made again.

A kept step is a folder NAME/KEY, the key being the hash of all that went in. It is made elsewhere and moved there whole; its `step.json` says what
went in and the SHA-256 of all that came out. So there is no database that can be wrong: a folder that is not as its `step.json` says is made anew.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

KEPT = 3  # folders of each step that stay, so that going back to an earlier choice is quick


def digest(path):
    """SHA-256 of a file, as hexadecimal text."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def tree(folder):
    """SHA-256 of every file in a folder, by its path within the folder, sorted: an empty dict where there is no such folder."""
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


class Steps:
    """The kept steps of a folder. `work` is where unfinished things stand; with `dry`, nothing is made and `told` says what would be.

    `tell(event, step, why)` is called where a step starts (`run`), is there already (`kept`) and is done (`made`).
    """

    def __init__(self, folder, work=None, tell=lambda *_: None, dry=False):
        self.folder, self.work, self.tell, self.dry, self.told = Path(folder), work, tell, dry, []

    def make(self, name, inputs, action):
        """The folder with what `action(folder)` makes from `inputs`: kept from before, or made now.

        `inputs` maps a label to text: a digest, or a value. A None says that the input itself is not known yet, which is so on a dry run only:
        then, and where a dry run finds nothing kept, the answer is None.
        """
        why = self.why(name, inputs)
        self.told.append((name, why))
        if not why:
            self.tell("kept", name, "")
            return self.folder / name / _key(inputs) / "made"
        if self.dry:
            return None
        self.tell("run", name, why)
        beside = Path(tempfile.mkdtemp(dir=self.work))
        (beside / "made").mkdir()
        action(beside / "made")
        (beside / "step.json").write_text(
            json.dumps({"inputs": inputs, "outputs": tree(beside / "made")}, indent=1),
            encoding="utf-8",
        )
        place = self.folder / name / _key(inputs)
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.rename(beside, place)
        for old in self._newest_first(name)[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
        self.tell("made", name, "")
        return place / "made"

    def why(self, name, inputs):
        """Why a step would be made, in words: an empty text where what it makes is kept."""
        waits = [label for label, value in inputs.items() if value is None]
        if waits:
            return "follows from " + ", ".join(sorted({label.split(":")[0] for label in waits}))
        place = self.folder / name / _key(inputs)
        written, sound = _read(place)
        if sound:
            if not self.dry:
                os.utime(place)
            return ""
        if place.exists():
            return "what was kept of it is damaged"
        for old in self._newest_first(name):
            before = _read(old)[0].get("inputs")
            if before:
                return _difference(before, inputs)
        return "never made before"

    def _newest_first(self, name):
        places = self.folder / name
        return (
            sorted(places.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
            if places.is_dir()
            else []
        )


def _key(inputs):
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:20]


def _read(place):
    """What `step.json` of a kept step says, and whether the step is as it says."""
    try:
        written = json.loads((place / "step.json").read_text(encoding="utf-8"))
        return written, _key(written["inputs"]) == place.name and written["outputs"] == tree(
            place / "made"
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, False


def _difference(before, now):
    """In what two sets of inputs differ, in words."""
    said = [f"{label}: new" for label in sorted(now.keys() - before.keys())] + [
        f"{label}: gone" for label in sorted(before.keys() - now.keys())
    ]
    for label in sorted(now.keys() & before.keys()):
        if now[label] != before[label]:
            hashed = re.fullmatch("[0-9a-f]{64}", now[label])
            said.append(
                f"{label}: changed" if hashed else f"{label}: {before[label]} → {now[label]}"
            )
    return ", ".join(said[:6]) + (f" and {len(said) - 6} more" if len(said) > 6 else "")
