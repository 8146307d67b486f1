"""REPLICATION.md as one text, from a case, its tables, and what the notebooks of a run made."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pandas as pd

from dispute.compendium.files import MARKS
from dispute.run.products.downloads import EXPORTS
from dispute.run.replication.numbers import Listed, listed
from dispute.run.replication.programs import made
from dispute.run.replication.ran import BESIDE, Ran
from dispute.run.replication.seeds import seeds
from dispute.run.replication.sources import Report
from dispute.run.size import estimate, in_words
from helpers.case.licences import licence_of
from helpers.case.schema import CODER, PROPOSER, SCHEMA
from helpers.case.selection import in_order_of_publication, publication

TEMPLATE = Path(__file__).parent / "REPLICATION.md.jinja"
LOCK = Path("requirements.lock")
# Articles and outside sources that are cited one by one; of more, their table is named.
CITED = 200
# What is added to a table after the notebooks.
ALSO = {"findings": ["helpers.analysis.plain_counts.plain_counts"]}


class Product(NamedTuple):
    """A table or a figure: its name, its notebook, and the helpers behind it."""

    name: str
    notebook: str
    helpers: list[str]


def replication(report: Report, ran: Ran, documents: Mapping[str, str]) -> str:
    """REPLICATION.md as text; the same on every machine.

    `documents`: the text of README, front page and brief by their names (`documents.normal`).
    """
    tables = {one.name: one for one in products(ran, "tables")}
    numbers = listed(report, documents)
    values = {
        **_of_case(report),
        "documents": list(documents),
        "more": [path.as_posix() for path in BESIDE if path.is_file()],
        "CITED": CITED,
        "tables": [
            (one, SCHEMA["processed"][name], report.tables[name]) for name, one in tables.items()
        ],
        "exports": EXPORTS,
        "figures": products(ran, "figures"),
        "packages": _packages(),
        "seeds": seeds(),
        "books": [(book, _heading(path), ran.given[book]) for book, path in ran.books.items()],
        "numbers": list(_grouped(numbers, tables)),
        "n_numbers": len(numbers),
    }
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"markdown": markdown, "day": publication}
    text = environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(values)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _of_case(report: Report) -> dict[str, Any]:
    """What is said of the case, and of how long its first run takes."""
    case, statements = report.case, report.tables["statements"]
    own = int((statements.coder == report.coder).sum()) or len(statements)
    return {
        "case": case,
        "licence": licence_of(case.licence),
        "articles": list(in_order_of_publication(report.tables["articles"]).itertuples()),
        "outside": list(_outside(case.context_events)),
        "raw": list(_raw(case)),
        "first_run": in_words(estimate(own)),
    }


def markdown(text: object) -> str:
    """Text as Markdown that says only this text, on one line."""
    return " ".join(str(text).split()).translate(MARKS)


def products(ran: Ran, kind: str) -> list[Product]:
    """What the notebooks made of a kind, `tables` or `figures`, in their order."""
    every = []
    for book, folder in ran.made.items():
        known = getattr(made(ran.books[book]), kind)
        files = sorted({path.name.partition(".")[0] for path in (folder / kind).iterdir()})
        for name in files:
            helpers = known.get(name, known.get("", [])) + ALSO.get(name, [])
            every.append(Product(name, ran.books[book].name, helpers))
    return every


def _grouped(
    numbers: list[Listed], made_by: Mapping[str, Product]
) -> Iterator[tuple[str, str, list[Product], list[Listed]]]:
    """The numbers of each source: its title, its program, who makes its tables, its words."""
    for (title, program), some in groupby(
        numbers, lambda one: (one.source.title, one.source.program)
    ):
        rows = list(some)
        behind = [made_by[name] for name in rows[0].source.tables if name in made_by]
        yield title, program, behind, rows


def _outside(events: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The outside sources, each with its address."""
    yield from (
        events[["source", "source_url"]]
        .drop_duplicates()
        .sort_values(["source", "source_url"])
        .itertuples(index=False, name=None)
    )


def _raw(case: Any) -> Iterator[tuple[str, str, int]]:
    """The raw tables that hold rows: file, what it holds, rows."""
    for name, spec in SCHEMA["raw"].items():
        rows = getattr(case, name, None)
        if rows is not None and len(rows):
            file = spec["file"].replace(CODER, "*").replace(PROPOSER, "*")
            yield file, spec["description"], len(rows)


def _packages() -> list[str]:
    """The packages of the lock with their versions."""
    lock = LOCK.read_text(encoding="utf-8")
    return [f"{name} {version}" for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", lock)]


def _heading(path: Path) -> str:
    """The title of a notebook: its first line of prose."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
    return next(prose, path.stem).lstrip("# ").partition("\n")[0]
