"""Rows of the figures that are drawn of networks and articles, and what figures are filtered by."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from dispute.site import svg
from dispute.site.lookups import Site, joined
from dispute.site.places import To
from dispute.site.ties import DRAWN, Edge, Ties
from helpers.analysis import chronology
from helpers.case.schema import columns
from helpers.case.selection import publication
from helpers.figures.legend import EVENTS, LINES, line_meaning
from helpers.words import counted

# Articles that each have a bar; more are counted by year.
BARS = 40


class Choice(NamedTuple):
    """Something to filter by: its kind, what it is called, and the values with their words."""

    kind: str
    label: str
    values: list[tuple[str, str]]


def nodes(site: Site, to: To) -> pd.DataFrame:
    """The actors of the networks with camp, link and title."""
    frame = site.tables["nodes"]
    return frame.assign(
        href=[to(f"people/{actor}") for actor in frame.actor_id],
        title=[
            f"{n.name}: {n.kind}{_ally(site, n)}; {counted(n.n_statements, 'statement')}"
            for n in frame.itertuples()
        ],
    )


def _ally(site: Site, node: Any) -> str:
    with_others = node.camp and node.camp != node.actor_id
    return f", with {site.name(node.camp)}" if with_others else ""


def edges(
    ties: Ties, network: str, to: To, most: int = DRAWN, ranked: bool = False
) -> pd.DataFrame:
    """The strongest edges of a network with link, title, and what they can be filtered by.

    With `ranked`, only those that rest on articles enough.
    """
    rows = _edges(ties, network, to, most, ranked)
    return pd.DataFrame(
        rows, columns=[*columns("edges"), "href", "title", "issues", "camps", "periods"]
    )


def _edges(ties: Ties, network: str, to: To, most: int, ranked: bool) -> Iterator[Edge]:
    camps, numbers = ties.site.camps, ties.site.numbers
    for edge in ties.of(network)[:most]:
        if ranked and ties.is_thin(edge):
            continue
        behind = ties.cited(edge)
        yield {
            **edge,
            "href": to(f"ties/{network}", edge["edge_id"]),
            "issues": joined(numbers[p["issue"]] for p in behind if p["unit"] == "statement"),
            "periods": joined(p["period"] for p in behind),
            "camps": joined(camps.get(edge[end]) for end in ("source", "target")),
            "title": ties.title(edge),
        }


def line_key(edges: pd.DataFrame) -> list[tuple[str, str]]:
    """The looks of the drawn lines, each with its meaning."""
    looks = {svg.look_of(edge) for edge in edges.itertuples()}
    every = [(look, claimed) for claimed in (False, True) for look in LINES]
    named = {f"{look} claimed" if claimed else look: (look, claimed) for look, claimed in every}
    return [(look, line_meaning(*named[look])) for look in named if look in looks]


def camp_key(site: Site, nodes: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The camps as (class, shape, name), in the order of the figures."""
    return [
        (*look, site.name(camp) if camp else "no camp")
        for camp, look in svg.camps(nodes).items()
        if camp in set(nodes.camp)
    ]


def per_article(site: Site, to: To) -> list[svg.Bar]:
    """How many statements each article holds, as rows of `svg.bars`; of many, those of a year."""
    counts: Counter[str] = Counter()
    for record in site.passages.values():
        counts[record["article_id"]] += record["unit"] == "statement"
    articles = site.articles()
    if len(articles) <= BARS:
        return [
            svg.Bar(
                f"{publication(a.published)}, {site.publisher(a.article_id)}",
                to(f"evidence/{a.article_id}"),
                counts[a.article_id],
                counted(counts[a.article_id], "statement"),
            )
            for a in articles
        ]
    years: dict[str, list[str]] = {}
    for article in articles:
        years.setdefault(year_of(article), []).append(article.article_id)
    return [_year(year, some, counts, to) for year, some in years.items()]


def _year(year: str, articles: list[str], counts: Counter[str], to: To) -> svg.Bar:
    number = sum(counts[article] for article in articles)
    title = f"{counted(number, 'statement')} in {counted(len(articles), 'article')}"
    return svg.Bar(year, to("evidence", f"in-{year}"), number, title)


def year_of(article: Any) -> str:
    """The year in which an article was published, by its first possible day."""
    known = re.match(r"\d{4}", article.published)
    return known[0] if known else "undated"


def filters(site: Site, *kinds: str) -> list[Choice]:
    """What a figure can be filtered by, of the kinds `issue`, `camp`, `period` and `kind`.

    Without those that offer no choice.
    """
    heads = sorted({camp for camp in site.camps.values() if camp}, key=site.name)
    sources = {chronology.kind(row) for row in site.tables["chronology"].itertuples()}
    values = {
        "issue": [(site.numbers[issue], label) for issue, label in site.labels.items()],
        "camp": [(camp, site.name(camp)) for camp in heads],
        "period": list(site.periods.items()),
        "kind": [(kind, mark.meaning) for kind, mark in EVENTS.items() if kind in sources],
    }
    return [
        Choice(kind, "source" if kind == "kind" else kind, values[kind])
        for kind in kinds
        if len(values[kind]) > 1
    ]
