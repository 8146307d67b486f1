"""Positions: when a voice changed its stance, and where one voice stands on both sides.

A *voice* is an actor as heard on an issue: own words and words said for the actor by a spokesman or
counsel are one here, with the names of those who spoke. A date without an end is open on that side.
Two coders' readings are never compared with each other.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.analysis.stances import UNPLACED, by_side, voices
from helpers.case.schema import columns
from helpers.dates.edtf import NEVER

VOICE = ["coder", "actor_id", "issue"]


def position_changes(statements: pd.DataFrame) -> pd.DataFrame:
    """Where a voice takes up another stance on an issue than just before, with the passages.

    The table `position_changes`. Statement x is *before* y if the last day of x is earlier than the
    first day of y; dates that overlap have no order, and undated statements are before nothing. x
    is *just before* y if it is before y and no third statement of the voice on the issue lies
    between (after x, before y). There is a change from x to y if x is just before y and no
    statement just before y has the stance of y. So a way from A to B and back to A is two changes.

    `from_speaker`, `to_speaker` say whose words they are. Statements of one speaker, date and
    stance are one end, their ids in `from_statements`, `to_statements`.
    """
    rows = []
    for (_, actor, issue), group in voices(statements).groupby(VOICE, sort=True):
        for old, new in _changes(_ends(group)):
            change = {"actor_id": actor, "issue": issue}
            for way, end in (("from", old), ("to", new)):
                change |= {f"{way}_{column}": value for column, value in end.items()}
            rows.append(change)
    return pd.DataFrame(rows, columns=columns("position_changes"))


def _ends(group: pd.DataFrame) -> pd.DataFrame:
    """The statements of one voice, those of one speaker, date and stance together."""
    ordered = group.sort_values(["article_id", "start", "statement_id"])
    alike = ordered.groupby(["earliest", "latest", "stance", "speaker"], sort=True)
    return alike.agg(
        date_edtf=("date_edtf", "first"), statements=("statement_id", ";".join)
    ).reset_index()


def _changes(ends: pd.DataFrame) -> Iterator[tuple[dict, dict]]:
    """Each change of position: what the voice said just before, and what it says then."""
    before = np.less.outer(_last(ends).to_numpy(str), ends.earliest.to_numpy(str))
    something_between = before.astype(int) @ before.astype(int) > 0
    just_before = before & ~something_between
    said = ends[["stance", "date_edtf", "speaker", "statements"]].to_dict("records")
    for place, new in enumerate(said):
        old = [said[earlier] for earlier in np.flatnonzero(just_before[:, place])]
        if all(end["stance"] != new["stance"] for end in old):
            for end in old:
                yield end, new


def contradictions(statements: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """Pairs of statements of one voice for and against one issue, that no change explains.

    The table `contradictions`; for includes on a condition. A pair is listed if both lie in one
    period, or if their dates give no order (they overlap, or one has none). `period` is empty where
    no period holds both. `timing`: `same-day`, `for-first`, `against-first`, or `unknown`. Pairs
    whose dates are in order and that share no period are left to `position_changes`.
    """
    sided = voices(statements)
    sided = sided.assign(side=by_side(sided, stances), last=_last(sided))
    cells = [*VOICE, "period", "speaker", "earliest", "last", "statement_id"]
    agreeing = sided.loc[sided.side.isin(["for", "conditional"]), cells]
    opposing = sided.loc[sided.side == "against", cells]
    pairs = agreeing.merge(opposing, on=VOICE, suffixes=("_for", "_against"))
    shared = (pairs.period_for == pairs.period_against) & (pairs.period_for != UNPLACED)
    timing = _timing(pairs)
    listed = shared | timing.isin(["same-day", "unknown"])
    table = pairs.assign(period=pairs.period_for.where(shared, ""), timing=timing)[listed].rename(
        columns={"statement_id_for": "statement_for", "statement_id_against": "statement_against"}
    )
    shown = columns("contradictions")
    return table[shown].sort_values(shown, ignore_index=True)


def _timing(pairs: pd.DataFrame) -> pd.Series:
    """Which statement of each pair came first, or that they are of one day."""
    for_first = pairs.last_for < pairs.earliest_against
    against_first = pairs.last_against < pairs.earliest_for
    same_day = (
        (pairs.earliest_for == pairs.last_for)
        & (pairs.earliest_for == pairs.earliest_against)
        & (pairs.last_for == pairs.last_against)
    )
    names = ["same-day", "for-first", "against-first"]
    timing = np.select([same_day, for_first, against_first], names, "unknown")
    return pd.Series(timing, index=pairs.index)


def _last(frame: pd.DataFrame) -> pd.Series:
    """The last day that a date allows, as text that sorts; beyond every day where it is open."""
    return frame.latest.where(frame.latest != "", NEVER)
