"""Pages of the site: from a checked case, its tables and the templates to what Sphinx reads.

Text in, text out; no file is touched. A template is HTML that Jinja fills, escaping every value.
`markdown` then turns `h1` and `h2` into headings, so that Sphinx knows them, and hands all else on
as it is: nothing from an article, a name or a note is ever read as markup.
"""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from dispute.site import explore, passages, svg
from helpers.analysis.answers import answers
from helpers.analysis.questions import QUESTIONS
from helpers.analysis.rankings import CAUTION
from helpers.case.load import Case
from helpers.case.schema import SCHEMA, fields
from helpers.case.selection import publication
from helpers.dates.edtf import wording
from helpers.words import counted, plain

Notebook = dict[str, Any]

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
# What TeX reads as a command, and how it is written as a character.
TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {"<": r"\textless{}", ">": r"\textgreater{}"}
    | {character: "\\" + character for character in "{}%&#_$"}
)
# A notebook, and the page that shows the same with links.
LEADS = {
    "1_corpus": "evidence",
    "2_actor_network": "network",
    "3_chronology": "chronology",
    "4_stance_tables": "stances",
    "5_robustness": "findings",
}


def sources(
    case: Case,
    tables: Mapping[str, pd.DataFrame],
    templates: dict[str, str],
    coder: str,
    books: dict[str, Notebook],
    parameters: Mapping[str, Mapping[str, Any]],
    files: dict[str, str],
    changes: pd.DataFrame | None = None,
    lines: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, str]:
    """Every page, notebook and reference file, to be written before Sphinx runs.

    Returns its path below the folder of sources, and its text.

    `tables`: the processed tables by name. `templates`: file name to text
    (`reports/source/_pages`). `coder`: the pass that the tables were made from; only its passages
    are quoted, and the affiliations, which belong to no pass. `books`: notebook name to the
    executed notebook (its JSON). `parameters`: notebook name to the values it was given.
    `files`: downloads besides the tables, name to meaning. `changes`: what changed since the last
    run (sentence, page, evidence); None where there is to be no page of changes. `lines`: notebook
    name to what one types to run it again; where there is none, none is shown.
    """
    site = explore.Site(case, tables, coder)
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "tie": explore.tie,
        "counted": counted,
        "number": lambda value: "–" if pd.isna(value) else f"{value:.3f}",
    }
    titles = {name: _title(book, name) for name, book in books.items()}
    shared: dict[str, Any] = {
        "site": site,
        "case": case,
        "tables": tables,
        "NETWORKS": explore.NETWORKS,
        "CAUTION": CAUTION,
        "coder": coder,
        "svg": _Drawings(),
        "wording": wording,
        "publication": publication,
        "basis": passages.BASIS,
        "books": titles,
        "lines": lines or {},
    }
    texts: dict[str, str] = {}

    def page(template: str, name: str, children: Sequence[str] = (), **values: Any) -> None:
        words = environment.get_template(f"{template}.html").render(
            **shared, root="../" * name.count("/"), **values
        )
        texts[f"{name}.md"] = markdown(words, children)

    findings = [_finding(row, site) for row in tables["findings"].itertuples()]
    networks = [
        network for network in explore.NETWORKS if (tables["edges"].network == network).any()
    ]
    menu = {**PAGES, **({} if changes is None else {"changes": "Changes"})}
    # A page of the menu has a template of its name; what it shows besides what all share, and the
    # pages below it, stand here.
    files = {"articles.bib": "the articles as references, for a reference manager", **files}
    values: dict[str, dict[str, Any]] = {
        "network": {"networks": networks},
        "method": {"rules": rules(case.guide), "answers": answers, "QUESTIONS": QUESTIONS},
        "data": {"schema": SCHEMA["processed"], "fields": fields, "files": files},
        "notebooks": {"parameters": parameters},
        "changes": {"changes": changes},
    }
    below: dict[str, list[str]] = {
        "network": [f"ties/{network}" for network in networks],
        "chronology": ["events", "findings"],
        "method": ["corrections"],
        "people": [f"people/{actor}" for actor in site.by_name()],
        "evidence": [f"evidence/{article.article_id}" for article in site.articles()],
        "notebooks": list(titles),
    }
    page("index", "index", [f"{title} <{name}>" for name, title in menu.items()], findings=findings)
    for name in menu:
        if f"{name}.html" in templates:
            page(name, name, below.get(name, []), **values.get(name, {}))
    for network in networks:
        page("ties", f"ties/{network}", network=network)
    page("events", "events")
    page("corrections", "corrections")
    page("findings", "findings", findings=findings)
    for actor in case.actors.to_dict("records"):
        page("person", f"people/{actor['actor_id']}", actor=actor)
    for article in site.articles():
        page("article", f"evidence/{article.article_id}", article=article)
    for name, book in books.items():
        words = environment.get_template("notebook.html").render(
            **shared, root="", name=name, given=parameters[name], lead=LEADS.get(name)
        )
        texts[f"{name}.ipynb"] = with_note(book, raw(words))
        texts[f"extra/notebooks/{name}.ipynb"] = _json(_without_outputs(book))
    return texts | {"extra/data/articles.bib": bibtex(case)}


