"""Pages of the site: from a checked case, its tables and the templates to the files of a site.

Text in, text out; no file is touched.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from dispute.changes import first_of_each
from dispute.messages import ENGLISH, languages, words
from dispute.site import notebook, panels, prose, sections
from dispute.site.kept import Kept
from dispute.site.lookups import Site
from dispute.site.networks import NETWORKS
from dispute.site.passages import in_time
from dispute.site.places import Places, Section, file_of, parted
from dispute.site.references import bibtex
from dispute.site.search import index
from dispute.site.shell import MENU, Page, Rooms, Shell, Sources
from helpers.analysis import machine_words
from helpers.analysis.answers import answers
from helpers.analysis.questions import QUESTIONS
from helpers.case.load import Case
from helpers.case.schema import SCHEMA, fields
from helpers.change.answers import answers as camps_and_change

# A notebook, and the page that shows the same with links.
LEADS = {
    "1_corpus": "evidence",
    "2_actor_network": "network",
    "3_chronology": "chronology",
    "4_stance_tables": "stances",
    "5_robustness": "findings",
    "6_machine_reading": "machine",
    "7_camps_and_change": "camps",
}
PICTURES = "pictures"
# What the sentences on camps and change are made from.
CAMPS_AND_CHANGE = ["camp_divisions", "camp_chance", "edge_intervals", "edge_changes", "phases"]


def site(
    case: Case,
    tables: Mapping[str, pd.DataFrame],
    coder: str,
    sources: Sources,
    kept: Kept | None = None,
) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the site: its path from the root, and its content.

    `tables`: the processed tables by name. `coder`: the pass that the tables were made from; only
    its passages are quoted, and the affiliations, which belong to no pass. `kept`: the pages of
    an earlier site; those that are still right are taken from it.
    """
    rooms = Rooms(Site(case, tables, coder))
    pages = list(_pages(rooms, sources))
    places, parts = Places(), {page.name: parted(page.sections) for page in pages}
    for page in pages:
        places.add(page.name, parts[page.name])
    shell = Shell(rooms, sources, places)
    kept = kept or Kept()
    news = "with news" if sources.changes is not None else "without"
    kept.begin(case, tables, coder, repr(places.later), repr(sources.tables), news)
    for page in pages:
        for part in parts[page.name]:
            file, fill = file_of(page.name, part.number), partial(shell.filled, page, part)
            yield file, kept.page(file, page, part, partial(fill, parts[page.name]))
        yield from page.values.get("pictures", {}).items()
    for actor in case.actors.to_dict("records"):
        yield f"people/{actor['actor_id']}.js", panels.script(actor["actor_id"], shell.panel(actor))
    yield "people.js", panels.names(rooms.site)
    for name, book in sources.books.items():
        yield f"notebooks/{name}.ipynb", _json(notebook.without_outputs(book))
    yield "data/articles.bib", bibtex(case)
    yield from index(rooms.site, places, shell.told)


def _pages(rooms: Rooms, sources: Sources) -> Iterator[Page]:
    """Every page, in the order in which they are written."""
    site, case, tables = rooms.site, rooms.site.case, rooms.site.tables
    findings = [_finding(row, site) for row in tables["findings"].itertuples()]
    yield Page("index", "index", case.title, values={"findings": findings})
    yield from _pages_of_menu(rooms, sources)
    for language in languages():
        title = words(language).told("Glossary")
        values = _glossary(sources, language)
        yield Page(f"glossary.{language}", "glossary", title, "glossary", [], values)
    yield Page("search", "search", "Search")
    yield Page("cite", "cite", "How to cite")
    for network in rooms.ties.networks:
        title = NETWORKS[network].heading
        rows = sections.of_ties(rooms.ties, network)
        yield Page(f"ties/{network}", "ties", title, "network", rows, {"network": network})
    yield from _pages_behind(rooms)
    yield Page("corrections", "corrections", "Corrections", "method")
    behind = sections.of_findings(findings)
    yield Page("findings", "findings", "Findings", "", behind)
    if sources.changes is not None:
        first, more = first_of_each(sources.changes)
        told = sections.of_changes(site, first)
        yield Page("changes", "changes", "Changes", "changes", told, {"more": more})
    for actor in case.actors.to_dict("records"):
        yield _person(rooms, actor)
    for article in site.articles():
        here, values = sections.of_article(site, article.article_id), {"article": article}
        name = f"evidence/{article.article_id}"
        yield Page(name, "article", article.title, "evidence", here, values)
    for name, book in sources.books.items():
        yield _notebook(name, book, sources.parameters[name])


