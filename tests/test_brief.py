"""The brief: four pages, tagged, the same bytes again, and no name is ever read as markup."""

import dataclasses

import pytest
import yaml

from dispute import brief
from helpers.case.tables import read_tables

CITE = "A Body (2019). A title."


@pytest.fixture(scope="module")
def template(root):
    return (root / "reports/source/brief/brief.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(root):
    return read_tables(root / "data/processed")


def test_the_brief_has_four_pages_and_the_same_bytes_again(real, tables, template):
    printed, drawn = (
        brief.content(real, tables, "adjudicated", CITE),
        brief.pictures(real, tables, "adjudicated"),
    )
    pdf = brief.typeset(template, printed, drawn)
    assert pdf.startswith(b"%PDF-") and pdf == brief.typeset(
        template, printed, brief.pictures(real, tables, "adjudicated")
    )
    assert len(brief.typeset(template, printed, drawn, format="png", ppi=10)) == 4


def test_what_is_printed_comes_from_the_tables(real, tables):
    printed = brief.content(real, tables, "adjudicated", CITE)
    assert printed["findings"] == tables["findings"].sentence.tolist() and printed[
        "n_events"
    ] == len(tables["chronology"])
    assert (
        dict((what, int(n)) for n, what in printed["counts"])["statements"]
        == (tables["statements"].coder == "adjudicated").sum()
    )
    weights = [float(row[1]) for row in printed["differ"]]
    assert weights == sorted(weights, reverse=True) and weights[0] == round(
        tables["edges"].query("network == 'conflict'").weight.max(), 2
    )


def test_a_hostile_title_is_printed_and_not_run(real, tables, template):
    hostile = dataclasses.replace(
        real,
        title='#panic("x") $a$ *b* `c` <d> @e',
        question="= no heading\n- no list",
        authors=("#x",),
    )
    printed = brief.content(hostile, tables, "adjudicated", CITE)
    assert brief.typeset(
        template, printed, brief.pictures(hostile, tables, "adjudicated")
    ).startswith(b"%PDF-")


def test_empty_tables_still_make_a_brief(real, tables, template):
    empty = {name: frame.head(0) for name, frame in tables.items()} | {
        "articles": tables["articles"]
    }
    printed = brief.content(real, empty, "adjudicated", CITE)
    assert printed["differ"] == printed["events"] == printed["agreement"] == []
    assert brief.typeset(template, printed, brief.pictures(real, empty, "adjudicated")).startswith(
        b"%PDF-"
    )


def test_how_to_cite_comes_from_the_citation_file(root):
    cff = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert (
        brief.citation(cff)
        == f"{cff['authors'][0]['name']} ({cff['date-released'].year}). {cff['title']}. Version {cff['version']}."
    )