def _without_outputs(book: Notebook) -> Notebook:
    empty: dict[str, Any] = {"outputs": [], "execution_count": None}
    return {
        **book,
        "cells": [
            {**cell, **empty} if cell["cell_type"] == "code" else cell for cell in book["cells"]
        ],
    }


def markdown(page: str, children: Sequence[str] = ()) -> str:
    """The HTML of a page as MyST Markdown.

    Headings of the first and second degree without attributes become headings of Markdown, in
    plain text; what stands between them stays raw HTML. `children`: names of the pages below it.
    """
    first, *rest = re.split(r"<(h[12])>(.*?)</\1>", page, flags=re.S)
    lines = [raw(first)]
    for degree, heading, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        words = html.unescape(re.sub("<[^>]*>", "", heading))
        lines += [f"{'#' * int(degree[1])} {plain(words)}", "", raw(body)]
    if children:
        lines += ["```{toctree}", ":hidden:", "", *children, "```", ""]
    return "\n".join(lines)


def raw(words: str) -> str:
    """HTML as a MyST block that is not read; blank HTML as no block.

    A backtick becomes its code point, so that nothing can end the block before its end.
    """
    words = words.replace("`", "&#96;").strip()
    return f"```{{raw}} html\n{words}\n```\n" if words else ""


def rules(text: str) -> Markup:
    """The rules of coding (plain CommonMark with tables) as HTML, without their first heading.

    Raw HTML in them stays text, a picture becomes a link. Another heading of the first degree
    becomes one of the second. A link to a file beside the rules, which the site has not, keeps its
    words alone.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    body = re.sub(r"\A\s*<h1>.*?</h1>", "", reader.render(text), flags=re.S)
    body = re.sub(r'<a href="(?![a-z]+:|#)[^"]*"[^>]*>(.*?)</a>', r"\1", body, flags=re.S)
    return Markup(
        body.replace("<h1>", "<h2>")
        .replace("</h1>", "</h2>")
        .replace("<table>", '<div class="table-scroll"><table class="table">')
        .replace("</table>", "</table></div>")
    )


def with_note(book: Notebook, note: str) -> str:
    """An executed notebook as JSON text, with a Markdown cell after its first one.

    The empty headings in the tables of pandas become cells: a screen reader would read them.
    """
    cell = {"cell_type": "markdown", "id": "how-to-run-this", "metadata": {}, "source": note}
    cells = [*book["cells"][:1], cell, *book["cells"][1:]]
    return re.sub(r"<th[^<>]*></th>", "<td></td>", _json({**book, "cells": cells}))


def _json(book: Notebook) -> str:
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def bibtex(case: Case) -> str:
    """The case and its articles as BibLaTeX entries; `date` is EDTF, which BibLaTeX reads."""
    entries = [
        _entry(
            "dataset",
            "report",
            title=_tex(case.title),
            subtitle=_tex(case.subtitle),
            author=" and ".join("{" + _tex(author) + "}" for author in case.authors),
            date=case.year,
            version=_tex(case.version),
            url=case.address,
        )
    ]
    for article in case.articles.sort_values("article_id").itertuples():
        entries.append(
            _entry(
                "article",
                article.article_id,
                title="{" + _tex(article.title) + "}",
                journaltitle=_tex(article.publisher),
                date=article.published,
                language=_tex(article.language),
                note=_tex("Date: " + article.published_basis),
            )
        )
    return "\n".join(entries)


def _entry(kind: str, key: str, **values: str) -> str:
    """An entry of BibLaTeX; an empty value is left out."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in values.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    """Text on one line, with what TeX would read as a command escaped."""
    return " ".join(str(text).split()).translate(TEX)


def _title(book: Notebook, name: str) -> str:
    """The first heading of the first degree in a notebook; its name where there is none."""
    words = "".join(
        "".join(cell["source"]) + "\n" for cell in book["cells"] if cell["cell_type"] == "markdown"
    )
    heading = re.search(r"^# +(.+)$", words, flags=re.M)
    return heading[1].strip() if heading else name


def _finding(row: Any, site: explore.Site) -> dict[str, Any]:
    """A finding with its kind, its page and its passages; those of a change in order of time."""
    records = passages.of_ids(row.evidence, site.passages)
    if row.kind == "change":
        records = sorted(records, key=passages.place_in_time)
    return {
        "id": row.finding_id,
        "kind": row.kind,
        "sentence": row.sentence,
        "ended_by": row.ended_by,
        "note": row.margin_note,
        "ends": passages.of_ids(row.margin_rows, site.passages),
        "page": LEADS.get(row.page, row.page),
        "passages": records,
    }


class _Drawings:
    """The functions of `svg` for the templates, their text marked as safe."""

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        return lambda *given, **named: Markup(getattr(svg, name)(*given, **named))
