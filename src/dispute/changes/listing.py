"""Of many changes the first of each kind, and how many more there are."""

import pandas as pd

# So many of a kind are told one by one.
LISTED = 15


def first_of_each(changes: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The first `LISTED` rows of each kind, in their order; and of each kind the rest, in words."""
    place = changes.groupby("kind").cumcount()
    left_out = changes.kind[place >= LISTED].value_counts(sort=False)
    return changes[place < LISTED], [
        f"{n:,} more of the kind {kind}" for kind, n in left_out.items()
    ]
