"""Lists in CSV: an address or a file a row, with title, publisher and date."""

import csv
import io

from dispute.intake.drafts import Entry, RefusedError
from dispute.intake.encodings import decoded
from helpers.case.problems import nearest, numbered

COLUMNS = ("address", "file", "title", "publisher", "date")
ROWS = 10_000


def is_list(beginning: str) -> bool:
    """Whether the first line of a text is the header of a list."""
    header = next(csv.reader([beginning.lstrip("\ufeff").partition("\n")[0]]), [])
    return bool({"address", "file"} & {name.strip().lower() for name in header})


def read_list(content: bytes, name: str) -> list[Entry]:
    """The rows of a list. Raises RefusedError with every fault of its header and rows."""
    text, _ = decoded(content)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise RefusedError(f"no table in CSV ({error})") from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    faults = [_unknown(name) for name in header if name not in COLUMNS]
    if not {"address", "file"} & set(header):
        faults.append(f"no column address or file; expected {', '.join(COLUMNS)}")
    if len(rows) > ROWS:
        faults.append(f"more than {ROWS} rows")
    entries = []
    for number, row in numbered(rows[1:]):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            faults.append(f"row {number}: found {len(row)} cells; expected {len(header)}")
            continue
        said = {key: cell.strip() for key, cell in zip(header, row, strict=True)}
        entries.append(Entry(f"{name}, row {number}", **_known(said)))
        if not (said.get("address") or said.get("file")):
            faults.append(f"row {number}: found no address and no file; expected one of them")
    if faults:
        raise RefusedError("; ".join(faults[:10]))
    return entries


def _known(said: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if name in COLUMNS}


def _unknown(name: str) -> str:
    return f"an unknown column {name[:40]!r}; expected {', '.join(COLUMNS)}{nearest(name, COLUMNS)}"
