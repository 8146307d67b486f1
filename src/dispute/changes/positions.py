"""Changes of where actors stand: mean stances, and what is told as a change of position in time."""

from typing import NamedTuple

from dispute.changes.wording import Change, Tables, actor_names, two_decimals
from helpers.case.schema import SCHEMA
from helpers.dates.edtf import wording

# What makes a row of the stance table the same one.
CELL = SCHEMA["processed"]["stance_table"]["key"]
# What makes a change from one time to another the same one.
TURN = ["actor_id", "issue", "from_stance", "to_stance", "from_date_edtf", "to_date_edtf"]


class Names(NamedTuple):
    """How actors and issues are called: by their ids."""

    actors: dict[str, str]
    issues: dict[str, str]

    def subject(self, actor: str, issue: str) -> str:
        """Who stands there and on what, by name and label where these are known."""
        return f"{self.actors.get(actor, actor)} on “{self.issues.get(issue, issue)}”"


def _names(tables: Tables) -> Names:
    issues = tables["issues"]
    return Names(actor_names(tables), dict(zip(issues.issue, issues.label, strict=True)))


def means(old: Tables, new: Tables) -> list[Change]:
    """Mean stances of an actor on an issue in a period that have another value or n now."""
    before, now = old["stance_table"].set_index(CELL), new["stance_table"].set_index(CELL)
    names = _names(new)
    told = []
    for key in sorted(set(before.index) & set(now.index)):
        one, other = before.loc[key], now.loc[key]
        if (str(one.mean_stance), one.n) == (str(other.mean_stance), other.n):
            continue
        actor, capacity, issue, period = key
        means = two_decimals(one.mean_stance), two_decimals(other.mean_stance)
        mean = f" mean stance {means[0]} → {means[1]}," if means[0] != means[1] else ""
        sentence = (
            f"{names.subject(actor, issue)} ({period}, {capacity}):{mean} n {one.n} → {other.n}."
        )
        told.append(Change("position", sentence, other.statement_ids))
    return told


def turns(old: Tables, new: Tables) -> list[Change]:
    """Changes from one time to another that are told no more, then those that are told anew."""
    earlier, later = _turns(old), _turns(new)
    gone = {turn: earlier[turn] for turn in earlier.keys() - later.keys()}
    fresh = {turn: later[turn] for turn in later.keys() - earlier.keys()}
    names = _names(new)
    told = []
    for happened, group in (
        ("No longer told as a change of position", gone),
        ("A change of position", fresh),
    ):
        for turn in sorted(group, key=str):
            actor, issue, before, after, since, until = turn
            then, now = f"{before} ({wording(since)})", f"{after} ({wording(until)})"
            sentence = f"{happened}: {names.subject(actor, issue)}, stance {then} → {now}."
            told.append(Change("position", sentence, ";".join(group[turn])))
    return told


def _turns(tables: Tables) -> dict[tuple, list[str]]:
    """Changes from one time to another: what turned, to the statements behind it, each once."""
    turns: dict[tuple, dict[str, None]] = {}
    for row in tables["position_changes"].itertuples():
        turn = tuple(getattr(row, column) for column in TURN)
        statements = dict.fromkeys((row.from_statements, row.to_statements))
        turns.setdefault(turn, {}).update(statements)
    return {turn: list(statements) for turn, statements in turns.items()}
