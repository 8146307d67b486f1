"""The answer on the front page and the story: all of both is there without script."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import escape
from sites import written

from dispute.site import prose
from dispute.site.lookups import Site
from dispute.site.story import Story, _stands, within
from dispute.site.ties import Ties
from helpers.analysis.sentences import Step, steps

SPRING = Step("spring", "The spring", "2019-03-01/2019-05-31")


def as_shown(words):
    """A sentence as a page prints it, its question apart."""
    ask, mark, rest = words.partition("? ")
    whole = f"<strong>{escape(ask)}?</strong> {escape(rest)}" if mark else str(escape(words))
    return prose.curled(whole)


def sections(page):
    """step to the HTML of its section."""
    found = re.findall(r'<section class="step">\s*<h2 id="([^"]+)">(.*?)</section>', page, re.S)
    return dict(found)


# --- the answer


def test_the_answer_stands_first_and_counts_come_last(published, tables):
    page = published["index.html"]
    answer = tables["sentences"].query("step == ''").sentence
    places = [page.find(as_shown(sentence)) for sentence in answer]
    assert -1 not in places and places == sorted(places)
    assert places[-1] < page.find("<h2"), "before every other part of the page"
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    assert headings[-1] == "In numbers"


def test_each_sentence_leads_to_the_words_of_each_side_and_to_its_finding(published, tables, real):
    page = published["index.html"]
    items = re.findall(r'<li class="told">(.*?)</li>', page, re.S)
    rows = tables["sentences"].query("step == ''").itertuples()
    for item, row in zip(items, rows, strict=True):
        assert f'findings.html#{row.finding_id}"' in item
        for passage, quote in ((row.quoted_id, row.quote), (row.other_quoted_id, row.other_quote)):
            words = rf'#{passage}"><q[^>]*>{re.escape(str(escape(quote)))}</q>'
            assert not passage or re.search(words, item)
        assert (row.rests_on or "why") in item


def test_a_page_lists_no_exploratory_finding_but_in_the_answer(published, tables):
    front = published["index.html"]
    later = tables["findings"].query("exploratory == 'yes'").sentence
    assert len(later) and not any(str(escape(words)) in front for words in later)
    assert all(prose.curled(str(escape(words))) in published["findings.html"] for words in later)


# --- the story


def test_every_step_has_its_sentences_figures_and_views_without_script(published, tables, real):
    told = sections(published["story.html"])
    assert list(told) == list(real.story.step)
    for step in steps(real):
        part = told[step.step]
        for sentence in tables["sentences"].query("step == @step.step").sentence:
            assert as_shown(sentence) in part
        first, last = step.span_edtf.split("/")
        days = f"?from={first}&amp;to={last}"
        drawn = re.findall(r'(network|chronology|stances)\.html\?from=[^"]*"', part)
        assert "chronology" in drawn and part.count("<figure") == len(drawn)
        assert all(f"{view}.html{days}" in part for view in drawn)
        assert part.count("<svg") >= 1 and " hidden" not in part


def test_a_step_shows_what_may_lie_in_its_days():
    rows = [
        ("before", "2019-02-01", "2019-02-28"),
        ("inside", "2019-03-05", "2019-03-05"),
        ("over", "2019", "2019-12-31"),
        ("open", "", "2019-03-01"),
        ("to come", "2019-05-31", ""),
        ("after", "2019-06-01", "2019-06-01"),
        ("undated", "", ""),
    ]
    frame = pd.DataFrame(rows, columns=["name", "earliest", "latest"])
    assert list(within(frame, SPRING).name) == ["inside", "over", "open", "to come"]


def statement(name, speaker, issue, for_whom=""):
    said = {"id": name, "unit": "statement", "speaker": speaker, "issue": issue}
    return said | {"on_behalf_of": for_whom}


def test_a_tie_of_opinion_stands_where_both_speak_to_one_issue():
    edge = {"network": "conflict", "source": "ann", "target": "bo"}
    ann, bo, other = (
        statement("1", "ann", "audit"),
        statement("2", "cy", "audit", for_whom="bo"),
        statement("3", "bo", "vote"),
    )
    assert _stands(edge, [ann, bo], {"1", "2"})
    assert not _stands(edge, [ann, bo], {"1"})
    assert not _stands(edge, [ann, other], {"1", "3"}), "to another issue"
    tie = edge | {"network": "relation"}
    assert _stands(tie, [{"id": "4", "unit": "relation"}], {"4"})
    assert not _stands(tie, [{"id": "4", "unit": "relation"}], {"1"})


def test_the_stances_of_a_step_are_counted_as_the_table_counts(real, tables):
    site = Site(real, tables, "adjudicated")
    story = Story(site, Ties(site))
    for step in story.steps:
        table = story.then(step).stances.table
        ids = ";".join(table.statement_ids).split(";") if len(table) else []
        counted = set(";".join(tables["stance_table"].statement_ids).split(";"))
        assert set(ids) <= counted
        assert table.n.sum() == len(ids)


# --- other cases


def test_a_case_without_a_story_tells_its_periods(root, lighthouse):
    case, tables, _ = lighthouse
    files = written(root, case, tables)
    assert list(sections(files["story.html"])) == list(case.periods.period)
    assert 'class="answer"' in files["index.html"]


@pytest.mark.parametrize("table", ["periods", "sentences"])
def test_a_case_without_steps_or_sentences_says_so(root, lighthouse, table):
    case, tables, _ = lighthouse
    none = replace(case, periods=case.periods.head(0))
    if table == "sentences":
        tables = {**tables, "sentences": tables["sentences"].head(0)}
    files = written(root, none, tables)
    assert "No step of it is written" in files["story.html"]
    assert ('class="answer"' in files["index.html"]) == (table == "periods")
