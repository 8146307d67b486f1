"""A table of changes as an Atom feed (RFC 4287)."""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pandas as pd

from dispute.changes.listing import first_of_each

NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(
    table: pd.DataFrame, title: str, link: str, updated: str, authors: Sequence[str] = ()
) -> str:
    """Atom of a table of changes: an entry for each sentence; of many of a kind for the first.

    Of each kind that has more, an entry says how many.

    `link` is the address of the page of changes, `updated` an RFC 3339 time for all. A
    feed has to name an author: where there is none, it is the title. What a feed
    reader tells entries apart by is made from link, time and sentence.
    """

    def named(words: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{link} {title} {words}").urn

    feed = ET.Element("feed", xmlns=NAMESPACE)
    _add(feed, title=f"{title}: what changed", id=named("changes"), updated=updated)
    ET.SubElement(feed, "link", href=link)
    for author in authors or [title]:
        ET.SubElement(ET.SubElement(feed, "author"), "name").text = author
    first, more = first_of_each(table)
    entries = [
        (row.sentence, f"{row.change_id} {row.sentence}", f"Evidence: {row.evidence}")
        for row in first.itertuples()
    ]
    entries += [(f"And {words}.", words, "All stand in the table of changes.") for words in more]
    for sentence, told, summary in entries:
        entry = ET.SubElement(feed, "entry")
        identity = named(f"{updated} {told}")
        _add(entry, title=sentence, id=identity, updated=updated, summary=summary)
        ET.SubElement(entry, "link", href=link)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add(element: ET.Element, **texts: str) -> None:
    """Elements that hold a text, by their names."""
    for name, text in texts.items():
        ET.SubElement(element, name).text = text
