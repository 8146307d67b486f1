"""Who proposes: the sheet `proposer.yaml` in each folder of proposals, as two tables.

A proposal is no coding. What should hold of proposals is in `proposal_rules`.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from helpers.case.coder_folders import Parted
from helpers.case.problems import Problem, shown
from helpers.case.schema import BY_PROPOSER, PROPOSER, columns
from helpers.case.yaml_rows import Cells, read_row

ARTICLES = "articles"


def read_proposers(folder: Path, names: list[str]) -> dict[str, Parted]:
    """The sheets of some proposers as the tables `proposers` and `proposed_articles`."""
    rows: list[Cells] = []
    read: list[Cells] = []
    places: dict[str, list[tuple[str, int]]] = {"proposers": [], "proposed_articles": []}
    problems: list[Problem] = []
    for name in names:
        file = BY_PROPOSER["proposers"].replace(PROPOSER, name)
        known = columns("proposers", "raw")
        sheet, faults = read_row(folder / file, file, known, [ARTICLES])
        problems += faults
        rows.append(sheet.row | {"proposer": name})
        places["proposers"].append((file, 0))
        articles = sheet.content.get(ARTICLES) or {}
        if not isinstance(articles, dict):
            expected = "lines of an article and the SHA-256 of the text that was read"
            problems.append(Problem(file, 0, ARTICLES, shown(articles), expected))
            continue
        read += [_read(name, *one) for one in articles.items()]
        places["proposed_articles"] += [(file, 0)] * len(articles)
    frames = {"proposers": rows, "proposed_articles": read}
    found = {}
    for table, some in frames.items():
        frame = pd.DataFrame(some, columns=columns(table, "raw"), dtype=object)
        found[table] = Parted(frame, places[table], problems if table == "proposers" else [])
    return found


def _read(proposer: str, article: Any, digest: Any) -> Cells:
    said = "" if digest is None else str(digest)
    return {"proposer": proposer, "article_id": str(article), "sha256": said}
