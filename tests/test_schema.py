"""The tables' one description: what it writes, what it refuses, and what is made from it."""

import hashlib
import json
import os
import re
from importlib.resources import files

import pandas as pd
import pytest
import yaml

from dispute.dictionary import dictionary
from helpers.case import yaml_strict
from helpers.case.cells import table_problems
from helpers.case.schema import CODED, SCHEMA, UNITS, columns, fields, optional
from helpers.case.tables import read_tables, table_text, tables_of, write_table

WRITTEN = yaml.safe_load(files("helpers.case").joinpath("tables.yaml").read_text(encoding="utf-8"))
TABLES = [(floor, table) for floor in ("raw", "processed") for table in WRITTEN[floor]]

EDGE = {
    "edge_id": "congruence:a--b",
    "network": "congruence",
    "source": "a",
    "target": "b",
    "relation": "",
    "sign": pd.NA,
    "weight": 1 / 3,
    "n_evidence": 2,
    "n_articles": 1,
    "n_source_articles": 1,
    "n_target_articles": 1,
    "account": "stated",
    "claimants": "",
}


def test_a_table_is_written_sorted_with_fixed_numbers_and_unix_lines():
    frame = pd.DataFrame(
        [EDGE | {"edge_id": "congruence:b--c", "source": "b", "target": "c"}, EDGE]
    )
    lines = table_text(frame, "edges").split("\n")
    assert lines[1] == "congruence:a--b,congruence,a,b,,,0.333333,2,1,1,1,stated,"
    assert lines[2].startswith("congruence:b--c") and lines[-1] == "" and "\r" not in "".join(lines)
    assert table_text(frame[::-1], "edges") == table_text(frame, "edges")


@pytest.mark.parametrize(
    "column, value, expected",
    [
        ("network", "gossip", "one of relation, affiliation, congruence, conflict, co-mention"),
        ("weight", None, "a value"),
        ("sign", 3, "one of -1, 0, 1"),
        ("edge_id", "9", "a value like"),
    ],
)
def test_a_table_that_breaks_its_description_is_not_written(column, value, expected, tmp_path):
    with pytest.raises(ValueError, match=re.escape(expected)):
        write_table(pd.DataFrame([EDGE | {column: value}]), "edges", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_nearly_0_is_written_as_0():
    """Where it would be below 0 by what machines differ in, the checks of the table refuse it."""
    assert ",0.000000," in table_text(pd.DataFrame([EDGE | {"weight": -4e-17}]), "edges")


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="row 2 has it already"):
        table_text(pd.DataFrame([EDGE, EDGE]), "edges")


def test_an_empty_folder_name_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_table(pd.DataFrame([EDGE]), "edges", "")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    write_table(pd.DataFrame([EDGE]), "edges", tmp_path)
    before = (tmp_path / "edges.csv").read_bytes()
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError):
        write_table(pd.DataFrame([EDGE | {"weight": 9.0}]), "edges", tmp_path)
    assert (tmp_path / "edges.csv").read_bytes() == before


def test_written_and_read_again_is_the_same(tmp_path):
    write_table(pd.DataFrame([EDGE]), "edges", tmp_path)
    again = read_tables(tmp_path)["edges"]
    assert again.weight[0] == pytest.approx(1 / 3, abs=1e-6)
    assert again.sign.isna().all()
    assert again.relation[0] == ""


