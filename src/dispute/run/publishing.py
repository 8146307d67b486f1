"""Publish a report whole or not at all: everything is swapped in at the end.

Each new part is copied beside its place (`.site.new`), and a journal says what belongs where. Once
the journal says `decided`, the new report is: all of it is on the disk by then. Each part (a folder
or a file) is then exchanged with the old one in one step of the file system. A run that finds such
a journal finishes it.
"""

import hashlib
import json
import os
import shlex
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dispute.run.steps import digest, tree
from dispute.run.swapping import aside, beside, clear, swap
from helpers.case.files import settle, settle_all
from helpers.case.owners import barred, expect_replaceable

JOURNAL = "reports/publishing.json"

Contents = dict[str, str]


def contents(path: Path) -> Contents | None:
    """What stands at a path, to compare: the digests of a folder's files, or of a file.

    None where nothing is.
    """
    if path.is_dir():
        return tree(path)
    return {"": digest(path)} if path.exists() else None


def publish(parts: Mapping[str, Path | bytes], into: Path) -> list[str]:
    """Put new parts in their place, all or none.

    `parts` maps a path within the folder `into` to what belongs there: a folder, a file, or bytes.
    Returns the parts that were not there already, by name. Raises OSError with everything as it
    was before.
    """
    expect_room(into, parts)
    wanted = {name: _wanted(new) for name, new in parts.items()}
    different = [name for name in parts if contents(into / name) != wanted[name]]
    if not different:
        return []
    for name in [*different, JOURNAL]:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
    record = {"parts": {name: wanted[name] for name in different}}
    try:
        _write(into / JOURNAL, {"decided": False, **record})
        for name in different:
            _copy(parts[name], beside(into / name))
            settle((into / name).parent)
        _write(into / JOURNAL, {"decided": True, **record})
    except OSError as error:
        _forget(into, different)
        if isinstance(error, shutil.Error):
            raise OSError(_in_one_line(error)) from error
        raise
    _swap_all(into, different)
    _settle_places(into, different)
    _forget(into, different)
    return different


def standing(into: Path) -> str:
    """What a reader of the folder finds after a run that did not end, in words."""
    decided, _ = _read(into)
    if decided:
        return "while it published: each folder is old or new, and whole; the next run finishes it"
    return "the last report stands as it was"


def strangers(into: Path, folders: Iterable[str]) -> list[str]:
    """The files in folders of a report that no report made: they would be lost.

    The manifest that stands there tells what a report made.
    """
    try:
        known = json.loads((into / "reports/manifest.json").read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, TypeError, KeyError):
        known = ()
    files = [path for name in folders for path in (into / name).rglob("*") if path.is_file()]
    names = sorted(path.relative_to(into).as_posix() for path in files)
    return [name for name in names if name not in known]


def recover(into: Path) -> str:
    """Finish what an interrupted `publish` into a folder had decided.

    Returns what was done, in words: an empty text where nothing was to do.
    """
    if not (into / JOURNAL).exists():
        return ""
    decided, wanted = _read(into)
    left = [name for name in wanted if contents(into / name) != wanted[name]]
    whole = decided and all(contents(beside(into / name)) == wanted[name] for name in left)
    if whole:
        for name in left:
            swap(into / name)
        _settle_places(into, left)
    _forget(into, wanted)
    if whole:
        return "an interrupted publication was finished"
    return "an interrupted publication had not been decided, or was damaged: it is made anew"


def expect_room(into: Path, names: Iterable[str]) -> None:
    """Clear away what earlier runs left of parts; nothing else is touched.

    Raises PermissionError, in a sentence that names whose it is, where some of that cannot be
    removed, or a part that stands there not be replaced.
    """
    for name in [*names, JOURNAL]:
        place = into / name
        clear(place)
        expect_replaceable(place)
        for left in (beside(place), aside(place)):
            if os.path.lexists(left):
                why = "it was left by an earlier run, and cannot be removed"
                raise PermissionError(barred(left, why, f"`sudo rm -r {shlex.quote(str(left))}`"))


def _wanted(new: Path | bytes) -> Contents | None:
    return {"": hashlib.sha256(new).hexdigest()} if isinstance(new, bytes) else contents(new)


def _copy(new: Path | bytes, place: Path) -> None:
    """Copy a part to where it waits; it is on the disk then."""
    if isinstance(new, bytes):
        place.write_bytes(new)
    elif new.is_dir():
        shutil.copytree(new, place)
    else:
        shutil.copy(new, place)
    settle_all(place)


def _settle_places(into: Path, names: Iterable[str]) -> None:
    for folder in sorted({(into / name).parent for name in names}):
        settle(folder)


def _in_one_line(error: shutil.Error) -> str:
    """Of every file in a folder that could not be copied: what the first says, and how many."""
    faults = error.args[0]
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{faults[0][2]}{more}"


def _read(into: Path) -> tuple[bool, dict[str, Contents]]:
    """What the journal of a folder says: whether the new report is decided, what belongs where.

    Nothing, where there is no journal or it is damaged.
    """
    try:
        record = json.loads((into / JOURNAL).read_text(encoding="utf-8"))
        return record["decided"] is True, dict(record["parts"])
    except (OSError, ValueError, TypeError, KeyError):
        return False, {}


def _write(journal: Path, record: Mapping[str, Any]) -> None:
    """The journal, whole or not at all."""
    waiting = beside(journal)
    waiting.write_text(json.dumps(record), encoding="utf-8")
    settle(waiting)
    os.replace(waiting, journal)
    settle(journal.parent)


def _forget(into: Path, names: Iterable[str]) -> None:
    """Away with a journal, then with what it tells of: without it nothing of that is read."""
    (into / JOURNAL).unlink(missing_ok=True)
    for name in [*names, JOURNAL]:
        clear(into / name)


def _swap_all(into: Path, names: list[str]) -> None:
    """Swap each part; where one cannot be, take back those before it and raise OSError.

    If even that fails, the journal stays, and the next run finishes.
    """
    swapped: list[str] = []
    try:
        for name in names:
            swap(into / name)
            swapped.append(name)
    except OSError:
        for name in reversed(swapped):
            _take_back(into / name)
        _forget(into, names)
        raise


def _take_back(place: Path) -> None:
    """The old where there was one, else nothing."""
    if beside(place).exists():
        swap(place)
    else:
        os.rename(place, beside(place))
