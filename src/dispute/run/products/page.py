"""The page of a notebook: what it computed, between the prose of today."""

from pathlib import Path

from dispute.run.notebooks import as_bytes, read, with_prose


def write_page(source: Path, executed: Path, folder: Path) -> None:
    """The executed notebook with the prose of its source, under the name of the source."""
    book = with_prose(read(source), read(executed))
    (folder / source.name).write_bytes(as_bytes(book))
