"""Closing: what a kill left of desks reaches the tables, so that no journal keeps an article."""

import json
from pathlib import Path

from dispute.desk.journal import ASIDE, HOME
from dispute.desk.room import Desk
from dispute.desk.whole import NOTE, clear_halves, finish
from helpers.case.files import write_file
from helpers.case.folder import CODING


def close_desks(folder: Path) -> bool:
    """Bring what killed desks had saved into the tables; whether there was anything.

    Their journals go. Raises ValueError where a desk is open, CaseError where somebody has written
    over an edit of the codebook that was cut short.
    """
    homes = sorted(folder.glob(f"{CODING}/*/{HOME}"))
    for home in homes:
        Desk(folder, home.parent.name).close()
    is_cut_short = (folder / NOTE).exists()
    finish(folder)
    clear_halves(folder)
    return bool(homes) or is_cut_short


def forget_aside(folder: Path, article: str) -> None:
    """Take out of what was put aside every step that touches an article."""
    for path in sorted(folder.glob(f"{CODING}/*/{ASIDE}")):
        lines = path.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if article not in _articles_of(line)]
        if not kept:
            path.unlink()
        elif kept != lines:
            write_file(path, b"".join(kept))


def _articles_of(line: bytes) -> set[str]:
    changes = json.loads(line)["changes"]
    rows = [change[side] for change in changes for side in ("before", "after")]
    return {row["article_id"] for row in rows if row}
