"""Stances: who stood where on what, when it changed, where one voice stands on both sides, and what is disputed as fact.

A *voice* is an actor as heard on an issue: the actor's own words, and words said for the actor by a spokesman or counsel.
Tables count passages as they were coded: a paraphrase and the quote beside it are two. A date without an end is open on that side.
"""

from typing import Literal

import numpy as np
import pandas as pd

from helpers.dates.edtf import NEVER

UNPLACED = "unplaced"
CALENDAR = {"month": "M", "quarter": "Q", "year": "Y"}
SIDES = ["for", "conditional", "against", "neutral"]
COUNTS = [
    "n",
    "mean_stance",
    *(f"n_{side}" for side in SIDES),
    "share_for",
    "share_conditional",
    "share_against",
    "statement_ids",
]
TABLE = ["actor_id", "capacity", "issue", "period", *COUNTS]
GROUPS = ["grouping", "group", "issue", "period", *COUNTS]
CHANGES = [
    "actor_id",
    "issue",
    "from_stance",
    "to_stance",
    "from_date_edtf",
    "to_date_edtf",
    "from_speaker",
    "to_speaker",
    "from_statements",
    "to_statements",
]
CONTRADICTIONS = [
    "actor_id",
    "issue",
    "period",
    "timing",
    "speaker_for",
    "speaker_against",
    "statement_for",
    "statement_against",
]
DISPUTED = ["issue", "side", "party", "n", "statement_ids"]


Side = Literal["for", "against", "both", "neutral"]


def side_of(n_for: int, n_conditional: int, n_against: int) -> Side:
    """The side on which a cell of the stance table stands.

    A conditional stance counts as agreement here: it would turn into support, never into
    opposition, once its condition is met. Returns "neutral" where no side is taken.
    """
    agrees = n_for + n_conditional > 0
    opposes = n_against > 0
    if agrees and opposes:
        return "both"
    if agrees:
        return "for"
    if opposes:
        return "against"
    return "neutral"


def strength_of(mean_stance: float | None, scale: pd.Series) -> float | None:
    """How far a mean stance lies from the middle of the scale: 0 in the middle, 1 at an end.

    `scale` holds the stances of the codebook. None where there is no mean.
    """
    if mean_stance is None or pd.isna(mean_stance):
        return None
    low, high = float(scale.min()), float(scale.max())
    if low == high:
        return 1.0
    return min(1.0, abs(2 * float(mean_stance) - low - high) / (high - low))


def voices(statements):
    """Statements by the actor whose stance they show: once for the speaker, once more for whom a spokesman speaks.

    Adds `actor_id` and `capacity` (`speaker` or `represented`), so that own words and words said for one are kept apart.
    """
    own = statements.assign(actor_id=statements.speaker, capacity="speaker")
    lent = statements[statements.on_behalf_of != ""]
    return pd.concat(
        [own, lent.assign(actor_id=lent.on_behalf_of, capacity="represented")], ignore_index=True
    )


def by_calendar(statements, unit):
    """Statements with the calendar `month` (`2019-04`), `quarter` (`2019-q2`) or `year` that holds the whole date as `period`, else `unplaced`.

    `case` leaves the periods of the codebook. Raises ValueError for another unit.
    """
    if unit == "case":
        return statements
    ends = [[_named(day, unit) for day in statements[end]] for end in ("earliest", "latest")]
    return statements.assign(
        period=[first if first and first == last else UNPLACED for first, last in zip(*ends)]
    )


def periods(statements, unit, known):
    """The periods in their order, those without a statement too: name to label. `known`: the codebook's table of periods.

    Calendar periods run from the first to the last that a statement lies in. `unplaced` comes last, where a statement is.
    """
    named = dict(zip(known.period, known.label))
    if unit != "case":
        placed = sorted(
            day for day, period in zip(statements.earliest, statements.period) if period != UNPLACED
        )
        spans = (
            pd.period_range(
                pd.Period(placed[0], CALENDAR[unit]), pd.Period(placed[-1], CALENDAR[unit])
            )
            if placed
            else []
        )
        named = {
            name: name for name in (_named(str(span.start_time.date()), unit) for span in spans)
        }
    return named | ({UNPLACED: "in no one period"} if (statements.period == UNPLACED).any() else {})


