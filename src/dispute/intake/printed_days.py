"""Days as they are printed or written in lists, read as EDTF; what they prove is said beside."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dispute.intake.drafts import Dated
from helpers.dates.edtf_bounds import bounds

_YEAR = r"(?P<y>(?:1[5-9]|20)[0-9]{2})"
_DAY = r"(?P<d>[0-3]?[0-9])(?:st|nd|rd|th|er|\.|º)?"
_MONTH = r"(?P<m>[^\W\d_]{3,10})\.?"
# The forms of a day with its year, of a month with its year.
FORMS = [
    rf"{_MONTH} {_DAY},? {_YEAR}",
    rf"{_DAY} (?:de |of )?{_MONTH},?(?: de)? {_YEAR}",
    rf"(?:(?P<early>early|mid|late)[ -])?{_MONTH},?(?: de)? {_YEAR}",
]
ISO = re.compile(rf"{_YEAR}[-/](?P<n>[01][0-9])[-/](?P<d>[0-3][0-9])(?![0-9])")
# As Japanese and Chinese papers print it.
EASTERN = re.compile(rf"{_YEAR}年(?P<n>[01]?[0-9])月(?:(?P<d>[0-3]?[0-9])日)?")
# In figures: which is the month is told by the number alone.
FIGURES = re.compile(rf"(?P<a>[0-3]?[0-9])[./-](?P<b>[0-3]?[0-9])[./-]{_YEAR}")
# Before a date that a text prints as its own: what says that it is one.
_SAYS = (
    r"(?:first )?(?:published|posted|publié|veröffentlicht|publicado|imechapishwa)(?: on| le| am)?"
)
_CHANGED = "updated|modified|printed|accessed|retrieved|captured|downloaded"
# What a dateline does not begin with, and what may stand in the name of a place.
_NO_PLACE = set(
    "by on in at since until from after before updated modified printed accessed "
    "retrieved captured downloaded copyright".split()
)
_PARTICLES = set("of the am an der de la le les du da do das dos el y und and upon es".split())
# What may stand behind a day in a header: an hour, its zone, the beginning of a byline.
_HOUR = r"[\W\d]*(?:[aApP]\.?[mM]\.?)?\s*(?:[A-Z]{2,4})?[\W\d]*(?:[Bb]y\b.{0,60})?"
# Lines of a text among which its date is looked for, characters of a date.
LINES, LONGEST = 8, 200


class Printed(NamedTuple):
    """A day that was found: EDTF, its words, and what is doubtful about it."""

    edtf: str
    words: str
    doubt: str = ""


@cache
def _numbers(kind: str) -> dict[str, int]:
    path = Path(__file__).with_name("printed_days.yaml")
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs = enumerate(table[kind], start=1)
    return {name: number for number, names in pairs for name in names}


def printed_day(words: str) -> Printed | None:
    """The first day or month with its year in some words; None where there is none.

    Figures such as 4/5/2019 that can be read in two ways are no day. A weekday in the words that is
    not that of the day is a doubt.
    """
    plain = " ".join(words.split())
    if match := ISO.search(plain):
        return _checked(int(match["y"]), int(match["n"]), int(match["d"]), match[0], plain)
    if match := EASTERN.search(plain):
        return _checked(int(match["y"]), int(match["n"]), int(match["d"] or 0), match[0], plain)
    for form in FORMS:
        for match in re.finditer(rf"(?<!\w){form}(?!\w)", plain, re.IGNORECASE):
            month = _numbers("months").get(match["m"].casefold())
            if month:
                day = match.groupdict().get("d")
                return _checked(int(match["y"]), month, int(day or 0), match[0], plain)
    if match := FIGURES.search(plain):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second or first == second:
            return _checked(int(match["y"]), second, first, match[0], plain)
        if second > 12 >= first:
            return _checked(int(match["y"]), first, second, match[0], plain)
    return None


def _checked(year: int, month: int, day: int, words: str, line: str) -> Printed | None:
    if not day:
        return Printed(f"{year}-{month:02}", words) if month <= 12 else None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    named = [_numbers("weekdays").get(word.casefold()) for word in re.findall(r"[^\W\d_]+", line)]
    days = {number for number in named if number}
    doubt = ""
    if days and found.isoweekday() not in days:
        doubt = f"“{line[:80]}” names another day of the week than that date has"
    return Printed(found.isoformat(), words, doubt)


def as_edtf(written: str) -> tuple[str, str]:
    """A date of a list as EDTF, and a doubt: an EDTF value as it stands, else a printed day.

    Empty with a doubt where it is neither, or can be read in two ways.
    """
    plain = written.strip()[:LONGEST]
    if not plain:
        return "", ""
    if day := re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[T ])", plain):
        # A time of day is left out: whose clock it is, a list does not say.
        plain = day[0]
    trimmed = plain.rstrip("/")
    if re.fullmatch(r"[0-9]{4}/[01][0-9](/[0-3][0-9])?", trimmed):
        trimmed = trimmed.replace("/", "-")
    try:
        bounds(trimmed)
        return trimmed, ""
    except ValueError:
        found = printed_day(plain)
    if found is None:
        return "", f"“{plain[:60]}” is no date that can be read in one way: it was left empty"
    return found.edtf, found.doubt


def dateline(lines: list[str]) -> tuple[Dated, str]:
    """The date that a text prints as its own, and a doubt.

    Proof is a dateline (a place and a day, and the text behind them) or a line that says
    “published”. A day that stands alone above a text may be that of its capture: it is told and
    proves nothing.
    """
    for line in lines[:LINES]:
        around = _around(line)
        if around is None:
            continue
        found, before, after = around
        if re.fullmatch(rf"{_SAYS}:?", before, re.IGNORECASE):
            return Dated(found.edtf, f"printed in the text: “{line.strip()[:120]}”"), found.doubt
        if _is_dateline(before, after):
            words = f"{before} {found.words}"
            return Dated(found.edtf, f"printed in the dateline: {words}"), found.doubt
        if _is_alone(before, after):
            told = f"“{line.strip()[:80]}” above the text may be the day of a capture, and proves"
            return Dated(), f"{told} nothing: see where the date is printed, then write `published`"
    return Dated(), ""


def days_alone(lines: list[str]) -> list[str]:
    """Those of the first lines that hold a day and nothing else that matters."""
    around = [(line, _around(line)) for line in lines[:LINES]]
    return [line for line, found in around if found and _is_alone(found[1], found[2])]


def _around(line: str) -> tuple[Printed, str, str] | None:
    """The day in a line with the words before and behind it; None where there is none."""
    plain = " ".join(line.split())
    found = printed_day(plain[:LONGEST])
    if found is None:
        return None
    before, _, after = plain.partition(found.words)
    return found, before.strip(), after.strip()


def _is_dateline(before: str, after: str) -> bool:
    """Whether what stands around a day makes it a dateline: a place before it, the text behind."""
    names = re.findall(r"[^\s,()–—-]+", before)
    is_place = bool(names) and len(before) <= 40 and names[0].casefold() not in _NO_PLACE
    is_followed = re.match(r"(\([^)]{1,40}\)\s*)?[-–—:.)]+\s*\w.{15,}", after)
    return is_place and _are_names(names) and not _weekdays(before) and bool(is_followed)


def _is_alone(before: str, after: str) -> bool:
    """Whether a day stands alone but for its weekday and hour, a place, a writer, or what it is."""
    words = [word for word in re.split(r"[\s,|]+", before) if word and not _weekdays(word)]
    rest = " ".join(words)
    is_told = re.fullmatch(rf"(?:last )?(?:{_SAYS}|{_CHANGED})(?: on)?:?", rest, re.IGNORECASE)
    is_written = rest.casefold().startswith("by ") and len(rest) <= 60
    is_place = bool(words) and before.endswith(words[-1] + ",") and _are_names(words)
    is_bare = bool(re.fullmatch(_HOUR, rest))
    is_header = is_bare or is_told or is_written or is_place
    return bool(is_header and re.fullmatch(_HOUR, after))


def _are_names(words: list[str]) -> bool:
    return all(word[0].isupper() or word in _PARTICLES for word in words)


def _weekdays(words: str) -> bool:
    return any(word.casefold() in _numbers("weekdays") for word in re.findall(r"[^\W\d_]+", words))
