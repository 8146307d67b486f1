"""Score the resolver on TimeML files as TempEval-3 does: `python tests/timex.py DIR [-v]`.

Detection: an expression counts as found where it overlaps one of the key (relaxed) or has the same
first and last character (strict). Type and value: of the expressions found (relaxed), the share
with the right attribute is its accuracy; attribute precision and recall are the right ones over
all found and over all of the key, and their F1 is the `value F1` of the shared task (UzZaman et
al. 2013, SemEval-2013 task 1, section 5). The value is compared letter by letter. Bounds: the
share with the right first and last day of the EDTF date that leaves the resolver; which days a
TIMEX3 value has is told here once more, by other arithmetic than the resolver's.

A file holds <DCT> with the day of publication and <TEXT> with TIMEX3 marks; its <LANG>, where there
is one, names the languages (else English and Swahili).
"""

import calendar
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from helpers.dates import resolve
from helpers.dates.edtf import days

MEASURES = ("strict", "relaxed", "type", "value", "bounds")
COLUMNS = ["start", "end", "type", "value", "mod", "date_edtf"]
NO_DATE = ("", "")
# The months of a part of a year: the first, and how many.
PARTS = {
    **{f"Q{n}": (3 * n - 2, 3) for n in (1, 2, 3, 4)},
    **{f"H{n}": (6 * n - 5, 6) for n in (1, 2)},
    **{"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)},
}
THIRDS = {"START": (1, 4), "MID": (5, 4), "END": (9, 4)}
THIRDS_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (20, 31)}


class Mark(NamedTuple):
    """A time expression, as the resolver or the key marks it."""

    start: int
    end: int
    type: str
    value: str
    mod: str = ""
    date_edtf: str = ""


class Document(NamedTuple):
    """A TimeML file."""

    text: str
    published: str
    key: list
    language: str


def document(path):
    """A TimeML file as a `Document`; its key in the order of the text."""
    root = ET.parse(path).getroot()
    stamp = root.find("DCT/TIMEX3")
    pieces, key = [], []

    def add(text):
        """Add a piece of text; where the text ends then."""
        pieces.append(text or "")
        return sum(map(len, pieces))

    def walk(node):
        start = add("")
        end = add(node.text)
        for child in node:
            walk(child)
            end = add(child.tail)
        if node.tag == "TIMEX3":
            key.append(Mark(start, end, node.get("type"), node.get("value")))

    walk(root.find("TEXT"))
    published = (stamp.get("value") or "")[:10] if stamp is not None else ""
    return Document("".join(pieces), published, sorted(key), root.findtext("LANG") or "en;sw")


def matched(marks, key):
    """Pairs of overlapping marks, each used once, the widest overlap of a key mark first."""
    pairs, free = [], list(marks)
    for right in key:
        overlapping = [mark for mark in free if mark.start < right.end and right.start < mark.end]
        if overlapping:
            widest = max(overlapping, key=lambda mark: _overlap(mark, right))
            free.remove(widest)
            pairs.append((widest, right))
    return pairs


def _overlap(one, other):
    return min(one.end, other.end) - max(one.start, other.start)


def days_of(kind, value, mod):
    """First and last day (ISO) of a TIMEX3 value, or two empty texts where it has none."""
    if kind not in ("DATE", "TIME"):
        return NO_DATE
    value = value.split("T")[0] if re.match(r"\d{4}-\d\d-\d\d", value) else value
    try:
        first, last = _days_of(value, mod)
    except (ValueError, KeyError):
        return NO_DATE
    return first.isoformat(), last.isoformat()


def _days_of(value, mod):
    if re.fullmatch(r"\d{2,3}", value):
        length = 10 ** (4 - len(value))
        year = int(value) * length
        return date(max(1, year), 1, 1), date(year + length - 1, 12, 31)
    year, *parts = value.split("-")
    year = int(year) if len(year) == 4 else int("no year")
    if not parts:
        return _months(year, *THIRDS.get(mod, (1, 12)))
    if parts[0].startswith("W") and parts[0] != "WI":
        weekend = len(parts) > 1
        monday = date.fromisocalendar(year, int(parts[0][1:]), 1)
        return monday + timedelta(5 * weekend), monday + timedelta(6)
    if parts[0] in PARTS:
        return _months(year, *PARTS[parts[0]])
    month = int(parts[0])
    if len(parts) > 1:
        day = date(year, month, int(parts[1]))
        return day, day
    first, last = THIRDS_OF_MONTH.get(mod, (1, 31))
    last = min(last, calendar.monthrange(year, month)[1])
    return date(year, month, first), date(year, month, last)


