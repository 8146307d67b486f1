"""Stances: who stood where on what, by actor, camp and publisher, issue and period.

A *voice* is an actor as heard on an issue: the actor's own words, and words said for the actor by a
spokesman or counsel. Tables count the statements that they are given: to count a stance once in an
article, `networks.deduplicate` leaves out the others. `statements` are those of `case.coded`;
`stances` is the codebook's scale, with the columns stance and side.
"""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from helpers.case.schema import SCHEMA, columns

UNPLACED = "unplaced"
# Units of the calendar, and what pandas calls them.
CALENDAR = {"month": "M", "quarter": "Q", "year": "Y"}
SIDES = ["for", "conditional", "against", "neutral"]

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


def voices(statements: pd.DataFrame) -> pd.DataFrame:
    """Statements by the actor whose stance they show.

    Once for the speaker, once more for whom a spokesman speaks. Adds `actor_id` and `capacity`
    (`speaker` or `represented`), so that own words and words said for one are kept apart. Who
    speaks for himself, as the organizations of DNA do, is no spokesman.
    """
    own = statements.assign(actor_id=statements.speaker, capacity="speaker")
    by_another = statements.on_behalf_of != statements.speaker
    lent = statements[(statements.on_behalf_of != "") & by_another]
    lent = lent.assign(actor_id=lent.on_behalf_of, capacity="represented")
    return pd.concat([own, lent], ignore_index=True)


def whose_stance(statements: pd.DataFrame) -> pd.Series:
    """The one to whom each statement counts: for whom a spokesman speaks, else the speaker."""
    return statements.on_behalf_of.where(statements.on_behalf_of != "", statements.speaker)


def by_side(statements: pd.DataFrame, stances: pd.DataFrame) -> pd.Series:
    """The side of each statement, by the codebook's scale."""
    return statements.stance.map(dict(zip(stances.stance, stances.side, strict=True)))


