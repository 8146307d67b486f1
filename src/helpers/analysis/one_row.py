"""One happening, one row: entries of the chronology that people say are the same.

Nothing here decides which are: `happenings.same` tells. What the articles report goes before what
they only claim, and that before what is from outside.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

KINDS = ["reported", "claimed", "context"]
# What follows from a date.
WHEN = ["wording", "earliest", "latest"]


def kind(entry: Any) -> str:
    """What a row of the chronology is, one of `KINDS`.

    `context` where it comes from outside the articles, else its voice, `reported` or `claimed`.
    """
    return "context" if entry.layer == "context" else entry.voice


def groups(same: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each entry of some pairs to one name for all that are one with it, also by way of others."""
    head: dict[str, str] = {}

    def top(entry: str) -> str:
        while head.setdefault(entry, entry) != entry:
            entry = head[entry]
        return entry

    for one, other in same:
        first, second = sorted((top(one), top(other)))
        head[second] = first
    return {entry: top(entry) for entry in head}


def one_row_each(entries: pd.DataFrame, group_of: Mapping[str, str]) -> pd.DataFrame:
    """The entries, those of one group as one."""
    group = [group_of.get(entry, entry) for entry in entries.entry_id]
    several = pd.Series(group, index=entries.index).duplicated(keep=False)
    rows = [_as_one(part) for _, part in entries[several].groupby(pd.Series(group)[several])]
    return pd.concat([entries[~several], pd.DataFrame(rows, columns=entries.columns)])


def _as_one(entries: pd.DataFrame) -> dict[str, Any]:
    """Entries that are one happening as one row."""
    rank = [KINDS.index(kind(entry)) for entry in entries.itertuples()]
    ordered = entries.assign(rank=rank).sort_values(["rank", "entry_id"]).drop(columns="rank")
    told = ordered.to_dict("records")
    dated = next((one for one in told if one["date_edtf"]), told[0])
    from_outside = [one for one in told if one["layer"] == "context"]
    return {
        **told[0],
        **{name: dated[name] for name in ("date_edtf", "date_basis", *WHEN)},
        "claimants": _united(told, "claimants") if told[0]["voice"] == "claimed" else "",
        "matters": _united(told, "matters"),
        "source_text": "; ".join(dict.fromkeys(one["source_text"] for one in told)),
        "source_url": next((one["source_url"] for one in told if one["source_url"]), ""),
        "members": ";".join(one["entry_id"] for one in told),
        "outside_event": " | ".join(one["event"] for one in from_outside),
        "outside_source": " | ".join(one["source_text"] for one in from_outside),
    }


def _united(rows: list[dict[str, Any]], column: str) -> str:
    return ";".join(everybody(row[column] for row in rows))


def everybody(cells: Iterable[str]) -> list[str]:
    """The actors that stand in cells parted by ";", sorted."""
    return sorted(filter(None, set(";".join(cells).split(";"))))