def _months(year, first, count):
    months = year * 12 + first - 1 + count
    return date(year, first, 1), date(months // 12, months % 12 + 1, 1) - timedelta(1)


def f1(right, found, key):
    """Precision, recall and F1; a measure without anything to count is 0."""
    precision = right / found if found else 0
    recall = right / key if key else 0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0


def score(folder, language=None, shown=None):
    """The measures over all files of a folder.

    A dict: `strict`, `relaxed`, `type`, `value`, `bounds`, each `(precision, recall, F1)`;
    `type_accuracy`,
    `value_accuracy`; and the counts, `found` and `expressions` (of the key).
    `shown`: a function that is given a line for every difference.
    """
    counts = Counter()
    for path in sorted(Path(folder).glob("*.xml")) + sorted(Path(folder).glob("*.tml")):
        file = document(path)
        rows = resolve.expressions(file.text, file.published, language=language or file.language)
        marks = [Mark(*row) for row in rows[COLUMNS].itertuples(index=False, name=None)]
        pairs = matched(marks, file.key)
        counts.update(found=len(marks), key=len(file.key), relaxed=len(pairs))
        for mark, right in pairs:
            counts["strict"] += _core(file.text, mark) == _core(file.text, right)
            counts["type"] += mark.type == right.type
            counts["value"] += mark.value == right.value
            counts["bounds"] += _same_days(mark, right)
        if shown:
            for line in differences(file, marks, pairs):
                shown(f"{path.name} {file.published}: {line}")
    found, key, relaxed = counts["found"], counts["key"], counts["relaxed"]
    measures = {name: f1(counts[name], found, key) for name in MEASURES}
    for name in ("type", "value"):
        measures[f"{name}_accuracy"] = counts[name] / relaxed if relaxed else 0
    return measures | {"found": found, "expressions": key}


def differences(file, marks, pairs):
    """A line for each mark that is not as in the key, then those too many, then those missing."""
    text = file.text
    for mark, right in pairs:
        if (
            mark[2:4] != right[2:4]
            or not _same_days(mark, right)
            or _core(text, mark) != _core(text, right)
        ):
            yield f"{_told(text, mark)}; key {_told(text, right)}"
    paired = {mark for mark, _ in pairs}
    for mark in marks:
        if mark not in paired:
            yield f"extra {_told(text, mark)} in {_around(text, mark)}"
    paired = {right for _, right in pairs}
    for right in file.key:
        if right not in paired:
            yield f"missing {_told(text, right)} in {_around(text, right)}"


def _same_days(mark, right):
    """Whether a mark's EDTF date has the days of the key's value; its own mod counts."""
    return days(mark.date_edtf) == days_of(right.type, right.value, mark.mod)


def _told(text, mark):
    return f"{text[mark.start : mark.end]!r} {mark[2:4]} {mark.date_edtf}".rstrip()


def _around(text, mark):
    return f"…{text[max(0, mark.start - 30) : mark.end + 20]!r}"


def _core(text, mark):
    """The ends of a mark without the blanks and marks of punctuation there."""
    words = text[mark.start : mark.end]
    left = len(words) - len(words.lstrip(" \n\"'“"))
    return mark.start + left, mark.start + len(words.rstrip(" \n\"'.,”"))


def main():
    folder, *options = sys.argv[1:] or [Path(__file__).parent / "timex/dev"]
    measures = score(folder, shown=print if "-v" in options else None)
    print(f"{measures['expressions']} expressions in the key, {measures['found']} found")
    for name in MEASURES:
        precision, recall, both = (100 * share for share in measures[name])
        print(f"{name:8}precision {precision:5.1f}  recall {recall:5.1f}  F1 {both:5.1f}")
    type_, value = 100 * measures["type_accuracy"], 100 * measures["value_accuracy"]
    print(f"accuracy of what was found: type {type_:.1f}, value {value:.1f}")


if __name__ == "__main__":
    main()
