"""Sheets for people: what was drawn, laid out to be coded by hand, and read back.

A folder holds `sheet.csv` (to be filled in; of a class, `sheets/NAME.csv` for each reader),
`drawn.csv` (what was drawn, by which seed and with which probability), `codebook.md` (the words
that may be used) and, for whole articles, their texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.case.files import csv_text, make_folder
from helpers.case.model import Case
from helpers.case.near_passages import places_of, words_expected
from helpers.case.problems import CaseError, Problem, nearest, numbered, shown, shown_cell
from helpers.case.raw_tables import read_csv
from helpers.case.spreadsheets import as_meant, sheet_csv

SHEET, KEPT, WORDS = "sheet.csv", "drawn.csv", "codebook.md"
# The folder of the sheets of a class.
SHEETS = "sheets"
PASSAGES = ["drawn", "article_id", "before", "words", "after", "speaker", "issue", "stance", "note"]
ARTICLES = ["article_id", "words", "speaker", "issue", "stance", "note"]
DRAWN = ["drawn", "kind", "article_id", "start", "end", "n_units", "probability", "coder", "seed"]
# Characters of the text that stand before and after a passage.
CONTEXT = 300
# Empty rows for each article.
ROWS = 12
# The issue of a passage that holds no stance.
NONE = "none"


# For each column what people may write, in small letters, and the id that it means.
Known = dict[str, Mapping[str, str]]


class Filled(NamedTuple):
    """What people filled in: rows with `article_id`, `start`, `end`, speaker, issue, stance.

    `kind` is `passages` or `articles`, `drawn` what had been drawn, `n_empty` how many rows of
    passages were left empty.
    """

    kind: str
    coder: str
    drawn: pd.DataFrame
    rows: pd.DataFrame
    n_empty: int


def write_sheets(
    folder: Path,
    case: Case,
    drawn: pd.DataFrame,
    coder: str,
    seed: int,
    more: Mapping[str, bytes] | None = None,
) -> None:
    """Make a new folder with blank sheets for what was drawn.

    `drawn` as `drawing` gives it: passages where it has a `start`, else articles. `more`: further
    files, by their paths in it. Raises OSError where the folder is there already.
    """
    kind = "passages" if "start" in drawn else "articles"
    named = drawn.assign(kind=kind, coder=coder, seed=seed)
    kept = named.reindex(columns=DRAWN).astype(object)
    kept = kept.where(kept.notna(), "")
    rows = _passages(case, drawn) if kind == "passages" else _articles(drawn)
    header = PASSAGES if kind == "passages" else ARTICLES
    files = {
        SHEET: sheet_csv([header, *rows]).encode(),
        KEPT: csv_text([DRAWN, *kept.itertuples(index=False, name=None)]).encode(),
        WORDS: _codebook(case, kind).encode(),
    }
    if kind == "articles":
        for article in drawn.article_id:
            files[f"articles/{article}.txt"] = case.texts[article].encode()
    make_folder(folder, files | dict(more or {}))


def _passages(case: Case, drawn: pd.DataFrame) -> Iterator[list[str]]:
    """A row for each statement that stands on a drawn passage, with the words around it."""
    for row in drawn.itertuples():
        text = case.texts[row.article_id]
        before = text[max(0, row.start - CONTEXT) : row.start]
        after = text[row.end : row.end + CONTEXT]
        line = [row.drawn, row.article_id, before, text[row.start : row.end], after, "", "", "", ""]
        for _ in range(int(row.n_units)):
            yield line


def _articles(drawn: pd.DataFrame) -> Iterator[list[str]]:
    for article in drawn.article_id:
        for _ in range(ROWS):
            yield [article, *([""] * (len(ARTICLES) - 1))]


def _codebook(case: Case, kind: str) -> str:
    """What to fill in, and the words that may be used, as Markdown."""
    if kind == "passages":
        how = (
            "Each row of `sheet.csv` is a passage; `before` and `after` are the words around it. "
            "Say who takes a stance in it (`speaker`), on what (`issue`), and which (`stance`). A "
            f"passage that stands in two rows takes two stances. `{NONE}` as the issue says that "
            "there is no stance."
        )
    else:
        how = (
            "Read each article in `articles/`. For every passage in which somebody takes a stance "
            "fill in a row of `sheet.csv`: copy its `words` letter for letter, and say who speaks "
            "(`speaker`), on what (`issue`), and which `stance`. Add rows, or leave some empty."
        )
    lines = [f"# How to code “{case.title}”", "", how, "", "## Issues", ""]
    lines += [f"- `{row.issue}`: {row.proposition}" for row in case.issues.itertuples()]
    lines += ["", "## Stances", ""]
    lines += [f"- `{row.stance}`: {row.label}. {row.meaning}" for row in case.stances.itertuples()]
    lines += ["", "## Who can speak", ""]
    lines += [f"- `{actor}`: {name}" for actor, name in case.names_apart().items()]
    rules = [f"- {row.text}" for row in case.rules.itertuples()]
    return "\n".join([*lines, *(["", "## Rules", "", *rules] if rules else [])]) + "\n"


def read_drawn(folder: Path) -> pd.DataFrame:
    """What was drawn into a folder. Raises CaseError where `dispute draw` did not make it."""
    kept = read_csv(folder / KEPT, KEPT, DRAWN, [])
    if kept.problems or kept.frame.empty:
        empty = Problem(KEPT, 0, "", "nothing drawn", "a folder that `dispute draw` made")
        raise CaseError(kept.problems or [empty])
    return kept.frame


def filled_sheets(folder: Path) -> dict[str, str]:
    """The sheets of a class by the name of each reader: `sheets/NAME.csv`; none where it has none.

    What begins with a dot, as a spreadsheet's lock file does, is no sheet.
    """
    paths = sorted((folder / SHEETS).glob("*.csv"))
    return {path.stem: f"{SHEETS}/{path.name}" for path in paths if path.name[0] != "."}


def read_all(folder: Path, case: Case, sheets: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The filled rows of each reader of a class.

    `sheets`: reader to sheet, as `filled_sheets` gives them. Raises CaseError with every problem of
    all sheets.
    """
    rows: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for reader, sheet in sheets.items():
        try:
            rows[reader] = read_sheets(folder, case, sheet).rows
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(problems)
    return rows


