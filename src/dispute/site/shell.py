"""The shell: the templates filled, and the frame that all pages have around them.

A template is HTML that Jinja fills, escaping every value: nothing from an article, a name or a note
is ever read as markup. `base.html` is the frame; what it is given as `body` has been filled.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import jinja2
import pandas as pd
from markupsafe import Markup, escape

from dispute.site import figures, notebook, prose, search, sections, state, svg
from dispute.site.cite import Cites
from dispute.site.events import LINE, Events, event_anchor
from dispute.site.lookups import Site
from dispute.site.networks import NETWORKS, OPINIONS
from dispute.site.panels import Panels
from dispute.site.passages import BASIS, first_words
from dispute.site.places import Part, Places, Section, file_of
from dispute.site.stances import Stances
from dispute.site.story import ACTORS, ENTRIES, Story
from dispute.site.ties import CITED, DRAWN, ISSUES, STRONGEST, Ties
from helpers.analysis.rankings import CAUTION
from helpers.case.licences import licence_of
from helpers.case.selection import publication
from helpers.dates.edtf import wording
from helpers.figures import legend
from helpers.figures.style import DIRECTED
from helpers.words import counted, languages

MENU = {
    "story": "Story",
    "network": "Network",
    "chronology": "Chronology",
    "stances": "Stances",
    "people": "People",
    "evidence": "Evidence",
    "method": "Method",
    "data": "Data",
    "glossary": "Glossary",
    "notebooks": "Notebooks",
}
# The templates whose pages the search finds by their sections: they are few, however large a case.
TOLD = {"index", "story", "method", "data", "glossary", "corrections", "cite", "notebook"}


@dataclass(frozen=True)
class Page:
    """A page before it is filled: its address without `.html`, its template, title and menu.

    `sections` is what grows on it; `values` what its template asks for besides what all share.
    """

    name: str
    template: str
    title: str
    menu: str = ""
    sections: list[Section] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


class Sources(NamedTuple):
    """What a site is made from besides a case and its tables.

    `templates`: file name to text. `glossary`: Markdown. `books`: notebook name to the executed
    notebook (its JSON). `parameters`: notebook name to the values it was given. `tables`: table to
    its files, the whole one first. `files`: downloads besides the tables, name to meaning.
    `changes`: what changed since the last run (sentence, page, evidence); None where there is to be
    no page of changes. `lines`: notebook name to what one types to run it again; where there is
    none, none is shown.
    """

    templates: Mapping[str, str]
    glossary: str
    books: Mapping[str, notebook.Notebook]
    parameters: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Sequence[str]]
    files: Mapping[str, str]
    changes: pd.DataFrame | None = None
    lines: Mapping[str, Sequence[str]] = {}


class Rooms:
    """The rooms that the templates ask, each under the name that they use."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.ties = Ties(site)
        self.events = Events(site)
        self.stances = Stances(site, site.tables["stance_table"])
        self.story = Story(site, self.ties)
        self.panels = Panels(site, self.ties)


