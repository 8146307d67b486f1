"""The few verbs a person types: `dispute VERB`. One verb a file.

- `run`, `verify`: build the report, say what that would do and whether it is looked after; compare
  it with a new build
- `changes`: what changed between two folders of tables, in sentences
- `new`: a compendium of one's own
- `add`: articles for a case, from addresses, files, lists and library exports
- `check`: every problem of a case folder
- `propose`: what rules, or a model, suggest that a coder might mark
- `withdraw`: an article, its rows and its words leave a case and its report
- `desk`: code articles in the browser; settle what coders left, there or on paper
- `lab`: copies of the notebooks in JupyterLab
- `refresh`: the outputs that notebooks keep, and what is made in READMEs and docs/api
- `import_`, `export`: coded passages of other tools
- `_beginning`, `_next`, `_options`, `_paper`, `_sheets`, `_stopping`, `_places`, `_telling`: what
  they share, or have beside them; `_` begins no verb

A new verb is a new file here and nothing else: a click command of the file's name (with `_` behind
it where that is a word of Python), with its help as docstring, that returns its exit status. It is
imported when it is called, and imports itself what is slow to import: pandas alone takes most of a
second.
"""

import atexit
import gc
import io
import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from dispute.cli._beginning import begin_in_utf8
from dispute.cli._telling import tell
from helpers.case.owners import in_words, is_of_the_machine

# Something failed, or the machine refuses; the input or the call is wrong; stopped by Ctrl-C (as
# a shell counts signals).
FAILED, WRONG, STOPPED = 1, 2, 130


class Verbs(click.Group):
    """The rooms of this package, each a verb; `import_` is called `import`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs there are, by name."""
        rooms = [path.stem for path in Path(__file__).parent.glob("*.py")]
        return sorted(_verb(room) for room in rooms if not room.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name, imported now; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        room = cmd_name.replace("-", "_") + "_" * iskeyword(cmd_name)
        verb: click.Command = getattr(import_module(f"{__name__}.{room}"), room)
        return verb


def _verb(room: str) -> str:
    return room.rstrip("_").replace("_", "-")


@click.command(cls=Verbs)
def dispute() -> None:
    """News articles about one public dispute: an actor network, a chronology, stance tables."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; returns the exit status (docs/operations.md): 0 well, 1 failed, 2 wrong input.

    `arguments` are those of the command line, without the program's name; they need not be given.
    """
    if arguments is None:
        begin_in_utf8()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that lacks a letter of a name stops no run.
            stream.reconfigure(errors="backslashreplace")
    # The memory goes with the process: to look for garbage before would take half a second.
    atexit.register(gc.freeze)
    try:
        return dispute.main(arguments, prog_name="dispute", standalone_mode=False) or 0
    except click.ClickException as error:
        words = io.StringIO()
        error.show(words)
        tell(words.getvalue().rstrip("\n"), to=sys.stderr)
        return error.exit_code
    except click.Abort:
        tell("stopped", to=sys.stderr)
        return STOPPED
    except OSError as error:
        tell(in_words(error), to=sys.stderr)
        return FAILED if is_of_the_machine(error) else WRONG
    except (ValueError, sqlite3.Error) as error:
        tell(error, to=sys.stderr)
        return WRONG