def by_calendar(statements: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Statements with a calendar unit as `period`: the one that holds the whole date.

    A `month` (`2019-04`), `quarter` (`2019-q2`) or `year`; else `unplaced`. `case` leaves the
    periods of the codebook. Raises ValueError for another unit.
    """
    if unit == "case":
        return statements
    first = [_calendar_name(day, unit) for day in statements.earliest]
    last = [_calendar_name(day, unit) for day in statements.latest]
    ends = zip(first, last, strict=True)
    return statements.assign(period=[one if one and one == end else UNPLACED for one, end in ends])


def periods(statements: pd.DataFrame, unit: str, known: pd.DataFrame) -> dict[str, str]:
    """The periods in their order, those without a statement too: name to label.

    `unit` as in `by_calendar`; `known`: the codebook's table of periods. Calendar periods run from
    the first to the last that a statement lies in. `unplaced` comes last, where a statement is.
    """
    placed = statements[statements.period != UNPLACED]
    if unit == "case":
        labels = dict(zip(known.period, known.label, strict=True))
    else:
        labels = {name: name for name in _calendar_names(placed.earliest, unit)}
    if len(placed) < len(statements):
        labels[UNPLACED] = "in no one period"
    return labels


def _calendar_names(days: pd.Series, unit: str) -> list[str]:
    """The calendar units from the earliest to the latest of some days, none left out."""
    if days.empty:
        return []
    first, last = (pd.Period(day, CALENDAR[unit]) for day in (days.min(), days.max()))
    spans = pd.period_range(first, last)
    return [_calendar_name(str(span.start_time.date()), unit) for span in spans]


def _calendar_name(day: str, unit: str) -> str:
    """The calendar unit in which a day (ISO 8601) lies; empty for no day."""
    if unit not in CALENDAR:
        known = ", ".join(f"`{name}`" for name in CALENDAR)
        raise ValueError(f"periods by {unit!r}: expected `case`, {known}")
    if unit == "year" or not day:
        return day[:4]
    if unit == "month":
        return day[:7]
    return f"{day[:4]}-q{(int(day[5:7]) + 2) // 3}"


def stance_table(statements: pd.DataFrame, stances: pd.DataFrame, least: int = 1) -> pd.DataFrame:
    """Actor by issue by period: the table `stance_table`.

    Counts always stand; mean and shares (of n, 0 to 1) only where n is at least `least`. A cell
    without a statement is no row.
    """
    return _cells(voices(statements), stances, "stance_table", least)


def group_table(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    camps: Mapping[str, str],
    publishers: Mapping[str, str],
    least: int = 1,
) -> pd.DataFrame:
    """The same by the camp of the one whose stance it is, and by the publisher who prints it.

    The table `stance_groups`; `grouping` says which of the two. `camps`: actor_id to camp, empty
    for none (then `group` is empty); `publishers`: article_id to publisher. A statement by a
    spokesman counts once, for the camp he speaks for.
    """
    camp = whose_stance(statements).map(camps).fillna("")
    publisher = statements.article_id.map(publishers)
    grouped = [
        statements.assign(grouping="camp", group=camp),
        statements.assign(grouping="publisher", group=publisher),
    ]
    return _cells(pd.concat(grouped, ignore_index=True), stances, "stance_groups", least)


def _cells(statements: pd.DataFrame, stances: pd.DataFrame, table: str, least: int) -> pd.DataFrame:
    """The cells of a stance table, parted by the columns of its key."""
    keys = SCHEMA["processed"][table]["key"]
    side = by_side(statements, stances)
    ordered = statements.assign(**{f"n_{name}": side == name for name in SIDES})
    grouped = ordered.sort_values("statement_id").groupby(keys, sort=True)
    cells = grouped[[f"n_{name}" for name in SIDES]].sum().astype(int)
    cells["n"] = grouped.size()
    enough = cells.n >= least
    for name in ("for", "conditional", "against"):
        cells[f"share_{name}"] = (cells[f"n_{name}"] / cells.n).where(enough)
    cells["mean_stance"] = grouped.stance.mean().astype(float).where(enough)
    cells["statement_ids"] = grouped.statement_id.agg(";".join)
    return cells.reset_index()[columns(table)]


def told(table: pd.DataFrame, index: list[str], order: Mapping[str, str]) -> pd.DataFrame:
    """A stance table for reading, narrow enough for a phone: one column, `passages`.

    A row for each `index`, its periods in words, in the order of `order` (name to label):
    `Petition: 2 for, 1 against (mean 0.67)`. Counts always, the mean where the table has it. A
    period without a passage is not named.
    """
    place = {name: number for number, name in enumerate(order)}
    words = [f"{order[row.period]}: {_cell_words(row)}" for row in table.itertuples()]
    worded = table.assign(passages=words, place=table.period.map(place))
    ordered = worded.sort_values([*index, "place"], kind="stable")
    return ordered.groupby(index, sort=True).passages.agg("; ".join).to_frame()


def _cell_words(row: Any) -> str:
    """A cell of a stance table in words: `2 for, 1 against (mean 0.67)`."""
    numbers = {side: getattr(row, f"n_{side}") for side in SIDES}
    words = ", ".join(f"{number} {side}" for side, number in numbers.items() if number)
    return words if pd.isna(row.mean_stance) else f"{words} (mean {row.mean_stance:.2f})"


def disputed_facts(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    issues: pd.DataFrame,
    camps: Mapping[str, str],
) -> pd.DataFrame:
    """What one party states as fact and another denies: the table `disputed_facts`.

    A row for each party on a side. A party is a camp, or an actor of no camp (`camps`: actor_id to
    camp). `issues` says with `issue_kind` which are claims of fact (`fact`); where it says so of
    none, all count. Conditional and neutral statements state nothing. A party that contradicts
    itself is no dispute by itself.
    """
    facts = set(issues.loc[issues.issue_kind == "fact", "issue"]) or set(issues.issue)
    stated = statements.assign(
        side=by_side(statements, stances),
        party=[camps.get(actor) or actor for actor in whose_stance(statements)],
    )
    stated = stated[stated.issue.isin(facts) & stated.side.isin(["for", "against"])]
    rows = []
    for issue, group in stated.groupby("issue", sort=True):
        if group.side.nunique() < 2 or group.party.nunique() < 2:
            continue
        for (side, party), passages in group.groupby(["side", "party"], sort=True):
            ids = ";".join(sorted(passages.statement_id))
            n = len(passages)
            row = {"issue": issue, "side": side, "party": party, "n": n, "statement_ids": ids}
            rows.append(row)
    return pd.DataFrame(rows, columns=columns("disputed_facts"))
