"""Passes settled one decision at a time: judged before it is written, undone, never over others."""

import shutil

import pytest
from desks import settling_in

from dispute.desk import side_by_side
from dispute.desk.pairs import Asked, NotTakenError, StaleError
from dispute.desk.settling import Settling
from helpers.case.folder import DECISIONS
from helpers.case.load import CaseError, check

HEAD = "unit,ids,field,take,value,basis,overrides,reason\n"
STANCE = ("statement", ("a-s03", "b-s03"), "stance")
AGREED = ("statement", ("a-s01", "b-s01"), "stance")
DATE = ("event-mention", ("a-m03", "b-m03"), "date")
ALONE = ("relation", ("b-r06",), "")


@pytest.fixture
def settling(broken, refusing):
    """The made-up case before anything was decided."""
    (broken / DECISIONS).write_text(HEAD, encoding="utf-8")
    return settling_in(broken, refusing)


@pytest.fixture(scope="module")
def refusing(root, tmp_path_factory):
    """The same, read once, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("refusing") / "case"
    shutil.copytree(root / "tests/cases/lighthouse", folder)
    (folder / DECISIONS).write_text(HEAD, encoding="utf-8")
    return Settling(folder)


def written(settling):
    return (settling.folder / DECISIONS).read_text(encoding="utf-8").removeprefix(HEAD).splitlines()


def decide(settling, what, take, reason="why", **more):
    return settling.decide(Asked(*what, take, reason=reason, **more))


def refused(settling, what, take, **more):
    """The columns that are told, with nothing written."""
    before = written(settling), settling.version
    with pytest.raises(NotTakenError) as error:
        decide(settling, what, take, **more)
    assert (written(settling), settling.version) == before
    return {problem.column: str(problem) for problem in error.value.problems}


def test_two_passes_are_settled_by_what_the_case_has_decided(settling, root):
    theirs = (root / "tests/cases/lighthouse" / DECISIONS).read_text(encoding="utf-8")
    friday = "14 June is kept, since the debate was that day (context_events); "
    friday += "7 June stays as a second reading"
    lamp = "-3, not -2: he names no lamp that would do, so the refusal is without reserve"
    league = "“the keepers” are not the League, and the passage tells of his words, not of a tie"
    note = "the Friday of the debate (context_events)"
    second = "the Friday before, if the paper is a week older"
    open_ones = [pair.ids for pair in settling.pairs.values() if settling.n_undecided(pair)]
    assert open_ones == [STANCE[1], DATE[1], ALONE[1]]
    decide(settling, ALONE, "neither", league)
    decide(settling, DATE, "pass-a", friday)
    decide(settling, (*DATE[:2], "date_note"), "own", friday, value=note)
    decide(settling, (*DATE[:2], "alt_date"), "pass-b", second)
    decide(settling, STANCE, "pass-a", lamp)
    assert (settling.folder / DECISIONS).read_text(encoding="utf-8") == theirs
    assert check(settling.folder) == []
    assert not any(map(settling.n_undecided, settling.pairs.values()))


def test_what_all_agree_on_is_left_only_with_a_mark_and_a_reason(settling):
    told = refused(settling, AGREED, "own", value="2")
    assert "all passes agree on what is left" in told["overrides"]
    assert (
        "a value"
        in refused(settling, AGREED, "own", value="2", overrides="yes", reason="")["reason"]
    )
    decide(settling, AGREED, "own", value="2", overrides="yes")
    assert written(settling) == ["statement,a-s01;b-s01,stance,own,2,,yes,why"]
    told = refused(settling, STANCE, "pass-a", overrides="yes")
    assert "nothing on which all passes agree" in told["overrides"]


@pytest.mark.parametrize(
    "what, take, more, column, words",
    [
        (AGREED, "pass-a", {}, "stance", "it follows from the passes by rule"),
        (STANCE, "pass-c", {}, "take", "one of pass-a, pass-b, own"),
        (STANCE, "own", {"value": "9"}, "value", "codebook/stances.csv"),
        (DATE, "own", {"value": "2019-06-13"}, "basis", "the basis of the own date"),
        (
            (*AGREED[:2], "passage"),
            "own",
            {"value": "0-26", "overrides": "yes"},
            "quote",
            "headline",
        ),
        (("statement", ("a-s01", "b-s02"), ""), "neither", {}, "ids", "one passage"),
        (STANCE, "", {}, "field", "a field on which something was decided"),
    ],
)
def test_a_decision_is_judged_as_the_check_judges_it(refusing, what, take, more, column, words):
    assert words in refused(refusing, what, take, **more)[column]


def test_every_step_is_undone_and_done_again(settling):
    states = [written(settling)]
    decide(settling, STANCE, "pass-a")
    states.append(written(settling))
    decide(settling, STANCE, "pass-b", "on second thoughts")
    states.append(written(settling))
    decide(settling, (*STANCE[:2], ""), "neither", overrides="yes")
    assert written(settling) == ["statement,a-s03;b-s03,,neither,,,yes,why"]
    for state in reversed(states):
        settling.undo()
        assert written(settling) == state
    with pytest.raises(StaleError, match="nothing to take back"):
        settling.undo()
    for state in states[1:]:
        settling.redo()
        assert written(settling) == state
    assert settling.steps == {
        "undo": "a-s03 and b-s03: stance",
        "redo": "a-s03 and b-s03: whether it stands",
    }
    decide(settling, STANCE, "")
    assert written(settling) == [] and settling.steps["redo"] == ""


def test_what_changed_outside_is_told_and_not_overwritten(settling):
    seen = settling.version
    settling.expect(seen)
    line = "statement,a-s03;b-s03,stance,pass-b,,,,by hand\n"
    (settling.folder / DECISIONS).write_text(HEAD + line, encoding="utf-8")
    with pytest.raises(StaleError, match="changed by somebody else"):
        settling.expect(seen)
    assert settling.pair(*STANCE[:2]).decisions[0].reason == "by hand"
    decide(settling, DATE, "pass-a")
    assert line.strip() in written(settling)
    with pytest.raises(StaleError, match="another window"):
        settling.expect(seen)


def test_a_case_that_is_unsound_meanwhile_is_told_until_it_is_mended(settling):
    path = settling.folder / "coding/pass-a/relations.csv"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("harbour-board", "nobody", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CaseError, match="found 'nobody'"):
            settling.expect(settling.version)
    path.write_text(sound, encoding="utf-8")
    assert settling.refresh()
    settling.expect(settling.version)


def test_a_step_whose_pair_was_decided_outside_is_not_undone(settling):
    decide(settling, STANCE, "pass-a")
    line = "statement,a-s03;b-s03,stance,pass-b,,,,by hand\n"
    (settling.folder / DECISIONS).write_text(HEAD + line, encoding="utf-8")
    assert settling.refresh()
    with pytest.raises(StaleError, match="decided otherwise meanwhile"):
        settling.undo()
    assert written(settling) == [line.strip()]


def test_the_page_gets_each_pair_with_what_differs_in_words(settling):
    overview = side_by_side.overview(settling)
    undecided = {one["id"]: one["undecided"] for one in overview["articles"]}
    assert undecided == {"island-mirror": 0, "norvale-courier": 2, "skerry-post": 1}
    pairs = side_by_side.of_article(settling, "norvale-courier")
    first, *_ = pairs
    assert first["ids"] == DATE[1] and first["state"] == "undecided"
    assert [one["name"] for one in first["fields"] if one["differs"]] == ["date", "date_note"]
    date = next(one for one in first["fields"] if one["name"] == "date")
    assert date["values"][1]["words"] == "7 June 2019, resolved, “On Friday”"
    starts = [pair["members"][0]["start"] for pair in pairs]
    assert starts == sorted(starts)
    after = side_by_side.shown(settling, decide(settling, ALONE, "neither"))
    assert after["state"] == "left out" and after["whole"]["reason"] == "why"


def test_a_step_on_units_that_are_no_pair_any_more_is_told(settling):
    decide(settling, STANCE, "pass-a")
    decide(settling, STANCE, "")
    del settling.pairs["statement", frozenset(STANCE[1])]
    with pytest.raises(StaleError, match="decided otherwise"):
        settling.undo()


def test_a_step_back_that_the_disk_refuses_can_be_taken_later(settling, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    decide(settling, STANCE, "pass-a")
    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr("dispute.desk.settling.write_file", full)
        settling.undo()
    settling.undo()
    assert written(settling) == []
    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr("dispute.desk.settling.write_file", full)
        settling.redo()
    settling.redo()
    assert len(written(settling)) == 1
