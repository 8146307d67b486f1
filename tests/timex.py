"""Score the resolver on TimeML files as TempEval-3 does: `python tests/timex.py DIR [-v]`.

Detection: an expression counts as found where it overlaps one of the key (relaxed) or has the same
first and last character (strict). Type and value: of the expressions found (relaxed), the share
with the right attribute is its accuracy; attribute precision and recall are the right ones over
all found and over all of the key, and their F1 is the `value F1` of the shared task (UzZaman et
al. 2013, SemEval-2013 task 1, section 5). The value is compared letter by letter.

A file holds <DCT> with the day of publication and <TEXT> with TIMEX3 marks; its <LANG>, where there
is one, names the languages (else English and Swahili).
"""

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from helpers.dates import resolve

MEASURES = ("strict", "relaxed", "type", "value")
COLUMNS = ["start", "end", "type", "value"]


class Mark(NamedTuple):
    """A time expression, as the resolver or the key marks it."""

    start: int
    end: int
    type: str
    value: str


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


def f1(right, found, key):
    """Precision, recall and F1; a measure without anything to count is 0."""
    precision = right / found if found else 0
    recall = right / key if key else 0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0


def score(folder, language=None, shown=None):
    """The measures over all files of a folder.

    A dict: `strict`, `relaxed`, `type`, `value`, each `(precision, recall, F1)`; `type_accuracy`,
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
        if mark[2:] != right[2:] or _core(text, mark) != _core(text, right):
            yield f"{_told(text, mark)}; key {_told(text, right)}"
    paired = {mark for mark, _ in pairs}
    for mark in marks:
        if mark not in paired:
            yield f"extra {_told(text, mark)} in {_around(text, mark)}"
    paired = {right for _, right in pairs}
    for right in file.key:
        if right not in paired:
            yield f"missing {_told(text, right)} in {_around(text, right)}"


def _told(text, mark):
    return f"{text[mark.start : mark.end]!r} {mark[2:]}"


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
