"""Agreement between two independent coding passes: which passages both marked, and how alike they coded them.

Krippendorff (2019), Content Analysis, 4th ed., chapter 12; computed by the package `krippendorff`.
"""
import krippendorff
import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

COLUMNS = ["unit", "variable", "metric", "coder_a", "coder_b", "n_units", "value"]
OVERLAP = 0.5  # two passages are one unit if they share at least half of the shorter one
COMPARED = {"statement": ("statement_id", "issue", ["speaker", "issue", "stance"]),
            "event-mention": ("mention_id", "date_edtf", ["date_edtf", "date_basis"]),
            "relation": ("relation_id", "relation", ["source", "relation", "target", "sign"])}


def matched(first, second, unit):
    """Pair the units of two passes by overlap: a frame with columns `a` and `b`, positions in the two frames.

    Units of one article match if they share at least half of the shorter passage. The pairing has the greatest total overlap;
    between units on the very same words the one coded alike is preferred, so that a passage on two issues is not crossed.
    """
    tie = COMPARED[unit][1]
    pairs = []
    for article in sorted(set(first.article_id) & set(second.article_id)):
        a, b = (np.flatnonzero((frame.article_id == article).to_numpy()) for frame in (first, second))
        left, right = first.iloc[a], second.iloc[b]
        starts = np.maximum.outer(left.start.to_numpy(int), right.start.to_numpy(int))
        ends = np.minimum.outer(left.end.to_numpy(int), right.end.to_numpy(int))
        length = np.minimum.outer((left.end - left.start).to_numpy(int), (right.end - right.start).to_numpy(int))
        overlap = np.clip(ends - starts, 0, None) / length
        alike = np.equal.outer(left[tie].to_numpy(object), right[tie].to_numpy(object))
        score = np.where(overlap >= OVERLAP, overlap + 0.01 * alike, 0)
        rows, columns = linear_sum_assignment(score, maximize=True)
        pairs += [(a[i], b[j]) for i, j in zip(rows, columns) if score[i, j] > 0]
    return pd.DataFrame(pairs, columns=["a", "b"])


def alpha(a, b, level="nominal", domain=None):
    """Krippendorff's alpha for two coders; missing (None) where all values are one and the same."""
    values = sorted({*a, *b} if domain is None else set(domain))
    if len({*a, *b}) < 2:
        return None
    data = np.array([[values.index(v) for v in a], [values.index(v) for v in b]], dtype=float)
    if level == "ordinal":
        return float(krippendorff.alpha(data, level_of_measurement="ordinal", value_domain=list(range(len(values)))))
    return float(krippendorff.alpha(data, level_of_measurement="nominal"))


def agreement(first, second, unit, coders, stances):
    """How far two passes agree on one kind of unit: rows for the `agreement` table.

    `unit`/`share` is 2 x pairs / (units of a + units of b). The variables are compared on the pairs; stance, ordinal,
    only on those that agree on the issue, since stances on two issues cannot be compared. `coders` names the two passes.
    """
    pairs = matched(first, second, unit)
    a, b = first.iloc[pairs.a.to_numpy(int)].reset_index(drop=True), second.iloc[pairs.b.to_numpy(int)].reset_index(drop=True)
    both = len(first) + len(second)
    rows = [(unit, "unit", "share", *coders, both, 2 * len(pairs) / both if both else None)]
    for variable in COMPARED[unit][2]:
        chosen = (a.issue == b.issue) if variable == "stance" else pd.Series(True, index=a.index)
        left, right = a.loc[chosen, variable].tolist(), b.loc[chosen, variable].tolist()
        level, domain = ("ordinal", stances.stance) if variable == "stance" else ("nominal", None)
        same = float(np.mean([x == y for x, y in zip(left, right)])) if left else None
        rows += [(unit, variable, "share", *coders, len(left), same), (unit, variable, f"alpha-{level}", *coders, len(left), alpha(left, right, level, domain))]
    return pd.DataFrame(rows, columns=COLUMNS)
