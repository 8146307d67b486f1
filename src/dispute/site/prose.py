"""Prose: Markdown as HTML, and the headings of a page as its contents.

Raw HTML in Markdown stays text: nothing from an article, a name or a note is ever read as markup.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

READER = MarkdownIt("commonmark", {"html": False}).enable("table")
# The rules of a case come from elsewhere: no picture is fetched for them.
STRICT = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
BESIDE = re.compile(r"<a href=\"(?![a-z]+:|#)[^\"]*\"[^>]*>(.*?)</a>", flags=re.S)
HEADING = re.compile(r"<h([12])( id=\"[^\"]*\")?>(.*?)</h\1>", flags=re.S)


class Heading(NamedTuple):
    """A heading of a page: its place on it, and its words as HTML without tags."""

    anchor: str
    words: Markup


def markdown(text: str, strict: bool = False) -> Markup:
    """CommonMark with tables as HTML."""
    body = (STRICT if strict else READER).render(text)
    return Markup(
        body.replace("<table>", '<div class="table-scroll" tabindex="0"><table>').replace(
            "</table>", "</table></div>"
        )
    )


def rules(text: str) -> Markup:
    """The rules of coding as HTML, without their first heading.

    Another heading of the first degree becomes one of the second. What they link to beside them is
    not on the site, and is no link here.
    """
    body = re.sub(r"\A\s*<h1>.*?</h1>", "", markdown(text, strict=True), flags=re.S)
    body = BESIDE.sub(r"\1", body)
    return Markup(body.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))


def definitions(text: str, told: Callable[[str], str] = str) -> list[tuple[str, str, Markup]]:
    """A list of words and their meanings, as `glossary.md` has them: `word`, line, `: meaning`.

    `told` gives them in another language. Rows of (word in English, word, meaning).
    """
    blocks = (block.partition("\n: ") for block in text.split("\n\n"))
    rows = [(word.strip(), said.strip()) for word, sign, said in blocks if sign]
    return [
        (word, told(word), Markup(READER.renderInline(told(meaning)))) for word, meaning in rows
    ]


def with_anchors(body: str) -> tuple[Markup, list[Heading]]:
    """The HTML of a page with a place at each heading, and its headings of the second degree.

    Those of the first two degrees get one, but those with another attribute than `id`.
    """
    contents: list[Heading] = []
    taken = set(re.findall(r' id="([^"]+)"', body))

    def place(found: re.Match[str]) -> str:
        degree, own, inside = found.groups()
        words = re.sub("<[^>]*>", "", inside).strip()
        anchor = own.split('"')[1] if own else _free(slug(words), taken)
        taken.add(anchor)
        if degree == "2":
            contents.append(Heading(anchor, Markup(words)))
        return f'<h{degree} id="{escape(anchor)}">{inside}</h{degree}>'

    return Markup(HEADING.sub(place, body)), contents


def by_section(body: str) -> list[tuple[str, str, str]]:
    """The text of a page by its headings of the second degree, and by the words that it explains.

    Rows of (place, heading, text).

    What stands before the first has neither place nor heading.
    """
    found = re.split(r'<(?:h2|dt) id="([^"]*)">(.*?)</(?:h2|dt)>', body, flags=re.S)
    rows = [("", "", found[0]), *zip(found[1::3], found[2::3], found[3::3], strict=True)]
    return [(anchor, _text(heading), _text(text)) for anchor, heading, text in rows]


def _text(body: str) -> str:
    """HTML without what is drawn, without code, and without tags."""
    said = re.sub(r"<(svg|pre|style|script)\b.*?</\1>", " ", body, flags=re.S)
    return " ".join(Markup(re.sub("<[^>]*>", " ", said)).unescape().split())


# What is quoted or typed is left as it is.
LEFT = {"q", "blockquote", "cite", "code", "pre", "script", "style"}
# A single mark by whether it opens.
SINGLE = {True: "\u2018", False: "\u2019"}
MARK = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|(&#34;|&quot;|\")|(&#39;|&#x27;|')")
INLINE = {"a", "abbr", "em", "span", "strong", "i", "b"}


def curled(body: str) -> str:
    """HTML with the quotation marks and apostrophes of its own words curled.

    The words of articles stand in elements of their own (`q`, `blockquote`, `cite`) or between
    quotation marks; they stay as they were printed.
    """
    pieces: list[str] = []
    at = left = 0
    quoting = False
    for found in MARK.finditer(body):
        closing, tag, double, single = found.groups()
        if tag:
            left += (tag in LEFT) * (-1 if closing else 1)
            quoting = quoting and tag in INLINE | LEFT
            continue
        if left or (single and quoting):
            continue
        before = body[found.start() - 1] if found.start() else " "
        opens = before in " \n\t([—–>“/" and body[found.end() : found.end() + 1] not in " <,."
        if double:
            mark = "”" if quoting else "“"
            quoting = not quoting
        else:
            mark = SINGLE[opens]
        pieces += [body[at : found.start()], mark]
        at = found.end()
    return "".join([*pieces, body[at:]])


def slug(words: str) -> str:
    """Words as the name of a place: letters and digits, parted by hyphens."""
    plain = unicodedata.normalize("NFKC", Markup(words).unescape()).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "section"


def _free(anchor: str, taken: set[str]) -> str:
    number = 2
    free = anchor
    while free in taken:
        free, number = f"{anchor}-{number}", number + 1
    return free
