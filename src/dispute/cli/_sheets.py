"""Filled sheets read back: those of one person, or of a class, beside the coder."""

from pathlib import Path
from typing import TYPE_CHECKING

from dispute.cli._telling import tell

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.drawn_sheets import Filled
    from helpers.case.model import Case

RESULT = "agreement.csv"
# What is kept of a class besides: where its readers part, and the page for them.
PARTED, LESSON = "positions.csv", "lesson.html"
# Cells on which readers part that are told.
TOLD = 5


def read_back(case: "Case", folder: Path, language: str) -> int:
    """Compare filled sheets with their coder; tell and keep what comes of it."""
    from helpers.case.blank_case import BLANK
    from helpers.case.drawn_sheets import filled_sheets, read_sheets
    from helpers.case.files import csv_text, write_file
    from helpers.words import counted

    if filled_sheets(folder) or (folder / BLANK).is_dir():
        return _read_class(case, folder, language)
    filled = read_sheets(folder, case)
    if filled.rows.empty:
        raise ValueError(f"{folder}/sheet.csv: nothing is filled in; expected a row at least")
    table = _compared(case, filled)
    numbers = table.astype(object).where(table.notna(), "")
    write_file(folder / RESULT, csv_text([list(table), *numbers.itertuples(index=False)]).encode())
    empty = f", {counted(filled.n_empty, 'row')} left empty" if filled.n_empty else ""
    tell(f"{counted(len(filled.rows), 'row')} filled in, compared with “{filled.coder}”{empty}")
    for row in table.to_dict("records"):
        tell(_in_words(row))
    tell(f"kept in {folder / RESULT}")
    return 0


def _read_class(case: "Case", folder: Path, language: str) -> int:
    """Compare the sheets of a class; tell and keep what comes of it, with a page for the class."""
    from dispute.exercise import lesson
    from dispute.messages import words
    from helpers.analysis.class_agreement import class_agreement
    from helpers.case.drawn_sheets import filled_sheets, read_all, read_drawn
    from helpers.case.files import csv_text, write_files
    from helpers.case.load import coded
    from helpers.words import counted

    drawn = read_drawn(folder)
    readers = read_all(folder, case, filled_sheets(folder)) | _at_the_desk(folder)
    if not readers:
        raise ValueError(f"{folder}/sheets: no filled sheet; expected one NAME.csv at least")
    coder, articles = drawn.coder[0], list(drawn.article_id)
    agreed = class_agreement(readers, coded(case, "statements", coder), articles)
    table = agreed.readers
    files = {
        RESULT: csv_text([list(table), *table.fillna("").itertuples(index=False)]),
        PARTED: csv_text(lesson.table(case, agreed)),
        LESSON: lesson.page(case, agreed, words(language)),
    }
    write_files({folder / name: content.encode() for name, content in files.items()})
    tell(f"{counted(len(readers), 'reader')}, {counted(len(articles), 'article')}")
    tell(f"with each other: alpha {lesson.number(agreed.together)}")
    for row in table.itertuples():
        shared = f"{row.n_shared} of {row.n_either} positions shared"
        tell(f"{row.reader} and “{coder}”: {shared}, alpha {lesson.number(row.alpha)}")
    for one in lesson.in_words(case, agreed.parted)[:TOLD]:
        said = "; ".join(f"{many} × {stance or 'none'}" for stance, many in one.readers)
        tell(f"they part on: {one.speaker}, {one.issue} ({one.article}): {said}")
    tell(f"kept in {folder}: {', '.join(files)}")
    return 0


def _at_the_desk(folder: Path) -> "dict[str, pd.DataFrame]":
    """The statements of each reader who coded the blank case of a folder at the desk."""
    from helpers.case.blank_case import BLANK
    from helpers.case.load import coded, load_open

    if not (folder / BLANK).is_dir():
        return {}
    case = load_open(folder / BLANK)
    made = {name: coded(case, "statements", name) for name in case.passes()}
    return {name: rows for name, rows in made.items() if len(rows)}


def _compared(case: "Case", filled: "Filled") -> "pd.DataFrame":
    """A row for each variable, with its share, alpha and interval."""
    from helpers.analysis.agreement import agreement
    from helpers.analysis.drawing import compared, people_agreement
    from helpers.case.load import coded

    statements = coded(case, "statements", filled.coder)
    if filled.kind == "passages":
        return people_agreement(compared(filled.rows, statements), case.stances)
    # Both coded whole articles: their units are paired as those of two passes.
    names = [f"h{number}" for number in range(1, len(filled.rows) + 1)]
    people = filled.rows.assign(statement_id=names)
    own = statements[statements.article_id.isin(set(filled.drawn.article_id))]
    return agreement({filled.coder: own, "people": people}, "statement", case.stances)


def _in_words(row: dict[str, object]) -> str:
    """One number with its interval."""
    import pandas as pd

    def said(value: object) -> str:
        return "not known" if pd.isna(value) else f"{value:.2f}"

    if "n_alike" in row:
        value = f"{row['n_alike']} of {row['n_units']} alike, alpha {said(row['alpha'])}"
    else:
        value = f"{row['metric']} {said(row['value'])} on {row['n_units']}"
    interval = "" if pd.isna(row["low"]) else f" ({said(row['low'])} to {said(row['high'])})"
    return f"{row['variable']}: {value}{interval}"
