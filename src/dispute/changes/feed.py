"""A table of changes as an Atom feed (RFC 4287)."""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pandas as pd

NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(
    table: pd.DataFrame, title: str, link: str, updated: str, authors: Sequence[str] = ()
) -> str:
    """Atom of a table of changes: an entry for each sentence.

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
    for row in table.itertuples():
        entry = ET.SubElement(feed, "entry")
        _add(
            entry,
            title=row.sentence,
            id=named(f"{updated} {row.change_id} {row.sentence}"),
            updated=updated,
            summary=f"Evidence: {row.evidence}",
        )
        ET.SubElement(entry, "link", href=link)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add(element: ET.Element, **texts: str) -> None:
    """Elements that hold a text, by their names."""
    for name, text in texts.items():
        ET.SubElement(element, name).text = text
