"""Proposals of a case: read beside the coding, checked as it is, and never a coding."""

import csv
import shutil

import pytest
import yaml
from lighthouse_proposals import ARTICLES, STATEMENTS, propose, write

from dispute.cli import main
from helpers.case import withdrawal
from helpers.case.load import CaseError, as_of, check, coded, load
from helpers.case.raw_case import read_raw_case
from helpers.case.schema import BY_PROPOSER, columns

SHEET = "proposals/rules/proposer.yaml"
SAID = "proposals/rules/statements.csv"
TAKEN = "coding/pass-a/taken.csv"


@pytest.fixture
def case(broken):
    return propose(broken)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(path, number, **cells):
    """Change cells of a row of a table (0 is the first), or add columns with them."""
    table = rows(path)
    table[number] |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[number].keys(), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def resheet(case, **lines):
    path = case / SHEET
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | lines
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def take(case, *given, coder="pass-a"):
    """Write what a coder did: (proposal, done, row)."""
    taken = [
        {"taken_id": f"t{number}", "article_id": proposal.rpartition("-")[0], "proposer": "rules"}
        | {"proposal_id": proposal, "done": done, "row_id": row}
        for number, (proposal, done, row) in enumerate(given)
    ]
    write(case / f"coding/{coder}/taken.csv", "taken", taken)


def only(case):
    (problem,) = check(case)
    return str(problem)


# --- what is read


def test_proposals_are_tables_of_the_case_and_no_coding(case, root):
    made, without = load(case), load(root / "tests/cases/lighthouse")
    assert made.proposers[["proposer", "by", "version", "blind"]].values.tolist() == [
        ["rules", "rules", "1", "yes"]
    ]
    assert made.proposed_articles.article_id.tolist() == list(ARTICLES)
    assert made.proposed_statements.proposal_id.tolist() == [
        row["proposal_id"] for row in STATEMENTS
    ]
    assert made.proposed_event_mentions.date_edtf.tolist() == ["2019-06-07", "2018-11-30"]
    for table in ("statements", "event_mentions", "relations", "adjudication", "coders"):
        assert getattr(made, table).equals(getattr(without, table)), table


def test_a_case_without_proposals_has_empty_tables_of_the_same_columns(root):
    case = load(root / "tests/cases/lighthouse")
    for table in (*BY_PROPOSER, "taken"):
        frame = getattr(case, table)
        assert frame.empty and list(frame) == columns(table, "raw"), table
    assert not case.statements.proposed_by.any()


def test_who_makes_proposals_anew_need_not_mend_the_old_ones(case):
    change(case / SAID, 0, quote="words that nobody wrote")
    with pytest.raises(CaseError, match="words that nobody wrote"):
        load(case)
    assert load(case, without=["proposals"]).proposed_statements.empty
    assert read_raw_case(case, proposals=False)[1] == []


def test_what_is_known_on_a_day_is_what_is_proposed_in_its_articles(case):
    take(case, ("norvale-courier-p001", "rejected", ""), ("skerry-post-p001", "rejected", ""))
    early = as_of(load(case), "2019-03-31")
    assert set(early.proposed_articles.article_id) == {"skerry-post"}
    assert set(early.proposed_statements.article_id) == {"skerry-post"}
    assert set(early.proposed_event_mentions.article_id) == {"skerry-post"}
    assert early.taken.proposal_id.tolist() == ["skerry-post-p001"]


# --- what is refused


@pytest.mark.parametrize(
    "cells, expected",
    [
        ({"quote": "The keepers must go"}, "quote: found 'The keepers must go'; expected"),
        ({"start": "1", "end": "9"}, "81-147, where the quote stands in norvale-courier"),
        ({"speaker": "jonas-heart"}, "did you mean jonas-hart"),
        ({"issue": "automats"}, "did you mean automate"),
        ({"issues": "automate;nothing"}, "a value listed in codebook/issues.csv"),
        ({"stance": "7"}, "a value listed in codebook/stances.csv"),
        ({"date_edtf": "2019-13"}, "date_edtf"),
        ({"date_basis": "stated"}, "a date, or the basis `undated`"),
        ({"date_words": "on Sunday"}, "date_words"),
        ({"speech": "loud"}, "one of direct, indirect, mixed"),
        ({"why": ""}, "why: found nothing; expected a value"),
        ({"proposal_id": "norvale-courier-p002"}, "a value of its own; row 2 has it already"),
    ],
)
def test_a_proposal_is_judged_as_a_coded_row_is(case, cells, expected):
    change(case / SAID, 0, **cells)
    told = "\n".join(map(str, check(case)))
    assert told.startswith(f"{SAID}, row ") and expected in told


