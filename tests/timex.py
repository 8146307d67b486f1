"""Score the resolver on TimeML files with the measures of TempEval-3: `python tests/timex.py DIR [-v]`.

Detection: an expression counts as found where it overlaps one of the key (relaxed) or has the same first and last character (strict).
Type and value: of the expressions found (relaxed), the share with the right attribute is its accuracy; attribute precision and recall
are the right ones over all found and over all of the key, and their F1 is the `value F1` of the shared task
(UzZaman et al. 2013, SemEval-2013 task 1, section 5). The value is compared letter by letter.

A file holds <DCT> with the day of publication and <TEXT> with TIMEX3 marks; its <LANG>, where there is one, names the languages (else English and Swahili).
"""

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from helpers.dates import resolve


def document(path):
    """A TimeML file as `(text, published, key, language)`; key: list of `(start, end, type, value)`."""
    root = ET.parse(path).getroot()
    stamp = root.find("DCT/TIMEX3")
    pieces, key, length = [], [], 0

    def walk(node, inside):
        nonlocal length
        mark = length
        if node.text:
            pieces.append(node.text)
            length += len(node.text)
        for child in node:
            walk(child, True)
            if child.tail:
                pieces.append(child.tail)
                length += len(child.tail)
        if node.tag == "TIMEX3":
            key.append((mark, length, node.get("type"), node.get("value")))

    walk(root.find("TEXT"), False)
    return (
        "".join(pieces),
        (stamp.get("value") or "")[:10] if stamp is not None else "",
        sorted(key),
        root.findtext("LANG") or "en;sw",
    )


def matched(found, key):
    """Pairs of overlapping expressions, each used once, the widest overlap of a key expression first."""
    pairs, used = [], set()
    for one in key:
        overlaps = [
            (min(one[1], other[1]) - max(one[0], other[0]), -n)
            for n, other in enumerate(found)
            if n not in used and other[0] < one[1] and one[0] < other[1]
        ]
        if overlaps:
            n = -max(overlaps)[1]
            used.add(n)
            pairs.append((found[n], one))
    return pairs


def f1(right, found, key):
    """Precision, recall and F1; a measure without anything to count is 0."""
    precision, recall = right / found if found else 0, right / key if key else 0
    return (
        precision,
        recall,
        2 * precision * recall / (precision + recall) if precision + recall else 0,
    )


def score(folder, language=None, shown=None):
    """The measures over all files of a folder, as a dict: `strict`, `relaxed`, `type`, `value`, each `(precision, recall, F1)`; accuracies; counts.

    `shown`: a function that is given a line for every difference.
    """
    counts = dict.fromkeys(("found", "key", "strict", "relaxed", "type", "value"), 0)
    for path in sorted(Path(folder).glob("*.xml")) + sorted(Path(folder).glob("*.tml")):
        text, published, key, languages = document(path)
        rows = resolve.expressions(text, published, language=language or languages)
        found = list(rows[["start", "end", "type", "value"]].itertuples(index=False, name=None))
        pairs = matched(found, key)
        counts["found"] += len(found)
        counts["key"] += len(key)
        for one, other in pairs:
            counts["relaxed"] += 1
            counts["strict"] += _core(text, one) == _core(text, other)
            counts["type"] += one[2] == other[2]
            counts["value"] += one[3] == other[3]
        if shown:
            for one, other in pairs:
                if one[2:] != other[2:] or _core(text, one) != _core(text, other):
                    shown(
                        f"{path.name} {published}: {text[one[0] : one[1]]!r} {one[2:]}; key {text[other[0] : other[1]]!r} {other[2:]}"
                    )
            for one in found:
                if all(one is not pair[0] for pair in pairs):
                    shown(
                        f"{path.name} {published}: extra {text[one[0] : one[1]]!r} {one[2:]} in …{text[max(0, one[0] - 30) : one[1] + 20]!r}"
                    )
            for one in key:
                if all(one is not pair[1] for pair in pairs):
                    shown(
                        f"{path.name} {published}: missing {text[one[0] : one[1]]!r} {one[2:]} in …{text[max(0, one[0] - 30) : one[1] + 20]!r}"
                    )
    result = {
        name: f1(counts[name], counts["found"], counts["key"])
        for name in ("strict", "relaxed", "type", "value")
    }
    return (
        result
        | {
            f"{name}_accuracy": counts[name] / counts["relaxed"] if counts["relaxed"] else 0
            for name in ("type", "value")
        }
        | {"found": counts["found"], "expressions": counts["key"]}
    )


def _core(text, span):
    """A span without the blanks and marks at its ends."""
    words = text[span[0] : span[1]]
    left = len(words) - len(words.lstrip(" \n\"'“"))
    return span[0] + left, span[0] + len(words.rstrip(" \n\"'.,”"))


def main():
    folder, *options = sys.argv[1:] or [Path(__file__).parent / "timex/dev"]
    measures = score(folder, shown=print if "-v" in options else None)
    print(f"{measures['expressions']} expressions in the key, {measures['found']} found")
    for name in ("strict", "relaxed", "type", "value"):
        print(
            f"{name:8}"
            + "  ".join(
                f"{label} {100 * share:5.1f}"
                for label, share in zip(("precision", "recall", "F1"), measures[name])
            )
        )
    print(
        "accuracy of what was found: "
        + ", ".join(
            f"{name} {100 * measures[f'{name}_accuracy']:.1f}" for name in ("type", "value")
        )
    )


if __name__ == "__main__":
    main()