def test_a_column_that_is_not_described_is_refused(tmp_path):
    frame = pd.DataFrame([EDGE | {"surprise": 1}])
    with pytest.raises(ValueError, match="edges: the column surprise is not described"):
        write_table(frame, "edges", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("column", EDGE)
def test_a_column_that_is_missing_is_refused_by_name(column, tmp_path):
    frame = pd.DataFrame([EDGE]).drop(columns=column)
    with pytest.raises(ValueError, match=f"edges: the column {column} is missing"):
        write_table(frame, "edges", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("floor, table", TABLES)
def test_the_schema_says_of_a_table_what_is_written_of_it(floor, table):
    written = WRITTEN[floor][table]
    assert columns(table, floor) == list(fields(table, floor)) == written["columns"]
    assert len(set(columns(table, floor))) == len(columns(table, floor))
    assert optional(table, floor) == set(written.get("optional", []))
    for column, field in fields(table, floor).items():
        own = written.get("fields", {}).get(column, WRITTEN["fields"][column])
        assert field == {"type": own.get("type", "string")} | own
        assert field["description"].strip()
    named = [*written["key"], *written.get("sort", []), *written.get("optional", [])]
    assert set(named) <= set(columns(table, floor))


@pytest.mark.parametrize("floor, table", TABLES)
def test_a_caller_that_changes_the_columns_changes_its_own(floor, table):
    columns(table, floor).append("surprise")
    fields(table, floor).clear()
    assert columns(table, floor) == list(fields(table, floor)) == WRITTEN[floor][table]["columns"]


def test_no_field_is_described_that_no_table_has():
    used = set()
    for floor, table in TABLES:
        used.update(columns(table, floor))
    assert used == set(SCHEMA["fields"]), "a field that no table has, or a column without a field"


@pytest.mark.parametrize("table, written", WRITTEN["raw"].items())
def test_a_table_of_units_is_one_kind_of_unit(table, written):
    units = {name: unit for name, unit in UNITS.items() if unit.table == table}
    assert list(units) == ([written["unit"]] if "unit" in written else [])
    for name, unit in units.items():
        assert unit.noun == written["noun"]
        assert [unit.id] == written["key"]
        assert {"article_id", "quote", "start", "end"} <= set(written["columns"])
        assert (name in CODED) == ("coder" in written["columns"])


def test_coded_units_are_units_in_the_same_words():
    assert CODED.items() <= UNITS.items()


def test_the_committed_tables_are_as_described_and_joined(root, real):
    tables = {
        name: pd.read_csv(root / f"data/processed/{name}.csv", dtype=object, keep_default_na=False)
        for name in tables_of(real)
    }
    assert table_problems(tables) == []


def test_the_data_package_tells_the_tables_as_they_are(root, real):
    home = root / "data/processed"
    package = json.loads((home / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == tables_of(real)
    for resource in package["resources"]:
        content = (home / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["rows"] == len(pd.read_csv(home / resource["path"]))
        header = content.decode().split("\n")[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")


def test_the_dictionary_in_the_readme_is_the_schema_s(root):
    assert dictionary() in (root / "README.md").read_text(encoding="utf-8"), "run `make refresh`"


def test_the_dictionary_of_the_raw_tables_is_the_schema_s(root):
    made = dictionary("raw")
    assert made in (root / "data/raw/README.md").read_text(encoding="utf-8"), "run `make refresh`"
    for table in SCHEMA["raw"]:
        assert f"### {table}\n" in made and SCHEMA["raw"][table]["file"] in made
    assert "may be left out" in made and "may be empty" in made


def test_refresh_renews_the_dictionary_of_the_raw_tables(root, tmp_path, monkeypatch):
    from dispute.cli import refresh
    from dispute.run.outputs import END, MARK

    (tmp_path / "data/raw").mkdir(parents=True)
    marks = MARK.format(name="dictionary"), END.format(name="dictionary")
    for name in ("README.md", "data/raw/README.md"):
        (tmp_path / name).write_text(f"# A\n{marks[0]}old\n{marks[1]}\nafter\n")
    monkeypatch.chdir(tmp_path)
    refresh.refresh_texts()
    raw = (tmp_path / "data/raw/README.md").read_text(encoding="utf-8")
    assert dictionary("raw") in raw and "-->\nold" not in raw and raw.endswith("after\n")


def test_no_name_of_the_schema_is_described_twice(root):
    _, fault = yaml_strict.read(root / "src/helpers/case/tables.yaml")
    assert fault == ""
