"""Rules of a sample: that it is one, with the probabilities that it says.

A rule is one function that yields its problems; `RULES` lists them. `dispute draw` writes samples
that keep to them; a hand that mends one may not.
"""

from collections import Counter
from collections.abc import Iterator

from helpers.case.problems import Problem, shown
from helpers.case.raw_case import RawCase

# How far a probability may be from the share that was drawn: it is written with six decimals.
CLOSE = 1e-6
# A row of a sample: its number, stratum, size of the stratum, probability and place.
Row = tuple[int, str, int, float, int]


def _rows(raw: RawCase) -> list[Row]:
    """The rows whose numbers are some; the others are told as faults of their cells."""
    rows: list[Row] = []
    for number, cells in raw.rows("sample", "stratum", "n_stratum", "probability", "place"):
        stratum, *numbers = cells
        try:
            size, probability, place = int(numbers[0]), float(numbers[1]), int(numbers[2])
        except ValueError:
            continue
        rows.append((number, stratum, size, probability, place))
    return rows


def _strata_are_whole(raw: RawCase) -> Iterator[Problem]:
    """A stratum has as many rows as it says it has articles."""
    rows = _rows(raw)
    sizes = Counter(stratum for _, stratum, *_ in rows)
    for number, stratum, size, *_ in rows:
        if size != sizes[stratum]:
            expected = f"{sizes[stratum]}, the rows of the stratum {shown(stratum)}"
            yield Problem(raw.files["sample"], number, "n_stratum", str(size), expected)


def _probabilities_are_those_of_the_drawing(raw: RawCase) -> Iterator[Problem]:
    """A probability is the share of the stratum that was drawn."""
    rows = _rows(raw)
    sizes = Counter(stratum for _, stratum, *_ in rows)
    drawn = Counter(stratum for _, stratum, _, _, place in rows if place > 0)
    for number, stratum, _, probability, _ in rows:
        share = drawn[stratum] / sizes[stratum]
        if abs(probability - share) > CLOSE:
            expected = f"{share:.6f}: {drawn[stratum]} drawn of {sizes[stratum]}"
            yield Problem(raw.files["sample"], number, "probability", f"{probability:g}", expected)


def _places_count_the_drawn(raw: RawCase) -> Iterator[Problem]:
    """The drawn articles are numbered from 1, each number once; every other has the place 0."""
    places = {number: place for number, _, _, _, place in _rows(raw) if place != 0}
    times = Counter(places.values())
    for number, place in places.items():
        if not 1 <= place <= len(places) or times[place] > 1:
            expected = f"each number from 1 to {len(places)} once, or 0"
            yield Problem(raw.files["sample"], number, "place", str(place), expected)


RULES = (
    _strata_are_whole,
    _probabilities_are_those_of_the_drawing,
    _places_count_the_drawn,
)
