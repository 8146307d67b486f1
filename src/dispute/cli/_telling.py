"""What a verb says: lines without anything that a terminal would obey.

Every verb prints by `tell`: words of a case, a database or a call may hold escape sequences.
"""

import sys
from typing import TextIO

from helpers.words import printable


def tell(*lines: object, to: TextIO | None = None) -> None:
    """Print lines, to standard output where nothing else is named; each stays a line of its own."""
    for text in lines:
        for line in str(text).split("\n"):
            print(printable(line), file=to or sys.stdout)
