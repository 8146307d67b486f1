"""The brief, typeset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

TEMPLATE = Path(__file__).parents[2] / "templates/brief/brief.typ"


def write_brief(
    case: Case,
    frames: Mapping[str, pd.DataFrame],
    coder: str,
    least: int,
    folder: Path,
    duplicates: str = "article",
) -> None:
    """Write brief.pdf. A mean stance needs `least` statements, counted once per `duplicates`."""
    from dispute.brief import content, pictures, typeset

    words = content(case, frames, coder, case.cite())
    drawn = pictures(case, frames, coder, least, duplicates)
    pdf = typeset(TEMPLATE.read_text(encoding="utf-8"), words, drawn)
    (folder / "brief.pdf").write_bytes(pdf)
