"""The brief: four pages, tagged, the same bytes again, and no name is ever read as markup."""

import dataclasses

import pandas as pd
import pytest

from dispute import brief

CITE = "A Body (2019). A title."


@pytest.fixture(scope="module")
def template(root):
    return (root / "src/dispute/templates/brief/brief.typ").read_text(encoding="utf-8")


def printed(case, tables):
    return brief.content(case, tables, "adjudicated", CITE)


def drawn(case, tables):
    return brief.pictures(case, tables, "adjudicated")


def test_the_brief_has_four_pages_and_the_same_bytes_again(real, tables, template):
    words, figures = printed(real, tables), drawn(real, tables)
    pdf = brief.typeset(template, words, figures)
    assert pdf.startswith(b"%PDF-")
    assert pdf == brief.typeset(template, words, drawn(real, tables))
    assert len(brief.typeset(template, words, figures, format="png", ppi=10)) == 4


def test_what_is_printed_comes_from_the_tables(real, tables):
    words = printed(real, tables)
    findings = tables["findings"].query("kind != 'count' and exploratory != 'yes'")
    parts = list(zip(words["findings"], findings.sentence, findings.ended_by, strict=True))
    assert parts and all(one.startswith(said) and one.endswith(end) for one, said, end in parts)
    assert words["n_events"] == len(tables["chronology"])

    counts = {what: int(number) for number, what in words["counts"]}
    assert counts["statements"] == (tables["statements"].coder == "adjudicated").sum()

    weights = [float(row[1]) for row in words["differ"]]
    heaviest = tables["edges"].query("network == 'conflict'").weight.max()
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == round(heaviest, 2)


def test_a_hostile_title_is_printed_and_not_run(real, tables, template):
    hostile = dataclasses.replace(
        real,
        title='#panic("x") $a$ *b* `c` <d> @e',
        question="= no heading\n- no list",
        authors=("#x",),
    )
    pdf = brief.typeset(template, printed(hostile, tables), drawn(hostile, tables))
    assert pdf.startswith(b"%PDF-")


def test_empty_tables_still_make_a_brief(real, tables, template):
    empty = {name: frame.head(0) for name, frame in tables.items()}
    empty["articles"] = tables["articles"]
    words = printed(real, empty)
    assert words["differ"] == words["events"] == words["agreement"] == []
    assert brief.typeset(template, words, drawn(real, empty)).startswith(b"%PDF-")


@pytest.mark.data
def test_the_brief_asks_the_four_questions_and_tells_what_marked_rules_decide(
    real, tables, template
):
    words = printed(real, tables)
    asked = [row[1] for row in words["agreement"]]
    assert asked[0] == "Do they mark the same words?"
    assert "Do they end with the same positions?" in asked
    some = tables | {"agreement": tables["agreement"].assign(n_marked=3)}
    words = printed(real, some)
    assert all(row[3] for row in words["agreement"])
    pages = brief.typeset(template, words, drawn(real, tables), format="png", ppi=10)
    assert len(pages) == 4


@pytest.mark.data
def test_of_more_than_two_passes_the_brief_tells_the_positions(real, tables):
    known = tables["agreement"]
    of_pair = known[known.coder_b != ""].assign(coder_b="pass-c")
    more = tables | {"agreement": pd.concat([known, of_pair], ignore_index=True)}
    assert [row[:2] for row in printed(real, more)["agreement"]] == [
        ["pass-a and pass-b", "Do they end with the same positions?"],
        ["pass-a and pass-c", "Do they end with the same positions?"],
    ]
