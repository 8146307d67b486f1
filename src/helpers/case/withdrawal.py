"""An article withdrawn from a case: its text, its rows and its words; a correction says so.

What is left is the row of the correction: which article, when, and why. Everything is looked at
first, on a copy: a case that would be no case afterwards stays as it was.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import yaml

from helpers.case.files import csv_text, settle, write_files
from helpers.case.folder import copy_case, files_of, locate
from helpers.case.owners import expect_writable
from helpers.case.problems import CaseError, Problem, nearest
from helpers.case.schema import BY_PROPOSER, CODED, SCHEMA, file_columns
from helpers.case.yaml_strict import read as read_yaml

# So many words in a row that no other article has are its words: fewer may meet by chance.
RUN = 8
STRUCK = "[withdrawn]"
WORD = re.compile(r"\w+")
CORRECTIONS: str = SCHEMA["raw"]["corrections"]["file"]
MENTIONS = SCHEMA["raw"]["event_mentions"]["file"].rpartition("/")[2]
SHEET = BY_PROPOSER["proposers"].rpartition("/")[2]
# Tables of what a case says of itself: a row that rests on an article goes with it.
TOLD = frozenset(SCHEMA["raw"][table]["file"] for table in ("questions", "sentences", "story"))

Rows = list[dict[str, str]]
Run = tuple[str, ...]


class Withdrawal(NamedTuple):
    """What a withdrawal changes: new contents by path, paths that go, rows that go by file.

    `struck`: the files in which words of the article stood besides, and how often. `words`: the
    runs of words that no other article has.
    """

    changed: dict[Path, bytes]
    gone: list[Path]
    rows: dict[str, int]
    struck: dict[str, int]
    words: frozenset[Run]

    def within(self, folder: Path, copy: Path) -> "Withdrawal":
        """The same for a copy of the case."""
        changed = {copy / path.relative_to(folder): text for path, text in self.changed.items()}
        return self._replace(
            changed=changed, gone=[copy / path.relative_to(folder) for path in self.gone]
        )


def plan(case_dir: Path | str, article: str, day: str, why: str) -> Withdrawal:
    """What would be changed if an article were withdrawn; nothing is.

    `day`: EDTF. Sentences, steps of the story and questions that rest on the article go with it.
    Raises CaseError where the case has no such article, where these have faults already, or where
    there would be others without it.
    """
    from helpers.case.load import check

    folder = locate(case_dir)
    _expect_article(folder, article)
    words = _own_words(folder, article)
    files = sorted(path for path in files_of(folder) if path.is_file() and not path.is_symlink())
    gone = [path for path in files if path.name.partition(".")[0] == article]
    columns, before = _read_tables(files)
    own = [one for one in check(folder) if one.file in TOLD]
    if own and not _is_begun(before.get(folder / CORRECTIONS, []), article):
        raise CaseError(own)
    tables = deepcopy(before)
    _drop_rows(tables, article)
    for rows in tables.values():
        _strike(rows, words)
    _correct(tables.setdefault(folder / CORRECTIONS, []), article, day, why)
    columns.setdefault(folder / CORRECTIONS, file_columns("corrections"))
    pages = {path: path.read_text(encoding="utf-8") for path in files if path.suffix == ".md"}
    without = {path: _without_words(text, words) for path, text in pages.items()}
    on_pages = {path: number for path, (_, number) in without.items()}
    others = {path: text for path, (text, number) in without.items() if number}
    others |= _sheets_without(files, article)
    while True:
        changed = {
            path: _text(columns[path], rows)
            for path, rows in tables.items()
            if rows != before.get(path)
        }
        made = Withdrawal(
            {path: text.encode() for path, text in (changed | others).items()},
            gone,
            _by_file(
                {path: len(rows) - len(tables[path]) for path, rows in before.items()}, folder
            ),
            _by_file(on_pages | _struck(tables, before), folder),
            words,
        )
        faults = _faults_after(folder, made)
        if not faults:
            return made
        if not _drop_told(tables, folder, faults):
            raise CaseError(faults)


def _faults_after(folder: Path, made: Withdrawal) -> list[Problem]:
    """The faults that the case would have, found on a copy."""
    from helpers.case.load import check

    with TemporaryDirectory() as beside:
        tried = Path(beside) / "case"
        copy_case(folder, tried)
        carry_out(made.within(folder, tried))
        return check(tried)


def _drop_told(tables: Mapping[Path, Rows], folder: Path, faults: Sequence[Problem]) -> bool:
    """Drop the rows of what the case says of itself that have a fault now; whether any had."""
    wrong = {(one.file, one.row) for one in faults if one.file in TOLD and one.row > 1}
    for file in {file for file, _ in wrong}:
        rows = tables[folder / file]
        rows[:] = [row for number, row in enumerate(rows, 2) if (file, number) not in wrong]
    return bool(wrong)


def carry_out(planned: Withdrawal) -> None:
    """Change the files of a case: tables first, the article last.

    Were it stopped between, the same call again ends it. Raises OSError, with nothing changed,
    where a file cannot be written or removed.
    """
    expect_writable([*planned.changed, *planned.gone])
    write_files(planned.changed)
    for path in planned.gone:
        path.unlink()
    for folder in sorted({path.parent for path in planned.gone}):
        settle(folder)


def _own_words(folder: Path, article: str) -> frozenset[Run]:
    """The runs of `RUN` words of an article that no other article of its case has."""
    texts = {path.stem: path for path in (folder / "articles").glob("*.txt")}
    own = set(_runs(_folded(texts[article])))
    for other, path in texts.items():
        if other != article:
            own.difference_update(_runs(_folded(path)))
    return frozenset(own)


def places(text: str, words: frozenset[Run]) -> list[tuple[int, int]]:
    """Where a text holds runs of words: spans of characters, those that meet as one."""
    found = list(WORD.finditer(text))
    folded = [one[0].casefold() for one in found]
    spans: list[tuple[int, int]] = []
    for number in range(len(found) - RUN + 1):
        if tuple(folded[number : number + RUN]) not in words:
            continue
        start, end = found[number].start(), found[number + RUN - 1].end()
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _folded(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [word.casefold() for word in WORD.findall(text)]


def _runs(words: list[str]) -> Iterator[Run]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _sheets_without(files: list[Path], article: str) -> dict[Path, str]:
    """The sheets of proposers that say they read an article, as they are without it."""
    changed = {}
    for path in files:
        content, _ = read_yaml(path) if path.name == SHEET else ({}, "")
        if content and article in (content.get("articles") or {}):
            del content["articles"][article]
            changed[path] = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
            # As a program writes it: a line for each article. Then no other line is touched.
            text = path.read_text(encoding="utf-8")
            line = rf"^ +[\"']?{re.escape(article)}[\"']?: *[\"']?[0-9a-f]{{64}}[\"']?\n"
            shorter = re.sub(line, "", text, count=1, flags=re.M)
            if yaml.safe_load(shorter) == content:
                changed[path] = shorter
    return changed


def _expect_article(folder: Path, article: str) -> None:
    known = sorted(path.stem for path in (folder / "articles").glob("*.txt"))
    if article not in known:
        expected = "the id of an article of this case" + nearest(article, known)
        raise CaseError([Problem("articles", 0, "", f"no article {article!r}", expected)])


def _read_tables(files: list[Path]) -> tuple[dict[Path, list[str]], dict[Path, Rows]]:
    """The columns and the rows of each table."""
    columns, tables = {}, {}
    for path in files:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                tables[path] = list(reader)
                columns[path] = list(reader.fieldnames or [])
    return columns, tables


def _text(columns: list[str], rows: Rows) -> str:
    return csv_text([columns, *(row.values() for row in rows)])


def _drop_rows(tables: Mapping[Path, Rows], article: str) -> None:
    """Drop the rows of an article, and those that rest on them alone."""
    units = {unit.id for unit in CODED.values()}
    mine = [row for rows in tables.values() for row in rows if row.get("article_id") == article]
    ids = {row[name] for row in mine for name in units & row.keys()}
    for rows in tables.values():
        _keep(rows, lambda row: row.get("article_id") != article)
        _keep(rows, lambda row: not ids & {row.get("unit_id"), *row.get("ids", "").split(";")})
    # Proposals are in a file of that name too, and of no event.
    mentions = [tables[path] for path in tables if path.match(f"coding/*/{MENTIONS}")]
    events = {row["event_id"] for rows in mentions for row in rows}
    for rows in tables.values():
        for row in rows:
            _point_only_to(events, row)
        _keep(rows, lambda row: _is_of_events(row, events))


def _keep(rows: Rows, holds: Callable[[dict[str, str]], bool]) -> None:
    rows[:] = [row for row in rows if holds(row)]


def _point_only_to(events: set[str], row: dict[str, str]) -> None:
    """Take out of a row that it is the same as an event that no article tells any more."""
    if row.get("same_as", "") not in {"", *events}:
        row["same_as"] = ""


def _is_of_events(row: dict[str, str], events: set[str]) -> bool:
    """Whether the events that a row is about are told by an article, and it says of them a thing.

    What is decided of an event says that it is another's same, or why it is none.
    """
    named = {row.get(name, "") for name in ("event_id", "other_event_id")} - {""}
    says = "same_as" not in row or "event_id" not in row
    return named <= events and (says or bool(row["same_as"] or row["distinct_because"]))


def _strike(rows: Rows, words: frozenset[Run]) -> None:
    """Strike the words of an article out of the cells of a table."""
    for row in rows:
        for name, cell in row.items():
            row[name], _ = _without_words(cell, words)


def _struck(tables: Mapping[Path, Rows], before: Mapping[Path, Rows]) -> dict[Path, int]:
    """How often words are struck out in what is left of each table."""
    return {path: _marks(rows) - _marks(before.get(path, [])) for path, rows in tables.items()}


def _marks(rows: Rows) -> int:
    return sum(cell.count(STRUCK) for row in rows for cell in row.values())


def _without_words(text: str, words: frozenset[Run]) -> tuple[str, int]:
    spans = places(text, words)
    for start, end in reversed(spans):
        text = text[:start] + STRUCK + text[end:]
    return text, len(spans)


def _is_begun(corrections: Rows, article: str) -> bool:
    """Whether a withdrawal was stopped between."""
    return any((row["page_or_id"], row["what_is"]) == (article, "withdrawn") for row in corrections)


def _correct(rows: Rows, article: str, day: str, why: str) -> None:
    """Add the correction that says what was done."""
    said = [day, article, "an article of this corpus, with what was coded in it", "withdrawn", why]
    rows.append(dict(zip(file_columns("corrections"), said, strict=True)))


def _by_file(numbers: Mapping[Path, int], folder: Path) -> dict[str, int]:
    """Numbers by the path in the folder, but for those that are 0 or less."""
    named = {path.relative_to(folder).as_posix(): number for path, number in numbers.items()}
    return {name: number for name, number in named.items() if number > 0}
