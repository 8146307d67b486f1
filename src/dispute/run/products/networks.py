"""The networks as files for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dispute.run.products.downloads import EACH, NETWORKS

if TYPE_CHECKING:
    import pandas as pd

# The tables that they are made from.
TABLES = ("nodes", "edges", "issue_edges")


def write_networks(title: str, ran: Mapping[str, Path], folder: Path) -> None:
    """The files of NETWORKS: from the tables in the folders of the notebooks that ran.

    Nothing where no notebook makes these tables.
    """
    from helpers.case.files import write_into
    from helpers.case.tables import read_tables

    frames: dict[str, pd.DataFrame] = {}
    for made in ran.values():
        frames |= read_tables(made / "tables", TABLES)
    if set(TABLES) <= set(frames):
        contents = _contents(title, *(frames[name] for name in TABLES))
        for name, content in zip(NETWORKS, contents, strict=True):
            write_into(folder, name, content.encode())


def _contents(
    title: str, nodes: pd.DataFrame, edges: pd.DataFrame, issue_edges: pd.DataFrame
) -> Iterator[str]:
    """The content of each file, in their order."""
    from dispute.exchange.graphs import dl, gexf, graphml, matrix, matrix_csv, positions
    from helpers.figures.style import DIRECTED

    yield gexf(nodes, edges, title)
    yield graphml(nodes, edges, title)
    for write in (gexf, graphml):
        for network in EACH:
            own = edges[edges.network == network]
            yield write(nodes, own, f"{title}: {network}", network in DIRECTED)
    for write_matrix in (dl, matrix_csv):
        for network in ("congruence", "conflict"):
            yield write_matrix(matrix(edges[edges.network == network]))
    yield matrix_csv(positions(issue_edges))
