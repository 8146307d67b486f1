"""Pages: hostile names stay text on every page."""

import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from dispute.site import pages
from dispute.site import passages as units
from helpers import words as passages
from helpers.case import load as case
from helpers.case.tables import read_tables

HOSTILE = [
    "<script>alert(1)</script>",
    "```{include} /etc/passwd\n```",
    "$x$ and `code` and\n\nblank lines",
    "\"quotes\" 'both' &amp; [link](javascript:x) {{ 7919 * 7907 }} {% raw %}",
    "# heading",
    "</section></div><!-- ",
]
VOID = {"br", "meta", "link", "img", "input", "hr", "wbr"}


class Reader(HTMLParser):
    """The elements, ids, links and text of HTML, and whether every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.astray, self.tags, self.ids, self.links, self.words = (
            [],
            [],
            set(),
            set(),
            [],
            [],
        )
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.add(tag)
        self.ids |= {given[key] for key in ("id", "name") if given.get(key)}
        self.links += [given[key] for key in ("href", "src") if given.get(key)]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.astray.append((tag, self.getpos()))

    def handle_data(self, data):
        self.words.append(data)


def templates(root):
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in (root / "reports/source/_pages").iterdir()
    }


def made(root, found, tables):
    book = {
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A notebook"},
            {
                "cell_type": "code",
                "id": "b",
                "metadata": {},
                "execution_count": 1,
                "source": "1",
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}],
            },
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return pages.sources(
        found,
        tables,
        templates(root),
        "adjudicated",
        {"4_stance_tables": book},
        {"4_stance_tables": {"coder": "adjudicated"}},
        {"x.gexf": "a network"},
    )


def raws(text):
    return re.findall(r"^```\{raw\} html\n(.*?)\n```$", text, flags=re.S | re.M)


@pytest.fixture(scope="module")
def published(root, real):
    return made(root, real, read_tables(root / "data/processed"))


def test_every_page_is_whole(published, real):
    assert {f"people/{actor}.md" for actor in real.actors.actor_id} | {
        f"evidence/{a}.md" for a in real.articles.article_id
    } <= set(published)
    for name, text in published.items():
        if name.endswith(".md"):
            for block in raws(text):
                reader = Reader(block)
                assert not reader.open and not reader.astray, (name, reader.open, reader.astray)


def test_every_coded_passage_of_the_coder_is_quoted_once_at_its_place_and_no_other_coders(
    published, real
):
    for article, here in real.statements.groupby("article_id"):
        text = "".join(raws(published[f"evidence/{article}.md"]))
        ids = re.findall(r'<li id="([^"]+)" class="statement"', text)
        assert sorted(ids) == sorted(here[here.coder == "adjudicated"].statement_id) and len(
            ids
        ) == len(set(ids))
    other = set(real.statements[real.statements.coder != "adjudicated"].statement_id)
    assert not [one for one in other if any(f'id="{one}"' in text for text in published.values())]
    assert 'lang="sw"' in "".join(published.values())


def test_numbers_of_the_tables_are_links(published):
    for page, pattern in (
        ("stances.md", r'people/[^"]+#on-'),
        ("network.md", r'ties/[^"]+#'),
        ("people.md", r'people/[^"]+#said'),
    ):
        body = "".join(raws(published[page]))
        bare = [
            cell
            for cell in re.findall(r"<td>([^<]*)</td>", body)
            if re.fullmatch(r"-?[\d.]+", cell.strip()) and float(cell) != 0
        ]
        assert bare == [] and re.search(pattern, body), page


def test_hostile_words_are_text_on_every_page(root, real):
    nasty = " ".join(HOSTILE)
    spoilt = lambda frame, *columns: frame.assign(
        **{column: [nasty + value for value in frame[column].astype(str)] for column in columns}
    )
    tables = read_tables(root / "data/processed")
    tables = {
        **tables,
        "statements": spoilt(tables["statements"], "quote", "gloss", "note", "date_note"),
        "event_mentions": spoilt(tables["event_mentions"], "quote", "description", "date_note"),
        "events": spoilt(tables["events"], "event", "place"),
        "chronology": spoilt(tables["chronology"], "event", "source_text").assign(
            source_url="javascript:alert(1)"
        ),
        "articles": spoilt(tables["articles"], "title", "publisher", "rights"),
        "nodes": spoilt(tables["nodes"], "name"),
        "findings": spoilt(tables["findings"], "sentence"),
    }
    fields = {
        **{field: getattr(real, field) for field in real.__dataclass_fields__},
        "title": nasty,
        "subtitle": nasty,
        "question": nasty,
        "rules": nasty + "\n\n" + real.rules,
        "actors": spoilt(real.actors, "name", "note"),
        "issues": spoilt(real.issues, "label", "proposition"),
        "articles": tables["articles"],
        "coders": spoilt(real.coders, "note"),
    }
    for name, text in made(root, case.Case(**fields), tables).items():
        if not name.endswith(".md"):
            continue
        for block in raws(text):
            reader = Reader(block)
            assert not reader.open and not reader.astray and "script" not in reader.tags, name
            assert "62615533" not in block, name
            assert not [link for link in reader.links if link.startswith("javascript:")], name
        outside = re.sub(r"^```\{raw\} html\n.*?\n```$", "", text, flags=re.S | re.M)
        assert "script>" not in outside and "{include}" not in outside and "$" not in outside, name
        assert set(re.findall(r"^```.*", outside, flags=re.M)) <= {"```{toctree}", "```"}, name


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_words_read_back_as_themselves(words):
    shown = MarkdownIt("commonmark").render("# " + passages.plain(words))
    assert "".join(Reader(shown).words).strip() == " ".join(words.split()) and Reader(
        shown
    ).tags == {"h1"}
    assert pages.raw(words).count("```") in (0, 2)


def test_rules_keep_their_tables_and_no_html():
    made = pages.rules(
        "# Rules\n\n## Who\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b onclick=x>bold</b> ![p](http://x.org/p.png)\n\n```{include} x\n```"
    )
    reader = Reader(made)
    assert {"table", "h2"} <= reader.tags and not {"b", "img", "h1"} & reader.tags


def test_references_hold_every_article_and_escape_what_tex_reads(real):
    tricky = real.articles.assign(title=r"100% \of {it} & $x_1$")
    text = pages.bibtex(
        case.Case(
            **{**{f: getattr(real, f) for f in real.__dataclass_fields__}, "articles": tricky}
        )
    )
    assert (
        text.count("@article{") == len(real.articles)
        and r"100\% \textbackslash{}of \{it\} \& \$x\_1\$" in text
    )
    depth = 0
    for char in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


def test_notebooks_get_a_note_and_lose_their_outputs_in_the_download(published):
    shown, file = (
        json.loads(published[name])
        for name in ("4_stance_tables.ipynb", "extra/notebooks/4_stance_tables.ipynb")
    )
    assert "papermill" in shown["cells"][1]["source"] and [
        c["outputs"] for c in file["cells"] if c["cell_type"] == "code"
    ] == [[]]


def test_passages_behind_ids_and_edges(root):
    tables = read_tables(root / "data/processed")
    found = units.passages(tables, "adjudicated")
    behind = units.by_edge(tables, found)
    assert {edge: len(records) for edge, records in behind.items()} == tables[
        "edge_evidence"
    ].groupby("edge_id").size().to_dict(), "every number of an edge is a passage that is shown"
    event = tables["events"].event_id.iloc[0]
    assert {p["event_id"] for p in units.of_ids(event, found)} == {event} and units.of_ids(
        "nothing;", found
    ) == []
