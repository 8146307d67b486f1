"""The rows of proposals from the answers to an article: placed in the text, each once.

A quote that stands in several places is taken where it follows the quote before; the row says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dispute.proposing.answers import Refused, Said
from dispute.proposing.checks import Codebook, Reading, refused_of
from dispute.proposing.files import COLUMNS, DATE, Row
from dispute.proposing.forms import LISTS, NEW
from dispute.proposing.prompts import unmarked
from helpers.case.furniture import Furniture
from helpers.case.near_passages import places_of

# What makes two rows the same proposal, where parts overlap.
SAME = {"statements": ("speaker", "printed", "issue", "stance"), "event_mentions": ("date_edtf",)}
PLAIN = ("speaker", "printed", "on_behalf_of", "quoted_by", "according_to", "speech", "lang")
FREE = ("place", "description", "date_note", "why")


@dataclass
class Made:
    """What came of the answers to one article: rows by table, what was refused, what is told."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in LISTS})
    refused: list[Refused] = field(default_factory=list)
    ambiguous: int = 0
    repeated: int = 0


def rows_of(answers: Iterable[tuple[Reading, Said]], known: Codebook) -> Made:
    """The proposals of an article from what was said of each of its parts, in their order."""
    made = Made()
    for read, said in answers:
        made.refused += said.refused
        before = dict.fromkeys(LISTS, read.part.start)
        there = {table: list(rows) for table, rows in made.tables.items()}
        for table, told in said.rows:
            quote = unmarked(told["quote"], read.text).strip()
            told = {**told, "quote": quote}
            fault = refused_of(told, read, known)
            place = -1 if fault else _place(quote, read, before[table])
            if place < 0:
                made.refused.append(fault or _of_furniture())
                continue
            before[table] = place
            times = len(_places(quote, read))
            made.ambiguous += times > 1
            row = _row(table, told, read, place, times)
            _put(made, table, row, there[table])
    return made


def _put(made: Made, table: str, row: Row, earlier: list[Row]) -> None:
    """Put a row to the others. Of two that overlapping parts gave, the longer one stays."""
    rows = made.tables[table]
    if row in rows:
        made.repeated += 1
        return
    for other in earlier:
        if _is_same(table, row, other) and other in rows:
            made.repeated += 1
            if _length(row) <= _length(other):
                return
            rows.remove(other)
            break
    rows.append(row)


def _is_same(table: str, row: Row, other: Row) -> bool:
    """Whether two rows say the same of the same words: half of the shorter ones, and more."""
    if any(row[name] != other[name] for name in SAME[table]):
        return False
    first, last = max(int(row["start"]), int(other["start"])), min(_end(row), _end(other))
    return 2 * (last - first) > min(_length(row), _length(other))


def _end(row: Row) -> int:
    return int(row["end"])


def _length(row: Row) -> int:
    return int(row["end"]) - int(row["start"])


def _places(quote: str, read: Reading) -> list[int]:
    """Where a quote stands within a part, outside of furniture; in code points of the article."""
    start = read.part.start
    places = [start + place for place in places_of(quote, read.words)]
    return [place for place in places if _is_own(place, place + len(quote), read.furniture)]


def _place(quote: str, read: Reading, before: int) -> int:
    """The place that is meant: the first after that of the quote before; -1 where there is none."""
    places = _places(quote, read)
    return next((place for place in places if place >= before), places[0] if places else -1)


def _is_own(start: int, end: int, furniture: Iterable[Furniture]) -> bool:
    """Whether words are the article's own; a caption that stands within them does not end them."""
    for span in furniture:
        stands_within = start < span.start and span.end < end
        if start < span.end and span.start < end and not stands_within:
            return False
    return True


def _of_furniture() -> Refused:
    return Refused("furniture", "", "the quote is page furniture, which is never coded")


def _row(table: str, told: Mapping[str, Any], read: Reading, place: int, times: int) -> Row:
    cells = {name: told.get(name, "") for name in PLAIN}
    cells |= {name: " ".join(told.get(name, "").split()) for name in FREE}
    cells |= dict(zip(DATE, _date(told), strict=True))
    if cells["speaker"] == NEW:
        cells["speaker"] = ""
    else:
        cells["printed"] = ""
    issues = list(dict.fromkeys(told.get("issues", [])))
    stance = told.get("stance")
    cells |= {
        "issue": issues[0] if issues else "",
        "issues": ";".join(issues),
        "stance": "" if stance is None else str(int(stance)),
        "participants": ";".join(dict.fromkeys(told.get("participants", []))),
        "quote": told["quote"],
        "start": str(place),
        "end": str(place + len(told["quote"])),
    }
    cells["speech"] = cells["speech"] or _speech(told["quote"])
    cells["lang"] = cells["lang"] or read.languages[0]
    if times > 1:
        cells["why"] += f" (The words stand {times} times; this is the next after the one before.)"
    wanted = [name for name in COLUMNS[table] if name not in ("proposal_id", "article_id")]
    return {name: cells[name] for name in wanted}


def _date(told: Mapping[str, Any]) -> Iterator[str]:
    yield told.get("date", "")
    yield told.get("date_basis", "undated")
    yield told.get("date_words", "")
    yield " ".join(told.get("date_note", "").split())


def _speech(quote: str) -> str:
    """How a quote is spoken, as far as its marks show, where the answer does not say it."""
    return "direct" if quote[:1] in '“«"„' else "indirect"