def _named(day, unit):
    if unit not in CALENDAR:
        raise ValueError(
            f"periods by {unit!r}: expected `case`, {', '.join(f'`{name}`' for name in CALENDAR)}"
        )
    return {
        "month": day[:7],
        "quarter": f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}" if day else "",
        "year": day[:4],
    }[unit]


def stance_table(statements, stances, least=1):
    """Actor by issue by period: columns TABLE. Counts always stand; mean and shares (of n, 0 to 1) only where n is at least `least`.

    `stances` is the codebook's scale (stance, side). A cell without a statement is no row.
    """
    return _counted(voices(statements), stances, TABLE[:4], least)


def group_table(statements, stances, camps, publishers, least=1):
    """The same by the camp of the one whose stance it is, and by the publisher who prints it: columns GROUPS, `grouping` says which.

    `camps`: actor_id to camp, empty for none (then `group` is empty); `publishers`: article_id to publisher. A statement by a spokesman counts once, for the camp he speaks for.
    """
    whose = statements.on_behalf_of.where(statements.on_behalf_of != "", statements.speaker)
    rows = [
        statements.assign(grouping="camp", group=whose.map(camps).fillna("")),
        statements.assign(grouping="publisher", group=statements.article_id.map(publishers)),
    ]
    return _counted(pd.concat(rows, ignore_index=True), stances, GROUPS[:4], least)


def _counted(statements, stances, keys, least):
    sides, rows = dict(zip(stances.stance, stances.side)), []
    for key, group in statements.groupby(keys, sort=True):
        n, counts = len(group), group.stance.map(sides).value_counts()
        by = [int(counts.get(side, 0)) for side in SIDES]
        means = (
            [float(group.stance.mean()), *(count / n for count in by[:3])]
            if n >= least
            else [None] * 4
        )
        rows.append((*key, n, means[0], *by, *means[1:], ";".join(sorted(group.statement_id))))
    return pd.DataFrame(rows, columns=[*keys, *COUNTS])


def told(table, index, order):
    """A stance table for reading, narrow enough for a phone: a row for each `index`, its periods in words, in the order of `order` (name to label).

    `Petition: 2 for, 1 against (mean 0.67)`: counts always, the mean where the table has it. A period without a passage is not named.
    """
    place = {name: number for number, name in enumerate(order)}
    words = [
        f"{order[row.period]}: "
        + ", ".join(
            f"{getattr(row, f'n_{side}')} {side}" for side in SIDES if getattr(row, f"n_{side}")
        )
        + ("" if pd.isna(row.mean_stance) else f" (mean {row.mean_stance:.2f})")
        for row in table.itertuples()
    ]
    ordered = table.assign(passages=words, place=table.period.map(place)).sort_values(
        [*index, "place"], kind="stable"
    )
    return ordered.groupby(index, sort=True).passages.agg("; ".join).to_frame()


def position_changes(statements):
    """Where a voice takes up another stance on an issue than just before: columns CHANGES, both ends with their passages.

    Statement x is *before* y if the last day of x is earlier than the first day of y; dates that overlap have no order, and undated
    statements are before nothing. x is *just before* y if it is before y and no third statement of the voice on the issue lies
    between (after x, before y). There is a change from x to y if x is just before y and no statement just before y has the stance of y.
    So a way from A to B and back to A is two changes. Own words and words said for an actor are one voice here, and
    `from_speaker`, `to_speaker` say whose they are. Statements of one speaker, date and stance are one end, their ids in
    `from_statements`, `to_statements`. Two coders' readings are never compared with each other.
    """
    rows = []
    for (_, actor, issue), group in voices(statements).groupby(
        ["coder", "actor_id", "issue"], sort=True
    ):
        ends = (
            group.sort_values(["article_id", "start", "statement_id"])
            .groupby(["earliest", "latest", "stance", "speaker"], sort=True)
            .agg(date_edtf=("date_edtf", "first"), ids=("statement_id", ";".join))
            .reset_index()
        )
        before = np.less.outer(_last(ends).to_numpy(str), ends.earliest.to_numpy(str))
        just = before & ~(before.astype(int) @ before.astype(int) > 0)
        for new in range(len(ends)):
            old = ends[just[:, new]]
            if ends.stance[new] not in set(old.stance):
                y = ends.loc[new]
                rows += [
                    (
                        actor,
                        issue,
                        int(x.stance),
                        int(y.stance),
                        x.date_edtf,
                        y.date_edtf,
                        x.speaker,
                        y.speaker,
                        x.ids,
                        y.ids,
                    )
                    for x in old.itertuples()
                ]
    return pd.DataFrame(rows, columns=CHANGES)


