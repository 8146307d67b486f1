"""A made-up dispute in which all is known: who is in which camp, when one turns, what divides them.

500 articles over five years. Two camps of actors, and issues of two kinds: on those of the
backbone, which are spoken to most, each camp keeps to a side of its own; on the others everybody
says what a coin says. On one day, the turn, some of the first camp go over to the second. What the
methods find in it can be held against what was put in. One seed gives one dispute.
"""

import random
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

FIRST_DAY, DAYS = date(2015, 1, 1), 5 * 365
ARTICLES, EACH = 500, 8
ACTORS, ISSUES = 20, 10
BACKBONE = ("issue-01", "issue-02", "issue-03", "issue-04")
TURN = "2017-07-01"
TURNING = ("actor-01", "actor-02", "actor-03", "actor-04")
STANCES = pd.DataFrame({"stance": [-1, 1], "label": ["against", "for"]})
# How often an actor says what its camp says, on an issue that divides them; and how many times as
# often such an issue is spoken to as another.
LOYAL, OFTEN = 0.95, 5


class Dispute(NamedTuple):
    """The statements, and the camp of each actor before the turn and from it on."""

    statements: pd.DataFrame
    before: pd.Series
    after: pd.Series


def made_dispute(seed: int = 1) -> Dispute:
    """The dispute of a seed."""
    dice = random.Random(seed)
    before = {f"actor-{n:02}": "east" if n <= ACTORS // 2 else "west" for n in range(1, ACTORS + 1)}
    after = before | dict.fromkeys(TURNING, "west")
    issues = [f"issue-{n:02}" for n in range(1, ISSUES + 1)]
    often = [OFTEN if issue in BACKBONE else 1 for issue in issues]
    rows = []
    for article in range(ARTICLES):
        day = str(FIRST_DAY + timedelta(days=DAYS * article // ARTICLES))
        camps = before if day < TURN else after
        for actor in dice.sample(list(before), EACH):
            [issue] = dice.choices(issues, often)
            rows.append(
                (f"article-{article:03}", actor, issue, _stance(dice, camps[actor], issue), day)
            )
    statements = pd.DataFrame(
        rows, columns=["article_id", "speaker", "issue", "stance", "earliest"]
    )
    statements["latest"] = statements.earliest
    statements.insert(0, "statement_id", [f"s{number:05}" for number in range(len(statements))])
    return Dispute(statements, pd.Series(before), pd.Series(after))


def _stance(dice: random.Random, camp: str, issue: str) -> int:
    """What an actor of a camp says on an issue."""
    if issue not in BACKBONE:
        return dice.choice([-1, 1])
    side = 1 if camp == "east" else -1
    return side if dice.random() < LOYAL else -side


def shuffled_days(statements: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The same statements with the days of their articles drawn anew: nothing turns in it."""
    days = statements.groupby("article_id").earliest.first()
    drawn = days.sample(frac=1, random_state=seed).set_axis(days.index)
    return statements.assign(
        earliest=statements.article_id.map(drawn), latest=statements.article_id.map(drawn)
    )
