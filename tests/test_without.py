"""Parts that a notebook goes without: what it reads, and its key, are free of them alike."""

import pandas as pd
import pytest
from test_checked_runs import put

from dispute.run import notebooks
from dispute.run.graph import Graph
from dispute.run.settings import read
from dispute.run.steps import UNKNOWN, Steps
from helpers.case.load import load
from helpers.case.parts import EARLIER, NOTES, TABLES, table_of, without_notes

CODED = ["statements", "event_mentions", "relations"]


class Asked(Steps):
    """Steps that make nothing, and know what went into each."""

    inputs: dict

    def make(self, name, inputs, action):
        self.inputs[name] = dict(inputs)
        return UNKNOWN


def keys(case, monkeypatch, root):
    """What goes into each notebook of the suite, for a case, in the order of their numbers.

    (They are asked at the same time, and do not always answer in that order.)
    """
    monkeypatch.chdir(root)
    steps = Asked(case, dry=True)
    steps.inputs = {}
    _ = Graph(steps, read(case_dir=str(case)), case, case).ran
    of_notebooks = sorted(steps.inputs.items())
    return {name.removeprefix("notebook-")[:1]: inputs for name, inputs in of_notebooks}


def same(one, other):
    for name, value in vars(one).items():
        if isinstance(value, pd.DataFrame):
            pd.testing.assert_frame_equal(value, getattr(other, name))
        else:
            assert value == getattr(other, name)


def edit(case, table, column, words):
    """A cell of the first row of a table in each pass; gives the files."""
    paths = sorted(case.glob(f"coding/*/{table}.csv"))
    for path in paths:
        put(case, path.relative_to(case), column, words)
    return paths


@pytest.mark.parametrize("table", CODED)
def test_a_note_alters_no_notebook_but_the_one_that_shows_it(broken, table, monkeypatch, root):
    case, before = load(broken, without=[NOTES]), keys(broken, monkeypatch, root)
    (path, *_) = edit(broken, table, "note", "a second thought")
    assert "a second thought" in getattr(load(broken), table).note.tolist()
    same(load(broken, without=[NOTES]), case)
    after = keys(broken, monkeypatch, root)
    assert [number for number in before if before[number] != after[number]] == ["1"]
    content = path.read_bytes()
    assert b"second" in content and b"second" not in without_notes(content)


def test_what_a_note_codes_is_read_all_the_same(broken, monkeypatch, root):
    before = keys(broken, monkeypatch, root)
    edit(broken, "statements", "note", f"He is {EARLIER.upper()} to have agreed")
    assert EARLIER in load(broken, without=[NOTES]).statements.note.tolist()
    after = keys(broken, monkeypatch, root)
    assert [number for number in before if before[number] != after[number]] == list("12457")


@pytest.mark.parametrize(
    "table, kept", [("event_mentions", "27"), ("statements", "3"), ("relations", "37")]
)
def test_a_table_that_a_notebook_goes_without_alters_neither_case_nor_key(
    broken, table, kept, monkeypatch, root
):
    case, before = load(broken, without=[table]), keys(broken, monkeypatch, root)
    edit(broken, table, "gloss", "in other words")
    same(load(broken, without=[table]), case)
    after = keys(broken, monkeypatch, root)
    assert [number for number in before if before[number] == after[number]] == list(kept)


def test_context_events_alter_what_draws_them(broken, monkeypatch, root):
    before = keys(broken, monkeypatch, root)
    put(broken, "context_events.csv", "event", "Another event")
    after = keys(broken, monkeypatch, root)
    assert [number for number in before if before[number] == after[number]] == list("247")


def test_a_sentence_alters_the_notebook_that_tells_it(broken, monkeypatch, root):
    written = broken / "sentences.csv"
    written.write_text("step,finding_id,sentence,quote,other_quote\n", encoding="utf-8")
    before = keys(broken, monkeypatch, root)
    with open(written, "a", encoding="utf-8") as file:
        file.write(",f1,{actor} asks for {issue}.,,\n")
    after = keys(broken, monkeypatch, root)
    assert [number for number in before if before[number] != after[number]] == ["5"]


def test_a_case_without_parts_has_their_columns_and_no_row(real):
    assert load("data/raw", without=[]).statements.equals(real.statements)
    less = load("data/raw", without=list(TABLES))
    for table in TABLES:
        frame = getattr(less, table)
        assert list(frame) == list(getattr(real, table)) and frame.empty
    assert less.adjudication.empty and not real.adjudication.empty


def test_a_part_that_there_is_not_is_refused(root):
    with pytest.raises(ValueError, match="without speakers: expected some of notes, statements"):
        load(root / "data/raw", without=["speakers"])


@pytest.mark.parametrize(
    "code, parts",
    [
        ('case = load("x", without=["notes", "statements"])', ["notes", "statements"]),
        ('case = helpers.case.load.load("x", day, without=("notes",))', ["notes"]),
        ('a = load("x", without=["notes"])\nb = load("x")', []),
        ('case = load("x", without=parts)', []),
        ('case = load("x")', []),
        ("case = (", []),
    ],
)
def test_what_a_notebook_goes_without_is_read_from_its_code(code, parts):
    assert notebooks.goes_without(code) == parts


def test_a_file_that_is_no_table_counts_whole():
    for content in (b"\xff", b'"a', b"id,note\n1\n", b"id\n1\n"):
        assert without_notes(content) == content
    assert table_of("case.yaml") == "" and table_of("coding/adjudicated/decisions.csv") == ""
    assert {table_of(f"coding/a/{table}.csv") for table in CODED} == set(CODED)


def test_the_notebooks_with_most_code_begin(broken, monkeypatch, root):
    """One of the longest, left for the end, would run alone while the other cores are idle."""
    monkeypatch.chdir(root)
    monkeypatch.setattr("dispute.run.graph.at_once", lambda books: 1)
    begun = []
    monkeypatch.setattr(Graph, "_notebook", lambda self, book: begun.append(book))
    asked = read(case_dir=str(broken))
    made = Graph(Asked(broken, dry=True), asked, broken, broken).ran
    size = [len(notebooks.code(asked.books[book])) for book in begun]
    assert size == sorted(size, reverse=True) and list(made) == sorted(begun)
