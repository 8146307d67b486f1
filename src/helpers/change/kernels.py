"""Kernels: networks of a moment, to which a statement adds the more, the nearer it lies in time.

δ = 2 (t - middle) / width: the window reaches from -1 to 1. The shapes are those of Silverman
(1986), Density Estimation for Statistics and Data Analysis, table 3.1, as rDNA's documentation
(`dna_network`, kernel) names them:

- `uniform`: 1/2 for |δ| ≤ 1; `epanechnikov`: 3/4 (1 - δ²) for |δ| ≤ 1; `triangular`: 1 - |δ| for
  |δ| ≤ 1; all 0 outside;
- `gaussian`: exp(-δ²/2) / √(2π), which has no end.

Where a corpus holds a handful of days, a smooth line between them is drawn by the kernel alone.
"""

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd

from helpers.analysis.counts import placed
from helpers.analysis.networks import weights_of

SHAPES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "uniform": lambda delta: np.full(delta.shape, 0.5),
    "epanechnikov": lambda delta: 0.75 * (1 - delta**2),
    "triangular": lambda delta: 1 - np.abs(delta),
    "gaussian": lambda delta: np.exp(-(delta**2) / 2) / np.sqrt(2 * np.pi),
}
# The only shape whose weights do not end with the window.
ENDLESS = "gaussian"


def kernel_weight(shape: str, delta: np.ndarray | float) -> np.ndarray:
    """K(δ), see above. Raises ValueError for another shape."""
    if shape not in SHAPES:
        raise ValueError(f"kernel {shape!r}: expected one of {', '.join(SHAPES)}")
    places = np.asarray(delta, dtype=float)
    inside = (np.abs(places) <= 1) | (shape == ENDLESS)
    return np.where(inside, SHAPES[shape](places), 0.0)


def weights_in_time(statements: pd.DataFrame, middle: str, width: int, shape: str) -> np.ndarray:
    """What each statement weighs at a day: the mean of K(δ) over the days of its date.

    So a statement of an interval is spread evenly over it, and put on no day; an undated one weighs
    nothing. `middle`: ISO day; `width`: days, above 0. Raises ValueError for another width.
    """
    if width <= 0:
        raise ValueError(f"width {width}: expected days above 0")
    dated = ((statements.earliest != "") & (statements.latest != "")).to_numpy()
    first, last = (_days(statements[end][dated], middle) for end in ("earliest", "latest"))
    spans, place = np.unique(np.column_stack([first, last]), axis=0, return_inverse=True)
    means = [_mean(kernel_weight(shape, 2 * np.arange(a, b + 1) / width)) for a, b in spans]
    weighed = np.zeros(len(statements))
    weighed[dated] = np.array(means)[place] if means else 0
    return weighed


def _days(days: pd.Series, middle: str) -> np.ndarray:
    """Days from the middle, below 0 before it."""
    apart = days.to_numpy().astype("datetime64[D]") - np.datetime64(middle, "D")
    return apart.astype(int)


def _mean(weights: np.ndarray) -> float:
    return float(weights.sum() / len(weights))


def smoothed(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    middle: str,
    width: int,
    shape: str = "epanechnikov",
    measure: str = "congruence",
    normalisation: str = "none",
    actor: str = "speaker",
    actors: Collection[str] | None = None,
) -> pd.DataFrame:
    """The one-mode network at a day, a square frame; its diagonal is 0.

    Two statements on an issue add √(w w') times what `networks.kernel` says of their stances, w
    being `weights_in_time`: X[i,j,k] is the sum of √w, and the formulas and normalisations are
    those of `networks.weights` on this X. All speakers have a row; `actors` adds others. Raises
    ValueError for another shape, width, measure or normalisation.
    """
    weighed = weights_in_time(statements, middle, width, shape)
    rows = statements[["issue", "stance"]].assign(actor_id=statements[actor])
    counts = placed(rows, stances, actors).counts(np.sqrt(weighed))
    square = weights_of(counts, measure, normalisation).toarray()
    # Sums of roots differ by their order in the last digit: both ends of a tie get one number.
    return pd.DataFrame((square + square.T) / 2, index=counts.actors, columns=counts.actors)
