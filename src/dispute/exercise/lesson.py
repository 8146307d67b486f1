"""The lesson of an exercise: how far readers agree with each other and with the report."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from dispute.exercise.sheet import filled
from dispute.messages import Words
from helpers.analysis.class_agreement import Agreed
from helpers.case.model import Case

# Cells on which readers part that the page shows; the table has all.
SHOWN = 12


class Parted(NamedTuple):
    """A cell on which readers part, in words: stances by how many readers have them."""

    article: str
    speaker: str
    issue: str
    report: str
    readers: list[tuple[str, int]]


def page(case: Case, agreed: Agreed, words: Words) -> str:
    """The page that a class is shown."""
    parted = in_words(case, agreed.parted)[:SHOWN]
    return filled("lesson.html", words, case=case, agreed=agreed, parted=parted, number=number)


def number(value: Any) -> str:
    """A number of two digits, or a dash where there is none."""
    return "–" if pd.isna(value) else f"{value:.2f}"


def in_words(case: Case, parted: pd.DataFrame) -> list[Parted]:
    """The cells on which readers part, with names and labels."""
    names, labels, scale = case.names_apart(), case.labels(), case.scale()

    def called(stances: str) -> str:
        return ", ".join(scale[int(stance)] for stance in stances.split(";") if stance)

    def said(readers: Mapping[str, int]) -> list[tuple[str, int]]:
        return [(called(stances), many) for stances, many in readers.items()]

    return [
        Parted(
            article=row.article_id,
            speaker=names.get(row.speaker, row.speaker),
            issue=labels.get(row.issue, row.issue),
            report=called(row.report),
            readers=said(row.readers),
        )
        for row in parted.itertuples()
    ]


def table(case: Case, agreed: Agreed) -> list[list[str]]:
    """All cells on which readers part, with a header, for a file."""
    rows = [["article_id", "speaker", "issue", "report", "readers"]]
    for one in in_words(case, agreed.parted):
        said = "; ".join(f"{many} × {stance or 'none'}" for stance, many in one.readers)
        rows.append([one.article, one.speaker, one.issue, one.report or "none", said])
    return rows
