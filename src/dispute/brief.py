"""The brief: four A4 pages for a seminar table, typeset by Typst from the processed tables.

The template holds the layout and the words that are true of every case. What is printed of a case
comes from here as plain strings, so that nothing in an article or a name is ever read as markup.
"""

import io
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import typst
from matplotlib.figure import Figure

from helpers.analysis.answers import answers
from helpers.analysis.by_account import CLAIMED, STATED
from helpers.analysis.chronology import kind
from helpers.analysis.edges import heaviest
from helpers.analysis.evidence import issues_by_edge
from helpers.analysis.networks import deduplicate
from helpers.analysis.rankings import CAUTION, Ranking, ranking
from helpers.analysis.stances import stance_table
from helpers.case.load import Case
from helpers.case.selection import in_order_of_publication, publication
from helpers.figures import legend, letters
from helpers.figures.matrix import stance_matrix
from helpers.figures.network import network
from helpers.words import and_joined

Tables = Mapping[str, pd.DataFrame]
Lines = list[list[str]]

# As many events as a page holds in two columns.
EVENTS = 84
# Edges of each network in the list of pairs, and in the picture.
PAIRS = 8
DRAWN = 15


def content(case: Case, tables: Tables, coder: str, cite: str) -> dict[str, Any]:
    """What the template prints: a dict of strings and rows of strings.

    `tables` are the processed tables by name, `coder` the pass they were made from, `cite` how to
    cite, a sentence. All of it is in letters that the fonts of the brief have.
    """
    printed = {
        **_of_case(case),
        "findings": _findings(tables),
        "articles": _articles(tables["articles"]),
        "differ": _pairs(case, tables, "conflict"),
        "agree": _pairs(case, tables, "congruence"),
        "caution": CAUTION,
        "differ_thin": _ranking(case, tables, "conflict").thin_words(),
        "agree_thin": _ranking(case, tables, "congruence").thin_words(),
        "events": _events(tables["chronology"], case.names()),
        "n_events": len(tables["chronology"]),
        "marks": {name: [mark.sign, mark.meaning] for name, mark in legend.EVENTS.items()},
        "coder": coder,
        "cite": cite,
        "agreement": _agreement(tables["agreement"]),
        "counts": _counts(tables, coder),
    }
    return in_letters(printed, case)


def _findings(tables: Tables) -> list[str]:
    """The findings, each with what ends it, as paragraphs; counts stand elsewhere in the brief.

    Those that were thought of after the coding stand in the report alone.
    """
    if "findings" not in tables:
        return []
    chosen = tables["findings"].query("kind != 'count' and exploratory != 'yes'")
    ends = zip(chosen.sentence, chosen.ended_by, strict=True)
    return [" ".join(filter(None, pair)) for pair in ends]


def _of_case(case: Case) -> dict[str, Any]:
    """What the case says of itself: its title and question, its scale, issues and coders."""
    scale = case.stances.sort_values("stance")
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "question": case.question.strip(),
        "authors": list(case.authors),
        "scale": [[str(row.stance), row.label, row.meaning] for row in scale.itertuples()],
        "issues": case.issues[["label", "proposition"]].values.tolist(),
        "coders": case.coders[["coder", "note"]].values.tolist(),
    }


def _articles(articles: pd.DataFrame) -> Lines:
    """Title, publisher and date in words, in order of time."""
    return [
        [row.title, row.publisher or "not identified", publication(row.published)]
        for row in in_order_of_publication(articles).itertuples()
    ]


def _counts(tables: Tables, coder: str) -> Lines:
    """How many there are of what."""
    ties = tables["edges"].query("network == 'relation'")
    counts = {
        "articles": len(tables["articles"]),
        "statements": int((tables["statements"].coder == coder).sum()),
        "events": len(tables["events"]),
        "ties that an article states": int((ties.account == STATED).sum()),
        "ties that only somebody claims": int((ties.account == CLAIMED).sum()),
        "actors, quoted or only named": len(tables["nodes"]),
    }
    return [[str(number), what] for what, number in counts.items()]


def _pairs(case: Case, tables: Tables, name: str) -> Lines:
    """The ranked edges of the network of a name: pair, weight, number of articles, issues.

    Parties first; the pair of a court or an unnamed group says so.
    """
    names, labels = case.names_apart(), case.labels()
    ranked = _ranking(case, tables, name)
    strongest = ranked.both()
    apart = set(ranked.apart.edge_id)
    shared = tables["edge_issues"]
    issues = issues_by_edge(shared[shared.edge_id.isin(strongest.edge_id)])
    pairs = []
    for edge in strongest.itertuples():
        pair = f"{names[edge.source]} – {names[edge.target]}"
        if edge.edge_id in apart:
            pair += " (a court, or unnamed)"
        about = ", ".join(labels[issue] for issue in issues[edge.edge_id])
        pairs.append([pair, f"{edge.weight:.2f}", str(edge.n_articles), about])
    return pairs


