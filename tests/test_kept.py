"""Pages of an earlier site: taken where they are still right, and never where they are not."""

import random
from dataclasses import replace

import pandas as pd
import pytest
from sites import written

from dispute.site.kept import WORDS, Earlier, Kept
from dispute.site.places import Part
from dispute.site.shell import Page
from helpers.case.schema import CODED

LIGHTHOUSE = "tests/cases/lighthouse"


@pytest.fixture(scope="module")
def first(root, lighthouse):
    """A case, its tables, its site, and the keys of its pages."""
    case, tables, _ = lighthouse
    kept = Kept(made_by="the same code")
    return case, tables, written(root, case, tables, kept), kept.keys


def again(root, first, case, tables, made_by="the same code"):
    """The site of a changed case, after the first one; and the pages that were taken from it."""
    _, _, files, keys = first
    taken = []

    def read(file):
        taken.append(file)
        return files[file]

    site = written(root, case, tables, Kept(Earlier(keys, read), made_by))
    assert site == written(root, case, tables)
    return site, taken


def with_cell(case, tables, table, column, row, value):
    """The case and the tables with one cell changed, in each where it stands."""

    def changed(frame):
        frame = frame.copy()
        frame.iloc[row, frame.columns.get_loc(column)] = value
        return frame

    if hasattr(case, table) and column in getattr(case, table) and row < len(getattr(case, table)):
        case = replace(case, **{table: changed(getattr(case, table))})
    return case, tables | {table: changed(tables[table])}


def test_nothing_changed_all_pages_that_can_be_kept_are_taken(root, first):
    case, tables, files, keys = first
    site, taken = again(root, first, case, tables)
    assert site == files and taken == list(keys)
    folders = ("people/", "evidence/", "ties/", "measures")
    pages = {name for name in files if name.endswith(".html")}
    assert set(taken) == {name for name in pages if name.startswith(folders)}


def test_other_code_takes_none(root, first):
    assert again(root, first, first[0], first[1], "other code")[1] == []


@pytest.mark.parametrize("table", [unit.table for unit in CODED.values()])
def test_words_that_change_are_shown_and_few_pages_filled(root, first, table):
    case, tables, _, keys = first
    row = next(n for n, coder in enumerate(tables[table].coder) if coder == "adjudicated")
    columns = [column for column in WORDS if column in tables[table]]
    for column in columns:
        case, tables = with_cell(case, tables, table, column, row, f"the new {column}")
    site, taken = again(root, first, case, tables)
    article = f"evidence/{tables[table].article_id[row]}.html"
    assert article not in taken and len(taken) >= len(keys) - 3
    shown = {column for column in columns if f"the new {column}" in site[article]}
    assert {"quote", "gloss", "note", "date_words", "date_note"} <= shown


@pytest.mark.parametrize("seed", range(1))
@pytest.mark.long
def test_whatever_changes_no_page_is_old(root, first, seed):
    """Any cell of any table takes the value of another row."""
    dice = random.Random(seed)
    case, tables, _, _ = first
    for _ in range(3):
        name = dice.choice([name for name in tables if len(tables[name]) > 1])
        column = dice.choice(list(tables[name]))
        row, other = dice.sample(range(len(tables[name])), 2)
        value = tables[name][column].iloc[other]
        try:
            again(root, first, *with_cell(case, tables, name, column, row, value))
        except (ValueError, KeyError):
            continue  # no table that a run makes


@pytest.mark.long
def test_what_the_case_says_of_itself_is_on_every_page(root, first):
    case, tables, _, _ = first
    site, taken = again(root, first, replace(case, title="Another title"), tables)
    assert not taken and all("Another title" in text for text in pages_of(site))
    aliases = pd.concat([case.aliases, case.aliases.head(1).assign(alias="The Old Man")])
    assert not again(root, first, replace(case, aliases=aliases), tables)[1]


def pages_of(site):
    return [text for name, text in site.items() if name.endswith(".html")]


def test_another_template_is_always_filled():
    kept = Kept(Earlier({"index.html": "x"}, lambda file: "old"))
    part = Part(1, 1, [], "")
    assert kept.page("index.html", Page("index", "index", "T"), part, lambda: "new") == "new"
    assert kept.keys == {}
