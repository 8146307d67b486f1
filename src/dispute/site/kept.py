"""Pages of an earlier site that are still right: where a word changes, few pages show it.

The pages of actors, articles and ties are nearly all the pages of a site. Their templates find the
words of coded units in the rows of their sections alone. So such a page is still right where its
rows are as they were, and with them all else that a template may ask: the case and its tables
without those words, the places of all things, the templates and the code.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import NamedTuple

import pandas as pd

from dispute.site.places import Part
from dispute.site.shell import Page
from helpers.case.model import Case
from helpers.case.schema import CODED

# The templates of the pages that can be kept.
TEMPLATES = {"article", "measures", "person", "ties"}
# The columns of coded units that hold words.
WORDS = ["quote", "gloss", "note", "date_note", "alt_date_note", "date_words", "description"]
FRAMES = [field.name for field in fields(Case) if field.type is pd.DataFrame]


class Earlier(NamedTuple):
    """A site that was made before: the key of each page that can be kept, and its text by file."""

    keys: Mapping[str, str] = {}
    read: Callable[[str], str] = str


class Kept:
    """What decides whether a page is taken from an earlier site; `keys` are those of this one.

    `made_by`: code and templates, as a text.
    """

    def __init__(self, earlier: Earlier | None = None, made_by: str = "") -> None:
        self.keys: dict[str, str] = {}
        self._earlier = earlier or Earlier()
        self._common = [made_by]

    def begin(self, case: Case, tables: Mapping[str, pd.DataFrame], *more: str) -> None:
        """Take in what every page may show: case and tables without words, and some texts."""
        said = {name: value for name, value in vars(case).items() if name not in FRAMES}
        frames = {f"case {name}": getattr(case, name) for name in FRAMES}
        self._common += [_beside_words({**tables, **frames}), repr(said), *more]

    def page(self, file: str, page: Page, part: Part, fill: Callable[[], str]) -> str:
        """The text of a part of a page: that of the earlier site, or filled now."""
        if page.template not in TEMPLATES:
            return fill()
        rows = [
            (group.kind, group.key, group.begins, group.ends, len(group.section.items), group.items)
            for group in part.groups
        ]
        shown = (page.title, page.values, part.number, part.of, rows)
        self.keys[file] = _digest(*self._common, repr(shown))
        is_as_before = self._earlier.keys.get(file) == self.keys[file]
        return self._earlier.read(file) if is_as_before else fill()


def _beside_words(frames: Mapping[str, pd.DataFrame]) -> str:
    """A digest of tables, by name, without the words of coded units."""
    coded = {unit.table for unit in CODED.values()}
    texts = []
    for name, frame in sorted(frames.items()):
        is_coded = name.removeprefix("case ") in coded
        left_out = [column for column in WORDS if is_coded and column in frame]
        texts += [name, frame.drop(columns=left_out).to_csv(index=False)]
    return _digest(*texts)


def _digest(*texts: str) -> str:
    whole = hashlib.sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        whole.update(f"{len(content)}:".encode())
        whole.update(content)
    return whole.hexdigest()
