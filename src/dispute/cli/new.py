"""`dispute new`: a compendium of one's own."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dispute.cli._telling import tell

# Options that take every word up to the next option.
MANY = ("--coders", "--language")
QUESTION = "Who takes which stance, in what words, and since when?"


class WithMany(click.Command):
    """A command whose options of MANY take several words: `--coders ada jun`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_one_each(args)))


def _one_each(words: list[str]) -> Iterator[str]:
    """The words of a call, an option of MANY before each of its own: `--coders a --coders b`."""
    option = ""
    for number, word in enumerate(words):
        if word.startswith("-"):
            name = word.partition("=")[0]
            option = name if name in MANY else ""
        elif option and words[number - 1] != option:
            yield option
        yield word


@click.command(cls=WithMany)
@click.argument("folder")
@click.option("--title", help="The name of the dispute; else that of the folder.")
@click.option("--question", default=QUESTION, show_default=True, help="What is asked of it.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG...",
    default=["en"],
    show_default="en",
    help="The languages of the articles (BCP 47).",
)
@click.option(
    "--scale",
    metavar="yes-no|4|5|7",
    default="4",
    show_default=True,
    help="The stances: yes and no; against, neutral, on a condition, for; or so many degrees.",
)
@click.option(
    "--coders",
    multiple=True,
    metavar="NAME...",
    default=["coder-1"],
    show_default="coder-1",
    help="Who codes, each an independent pass.",
)
def new(folder: str, title: str | None, **asked: Any) -> int:
    """Make a compendium of one's own in the new folder FOLDER, which is named first.

    It holds a case without an article, a codebook whose rules are a template to fill, the
    notebooks and their settings, and what is needed to build and publish the report elsewhere.
    `dispute check` and `dispute run` pass in it at once, and say what to do next.
    """
    from dispute.compendium.files import files
    from dispute.compendium.wishes import Wishes, problems
    from helpers.case.files import make_folder
    from helpers.case.problems import CaseError
    from helpers.words import counted

    place = Path(folder)
    named = title if title is not None else _title_of(place)
    wishes = Wishes(place, named, **asked)
    if faults := problems(wishes):
        raise CaseError(faults)
    made = files(wishes)
    make_folder(place, made)
    tell(f"{place}: a compendium of {counted(len(made), 'file')}, with no article yet")
    tell(f"next: cd {shlex.quote(folder)} && dispute check && dispute run")
    tell("README.md there says how to go on")
    return 0


def _title_of(folder: Path) -> str:
    """The name of a folder as a title: `water-dispute` is `Water dispute`."""
    words = folder.absolute().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
