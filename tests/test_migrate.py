"""A case of the earlier layout is brought over: no word of the coding changes, nothing is lost."""

import os
import shutil
from pathlib import Path

import pytest
from earlier import SPARE, read, to_earlier

from dispute.cli import main
from helpers.case import migration
from helpers.case.load import CaseError, check, load
from helpers.case.migration import migrate
from helpers.case.schema import CODED, file_columns


@pytest.fixture
def old(broken):
    """The made-up case in the earlier layout, and its stored adjudicated rows."""
    return broken, to_earlier(broken)


def contents(folder):
    """Every file of a folder with its bytes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def said(rows, unit):
    """What rows say, whatever their ids and coders, in any order."""
    names = [name for name in file_columns(unit.table) if name not in (unit.id, *SPARE)]
    return sorted(list(map(row.get, names)) for row in rows)


def adjudicated(case, unit):
    frame = getattr(case, unit.table).astype(object)
    frame = frame.where(frame.notna(), "").astype(str)
    return frame[frame.coder == "adjudicated"].to_dict("records")


def test_a_case_of_the_earlier_layout_is_told_in_one_line(old, capsys):
    folder, _ = old
    assert len(check(folder)) == 1
    assert main(["check", str(folder)]) == 2
    assert f"`dispute check --migrate {folder}`" in capsys.readouterr().out


def test_every_row_of_every_coder_comes_over_word_for_word(old, capsys):
    folder, stored = old
    before = {unit.table: read(folder / f"coding/{unit.table}.csv") for unit in CODED.values()}
    assert main(["check", "--migrate", str(folder)]) == 0
    assert "no problem" in capsys.readouterr().out
    for unit in CODED.values():
        for coder in ("pass-a", "pass-b"):
            rows = read(folder / f"coding/{coder}/{unit.table}.csv")
            own = [row for row in before[unit.table] if row.pop("coder", coder) == coder]
            assert rows == [row for row in own if row[unit.id].startswith(coder[-1])]
        assert said(adjudicated(load(folder), unit), unit) == said(stored[unit.table], unit)


@pytest.mark.data
def test_the_published_case_comes_back_from_the_earlier_layout(root, tmp_path):
    folder = Path(shutil.copytree(root / "data/raw", tmp_path / "case"))
    stored = to_earlier(folder)
    migrate(folder)
    case = load(folder)
    for unit in CODED.values():
        assert said(adjudicated(case, unit), unit) == said(stored[unit.table], unit)


def test_a_second_call_changes_nothing(old):
    folder, _ = old
    migrate(folder)
    before = contents(folder)
    assert "nothing was changed" in migrate(folder)[0]
    assert contents(folder) == before


def test_other_files_of_the_coding_stay(old):
    folder, _ = old
    (folder / "coding/instructions.md").write_text("Read it all.\n", encoding="utf-8")
    migrate(folder)
    assert (folder / "coding/instructions.md").read_text(encoding="utf-8") == "Read it all.\n"


def test_an_own_value_of_the_adjudicated_set_is_an_override(old):
    folder, _ = old
    path = folder / "coding/statements.csv"
    text = path.read_text(encoding="utf-8")
    row = "x-adj-a-s01,skerry-post,adjudicated,mira-solvik,,,automate,"
    path.write_text(text.replace(f"{row}3", f"{row}2"), encoding="utf-8")
    migrate(folder)
    case = load(folder)
    (row,) = case.decisions[case.decisions.overrides == "yes"].itertuples()
    assert (row.ids, row.field, row.take, row.value) == ("a-s01;b-s01", "stance", "own", "2")
    assert case.statements.set_index("statement_id").stance["adj-a-s01"] == 2
    assert case.adjudication.set_index("adjudicated").overrides["adj-a-s01"] == "stance"


def test_what_decisions_cannot_express_is_refused_and_nothing_changes(old):
    folder, _ = old
    path = folder / "coding/statements.csv"
    row = "x-more,skerry-post,adjudicated,mira-solvik,,,automate,3,2019-03-06,stated,"
    row += "6 March 2019,,,,en,listens to the sea,,,,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    before = contents(folder)
    with pytest.raises(CaseError, match="x-more"):
        migrate(folder)
    assert contents(folder) == before


def test_a_fault_of_the_coding_is_told_where_it_stands(old):
    folder, _ = old
    path = folder / "coding/statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",automate,", ",autmate,", 1))
    before = contents(folder)
    with pytest.raises(CaseError, match=r"coding/statements.csv, row \d+, issue: .*automate"):
        migrate(folder)
    assert contents(folder) == before


CALLS = ["os.rename", "shutil.copytree", "helpers.case.migration.write_into", "shutil.rmtree"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after", [0, 1])
def test_nothing_is_lost_where_writing_fails(old, monkeypatch, call, after):
    folder, stored = old
    before = contents(folder)
    place, _, name = call.rpartition(".")
    module = {"os": os, "shutil": shutil, "helpers.case.migration": migration}[place]
    real, calls = getattr(module, name), []

    def failing(*given, **named):
        calls.append(given)
        if len(calls) == after + 1:
            raise OSError(28, "No space left on device")
        return real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, failing)
        try:
            migrate(folder)
        except OSError:
            assert contents(folder) == before or (folder / "coding/pass-a").is_dir()
    migrate(folder)
    case = load(folder)
    for unit in CODED.values():
        assert said(adjudicated(case, unit), unit) == said(stored[unit.table], unit)


def test_a_stop_between_the_two_moves_is_mended_by_the_next_call(old):
    folder, _ = old
    os.rename(folder / "coding", folder / "coding-before")
    migrate(folder)
    assert check(folder) == [] and not (folder / "coding-before").exists()