def contradictions(statements, stances):
    """Pairs of statements of one voice for (on a condition included) and against one issue, that no change explains: columns CONTRADICTIONS.

    A pair is listed if both lie in one period, or if their dates give no order (they overlap, or one has none). `period` is empty where
    no period holds both. `timing`: `same-day`, `for-first`, `against-first`, or `unknown`. Pairs whose dates are in order and that
    share no period are left to `position_changes`. Own words and words said for an actor are one voice, with both speakers named.
    """
    sides = voices(statements).assign(
        side=lambda frame: frame.stance.map(dict(zip(stances.stance, stances.side))), last=_last
    )
    keep = ["coder", "actor_id", "issue", "period", "speaker", "earliest", "last", "statement_id"]
    pairs = sides.loc[sides.side.isin(["for", "conditional"]), keep].merge(
        sides.loc[sides.side == "against", keep], on=keep[:3], suffixes=("_for", "_against")
    )
    first, second = pairs.last_for < pairs.earliest_against, pairs.last_against < pairs.earliest_for
    day = (
        (pairs.earliest_for == pairs.last_for)
        & (pairs.earliest_for == pairs.earliest_against)
        & (pairs.last_for == pairs.last_against)
    )
    shared = (pairs.period_for == pairs.period_against) & (pairs.period_for != UNPLACED)
    pairs = pairs.assign(
        period=pairs.period_for.where(shared, ""),
        timing=np.select(
            [day, first, second], ["same-day", "for-first", "against-first"], "unknown"
        ),
    )
    pairs = pairs[shared | ~(first | second)].rename(
        columns={"statement_id_for": "statement_for", "statement_id_against": "statement_against"}
    )
    return pairs[CONTRADICTIONS].sort_values(CONTRADICTIONS, ignore_index=True)


def _last(frame):
    """The last day that a date allows, as text that sorts; beyond every day where it is open or missing."""
    return frame.latest.where(frame.latest != "", NEVER)


def disputed_facts(statements, stances, issues, camps):
    """What one party states as fact and another denies: columns DISPUTED, a row for each party on a side.

    A party is a camp, or an actor of no camp. `issues` says with `issue_kind` which are claims of fact (`fact`); where it says so of
    none, all count. Conditional and neutral statements state nothing. A party that contradicts itself is no dispute by itself.
    """
    facts = set(issues.loc[issues.issue_kind == "fact", "issue"]) or set(issues.issue)
    whose = statements.on_behalf_of.where(statements.on_behalf_of != "", statements.speaker)
    stated = statements.assign(
        side=statements.stance.map(dict(zip(stances.stance, stances.side))),
        party=[camps.get(actor) or actor for actor in whose],
    )
    stated = stated[stated.issue.isin(facts) & stated.side.isin(["for", "against"])]
    rows = []
    for issue, group in stated.groupby("issue", sort=True):
        if group.side.nunique() == 2 and group.party.nunique() > 1:
            rows += [
                (issue, *key, len(said), ";".join(sorted(said.statement_id)))
                for key, said in group.groupby(["side", "party"], sort=True)
            ]
    return pd.DataFrame(rows, columns=DISPUTED)