class Shell:
    """What fills a part of a page and puts the frame around it.

    `told`: the sections of the pages filled so far that the search finds besides people and
    evidence.
    """

    def __init__(self, rooms: Rooms, sources: Sources, places: Places) -> None:
        self.places = places
        self.told: list[search.Section] = []
        self._templates = jinja2.Environment(
            loader=jinja2.DictLoader(dict(sources.templates)),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )
        self._templates.filters |= {
            # no line parts a number from its noun
            "counted": lambda n, noun: counted(n, noun).replace(" ", "\u00a0"),
            "typed": lambda words: Markup(html.escape(words, quote=False)),
            "curled": lambda words: Markup(prose.curled(str(escape(words)))),
            "slug": prose.slug,
            "number": lambda value: "–" if pd.isna(value) else f"{value:.3f}",
        }
        self._shared = _shared(rooms, sources)
        self._shared["drawn"] = rooms.events.drawn(places.to(""))
        self._shared["cites"] = self.cites = Cites(rooms.site, places.to(""))

    def filled(self, page: Page, part: Part, parts: list[Part]) -> str:
        """A part of a page as HTML."""
        root = "../" * file_of(page.name, part.number).count("/")
        given = self._shared | page.values | {"part": part, "root": root}
        given["to"] = self.places.to(root)
        given["known"] = lambda address: self.places.known(address, root)
        words = self._templates.get_template(f"{page.template}.html").render(given)
        if page.template != "notebook":
            words = prose.curled(words)
        body, contents = prose.with_anchors(words)
        if page.template in TOLD:
            self._tell(page, body)
        title = page.title if page.template == "article" else prose.curled(page.title)
        frame: dict[str, Any] = {"body": body, "contents": contents, "title": title}
        frame |= {"here": page.menu, "whole": page.name == page.menu}
        frame |= self._cited(page, body)
        frame["parts"] = [(file_of(page.name, one.number), _label(one)) for one in parts]
        return self._templates.get_template("base.html").render(given | frame)

    def panel(self, actor: Mapping[str, Any]) -> str:
        """The panel of an actor as HTML, to stand on a page at the root."""
        given = self._shared | {"actor": actor, "root": "", "to": self.places.to("")}
        return self._templates.get_template("panel.html").render(given)

    def _cited(self, page: Page, body: str) -> dict[str, Any]:
        """How a page and its figures are cited, and what its head says to machines."""
        is_article = page.template == "article"
        title = f"Passages of “{page.title}”" if is_article else page.title
        cited = self.cites.report() if page.name == "index" else self.cites.page(page.name, title)
        tags, described = self.cites.for_machines(page.name, title)
        figures_cited = self.cites.figures(page.name, body)
        heads = {"tags": tags, "described": described, "page_name": page.name}
        heads["summary"] = self.cites.summary(page.name, title)
        return {"cited": cited, "figures_cited": figures_cited} | heads

    def _tell(self, page: Page, body: str) -> None:
        for anchor, heading, text in prose.by_section(body):
            title = f"{page.title}: {heading}" if heading else page.title
            self.told.append(search.Section(page.name, anchor, title, text))


def _label(part: Part) -> str:
    return part.label or f"part {part.number}"


def _shared(rooms: Rooms, sources: Sources) -> dict[str, Any]:
    """What every template may ask for."""
    case = rooms.site.case
    licence = licence_of(case.licence)
    words = licence.title if licence.id == "other" else f"{licence.title} ({licence.id})"
    menu = MENU if sources.changes is None else {**MENU, "changes": "Changes"}
    numbers = {
        "STRONGEST": STRONGEST,
        "ISSUES": ISSUES,
        "CITED": CITED,
        "LINE": LINE,
        "ENTRIES": ENTRIES,
        "ACTORS": ACTORS,
        "most_lines": DRAWN,
    }
    numbers["ROWS"] = sections.ROWS
    numbers |= {"QUOTED": sections.QUOTED, "MOST_CITED": sections.MOST_CITED}
    return {
        **vars(rooms),
        **numbers,
        "case": case,
        "tables": rooms.site.tables,
        "coder": rooms.site.coder,
        "figures": figures,
        "legend": legend,
        "choices": state.choices(rooms.site),
        "svg": _Drawings(),
        "menu": menu,
        "licence": words if case.licence else "",
        "NETWORKS": NETWORKS,
        "OPINIONS": OPINIONS,
        "DIRECTED": DIRECTED,
        "CAUTION": CAUTION,
        "basis": BASIS,
        "wording": wording,
        "publication": publication,
        "event_anchor": event_anchor,
        "first_words": first_words,
        "languages": languages,
        "books": {name: notebook.title(book, name) for name, book in sources.books.items()},
        "lines": sources.lines,
        "downloads": sources.tables,
    }


class _Drawings:
    """The functions of `svg` for the templates, their text marked as safe."""

    FIRST = svg.FIRST

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        return lambda *given, **named: Markup(getattr(svg, name)(*given, **named))
