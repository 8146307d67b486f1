"""Exports of Nexis Uni and Lexis+ (DOCX): split into articles, each with what the archive prints.

Known from a real export with an English interface; labels of another language are told as untested.
Each article begins at a bookmark `Bookmark_1`, …; its text at one called `Body…`; it ends with a
line such as “End of Document”.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dispute.intake.drafts import NO_DATE, Dated, Draft, Reading, RefusedError, Search, Span
from dispute.intake.printed_days import printed_day
from dispute.intake.word import Paragraph
from helpers.case.copies import folded

ARCHIVE = "LexisNexis (Nexis Uni or Lexis+)"
BEGINS, BODY = re.compile(r"Bookmark_[0-9]+"), re.compile(r"Body(_[0-9]+)?")
# The last line of an article; all but the first are from interfaces that no real file has shown.
ENDS = {"End of Document": True, "Ende des Dokuments": False, "Fin du document": False}
# Bold labels of what stands below a text; those that words without a label may follow.
BELOW = re.compile(
    r"(Graphic:?|Notes:?|Correction:?|Classification)|(Load-Date|Language|Publication-Type|Subject|"
    r"Geographic|Industry|Company|Organization|Person|Ticker|Journal Code|Correction-Date):?"
)
UNLABELLED = 5
LABEL = re.compile(r"[^\W\d][\w /-]{2,30}:")
WORDS = re.compile(r"(?:Length|Länge|Longueur):\s*([0-9][0-9.,]*)")
UNMARKED = "an export of one article without the usual bookmark, untested: compare it with the file"
# By how much the number of words that is printed may be off.
OFF, OFF_SHARE = 20, 0.15


def is_export(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the paragraphs of a Word file are such an export."""
    ends = any(_last_line(one) in ENDS for one in paragraphs)
    return ends and bool(_starts(paragraphs))


