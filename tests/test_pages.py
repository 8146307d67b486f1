"""Pages: every passage at its place, every number a link, and hostile names stay text."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args, get_origin, get_type_hints

import pandas as pd
import pytest
from markdown_it import MarkdownIt

from dispute.site import pages
from dispute.site.passages import Record, by_edge, of_ids, passages
from helpers.analysis.answers import ASKED
from helpers.case.schema import UNITS, columns
from helpers.case.tables import read_tables
from helpers.words import plain

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
        self.open, self.astray = [], []
        self.tags, self.ids = set(), set()
        self.links, self.words = [], []
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


def sources(root, case, tables):
    """The sources of the site of a case, with one notebook of two cells."""
    folder = root / "reports/source/_pages"
    words = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# A notebook"}
    output = {"output_type": "stream", "name": "stdout", "text": "1"}
    code = {"cell_type": "code", "id": "b", "metadata": {}, "source": "1"}
    code |= {"execution_count": 1, "outputs": [output]}
    book = {"cells": [words, code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return pages.sources(
        case,
        tables,
        {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()},
        "adjudicated",
        {"4_stance_tables": book},
        {"4_stance_tables": {"coder": "adjudicated"}},
        {"x.gexf": "a network"},
        lines={"4_stance_tables": ["make .venv/dev", "papermill x out.ipynb"]},
    )


def raws(text):
    """The blocks of raw HTML in a source."""
    return re.findall(r"^```\{raw\} html\n(.*?)\n```$", text, flags=re.S | re.M)


@pytest.fixture(scope="module")
def tables(root):
    return read_tables(root / "data/processed")


@pytest.fixture(scope="module")
def published(root, real, tables):
    return sources(root, real, tables)


@pytest.mark.data
def test_the_method_answers_the_four_questions_with_and_without_marked_units(root, real, tables):
    said = "".join(raws(sources(root, real, tables)["method.md"]))
    places = [said.find(asked) for asked in ASKED.values()]
    assert -1 not in places and places == sorted(places)
    assert "without marked units" in said and "none was left out" not in said
    none = tables | {"agreement": tables["agreement"].assign(n_marked=0)}
    said = "".join(raws(sources(root, real, none)["method.md"]))
    assert "without marked units" not in said and "none was left out" in said


@pytest.mark.data
def test_every_page_is_whole(published, real):
    people = {f"people/{actor}.md" for actor in real.actors.actor_id}
    articles = {f"evidence/{article}.md" for article in real.articles.article_id}
    assert people | articles <= set(published)
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
        assert sorted(ids) == sorted(here[here.coder == "adjudicated"].statement_id)
        assert len(ids) == len(set(ids))
    site = "".join(published.values())
    for other in real.statements[real.statements.coder != "adjudicated"].statement_id:
        assert f'id="{other}"' not in site
    assert 'lang="sw"' in site


@pytest.mark.data
@pytest.mark.parametrize(
    "page, link",
    [
        ("stances.md", r'people/[^"]+#on-'),
        ("network.md", r'ties/[^"]+#'),
        ("people.md", r'people/[^"]+#said'),
    ],
)
def test_numbers_of_the_tables_are_links(published, page, link):
    body = "".join(raws(published[page]))
    cells = [cell.strip() for cell in re.findall(r"<td>([^<]*)</td>", body)]
    numbers = [float(cell) for cell in cells if re.fullmatch(r"-?[\d.]+", cell)]
    assert not any(numbers), "a number that is not zero has no link"
    assert re.search(link, body)


def spoilt(frame, *names):
    """A table with hostile words before every value of some columns."""
    nasty = " ".join(HOSTILE)
    return frame.assign(**{name: nasty + frame[name].astype(str) for name in names})


@pytest.mark.data
def test_hostile_words_are_text_on_every_page(root, real, tables):
    nasty = " ".join(HOSTILE)
    chronology = spoilt(tables["chronology"], "event", "source_text")
    tables = tables | {
        "statements": spoilt(tables["statements"], "quote", "gloss", "note", "date_note"),
        "event_mentions": spoilt(tables["event_mentions"], "quote", "description", "date_note"),
        "events": spoilt(tables["events"], "event", "place"),
        "chronology": chronology.assign(source_url="javascript:alert(1)"),
        "articles": spoilt(tables["articles"], "title", "publisher", "rights"),
        "nodes": spoilt(tables["nodes"], "name"),
        "findings": spoilt(tables["findings"], "sentence", "ended_by", "margin_note"),
        "findings_not_shown": spoilt(tables["findings_not_shown"], "sentence"),
    }
    case = replace(
        real,
        title=nasty,
        subtitle=nasty,
        question=nasty,
        guide=nasty + "\n\n" + real.guide,
        actors=spoilt(real.actors, "name", "note"),
        issues=spoilt(real.issues, "label", "proposition"),
        articles=tables["articles"],
        coders=spoilt(real.coders, "note"),
    )
    for name, text in sources(root, case, tables).items():
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
    shown = Reader(MarkdownIt("commonmark").render("# " + plain(words)))
    assert "".join(shown.words).strip() == " ".join(words.split())
    assert shown.tags == {"h1"}
    assert pages.raw(words).count("```") in (0, 2)


RULES = """# Rules

