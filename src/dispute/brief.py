"""The brief: four A4 pages for a seminar table, typeset by Typst from the processed tables.

The template holds the layout and the words that are true of every case; what is printed of a case comes from here as plain strings,
so that nothing in an article or a name is ever read as markup.
"""

import io
import json
from pathlib import Path

import matplotlib
import pandas as pd
import typst

from helpers.analysis import chronology, stances
from helpers.analysis.edges import edge_issues, heaviest
from helpers.dates import edtf as dates
from helpers.figures import matrix
from helpers.figures import network as figures

EVENTS = 84  # as many as a page holds in two columns
EDGES = 8


def content(found, tables, coder, cite):
    """What the template prints: a dict of strings and rows. `tables` are the processed tables by name, `coder` the pass they were made from, `cite` how to cite, a sentence."""
    names, labels = found.names(), found.labels()
    return {
        "title": found.title,
        "subtitle": found.subtitle,
        "question": found.question.strip(),
        "authors": list(found.authors),
        "findings": tables["findings"].sentence.tolist() if "findings" in tables else [],
        "articles": [
            [row.title, row.publisher or "not identified", dates.wording(row.published)]
            for row in tables["articles"].sort_values(["earliest", "article_id"]).itertuples()
        ],
        "differ": _pairs(tables, "conflict", names, labels),
        "agree": _pairs(tables, "congruence", names, labels),
        "events": _events(tables["chronology"]),
        "n_events": len(tables["chronology"]),
        "scale": [
            [str(row.stance), row.label, row.meaning]
            for row in found.stances.sort_values("stance").itertuples()
        ],
        "issues": [[row.label, row.proposition] for row in found.issues.itertuples()],
        "coders": [[row.coder, row.note] for row in found.coders.itertuples()],
        "coder": coder,
        "cite": cite,
        "agreement": _agreement(tables["agreement"]),
        "counts": [
            [f"{n}", what]
            for n, what in (
                (len(tables["articles"]), "articles"),
                (int((tables["statements"].coder == coder).sum()), "statements"),
                (len(tables["events"]), "events"),
                (int((tables["edges"].network == "relation").sum()), "stated ties"),
                (len(tables["nodes"]), "actors, quoted or only named"),
            )
        ],
    }


def citation(cff):
    """How to cite, as a sentence, from the fields of a CITATION.cff."""
    names = [
        author.get("name")
        or " ".join(filter(None, (author.get("given-names"), author.get("family-names"))))
        for author in cff["authors"]
    ]
    return f"{', '.join(names)} ({str(cff['date-released'])[:4]}). {cff['title']}. Version {cff['version']}."


def _pairs(tables, network, names, labels):
    """The strongest edges of a network: pair, weight, number of statements, issues."""
    edges = tables["edges"][tables["edges"].network == network]
    about = edge_issues(tables["edge_evidence"], tables["statements"])
    return [
        [
            f"{names[edge.source]} – {names[edge.target]}",
            f"{edge.weight:.2f}",
            str(edge.n_evidence),
            ", ".join(labels[i] for i in about[edge.edge_id]),
        ]
        for edge in heaviest(edges, EDGES).itertuples()
    ]


def _events(entries):
    """The entries in order of time: date in words, event, kind (reported, claimed or context), basis of the date. Where there are too many, those of the articles go before those from outside."""
    kept = entries.assign(
        rank=(entries.layer != "corpus").astype(int), undated=(entries.date_edtf == "").astype(int)
    )
    kept = kept.sort_values(["undated", "rank"], kind="stable").head(EVENTS).sort_index()
    return [
        [row.wording, row.event, chronology.kind(row), row.date_basis] for row in kept.itertuples()
    ]


def _agreement(measured):
    alphas = measured[
        (measured.unit == "statement")
        & measured.metric.str.startswith("alpha")
        & measured.value.notna()
    ]
    return [
        [
            f"{row.coder_a} and {row.coder_b}",
            row.variable,
            row.metric.removeprefix("alpha-"),
            str(row.n_units),
            f"{row.value:.2f}",
        ]
        for row in alphas.itertuples()
    ]


def pictures(found, tables, coder, least=1):
    """The figures as SVG bytes by file name: the network of agreement and disagreement, and the stance matrix; a mean stance needs `least` statements."""
    edges = tables["edges"]
    drawn = [
        heaviest(edges[edges.network == network], 15)
        for network in ("conflict", "congruence")
    ]
    said = tables["statements"][tables["statements"].coder == coder].assign(period="all")
    own = stances.stance_table(said, found.stances, least).query("capacity == 'speaker'")
    return {
        "network.svg": _svg(
            figures.network(tables["nodes"], pd.concat(drawn, ignore_index=True), found.names())
        ),
        "stances.svg": _svg(
            matrix.stance_matrix(own, found.stances, found.names(), found.labels())
        ),
    }


def _svg(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def typeset(template, printed, drawn, **form):
    """The brief as PDF bytes: tagged, and refused by the compiler (RuntimeError) where it is not PDF/UA-1. The same input gives the same bytes.

    `template`: Typst source. `printed`: what `content` gives. `drawn`: what `pictures` gives. `form`: another format, as `typst.compile` takes it.
    """
    fonts = Path(matplotlib.get_data_path()) / "fonts/ttf"
    files = {
        "main.typ": template.encode(),
        "content.json": json.dumps(printed, ensure_ascii=False).encode(),
        **drawn,
    }
    form = form or {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": 0}
    return typst.compile(files, font_paths=[str(fonts)], ignore_system_fonts=True, **form)
