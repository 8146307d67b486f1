"""Tables of quotes (CSV or XLSX): a row is a passage, found again in its article by its words.

    article, quote, coder, speaker, issue, stance, date, note

Any other column of `statements.csv` may stand beside them, and `start` and `end` (code points)
where a quote stands more than once. A column `tag` holds a code, as in Taguette's highlights.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from dispute.exchange.passages.mapping import FIELDS, Meanings
from dispute.exchange.passages.record import Project, Record
from dispute.exchange.passages.workbooks import day_of, read_sheet, write_sheet
from helpers.case.spreadsheets import guarded, sheet_csv, unguarded
from helpers.case.table_forms import form_of_bytes, form_of_text

# The columns in the order in which they go out, and what each is in a statement.
COLUMNS = {
    "article": "",
    "quote": "",
    "start": "",
    "end": "",
    "coder": "",
    "speaker": "speaker",
    "issue": "issue",
    "stance": "stance",
    "date": "date_edtf",
    "note": "note",
}
COLUMNS |= {name: name for name in FIELDS if name not in COLUMNS.values()}
# Other words for them.
ALSO = {
    "article_id": "article",
    "document": "article",
    "source": "article",
    "content": "quote",
    "text": "quote",
    "passage": "quote",
    "highlight": "quote",
    "annotator": "coder",
    "actor": "speaker",
    "concept": "issue",
    "comment": "note",
    "memo": "note",
    "date_edtf": "date",
    "code": "tag",
}
# What identifies a row in another tool, and says nothing here.
IDENTITY = {"id", "highlight id"}


def read(files: Mapping[str, bytes]) -> Project:
    """The passages of a table. Raises ValueError for what is no table of quotes."""
    ((_, content),) = files.items()
    rows = read_sheet(content) if content.startswith(b"PK") else _lines(content)
    rows = [list(map(unguarded, row)) for row in rows] or [[]]
    header = [_column(cell) for cell in rows[0]]
    for name in ("article", "quote"):
        if header.count(name) != 1:
            found = "no column" if name not in header else f"{header.count(name)} columns"
            raise ValueError(
                f"row 1: {found} {name}; expected {', '.join(COLUMNS)} or some of them"
            )
    project = Project()
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise ValueError(f"row {number}: {len(cells)} cells; expected {len(header)}")
        if any(cell.strip() for cell in cells):
            project.records.append(_record(dict(zip(header, cells, strict=False)), number))
            _count_unknown(project, header, cells)
    return project


def _column(cell: str) -> str:
    """A column by our name; an unknown one as it is written."""
    plain = cell.strip().casefold()
    name = ALSO.get(plain, plain)
    return name if name in {*COLUMNS, "tag", *IDENTITY} else cell


def _lines(content: bytes) -> list[list[str]]:
    """The rows of a CSV file. Raises ValueError for another form of table."""
    form = form_of_bytes(content)
    text = "" if form else content.decode("utf-8-sig")
    if form := form or form_of_text(text, [*COLUMNS, *ALSO]):
        where = f"row {form.row}: " if form.row else ""
        raise ValueError(f"{where}{form.found}; expected {form.expected}")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(f"no CSV file: {error}") from error


def _record(row: Mapping[str, str], number: int) -> Record:
    places = [row.get(name, "").strip() for name in ("start", "end")]
    if any(places) and not all(re.fullmatch("[0-9]{1,9}", one) for one in places):
        raise ValueError(f"row {number}: start and end {places}; expected two whole numbers")
    start, end = map(int, places) if any(places) else (None, None)
    attributes = {
        field: row[name].strip() if name != "note" else row[name]
        for name, field in COLUMNS.items()
        if field and row.get(name, "").strip()
    }
    if "date_edtf" in attributes:
        attributes["date_edtf"] = day_of(attributes["date_edtf"])
    tag = row.get("tag", "").strip()
    return Record(
        row["article"].strip(),
        start,
        end,
        quote=row.get("quote", ""),
        codes=(tag,) if tag else (),
        coder=row.get("coder", "").strip(),
        attributes=attributes,
        place=f"row {number}",
    )


def _count_unknown(project: Project, header: Sequence[str], cells: Sequence[str]) -> None:
    for name, cell in zip(header, cells, strict=False):
        if name not in {*COLUMNS, "tag", *IDENTITY} and cell.strip():
            project.left[f"cell| of the column {name[:60]!r}"] += 1


# Out.


def write(project: Project) -> bytes:
    """The passages of a project as a CSV file."""
    return sheet_csv(_rows(project)).encode()


def write_workbook(project: Project) -> bytes:
    """The same as a workbook (XLSX)."""
    return write_sheet(map(guarded, row) for row in _rows(project))


def _rows(project: Project) -> list[list[str]]:
    rows = [list(COLUMNS)]
    meanings = Meanings()
    for record in project.records:
        fields = dict(record.attributes)
        for code in record.codes:
            fields |= meanings.of(code) or {}
        own = {
            "article": record.document,
            "quote": record.quote,
            "start": str(record.start),
            "end": str(record.end),
            "coder": record.coder,
        }
        rows.append([own.get(name) or fields.get(field, "") for name, field in COLUMNS.items()])
    return rows