## Who

| a | b |
|---|---|
| 1 | 2 |

<b onclick=x>bold</b> ![p](http://x.org/p.png)

```{include} x
```"""


def test_rules_keep_their_tables_and_no_html():
    reader = Reader(pages.rules(RULES))
    assert {"table", "h2"} <= reader.tags and not {"b", "img", "h1"} & reader.tags


def test_a_link_of_the_rules_to_a_file_beside_them_keeps_its_words_alone():
    reader = Reader(pages.rules("In [the *table*](rules.csv), [there](https://x.org), [here](#a)."))
    assert reader.links == ["https://x.org", "#a"]
    assert "".join(reader.words).strip() == "In the table, there, here."


def test_references_hold_every_article_and_escape_what_tex_reads(real):
    tricky = real.articles.assign(title=r"100% \of {it} & $x_1$")
    text = pages.bibtex(replace(real, articles=tricky))
    assert text.count("@article{") == len(real.articles)
    assert r"100\% \textbackslash{}of \{it\} \& \$x\_1\$" in text
    depth = 0
    for char in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.data
def test_notebooks_get_a_note_and_lose_their_outputs_in_the_download(published):
    shown = json.loads(published["4_stance_tables.ipynb"])
    assert "papermill" in shown["cells"][1]["source"]
    file = json.loads(published["extra/notebooks/4_stance_tables.ipynb"])
    outputs = [cell["outputs"] for cell in file["cells"] if cell["cell_type"] == "code"]
    assert outputs == [[]]


@pytest.mark.data
def test_passages_behind_ids_and_edges(tables):
    records = passages(tables, "adjudicated")
    behind = {edge: len(some) for edge, some in by_edge(tables, records).items()}
    edges = pd.concat([tables["edges"], tables["issue_edges"]])
    numbers = dict(zip(edges.edge_id, edges.n_evidence, strict=True))
    assert behind == numbers, "every number of an edge is a passage that is shown"
    event = tables["events"].event_id.iloc[0]
    assert {record["event_id"] for record in of_ids(event, records)} == {event}
    assert of_ids("nothing;", records) == []


@pytest.mark.data
@pytest.mark.parametrize("kind", get_args(Record))
def test_a_record_has_the_keys_of_its_type_and_the_columns_of_its_table(tables, kind):
    types = get_type_hints(kind)
    (unit,) = get_args(types.pop("unit"))
    table = columns(UNITS[unit].table) if unit in UNITS else []
    records = [r for r in passages(tables, "all").values() if r["unit"] == unit]
    assert records
    for record in records:
        assert {*types, *table, "unit"} == set(record)
        for key, expected in types.items():
            assert isinstance(record[key], get_origin(expected) or expected), key


def test_every_page_of_the_menu_has_a_template_or_a_text_and_every_template_a_page(root):
    source = root / "reports/source"
    templates = {path.stem for path in (source / "_pages").glob("*.html")}
    written = {path.stem for path in source.glob("*.md")}
    assert pages.PAGES.keys() <= templates | written
    parts = {"article", "events", "findings", "index", "macros", "notebook", "person", "ties"}
    assert templates - parts - {"changes", "corrections"} <= pages.PAGES.keys()
