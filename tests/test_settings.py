"""Settings: every fault at once, with its place; words; what YAML makes of years and days."""

import json

import pytest

from dispute.run import settings
from dispute.run.choices import all_problems
from helpers.case.folder import has_proposals, has_sample

GOOD = "case_dir: data/raw\ncoder: adjudicated\nnotebooks: {4_stance_tables: {min_statements: 1}}\n"


@pytest.fixture
def written(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)

    def write(text, *words, **more):
        if text.startswith(GOOD):  # a later line instead of the good one
            text = "".join({line.split(":")[0]: f"{line}\n" for line in text.splitlines()}.values())
        (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
        asked = settings.read(tmp_path / "c.yaml", words, **more)
        return asked, [str(problem).removeprefix(f"{tmp_path}/") for problem in all_problems(asked)]

    return write


def test_the_published_settings_are_sound(root, monkeypatch):
    monkeypatch.chdir(root)
    asked = settings.read()
    books = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    if not has_proposals(root / "data/raw"):
        books.remove("6_machine_reading")
    if not has_sample(root / "data/raw"):
        books.remove("8_estimates")
    assert all_problems(asked) == [] and set(asked.own) == set(asked.books) == books


@pytest.mark.parametrize(
    "text",
    ["", "[]", "a: [", "- a", "5", "a: \0", "? [1]\n: 2", "\t", "title: !!python/object:x {}"],
)
def test_what_is_no_list_of_names_and_values_is_told(written, text):
    _, told = written(text)
    assert (
        len(told) == 1
        and told[0].startswith("c.yaml: found ")
        and told[0].endswith("expected a YAML file of `name: value` lines")
    )


def test_a_missing_file_is_told_and_a_case_may_be_named_apart(root, monkeypatch):
    monkeypatch.chdir(root)
    assert [str(p) for p in all_problems(settings.read("nowhere.yaml", case_dir="data/raw"))] == [
        "nowhere.yaml: found No such file or directory; expected a YAML file of `name: value` lines"
    ]


def test_a_line_left_empty_says_nothing(written):
    asked, problems = written(GOOD + "as_of:\nperiod:\n")
    assert problems == [] and asked.shared["as_of"] == "" and asked.shared["period"] == "all"


def test_what_a_run_needs_beside_the_settings_is_looked_at_first(root, tmp_path, monkeypatch):
    for name in ("config.yaml", "requirements.lock", "notebooks", "reports", "data"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.chdir(tmp_path)
    assert all_problems(settings.read()) == []
    (tmp_path / "requirements.lock").unlink()
    assert "requirements.lock: found no such file; expected the versions that a run depends on" in [
        str(problem) for problem in all_problems(settings.read())
    ]


@pytest.mark.parametrize(
    "text, told",
    [
        ("coder: x", "case_dir: found nothing"),
        ("case_dir: /nowhere", "/nowhere: found no such folder"),
        ("case_dir: 5", "5: found no such folder"),
        (GOOD + "coderr: x", "coderr: found an unknown name; expected one of"),
        (GOOD + "1: x", "c.yaml, 1: found an unknown name"),
        (
            "case_dir: data/raw\ncoder: pass-a\ncoder: pass-b\n",
            "c.yaml: found 'coder' stands twice",
        ),
        ("case_dir: [a]", "case_dir: found ['a'] (list); expected str"),
        ("case_dir: {a: 1}", "case_dir: found {'a': 1} (dict)"),
        (
            GOOD + "coder: pass_a",
            "coder: found 'pass_a'; expected one of all, pass-a, pass-b, adjudicated "
            "(did you mean pass-a?)",
        ),
        (GOOD + "coder: [a]", "coder: found ['a'] (list); expected str"),
        (GOOD + "coder: true", "coder: found True (bool)"),
        (GOOD + "period: petitoin", "period: found 'petitoin'; expected `all`, one of petition"),
        (GOOD + "as_of: 1066-01-01", "as_of: found '1066-01-01'; expected a day from"),
        (GOOD + "cell_seconds: 0", "cell_seconds: found 0"),
        (GOOD + "notebook_seconds: .inf", "notebook_seconds: found inf"),
        (GOOD + "notebooks: [1]", "notebooks: found [1]"),
        (GOOD + "notebooks: {1_corpus: 5}", "notebooks.1_corpus: found 5"),
        (
            GOOD + "notebooks: {1_corpse: {}}",
            "notebooks.1_corpse: found no such notebook; expected one of 1_corpus, "
            "2_actor_network, 3_chronology, 4_stance_tables, 5_robustness, "
            "6_machine_reading, 7_camps_and_change, 8_estimates "
            "(did you mean 1_corpus?)",
        ),
        (
            GOOD + "notebooks: {4_stance_tables: {min_statement: 1}}",
            "(did you mean min_statements?)",
        ),
        (
            GOOD + "notebooks: {4_stance_tables: {min_statements: 1.5}}",
            "found 1.5 (float); expected int",
        ),
        (
            GOOD + "notebooks: {4_stance_tables: {min_statements: -1}}",
            "expected a number that is not negative",
        ),
        (GOOD + "notebooks: {2_actor_network: {normalisation: avrage}}", "(did you mean average?)"),
        (GOOD + "notebooks: {2_actor_network: {duplicates: weekly}}", "(did you mean week?)"),
        (
            GOOD + "notebooks: {2_actor_network: {measure_by: x}}",
            "expected one of speaker, on_behalf_of",
        ),
        (GOOD + "notebooks: {2_actor_network: {threshold: .nan}}", "found nan"),
        (GOOD + "notebooks: {7_camps_and_change: {rows: isue}}", "(did you mean issue?)"),
        (GOOD + "notebooks: {7_camps_and_change: {include: speaker}}", "COLUMN=VALUE"),
        (
            GOOD + "notebooks: {7_camps_and_change: {exclude: speaker=nobody}}",
            "found 'nobody'; expected a value of speaker",
        ),
        (GOOD + "notebooks: {7_camps_and_change: {size: 0}}", "a whole number from 1"),
        (GOOD + "notebooks: {7_camps_and_change: {kernel: square}}", "epanechnikov"),
        (GOOD + "notebooks: {1_corpus: {case_dir: x}}", "cannot be set here"),
        (GOOD + "notebooks: {1_corpus: {out_dir: x}}", "cannot be set here"),
    ],
)
def test_each_fault_of_a_file_is_told_with_its_place(written, text, told):
    _, problems = written(text)
    assert len(problems) == 1 and told in problems[0], problems


def test_words_go_before_the_file_and_take_the_type_that_is_declared(written):
    asked, told = written(
        GOOD + "period: 2022\n",
        "4_stance_tables.min_statements=3",
        "2_actor_network.threshold=0.5",
        "3_chronology.context=false",
        "coder=pass-a",
        "4_stance_tables.coder=pass-b",
        "cell_seconds=9",
        case_dir="tests/cases/lighthouse",
    )
    assert (
        told == []
        and asked.shared
        == {"case_dir": "tests/cases/lighthouse", "coder": "pass-a", "period": "2022", "as_of": ""}
        and asked.limits["cell_seconds"] == 9
    )
    assert asked.parameters("4_stance_tables") == {
        "case_dir": "tests/cases/lighthouse",
        "coder": "pass-b",
        "period": "2022",
        "as_of": "",
        "min_statements": 3,
    }
    assert (
        asked.own["2_actor_network"]["threshold"] == 0.5
        and asked.own["3_chronology"]["context"] is False
    )


def test_years_and_days_of_yaml_are_text_where_text_is_wanted(written):
    asked, told = written(GOOD + "period: 2022\nas_of: 2023-05-01\n")
    assert told == [] and asked.shared["period"] == "2022" and asked.shared["as_of"] == "2023-05-01"


def test_every_bad_word_is_told_at_once(written):
    _, told = written(
        GOOD,
        "coder",
        "x=1",
        "1_corpse.coder=x",
        "4_stance_tables.min_statements=many",
        "cell_seconds=soon",
        "1_corpus.out_dir=x",
        "=",
        ".=",
    )
    assert len(told) == 8 and all(problem.startswith("-p ") for problem in told), told


def test_a_parameters_cell_that_is_no_python_is_told(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["x: int ="]}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}))
    told = [str(problem) for problem in settings.read(folder=tmp_path).faults]
    assert len([line for line in told if "in the parameters cell; expected `name" in line]) == 1


def test_an_empty_coder_is_the_one_that_the_case_names(root, monkeypatch):
    monkeypatch.chdir(root)
    words = ["coder="]
    assert settings.read(words=words).shared["coder"] == "adjudicated"
    assert settings.read(case_dir="tests/cases/lighthouse").shared["coder"] == "adjudicated"
    assert settings.read(words=["coder=pass-a"]).shared["coder"] == "pass-a"


def test_a_case_folder_is_named_from_here_and_never_by_its_whole_path(root, monkeypatch):
    monkeypatch.chdir(root)
    whole = str(root / "tests/cases/lighthouse")
    assert settings.read(case_dir=whole).shared["case_dir"] == "tests/cases/lighthouse"
