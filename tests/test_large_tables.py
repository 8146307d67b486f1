"""Tables beyond 50 MB are packed; everything that reads tables finds them under either name."""

import gzip
import json
import shutil

import pytest

from dispute.exchange.datapackage import datapackage
from dispute.run import verify
from dispute.run.manifest import _format
from dispute.run.outputs import made_texts
from dispute.run.products.changes import write_changes
from dispute.run.products.site import Made, _write_downloads
from dispute.run.products.tables import FailedError, _collect
from helpers.case import table_files
from helpers.case.load import load
from helpers.case.table_files import table_bytes, table_path, table_paths
from helpers.case.tables import read_tables, write_table


@pytest.fixture
def small(monkeypatch):
    """A limit that most tables of the case pass."""
    monkeypatch.setattr(table_files, "LARGE", 2000)


@pytest.fixture
def packed(small, root, tables, tmp_path):
    """The published tables, written anew: the large ones packed."""
    folder = tmp_path / "data/processed"
    folder.mkdir(parents=True)
    for name, frame in tables.items():
        write_table(frame, name, folder)
    shutil.copy(root / "data/processed/datapackage.json", folder)
    return folder


def test_a_large_table_is_packed_and_says_the_same(packed, root, tables):
    plain = root / "data/processed/edges.csv"
    path = table_path(packed, "edges")
    assert path.name == "edges.csv.gz" and not (packed / "edges.csv").exists()
    assert table_bytes(path) == plain.read_bytes()
    assert table_path(packed, "told_earlier").name == "told_earlier.csv"
    read = read_tables(packed)
    assert read.keys() == tables.keys()
    assert all(read[name].equals(tables[name]) for name in read)


def test_the_same_table_gives_the_same_bytes(packed, root, monkeypatch):
    content = (packed / "edges.csv.gz").read_bytes()
    assert content[3] == 0 and content[4:8] == bytes(4), "no name, no time"
    monkeypatch.setattr("time.time", lambda: 2e9)
    write_table(read_tables(packed)["edges"], "edges", packed)
    assert (packed / "edges.csv.gz").read_bytes() == content


def test_the_other_form_of_a_table_goes(packed, monkeypatch):
    frame = read_tables(packed)["edges"]
    monkeypatch.setattr(table_files, "LARGE", 50_000_000)
    write_table(frame, "edges", packed)
    assert table_path(packed, "edges").name == "edges.csv"
    assert not (packed / "edges.csv.gz").exists()


def test_the_data_package_names_the_file_as_it_stands(packed, root):
    case = load(root / "data/raw")
    package = json.loads(datapackage(packed, case))
    described = {resource["name"]: resource for resource in package["resources"]}
    edges, published = described["edges"], json.loads((packed / "datapackage.json").read_text())
    assert edges["path"] == "edges.csv.gz" and edges["compression"] == "gz"
    assert edges["bytes"] == (packed / "edges.csv.gz").stat().st_size
    assert [one["rows"] for one in package["resources"]] == [
        one["rows"] for one in published["resources"]
    ]
    assert "compression" not in described["told_earlier"]
    assert _format("data/processed/edges.csv.gz") == "application/gzip"


def test_downloads_of_the_site_are_packed_too_and_hold_no_formula(packed, root, tmp_path):
    (tmp_path / "changes.atom").write_text("<feed/>")
    (tmp_path / "changes.csv").write_text("sentence\n=1\n")
    folder = tmp_path / "site"
    files = _write_downloads(load(root / "data/raw"), Made(packed, tmp_path, {}), folder)
    assert table_path(folder, "edges").name == "edges.csv.gz"
    assert not (folder / "edges.csv").exists()
    assert (folder / "changes.csv").read_text() == "sentence\n'=1\n"
    (folder / "changes.csv").unlink()
    assert set(table_paths(folder)) - {f"{name}-1" for name in files} == set(files)
    assert files["edges"][:2] == ["edges.csv.gz", "edges-1.csv"]
    assert all((folder / name).is_file() for parts in files.values() for name in parts)
    assert set(files) == set(read_tables(packed))


def test_verify_and_changes_read_a_packed_table(packed, root, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(packed, old / "data/processed")
    again = gzip.compress(table_bytes(packed / "edges.csv.gz"), 1)
    (old / "data/processed/edges.csv.gz").write_bytes(again)
    assert verify.published(old)
    assert not any(words for _, words in verify.compare(tmp_path, old)), "packed otherwise, alike"
    edges = read_tables(packed)["edges"]
    write_table(edges.assign(weight=edges.weight + 1), "edges", old / "data/processed")
    words = dict(verify.compare(tmp_path, old))["data/processed/edges.csv.gz"]
    assert words.startswith("row 2, weight (line 2) is ")
    (tmp_path / "news").mkdir()
    write_changes(packed, root, tmp_path / "news", lambda: "2026-01-01")
    said = (root / "reports/changes.csv").read_bytes()
    assert (tmp_path / "news/changes.csv").read_bytes() == said, "nothing has changed"


def test_the_sentences_of_the_readme_come_from_a_packed_table(packed, root, monkeypatch):
    shutil.copy(root / "README.md", packed.parents[1])
    monkeypatch.chdir(packed.parents[1])
    assert table_path(packed, "findings").name == "findings.csv.gz"
    (text,) = made_texts().values()
    assert text == (root / "README.md").read_text(encoding="utf-8")


def test_two_notebooks_cannot_make_one_table_in_two_forms(packed, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "edges.csv").write_text("edge_id\n")
    with pytest.raises(FailedError, match="another notebook makes too"):
        _collect("5_robustness", other, packed)
