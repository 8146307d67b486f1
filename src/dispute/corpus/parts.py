"""The folder of a corpus: its Parquet files, each whole or not there, and whose folder it is."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.case.files import write_file

IDENTITY, PARTS, LOCK = "corpus.json", "parts", ".lock"


class Parts:
    """The parts of a corpus by their numbers, in a folder that belongs to one reading of it.

    `identity` is what was read and by what, as JSON has it.
    """

    def __init__(self, folder: Path, identity: dict[str, Any]) -> None:
        self.folder = folder
        self.identity = identity

    def expect_own(self) -> None:
        """Raise ValueError where the folder holds anything but this corpus."""
        if not self.folder.exists():
            return
        if not self.folder.is_dir():
            raise ValueError(f"{self.folder}: found a file; expected a new folder")
        path = self.folder / IDENTITY
        if not path.exists():
            if any(path.name != LOCK for path in self.folder.iterdir()):
                raise ValueError(f"{self.folder}: found other files there; expected a new folder")
            return
        there = json.loads(path.read_text(encoding="utf-8"))
        other = [name for name, value in self.identity.items() if there.get(name) != value]
        if other:
            told = f"{path}: found another corpus ({', '.join(other)})"
            raise ValueError(f"{told}; expected a new folder, or all as when it was begun")

    def begin(self) -> None:
        """Say whose folder it is, and clear away what was not finished; raises as `expect_own`."""
        self.expect_own()
        self.write(IDENTITY, (json.dumps(self.identity, indent=1, sort_keys=True) + "\n").encode())
        for path in self.folder.rglob(".*.parquet.*"):
            path.unlink()

    def has(self, number: int) -> bool:
        """Whether a part stands."""
        return self._path(number).exists()

    def put(self, number: int, table: pa.Table) -> None:
        """Put a part in its place."""
        self.put_table(f"{PARTS}/{self._path(number).name}", table)

    def put_table(self, name: str, table: pa.Table) -> None:
        """Put a table in its place: the same bytes for the same rows, by one version of pyarrow."""
        buffer = pa.BufferOutputStream()
        pq.write_table(table.combine_chunks(), buffer, compression="zstd")
        self.write(name, buffer.getvalue().to_pybytes())

    def write(self, name: str, content: bytes) -> None:
        """Put a file in its place, whole."""
        write_file(self.folder / name, content)

    def paths(self) -> list[Path]:
        """The parts that stand, in the order of the corpus."""
        return sorted((self.folder / PARTS).glob("part-*.parquet"))

    def _path(self, number: int) -> Path:
        return self.folder / PARTS / f"part-{number:07}.parquet"
