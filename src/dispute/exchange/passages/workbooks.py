"""Workbooks (`.xlsx`): the cells of their first sheet, and one sheet of cells, all of them text.

They are XML in a ZIP archive (ECMA-376). Of that, a table of words needs the little that is here.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement, tostring

from dispute.exchange.passages.archives import packed, parsed, unpacked
from helpers.case.cells import UNFIT

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Characters that a cell may hold; rows and columns that a table of people has.
LONGEST, ROWS, COLUMNS = 32_767, 1_000_000, 200
# How a workbook writes a character by its number.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
SHEET = "xl/worksheets/sheet1.xml"
FIRST_DAY = date(1899, 12, 30)


def read_sheet(content: bytes) -> list[list[str]]:
    """The rows of the first sheet as texts. Raises ValueError for what is no workbook."""
    files = unpacked(content)
    names = sorted(name for name in files if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
    if not names:
        raise ValueError("no sheet in the workbook; expected an XLSX file")
    shared: list[str] = []
    if "xl/sharedStrings.xml" in files:
        strings = parsed(files["xl/sharedStrings.xml"])
        shared = [_words(one) for one in strings.iter(f"{{{MAIN}}}si")]
    # The first by its number: `sheet10` comes after `sheet2`.
    first = min(names, key=lambda name: (len(name), name))
    rows: list[list[str]] = []
    for row in parsed(files[first]).iter(f"{{{MAIN}}}row"):
        cells: list[str] = []
        for cell in row.iter(f"{{{MAIN}}}c"):
            column = _column(cell.get("r") or "", len(cells))
            cells += [""] * (column - len(cells))
            cells.append(_value(cell, shared))
        rows.append(cells)
        if len(rows) > ROWS:
            raise ValueError(f"more than {ROWS} rows")
    return rows


def _column(place: str, following: int) -> int:
    """The number of a column, from 0: of `C7` it is 2."""
    letters = re.match("[A-Z]{1,3}", place)
    number = 0
    for letter in letters[0] if letters else "":
        number = 26 * number + ord(letter) - 64
    number = number - 1 if number else following
    if not following <= number < COLUMNS:
        raise ValueError(f"the cell {place[:20]!r}; expected cells in their order, {COLUMNS} a row")
    return number


def _value(cell: Element, shared: list[str]) -> str:
    value = cell.findtext(f"{{{MAIN}}}v") or ""
    if cell.get("t") == "inlineStr":
        return _words(cell)
    if cell.get("t") == "s":
        if not re.fullmatch("[0-9]{1,9}", value) or int(value) >= len(shared):
            raise ValueError(f"the text number {value[:20]!r}, which the workbook does not have")
        return shared[int(value)]
    return _unescaped(re.sub(r"\.0+$", "", value))


def _words(element: Element) -> str:
    """The text of an element, its parts joined; how it is read aloud is left out."""
    parts = [
        one.text or ""
        for child in element
        if child.tag != f"{{{MAIN}}}rPh"
        for one in child.iter(f"{{{MAIN}}}t")
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def day_of(cell: str) -> str:
    """A day that a workbook keeps as a number, as ISO 8601; any other text as it is.

    Workbooks count the days from 1899-12-30. A number below 10,000 is a year.
    """
    if re.fullmatch("[0-9]{5,6}", cell):
        return (FIRST_DAY + timedelta(days=int(cell))).isoformat()
    return cell


def write_sheet(rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook with one sheet of texts. Raises ValueError for a text that no cell can hold."""
    root = Element("worksheet", xmlns=MAIN)
    data = SubElement(root, "sheetData")
    for row in rows:
        line = SubElement(data, "row")
        for cell in row:
            if len(cell) > LONGEST:
                raise ValueError(f"a text of {len(cell)} characters; a cell holds {LONGEST}")
            holder = SubElement(SubElement(line, "c", t="inlineStr"), "is")
            SubElement(holder, "t", {"xml:space": "preserve"}).text = _escaped(cell)
    book = Element("workbook", {"xmlns": MAIN, "xmlns:r": RELATIONS})
    SubElement(
        SubElement(book, "sheets"), "sheet", {"name": "quotes", "sheetId": "1", "r:id": "rId1"}
    )
    types = Element("Types", xmlns=f"{PACKAGE}/content-types")
    SubElement(types, "Default", Extension="xml", ContentType="application/xml")
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    SubElement(types, "Default", Extension="rels", ContentType=relations)
    kinds = {"/xl/workbook.xml": "sheet.main", f"/{SHEET}": "worksheet"}
    for part, kind in kinds.items():
        SubElement(types, "Override", PartName=part, ContentType=f"{TYPES}.{kind}+xml")
    return packed(
        _documents(
            {
                "[Content_Types].xml": types,
                "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
                "xl/workbook.xml": book,
                "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
                SHEET: root,
            }
        )
    )


def _escaped(text: str) -> str:
    """A text as a cell holds it; a carriage return would come back as a line feed."""
    kept = ESCAPED.sub(lambda match: f"_x005F{match[0]}", UNFIT.sub("", text))
    return kept.replace("\r", "_x000D_")


def _relation(kind: str, target: str) -> Element:
    root = Element("Relationships", xmlns=f"{PACKAGE}/relationships")
    SubElement(root, "Relationship", Id="rId1", Type=f"{RELATIONS}/{kind}", Target=target)
    return root


def _documents(roots: Mapping[str, Element]) -> dict[str, bytes]:
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {
        name: head + tostring(root, encoding="unicode").encode() for name, root in roots.items()
    }