def _starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where the articles begin; a file of one article may have no bookmark but that of its text."""
    found = [number for number, one in enumerate(paragraphs) if _begins(one)]
    bodies = sum(any(map(BODY.fullmatch, one.bookmarks)) for one in paragraphs)
    return found or ([0] if bodies == 1 else [])


def read_export(paragraphs: Sequence[Paragraph], came_from: str) -> Reading:
    """The articles of an export, the search it tells of, and what was left out, in words.

    Raises RefusedError where no article of it has a text.
    """
    starts = _starts(paragraphs)
    cover = paragraphs[: starts[0]]
    drafts, left_out = [], []
    for number, start in enumerate(starts):
        end = [*starts, len(paragraphs)][number + 1]
        article = _split(paragraphs[start:end])
        if article.body:
            draft = _draft(article, f"{came_from}, article {number + 1}")
            if not _begins(paragraphs[start]):
                draft = replace(draft, doubts=(*draft.doubts, UNMARKED))
            drafts.append(draft)
        else:
            title = " ".join(article.headline.split()) or "without a headline"
            left_out.append(f"{came_from}, article {number + 1} (“{title[:80]}”) has no text")
    if not drafts:
        raise RefusedError("an export without a text in any article")
    left_out += _counted_otherwise(cover, len(starts), came_from)
    return Reading(tuple(drafts), tuple(_searches(cover)), tuple(left_out))


def latest_versions(drafts: Iterable[Draft]) -> tuple[list[Draft], list[str]]:
    """Of an article that stands several times the copy with the highest version; what is left out.

    Copies are of one paper, headline and day, and the archive prints a version of one at least.
    """
    kept: dict[tuple[str, str, str], Draft] = {}
    others: list[Draft] = []
    left_out = []
    for draft in drafts:
        key = (draft.publisher, folded(draft.title).text, draft.published.edtf)
        first = kept.setdefault(key, draft)
        if first is draft:
            continue
        if not (first.version or draft.version):
            others.append(draft)
            continue
        older, newer = sorted([first, draft], key=lambda one: one.version)
        kept[key] = newer
        told = f"version {newer.version} is taken, version {older.version or 'without number'}"
        left_out.append(f"“{draft.title[:80]}” stands several times: {told} left out")
    return [*kept.values(), *others], left_out


@dataclass
class _Article:
    """The paragraphs of an article, by where they stand: above its text, in it, below it."""

    headline: str = ""
    above: list[Paragraph] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    end: str = ""


def _begins(paragraph: Paragraph) -> bool:
    return any(map(BEGINS.fullmatch, paragraph.bookmarks))


def _last_line(paragraph: Paragraph) -> str:
    return paragraph.text.strip().rpartition("\n")[2].strip()


def _split(paragraphs: Sequence[Paragraph]) -> _Article:
    """The parts of an article. What is bold and what has a bookmark parts them, never a word."""
    article = _Article()
    filled = [one for one in paragraphs if one.text.strip()]
    if filled and _last_line(filled[-1]) in ENDS:
        article.end = _last_line(filled[-1])
        rest = filled.pop()
        before = rest.text.strip().removesuffix(article.end).rstrip()
        if before:
            filled.append(rest._replace(text=before))
    bodies = [number for number, one in enumerate(filled) if _is_body(one)]
    above = filled[: bodies[0]] if bodies else filled
    article.headline = above[0].text.strip() if above else ""
    article.above = above[1:]
    rest_of_it = filled[bodies[0] + 1 :] if bodies else []
    below = _below(rest_of_it)
    article.body = [one.text.strip() for one in rest_of_it[:below]]
    article.below = [one.text.strip() for one in rest_of_it[below:]]
    return article


def _below(paragraphs: Sequence[Paragraph]) -> int:
    """Where what stands below a text begins: seen from the end, so that no text is cut off."""
    first = len(paragraphs)
    while True:
        nearest = range(first - 1, max(-1, first - 2 - UNLABELLED), -1)
        labels = [(place, _label(paragraphs[place])) for place in nearest]
        found = [place for place, label in labels if label and (label[1] or place == first - 1)]
        if not found:
            return first
        first = found[0]


def _label(paragraph: Paragraph) -> re.Match[str] | None:
    """The label of a paragraph below a text: bold, but for a line that can be nothing else."""
    line = paragraph.text.strip()
    is_load_date = line.startswith("Load-Date:") and printed_day(line) and "\n" not in line
    return BELOW.fullmatch("Load-Date:" if is_load_date else paragraph.bold)


def _is_body(paragraph: Paragraph) -> bool:
    marked = any(map(BODY.fullmatch, paragraph.bookmarks))
    return marked or paragraph.text.strip() == paragraph.bold == "Body"


def _draft(article: _Article, came_from: str) -> Draft:
    pieces = [(article.headline, "headline", "")]
    pieces += [(one.text.strip(), "header", "printed by the archive") for one in article.above]
    pieces += [(one, "", "") for one in article.body]
    pieces += [(one, "boilerplate", "printed by the archive") for one in article.below]
    if article.end:
        pieces.append((article.end, "boilerplate", "printed by the archive"))
    text, spans = _joined(pieces)
    labelled = [one for one in article.above if one.bold and LABEL.match(one.text.strip())]
    first = [
        line.strip()
        for one in article.above
        if one not in labelled
        for line in one.text.split("\n")
    ]
    lines = [line for line in first if line]
    publisher = re.sub(r"(?<=\S)\(", " (", lines[0]) if lines else ""
    date, doubts = _date(lines[1:])
    doubts += _doubts(article, labelled)
    version = re.search(r";\s*Version:\s*([0-9]{1,6})", "\n".join(one.text for one in labelled))
    rights = next((line for line in lines if line.casefold().startswith(("copyright", "©"))), "")
    return Draft(
        text=text,
        title=" ".join(article.headline.split()),
        came_from=came_from,
        publisher=publisher,
        published=date,
        rights=" ".join(rights.split()),
        version=int(version[1]) if version else 0,
        furniture=tuple(spans),
        doubts=tuple(doubts),
    )


def _joined(pieces: Iterable[tuple[str, str, str]]) -> tuple[str, list[Span]]:
    """The text of an article, and its furniture."""
    text, spans = "", []
    for words, what, note in pieces:
        if what:
            spans.append(Span(len(text), len(text) + len(words), what, note))
        text += words + "\n\n"
    return text.rstrip("\n") + "\n", spans


def _date(lines: Sequence[str]) -> tuple[Dated, list[str]]:
    """The day that the archive prints below the name of the paper."""
    for line in lines:
        if line.casefold().startswith(("copyright", "©")):
            continue
        if found := printed_day(line):
            basis = f"printed by the archive below the name of the paper: “{line[:100]}”"
            return Dated(found.edtf, basis), [found.doubt] if found.doubt else []
    told = f" (below the paper's name stands “{lines[0][:60]}”)" if lines else ""
    return Dated("", NO_DATE), [f"the archive prints no date that can be read{told}"]


def _doubts(article: _Article, labelled: Sequence[Paragraph]) -> Iterator[str]:
    if not article.end:
        yield "it ends without “End of Document”: is it whole?"
    elif not ENDS[article.end]:
        yield "the export is not in English; this form is untested: compare it with the file"
    printed = WORDS.search("\n".join(one.text for one in labelled))
    if printed:
        said, found = int(re.sub("[.,]", "", printed[1])), len(" ".join(article.body).split())
        if abs(said - found) > max(OFF, OFF_SHARE * said):
            yield f"the archive says it has {said} words, and {found} were found"


def _counted_otherwise(cover: Sequence[Paragraph], found: int, came_from: str) -> Iterator[str]:
    said = re.search(r"\b(?:Documents|Dokumente) \(([0-9]+)\)", _text(cover))
    if said and int(said[1]) != found:
        yield f"{came_from}: its cover says {said[1]} documents, and {found} were found"


def _searches(cover: Sequence[Paragraph]) -> Iterator[Search]:
    """The searches that a cover tells of, each once."""
    text = _text(cover)
    when = re.search(r"Date and Time:([^\n]+)", text)
    day = printed_day(when[1]) if when else None
    number = re.search(r"\bDocuments \([0-9]+\)", text)
    for query in dict.fromkeys(re.findall(r"Search Terms:[ \t]*([^\n]+)", text)):
        note = f"told by the export's cover{', ' + number[0] if number else ''}"
        yield Search(ARCHIVE, query.strip(), day.edtf if day else "", note)


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(one.text for one in paragraphs)
