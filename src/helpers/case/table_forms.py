"""Forms of files that should have been a table: what a spreadsheet makes instead of our CSV.

Each is told in one line, with what to do, in place of all that would follow from it.
"""

import csv
import io
import zipfile
from typing import NamedTuple

CSV = "a CSV file in UTF-8 (in a spreadsheet: save as “CSV UTF-8”)"
# Signs that part columns, in words.
SIGNS = {";": 'parted by ";"', "\t": "parted by tabs", "|": 'parted by "|"', ",": 'parted by ","'}
# How a file begins that is no text.
OLD_SPREADSHEET = bytes.fromhex("d0cf11e0a1b11ae1")
PAGES = (b"<!doctype html", b"<html")


class Form(NamedTuple):
    """What was found of a file that is no table, and what was expected; row 0 is all of it."""

    row: int
    found: str
    expected: str


def form_of_bytes(content: bytes) -> Form | None:
    """The form of a file that cannot be read as text in UTF-8; None where it can."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Form(0, "text in UTF-16", CSV)
    if content.startswith(OLD_SPREADSHEET):
        return Form(0, "a spreadsheet (.xls)", CSV)
    if content.startswith(b"PK\x03\x04"):
        return Form(0, _kind_of_zip(content), CSV)
    if content[:200].lstrip().lower().startswith(PAGES):
        return Form(0, "a web page", CSV)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return Form(row, _byte(content[error.start]), f"text in UTF-8: {CSV}")
    return None


def _kind_of_zip(content: bytes) -> str:
    """A ZIP archive by what is in it: spreadsheets of today are such archives."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "a ZIP archive"
    if any(name.startswith("xl/") for name in names):
        return "a spreadsheet (.xlsx)"
    if "mimetype" in names:
        return "a spreadsheet (.ods)"
    return "a ZIP archive"


def _byte(byte: int) -> str:
    letter = bytes([byte]).decode("cp1252", errors="ignore")
    meant = f", “{letter}” in Windows-1252" if letter.isprintable() and letter else ""
    return f"the byte 0x{byte:02x}{meant}"


def form_of_text(text: str, columns: list[str]) -> Form | None:
    """The form of a table whose columns are parted by another sign than a comma; else None."""
    first = text.partition("\n")[0].strip()
    if first.lower().startswith("sep="):
        first = text.partition("\n")[2].partition("\n")[0]
        sign = text[4:5]
        if sign != ",":
            return _parted_by(sign)
        return Form(1, "the line “sep=,”", "the names of the columns")
    known = {sign: _known(first, sign, columns) for sign in SIGNS}
    best = max(known, key=lambda sign: known[sign])
    if known[best] > max(1, known[","]):
        return _parted_by(best)
    return None


def _parted_by(sign: str) -> Form:
    found = SIGNS.get(sign, f"parted by {sign!r}")
    return Form(1, f"columns {found}", f"{SIGNS[',']}: {CSV}")


def _known(header: str, sign: str, columns: list[str]) -> int:
    """How many columns of a table a header names, if a sign parts them."""
    try:
        cells = next(csv.reader([header], delimiter=sign), [])
    except csv.Error:
        return 0
    return len(set(cells) & set(columns))
