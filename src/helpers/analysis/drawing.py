"""Drawing: passages or articles at random for people to code, and how far they agree.

Every passage, or article, has the same chance and none is drawn twice (simple random sampling;
Cochran 1977, Sampling Techniques, 3rd ed., chapter 2). The probability of being drawn is kept, so
that totals can be estimated from what people find.
"""

from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.alpha import Level, alpha
from helpers.analysis.resampling import intervals
from helpers.case.drawn_sheets import NONE

# What is compared of a drawn passage.
VARIABLES = ("speaker", "issue", "stance")


def draw_passages(statements: pd.DataFrame, number: int, seed: int) -> pd.DataFrame:
    """So many passages of one coder's statements, in the order of the articles.

    A passage is the words between a start and an end; two statements may stand on one. Columns
    `drawn` (a name for the row), `article_id`, `start`, `end`, `n_units` (statements on it) and
    `probability` (of being drawn, above 0, at most 1). All where there are no more than `number`.
    """
    place = ["article_id", "start", "end"]
    passages = statements.groupby(place, sort=True).size().reset_index(name="n_units")
    return _drawn(passages, number, seed, "p")


def draw_articles(articles: pd.DataFrame, number: int, seed: int) -> pd.DataFrame:
    """So many articles: columns `drawn`, `article_id` and `probability`."""
    return _drawn(articles[["article_id"]].sort_values("article_id"), number, seed, "a")


def _drawn(frame: pd.DataFrame, number: int, seed: int, letter: str) -> pd.DataFrame:
    """Raises ValueError where nothing is to be drawn, or there is nothing to draw from."""
    if number < 1 or frame.empty:
        raise ValueError(f"{number} of {len(frame)} to be drawn: expected at least 1 of 1")
    size = min(number, len(frame))
    chosen = np.random.default_rng(seed).choice(len(frame), size, replace=False)
    drawn = frame.iloc[np.sort(chosen)].reset_index(drop=True)
    width = len(str(size))
    names = [f"{letter}{place:0{width}}" for place in range(1, size + 1)]
    return drawn.assign(drawn=names, probability=size / len(frame))


def compared(given: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """What people coded beside what the coder did, one statement a row.

    `given`: columns `drawn`, `article_id`, `start`, `end` and `VARIABLES`; an issue of `NONE` says
    that no stance stands there. On a passage with several statements, those on the same issue
    belong together, and the rest in their order. Columns `article_id` and `X_people`, `X_coder` for
    each variable; None where there is none.
    """
    place = ["article_id", "start", "end"]
    theirs = {key: rows.to_dict("records") for key, rows in statements.groupby(place)}
    rows = []
    for key, own in given.groupby(place, sort=True):
        left = list(theirs.get(key, []))
        ordered = sorted(own.to_dict("records"), key=lambda row: _is_new(row, left))
        for row in ordered:
            same = [one for one in left if one["issue"] == row["issue"]]
            other: dict[str, Any] = (same or left or [{}])[0]
            left = [one for one in left if one is not other]
            pair: dict[str, Any] = {"article_id": row["article_id"]}
            for name in VARIABLES:
                is_none = row["issue"] == NONE and name != "issue"
                pair |= {
                    f"{name}_people": None if is_none else row[name],
                    f"{name}_coder": other.get(name),
                }
            rows.append(pair)
    sides = [f"{name}_{who}" for name in VARIABLES for who in ("people", "coder")]
    return pd.DataFrame(rows, columns=["article_id", *sides], dtype=object)


def _is_new(row: dict[str, Any], left: list[dict[str, Any]]) -> bool:
    return all(row["issue"] != one["issue"] for one in left)


def people_agreement(
    pairs: pd.DataFrame, stances: pd.DataFrame, draws: int = 500, seed: int = 0
) -> pd.DataFrame:
    """How far people and coder agree on what was drawn, one variable a row.

    `pairs` as `compared` gives them. Columns `variable`, `n_units`, `n_alike`, `share` (0 to 1),
    `alpha` (Krippendorff's; ordinal for the stance, which is compared where the issue is the same),
    and `low`, `high`: its 95 % interval by bootstrap over articles, none where there is but one.
    """

    def values(drawn: pd.DataFrame) -> dict[str, float]:
        found = {name: _alpha(drawn, name, stances) for name in VARIABLES}
        return {name: value for name, value in found.items() if value is not None}

    several = pairs.article_id.nunique() > 1
    bounds = intervals(pairs, values, draws, seed) if several else {}
    rows = []
    for name in VARIABLES:
        both = _both(pairs, name)
        alike = int((both.people == both.coder).sum())
        low, high = bounds.get(name, (None, None))
        share = alike / len(both) if len(both) else None
        rows.append((name, len(both), alike, share, _alpha(pairs, name, stances), low, high))
    names = ["variable", "n_units", "n_alike", "share", "alpha", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _both(pairs: pd.DataFrame, name: str) -> pd.DataFrame:
    """The values of people and coder where both have one."""
    chosen = pairs[pairs.issue_people == pairs.issue_coder] if name == "stance" else pairs
    both = pd.DataFrame({"people": chosen[f"{name}_people"], "coder": chosen[f"{name}_coder"]})
    return both.dropna()


def _alpha(pairs: pd.DataFrame, name: str, stances: pd.DataFrame) -> float | None:
    both = _both(pairs, name)
    level: Level = "ordinal" if name == "stance" else "nominal"
    domain = stances.stance.tolist() if name == "stance" else None
    return alpha([both.people.tolist(), both.coder.tolist()], level, domain)
