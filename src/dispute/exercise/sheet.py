"""The sheet of an exercise: instructions, a short codebook, the articles, and room to write."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd

from dispute.messages import Words
from helpers.case.blank_case import BLANK, blank_case
from helpers.case.drawn_sheets import SHEETS
from helpers.case.furniture import Furniture
from helpers.case.model import Case
from helpers.case.selection import publication
from helpers.words import language_of

TEMPLATES = Path(__file__).parents[1] / "templates/exercise"
PAGE = "exercise.html"
# What stands where the sheets are to be put.
WHERE = (
    "Here go the filled sheets, one CSV file for each reader, under a name that the reader chose."
)
# Empty rows of the table to print.
ROWS = 14


class Article(NamedTuple):
    """An article to print: its id, what stands above it, its language and paragraphs."""

    article_id: str
    title: str
    publisher: str
    published: str
    language: str
    paragraphs: list[str]


def files(folder: Path, case: Case, drawn: pd.DataFrame, words: Words) -> dict[str, bytes]:
    """What an exercise has beside the sheets: a page to print, and a blank case for the desk.

    `folder`: that of the case. `drawn`: articles, as `drawing` gives them.
    """
    page = filled("sheet.html", words, case=case, articles=_articles(case, drawn), rows=ROWS)
    blank = blank_case(folder, case, list(drawn.article_id))
    there = {PAGE: page.encode(), f"{SHEETS}/README.md": f"{words.told(WHERE)}\n".encode()}
    return there | {f"{BLANK}/{name}": content for name, content in blank.items()}


def filled(template: str, words: Words, **given: Any) -> str:
    """A page in a language; every value is escaped."""
    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return pages.get_template(template).render(given | {"_": words.told, "words": words})


def _articles(case: Case, drawn: pd.DataFrame) -> list[Article]:
    rows = case.articles.set_index("article_id")
    return [
        Article(
            article_id=name,
            title=rows.title[name],
            publisher=rows.publisher[name],
            published=publication(rows.published[name]),
            language=language_of(rows.language[name]),
            paragraphs=_paragraphs(case, name),
        )
        for name in drawn.article_id
    ]


def _paragraphs(case: Case, article: str) -> list[str]:
    """The paragraphs of an article without furniture of the page, which is not coded."""
    kept, start = [], 0
    for line in case.texts[article].splitlines(keepends=True):
        end = start + len(line.rstrip())
        if line.strip() and not _is_within(start, end, case.furniture[article]):
            kept.append(line.strip())
        start += len(line)
    return kept


def _is_within(start: int, end: int, spans: Sequence[Furniture]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)
