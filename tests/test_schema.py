"""The tables' one description: what it writes, what it refuses, and what is made from it."""

import hashlib
import json
import os
import re
import tomllib

import pandas as pd
import pytest
import yaml

from dispute.dictionary import dictionary
from helpers.case.cells import table_problems
from helpers.case.schema import SCHEMA, fields
from helpers.case.tables import read_tables, table_text, write_table

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
}


def test_a_table_is_written_sorted_with_fixed_numbers_and_unix_lines():
    frame = pd.DataFrame(
        [EDGE | {"edge_id": "congruence:b--c", "source": "b", "target": "c"}, EDGE]
    )
    lines = table_text(frame, "edges").split("\n")
    assert lines[1] == "congruence:a--b,congruence,a,b,,,0.333333,2,1"
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
    frame = pd.DataFrame([EDGE])
    write_table(frame, "edges", tmp_path)
    again = read_tables(tmp_path)["edges"]
    assert (
        again.weight[0] == pytest.approx(1 / 3, abs=1e-6)
        and again.sign.isna().all()
        and again.relation[0] == ""
    )


def test_every_column_of_every_table_is_described():
    for floor in ("raw", "processed"):
        for table, spec in SCHEMA[floor].items():
            for column, field in fields(table, floor).items():
                assert field["description"].strip(), f"{table}.{column}"
            assert set(spec["key"]) | set(spec.get("sort", [])) | set(
                spec.get("optional", [])
            ) <= set(spec["columns"]), table
    used = {
        c
        for floor in ("raw", "processed")
        for spec in SCHEMA[floor].values()
        for c in spec["columns"]
    }
    assert used == set(SCHEMA["fields"]), "a field that no table has, or a column without a field"


def test_the_committed_tables_are_as_described_and_joined(root):
    tables = {
        name: pd.read_csv(root / f"data/processed/{name}.csv", dtype=object, keep_default_na=False)
        for name in SCHEMA["processed"]
    }
    assert table_problems(tables) == []


def test_the_data_package_tells_the_tables_as_they_are(root):
    package = json.loads((root / "data/processed/datapackage.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in package["resources"]] == list(SCHEMA["processed"])
    for resource in package["resources"]:
        content = (root / "data/processed" / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["rows"] == len(pd.read_csv(root / "data/processed" / resource["path"]))
        assert [f["name"] for f in resource["schema"]["fields"]] == content.decode().split("\n")[
            0
        ].split(",")


def test_the_dictionary_in_the_readme_is_the_schema_s(root):
    assert dictionary() in (root / "README.md").read_text(encoding="utf-8"), "run `make refresh`"


def test_environment_and_project_name_the_same_packages(root):
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    environment = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    named = {entry for entry in environment if isinstance(entry, str)} - {"pip", "python>=3.11"} | {
        entry for entry in pip if not entry.startswith("--")
    }
    assert named == set(project)


def test_the_lock_holds_every_dependency_with_hashes_and_no_address(root):
    lock = (root / "requirements.lock").read_text()
    for requirement in tomllib.loads((root / "pyproject.toml").read_text())["project"][
        "dependencies"
    ]:
        name = re.match(r"[a-z0-9-]+", requirement)[0]
        assert re.search(rf"^{name}==\S+ .*\\\n    --hash=sha256:", lock, re.M) or re.search(
            rf"^{name}==\S+ \\\n    --hash=sha256:", lock, re.M
        ), name
    assert "://" not in lock
