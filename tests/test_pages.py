"""Pages: every passage at its place, every number a link, and hostile names stay text."""

import json
import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args, get_origin, get_type_hints
from urllib.parse import unquote, urldefrag

import pandas as pd
import pytest
from markdown_it import MarkdownIt
from sites import html_of, written

from dispute.site import prose
from dispute.site.lookups import Site
from dispute.site.passages import Record, by_edge, passages
from dispute.site.references import bibtex
from dispute.site.shell import MENU
from helpers.analysis.answers import ASKED
from helpers.case.schema import UNITS, columns, only_filled
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


@pytest.mark.data
def test_the_method_answers_the_four_questions_with_and_without_marked_units(
    root, real, tables, published
):
    said = published["method.html"]
    places = [said.find(asked) for asked in ASKED.values()]
    assert -1 not in places and places == sorted(places)
    assert "without marked units" in said and "none was left out" not in said
    none = tables | {"agreement": tables["agreement"].assign(n_marked=0)}
    said = written(root, real, none)["method.html"]
    assert "without marked units" not in said and "none was left out" in said


def repeated(text):
    """The ids that stand more than once on a page."""
    ids = re.findall(r' id="([^"]+)"', text)
    return sorted({one for one in ids if ids.count(one) > 1})


@pytest.mark.data
def test_every_page_is_whole(published, real):
    people = {f"people/{actor}.html" for actor in real.actors.actor_id}
    articles = {f"evidence/{article}.html" for article in real.articles.article_id}
    assert people | articles <= set(published)
    for name, text in html_of(published).items():
        reader = Reader(text)
        assert not reader.open and not reader.astray, (name, reader.open, reader.astray)
        assert repeated(text) == [], name


def test_no_link_of_the_pages_leads_nowhere(published):
    readers = {name: Reader(text) for name, text in html_of(published).items()}
    made_elsewhere = ("data/", "notebooks/", "report.", "search/")
    for name, reader in readers.items():
        for link in reader.links:
            address, place = urldefrag(link)
            if re.match("[a-z]+:", address):
                continue
            address = address.partition("?")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
            target = target if address else name
            if not target.startswith(made_elsewhere):
                assert target in readers, (name, link)
                assert not place or unquote(place) in readers[target].ids, (name, link)


def test_every_coded_passage_of_the_coder_is_quoted_once_at_its_place_and_no_other_coders(
    published, real
):
    for article, here in real.statements.groupby("article_id"):
        text = published[f"evidence/{article}.html"]
        ids = re.findall(r'<li class="statement"><details>.*?<div id="([^"]+)">', text, flags=re.S)
        assert sorted(ids) == sorted(here[here.coder == "adjudicated"].statement_id)
        assert len(ids) == len(set(ids))
    site = "".join(html_of(published).values())
    for other in real.statements[real.statements.coder != "adjudicated"].statement_id:
        assert f'id="{other}"' not in site
    assert 'lang="sw"' in site


@pytest.mark.data
@pytest.mark.parametrize(
    "page, link",
    [
        ("stances.html", r'people/[^"]+#on-'),
        ("network.html", r'ties/[^"]+#'),
        ("people.html", r'people/[^"]+#said'),
    ],
)
def test_numbers_of_the_tables_are_links(published, page, link):
    body = published[page]
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
    for name, text in html_of(written(root, case, tables)).items():
        reader = Reader(text)
        assert not reader.open and not reader.astray, name
        assert "alert" not in "".join(re.findall("<script>.*?</script>", text, flags=re.S)), name
        (described,) = re.findall("<script type=.*?>(.*?)</script>", text, flags=re.S)
        assert json.loads(described)["name"] and "<" not in described, name
        assert "62615533" not in text, name
        assert not [link for link in reader.links if link.startswith("javascript:")], name


@pytest.mark.parametrize("words", HOSTILE)
def test_plain_words_read_back_as_themselves(words):
    shown = Reader(MarkdownIt("commonmark").render("# " + plain(words)))
    assert "".join(shown.words).strip() == " ".join(words.split())
    assert shown.tags == {"h1"}


