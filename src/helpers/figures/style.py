"""What all pictures share: colours, and which networks have arrows.

The colours are those of Okabe and Ito (2008), which the colour-blind tell apart.
"""

from collections import Counter
from collections.abc import Iterable

CAMPS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
QUIET = "#8a8a8a"
INK = "#1b1b1b"
DIRECTED = {"relation", "affiliation"}


def camps_by_size(camps: Iterable[str]) -> list[str]:
    """The camps of some actors, the one of most actors first; equal ones in the order of their ids.

    `camps`: the camp of each actor, empty for none, which gives no camp.
    """
    sizes = Counter(camp for camp in camps if camp)
    return sorted(sizes, key=lambda camp: (-sizes[camp], camp))
