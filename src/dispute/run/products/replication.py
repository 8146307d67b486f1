"""REPLICATION.md: all that a replicator needs, of the run at hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.run.replication.ran import README, Ran

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

NAME = "REPLICATION.md"


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
    from dispute.run.outputs import made_texts
    from dispute.run.replication.documents import of_markdown, of_page, of_pdf
    from dispute.run.replication.package import replication
    from dispute.run.replication.sources import Report

    tables, site, brief = made
    readme = made_texts(tables).get(README)
    documents = {"README": of_markdown(readme)} if readme else {}
    documents["front page"] = of_page((site / "index.html").read_text(encoding="utf-8"))
    documents["brief"] = of_pdf(brief.read_bytes())
    text = replication(Report(case, frames, coder), ran, documents)
    (folder / NAME).write_text(text, encoding="utf-8")