def _pages_behind(rooms: Rooms) -> Iterator[Page]:
    """Pages that hold all of what another one shows a part of; none where there is nothing."""
    site, tables, events = rooms.site, rooms.site.tables, rooms.events
    if len(tables["network_measures"]):
        yield Page("measures", "measures", "Measures", "network", sections.of_measures(tables))
    if len(events.entries):
        yield Page("events", "events", "Events", "chronology", sections.of_events(events))
    if len(tables["camp_members"]):
        said = {"said": camps_and_change(*(tables[name] for name in CAMPS_AND_CHANGE))}
        yield Page("camps", "camps", "Camps and change", "network", sections.of_camps(site), said)
    if "machine_errors" in tables:
        values = {"reached": _reached(site)}
        grows = sections.of_machine(tables)
        yield Page("machine", "machine", "Machine reading", "method", grows, values)
    if site.decided():
        yield Page("decisions", "decisions", "Decisions", "method", sections.of_decisions(site))


def _pages_of_menu(rooms: Rooms, sources: Sources) -> Iterator[Page]:
    """The pages that the menu names: each has a template of its name.

    What grows on it, and what it shows besides what all pages share, stands here.
    """
    site = rooms.site
    grows: dict[str, Callable[[], list[Section]]] = {
        "story": rooms.story.sections,
        "chronology": lambda: sections.of_chronology(rooms.events),
        "stances": lambda: sections.of_stances(rooms.stances),
        "people": lambda: sections.of_people(site),
        "evidence": lambda: sections.of_evidence(site),
    }
    files = {"articles.bib": "the articles as references, for a reference manager"}
    values: dict[str, dict[str, Any]] = {
        "chronology": {"firsts": rooms.events.first_of_years()},
        "evidence": {"firsts": sections.first_of_years(site)},
        "method": {
            "rules": prose.rules(site.case.guide),
            "answers": answers,
            "QUESTIONS": QUESTIONS,
        },
        "data": {
            "schema": SCHEMA["processed"],
            "fields": fields,
            "files": {**files, **sources.files},
        },
        "glossary": _glossary(sources, ENGLISH),
        "notebooks": {"parameters": sources.parameters},
    }
    for name, title in MENU.items():
        growing = grows[name]() if name in grows else []
        yield Page(name, name, title, name, growing, values.get(name, {}))


def _glossary(sources: Sources, language: str) -> dict[str, Any]:
    """What the glossary shows in a language: words and meanings, and the other languages."""
    there = {tag: words(tag).name for tag in (ENGLISH, *languages()) if tag != language}
    own = words(language)
    defined = prose.definitions(sources.glossary, own.told)
    return {"definitions": defined, "words": own, "others": there, "_": own.told}


def _person(rooms: Rooms, actor: Mapping[str, Any]) -> Page:
    who = str(actor["actor_id"])
    growing = sections.of_person(rooms.site, rooms.ties, rooms.events, who)
    tied = any(section.anchor == "ties" for section in growing)
    values = {"actor": actor, "tied": tied}
    return Page(f"people/{who}", "person", str(actor["name"]), "people", growing, values)


def _notebook(name: str, book: notebook.Notebook, given: Mapping[str, Any]) -> Page:
    shown = notebook.show(name, book, PICTURES)
    values = {"name": name, "shown": shown, "given": given, "lead": LEADS.get(name)}
    title = notebook.title(book, name)
    return Page(name, "notebook", title, "notebooks", [], values | {"pictures": shown.pictures})


def _reached(site: Site) -> list[machine_words.Answer]:
    """What is said of each proposer, held against each coding of which the words are shown."""
    case, tables = site.case, site.tables
    codings = dict.fromkeys(tables["machine_groups"].standard)
    return [
        one
        for coding in codings
        for one in machine_words.answers(
            tables["machine_reading"], case.proposers, coding, case.developed_here
        )
    ]


def _finding(row: Any, site: Site) -> dict[str, Any]:
    """A finding with its kind, its page and its passages; those of a change in order of time."""
    records = site.of(row.evidence)
    if row.kind == "change":
        records = sorted(records, key=in_time)
    return {
        "id": row.finding_id,
        "kind": row.kind,
        "exploratory": row.exploratory,
        "sentence": site.plainly(row.sentence),
        "ended_by": site.plainly(row.ended_by),
        "note": site.plainly(row.margin_note),
        "ends": site.of(row.margin_rows),
        "page": LEADS.get(row.page, row.page),
        "passages": records,
    }


def _json(book: notebook.Notebook) -> str:
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
