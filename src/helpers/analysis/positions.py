"""Positions: when a voice changed its stance, and where one voice stands on both sides.

A *voice* is an actor as heard on an issue: own words and words said for the actor by a spokesman or
counsel are one here, with the names of those who spoke. A date without an end is open on that side.
Two coders' readings are never compared with each other.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.stances import UNPLACED, by_side, voices
from helpers.case.parts import EARLIER
from helpers.case.schema import columns
from helpers.dates.edtf import NEVER, spanning

VOICE = ["coder", "actor_id", "issue"]
# What the table of changes says of each end of a change.
END = ["stance", "date_edtf", "speaker", "statements"]
SPOKEN = ["stance", "speaker"]


def position_changes(statements: pd.DataFrame) -> pd.DataFrame:
    """The changes of position, one a row: the table `position_changes`.

    This is the one count of changes, wherever they are counted. Pairs of `change_pairs` from one
    stance of a voice to another are one change where they share an end, also by way of other pairs:
    what is said twice before and once after is one change. Its dates span those of its ends, and
    its speakers and statements are all of theirs.
    """
    rows = []
    pairs = change_pairs(statements)
    for _, alike in pairs.groupby(["actor_id", "issue", "from_stance", "to_stance"], sort=True):
        for part in _sharing_an_end(list(alike.itertuples(index=False))):
            change = {"actor_id": part[0].actor_id, "issue": part[0].issue}
            for way in ("from", "to"):
                change |= {f"{way}_stance": getattr(part[0], f"{way}_stance")}
                change |= _united_end(part, way)
            rows.append(change)
    return pd.DataFrame(rows, columns=columns("position_changes"))


def _sharing_an_end(pairs: list[Any]) -> list[list[Any]]:
    """Pairs parted so that two that have an end in common are together."""
    parts: list[list[Any]] = []
    for pair in pairs:
        apart, together = [], [pair]
        for part in parts:
            if any(_have_an_end_in_common(pair, one) for one in part):
                together = part + together
            else:
                apart.append(part)
        parts = [*apart, together]
    return parts


def _have_an_end_in_common(one: Any, other: Any) -> bool:
    alike = one.from_statements == other.from_statements
    return bool(alike or one.to_statements == other.to_statements)


def _united_end(pairs: list[Any], way: str) -> dict[str, str]:
    """One end of some pairs as the end of one change."""
    dates = dict.fromkeys(getattr(pair, f"{way}_date_edtf") for pair in pairs)
    return {
        f"{way}_date_edtf": spanning(dates),
        f"{way}_speaker": _united(pairs, f"{way}_speaker"),
        f"{way}_statements": _united(pairs, f"{way}_statements"),
    }


def _united(pairs: list[Any], column: str) -> str:
    """What stands in a column of lists, each once."""
    return _each_once(";".join(getattr(pair, column) for pair in pairs).split(";"))


def told_earlier(statements: pd.DataFrame) -> pd.DataFrame:
    """Earlier stances that an article tells without a time: the table `told_earlier`.

    An undated statement whose note says `told as earlier`, beside the other stances of the same
    voice on the issue in the same article. They are in no order of dates, and no change.
    """
    heard = voices(statements)
    is_earlier = (heard.date_edtf == "") & heard.note.str.contains(EARLIER, case=False, regex=False)
    pairs = heard[is_earlier].merge(heard[~is_earlier], on=[*VOICE, "article_id"])
    pairs = pairs[pairs.stance_x != pairs.stance_y]
    ways = {"_x": "from", "_y": "to"}
    named = {f"{name}{end}": f"{way}_{name}" for end, way in ways.items() for name in SPOKEN}
    pairs = pairs.rename(columns=named | {"statement_id_x": "from_st", "statement_id_y": "to_st"})
    keys = ["actor_id", "issue", *named.values()]
    grouped = pairs.groupby(keys, sort=True)[["from_st", "to_st"]].agg(_each_once)
    table = grouped.reset_index().rename(
        columns={"from_st": "from_statements", "to_st": "to_statements"}
    )
    return table[columns("told_earlier")]


def _each_once(ids: Iterable[str]) -> str:
    return ";".join(sorted(set(ids)))


def change_pairs(statements: pd.DataFrame) -> pd.DataFrame:
    """Where a voice takes up another stance on an issue than just before, end by end.

    Columns as in the table `position_changes`. Statement x is *before* y if the last day of x is
    earlier than the first day of y; dates that overlap have no order, and undated statements are
    before nothing. x is *just before* y if it is before y and no third statement of the voice on
    the issue lies between (after x, before y). There is a change from x to y if x is just before y
    and no statement just before y has the stance of y. So a way from A to B and back to A is two
    changes.

    `from_speaker`, `to_speaker` say whose words they are. Statements of one speaker, date and
    stance are one end, their ids in `from_statements`, `to_statements`.
    """
    rows = []
    for ends in _ends_by_voice(statements):
        for old, new in _changes(ends):
            change = {"actor_id": new.actor_id, "issue": new.issue}
            for way, end in (("from", old), ("to", new)):
                change |= {f"{way}_{column}": getattr(end, column) for column in END}
            rows.append(change)
    return pd.DataFrame(rows, columns=columns("position_changes"))


def _ends_by_voice(statements: pd.DataFrame) -> Iterator[list[Any]]:
    """The statements of each voice that takes more than one stance, as rows.

    Those of one speaker, date and stance are one row.
    """
    ordered = voices(statements).sort_values(["article_id", "start", "statement_id"])
    several = ordered.groupby(VOICE).stance.transform("nunique") > 1
    alike = ordered[several].groupby(
        [*VOICE, "earliest", "latest", "stance", "speaker"], sort=True, observed=True
    )
    ends = alike.agg(date_edtf=("date_edtf", "first"), statements=("statement_id", ";".join))
    rows = ends.reset_index()
    rows = rows.assign(last=_last(rows)).itertuples(index=False)
    for _, of_voice in groupby(rows, key=attrgetter(*VOICE)):
        yield list(of_voice)


def _changes(ends: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each change of position: what the voice said just before, and what it says then.

    In the order of their last days, the ends that are before an end are the first ones. Of these,
    the ones just before it are those from the greatest first day among them on: what ended sooner
    has one of them in between.
    """
    order = sorted(range(len(ends)), key=lambda place: ends[place].last)
    lasts = [ends[place].last for place in order]
    greatest_first = list(accumulate((ends[place].earliest for place in order), max))
    upto = _stances_so_far([ends[place].stance for place in order])
    for new in ends:
        stop = bisect_left(lasts, new.earliest)
        if stop == 0:
            continue
        start = bisect_left(lasts, greatest_first[stop - 1])
        so_far = upto[new.stance]
        if so_far[stop] == so_far[start]:
            for place in sorted(order[start:stop]):
                yield ends[place], new


def _stances_so_far(stances: list[int]) -> dict[int, list[int]]:
    """For each stance, how often it is among the first 0, 1, 2 and so on."""
    so_far = {}
    for one in set(stances):
        is_one = [stance == one for stance in stances]
        so_far[one] = list(accumulate(is_one, initial=0))
    return so_far


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
