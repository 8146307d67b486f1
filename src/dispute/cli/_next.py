"""What comes next in a case, as far as its files show without reading them."""

import shlex
from pathlib import Path

from helpers.case.folder import CODING, locate

# Where passes differ; the case stands between.
SETTLE = "dispute desk {} --adjudicate"


def next_step(case_dir: str | Path) -> str:
    """What to do next where a case has no article, or nothing is coded; else an empty text."""
    case = locate(case_dir)
    if not any((case / "articles").glob("*.txt")):
        return f"no article yet; next: dispute add {shlex.quote(str(case_dir))} SOURCE …"
    coded = [path for path in (case / CODING).glob("*/*.csv") if _has_rows(path)]
    if not coded:
        return f"nothing is coded yet; next: fill the tables in {case_dir}/{CODING}"
    return ""


def _has_rows(table: Path) -> bool:
    """Whether there is anything below the header line of a table."""
    with open(table, "rb") as file:
        return bool(file.readline() and file.readline())
