"""By whose account: whether articles say a thing themselves, or only report that somebody does.

A mention has a *teller* where the article has it from somebody alone: `according_to` of a relation
or event mention, `quoted_by` of a statement. What rests on tellers alone is `claimed`, and never
told in the report's own voice; one passage in an article's own voice makes it `stated`.
"""

from collections.abc import Iterable

import pandas as pd

STATED, CLAIMED = "stated", "claimed"
ENDS = ["source", "target"]


def tellers(frame: pd.DataFrame, column: str) -> pd.Series:
    """The teller of each passage, empty where the article speaks; a frame may lack the column."""
    if column in frame:
        return frame[column].fillna("")
    return pd.Series("", index=frame.index, dtype=object)


def account(told_by: Iterable[str]) -> str:
    """`claimed` where every passage has a teller, else `stated`."""
    return CLAIMED if all(told_by) else STATED


def claimants(told_by: Iterable[str]) -> str:
    """The tellers of some passages, each once, sorted and parted by ";"."""
    return ";".join(sorted({name for cell in told_by for name in cell.split(";")} - {""}))


def of_pairs(edges: pd.DataFrame, shared: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """By whose account the edges of discourse stand: columns account, claimants; indexed by edge.

    `edges`: edge_id, source, target. `shared`: the table `edge_issues`. `cells`: the table `cells`
    of the same statements. An edge is claimed where all words of one of its ends are only as
    somebody tells them.
    """
    found = pd.DataFrame({"account": STATED, "claimants": ""}, index=pd.Index(edges.edge_id))
    told = cells[cells.claimants != ""]
    if told.empty or edges.empty:
        return found
    rows = shared.merge(edges[["edge_id", *ENDS]], on="edge_id")
    sides = pd.concat([_side(rows, end) for end in ENDS], ignore_index=True)
    touched = sides.merge(told[["actor_id", "issue"]].drop_duplicates(), on=["actor_id", "issue"])
    keys = touched[["edge_id", "end"]].drop_duplicates()
    spoken = sides.merge(keys, on=["edge_id", "end"])
    spoken = spoken.assign(stance=spoken.stances.str.split(";")).explode("stance")
    named = cells.assign(stance=cells.stance.astype(str))
    spoken = spoken.merge(named, on=["actor_id", "issue", "stance"])
    if spoken.empty:
        return found
    by_edge = spoken.groupby("edge_id").claimants.agg(claimants)
    whole = (spoken.account == CLAIMED).groupby([spoken.edge_id, spoken.end]).all()
    claimed = whole[whole].index.get_level_values("edge_id")
    found.loc[by_edge.index, "claimants"] = by_edge
    found.loc[claimed, "account"] = CLAIMED
    return found


def _side(rows: pd.DataFrame, end: str) -> pd.DataFrame:
    """What one end of each edge says on each issue."""
    side = rows[["edge_id", "issue"]]
    return side.assign(end=end, actor_id=rows[end], stances=rows[f"{end}_stances"])
