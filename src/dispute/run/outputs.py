"""Outputs and sentences that git keeps: whether they are of the case and the code at hand.

A notebook that `dispute refresh` has run says in its metadata of which case and cells its outputs
are. This room is a plugin of pytest too: outputs of another case are not compared, but skipped with
a word, so that the tests of the code stay green where an article is added.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dispute.run.notebooks import code, parameters
from dispute.run.steps import tree

MARK = "<!-- {name}: made by `make refresh` -->\n"
END = "<!-- end of {name} -->"
# Of a case folder, what no notebook reads.
UNREAD = {"README.md"}
REASON = "outputs are behind: dispute refresh"


# The outputs of notebooks.


def case_digest(folder: Path) -> str:
    """One SHA-256 of all files of a case folder that a notebook may read."""
    files = [pair for pair in tree(folder).items() if pair[0] not in UNREAD]
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()


def case_of(path: Path) -> Path | None:
    """The case folder that a notebook reads by itself; None where it reads none, or none is there.

    It is looked for as the notebook does: from its own folder, and those above.
    """
    try:
        declared = parameters(path).get("case_dir")
    except ValueError:
        return None
    if declared is None:
        return None
    places = [base / str(declared.default) for base in path.absolute().parents]
    return next((place for place in places if place.is_dir()), None)


def stamp(path: Path) -> dict[str, str]:
    """Of which case and cells the outputs of a notebook are if it runs now; empty without one."""
    case = case_of(path)
    if case is None:
        return {}
    cells = hashlib.sha256(code(path).encode()).hexdigest()
    return {"case": _digest_once(case), "code": cells}


@cache
def _digest_once(folder: Path) -> str:
    return case_digest(folder)


def stored(path: Path) -> dict[str, str]:
    """Of which case and cells the outputs in a notebook are, as it says."""
    try:
        metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        return dict(metadata.get("dispute", {}))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def is_of_another_case(path: Path) -> bool:
    """Whether the outputs in a notebook are of another case than the one that it reads now."""
    now = stamp(path)
    return bool(now) and stored(path).get("case") != now["case"]


def is_behind(path: Path) -> bool:
    """Whether the outputs in a notebook are of another case, or of other cells.

    A notebook of a new compendium keeps none: none is behind.
    """
    kept = stored(path)
    return bool(kept) and kept != stamp(path)


def behind(folder: Path | str = "notebooks") -> list[Path]:
    """The notebooks of a folder whose outputs are behind."""
    _digest_once.cache_clear()
    return [path for path in sorted(Path(folder).glob("*.ipynb")) if is_behind(path)]


# Texts with parts that are made.


def made_texts(tables: Path | str = "data/processed") -> dict[Path, str]:
    """The texts with made parts, in the folder of a project, as they should be now.

    That is the README (the legend, the dictionary, and answer and findings where there are any)
    and that of the raw data (its dictionary). `tables`: the folder of the processed tables.
    """
    from dispute.dictionary import dictionary
    from helpers.figures.legend import as_markdown

    texts = {}
    for path, floor in ((Path("README.md"), "processed"), (Path("data/raw/README.md"), "raw")):
        if path.exists():
            text = path.read_text(encoding="utf-8")
            text = renewed(text, "legend", as_markdown())
            texts[path] = renewed(text, "dictionary", dictionary(floor))
    front = Path("README.md")
    in_words = {"answer": ("sentences", answer_in_words)}
    in_words |= {"findings": ("findings", findings_in_words)}
    for name, (table, words) in in_words.items():
        if front in texts and (rows := _rows(table, tables)) is not None:
            texts[front] = renewed(texts[front], name, words(rows))
    return texts


def _rows(table: str, tables: Path | str) -> list[dict[str, str]] | None:
    """The rows of a processed table in a folder; None where it has none."""
    from helpers.case.table_files import table_bytes, table_path

    path = table_path(tables, table)
    if path is None:
        return None
    return list(csv.DictReader(io.StringIO(table_bytes(path).decode("utf-8"), newline="")))


def answer_in_words(rows: Iterable[Mapping[str, str]]) -> str:
    """The answer of the table `sentences` as a list in Markdown: its sentences with their quotes.

    On how little each rests stands behind it.
    """
    lines = []
    for row in rows:
        if not row["step"]:
            quotes = " – ".join(f"“{row[name]}”" for name in ("quote", "other_quote") if row[name])
            rests = f"({row['rests_on']})" if row["rests_on"] else ""
            lines.append(" ".join(filter(None, ("-", row["sentence"], quotes, rests))) + "\n")
    return "".join(lines)


def findings_in_words(rows: Iterable[Mapping[str, str]]) -> str:
    """The table `findings` as lists in Markdown: sentences with what ends them, then the counts.

    Without those that were thought of after the coding.
    """
    lists: dict[bool, str] = {False: "", True: ""}
    for row in rows:
        if row["exploratory"]:
            continue
        words = " ".join(filter(None, (row["sentence"], row["ended_by"])))
        lists[row["kind"] == "count"] += f"- {words}\n"
    heading = "\nIn numbers, which are no findings:\n\n" if lists[True] else ""
    return lists[False] + heading + lists[True]


def renewed(text: str, name: str, content: str) -> str:
    """The text with what stands between the two marks of a made part renewed, if they are there."""
    head, begin, rest = text.partition(MARK.format(name=name))
    _, end, tail = rest.partition(END.format(name=name))
    return head + begin + content + end + tail if end else text


def stale_words() -> list[str]:
    """What git keeps in the folder of a project and is behind, a line each, with what renews it."""
    books = [path.as_posix() for path in behind()]
    texts = [
        path.as_posix()
        for path, text in made_texts().items()
        if path.read_text(encoding="utf-8") != text
    ]
    kinds = {"outputs are": books, "made sentences are": texts}
    return [
        f"{what} behind in {', '.join(some)}: dispute refresh"
        for what, some in kinds.items()
        if some
    ]


# The plugin.


def pytest_collection_modifyitems(items: Iterable[Any]) -> None:
    """Skip the cells of notebooks whose outputs are of another case than the one at hand."""
    import pytest

    other: dict[Path, bool] = {}
    for item in items:
        path = Path(item.path)
        if path.suffix != ".ipynb":
            continue
        if path not in other:
            other[path] = is_of_another_case(path)
        if other[path]:
            item.add_marker(pytest.mark.skip(reason=REASON))
