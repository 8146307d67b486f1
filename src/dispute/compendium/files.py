"""All files of a new compendium by their path, made from the templates and from what was asked.

A template `dot-x.jinja` becomes `.x`; a workflow is taken as it is, for GitHub's marks look like
Jinja's. Tables are their header line, from the one description of all tables, so that none is
behind it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import yaml

from dispute.compendium.shared import program, shared_files
from dispute.compendium.wishes import SCALES, Wishes
from helpers.case.files import csv_text
from helpers.case.schema import (
    BY_PROPOSER,
    CODED,
    CODER,
    SCHEMA,
    columns,
    columns_with,
    file_columns,
)
from helpers.words import languages

TEMPLATE = Path(__file__).parent / "template"
ENDING = ".jinja"
# The tables of the codebook that a coder fills, made with their header line.
HEADED = ("actors", "aliases", "issues", "relation_types")
# Those that stand there filled.
FILLED = ("stances", "coders", "rules")
# Those that a program writes, not people.
MADE = {*BY_PROPOSER, "taken"}
# ASCII that Markdown may take for markup.
MARKS = str.maketrans({char: f"\\{char}" for char in r"\`*_{}[]<>#|&~$"})


def files(wishes: Wishes) -> dict[str, bytes]:
    """The files of a compendium (relative path to bytes), with no article and no coded row."""
    wheel = program()
    made = shared_files() | wheel
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"yaml": _as_yaml, "markdown": lambda text: text.translate(MARKS)}
    values = _values(wishes, has_program=bool(wheel))
    for name in environment.list_templates(extensions=["jinja"]):
        text = environment.get_template(name).render(values)
        made[_place(name)] = text.encode()
    for name in environment.list_templates(extensions=["yml"]):
        made[_place(name)] = (TEMPLATE / name).read_bytes()
    return made | dict(_tables(wishes))


def _place(template: str) -> str:
    """Where the file of a template belongs."""
    return template.removesuffix(ENDING).replace("dot-", ".")


def _as_yaml(value: object) -> str:
    """A value as YAML on one line, its texts between quotation marks, whatever is in them."""
    text: str = yaml.safe_dump(
        value, allow_unicode=True, default_style='"', default_flow_style=True, width=10**6
    )
    return text.strip()


def _values(wishes: Wishes, has_program: bool) -> dict[str, Any]:
    """What the templates ask for."""
    there = {*HEADED, *FILLED, *(unit.table for unit in CODED.values()), "articles"}
    raw = SCHEMA["raw"]
    return {
        **vars(wishes),
        "coder": "" if len(wishes.coders) > 1 else wishes.coders[0],
        "several": len(wishes.coders) > 1,
        "in_words": languages(";".join(wishes.languages)),
        "more": [(raw[name], file_columns(name)) for name in raw if name not in there | MADE],
        "has_program": has_program,
    }


def _tables(wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    """The tables of the case: coders and scale with their rows, the others with their headers."""
    raw = SCHEMA["raw"]
    for name in HEADED:
        yield _in_case(raw[name]["file"], [columns(name, "raw")])
    yield f"data/raw/{raw['stances']['file']}", (SCALES / f"{wishes.scale}.csv").read_bytes()
    yield _in_case(raw["coders"]["file"], [columns("coders", "raw"), *_coders(wishes.coders)])
    for coder in wishes.coders:
        for unit in CODED.values():
            file = raw[unit.table]["file"].replace(CODER, coder)
            yield _in_case(file, [columns_with(unit.table)])


def _in_case(file: str, rows: list[list[str]]) -> tuple[str, bytes]:
    return f"data/raw/{file}", csv_text(rows).encode()


def _coders(coders: tuple[str, ...]) -> Iterator[list[str]]:
    """A row for each pass; what follows from several is decided when all are there."""
    apart = ", without sight of the other passes" if len(coders) > 1 else ""
    for coder in coders:
        yield [coder, "pass", f"{coder} codes by the codebook{apart}."]
