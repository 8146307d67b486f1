"""The files of a proposer: `proposals/<proposer>/` of a case, written whole or not at all.

What is proposed for an article takes the place of what was proposed for it before; the rest stays.
Where nothing has changed, nothing is written, so that the day it was made stays as well.
"""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dispute.run.swapping import aside, beside, clear, swap
from helpers.case.files import csv_text, inside, read_bytes, settle_all, write_into
from helpers.case.owners import expect_replaceable
from helpers.case.problems import CaseError, Problem, shown
from helpers.case.yaml_strict import read_mapping

HOME, ABOUT = "proposals", "proposer.yaml"
DATE = ("date_edtf", "date_basis", "date_words", "date_note")
COLUMNS = {
    "statements": (
        "proposal_id article_id speaker printed on_behalf_of quoted_by issue issues stance "
        "date_edtf date_basis date_words date_note speech lang quote start end why"
    ).split(),
    "event_mentions": (
        "proposal_id article_id date_edtf date_basis date_words date_note place participants "
        "according_to description lang quote start end why"
    ).split(),
    "refused": ["article_id", "kind", "found", "why"],
}
# How the number of a proposal begins.
LETTERS = {"statements": "p", "event_mentions": "e"}
# Bytes of a table that is read.
BYTES = 500_000_000

Row = dict[str, str]


@dataclass(frozen=True)
class About:
    """Who proposed: what `proposer.yaml` says, but for the day and the articles.

    `requests` and `tokens` are what was asked in all to make what stands there.
    """

    by: str
    version: str = ""
    model: str = ""
    prompt: str = ""
    blind: bool = True
    requests: int = 0
    tokens: int = 0

    @property
    def maker(self) -> tuple[str, str, str, str, bool]:
        """What must be the same for all proposals of one proposer."""
        return self.by, self.version, self.model, self.prompt, self.blind

    def with_answers(self, requests: int, tokens: int) -> "About":
        """The same after so many answers more, which took so many tokens."""
        return replace(self, requests=self.requests + requests, tokens=self.tokens + tokens)


@dataclass
class Proposals:
    """All that a proposer proposed: rows by table, and the SHA-256 of each text that was read."""

    about: About
    articles: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})


def read_proposals(case_dir: Path, proposer: str) -> Proposals | None:
    """What a proposer proposed before; None where there is nothing.

    Raises CaseError where its files are not what this program writes: nothing is overwritten then.
    """
    home = inside(case_dir, f"{HOME}/{proposer}")
    if not home.exists():
        return None
    content, problems = read_mapping(home / ABOUT, f"{HOME}/{proposer}/{ABOUT}")
    tables = {}
    for name in COLUMNS:
        rows = _read_table(home / f"{name}.csv", name)
        if rows is None:
            place = f"{HOME}/{proposer}/{name}.csv"
            expected = f"the columns {', '.join(COLUMNS[name])}; or no folder {HOME}/{proposer}"
            problems.append(Problem(place, 0, "", "another table", expected))
        else:
            tables[name] = rows
    articles = content.get("articles")
    if not isinstance(articles, dict):
        expected = "the articles that were read, each with the SHA-256 of its text"
        problems.append(
            Problem(f"{HOME}/{proposer}/{ABOUT}", 0, "articles", shown(articles), expected)
        )
        articles = {}
    if problems:
        raise CaseError(problems)
    return Proposals(_about(content), {str(a): str(d) for a, d in articles.items()}, tables)


def expect_mergeable(
    before: Proposals | None, about: About, articles: Iterable[str], there: Iterable[str]
) -> None:
    """Raise CaseError where earlier proposals, made otherwise, would stand beside new ones.

    `articles`: for which there are new ones; `there`: the articles of the case.
    """
    if before is None or before.about.maker == about.maker:
        return
    if left := sorted(set(before.articles) & set(there) - set(articles)):
        raise CaseError([_made_otherwise(before.about, about, left)])


def merged(before: Proposals | None, now: Proposals, there: Iterable[str]) -> Proposals:
    """Earlier proposals with the new ones in place of those for the same articles.

    `there`: the articles of the case; what was proposed for others goes. Raises CaseError as
    `expect_mergeable` does.
    """
    expect_mergeable(before, now.about, now.articles, there)
    if before is None or before.about.maker != now.about.maker:
        before = Proposals(replace(now.about, requests=0, tokens=0))
    stays = set(there) - set(now.articles)
    kept = {article: digest for article, digest in before.articles.items() if article in stays}
    about = now.about.with_answers(before.about.requests, before.about.tokens)
    tables = {}
    for name in COLUMNS:
        rows = [row for row in before.tables[name] if row["article_id"] in kept]
        tables[name] = _sorted(name, [*rows, *now.tables[name]])
    return Proposals(about, dict(sorted({**kept, **now.articles}.items())), tables)


