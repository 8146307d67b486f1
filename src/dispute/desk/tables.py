"""Tables: a coder's tables in memory, and as the bytes of their files.

A row that is as it was when the sitting began keeps its bytes, and every row its place: a diff of
the file shows only what was changed, and when all is undone the file is what it was.
"""

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.case.coder_folders import folders, read_parted
from helpers.case.files import csv_text
from helpers.case.near_passages import places_of
from helpers.case.raw_tables import end_of, records
from helpers.case.schema import BY_CODER, SCHEMA, file_columns

Row = dict[str, str]
# Where a row stands among the others: article, first code point, id.
Place = tuple[str, int, str]

# What stands before the number of a new id.
LETTERS = {
    "statements": "s",
    "event_mentions": "m",
    "relations": "r",
    "suggestions": "x",
    "taken": "t",
    "progress": "p",
}
# Characters of a coder's name in a new id, which may have 100 in all.
LONGEST = 80


def id_column(table: str) -> str:
    """The column of a table by coder that holds the id of a row."""
    return str(SCHEMA["raw"][table]["key"][0])


def ids_of_others(folder: Path, table: str, coder: str) -> set[str]:
    """The ids that other coders have given; nothing else of what they coded is kept."""
    others = [name for name in folders(folder) if name != coder]
    return set(read_parted(folder, table, others).frame[id_column(table)].dropna())


@dataclass(frozen=True)
class Form:
    """How a file is written: what stands before its rows and after them, its columns, line ends."""

    head: str
    names: tuple[str, ...]
    tail: str
    end: str
    has_mark: bool

    @classmethod
    def new(cls, table: str) -> "Form":
        """That of a file that is not there yet."""
        spare = SCHEMA["raw"][table].get("may_lack", [])
        names = [name for name in file_columns(table) if name not in spare]
        return cls(csv_text([names]), tuple(names), "", "\n", False)

    def with_line_feeds(self) -> "Form":
        """The same for a file that was parted by carriage returns alone."""
        head = self.head.removesuffix("\r") + "\n"
        return replace(self, head=head, tail=self.tail.replace("\r", "\n"), end="\n")


class Table:
    """The rows of one table of a coder, by id. Made from the content of its file, if there is one.

    A file with a fault of form is not to be given. `texts` (by article) say where a quote stands
    whose row leaves that to the quote; it changes no row of the file. `others`: the ids that other
    coders have given; no new one is formed as these are.
    """

    def __init__(
        self,
        name: str,
        coder: str,
        content: bytes | None,
        texts: Mapping[str, str],
        others: Iterable[str] = (),
    ) -> None:
        self.name = name
        self.begun = content
        self.rows: dict[str, Row] = {}
        self.by_article: dict[str, dict[str, None]] = {}
        self._first: dict[str, tuple[Row, str]] = {}
        self._texts: dict[str, str] = {}
        self._at: dict[str, Place] = {}
        self._places: list[Place] = []
        self._known: set[Place] = set()
        self._form, read = _read(name, content or b"")
        names = [row[id_column(name)] for row, _ in read]
        self._ids = _Ids(names, others, coder[:LONGEST], LETTERS[name])
        for own, (row, text) in zip(names, read, strict=True):
            placed = _placed(row, texts.get(row["article_id"], ""))
            self._first[own] = placed, text
            self._places.append(_place(own, placed))
            self._known.add(self._places[-1])
            self.put(own, placed)

    def new_id(self) -> str:
        """An id that no row of this sitting has had."""
        return self._ids.next()

    def next_id(self) -> str:
        """The id that the next new row would get."""
        return self._ids.following()

    def put(self, name: str, row: Row | None) -> None:
        """Set a row, or take it out."""
        if before := self.rows.pop(name, None):
            self.by_article[before["article_id"]].pop(name)
            del self._at[name], self._texts[name]
        if row is None:
            return
        self._ids.see(name)
        place = _place(name, row)
        if place not in self._known:
            self._known.add(place)
            self._places.insert(_after(self._places, place), place)
        first, text = self._first.get(name, (None, ""))
        self.rows[name] = row
        self._at[name] = place
        self._texts[name] = text if row == first else ""
        self.by_article.setdefault(row["article_id"], {})[name] = None

    def of_article(self, article: str) -> list[Row]:
        """The rows of an article, in the order of the text."""
        names = self.by_article.get(article, {})
        return [self.rows[name] for name in sorted(names, key=lambda name: self._at[name])]

    def content(self) -> bytes | None:
        """The file as it should be; None where there was none and there are no rows."""
        if not self.rows and not (self.begun or b"").strip():
            return self.begun
        form = self._form
        missing = [name for name in file_columns(self.name) if name not in form.names]
        if used := [name for name in missing if self._is_used(name)]:
            form = _with_columns(self.name, form, used)
        text = self._text(form)
        if form.end == "\r" and "\n" in text:
            text = self._text(form.with_line_feeds())
        return (BOM_UTF8 if form.has_mark else b"") + text.encode()

    def _text(self, form: Form) -> str:
        lines = [form.head, *(self._line(name, form) for name in self._in_order()), form.tail]
        ended = [_ended(line, form.end) for line in lines[:-2]]
        last = _ended(lines[-2], form.end) if form.tail else lines[-2]
        return "".join([*ended, last, form.tail])

    def _is_used(self, column: str) -> bool:
        return any(row[column] for row in self.rows.values())

    def _in_order(self) -> Iterator[str]:
        return (place[2] for place in self._places if self._at.get(place[2]) == place)

    def _line(self, name: str, form: Form) -> str:
        """The line of a row: as it was read, or as it was made when it was last asked for."""
        if form is not self._form:
            return _written(self.rows[name], form)
        if not self._texts[name]:
            self._texts[name] = _written(self.rows[name], form)
        return self._texts[name]


