"""The searches that exports tell of, as rows of `search.csv`."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from dispute.intake.drafts import RefusedError, Search
from helpers.case.files import csv_text, read_bytes
from helpers.case.schema import SCHEMA, columns

FILE: str = SCHEMA["raw"]["search"]["file"]
BYTES = 10_000_000


def with_searches(folder: Path, searches: Sequence[Search]) -> tuple[bytes, list[Search]]:
    """The bytes of `search.csv` with rows for some searches behind it, and those that are new.

    What stands there stays as it is, byte for byte. Raises RefusedError where it is no table that a
    row can be put behind.
    """
    path, header = folder / FILE, columns("search", "raw")
    try:
        content = read_bytes(path, BYTES) if path.exists() else b""
        content = content or csv_text([header]).encode()
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        found, rows = list(table.fieldnames or []), list(table)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RefusedError(f"{FILE} that cannot be read ({error})") from error
    if set(found) != set(header):
        told = f"{FILE} with the columns {', '.join(found)[:120]}"
        raise RefusedError(f"{told}; expected {', '.join(header)}, for the search of this export")
    there = {(row["archive"], row["query"], row["searched"]) for row in rows}
    new = [one for one in searches if (one.archive, one.query, one.searched) not in there]
    lines = []
    for one in new:
        said = one._asdict()
        lines.append([said.get(name, "") for name in found])
    joint = b"" if content.endswith(b"\n") else b"\n"
    return content + joint + csv_text(lines).encode(), new
