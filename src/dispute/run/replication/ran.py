"""What a run hands over for REPLICATION.md, besides the case and its tables."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

README = Path("README.md")
# What a project may hold besides, and what is said from it, or of it.
BESIDE = (
    README,
    Path("docs/numbers.csv"),
    Path("docs/language-models.md"),
    Path("docs/growth.md"),
    Path("data/raw/README.md"),
)


class Ran(NamedTuple):
    """The notebooks of a run: the path of each, the folder of what it made, its parameters."""

    books: Mapping[str, Path]
    made: Mapping[str, Path]
    given: Mapping[str, Mapping[str, Any]]
