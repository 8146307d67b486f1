"""The journal: each step is a line on the disk before it counts as saved; then the tables.

In the coder's folder, `.desk` holds the lock of the open desk, the tables as they were when the
sitting began, and a line for each step since. When the desk is closed, the tables hold all of it
and the folder goes. After a kill the lines are read again, and the next desk goes on from there.

A table that somebody else changed meanwhile is never overwritten: `strangers` names it, and
`begin_anew` puts what had not reached the tables upon the changed ones, row by row. What does not
fit is put aside in `.desk-aside.jsonl`, not lost.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dispute.desk.sitting import Change, ConflictError, Sitting, Step
from dispute.desk.tables import Table, ids_of_others, tables_of
from helpers.case.files import inside, write_file
from helpers.case.schema import BY_CODER, CODER

HOME, LINES, ASIDE = ".desk", "journal.jsonl", ".desk-aside.jsonl"
Contents = dict[str, bytes | None]
# What of a file shows that it is still the same: time, size, number.
Stamp = tuple[int, int, int] | None


def digest(content: bytes | None) -> str:
    """What tells a content from others; empty for a file that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def content_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    return path.read_bytes() if path.is_file() else None


@dataclass
class Journal:
    """The journal of one coder in the folder of a case. One process has it at a time.

    `since`: the steps that have not reached the tables yet. `n_aside`: how many were put aside.
    """

    folder: Path
    coder: str
    texts: Mapping[str, str]
    since: list[Step] = field(default_factory=list)
    n_aside: int = 0
    _digests: dict[str, str] = field(default_factory=dict)
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _lines: int = -1

    def __post_init__(self) -> None:
        self.own = inside(self.folder, f"coding/{self.coder}")
        self.home = self.own / HOME
        self.home.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self.home / "lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            expected = "one desk for a coder: close the other one, or go on in it"
            raise ValueError(
                f"coding/{self.coder}: open in another desk; expected {expected}"
            ) from None

    def path(self, table: str) -> Path:
        """The file of a table."""
        return inside(self.folder, BY_CODER[table].replace(CODER, self.coder))

    # ---- to begin

    def open(self) -> Sitting:
        """The sitting: a new one, or the one that a kill ended."""
        for table in BY_CODER:
            # What a kill left of a table that was being written.
            for half in self.own.glob(f".{self.path(table).name}.*"):
                half.unlink()
        if not (self.home / LINES).exists():
            return self._new(self._read())
        sitting = self._again()
        if self.strangers():
            return self.begin_anew()
        self.write_tables(sitting)
        return sitting

    def begin_anew(self) -> Sitting:
        """A sitting from the tables as they are now, with the steps that they do not have yet.

        A step that does not fit any more is put aside.
        """
        waiting, self.since = self.since, []
        self.close_lines()
        sitting = self._new(self._read())
        for step in waiting:
            rest = Step(
                tuple(one for one in step.changes if not _is_done(sitting, one)), step.words
            )
            try:
                sitting.expect(rest)
            except ConflictError:
                self._put_aside(step)
            else:
                self.since += [sitting.take(rest)] if rest.changes else []
        if self.since:
            self._begin_lines(sitting, [{"step": step.as_data()} for step in self.since])
        else:
            (self.home / LINES).unlink(missing_ok=True)
        return sitting

    def _new(self, contents: Contents) -> Sitting:
        return Sitting(self._tables(contents))

    def _tables(self, contents: Contents) -> dict[str, Table]:
        others = {table: ids_of_others(self.folder, table, self.coder) for table in BY_CODER}
        return tables_of(self.coder, contents, self.texts, others)

    def _read(self) -> Contents:
        contents: Contents = {}
        for table in BY_CODER:
            path = self.path(table)
            self._stamps[table] = _stamp(path)
            contents[table] = content_of(path)
            self._digests[table] = digest(contents[table])
        return contents

    def _begin_lines(self, sitting: Sitting, lines: Sequence[Mapping[str, Any]]) -> None:
        """The tables as they were, then the lines there are: from now on a kill loses nothing."""
        for table in BY_CODER:
            begun, kept = sitting.tables[table].begun, self.home / f"{sitting.name}.{table}"
            kept.unlink(missing_ok=True)
            if begun is not None:
                write_file(kept, begun)
        first = {"sitting": sitting.name, "begun": self._digests}
        write_file(self.home / LINES, b"".join(map(_line, [first, *lines])))
        self._lines = os.open(self.home / LINES, os.O_WRONLY | os.O_APPEND)
        os.fsync(self._lines)
        for path in self.home.iterdir():
            if path.name not in (LINES, "lock") and path.stem != sitting.name:
                path.unlink()

    # ---- after a kill

    def _again(self) -> Sitting:
        """The sitting as its lines say; a last line that was not written whole never counted."""
        written = (self.home / LINES).read_bytes()
        whole = written[: written.rfind(b"\n") + 1]
        first, *lines = (json.loads(line) for line in whole.splitlines())
        contents = {table: _begun(self.home, first, table) for table in BY_CODER}
        sitting = Sitting(self._tables(contents), first["sitting"])
        ours = {table: {mark} for table, mark in first["begun"].items()}
        for line in lines:
            self._replay(sitting, line, ours)
        self._lines = os.open(self.home / LINES, os.O_WRONLY | os.O_APPEND)
        os.ftruncate(self._lines, len(whole))
        for table, content in self._read().items():
            if digest(content) not in ours[table]:
                self._digests[table] = "another"
        return sitting

    def _replay(self, sitting: Sitting, line: dict[str, Any], ours: dict[str, set[str]]) -> None:
        if "step" in line:
            self.since.append(sitting.take(Step.of_data(line["step"])))
        elif "undo" in line:
            self.since.append(sitting.undo())
        elif "redo" in line:
            self.since.append(sitting.redo())
        elif "written" in line:
            self.since.clear()
        for table, mark in line.get("writes", {}).items():
            ours[table].add(mark)

    # ---- while one works

    def keep(self, sitting: Sitting, line: dict[str, Any]) -> None:
        """Put a line to the journal. When this returns, it is on the disk."""
        if self._lines < 0:
            self._begin_lines(sitting, [line])
        else:
            length = os.fstat(self._lines).st_size
            try:
                self._put(line)
                os.fsync(self._lines)
            except OSError:
                # What was refused counts for nothing, and no later line is put behind half of it.
                os.ftruncate(self._lines, length)
                raise

    def _put(self, line: dict[str, Any]) -> None:
        content = _line(line)
        while content:
            content = content[os.write(self._lines, content) :]

    def write_tables(self, sitting: Sitting) -> None:
        """Put the tables in their place, whole, those that are otherwise now."""
        made = {table: one.content() for table, one in sitting.tables.items()}
        marks = {table: digest(content) for table, content in made.items()}
        changed = [table for table in made if marks[table] != self._digests[table]]
        if changed:
            self._put({"writes": {table: marks[table] for table in changed}})
            for table in changed:
                self._write(table, made[table])
                self._digests[table] = marks[table]
        if self.since:
            self._put({"written": True})
            self.since.clear()

    def _write(self, table: str, content: bytes | None) -> None:
        path = self.path(table)
        if content is None:
            path.unlink(missing_ok=True)
        else:
            write_file(path, content)
        self._stamps[table] = _stamp(path)

    def strangers(self) -> list[str]:
        """The files of the coder that somebody else has changed, by their path in the case."""
        found = []
        for table in BY_CODER:
            path = self.path(table)
            if _stamp(path) == self._stamps[table] and self._digests[table] != "another":
                continue
            if digest(content_of(path)) == self._digests[table]:
                self._stamps[table] = _stamp(path)
            else:
                found.append(path.relative_to(self.folder).as_posix())
        return found

    def _put_aside(self, step: Step) -> None:
        with open(self.own / ASIDE, "ab") as file:
            file.write(_line(step.as_data()))
            file.flush()
            os.fsync(file.fileno())
        self.n_aside += 1

    # ---- to end

    def close_lines(self) -> None:
        """Leave the file of the lines; it stays where it is."""
        if self._lines >= 0:
            os.close(self._lines)
            self._lines = -1

    def close(self, sitting: Sitting) -> None:
        """The end of a sitting: the tables hold all of it, and the journal goes."""
        if not self._lock.is_locked:
            return
        if not self.strangers():
            self.write_tables(sitting)
            self.close_lines()
            for table in BY_CODER:
                _sync(self.path(table))
            (self.home / LINES).unlink(missing_ok=True)
            shutil.rmtree(self.home, ignore_errors=True)
        self._lock.release()
        with suppress(OSError):
            self.own.rmdir()


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _is_done(sitting: Sitting, change: Change) -> bool:
    return sitting.tables[change.table].rows.get(change.id) == change.after


def _begun(home: Path, first: Mapping[str, Any], table: str) -> bytes | None:
    """A table as it was when a sitting began."""
    if not first["begun"][table]:
        return None
    return (home / f"{first['sitting']}.{table}").read_bytes()


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _sync(path: Path) -> None:
    with suppress(OSError):
        file = os.open(path, os.O_RDONLY)
        os.fsync(file)
        os.close(file)
