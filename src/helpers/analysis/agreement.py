"""Agreement between independent coding passes: which passages both marked, how alike they coded them, and where they differ.

Krippendorff (2019), Content Analysis, 4th ed., chapter 12; alpha is computed by the package `krippendorff`.
"""

from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from helpers.analysis import structure

COLUMNS = ["unit", "variable", "metric", "coder_a", "coder_b", "n_units", "value", "low", "high"]
CONFUSION = ["unit", "variable", "coder_a", "coder_b", "value_a", "value_b", "n"]
DIFFERENCES = [
    "unit",
    "article_id",
    "pass_a",
    "pass_b",
    "adjudicated",
    "decision",
    "differs",
    "quote",
    "note",
]
OVERLAP = 0.5  # two passages can be one unit if they share at least half of the shorter one
TIE = 1e-6  # too little to outweigh one code point of overlap
COMPARED = {
    "statement": ("statement_id", "issue", ["speaker", "issue", "stance"]),
    "event-mention": ("mention_id", "date_edtf", ["date_edtf", "date_basis"]),
    "relation": ("relation_id", "relation", ["source", "relation", "target", "sign"]),
}


def matched(first, second, unit):
    """Pair the units of two passes by overlap: a frame with columns `a` and `b`, positions in the two frames.

    Units of one article can match if they share at least half of the shorter passage. Of all pairings the one with the greatest
    total overlap is taken, overlap being the shared part of the two passages together (intersection over union). Only between
    pairings of equal overlap, as where one passage holds two issues, is the one coded alike preferred.
    """
    tie, pairs = COMPARED[unit][1], []
    for article in sorted(set(first.article_id) & set(second.article_id)):
        a, b = (
            np.flatnonzero((frame.article_id == article).to_numpy()) for frame in (first, second)
        )
        left, right = first.iloc[a], second.iloc[b]
        starts, ends = (
            np.maximum.outer(left.start.to_numpy(int), right.start.to_numpy(int)),
            np.minimum.outer(left.end.to_numpy(int), right.end.to_numpy(int)),
        )
        lengths = [(frame.end - frame.start).to_numpy(int) for frame in (left, right)]
        shared = np.clip(ends - starts, 0, None)
        alike = np.equal.outer(left[tie].to_numpy(object), right[tie].to_numpy(object))
        score = np.where(
            shared >= OVERLAP * np.minimum.outer(*lengths),
            shared / (np.add.outer(*lengths) - shared) + TIE * alike,
            0,
        )
        rows, columns = linear_sum_assignment(score, maximize=True)
        pairs += [(a[i], b[j]) for i, j in zip(rows, columns) if score[i, j] > 0]
    return pd.DataFrame(pairs, columns=["a", "b"])


