"""Pages of the site: a checked case, its tables and the templates to the sources that Sphinx reads. Text in, text out; no file is touched.

A template is HTML that Jinja fills, escaping every value. `markdown` then turns `h1` and `h2` into headings, so that Sphinx knows them, and hands all
else on as it is: nothing from an article, a name or a note is ever read as markup.
"""

import html
import json
import re

import jinja2
import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from dispute.site import explore, svg
from dispute.site import passages as units
from helpers import words as passages
from helpers.case.schema import SCHEMA, fields
from helpers.dates import edtf as dates

PAGES = {
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
LEADS = {
    "1_corpus": "evidence",
    "2_actor_network": "network",
    "3_chronology": "chronology",
    "4_stance_tables": "stances",
}  # a notebook, and the page that shows the same with links


def sources(found, tables, templates, coder, books, parameters, files, changes=None):
    """Every page as `{path below the folder of sources: text}`, to be written there before Sphinx runs.

    `found`: the case. `tables`: the processed tables by name. `templates`: file name to text (`reports/source/_pages`). `coder`: the pass that the tables
    were made from; only its passages are quoted. `books`: notebook name to the executed notebook (its JSON); `parameters`: name to the values it was given.
    `files`: downloads besides the tables, name to meaning. `changes`: what changed since the last run (sentence, evidence), where that is known.
    """
    site = explore.Site(found, tables, coder)
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "tie": explore.tie,
        "counted": passages.counted,
        "number": lambda value: "–" if pd.isna(value) else f"{value:.3f}",
    }
    shared = {
        "site": site,
        "case": found,
        "tables": tables,
        "NETWORKS": explore.NETWORKS,
        "coder": coder,
        "svg": _Drawn(),
        "wording": dates.wording,
        "basis": units.BASIS,
    }
    titles = {name: _title(book, name) for name, book in books.items()}
    shared["books"] = titles

    def page(template, name, children=(), **values):
        made[f"{name}.md"] = markdown(
            environment.get_template(f"{template}.html").render(
                **shared, root="../" * name.count("/"), **values
            ),
            children,
        )

    made = {}
    networks = [
        network for network in explore.NETWORKS if (tables["edges"].network == network).any()
    ]
    menu = {**PAGES, **({} if changes is None else {"changes": "Changes"})}
    page(
        "index",
        "index",
        [f"{title} <{name}>" for name, title in menu.items()],
        findings=[_finding(row, site) for row in tables["findings"].itertuples()],
    )
    page("network", "network", [f"ties/{network}" for network in networks], networks=networks)
    for network in networks:
        page("ties", f"ties/{network}", network=network)
    page("chronology", "chronology", ["events", "findings"])
    page("events", "events")
    page(
        "findings",
        "findings",
        findings=[_finding(row, site) for row in tables["findings"].itertuples()],
    )
    page("stances", "stances")
    page("people", "people", [f"people/{actor}" for actor in site.by_name()])
    for actor in found.actors.to_dict("records"):
        page("person", f"people/{actor['actor_id']}", actor=actor)
    page("evidence", "evidence", [f"evidence/{article.article_id}" for article in site.articles()])
    for article in site.articles():
        page("article", f"evidence/{article.article_id}", article=article)
    page("method", "method", rules=rules(found.rules))
    page(
        "data",
        "data",
        schema=SCHEMA["processed"],
        fields=fields,
        files={"articles.bib": "the articles as references, for a reference manager", **files},
    )
    if changes is not None:
        page("changes", "changes", changes=changes)
    page("notebooks", "notebooks", list(titles), parameters=parameters)
    for name, book in books.items():
        words = environment.get_template("notebook.html").render(
            **shared, root="", name=name, given=parameters[name], lead=LEADS.get(name)
        )
        made[f"{name}.ipynb"] = with_note(book, raw(words))
        made[f"extra/notebooks/{name}.ipynb"] = _json(
            {
                **book,
                "cells": [
                    {**cell, "outputs": [], "execution_count": None}
                    if cell["cell_type"] == "code"
                    else cell
                    for cell in book["cells"]
                ],
            }
        )
    return made | {"extra/data/articles.bib": bibtex(found)}


