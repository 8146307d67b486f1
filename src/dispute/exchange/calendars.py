"""The chronology as a calendar: iCalendar (RFC 5545)."""

import re
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dispute.exchange.entries import account, address, group, headline
from helpers.analysis.chronology import kind
from helpers.case.cells import UNFIT
from helpers.dates.edtf import is_vague

# iCalendar asks when an entry was made. The same tables give the same bytes, so it is no clock.
STAMP = "19700101T000000Z"
# Octets of a line.
WIDTH = 75


def icalendar(
    entries: pd.DataFrame, disagreements: pd.DataFrame, names: Mapping[str, str], title: str
) -> str:
    """The chronology as an iCalendar file: whole days, the end exclusive.

    `entries` and `disagreements`: columns of the tables `chronology` and `disagreements`; `names`:
    actor_id to name. What has no date is a VJOURNAL, which needs none. What is no sure day is
    TENTATIVE and says so in its summary and description.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dispute//chronology//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(title)}",
    ]
    for entry in entries.itertuples():
        lines += _component(entry, account(entry, disagreements, names), title)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _component(entry: Any, told: list[str], title: str) -> list[str]:
    """The content lines of an entry. `told`: what is said of it, `title`: of the calendar."""
    is_sure = _is_sure(entry)
    has_date = bool(entry.earliest or entry.latest)
    component = "VEVENT" if has_date else "VJOURNAL"
    description = "\n".join(told)
    summary = headline(entry) if is_sure else f"{headline(entry)} ({entry.wording})"
    lines = [
        f"BEGIN:{component}",
        f"UID:{_identity(entry, title)}",
        f"DTSTAMP:{STAMP}",
    ]
    if has_date:
        lines += _days(entry, is_sure)
    lines += [
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(description)}",
        f"CATEGORIES:{_escaped(group(entry))}",
    ]
    if source := address(entry):
        lines.append(f"URL:{source}")
    lines.append(f"END:{component}")
    return lines


def _identity(entry: Any, title: str) -> uuid.UUID:
    """What a calendar tells entries apart by.

    An entry from outside goes by its date and words, for rows of a file may move.
    """
    of_corpus = entry.layer == "corpus"
    name = entry.entry_id if of_corpus else f"{entry.date_edtf} {entry.event}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{title}/{name}")


def _is_sure(entry: Any) -> bool:
    """Whether an entry is known to have happened on one day, and on which."""
    if entry.earliest != entry.latest:
        return False
    if kind(entry) == "claimed" or "date" in entry.matters.split(";"):
        return False
    if is_vague(entry.date_edtf):
        return False
    return entry.layer == "context" or entry.date_basis in ("stated", "resolved")


def _days(entry: Any, is_sure: bool) -> list[str]:
    """First day and the one after the last; where one bound is open, the other is both."""
    first = entry.earliest or entry.latest
    last = entry.latest or entry.earliest
    lines = [
        f"DTSTART;VALUE=DATE:{_digits(first)}",
        f"STATUS:{'CONFIRMED' if is_sure else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
    ]
    if last < date.max.isoformat():
        after = date.fromisoformat(last) + timedelta(days=1)
        lines.append(f"DTEND;VALUE=DATE:{_digits(after.isoformat())}")
    return lines


def _digits(day: str) -> str:
    return day.replace("-", "")


def _escaped(text: str) -> str:
    """A TEXT value of RFC 5545 (3.3.11)."""
    text = re.sub(r"([\\;,])", r"\\\1", UNFIT.sub("", text))
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def _folded(line: str) -> str:
    """A content line in parts of at most 75 octets, no character split (RFC 5545, 3.1)."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > WIDTH:
            # A part after the first begins with a blank.
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