def aligned(first, second, unit):
    """The units of two passes side by side: `article_id`, `both` (whether both marked it), and `X_a`, `X_b` for its id and each variable compared.

    A unit that only one pass marked is a row of its own; what the other lacks is None.
    """
    identity, _, variables = COMPARED[unit]
    pairs = matched(first, second, unit)
    alone = [
        sorted(set(range(len(frame))) - set(pairs[side]))
        for frame, side in ((first, "a"), (second, "b"))
    ]
    places = [
        *pairs.itertuples(index=False, name=None),
        *((i, None) for i in alone[0]),
        *((None, j) for j in alone[1]),
    ]
    of = [
        frame[["article_id", identity, *variables]].to_dict("records") for frame in (first, second)
    ]
    rows = []
    for i, j in places:
        a, b = ({} if place is None else records[place] for place, records in zip((i, j), of))
        coded = {
            f"{c}_{side}": found.get(c)
            for c in (identity, *variables)
            for side, found in (("a", a), ("b", b))
        }
        rows.append({"article_id": (a or b)["article_id"], "both": bool(a and b)} | coded)
    columns = [
        "article_id",
        "both",
        *(f"{c}_{side}" for c in (identity, *variables) for side in "ab"),
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def alpha(codings, level="nominal", domain=None):
    """Krippendorff's alpha of two or more coders; None where fewer than two values occur in units that two coders coded.

    `codings`: a list for each coder, unit by unit, None where the coder has none. `level`: `nominal`, `ordinal` (ranks by `domain`,
    the ordered values of the scale) or `interval` (the values are numbers). At most 1; 0 is agreement as by chance, below 0 less than that.
    """
    units = [unit for unit in zip(*codings) if sum(value is not None for value in unit) > 1]
    values = {value for unit in units for value in unit} - {None}
    if len(values) < 2:
        return None
    ordered = sorted(values if domain is None else set(domain))
    number = {
        value: float(value if level == "interval" else rank) for rank, value in enumerate(ordered)
    }
    data = np.array(
        [[np.nan if value is None else number[value] for value in coder] for coder in zip(*units)]
    )
    return float(
        krippendorff.alpha(data, level_of_measurement=level, value_domain=sorted(number.values()))
    )


def agreement(passes, unit, stances, draws=500, seed=0):
    """How far the passes agree, two by two, on one kind of unit: columns COLUMNS. `passes`: coder to frame; fewer than two give no row.

    `unit`/`share` is 2 x pairs / (units of a + units of b). The variables are compared on the pairs; stance, ordinal, only on those
    that agree on the issue, since a stance is a stance on a proposition. `low`, `high`: 95 % interval by bootstrap over articles
    (seeded), since codings of one article are not independent; none where fewer than two articles were coded.
    """
    rows = []
    for a, b in combinations(sorted(passes), 2):
        both = aligned(passes[a], passes[b], unit)
        values, unsure = _measured(both, unit, stances), {}
        if both.article_id.nunique() > 1:
            unsure = structure.intervals(
                both,
                lambda drawn: {
                    key: value for key, (_, value) in _measured(drawn, unit, stances).items()
                },
                draws,
                seed,
            )
        rows += [
            (unit, *key, a, b, n, value, *unsure.get(key, (None, None)))
            for key, (n, value) in values.items()
        ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": float, "low": float, "high": float})


def _measured(both, unit, stances):
    """(variable, metric) to (number of units, value)."""
    pairs, marked = both[both.both.astype(bool)], len(both) + int(both.both.sum())
    found = {("unit", "share"): (marked, 2 * len(pairs) / marked if marked else None)}
    for variable in COMPARED[unit][2]:
        left, right = _compared(pairs, variable)
        level, domain = ("ordinal", stances.stance) if variable == "stance" else ("nominal", None)
        found[variable, "share"] = (
            len(left),
            sum(x == y for x, y in zip(left, right)) / len(left) if left else None,
        )
        found[variable, f"alpha-{level}"] = (len(left), alpha([left, right], level, domain))
    return found


def _compared(pairs, variable):
    chosen = pairs[pairs.issue_a == pairs.issue_b] if variable == "stance" else pairs
    return chosen[f"{variable}_a"].tolist(), chosen[f"{variable}_b"].tolist()


def confusion(passes, unit):
    """How often one pass coded this where another coded that: columns CONFUSION, for each variable of the matched units; pairs that occur."""
    rows = []
    for a, b in combinations(sorted(passes), 2):
        both = aligned(passes[a], passes[b], unit)
        for variable in COMPARED[unit][2]:
            counts = pd.Series(
                list(zip(*_compared(both[both.both.astype(bool)], variable))), dtype=object
            ).value_counts()
            rows += [
                (unit, variable, a, b, *map(str, pair), int(n))
                for pair, n in sorted(counts.items())
            ]
    return pd.DataFrame(rows, columns=CONFUSION)


def differences(adjudication, units):
    """Where the passes differ, and the adjudicator's decision with its reason: columns DIFFERENCES, all rows that are not `agreed`.

    `units`: kind of unit to its frame, all coders. `differs` names what differs: the variables compared, `on_behalf_of`, `date_edtf`,
    `quote` (its extent); `unit` where only one of the two marked the passage; empty where the passes are alike and the adjudicator is not.
    """
    rows = []
    for unit, frame in units.items():
        identity, _, variables = COMPARED[unit]
        known = {row[identity]: row for row in frame.to_dict("records")}
        judged = [
            *dict.fromkeys(
                [*variables, *(c for c in ("on_behalf_of", "date_edtf", "quote") if c in frame)]
            )
        ]
        for decided in adjudication[
            (adjudication.unit == unit) & (adjudication.decision != "agreed")
        ].itertuples():
            a, b, kept = (
                known.get(which) for which in (decided.pass_a, decided.pass_b, decided.adjudicated)
            )
            differs = [c for c in judged if a[c] != b[c]] if a and b else ["unit"]
            shown = kept or a or b
            rows.append(
                (
                    unit,
                    shown["article_id"],
                    decided.pass_a,
                    decided.pass_b,
                    decided.adjudicated,
                    decided.decision,
                    ";".join(differs),
                    shown["quote"],
                    decided.note,
                )
            )
    return pd.DataFrame(rows, columns=DIFFERENCES)