RULES = """# Rules

## Who

| a | b |
|---|---|
| 1 | 2 |

<b onclick=x>bold</b> ![p](http://x.org/p.png)

```{include} x
```"""


def test_rules_keep_their_tables_and_no_html():
    reader = Reader(prose.rules(RULES))
    assert {"table", "h2"} <= reader.tags and not {"b", "img", "h1"} & reader.tags


def test_a_link_of_the_rules_to_a_file_beside_them_keeps_its_words_alone():
    reader = Reader(prose.rules("In [the *table*](rules.csv), [there](https://x.org), [here](#a)."))
    assert reader.links == ["https://x.org", "#a"]
    assert "".join(reader.words).strip() == "In the table, there, here."


def test_own_quotation_marks_are_curled_and_those_of_articles_stay():
    own = (
        "<p>Kenya's &#34;first&#34; vote (&#39;so it&#39;s said&#39;) <q>isn't \"it\"</q> 'tis</p>"
    )
    kept = '<p>Kenya’s “first” vote (\u2018so it’s said’) <q>isn\'t "it"</q> \u2018tis</p>'
    assert prose.curled(own) == kept
    assert prose.curled('<a title="it\'s">a</a>') == '<a title="it\'s">a</a>'
    noted = "<td>The article says \"they don't\"; that's all</td>"
    assert prose.curled(noted) == "<td>The article says “they don't”; that’s all</td>"


def test_references_hold_every_article_and_escape_what_tex_reads(real):
    tricky = real.articles.assign(title=r"100% \of {it} & $x_1$")
    text = bibtex(replace(real, articles=tricky))
    assert text.count("@article{") == len(real.articles)
    assert r"100\% \textbackslash{}of \{it\} \& \$x\_1\$" in text
    depth = 0
    for char in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.data
def test_a_notebook_shows_how_to_run_it_and_its_download_has_no_outputs(published):
    shown = published["4_stance_tables.html"]
    assert shown.index("papermill x") < shown.index("1 &lt; 2")
    assert '<details class="code' in shown and '<span class="nb">print</span>' in shown
    file = json.loads(published["notebooks/4_stance_tables.ipynb"])
    outputs = [cell["outputs"] for cell in file["cells"] if cell["cell_type"] == "code"]
    assert outputs == [[]]


@pytest.mark.data
def test_passages_behind_ids_and_edges(real, tables):
    records = passages(tables, "adjudicated")
    behind = {edge: len(some) for edge, some in by_edge(tables, records).items()}
    edges = pd.concat([tables["edges"], tables["issue_edges"]])
    numbers = dict(zip(edges.edge_id, edges.n_evidence, strict=True))
    assert behind == numbers, "every number of an edge is a passage that is shown"
    event, site = tables["events"].event_id.iloc[0], Site(real, tables, "adjudicated")
    assert {record["event_id"] for record in site.of(event)} == {event}
    assert site.of("nothing;") == []


@pytest.mark.data
@pytest.mark.parametrize("kind", get_args(Record))
def test_a_record_has_the_keys_of_its_type_and_the_columns_of_its_table(tables, kind):
    types = get_type_hints(kind)
    (unit,) = get_args(types.pop("unit"))
    table = set(columns(UNITS[unit].table)) if unit in UNITS else set()
    table -= only_filled(UNITS[unit].table) if unit in UNITS else set()
    records = [r for r in passages(tables, "all").values() if r["unit"] == unit]
    assert records
    for record in records:
        assert {*types, *table, "unit"} == set(record)
        for key, expected in types.items():
            assert isinstance(record[key], get_origin(expected) or expected), key


def test_every_page_of_the_menu_has_a_template_and_every_template_a_page(root, published):
    templates = {path.stem for path in (root / "src/dispute/templates/pages").glob("*.html")}
    assert MENU.keys() <= templates
    assert {f"{name}.html" for name in MENU} <= published.keys()
    seldom = {"changes", "machine"}
    parts = {"article", "base", "macros", "notebook", "panel", "person", "ties"}
    assert {f"{name}.html" for name in templates - parts - seldom} <= published.keys()
