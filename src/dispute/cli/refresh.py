"""`dispute refresh`: what git keeps of what is made, apart from the tables."""

import shutil
import sys
from pathlib import Path

import click

from dispute.cli._telling import tell

# Where notebooks run meanwhile.
WORK = Path(".cache/refresh")
# Where a project keeps the pages of `helpers`.
API = Path("docs/api")


@click.command()
@click.argument("notebooks", metavar="[NOTEBOOK]...", nargs=-1)
def refresh(notebooks: tuple[str, ...]) -> int:
    """Run notebooks and keep the outputs in them; renew READMEs and docs/api.

    Each notebook runs with its own parameters. Where none is named, those of notebooks/ and tests/
    do.
    """
    from dispute.run.kernels import NotebookError, execute
    from dispute.run.limits import expect_files
    from dispute.run.notebooks import as_bytes
    from dispute.run.outputs import stamp
    from helpers.case.files import write_file

    expect_files(1)
    for path in [Path(name) for name in notebooks] or _all_notebooks():
        tell(f"running {path} …")
        work = WORK / path.stem
        try:
            executed = execute(path, {}, work, Path("reports/failed"))
        except NotebookError as error:
            tell(error, to=sys.stderr)
            return 1
        executed.metadata.update({"dispute": stamp(path)} if stamp(path) else {})
        write_file(path, as_bytes(executed))
    shutil.rmtree(WORK, ignore_errors=True)
    refresh_texts()
    return 0


def _all_notebooks() -> list[Path]:
    return sorted([*Path("notebooks").glob("*.ipynb"), *Path("tests").glob("*.ipynb")])


def refresh_texts() -> None:
    """Renew the parts of texts that are made: dictionaries, and the findings in the README.

    Where a project keeps the pages of `helpers`, they are renewed too.
    """
    from dispute.api import api
    from dispute.run.outputs import made_texts
    from helpers.case.files import write_file

    pages = {API / name: text for name, text in api().items()} if API.is_dir() else {}
    for path, text in (made_texts() | pages).items():
        write_file(path, text.encode())
    for path in set(API.glob("*.md")) - set(pages):
        path.unlink()
