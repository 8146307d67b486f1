"""Messages: the words of glossary and exercise in other languages, one PO file a language.

A PO file (GNU gettext) holds each English text with its translation, so that another language is a
file away: `LANGUAGE.po` in `templates/messages`, with the same texts. What it lacks stays English.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "templates/messages"
ENGLISH = "en"


class Words(NamedTuple):
    """The words of a language: its tag, its own name, and what gives a text in it."""

    language: str
    name: str
    told: Callable[[str], str]

    @property
    def is_translated(self) -> bool:
        """Whether they are a translation."""
        return self.language != ENGLISH


def languages() -> list[str]:
    """The languages besides English, by their tags."""
    return sorted(path.stem for path in FOLDER.glob("*.po"))


@cache
def words(language: str) -> Words:
    """The words of a language. Raises ValueError where there is no file for it."""
    if language == ENGLISH:
        return Words(ENGLISH, "English", lambda text: text)
    if language not in languages():
        known = ", ".join([ENGLISH, *languages()])
        raise ValueError(f"language {language!r}: expected one of {known}")
    from babel import Locale
    from babel.messages.pofile import read_po

    with open(FOLDER / f"{language}.po", "rb") as file:
        catalog = read_po(file, locale=language)
    known_words = {str(entry.id): str(entry.string) for entry in catalog if entry.id}
    name = str(Locale.parse(language).display_name)
    return Words(language, name, lambda text: known_words.get(text) or text)
