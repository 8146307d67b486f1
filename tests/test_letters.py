"""Names in any script are drawn, or told before the run: no box, and no warning in a notebook."""

import warnings

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from collisions import labels
from test_figures import SCALE, entries, nodes, stances, ties

from dispute.brief.typesetting import in_letters
from dispute.cli import main
from helpers.case.load import load
from helpers.figures import details, matrix, network, robustness
from helpers.figures.letters import in_lines, spelled
from helpers.figures.pictures import done, png

# Scripts that the font of figures has, and such that it lacks, with how these are called.
DRAWN = ["Ελλάδα", "Россия", "محمد النهضة", "דוד", "საქართველო", "Հայաստան", "Nguyễn"]
DRAWN += ["e\u0301", "\uff21\uff22\u3000\uff23", "a\u200db\ufeffc", "\U0001d49c"]
LACKING = {
    "張偉": "Han",
    "たなか": "Hiragana",
    "김정은": "Hangul",
    "नरेन्द्र मोदी": "Devanagari",
    "বাংলা": "Bengali",
    "አዲስ አበባ": "Ethiopic",
    "สมชาย ใจดี": "Thai",
    "🙂": "symbol",
}
NAMES = [*DRAWN, *LACKING]


@pytest.fixture(autouse=True)
def no_warning():
    """matplotlib warns of each letter that it has to draw, or to measure, as a box."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def words(figure):
    return {" ".join(label.words.split()) for label in labels(figure)}


def actors():
    """A name in each script by its id."""
    return {f"a{number:04}": name for number, name in enumerate(NAMES)}


def test_a_name_that_the_font_lacks_stands_as_its_id_in_a_network():
    names = actors()
    figure = network.network(nodes(len(names)), ties(len(names)), names)
    assert png(figure)
    lacking = {identity for identity, name in names.items() if name in LACKING}
    assert lacking and lacking <= words(figure)
    assert {"Ελλάδα", "محمد النهضة", "דוד", "AB C"} <= words(figure)


def test_issues_and_periods_stand_as_their_ids_in_stances():
    order = {f"p{number}": name for number, name in enumerate(list(LACKING)[:5])}
    issues = {f"i{number:03}": name for number, name in enumerate(LACKING)}
    one, five = stances(8, len(issues), 1), stances(8, len(issues), 5)
    names = {f"a{number:04}": name for number, name in enumerate(LACKING)}
    for figure in matrix.stance_matrix(one, SCALE, names, issues):
        assert set(issues) <= words(figure)
    for figure in matrix.stance_periods(five, SCALE, names, issues, order):
        assert set(issues) <= words(figure) and "1 p0" in words(figure)


@pytest.mark.parametrize("name, script", LACKING.items())
def test_other_words_say_the_script_in_brackets(name, script):
    some = entries(2).assign(event=f"{name} met {name}")
    told = " ".join(words(details.detail(some, name)))
    assert f"[{script}] met [{script}]" in told
    row = {"finding_id": "f-1", "sentence": f"{name} supports “X”.", "margin": 1}
    tried = pd.DataFrame(columns=["finding_id", "choice", "level", "holds"])
    figure = robustness.what_ends(pd.DataFrame([row]), tried)
    assert f"f-1: [{script}] supports “X”." in words(figure)


def test_an_english_sentence_runs_from_left_to_right_whatever_word_begins_a_line():
    """Else matplotlib would draw its full stop before it, and its words the other way."""
    assert in_lines("“דוד” agrees", 20) == ["\u200e“דוד” agrees"]
    assert in_lines("one and Ada דוד", 8) == ["\u200eone and", "\u200eAda דוד"]
    assert in_lines("they agree", 20) == ["they agree"]


def test_what_is_lacking_is_said_once_for_words_that_stand_together():
    assert spelled("A 张伟\uff0c李明 and 王芳。") == "A [Han] and [Han]"
    assert spelled("🙂🏳️‍🌈, a 🇰🇪!") == "[symbol], a [symbol]!"
    assert spelled("1\tA\u3000\u2460") == "1 A \u2460"


def test_letters_that_join_are_joined():
    """Arabic is shaped and runs from right to left: matplotlib does so from 3.11 on."""

    def drawn(text):
        figure = plt.figure(figsize=(2, 1))
        figure.text(0.1, 0.1, text, fontsize=30)
        return png(done(figure))

    assert drawn("بب") != drawn("ب\u200cب")


@pytest.fixture
def named(broken):
    """The made-up case with names in scripts that the font lacks, and with one that it has."""
    changes = {
        "codebook/actors.csv": {"Harbour Board": "張偉", "Mira Solvik": "محمد", "Elin": "李明"},
        "codebook/issues.csv": {"Lamp is safe": "🙂 มา"},
        "codebook/periods.csv": {"Hearings": "听证"},
        "context_events.csv": {"A gale": "አዲስ"},
        "articles/skerry-post.yaml": {'"The Skerry Post (Norvale)"': '"朝日新聞"'},
        "case.yaml": {"The light at": "灯 at"},
    }
    for file, pairs in changes.items():
        text = (broken / file).read_text(encoding="utf-8")
        for old, new in pairs.items():
            text = text.replace(old, new)
        (broken / file).write_text(text, encoding="utf-8")
    return broken


def test_check_tells_in_one_sentence_each_script_with_names_and_what_to_do(named, capsys):
    assert main(["check", str(named)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "letters" in line]
    assert [line.split(":")[1].split(",")[0].strip() for line in told] == [
        "codebook/actors.csv",
        "codebook/issues.csv",
        "codebook/issues.csv",
        "context_events.csv",
    ]
    han = told[0]
    assert "row 2, name: found 張偉, 李明 Marsh, 听证 and 2 more" in han and "Han" in han
    assert "ids, or [Han], stand there" in han and "aliases.csv" in han
    assert all(len(one) < 300 for one in told)
    assert "symbol" in "".join(told) and "Ethiopic" in told[3] and "محمد" not in "".join(told)


def test_the_brief_has_ids_for_names_and_no_box(root, named):
    case = load(named)
    printed = in_letters({"a": "張偉 supports “🙂 มา”, says 朝日新聞", "b": [["محمد", 3]]}, case)
    assert printed["a"] == "harbour-board supports “lamp-safe”, says [Han]"
    assert printed["b"] == [["محمد", 3]] and printed["lacking"]
    assert not in_letters({"a": "Ada"}, case)["lacking"]
