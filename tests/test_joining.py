"""Coders who worked in clones of their own: their folders join, and conflicts are told."""

import csv
import shutil

import pytest

from dispute.cli import main
from helpers.case.load import check_passes

APART = ("pass-a", "pass-b")


@pytest.fixture
def clones(root, tmp_path):
    """A case without its passes, and a clone for each of two coders, with his or her pass alone."""
    places = {name: tmp_path / name for name in ("case", *APART)}
    for name, place in places.items():
        shutil.copytree(root / "tests/cases/lighthouse", place)
        shutil.rmtree(place / "coding/adjudicated")
        for other in APART:
            if other != name:
                shutil.rmtree(place / f"coding/{other}")
                (place / f"coding/{other}").mkdir()
        for empty in (place / "findings.csv", place / "codebook/events.csv"):
            empty.unlink(missing_ok=True)
    return places


def read_all(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def filled(path):
    """The cells that hold something: a file may do without a column."""
    return [set(filter(all, row.items())) for row in rows(path)]


def change(path, **cells):
    """Change cells of the first row of a table."""
    first, *others = rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first.keys())
        writer.writeheader()
        writer.writerows([first | cells, *others])


def join(places, *names):
    return main(["import", *(str(places[name]) for name in names or APART), str(places["case"])])


def test_the_passes_of_two_clones_join(root, clones):
    assert join(clones) == 0
    assert check_passes(clones["case"]) == []
    for coder in APART:
        for table in ("statements", "event_mentions", "relations"):
            file = f"coding/{coder}/{table}.csv"
            assert filled(clones["case"] / file) == filled(root / "tests/cases/lighthouse" / file)


def test_what_is_there_already_is_not_taken_again(clones):
    join(clones)
    before = read_all(clones["case"])
    assert join(clones) == 0
    assert read_all(clones["case"]) == before


def test_a_compendium_is_named_by_its_folder(clones, tmp_path):
    home = tmp_path / "clone-of-a"
    shutil.copytree(clones["pass-a"], home / "data/raw")
    assert main(["import", str(home), str(clones["case"])]) == 0
    assert rows(clones["case"] / "coding/pass-a/statements.csv")
    assert not (clones["case"] / "coding/pass-b/statements.csv").exists()


def test_ids_that_two_coders_took_alike_are_told_apart(clones):
    for name in APART:
        change(clones[name] / f"coding/{name}/statements.csv", statement_id="s1")
    assert join(clones) == 0
    first = [rows(clones["case"] / f"coding/{coder}/statements.csv")[0] for coder in APART]
    assert [row["statement_id"] for row in first] == ["s1", "pass-b-s1"]


@pytest.mark.parametrize(
    "file, cells, told",
    [
        ("codebook/issues.csv", {"label": "Other words"}, "label 'Other words'"),
        ("codebook/actors.csv", {"name": "Other words"}, "name 'Other words'"),
        ("coding/pass-b/statements.csv", {"note": "changed since"}, "note 'changed since'"),
    ],
)
def test_a_conflict_is_told_with_file_and_row_and_nothing_is_written(
    clones, capsys, file, cells, told
):
    join(clones, "pass-b")
    before = read_all(clones["case"])
    change(clones["pass-b"] / file, **cells)
    assert join(clones) == 2
    words = capsys.readouterr().err
    assert f"pass-b/{file}, row 2" in words and told in words and "as in the case" in words
    assert read_all(clones["case"]) == before


def test_another_text_of_an_article_is_a_conflict(clones, capsys):
    (text,) = list((clones["pass-a"] / "articles").glob("skerry-post.yaml"))
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert join(clones) == 2
    assert "byte for byte" in capsys.readouterr().err


def test_cases_and_files_of_other_tools_are_not_mixed(clones, tmp_path, capsys):
    (tmp_path / "quotes.csv").write_text("article,quote\n", encoding="utf-8")
    words = ["import", str(clones["pass-a"]), str(tmp_path / "quotes.csv"), str(clones["case"])]
    assert main(words) == 2 and "one or the other" in capsys.readouterr().err
