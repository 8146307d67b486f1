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
    """A stratum has as many rows as it says it has articles.

    More articles than rows where it was drawn from a corpus that lies outside the case: then every
    row of the stratum says the same number.
    """
    rows = _rows(raw)
    here = Counter(stratum for _, stratum, *_ in rows)
    told = {stratum: size for _, stratum, size, *_ in reversed(rows)}
    is_outside = len(raw.tables["machine_totals"]) > 0
    for number, stratum, size, *_ in rows:
        expected = f"{here[stratum]}, the rows of the stratum {shown(stratum)}"
        is_right = size == here[stratum]
        if is_outside:
            expected = f"{told[stratum]}, as its first row says, and no fewer than its rows"
            is_right = size == told[stratum] and here[stratum] <= size
        if not is_right:
            yield Problem(raw.files["sample"], number, "n_stratum", str(size), expected)


def _probabilities_are_those_of_the_drawing(raw: RawCase) -> Iterator[Problem]:
    """A probability is the share of the stratum that was drawn."""
    rows = _rows(raw)
    drawn = Counter(stratum for _, stratum, _, _, place in rows if place > 0)
    for number, stratum, size, probability, _ in rows:
        share = drawn[stratum] / max(size, 1)
        if abs(probability - share) > CLOSE:
            expected = f"{share:.6f}: {drawn[stratum]} drawn of {size}"
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