def test_furniture_is_not_proposed(case):
    change(case / SAID, 2, quote="Keepers vow to stay at Cape Skerry", start="0", end="34")
    assert "0-34 is headline and is not coded" in only(case)


def test_a_text_that_was_changed_since_is_told_once_whatever_was_proposed_in_it(case):
    read = dict.fromkeys(ARTICLES, "0" * 64)
    read["norvale-courier"] = load(case).proposed_articles.sha256[1]
    resheet(case, articles=read)
    change(case / SAID, 2, quote="words that stand no more")
    first, second = map(str, check(case))
    assert first.startswith(f"{SHEET}, island-mirror: found 000000000000…; expected ")
    assert first.endswith("it was changed after it was read; propose anew")
    assert second.startswith(f"{SHEET}, skerry-post: ")


@pytest.mark.parametrize(
    "lines, expected",
    [
        ({"by": "oracle"}, "by: found 'oracle'; expected one of rules, model"),
        ({"blind": "perhaps"}, "blind: found 'perhaps'; expected one of yes, no"),
        ({"made": "yesterday"}, "made: found 'yesterday'"),
        ({"speed": 3}, "speed: found an unknown name; expected one of by, version"),
        ({"articles": "all"}, "articles: found 'all'; expected lines of an article"),
        ({"articles": {"nowhere": "0" * 64}}, "found 'nowhere'; expected a value listed in"),
        ({"articles": {"skerry-post": "short"}}, "sha256: found 'short'"),
    ],
)
def test_a_sheet_says_what_the_schema_says(case, lines, expected):
    resheet(case, **lines)
    told = list(map(str, check(case)))
    assert any(one.startswith(SHEET) and expected in one for one in told), told


def test_a_proposal_of_an_article_that_was_not_read_is_refused(case):
    read = load(case).proposed_articles.set_index("article_id").sha256.to_dict()
    read.pop("norvale-courier")
    resheet(case, articles=read)
    told = list(map(str, check(case)))
    assert len(told) == 3 and all("'norvale-courier'" in one for one in told)
    assert f"{SAID}, row 2, article_id" in "\n".join(told)


def test_a_folder_without_its_sheet_is_told(case):
    (case / SHEET).unlink()
    told = "\n".join(map(str, check(case)))
    assert f"{SHEET}: found No such file or directory; expected a YAML file" in told


def test_another_table_beside_them_is_told(case):
    (case / "proposals/rules/statement.csv").write_text("a\n", encoding="utf-8")
    assert "statement.csv: found a file that is not read" in only(case)


def test_what_was_refused_of_a_model_is_read_and_two_rows_may_be_alike(case):
    one = {
        "article_id": "skerry-post",
        "kind": "quote",
        "found": "No lamp at all",
        "why": "not there",
    }
    write(case / "proposals/rules/refused.csv", "refused_proposals", [one, one])
    assert len(load(case).refused_proposals) == 2


def test_who_was_developed_here_is_a_proposer(case):
    path = case / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "developed_here: [rules]\n", "utf-8")
    assert load(case).developed_here == ("rules",)
    path.write_text(path.read_text(encoding="utf-8").replace("[rules]", "[ruler]"), "utf-8")
    assert "developed_here: found 'ruler'" in only(case) and "did you mean rules?" in only(case)


# --- what coders did with them


def test_a_row_says_who_proposed_it(case):
    path = case / "coding/pass-a/statements.csv"
    change(path, 0, proposed_by="rules")
    statements = load(case).statements.set_index("statement_id")
    assert statements.proposed_by["a-s01"] == "rules" and not statements.proposed_by["a-s02"]
    change(path, 0, proposed_by="ruler")
    assert "proposed_by: found 'ruler'" in only(case) and "did you mean rules?" in only(case)


