"""The options by which a person asks for a report; `run`, `why` and `verify` share them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dispute.run.settings import Settings

OPTIONS = [
    click.option(
        "--case",
        "case_dir",
        metavar="DIR",
        help="The case folder, instead of that of the settings.",
    ),
    click.option(
        "--config",
        metavar="FILE",
        default="config.yaml",
        show_default=True,
        help="The settings.",
    ),
    click.option(
        "-p",
        "words",
        metavar="NAME=VALUE",
        multiple=True,
        help="One setting otherwise: coder=pass-a, or 4_stance_tables.min_statements=2.",
    ),
    click.option(
        "--into",
        metavar="DIR",
        default=".",
        show_default="here",
        help="Where data/processed and reports belong.",
    ),
]


def asking(verb: Callable[[Settings, Path], int]) -> Callable[..., int]:
    """Give the options to a verb, which takes the settings and the folder of the report."""

    @wraps(verb)
    def with_settings(case_dir: str | None, config: str, words: tuple[str, ...], into: str) -> int:
        from dispute.run.settings import read

        return verb(read(config, words, case_dir), Path(into))

    given: Callable[..., int] = with_settings
    for option in reversed(OPTIONS):
        given = option(given)
    return given
