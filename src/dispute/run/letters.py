"""What figures and brief cannot spell, told before a run."""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.case.doubts import Doubt
from helpers.case.model import Case
from helpers.case.problems import FIRST_ROW
from helpers.case.schema import CODER, SCHEMA
from helpers.figures.letters import lacking, scripts
from helpers.words import printable

# What of the raw tables is drawn or printed there.
SHOWN = {
    "actors": ["name"],
    "issues": ["label", "proposition"],
    "periods": ["label"],
    "stances": ["label", "meaning"],
    "coders": ["note"],
    "event_mentions": ["description"],
    "context_events": ["event", "source"],
}
# What of the articles and of the case itself is.
OF_ARTICLES, OF_CASE = ["title", "publisher"], ["title", "subtitle", "question", "citation"]
# So many words are told of each script, each of so many characters at most.
TOLD, LONGEST = 3, 24
EXPECTED = "a spelling in Latin letters, and this one in codebook/aliases.csv"


class _Place(NamedTuple):
    """A text of a case, and where it stands."""

    file: str
    row: int
    column: str
    text: str


def unspelled(case: Case) -> list[Doubt]:
    """A doubt for each script that the font of figures and brief lacks, with the words in it."""
    found: dict[str, list[_Place]] = {}
    for place in _places(case):
        for script in scripts(lacking(place.text)):
            found.setdefault(script, []).append(place)
    return [_doubt(script, places) for script, places in found.items()]


def _doubt(script: str, places: list[_Place]) -> Doubt:
    first, texts = places[0], list(dict.fromkeys(place.text for place in places))
    words = ", ".join(printable(text, LONGEST) for text in texts[:TOLD])
    if len(texts) > TOLD:
        words += f" and {len(texts) - TOLD} more"
    stead = f"ids, or [{script}], stand there"
    found = f"{words}, which figures and brief cannot spell ({script}): {stead}"
    return Doubt(first.file, first.row, first.column, found, EXPECTED)


def _places(case: Case) -> Iterator[_Place]:
    """Every text that figures or brief show: names and labels first."""
    for table, columns in SHOWN.items():
        frame, file = getattr(case, table), SCHEMA["raw"][table]["file"]
        coders = frame.coder if CODER in file else [""] * len(frame)
        rows: dict[str, int] = {}
        for coder, row in zip(coders, frame.to_dict("records"), strict=True):
            number = rows[coder] = rows.get(coder, FIRST_ROW - 1) + 1
            for column in columns:
                yield _Place(file.replace(CODER, coder), number, column, row[column])
    for row in case.articles.to_dict("records"):
        for column in OF_ARTICLES:
            yield _Place(f"articles/{row['article_id']}.yaml", 0, column, row[column])
    for name in OF_CASE:
        yield _Place("case.yaml", 0, name, getattr(case, name))
    for author in case.authors:
        yield _Place("case.yaml", 0, "authors", author)
