"""Words as a line of a file that other programs read."""

import re

from helpers.case.cells import UNFIT


def one_line(text: object) -> str:
    """A text without the characters that no XML can hold, each run of blanks as one blank."""
    return re.sub("[\t\n\r ]+", " ", UNFIT.sub("", str(text)))
