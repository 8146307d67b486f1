"""Mentions: where the articles name the actors, by the names as printed."""

import re

import pandas as pd

COLUMNS = ["article_id", "passage_id", "actor_id", "alias", "start", "end"]


def named(texts, furniture, aliases):
    """Every printed name of an actor in the articles' own text, one row each, with the paragraph it stands in.

    `texts`: article_id to text. `furniture`: article_id to spans `(start, end, …)` that are left out. `aliases`: columns alias,
    actor_id, article_id; a name counts only in the article it was seen in, as a whole word, the longest name first.
    `passage_id` is `article_id:start-end` in code points.
    """
    rows = []
    for article, known in aliases.groupby("article_id", sort=True):
        actors = dict(zip(known.alias, known.actor_id))
        longest = sorted(actors, key=lambda name: (-len(name), name))
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
        for paragraph in re.finditer(r"[^\n]+", texts[article]):
            passage = f"{article}:{paragraph.start()}-{paragraph.end()}"
            for match in pattern.finditer(texts[article], *paragraph.span()):
                if not any(
                    match.start() < end and start < match.end()
                    for start, end, *_ in furniture.get(article, [])
                ):
                    rows.append((article, passage, actors[match[0]], match[0], *match.span()))
    return pd.DataFrame(rows, columns=COLUMNS)
