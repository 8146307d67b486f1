"""Raw tables: CSV files that people write, read as strings, with every fault of their form."""

import csv
import io
from pathlib import Path

import pandas as pd

from helpers.case.problems import Problem, nearest
from helpers.case.schema import SCHEMA

csv.field_size_limit(1_000_000)


def read_raw(path, table, shown_as):
    """A raw CSV file as strings: `(frame, problems)`. The frame has the table's columns, whatever was found.

    `shown_as` is the file's name in the problems. A column that is missing stays None, so that no cell of it is judged.
    """
    columns = SCHEMA["raw"][table]["columns"]
    empty = pd.DataFrame(columns=columns, dtype=object)
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        return empty, [
            Problem(
                shown_as, row, "", f"the byte 0x{error.object[error.start]:02x}", "text in UTF-8"
            )
        ]
    except OSError as error:
        return empty, [
            Problem(
                shown_as,
                0,
                "",
                error.strerror or "no file",
                "a CSV file with the columns " + ", ".join(columns),
            )
        ]
    if "\0" in text:
        return empty, [
            Problem(
                shown_as, text[: text.index("\0")].count("\n") + 1, "", "a NUL character", "text"
            )
        ]
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError) as error:
        return empty, [
            Problem(
                shown_as,
                0,
                "",
                f"{error}" if text else "an empty file",
                "comma-separated values with a header",
            )
        ]
    problems = []
    spare = [c for c in SCHEMA["raw"][table].get("may_lack", []) if c not in header]
    for column in [c for c in columns if c not in (*header, *spare)]:
        problems.append(
            Problem(shown_as, 1, column, "no such column", f"the columns {', '.join(columns)}")
        )
    for column in header:
        if column not in columns or header.count(column) > 1:
            problems.append(
                Problem(
                    shown_as,
                    1,
                    column,
                    "an unknown or repeated column",
                    f"one of its columns{nearest(column, columns)}",
                )
            )
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            problems.append(
                Problem(
                    shown_as,
                    number,
                    "",
                    f"{len(row)} cells",
                    f"{len(header)} cells, as in the header",
                )
            )
    padded = [(row + [""] * len(header))[: len(header)] for row in rows]
    frame = pd.DataFrame(padded, columns=header, dtype=object)
    return frame.assign(**dict.fromkeys(spare, "")).loc[
        :, lambda f: ~f.columns.duplicated()
    ].reindex(columns=columns).astype(object).where(lambda f: f.notna(), None), problems
