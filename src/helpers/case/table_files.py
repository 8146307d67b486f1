"""The files of processed tables: CSV, packed by gzip where they are large, found in either form.

Without pandas, so that a run with nothing to do is quick.
"""

import gzip
import io
from pathlib import Path

from helpers.case.files import write_into

# A table of more bytes is packed.
LARGE = 50_000_000
# How the file of a table ends.
PLAIN, PACKED = ".csv", ".csv.gz"


def put_table(folder: Path | str, table: str, content: bytes) -> str:
    """Put the CSV of a table into a folder, packed where it is large; its other form goes.

    Returns the name of the file.
    """
    is_large = len(content) > LARGE
    form, other = (PACKED, PLAIN) if is_large else (PLAIN, PACKED)
    write_into(folder, f"{table}{form}", _packed(content) if is_large else content)
    (Path(folder) / f"{table}{other}").unlink(missing_ok=True)
    return f"{table}{form}"


def _packed(content: bytes) -> bytes:
    """Bytes packed by gzip, without name and time: the same content gives the same bytes."""
    held = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=held, mtime=0) as file:
        file.write(content)
    return held.getvalue()


def table_path(folder: Path | str, table: str) -> Path | None:
    """The file of a table in a folder, in either form; None where there is none."""
    paths = (Path(folder) / f"{table}{form}" for form in (PLAIN, PACKED))
    return next((path for path in paths if path.is_file()), None)


def table_paths(folder: Path | str) -> dict[str, Path]:
    """The files of all tables of a folder, by the name of the table, sorted."""
    found = sorted(path for form in (PACKED, PLAIN) for path in Path(folder).glob(f"*{form}"))
    return {path.name.partition(".")[0]: path for path in found}


def table_bytes(path: Path) -> bytes:
    """The CSV of the file of a table, unpacked."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.name.endswith(PACKED) else content
