"""The documents whose numbers are listed, as plain text: README, front page, brief."""

import html
import io
import logging
import re

from helpers.case.free_words import numbers

# Of Markdown: comments, code, targets of links, the marks of lists.
UNSAID = re.compile(r"<!--.*?-->|```.*?```|`[^`]*`|(?<=\])\([^)]*\)|^\s*\d+\. |\*\*", re.S | re.M)
# Of a page: what is not read, and the ticks of an axis, which are its scale.
UNREAD = re.compile(r"<(style|script|head)\b.*?</\1>|<text [^>]*class=\"tick\".*?</text>", re.S)
INLINE = re.compile(r"</?(?:a|b|em|i|q|strong)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# Of a printed page: its number, and that of an item.
PAGED = re.compile(r"^\d+\. |\d+ of \d+\s*\Z", re.M)
# Hyphens and dashes, those at the end of a printed line too; `thirty-five` is two words.
DASH = re.compile("(\\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty)?(?:\u00ad\\s*|-\\n|[-–])")


def of_markdown(text: str) -> str:
    """What a Markdown text says, as it is compared."""
    return normal(said(text))


def said(text: str) -> str:
    """What a Markdown text says, without code and without where its links lead."""
    return UNSAID.sub(" ", text)


def of_page(text: str) -> str:
    """What a page of the site says, its figures and their titles too."""
    return normal(html.unescape(TAG.sub(" ", INLINE.sub("", UNREAD.sub(" ", text)))))


def of_pdf(content: bytes) -> str:
    """What a PDF says, without the numbers of its pages."""
    return normal(" ".join(PAGED.sub(" ", page) for page in pages(content)))


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF that was made here."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def normal(text: str) -> str:
    """A text as it is compared: without hyphens, with plain apostrophes and single blanks."""
    joined = DASH.sub(lambda dash: f"{dash[1]} " if dash[1] else "", text)
    return " ".join(joined.replace("’", "'").split())


def numbers_of(text: str) -> list[tuple[str, int]]:
    """The numbers in a text, in figures or from two on as words, with the place of each.

    Not those that letters touch: they are names, such as `SHA-256`.
    """
    found = [(match[0], match.start()) for match in numbers(text)]
    return [(word, start) for word, start in found if word.isalpha() or word.isdigit()]
