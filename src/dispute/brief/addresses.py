"""Addresses: where on the site the passages stand that the brief quotes."""

from functools import cache

from dispute.site import sections
from dispute.site.lookups import Site
from dispute.site.passages import Record
from dispute.site.places import Places, parted


class Addresses:
    """The addresses of pages of the site.

    They begin with the address of the case where pages lie below it, else with `root`: the way from
    the brief to the site beside it.
    """

    def __init__(self, site: Site, root: str) -> None:
        self._site = site
        address = site.case.address
        self.root = address if address.endswith("/") else root
        self._to = cache(self._places)

    def page(self, name: str) -> str:
        """A page that is not parted."""
        return f"{self.root}{name}.html"

    def passage(self, record: Record) -> str:
        """A passage on the page of its article."""
        article = record["article_id"]
        name = f"evidence/{article}"
        return self._to(article).to(self.root)(name, record["anchor"])

    def called(self, record: Record) -> str:
        """What the article of a passage is called: its publisher and its date."""
        article = self._site.article(record["article_id"])
        name = self._site.called(article.article_id)
        return name if article.publisher else name[:1].upper() + name[1:]

    def _places(self, article: str) -> Places:
        places = Places()
        places.add(f"evidence/{article}", parted(sections.of_article(self._site, article)))
        return places
