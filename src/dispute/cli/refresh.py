"""`dispute refresh`: what git keeps of what is made, apart from the tables."""

import sys
from pathlib import Path

import click

MARK = "<!-- {name}: made by `make refresh` -->\n"
END = "<!-- end of {name} -->"


@click.command()
@click.argument("notebooks", metavar="[NOTEBOOK]...", nargs=-1)
def refresh(notebooks: tuple[str, ...]) -> int:
    """Run notebooks and keep the outputs in them; renew what is made in the README.

    Each notebook runs with its own parameters. Where none is named, those of notebooks/ and tests/
    do.
    """
    from dispute.run.kernels import NotebookError, execute
    from dispute.run.notebooks import as_bytes
    from helpers.case.files import write_file

    for path in [Path(name) for name in notebooks] or _all_notebooks():
        print(f"running {path} …", flush=True)
        work = Path(".cache/refresh") / path.stem
        try:
            executed = execute(path, {}, work, Path("reports/failed"))
        except NotebookError as error:
            print(error, file=sys.stderr)
            return 1
        write_file(path, as_bytes(executed))
    _refresh_readme(Path("README.md"))
    return 0


def _all_notebooks() -> list[Path]:
    return sorted([*Path("notebooks").glob("*.ipynb"), *Path("tests").glob("*.ipynb")])


def _refresh_readme(path: Path) -> None:
    """Renew the dictionary and the findings in the README."""
    from dispute.dictionary import dictionary
    from helpers.case.files import write_file
    from helpers.case.tables import read_tables

    text = renewed(path.read_text(encoding="utf-8"), "dictionary", dictionary())
    findings = read_tables("data/processed").get("findings")
    if findings is not None:
        lines = "".join(f"- {sentence}\n" for sentence in findings.sentence)
        text = renewed(text, "findings", lines)
    write_file(path, text.encode())


def renewed(text: str, name: str, content: str) -> str:
    """The text with what stands between the two marks of a made part renewed."""
    head, begin, rest = text.partition(MARK.format(name=name))
    _, end, tail = rest.partition(END.format(name=name))
    return head + begin + content + end + tail
