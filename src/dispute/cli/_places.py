"""Places that a verb writes to."""

from pathlib import Path


def expect_new(path: Path) -> None:
    """Raise ValueError where something stands at a path already."""
    if path.exists():
        expected = "the name of something new, so that nothing is overwritten"
        raise ValueError(f"{path}: is there already; expected {expected}")
