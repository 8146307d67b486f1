"""The articles that a case has already, as new ones are compared with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dispute.intake import furniture
from dispute.intake.drafts import FETCHED
from helpers.case.articles import Articles, read_articles
from helpers.case.files import read_bytes

# Bytes of a record of a page.
BYTES = 1_000_000


@dataclass
class Corpus:
    """The names of all files there, and by id: text, words without furniture, publisher and date.

    `keys` are the lines of each, as `furniture.line_keys` gives them; `addresses` those from which
    a page was fetched, with the article's id.
    """

    names: set[str]
    texts: dict[str, str]
    words: dict[str, str]
    keys: dict[str, set[str]]
    publishers: dict[str, str]
    dates: dict[str, str]
    addresses: dict[str, str]


def read_corpus(folder: Path) -> Corpus:
    """The articles of a case folder; what of them is faulty is left to `dispute check`."""
    read, _ = read_articles(folder)
    home = folder / "articles"
    rows = read.table.fillna("").to_dict("records")
    return Corpus(
        names={path.name.casefold() for path in home.iterdir()} if home.is_dir() else set(),
        texts=read.texts,
        words={name: _own_words(read, name) for name in read.texts},
        keys={name: furniture.line_keys(text) for name, text in read.texts.items()},
        publishers={row["article_id"]: row["publisher"] for row in rows},
        dates={row["article_id"]: row["published"] for row in rows},
        addresses=dict(_addresses(home)),
    )


def _addresses(home: Path) -> Iterator[tuple[str, str]]:
    """The address of each page that was fetched, with its article; a broken record has none."""
    for path in sorted(home.glob(f"*{FETCHED}")):
        try:
            address = json.loads(read_bytes(path, BYTES))["address"]
        except (OSError, ValueError, TypeError, LookupError):
            continue
        if isinstance(address, str):
            yield address, path.name.removesuffix(FETCHED)


def _own_words(read: Articles, name: str) -> str:
    parts, place, text = [], 0, read.texts[name]
    for span in sorted(read.furniture.get(name, [])):
        parts.append(text[place : span.start])
        place = max(place, span.end)
    return "\n".join([*parts, text[place:]])
