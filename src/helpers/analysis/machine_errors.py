"""Where proposals fail: missed, extra and misread passages with their words, and what they share.

`missed`: coded, and not found. `extra`: proposed, and of no coded passage. `misread`: found, and
one of speaker, issue, stance and date is another. See `machine_reading` for what is found.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.analysis.machine_reading import HALF, SLOTS, Reading, of_coders, of_proposers
from helpers.case.model import Case
from helpers.case.pairing import matched
from helpers.case.schema import CODED, columns

# What stands between quotation marks; without its end it goes on to the end of the paragraph.
QUOTED = re.compile(r"“[^”\n]*|«[^»\n]*|\"[^\"\n]*\"?")
# By what passages are put together, with the column that says it.
GROUPINGS = {"issue": "issue", "speaker": "speaker", "language": "lang", "speech": "speech"}

Row = dict[str, Any]


def speech_of(text: str, start: int, end: int) -> str:
    """The kind of speech of a passage: direct, indirect or mixed.

    Direct: half of its letters or more stand in quotation marks; indirect: none does.
    """
    spans = (match.span() for match in QUOTED.finditer(text))
    quoted = sum(_letters(text[max(first, start) : min(last, end)]) for first, last in spans)
    if not quoted:
        return "indirect"
    return "direct" if 2 * quoted >= _letters(text[start:end]) else "mixed"


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def errors(case: Case, coders: Collection[str]) -> pd.DataFrame:
    """What each proposer got wrong, held against some coders: the table `machine_errors`."""
    rows: list[Row] = []
    for reader, standard, articles in _pairs(case, coders):
        for unit in SLOTS:
            read, coded = _both(case, reader, standard, articles, unit)
            named = {"reader": reader.name, "standard": standard.name, "unit": unit}
            rows += [named | row for row in _wrong(read, coded, unit)]
    frame = pd.DataFrame(rows, columns=columns("machine_errors")).fillna("")
    return frame.astype({"start": "Int64", "end": "Int64"})


def groups(case: Case, coders: Collection[str]) -> pd.DataFrame:
    """How much of each issue, speaker, language and kind of speech is found: `machine_groups`.

    Of the coded passages of a group: how many are found (recall). Of the proposed ones: how many
    are of a coded passage (precision). A proposal is of the group that it says itself.
    """
    rows: list[Row] = []
    for reader, standard, articles in _pairs(case, coders):
        for unit in SLOTS:
            read, coded = _both(case, reader, standard, articles, unit)
            pairs = matched(read, coded, unit, of_longer=HALF)
            read = read.assign(is_found=read.index.isin(pairs.a))
            coded = coded.assign(is_found=coded.index.isin(pairs.b))
            named = {"reader": reader.name, "standard": standard.name, "unit": unit}
            rows += [named | row for row in _grouped(read, coded)]
    frame = pd.DataFrame(rows, columns=columns("machine_groups"))
    return frame.astype({"recall": float, "precision": float})


def _pairs(
    case: Case, coders: Collection[str]
) -> Iterator[tuple[Reading, Reading, frozenset[str]]]:
    """Each proposer with each of the coders, and the articles that both read."""
    standards = of_coders(case)
    for reader in of_proposers(case).values():
        for coder in coders:
            standard = standards[coder]
            yield reader, standard, reader.articles & standard.articles


def _both(
    case: Case, reader: Reading, standard: Reading, articles: Collection[str], unit: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The units of both in some articles, each with its id and its kind of speech.

    That is told from the marks in the article for both alike, whatever a proposer says of it.
    """
    names = {"proposal_id": "id", CODED[unit].id: "id"}
    read, coded = (one.units[unit].rename(columns=names) for one in (reader, standard))
    parts = []
    for units in (read, coded):
        here = units[units.article_id.isin(articles)].reset_index(drop=True)
        parts.append(here.assign(speech=_speech(here, case.texts)))
    return parts[0], parts[1]


def _speech(units: pd.DataFrame, texts: Mapping[str, str]) -> list[str]:
    places = zip(units.article_id, units.start, units.end, strict=True)
    return [speech_of(texts[article], start, end) for article, start, end in places]


def _wrong(read: pd.DataFrame, coded: pd.DataFrame, unit: str) -> Iterator[Row]:
    """The rows of errors of one kind of unit, in the order of the texts."""
    pairs = matched(read, coded, unit, of_longer=HALF)
    found = dict(zip(pairs.b, pairs.a, strict=True))
    proposals, units = read.to_dict("records"), coded.to_dict("records")
    for place, row in enumerate(units):
        if place not in found:
            yield _error("missed", row, unit_id=row["id"])
            continue
        proposal = proposals[found[place]]
        ids = {"unit_id": row["id"], "proposal_id": proposal["id"], "why": proposal["why"]}
        for slot in SLOTS[unit]:
            is_asked = slot != "stance" or proposal["issue"] == row["issue"]
            if is_asked and proposal[slot] != row[slot]:
                values = {"proposed": str(proposal[slot]), "coded": str(row[slot])}
                yield _error("misread", row, field=slot, **values, **ids)
    for place in sorted(set(range(len(proposals))) - set(pairs.a)):
        row = proposals[place]
        yield _error("extra", row, proposal_id=row["id"], why=row["why"])


def _error(error: str, row: Row, **more: str) -> Row:
    names = ("article_id", "speaker", "issue", "lang", "speech", "quote", "start", "end")
    return {name: row.get(name, "") for name in names} | {"error": error} | more


def _grouped(read: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    for grouping, column in GROUPINGS.items():
        if column not in coded:
            continue
        for group in sorted({*read[column], *coded[column]}):
            mine, theirs = (frame[frame[column] == group].is_found for frame in (read, coded))
            yield {
                "grouping": grouping,
                "group": group,
                "n_coded": len(theirs),
                "n_found": int(theirs.sum()),
                "recall": theirs.mean() if len(theirs) else None,
                "n_proposed": len(mine),
                "n_right": int(mine.sum()),
                "precision": mine.mean() if len(mine) else None,
            }
