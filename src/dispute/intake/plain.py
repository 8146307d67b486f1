"""A text file as an article: its words stay as they are."""

from codecs import BOM_UTF8

from dispute.intake import furniture, printed_days
from dispute.intake.drafts import GUESSED, Draft, RefusedError
from dispute.intake.encodings import decoded

# Characters of a first line that is taken for a headline.
HEADLINE = 300


def read_plain(content: bytes, came_from: str, said: str = "") -> Draft:
    """An article from the bytes of a text file; `said` is the encoding that its sender names.

    Raises RefusedError where it holds no words.
    """
    text, doubt = decoded(content, said)
    if content.startswith(BOM_UTF8):
        # A text in UTF-8 stays byte for byte.
        text = BOM_UTF8.decode() + text
    return of_text(text, came_from, [doubt])


def of_text(
    text: str, came_from: str, doubts: list[str], words: furniture.Words | None = None
) -> Draft:
    """An article of which only its text is known.

    Its first line is its headline, unless `words` says another; a day stands where the text prints
    one that proves something.
    """
    lines = [line for _, line in furniture.lines_of(text)]
    if not any(char.isalpha() for char in text):
        raise RefusedError("no words; expected the text of an article")
    told = words or furniture.Words()
    days = printed_days.days_alone(lines)
    title = told.title or _first_line(lines, days)[:HEADLINE]
    if not told.title:
        doubts = [*doubts, GUESSED]
    # A text of one line is no headline alone.
    printed = title if len(lines) > 1 else ""
    date, doubt = printed_days.dateline(lines)
    return Draft(
        text=text,
        title=title,
        came_from=came_from,
        published=date,
        furniture=furniture.spans(text, told._replace(title=printed, days=days)),
        doubts=tuple(filter(None, [*doubts, doubt])),
    )


def _first_line(lines: list[str], days: list[str]) -> str:
    """The first line that may be a headline: no menu by its form, and no day alone."""
    for line in lines:
        if line not in days and not furniture.by_form(line):
            return line
    return lines[0]