def read_sheets(folder: Path, case: Case, sheet: str = SHEET) -> Filled:
    """What people filled in. Raises CaseError with every problem of the sheet."""
    drawn = read_drawn(folder)
    kind, coder = drawn.kind[0], drawn.coder[0]
    read = read_csv(folder / sheet, sheet, PASSAGES if kind == "passages" else ARTICLES, ["note"])
    if read.problems:
        raise CaseError(read.problems)
    frame = as_meant(read.frame)
    filled = (frame[["speaker", "issue", "stance"]] != "").any(axis=1)
    if kind == "articles":
        filled |= frame.words != ""
    problems: list[Problem] = []
    rows = []
    known = _words_of(case)
    for (number, row), is_filled in zip(numbered(frame.to_dict("records")), filled, strict=True):
        if is_filled:
            faults = list(_faults(row, number, known, kind))
            place, more = _place(row, number, case, kind, drawn)
            problems += [*faults, *more]
            if not (faults or more):
                rows.append({**row, **place, **_ids(row, known)})
    if problems:
        raise CaseError([replace(problem, file=sheet) for problem in problems])
    names = ["article_id", "start", "end", "speaker", "issue", "stance"]
    return Filled(kind, coder, drawn, pd.DataFrame(rows, columns=names), int((~filled).sum()))


def _words_of(case: Case) -> Known:
    """For each column, what people may write (in any case of letters) and the id that it means."""
    scale = {str(stance): label for stance, label in case.scale().items()}
    meant = {"speaker": case.names_apart(), "issue": case.labels(), "stance": scale}
    known: Known = {}
    for column, names in meant.items():
        words = {name.casefold(): identity for identity, name in names.items()}
        known[column] = words | {identity.casefold(): identity for identity in names}
    return known


def _faults(row: dict[str, str], number: int, known: Known, kind: str) -> Iterator[Problem]:
    """Cells that are empty where others are filled, or hold what the codebook does not know."""
    is_none = kind == "passages" and row["issue"].strip().casefold() == NONE
    for column, words in known.items():
        value = row[column].strip()
        if is_none and column != "issue":
            if value:
                yield Problem(SHEET, number, column, shown(value), "nothing beside `none`")
        elif not is_none and value.casefold() not in words:
            hint = nearest(value, set(words.values())) if value else ""
            expected = f"one of those in {WORDS}{hint}"
            yield Problem(SHEET, number, column, shown_cell(value), expected)


def _ids(row: dict[str, str], known: Known) -> dict[str, object]:
    """The cells as ids; the stance as a number, None where there is none."""
    if row["issue"].strip().casefold() == NONE:
        return {"speaker": None, "issue": NONE, "stance": None}
    ids = {column: known[column][row[column].strip().casefold()] for column in known}
    return {**ids, "stance": int(ids["stance"])}


def _place(
    row: dict[str, str], number: int, case: Case, kind: str, drawn: pd.DataFrame
) -> tuple[dict[str, int], list[Problem]]:
    """Where the words of a row stand, and why they do not."""
    if kind == "passages":
        own = drawn[(drawn.drawn == row["drawn"]) & (drawn.article_id == row["article_id"])]
        if len(own) == 1:
            return {"start": int(own.start.iloc[0]), "end": int(own.end.iloc[0])}, []
        expected = f"a passage of {KEPT}{nearest(row['drawn'], drawn.drawn)}"
        return {}, [Problem(SHEET, number, "drawn", shown_cell(row["drawn"]), expected)]
    article, words = row["article_id"], row["words"]
    if article not in set(drawn.article_id) or article not in case.texts:
        expected = f"an article of {KEPT}{nearest(article, drawn.article_id)}"
        return {}, [Problem(SHEET, number, "article_id", shown_cell(article), expected)]
    places = places_of(words, case.texts[article]) if words else []
    if len(places) == 1:
        return {"start": places[0], "end": places[0] + len(words)}, []
    expected = "words that stand once; take more of them"
    if not places:
        expected = words_expected(article, case.texts[article], words) if words else "the words"
    return {}, [Problem(SHEET, number, "words", shown_cell(words), expected)]
