"""The options by which a person asks for a report, and which options go together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

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


def asking(verb: Callable[..., int]) -> Callable[..., int]:
    """Give the options to a verb: it takes a reader of settings and the folder of the report."""

    @wraps(verb)
    def with_settings(
        case_dir: str | None, config: str, words: tuple[str, ...], into: str, **own: object
    ) -> int:
        def settings() -> Settings:
            from dispute.run.settings import read

            return read(config, words, case_dir)

        return verb(settings, Path(into), **own)

    given: Callable[..., int] = with_settings
    for option in reversed(OPTIONS):
        given = option(given)
    return given


def expect_beside(option: str, *fitting: str) -> None:
    """Raise click.UsageError where the call names an option that does not go with this one."""
    context = click.get_current_context()
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        name = parameter.opts[-1]
        if source == ParameterSource.COMMANDLINE and name.startswith("-"):
            if name not in (option, *fitting):
                expected = " and ".join(fitting)
                raise click.UsageError(f"{option} goes with {expected} alone, not with {name}")
