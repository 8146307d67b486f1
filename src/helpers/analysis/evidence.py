"""Evidence: the coded passages behind each edge.

What articles state is listed passage by passage (the table `edge_evidence`). The evidence of
discourse is composed: statements belong to cells (an actor, an issue, a stance: the table `cells`),
an edge between two actors has its issues and stances (`edge_issues`), and an edge to an issue is
the cells of its actor there (`issue_edges`). So no statement is written down for each actor whom
it meets.
"""

from collections.abc import Iterator, Mapping
from itertools import chain

import pandas as pd

from helpers.analysis.by_account import account, claimants, tellers
from helpers.case.schema import columns

TABLES = ["edges", "edge_issues", "cells", "issue_edges", "edge_evidence"]
SHARED = ["issue", "source_stances", "target_stances"]


def cells(statements: pd.DataFrame, actor: str = "speaker") -> pd.DataFrame:
    """The statements by actor, issue and stance: the table `cells`.

    `actor` is the column of the actors. A statement without an actor or issue is in no cell. A cell
    whose statements are all only as somebody tells them (`quoted_by`) is `claimed`.
    """
    known = statements[(statements[actor] != "") & (statements.issue != "")]
    known = known.assign(actor_id=known[actor], teller=tellers(known, "quoted_by"))
    known = known.sort_values("statement_id")
    grouped = known.groupby(["actor_id", "issue", "stance"], sort=True)
    table = grouped.agg(
        n_evidence=("statement_id", "size"),
        statement_ids=("statement_id", ";".join),
        account=("teller", account),
        claimants=("teller", claimants),
    )
    table = table.reset_index()
    return table[columns("cells")]


def behind(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, list[str]]:
    """edge_id to the sorted ids of the coded units behind it.

    `tables`, processed ones by name: `edges`, `edge_issues` and `cells` for edges of discourse,
    `issue_edges` and `cells` for those to an issue, `edge_evidence` for what articles state; what
    is missing gives no edge. Ids are put together when they are asked for.
    """
    return _Behind(tables)


class _Behind(Mapping):
    """Edges to ids, put together when asked for."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        empty = {name: pd.DataFrame(columns=columns(name)) for name in TABLES}
        given = {name: tables.get(name, empty[name]) for name in TABLES}
        listed, spoken, edges = given["edge_evidence"], given["issue_edges"], given["edges"]
        self._listed = listed.groupby("edge_id").unit_id.agg(list).to_dict()
        cells = zip(spoken.actor_id, spoken.issue, strict=True)
        self._spoken = dict(zip(spoken.edge_id, cells, strict=True))
        ends = zip(edges.source, edges.target, strict=True)
        self._ends = dict(zip(edges.edge_id, ends, strict=True))
        shared = given["edge_issues"]
        self._places = shared.groupby("edge_id").indices
        self._shared = [shared[name].to_numpy(object) for name in SHARED]
        self._cells: dict[tuple[str, str], dict[str, str]] = {}
        for cell in given["cells"].itertuples():
            by_stance = self._cells.setdefault((cell.actor_id, cell.issue), {})
            by_stance[str(cell.stance)] = cell.statement_ids

    def __getitem__(self, edge_id: str) -> list[str]:
        if edge_id in self._listed:
            return sorted(self._listed[edge_id])
        if edge_id in self._spoken:
            ids = list(self._cells[self._spoken[edge_id]].values())
        else:
            ids = list(self._composed(edge_id))
        return sorted(";".join(ids).split(";"))

    def _composed(self, edge_id: str) -> Iterator[str]:
        """The cells of an edge of discourse, each as its ids parted by ";"."""
        source, target = self._ends[edge_id]
        issues, of_source, of_target = self._shared
        for place in self._places[edge_id]:
            for actor, stances in ((source, of_source[place]), (target, of_target[place])):
                by_stance = self._cells[actor, issues[place]]
                yield from (by_stance[stance] for stance in filter(None, stances.split(";")))

    def __iter__(self) -> Iterator[str]:
        return chain(self._listed, self._spoken, self._places)

    def __len__(self) -> int:
        return len(self._listed) + len(self._spoken) + len(self._places)


def issues_by_edge(shared: pd.DataFrame) -> pd.Series:
    """edge_id to the sorted list of its issues, from some rows of `edge_issues`."""
    return shared.groupby("edge_id").issue.agg(sorted)
