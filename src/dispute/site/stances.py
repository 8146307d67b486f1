"""Stances: the stance table as the pages show it, and the cells of its figure."""

from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from dispute.site.lookups import Site, joined
from dispute.site.places import To
from dispute.site.state import State, account_of, of_records
from helpers.analysis.stances import UNPLACED
from helpers.figures.sheets import busiest
from helpers.words import counted

# The busiest actors and issues that the figure shows, and the most cells of it, those of single
# periods among them.
ACTORS, ISSUES, CELLS = 30, 20, 400
COUNTS = ["n", "n_for", "n_conditional", "n_against"]


class Drawn(NamedTuple):
    """What `svg.matrix` draws, and how many actors and issues there are besides.

    `actors`: id to name and link, the one with the most statements first. `issues`: id to label,
    in the order of the codebook. `by_period`: whether each period has cells of its own.
    """

    cells: pd.DataFrame
    actors: dict[str, tuple[str, str]]
    issues: dict[str, str]
    more_actors: int
    more_issues: int
    by_period: bool


class Stances:
    """The stances of a case, or of some days of it: `table` is as `stance_table`."""

    def __init__(self, site: Site, table: pd.DataFrame) -> None:
        self.site = site
        self.table = table

    @property
    def has_periods(self) -> bool:
        """Whether any position lies in a period."""
        return bool((self.table.period != UNPLACED).any())

    def rows(self) -> list[Any]:
        """The stance table in the order of names, issues and periods."""
        issues = {issue: place for place, issue in enumerate(self.site.labels)}
        # Those of the calendar are in the order of their names.
        place = {period: number for number, period in enumerate(self.site.periods)}

        def order(row: Any) -> tuple:
            when = row.period == UNPLACED, place.get(row.period, 0), row.period
            who = self.site.in_order(row.actor_id)
            return *who, issues[row.issue], row.capacity != "speaker", *when

        return sorted(self.table.itertuples(), key=order)

    def drawn(self, to: To) -> Drawn:
        """The busiest actors and issues, with their cells over all periods and of each one."""
        own = self.table[self.table.capacity == "speaker"]
        actors, issues = busiest(own, "actor_id"), busiest(own, "issue")
        chosen = own[own.issue.isin(issues[:ISSUES])]
        each = chosen.groupby("actor_id").issue.nunique().reindex(actors[:ACTORS], fill_value=0)
        chosen = chosen[chosen.actor_id.isin(each.index[each.cumsum() <= CELLS])]
        cells = self._pooled(chosen)
        by_period = len(cells) + len(chosen) <= CELLS
        if by_period:
            cells = pd.concat([cells, chosen[chosen.period != UNPLACED]], ignore_index=True)
        cells = self._with_means(cells, own)
        people = [f"people/{actor}" for actor in cells.actor_id]
        cells = cells.assign(
            state=[self.state(cell) for cell in cells.itertuples()],
            href=[to(*place) for place in zip(people, "on-" + cells.issue, strict=True)],
        )
        cells = cells.assign(title=[self._title(cell) for cell in cells.itertuples()])
        there, labels = set(cells.actor_id), self.site.labels
        shown = [actor for actor in actors if actor in there]
        return Drawn(
            cells,
            {actor: (self.site.name(actor), to(f"people/{actor}")) for actor in shown},
            {issue: label for issue, label in labels.items() if issue in set(cells.issue)},
            len(actors) - len(shown),
            own.issue.nunique() - cells.issue.nunique(),
            by_period,
        )

    def by_actor(self, drawn: Drawn) -> list[tuple[str, list[Any]]]:
        """The cells of all periods by actor, in the order in which the figure has both."""
        cells: dict[tuple[str, str], Any] = {}
        for cell in drawn.cells[drawn.cells.period == ""].itertuples():
            cells[cell.actor_id, cell.issue] = cell
        rows = []
        for actor in drawn.actors:
            found = (cells.get((actor, issue)) for issue in drawn.issues)
            rows.append((actor, [cell for cell in found if cell is not None]))
        return rows

    def state(self, row: Any) -> State:
        """By what a row or cell is filtered; its periods are those of the table."""
        records = self.site.of(row.statement_ids)
        state = of_records(self.site, [row.actor_id], records, account_of(records))
        state["data-issue"] = self.site.numbers[row.issue]
        pooled = self._periods.get((row.actor_id, row.issue), "")
        state["data-period"] = joined([row.period]) if row.period else pooled
        return state

    @cached_property
    def _periods(self) -> dict[tuple[str, str], str]:
        """The periods in which an actor has a position of its own on an issue."""
        own = self.table[self.table.capacity == "speaker"]
        return own.groupby(["actor_id", "issue"]).period.agg(joined).to_dict()

    def _pooled(self, own: pd.DataFrame) -> pd.DataFrame:
        """Each actor and issue over all periods; `period` is empty."""
        counts = [column for column in COUNTS if column in own]
        summed = {**dict.fromkeys(counts, "sum"), "statement_ids": ";".join}
        pooled = own.groupby(["actor_id", "issue"], as_index=False).agg(summed)
        return pooled.assign(period="")

    def _with_means(self, cells: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
        """Cells with their mean stance; none where there are fewer statements than ask for one."""
        least = 1 + max(own.n[own.mean_stance.isna()], default=0)
        means = [self._mean(ids.split(";"), least) for ids in cells.statement_ids]
        return cells.assign(mean_stance=pd.Series(means, index=cells.index, dtype=float))

    def _mean(self, ids: list[str], least: int) -> float:
        stances = [self._stances[one] for one in ids]
        return sum(stances) / len(stances) if len(stances) >= least else float("nan")

    @cached_property
    def _stances(self) -> dict[str, int]:
        """The stance of each statement.

        Of every coder and period: a notebook may have been asked for others than the site.
        """
        coded = self.site.case.statements
        return dict(zip(coded.statement_id, coded.stance.astype(int), strict=True))

    def _title(self, cell: Any) -> str:
        site = self.site
        when = f" ({site.periods.get(cell.period, cell.period)})" if cell.period else ""
        title = (
            f"{site.name(cell.actor_id)} on “{site.labels[cell.issue]}”{when}: "
            f"{cell.n_for} for, {cell.n_against} against, of {counted(cell.n, 'position')}"
        )
        if pd.isna(cell.mean_stance):
            return title
        return f"{title}; mean stance {cell.mean_stance:.2f}"