def write_proposals(case_dir: Path, proposer: str, said: Proposals, today: date) -> bool:
    """Put the files of a proposer in their place; whether anything was written.

    They are written beside it, and are on the disk before the folder is exchanged.
    """
    home = inside(case_dir, f"{HOME}/{proposer}")
    files = files_of(said, today)
    if home.is_dir() and _is_same(home, files):
        return False
    home.parent.mkdir(exist_ok=True)
    recover(case_dir, proposer)
    expect_replaceable(home)
    new = beside(home)
    new.mkdir()
    for name, content in files.items():
        write_into(new, name, content)
    settle_all(new)
    swap(home)
    clear(home)
    return True


def files_of(said: Proposals, today: date) -> dict[str, bytes]:
    """The files of a proposer by name."""
    about = said.about
    head: dict[str, Any] = {
        "by": about.by,
        "version": about.version,
        "model": about.model,
        "prompt": about.prompt,
        "made": today.isoformat(),
        "blind": about.blind,
    }
    if about.by == "model":
        refused = len(said.tables["refused"])
        head |= {"requests": about.requests, "tokens": about.tokens, "refused": refused}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    lines += ["articles:" if said.articles else "articles: {}"]
    lines += [f"  {json.dumps(a)}: {json.dumps(d)}" for a, d in said.articles.items()]
    files = {ABOUT: "\n".join([*lines, ""]).encode()}
    for name, columns in COLUMNS.items():
        if name != "refused" or about.by == "model":
            rows = [list(map(row.get, columns)) for row in said.tables[name]]
            files[f"{name}.csv"] = csv_text([columns, *rows]).encode()
    return files


def numbered(table: str, article_id: str, rows: Iterable[Mapping[str, str]]) -> list[Row]:
    """The proposals for one article in the order of the text, numbered from 1."""
    places = sorted(rows, key=_place)
    return [
        {**row, "article_id": article_id, "proposal_id": f"{article_id}-{LETTERS[table]}{n:03}"}
        for n, row in enumerate(places, start=1)
    ]


def day_of_today() -> date:
    """The day of SOURCE_DATE_EPOCH where it is set, else today (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch("[0-9]{1,11}", epoch):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()


def _place(row: Mapping[str, str]) -> tuple[int, int]:
    return int(row["start"]), int(row["end"])


def _sorted(table: str, rows: list[Row]) -> list[Row]:
    if table == "refused":
        return sorted(rows, key=lambda row: row["article_id"])
    key: Callable[[Row], Any] = lambda row: (  # noqa: E731
        row["article_id"],
        int(row["start"]),
        row["proposal_id"],
    )
    return sorted(rows, key=key)


def _made_otherwise(before: About, now: About, left: list[str]) -> Problem:
    names = ("by", "version", "model", "prompt", "blind")
    pairs = zip(names, before.maker, now.maker, strict=True)
    differ = [name for name, old, new in pairs if old != new]
    few = ", ".join(left[:5]) + (", …" if left[5:] else "")
    expected = f"the call without articles, which proposes for all anew; or these too: {few}"
    return Problem(f"{HOME}", 0, "", f"proposals made with another {', '.join(differ)}", expected)


def _about(content: Mapping[Any, Any]) -> About:
    def text(name: str) -> str:
        return str(content.get(name) or "")

    def number(name: str) -> int:
        value = content.get(name, 0)
        return value if type(value) is int else 0

    return About(
        text("by"),
        text("version"),
        text("model"),
        text("prompt"),
        content.get("blind") is True,
        number("requests"),
        number("tokens"),
    )


def _read_table(path: Path, table: str) -> list[Row] | None:
    """The rows of a table; none where there is no file, None where it is another table."""
    if not path.exists():
        return []
    try:
        text = read_bytes(path, BYTES).decode("utf-8")
        first, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (OSError, ValueError, csv.Error):
        return None
    widths = {len(row) for row in rows} | {len(first)}
    if first != COLUMNS[table] or len(widths) > 1:
        return None
    read = [dict(zip(first, row, strict=True)) for row in rows]
    numbers = [row[name] for row in read for name in ("start", "end") if name in row]
    return read if all(re.fullmatch("[0-9]{1,9}", number) for number in numbers) else None


def recover(case_dir: Path, proposer: str) -> None:
    """Put the folder of a proposer right after a kill: the old one, or the new one, and no other.

    For who has the lock. Where the system exchanges nothing in one step, the old may have been put
    aside.
    """
    home = inside(case_dir, f"{HOME}/{proposer}")
    if not home.exists() and aside(home).is_dir():
        os.rename(aside(home), home)
    clear(home)


def _is_same(home: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds the same already, whatever the day it was made."""
    there = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    made = re.compile(rb"^made: .*$", re.MULTILINE)
    old, new = (made.sub(b"", some.get(ABOUT, b"")) for some in (there, files))
    return old == new and {**there, ABOUT: b""} == {**files, ABOUT: b""}
