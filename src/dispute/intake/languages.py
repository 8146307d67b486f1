"""The languages of a text, as far as its own words tell them; offline and the same every time."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

# Words of a passage that is judged, and the share of a text's words that a language must have.
PASSAGE, SHARE = 8, 0.05
# How sure the identifier has to be of a passage.
SURE = 0.6
# Letters of scripts that put no blanks between words: two of them count as a word.
UNPARTED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
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
        number = len(passage.split()) + len(UNPARTED.findall(passage)) // 2
        tag, sure = _identifier().classify(passage)
        if number >= PASSAGE and sure >= SURE:
            words[tag] += number
    total = sum(words.values())
    found = [tag for tag, number in words.most_common() if number >= SHARE * total]
    return tuple(found) or UNKNOWN


def likeliest(words: str, tags: Sequence[str]) -> str:
    """Which of some languages a passage is in, by its words; the first where none is likelier."""
    if len(tags) < 2 or not words:
        return tags[0] if tags else ""
    ranked = [tag for tag, _ in _identifier().rank(words[:LONGEST])]
    known = [tag for tag in tags if tag.partition("-")[0].lower() in ranked]
    return min(known or tags, key=lambda tag: _rank(ranked, tag))


def _rank(ranked: Sequence[str], tag: str) -> int:
    name = tag.partition("-")[0].lower()
    return ranked.index(name) if name in ranked else len(ranked)


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
