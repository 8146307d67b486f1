"""On which side a cell stands: one rule, and the figure and the site both draw what it says."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from matplotlib.colors import to_hex

from dispute.site import svg
from helpers.analysis.stances import side_of, strength_of
from helpers.figures import tiles
from helpers.figures.legend import SIDES

SCALE = pd.DataFrame({"stance": [-2, 0, 1, 2]})
COUNT = some.integers(0, 3)


@pytest.mark.parametrize(
    "n_for, n_conditional, n_against, expected",
    [
        (1, 0, 0, "for"),
        (0, 1, 0, "for"),
        (0, 0, 1, "against"),
        (1, 0, 1, "both"),
        (0, 1, 1, "both"),
        (0, 0, 0, "neutral"),
    ],
)
def test_a_conditional_stance_counts_as_agreement(n_for, n_conditional, n_against, expected):
    assert side_of(n_for, n_conditional, n_against) == expected


@given(COUNT, COUNT, COUNT, COUNT)
def test_the_figure_and_the_site_agree_on_the_side_of_every_cell(
    n_for, n_conditional, n_against, n_neutral
):
    n = n_for + n_conditional + n_against + n_neutral
    total = 2 * n_for + n_conditional - 2 * n_against
    cell = {
        "row": "a",
        "column": "i",
        "n": n,
        "n_for": n_for,
        "n_conditional": n_conditional,
        "n_against": n_against,
        "n_neutral": n_neutral,
        "mean_stance": total / n if n else None,
    }
    cells = pd.DataFrame([cell])
    figure, axes = plt.subplots()
    tiles.draw_cells(axes, tiles.Grid(["a"], ["i"], 0, 0), cells, SCALE)
    (tile,) = axes.patches
    plt.close(figure)
    side, shape, strength = svg.pointing(next(cells.itertuples()), SCALE)
    assert to_hex(tile.get_edgecolor()) == tiles.COLOURS[side]
    assert shape == SIDES[side].shape and 0.45 <= strength <= 1


@pytest.mark.parametrize(
    "mean, scale, expected",
    [
        (2, [-2, 2], 1),
        (0, [-2, 2], 0),
        (-1, [-2, 2], 0.5),
        (3, [1, 5], 0),
        (1, [1], 1),
        (None, [-2, 2], None),
    ],
)
def test_strength_is_the_distance_from_the_middle_of_the_scale(mean, scale, expected):
    assert strength_of(mean, pd.Series(scale)) == expected
