"""A table of changes as an Atom feed (RFC 4287)."""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pandas as pd

from dispute.changes.listing import first_of_each
from dispute.exchange.feeds import NAME, Leads, with_links

# What ids are made from besides words. It stays, so that nobody is shown an entry twice.
ROOT = "changes.html"


def atom(
    table: pd.DataFrame, title: str, to: Leads, updated: str, authors: Sequence[str] = ()
) -> str:
    """Atom of a table of changes: an entry for each sentence; of many of a kind for the first.

    Of each kind that has more, an entry says how many.

    `to` is what it leads to, `updated` an RFC 3339 time for all. A feed has to name an author:
    where there is none, it is the title. What a feed reader tells entries apart by is made from
    title, time and sentence.
    """

    def named(words: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{ROOT} {title} {words}").urn

    feed = ET.Element(f"{NAME}feed")
    _add(feed, title=f"{title}: what changed", id=named("changes"), updated=updated)
    for author in authors or [title]:
        _add(ET.SubElement(feed, f"{NAME}author"), name=author)
    first, more = first_of_each(table)
    entries = [
        (row.sentence, f"{row.change_id} {row.sentence}", f"Evidence: {row.evidence}")
        for row in first.itertuples()
    ]
    entries += [(f"And {words}.", words, "All stand in the table of changes.") for words in more]
    for sentence, told, summary in entries:
        entry = ET.SubElement(feed, f"{NAME}entry")
        identity = named(f"{updated} {told}")
        _add(entry, title=sentence, id=identity, updated=updated, summary=summary)
    return with_links(feed, to)


def _add(element: ET.Element, **texts: str) -> None:
    """Elements that hold a text, by their names."""
    for name, text in texts.items():
        ET.SubElement(element, NAME + name).text = text
