"""Rows and articles that join a case: all of them, or none where anything would be wrong then.

What stands in a file stays as it is, byte for byte; rows are put below it.
"""

import csv
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.case.files import csv_text, inside, make_folder, read_bytes, write_files, write_into
from helpers.case.folder import copy_case, stray_paths
from helpers.case.load import check
from helpers.case.problems import CaseError, Problem, shown
from helpers.case.raw_tables import BYTES, end_of, lines_of, with_line_feeds
from helpers.case.schema import CODER, SCHEMA, columns_with

# A row of a raw table: column to cell. One of a table by coder has its coder in `coder`.
Rows = Mapping[str, Sequence[Mapping[str, str]]]


def new_case(folder: Path, rows: Rows, files: Mapping[str, bytes]) -> list[Problem]:
    """Make a case of rows (by raw table) and other files (relative path to bytes).

    Where the case would not be sound, nothing is written; its problems are returned. Raises OSError
    where something stands there already.
    """
    with TemporaryDirectory() as elsewhere:
        tables, _ = _tables_with(Path(elsewhere), rows)
        made = {**files, **tables}
        tried = Path(elsewhere) / "case"
        make_folder(tried, made)
        if problems := check(tried):
            return problems
    make_folder(folder, made)
    return []


def add_to_case(
    folder: Path,
    rows: Rows,
    files: Mapping[str, bytes],
    judge: Callable[[Path], list[Problem]] = check,
) -> list[Problem]:
    """Put rows (by raw table) and new files (relative path to bytes) into a case.

    Where the case would not be sound (as `judge` finds it), or a file is there already, nothing is
    written; the problems are returned.
    """
    if strays := stray_paths(folder):
        raise CaseError(strays)
    taken = [name for name in files if inside(folder, name).exists()]
    expected = "the name of something new, so that nothing is overwritten"
    problems = [Problem(name, 0, "", "a file of that name", expected) for name in taken]
    tables, faults = _tables_with(folder, rows)
    if problems := problems + faults:
        return problems
    made = {**files, **tables}
    if not made:
        return []
    with TemporaryDirectory() as elsewhere:
        tried = Path(elsewhere) / "case"
        copy_case(folder, tried)
        for name, content in made.items():
            write_into(tried, name, content)
        if problems := judge(tried):
            return problems
    # The coding comes last: until then the case is as sound as it was.
    names = sorted(made, key=lambda name: (name.startswith("coding/"), name))
    write_files({inside(folder, name): made[name] for name in names})
    return []


def _tables_with(folder: Path, rows: Rows) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of raw tables with rows put below what they hold, by their paths."""
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    for table, some in rows.items():
        by_file: dict[str, list[Mapping[str, str]]] = {}
        for row in some:
            name = SCHEMA["raw"][table]["file"].replace(CODER, row.get("coder", ""))
            by_file.setdefault(name, []).append(row)
        for name, own in by_file.items():
            path = inside(folder, name)
            content = read_bytes(path, BYTES) if path.exists() else b""
            made[name] = _below(content, table, own, name, problems)
    return made, problems


def _below(
    content: bytes,
    table: str,
    rows: Sequence[Mapping[str, str]],
    name: str,
    problems: list[Problem],
) -> bytes:
    """The bytes of a table with rows below; what it has no column for is put to the problems.

    Blank lines at the end go: between rows they would be a fault.
    """
    columns = columns_with(table, rows)
    text = with_line_feeds(content.decode("utf-8-sig"))
    text = text if text.strip() else csv_text([columns])
    first = next(lines_of(text))
    header = next(csv.reader(lines_of(text)))
    for column in columns:
        value = next((row[column] for row in rows if row.get(column)), "")
        if column not in header and value:
            problems.append(Problem(name, 1, column, shown(value), "this column in the file"))
    lines = [text.rstrip("\r\n"), *(csv_text([_cells(row, header)])[:-1] for row in rows), ""]
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    return mark + end_of(first).join(lines).encode()


def _cells(row: Mapping[str, str], header: Sequence[str]) -> list[str]:
    return [row.get(column, "") for column in header]
