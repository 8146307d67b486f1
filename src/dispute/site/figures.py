"""Rows of the figures that are drawn of networks and articles."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from dispute.site import svg
from dispute.site.lookups import Site
from dispute.site.places import To
from dispute.site.ties import DRAWN, Edge, Ties
from helpers.case.schema import columns
from helpers.case.selection import publication
from helpers.figures.legend import LINES, line_meaning
from helpers.words import counted

# Articles that each have a bar; more are counted by year.
BARS = 40


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
    """The strongest edges of a network with link, title, state and rank (0 for the strongest).

    With `ranked`, only those that rest on articles enough.
    """
    every = enumerate(ties.of(network)[:most])
    chosen = [(rank, edge) for rank, edge in every if not (ranked and ties.is_thin(edge))]
    return _drawn(ties, chosen, to)


def drawn_edges(ties: Ties, some: Iterable[Edge], to: To) -> pd.DataFrame:
    """Some edges, of any network, in their order."""
    return _drawn(ties, enumerate(some), to)


def _drawn(ties: Ties, ranked: Iterable[tuple[int, Edge]], to: To) -> pd.DataFrame:
    rows = [
        {
            **edge,
            "href": to(f"ties/{edge['network']}", edge["edge_id"]),
            "title": ties.title(edge),
            "state": ties.state(edge),
            "rank": rank,
        }
        for rank, edge in ranked
    ]
    return pd.DataFrame(rows, columns=[*columns("edges"), "href", "title", "state", "rank"])


def line_key(edges: pd.DataFrame) -> list[tuple[str, str]]:
    """The looks of the drawn lines, each with its meaning."""
    looks = {svg.look_of(edge) for edge in edges.itertuples()}
    every = [(look, claimed) for claimed in (False, True) for look in LINES]
    named = {f"{look} claimed" if claimed else look: (look, claimed) for look, claimed in every}
    return [(look, line_meaning(*named[look])) for look in named if look in looks]


def camp_key(site: Site, nodes: pd.DataFrame, edges: pd.DataFrame) -> list[tuple[str, str, str]]:
    """The camps of the actors with an edge as (class, shape, name), in the order of the figures.

    None where nobody of them has one.
    """
    drawn = set(nodes.camp[nodes.actor_id.isin({*edges.source, *edges.target})])
    if not any(drawn):
        return []
    return [
        (*look, site.name(camp) if camp else "no camp")
        for camp, look in svg.camps(nodes).items()
        if camp in drawn
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
