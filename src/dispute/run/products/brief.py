"""The brief, typeset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.load import Case

TEMPLATE = Path(__file__).parents[2] / "templates/brief/brief.typ"
# The brief for the site. Each has its own way to the pages of the site: they lie below the one,
# and beside the folder of downloads, where the other goes.
IN_SITE = "in_site/brief.pdf"
ROOTS = {"brief.pdf": "site/", IN_SITE: "../"}


def write_brief(case: Case, frames: Mapping[str, pd.DataFrame], coder: str, folder: Path) -> None:
    """Write brief.pdf, and that of the site: their links lead to the pages of the site.

    The two are one where the case has an address below which its pages lie.
    """
    from dispute.brief.content import content
    from dispute.brief.typesetting import typeset
    from helpers.case.files import write_into

    template = TEMPLATE.read_text(encoding="utf-8")
    for name, root in ROOTS.items():
        write_into(folder, name, typeset(template, content(case, frames, coder, root)))