def test_a_published_table_says_it_only_where_a_row_does(case, tmp_path):
    from helpers.case.tables import read_tables, write_table

    def header():
        write_table(coded(load(case), "statements"), "statements", tmp_path)
        return list(read_tables(tmp_path)["statements"])

    assert "proposed_by" not in header()
    change(case / "coding/pass-a/statements.csv", 0, proposed_by="rules")
    assert "proposed_by" in header()


def test_what_was_taken_names_a_row_of_the_coder(case):
    take(
        case,
        ("skerry-post-p002", "accepted", "a-s01"),
        ("skerry-post-e001", "changed", "a-m02"),
        ("skerry-post-p003", "accepted", ""),
        ("skerry-post-p001", "rejected", ""),
    )
    taken = load(case).taken
    assert taken.done.tolist() == ["accepted", "changed", "accepted", "rejected"]
    assert set(taken.coder) == {"pass-a"}


@pytest.mark.parametrize(
    "given, expected",
    [
        (("skerry-post-p002", "accepted", "b-s01"), "a statement or event mention of pass-a in"),
        (("skerry-post-p002", "accepted", "a-s06"), "event mention of pass-a in skerry-post"),
        (("skerry-post-p002", "rejected", "a-s01"), "nothing: of a rejected proposal comes no row"),
        (("skerry-post-p002", "liked", "a-s01"), "one of accepted, changed, rejected"),
    ],
)
def test_what_was_taken_is_judged(case, given, expected):
    take(case, given)
    assert only(case).startswith(f"{TAKEN}, row 2, ") and expected in only(case)


def test_a_proposal_is_taken_once(case):
    take(case, ("skerry-post-p002", "accepted", "a-s01"), ("skerry-post-p002", "rejected", ""))
    assert "one row for each proposal; row 2 is of this one" in only(case)


def test_what_was_taken_stays_where_proposals_are_made_anew(case):
    take(case, ("skerry-post-p009", "rejected", ""))
    (doubt,) = load(case).doubts
    assert doubt.file == TAKEN and "made anew since" in doubt.expected


# --- an article goes; clones join


def test_with_an_article_its_proposals_go(case):
    take(case, ("skerry-post-p002", "accepted", "a-s01"), ("norvale-courier-p001", "rejected", ""))
    change(case / "coding/pass-a/statements.csv", 0, proposed_by="rules")
    before = (case / SHEET).read_text(encoding="utf-8").splitlines()
    planned = withdrawal.plan(case, "skerry-post", "2026-11-26", "asked by its publisher")
    withdrawal.carry_out(planned)
    kept = [line for line in before if "skerry-post" not in line]
    assert (case / SHEET).read_text(encoding="utf-8").splitlines() == kept
    left = load(case)
    assert left.proposed_articles.article_id.tolist() == ["island-mirror", "norvale-courier"]
    assert set(left.proposed_statements.article_id) == {"norvale-courier"}
    assert left.taken.proposal_id.tolist() == ["norvale-courier-p001"]
    for path in (case / "proposals").rglob("*.*"):
        assert "skerry-post" not in path.read_text(encoding="utf-8"), path


def test_clones_bring_what_was_taken_and_whose_proposals_it_was(root, tmp_path, capsys):
    places = {name: tmp_path / name for name in ("case", "one")}
    for place in places.values():
        shutil.copytree(root / "tests/cases/lighthouse", place)
        shutil.rmtree(place / "coding/adjudicated")
        for empty in (place / "findings.csv", place / "codebook/events.csv"):
            empty.unlink(missing_ok=True)
    # What pass-b coded in the clone has ids that pass-a has in the case.
    shutil.rmtree(places["case"] / "coding/pass-b")
    path = places["one"] / "coding/pass-b/statements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("b-s01", "a-s01"), "utf-8")
    shutil.rmtree(places["one"] / "coding/pass-a")
    propose(places["one"])
    take(places["one"], ("skerry-post-p002", "accepted", "a-s01"), coder="pass-b")
    assert main(["import", str(places["one"]), str(places["case"])]) == 0, capsys.readouterr()
    (taken,) = rows(places["case"] / "coding/pass-b/taken.csv")
    assert (taken["row_id"], taken["done"]) == ("pass-b-a-s01", "accepted")
    there, come = (places[name] / SHEET for name in ("one", "case"))
    assert there.read_bytes() == come.read_bytes()