class _Ids:
    """New ids, formed as most of a coder's own; a number is never given twice.

    Where those of others begin in the same way, with the coder's name: two desks may be open.
    """

    def __init__(self, own: Iterable[str], others: Iterable[str], coder: str, letter: str) -> None:
        taken = {head for head, _ in _parted(others)}
        heads = Counter((head, len(digits)) for head, digits in _parted(own) if head not in taken)
        head = f"{coder}-{letter}"
        while head in taken:
            head += letter
        self.head, self.width = heads.most_common(1)[0][0] if heads else (head, 3)
        self.last = 0

    def see(self, name: str) -> None:
        """An id that is taken."""
        match = _NUMBERED.fullmatch(name)
        if match and match[1] == self.head:
            self.last = max(self.last, int(match[2]))

    def next(self) -> str:
        """One more."""
        name = self.following()
        self.last += 1
        return name

    def following(self) -> str:
        """The one that comes next."""
        return f"{self.head}{self.last + 1:0{self.width}}"


_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


def _parted(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands before the number of each id that has one, and the number."""
    return ((match[1], match[2]) for match in map(_NUMBERED.fullmatch, names) if match)


def _read(table: str, content: bytes) -> tuple[Form, list[tuple[Row, str]]]:
    """The form of a file, and its rows, each with the text that it is read from."""
    text = content.decode("utf-8-sig")
    if not text.strip():
        return Form.new(table), []
    (header, head), *found = records(text)
    names = tuple(name for name in header if name.strip())
    tail = ""
    while found and not any(cell.strip() for cell in found[-1][0]):
        tail = found.pop()[1] + tail
    rows = []
    blank = dict.fromkeys(file_columns(table), "")
    for cells, written in found:
        named = zip(header, cells, strict=False)
        rows.append((blank | {name: cell for name, cell in named if name.strip()}, written))
    return Form(head, names, tail, end_of(head), content.startswith(BOM_UTF8)), rows


def _with_columns(table: str, form: Form, used: list[str]) -> Form:
    """The form with columns that the file lacked; in the schema's order, if it was in that."""
    names = [*form.names, *used]
    order = file_columns(table)
    if list(form.names) == sorted(form.names, key=order.index):
        names.sort(key=order.index)
    head = csv_text([names])[:-1] + form.end
    return Form(head, tuple(names), form.tail, form.end, form.has_mark)


def _written(row: Row, form: Form) -> str:
    return csv_text([[row[name] for name in form.names]])[:-1] + form.end


def _ended(line: str, end: str) -> str:
    return line if line.endswith(("\n", "\r")) else line + end


def _place(name: str, row: Row) -> Place:
    start = row.get("start", "")
    return row["article_id"], int(start) if start.isdecimal() else -1, name


def _placed(row: Row, text: str) -> Row:
    """A row with its place filled in, where it leaves that to a quote that stands once."""
    quote = row.get("quote", "")
    if quote and not row["start"] + row["end"] and len(places := places_of(quote, text)) == 1:
        return row | {"start": str(places[0]), "end": str(places[0] + len(quote))}
    return row


def _after(places: list[Place], place: Place) -> int:
    """Behind the last of the places that comes before one; of its article, if that has any."""
    number, first = len(places), len(places)
    for other in reversed(places):
        if other[0] == place[0]:
            if other < place:
                return number
            first = number - 1
        number -= 1
    if first < len(places):
        return first
    return max((at for at, other in enumerate(places, start=1) if other < place), default=0)


def tables_of(
    coder: str,
    contents: Mapping[str, bytes | None],
    texts: Mapping[str, str],
    others: Mapping[str, Iterable[str]],
) -> dict[str, Table]:
    """The tables of a coder, from the contents of their files."""
    return {table: Table(table, coder, contents[table], texts, others[table]) for table in BY_CODER}