def markdown(page, children=()):
    """The HTML of a page as MyST Markdown: headings of the first and second degree, and raw HTML between them; `children` are the pages below it."""
    first, *rest = re.split(r"<(h[12])>(.*?)</\1>", page, flags=re.S)
    lines = [raw(first)]
    for degree, heading, body in zip(rest[::3], rest[1::3], rest[2::3]):
        lines += [
            f"{'#' * int(degree[1])} {passages.plain(html.unescape(re.sub('<[^>]*>', '', heading)))}",
            "",
            raw(body),
        ]
    if children:
        lines += ["```{toctree}", ":hidden:", "", *children, "```", ""]
    return "\n".join(lines)


def raw(words):
    """HTML as a MyST block that is not read. Without a backtick in it, nothing can end the block before its end."""
    words = words.replace("`", "&#96;").strip()
    return f"```{{raw}} html\n{words}\n```\n" if words else ""


def rules(text):
    """The rules of coding (plain CommonMark with tables) as HTML; raw HTML in them stays text, a picture becomes a link. Their own first heading goes."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    made = re.sub(r"\A\s*<h1>.*?</h1>", "", reader.render(text), flags=re.S)
    return Markup(
        made.replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>")
        .replace("<table>", '<div class="table-scroll"><table class="table">')
        .replace("</table>", "</table></div>")
    )


def with_note(book, note):
    """An executed notebook as JSON text, with a Markdown cell after its first one, and no empty heading in the tables of pandas: a screen reader would read it."""
    cell = {"cell_type": "markdown", "id": "how-to-run-this", "metadata": {}, "source": note}
    return re.sub(
        r"<th[^<>]*></th>",
        "<td></td>",
        _json({**book, "cells": [*book["cells"][:1], cell, *book["cells"][1:]]}),
    )


def _json(book):
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def bibtex(found):
    """The case and its articles as BibLaTeX entries; `date` is EDTF, which BibLaTeX reads."""
    entry = lambda kind, key, **fields: (
        f"@{kind}{{{key},\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        + "}\n"
    )
    clean = lambda text: "".join(
        {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}.get(
            c, "\\" + c if c in "{}%&#_$" else c
        )
        for c in " ".join(str(text).split())
    )
    case = entry(
        "dataset",
        "report",
        title=clean(found.title),
        subtitle=clean(found.subtitle),
        author=" and ".join("{" + clean(author) + "}" for author in found.authors),
    )
    return "\n".join(
        [
            case,
            *(
                entry(
                    "article",
                    a.article_id,
                    title="{" + clean(a.title) + "}",
                    journaltitle=clean(a.publisher),
                    date=a.published,
                    language=clean(a.language),
                    note=clean("Date: " + a.published_basis),
                )
                for a in found.articles.sort_values("article_id").itertuples()
            ),
        ]
    )


def _title(book, name):
    """The first heading of a notebook."""
    words = "".join(
        "".join(cell["source"]) + "\n" for cell in book["cells"] if cell["cell_type"] == "markdown"
    )
    heading = re.search(r"^# +(.+)$", words, flags=re.M)
    return heading[1].strip() if heading else name


def _finding(row, site):
    """A finding with its page, its passages, and what its figure is made from."""
    records, kind = units.of_ids(row.evidence, site.passages), row.finding_id.partition("-")[2]
    if kind == "change":
        records = sorted(records, key=units.place_in_time)
    return {
        "id": row.finding_id,
        "kind": kind,
        "sentence": row.sentence,
        "page": LEADS.get(row.page, row.page),
        "passages": records,
    }


class _Drawn:
    """The functions of `svg` for the templates, their text marked as safe."""

    def __getattr__(self, name):
        return lambda *given, **named: Markup(getattr(svg, name)(*given, **named))
