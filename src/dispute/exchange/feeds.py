"""Atom feeds (RFC 4287): their elements, and what they lead to.

A feed is copied to more than one place; only its links depend on where it stands.
"""

import xml.etree.ElementTree as ET
from typing import NamedTuple

NAMESPACE = "http://www.w3.org/2005/Atom"
NAME = f"{{{NAMESPACE}}}"
# So that the elements of Atom are written without a prefix.
ET.register_namespace("", NAMESPACE)


class Leads(NamedTuple):
    """What a feed leads to: the page that tells the same, and itself."""

    page: str
    itself: str


# Of a feed that stands in the site, and of the one that is kept beside it.
IN_SITE = Leads("../changes.html", "changes.atom")
KEPT = Leads("site/changes.html", "changes.atom")


def leads(address: str, near: Leads) -> Leads:
    """What the feed of a case leads to: pages below the address of its report, if it has one.

    They lie below an address that ends with a slash; with another one (such as a DOI), or none, the
    feed leads to what is `near`, from its own place.
    """
    if not address.endswith("/"):
        return near
    return Leads(f"{address}changes.html", f"{address}data/changes.atom")


def linked(feed: str, to: Leads) -> str:
    """A feed that `with_links` made, to stand at another place: only its links are other ones.

    Raises ValueError where it is no XML.
    """
    try:
        return with_links(ET.fromstring(feed), to)
    except ET.ParseError as error:
        raise ValueError(f"no feed: {error}") from error


def with_links(feed: ET.Element, to: Leads) -> str:
    """The text of a feed: of itself and of each entry, the links stand after title, id and time."""
    page = {"rel": "alternate", "type": "text/html", "href": to.page}
    itself = {"rel": "self", "type": "application/atom+xml", "href": to.itself}
    for element in (feed, *feed.findall(f"{NAME}entry")):
        for link in element.findall(f"{NAME}link"):
            element.remove(link)
        element.insert(3, ET.Element(f"{NAME}link", page))
    feed.insert(4, ET.Element(f"{NAME}link", itself))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"
