"""By whose account: who alone tells a thing is named wherever its words or its tie stand."""

import json
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import html_of, written

from dispute.changes.ties import edges as changed_edges
from dispute.exchange.claims import TELLER, claims
from dispute.exchange.graphs import gexf
from dispute.site.lookups import Site
from dispute.site.prose import curled
from dispute.site.svg import network as drawn
from dispute.site.ties import Ties
from helpers.analysis import by_account
from helpers.analysis.edges import discourse_edges, relation_edges
from helpers.analysis.evidence import behind
from helpers.case.load import coded
from helpers.case.schema import CODED, UNITS

BLOCKS = {"li", "tr", "td", "blockquote"}
VOID = {"br", "meta", "link", "img", "input", "hr", "wbr"}


class Blocks(HTMLParser):
    """The text of every list item and row of a page, of cells, and of quotations that stand alone.

    A passage on the page of its article is an item whose quotation is but a part of it.
    """

    def __init__(self, text):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        within = {block[0] for block in self.open}
        if tag in BLOCKS and not (tag == "blockquote" and "li" in within):
            self.open.append([tag, ""])

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.texts.append((tag, " ".join(self.open.pop()[1].split())))

    def handle_data(self, data):
        for block in self.open:
            block[1] += data


def relations(*rows):
    """Relation mentions of (source, relation, target, according_to)."""
    frame = pd.DataFrame(rows, columns=["source", "relation", "target", "according_to"])
    ids = [f"r{number}" for number in range(len(frame))]
    return frame.assign(relation_id=ids, article_id="x", sign=0)


# --- a tie


def test_a_tie_that_only_parties_assert_is_claimed_and_one_own_voice_makes_it_stated():
    edges, evidence = relation_edges(
        relations(
            ("ada", "meets", "bo", "cy"),
            ("ada", "meets", "bo", "dee"),
            ("ada", "leads", "bo", "cy"),
            ("ada", "leads", "bo", ""),
            ("bo", "leads", "ada", ""),
        )
    )
    told = edges.set_index("edge_id")[["account", "claimants"]].apply(tuple, axis=1).to_dict()
    assert told == {
        "relation:ada--meets(+0)--bo": ("claimed", "cy;dee"),
        "relation:ada--leads(+0)--bo": ("stated", "cy"),
        "relation:bo--leads(+0)--ada": ("stated", ""),
    }
    assert evidence.set_index("unit_id").according_to.to_dict() == {
        "r0": "cy",
        "r1": "dee",
        "r2": "cy",
        "r3": "",
        "r4": "",
    }


SCALE = pd.DataFrame({"stance": [-1, 1]})
SAID = st.tuples(
    st.sampled_from("abc"), st.sampled_from("ij"), st.sampled_from([-1, 1]), st.sampled_from("-xy")
)


@settings(deadline=None)
@given(st.lists(SAID, max_size=12))
def test_an_agreement_is_claimed_where_all_words_of_one_end_are_only_told_by_another(rows):
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance", "quoted_by"])
    frame["quoted_by"] = frame.quoted_by.str.replace("-", "")
    frame = frame.assign(statement_id=[f"s{number}" for number in range(len(rows))], article_id="x")
    edges, shared = discourse_edges(frame, SCALE, "congruence", "none")
    from helpers.analysis.evidence import cells

    ids = behind({"edges": edges, "edge_issues": shared, "cells": cells(frame)})
    for edge in edges.itertuples():
        rests_on = frame[frame.statement_id.isin(ids[edge.edge_id])]
        of_ends = [rests_on[rests_on.speaker == end] for end in (edge.source, edge.target)]
        only_told = any((of_end.quoted_by != "").all() for of_end in of_ends)
        assert edge.account == ("claimed" if only_told else "stated")
        assert edge.claimants == by_account.claimants(rests_on.quoted_by)


# --- the published case


@pytest.fixture(scope="module")
def told(real):
    """Every unit of the published coding that the articles have from somebody: (id, row, who)."""
    rows = []
    for unit, kind in CODED.items():
        for row in coded(real, kind.table, real.coder).itertuples():
            if teller := getattr(row, TELLER[unit]):
                rows.append((getattr(row, kind.id), row, teller))
    return rows


@pytest.fixture(scope="module")
def pages(root, published):
    """The pages of the site, and the notebooks with their outputs, as HTML by name."""
    site = html_of(published)
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        found = ["".join(one.get("data", {}).get("text/html", "")) for one in outputs]
        site[path.name] = "\n".join(found)
    return site


@pytest.mark.data
def test_whoever_alone_tells_it_is_named_in_its_block_on_every_page_where_its_words_stand(
    pages, real, told, tables
):
    site = Site(real, tables, "adjudicated")
    quotes = [
        quote for unit in UNITS.values() for quote in coded_quotes(real, unit.table, real.coder)
    ]
    every = {quote for unit in UNITS.values() for quote in coded_quotes(real, unit.table, "")}
    names = real.names_apart()
    seen = set()
    for page, text in pages.items():
        blocks = Blocks(text).texts
        for identity, row, teller in told:
            words = " ".join(row.quote.split())
            alone = sum(words in quote for quote in quotes) == 1
            here = site.place(site.passages[identity])
            if page == f"evidence/{row.article_id}.html":
                here = f"characters {row.start} to {row.end} of the article"
            for tag, block in blocks:
                is_named = identity in block or here in block
                meant = is_named or (alone and tag != "td")
                if words not in block or not meant or is_part_of(words, block, every):
                    continue
                if is_named:
                    seen.add(identity)
                assert curled(names[teller]) in curled(block), (page, identity, block)
    assert seen == {identity for identity, _, _ in told}