def _ranking(case: Case, tables: Tables, name: str) -> Ranking:
    """The ranked pairs of the network of a name."""
    edges = tables["edges"]
    return ranking(edges[edges.network == name], case.kinds(), PAIRS)


def _strongest(edges: pd.DataFrame, name: str, count: int) -> pd.DataFrame:
    """The `count` heaviest edges of the network of a name."""
    return heaviest(edges[edges.network == name], count)


def _events(entries: pd.DataFrame, names: Mapping[str, str]) -> Lines:
    """The entries in order of time: date in words, event, kind, basis of the date.

    Where there are too many, those with a date go before those without, and then those of the
    articles before those from outside. The kind is reported, claimed or context. A claim names its
    claimants.
    """
    ranked = entries.assign(
        undated=(entries.date_edtf == "").astype(int),
        outside=(entries.layer != "corpus").astype(int),
    )
    kept = ranked.sort_values(["undated", "outside"], kind="stable").head(EVENTS).sort_index()
    lines = []
    for row in kept.itertuples():
        claimants = and_joined([names.get(one, one) for one in row.claimants.split(";") if one])
        event = f"{row.event} (claimed by {claimants})" if claimants else row.event
        lines.append([row.wording, event, kind(row), row.date_basis])
    return lines


def _agreement(agreement: pd.DataFrame) -> Lines:
    """How far two passes agree on statements: passes, question, numbers, and without marked units.

    The last is empty where no unit is decided by a rule whose example stands in these articles. Of
    more than two passes only the positions are told; the report has the rest.
    """
    found = answers(agreement)
    if len({(answer.coder_a, answer.coder_b) for answer in found}) > 1:
        found = [answer for answer in found if answer.question == "positions"]
    return [
        [f"{answer.coder_a} and {answer.coder_b}", answer.asked, answer.said, answer.without]
        for answer in found
    ]


def pictures(
    case: Case, tables: Tables, coder: str, least: int = 1, duplicates: str = "article"
) -> dict[str, bytes]:
    """The figures as SVG bytes by file name.

    They are the network of agreement and disagreement, and the first sheet of the stance matrix. A
    mean stance needs `least` statements, counted once per `duplicates` (`networks.deduplicate`).
    """
    against = _strongest(tables["edges"], "conflict", DRAWN)
    together = _strongest(tables["edges"], "congruence", DRAWN)
    edges = pd.concat([against, together], ignore_index=True)
    statements = tables["statements"]
    coded = statements[statements.coder == coder].assign(period="all")
    coded = deduplicate(coded, duplicates)
    own = stance_table(coded, case.stances, least).query("capacity == 'speaker'")
    names = case.names_apart()
    return {
        "network.svg": _svg(network(tables["nodes"], edges, names)),
        "stances.svg": _svg(stance_matrix(own, case.stances, names, case.labels())[0]),
    }


def _svg(figure: Figure) -> bytes:
    """A figure as an SVG without date and maker, so that its bytes are the same again."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def in_letters(printed: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """What is printed, in letters that the fonts of the brief have (`helpers.figures.letters`).

    Names, issues and periods that cannot be printed stand as their ids. `lacking` says whether
    anything stands for something else.
    """
    known = {**case.names(), **case.labels(), **case.period_labels()}
    lacking = False

    def legible(value: Any) -> Any:
        nonlocal lacking
        if isinstance(value, str):
            lacking = lacking or bool(letters.lacking(value))
            return letters.spelled(value, known)
        return [legible(one) for one in value] if isinstance(value, list) else value

    told = {name: legible(value) for name, value in printed.items()}
    return {**told, "lacking": lacking}


def typeset(
    template: str, printed: Mapping[str, Any], drawn: Mapping[str, bytes], **form: Any
) -> Any:
    """The brief as PDF bytes, tagged. The same input gives the same bytes.

    `template`: Typst source. `printed`: what `content` gives. `drawn`: what `pictures` gives.
    `form`: another format, as `typst.compile` takes it; one of several pages gives a list.

    Raises RuntimeError, by the compiler, where the result would not be PDF/UA-1.
    """
    files = {
        "main.typ": template.encode(),
        "content.json": json.dumps(printed, ensure_ascii=False).encode(),
        **drawn,
    }
    form = form or {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": 0}
    return typst.compile(files, font_paths=[str(letters.FONTS)], ignore_system_fonts=True, **form)
