"""Actor names: where the articles name the actors, by the names as printed."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from helpers.case.schema import columns

PARAGRAPH = re.compile(r"[^\n]+")


def named(
    texts: Mapping[str, str],
    furniture: Mapping[str, Sequence[Sequence]],
    aliases: pd.DataFrame,
) -> pd.DataFrame:
    """Every printed name of an actor in the articles' own text: the table `actor_mentions`.

    One row each, with the paragraph it stands in; `passage_id` is `article_id:start-end` in code
    points. `texts`: article_id to text. `furniture`: article_id to spans `(start, end, …)` that are
    left out. `aliases`: columns alias, actor_id, article_id; a name counts only in the article it
    was seen in, as a whole word, the longest name first.
    """
    rows = []
    for article, known in aliases.groupby("article_id", sort=True):
        actors = dict(zip(known.alias, known.actor_id, strict=True))
        pattern = _whole_words(actors)
        text, spans = texts[article], furniture.get(article, [])
        for paragraph in PARAGRAPH.finditer(text):
            passage = f"{article}:{paragraph.start()}-{paragraph.end()}"
            for name in pattern.finditer(text, *paragraph.span()):
                if not _overlaps(name.span(), spans):
                    rows.append((article, passage, actors[name[0]], name[0], *name.span()))
    return pd.DataFrame(rows, columns=columns("actor_mentions"))


def _whole_words(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern of these names as whole words, the longest first."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def _overlaps(name: tuple[int, int], spans: Sequence[Sequence]) -> bool:
    return any(name[0] < end and start < name[1] for start, end, *_ in spans)
