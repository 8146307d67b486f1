"""The conformance suite of discourse network analysis: its form, and our own numbers."""

import json

import jsonschema
import pytest
from conformed import CASES, FILES, FOLDER, alike, found


def cases():
    return [case for file in FILES.values() for case in file["cases"]]


@pytest.mark.parametrize("small", [64, 0])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_our_value_is_the_one_by_hand(case, small, monkeypatch):
    """In plain matrices, as small tables are counted, and in sparse ones."""
    monkeypatch.setattr("helpers.analysis.counts.SMALL", small)
    value = found(case)
    assert alike(value, case["expected"]), value


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_holds_to_the_schema_and_tries_each_of_its_formulas(file):
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(file)
    tried = {name for case in file["cases"] for name in case["formulas"]}
    assert tried == set(file["formulas"])


def test_each_case_has_a_name_of_its_own():
    names = [case["id"] for case in cases()]
    assert sorted(names) == sorted(CASES)


def test_the_readme_knows_each_measure():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [case["measure"] for case in cases() if f"`{case['measure']}`" not in readme] == []


def test_numbers_that_differ_are_not_alike():
    assert alike({"a": [1, 2.0]}, {"a": [1.0, 2]}) and alike(None, None)
    for one, other in [(1, 1 + 1e-8), (None, 0), ([1], [1, 1]), ({"a": 1}, {"b": 1}), ("a", "b")]:
        assert not alike(one, other)