def is_part_of(words, block, quotes):
    """Whether words stand in a block only as a part of a longer quote there."""
    return any(words in quote != words and quote in block for quote in quotes)


def coded_quotes(case, table, coder):
    frame = getattr(case, table)
    rows = frame[frame.coder == coder] if coder and "coder" in frame else frame
    return [" ".join(quote.split()) for quote in rows.quote]


def test_whoever_alone_tells_it_stands_in_the_row_of_its_edges(real, tables, told):
    ids = behind(tables)
    named = tables["edges"].set_index("edge_id").claimants
    cells = tables["cells"].set_index("statement_ids").claimants
    for identity, _, teller in told:
        for edge, units in ids.items():
            if identity in units and edge in named:
                assert teller in named[edge].split(";")
        for statements, claimants in cells.items():
            assert identity not in statements.split(";") or teller in claimants.split(";")


def test_the_report_never_tells_a_claimed_tie_in_its_own_voice(real, tables):
    site = Site(real, tables, real.coder)
    ties = Ties(site)
    claimed = [edge for edge in ties.of("relation") if edge["account"] == "claimed"]
    assert claimed
    for edge in claimed:
        first = site.name(edge["claimants"].split(";")[0])
        assert ties.reads(edge).startswith(first) and " that " in ties.reads(edge)


# --- figures, exports, news


def an_edge(account, claimants=""):
    edges, _ = relation_edges(relations(("ada", "meets", "bo", claimants)))
    assert edges.account.tolist() == [account]
    return edges


def test_a_claimed_tie_is_drawn_hollow_not_in_another_colour_alone():
    nodes = pd.DataFrame({"actor_id": ["ada", "bo"], "name": ["Ada", "Bo"], "camp": ""})
    nodes = nodes.assign(href="x", title="y")
    more = {"href": "x", "title": "y", "state": [{}], "rank": 0}
    pictures = {
        account: drawn("k", "t", "d", nodes, an_edge(account, claimants).assign(**more))
        for account, claimants in (("stated", ""), ("claimed", "cy"))
    }
    assert (
        'class="core"' in pictures["claimed"]
        and 'class="edge formal claimed"' in (pictures["claimed"])
    )
    assert "core" not in pictures["stated"] and "claimed" not in pictures["stated"]


def test_a_graph_file_says_that_a_tie_is_claimed_and_by_whom():
    nodes = pd.DataFrame({"actor_id": ["ada", "bo"], "name": ["Ada", "Bo"], "kind": "person"})
    nodes = nodes.assign(camp="", n_statements=0, n_relations=1)
    text = gexf(nodes, an_edge("claimed", "cy"), "a title")
    assert 'label="meets (claimed)"' in text
    assert '<attvalue for="claimants" value="cy" />' in text


def test_news_of_a_claimed_tie_name_the_claimant_and_tell_when_an_article_states_it():
    actors = pd.DataFrame({"actor_id": ["ada", "bo", "cy"], "name": ["Ada", "Bo", "Cy"]})
    none, claimed, stated = an_edge("stated")[:0], an_edge("claimed", "cy"), an_edge("stated")

    def news(old, new):
        old, new = ({"actors": actors, "edges": edges} for edges in (old, new))
        return [change.sentence for change in changed_edges(old, new)]

    assert news(none, claimed) == ["New edge: Ada and Bo (relation meets, only according to Cy)."]
    assert news(claimed, stated) == ["Now stated by an article: Ada and Bo (relation meets)."]


def test_claims_go_out_with_who_makes_them_and_no_verdict(real, told):
    graph = json.loads(claims(real, real.coder))["@graph"]
    assert [claim["identifier"] for claim in graph] == [
        identity for unit in CODED for identity in ordered(real, told, unit)
    ]
    makers = {identity: real.names_apart()[teller] for identity, _, teller in told}
    for claim in graph:
        assert claim["@type"] == "Claim" and claim["author"]["name"] == makers[claim["identifier"]]
        assert claim["appearance"]["@type"] == "NewsArticle" and claim["claimInterpreter"]
        assert not {"reviewRating", "claimReviewed", "itemReviewed"} & set(claim)


def ordered(case, told, unit):
    kind = CODED[unit]
    rows = [row for _, row, _ in told if hasattr(row, kind.id)]
    rows.sort(key=lambda row: (row.article_id, row.start, getattr(row, kind.id)))
    return [getattr(row, kind.id) for row in rows]


def test_a_correction_is_shown_with_its_reason(root, real, tables, published):
    from dataclasses import replace

    row = ("2026-01-02", "adj-a-s003", "a misread name", "the right one", "the person wrote to us")
    named = ["date", "page_or_id", "what_was", "what_is", "why"]
    page = written(root, replace(real, corrections=pd.DataFrame([row], columns=named)), tables)
    text = page["corrections.html"]
    assert "2 January 2026" in text and "the person wrote to us" in text
    assert 'evidence/allafrica-2023-04-17.html#adj-a-s003"' in text
    assert "How to ask" in published["corrections.html"]
