"""REPLICATION.md: all that a replicator needs, of the run at hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

NAME, README = "REPLICATION.md", Path("README.md")
# What a project may hold besides, and what is said from it, or of it.
BESIDE = (
    README,
    Path("docs/numbers.csv"),
    Path("docs/language-models.md"),
    Path("docs/growth.md"),
    Path("data/raw/README.md"),
)


class Ran(NamedTuple):
    """The notebooks of a run: the path of each, the folder of what it made, its parameters."""

    books: Mapping[str, Path]
    made: Mapping[str, Path]
    given: Mapping[str, Mapping[str, Any]]


def write_replication(
    case: Case,
    frames: Mapping[str, pd.DataFrame],
    coder: str,
    ran: Ran,
    made: tuple[Path, Path, Path],
    folder: Path,
) -> None:
    """Write REPLICATION.md.

    `frames` are the processed tables by name, `made` where they stand, where the site stands, and
    the brief. The README is read as `dispute refresh` would leave it.
    """
    from dispute.replication.documents import of_markdown, of_page, of_pdf
    from dispute.replication.package import replication
    from dispute.replication.sources import Report
    from dispute.run.outputs import made_texts

    tables, site, brief = made
    readme = made_texts(tables).get(README)
    documents = {"README": of_markdown(readme)} if readme else {}
    documents["front page"] = of_page((site / "index.html").read_text(encoding="utf-8"))
    documents["brief"] = of_pdf(brief.read_bytes())
    text = replication(Report(case, frames, coder), ran, documents)
    (folder / NAME).write_text(text, encoding="utf-8")
