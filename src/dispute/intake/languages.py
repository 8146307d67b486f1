"""The languages of a text, as far as its own words tell them; offline and the same every time."""

import re
from collections import Counter
from functools import cache
from typing import Any

# Words of a passage by which a language is told, words and share of a text that it must have.
PASSAGE, LEAST, SHARE = 8, 12, 0.08
# How sure the identifier has to be of a passage, and of the text as a whole.
SURE = 0.9
UNKNOWN = ("und",)
# Characters of a text that are looked at.
LONGEST = 200_000


def languages_of(text: str) -> tuple[str, ...]:
    """The languages of a text (BCP 47), the one with most words first; `und` where not known.

    Each passage (a paragraph, its quotations apart) is judged for itself, so that a speech in
    another language is found.
    """
    words: Counter[str] = Counter()
    for passage in passages(text[:LONGEST]):
        number = len(passage.split())
        tag, sure = _identifier().classify(passage)
        if number >= PASSAGE and sure >= SURE:
            words[tag] += number
    total = sum(words.values())
    if total < LEAST:
        return UNKNOWN
    found = [tag for tag, number in words.most_common() if number >= max(LEAST, SHARE * total)]
    return tuple(found) or UNKNOWN


def passages(text: str) -> list[str]:
    """The paragraphs of a text, what stands in quotation marks apart."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", text):
        flat = " ".join(paragraph.split())
        parts += re.split(r"[“”„«»\"]", flat)
    return [part.strip() for part in parts if part.strip()]


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
