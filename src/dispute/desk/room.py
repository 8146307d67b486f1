"""The one desk of a process: the case, the coder, and the sitting that all handlers share."""

from pathlib import Path

from dispute.desk.reading import Library


class Desk:
    """What the handlers ask."""

    def __init__(self, folder: Path, coder: str, adjudicates: bool = False) -> None:
        self.folder = folder
        self.coder = coder
        self.adjudicates = adjudicates
        self.library = Library(folder, coder)

    def close(self) -> None:
        """Nothing is left to write."""
