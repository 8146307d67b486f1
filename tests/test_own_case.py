"""A case of one's own: its title, authors, licence and coder are its own, and nothing is ours."""

import hashlib
import re

import pytest
import yaml

from helpers.case.load import CaseError, check, load
from helpers.case.metadata import default_coder

OWN = {
    "name": "cape-skerry",
    "year": 2019,
    "version": "1.2",
    "licence": "ODbL-1.0",
    "rights": "Quoted words remain the papers'.",
    "address": "https://skerry.example/light",
    "citation": "Lund, A. (2019). The light. Norvale.",
    "notes": ["Denials were not looked for."],
}


def say(folder, **more):
    """Write more into case.yaml; None takes a name away."""
    path = folder / "case.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | more
    kept = {name: value for name, value in content.items() if value is not None}
    path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def said(folder):
    return [str(problem) for problem in check(folder)]


# case.yaml.


def test_a_case_says_who_it_is_or_leaves_it_out(broken):
    assert load(broken).licence == load(broken).citation == ""
    say(broken, **OWN)
    case = load(broken)
    assert (case.name, case.year, case.licence) == ("cape-skerry", "2019", "ODbL-1.0")
    assert case.notes == ("Denials were not looked for.",)


def test_a_case_names_itself_by_its_title_where_it_says_no_name(broken):
    assert load(broken).name == "the-light-at-cape-skerry"
    say(broken, title="灯台")
    assert re.fullmatch("[a-z0-9-]+", load(broken).name)


@pytest.mark.parametrize(
    "line, told",
    [
        ({"licnce": "x"}, "did you mean licence?"),
        ({"name": "Cape Skerry"}, "case.yaml, name: found 'Cape Skerry'; expected"),
        ({"year": "soon"}, "case.yaml, year: found 'soon'; expected a year"),
        ({"address": "javascript:x"}, "an address that begins with https://"),
        ({"coder": "pass-x"}, "did you mean pass-a?"),
        ({"notes": "one"}, "a list of sentences"),
        ({"licence": ["x"]}, "; expected a text without control"),
    ],
)
def test_what_a_case_says_wrongly_of_itself_is_told_in_one_line(broken, line, told):
    say(broken, **line)
    assert len(said(broken)) == 1 and told in said(broken)[0], said(broken)


@pytest.mark.parametrize(
    "roles, own, coder",
    [
        (["pass", "pass", "adjudicated"], None, "adjudicated"),
        (["pass", "pass", "adjudicated"], "pass-b", "pass-b"),
        (["pass", "pass", "adjudicated"], "all", "all"),
    ],
)
def test_a_case_names_its_default_coder(broken, roles, own, coder):
    say(broken, coder=own)
    assert load(broken).coder == coder


def test_a_single_pass_is_the_default_and_several_without_a_decision_are_all_taken():
    assert default_coder("", [("ada", "pass")]) == "ada"
    assert default_coder("", [("ada", "pass"), ("bo", "pass")]) == "all"
    assert default_coder("", [("ada", "pass"), ("dec", "adjudicated")]) == "dec"
    assert default_coder("bo", [("ada", "pass"), ("bo", "pass")]) == "bo"
    assert default_coder("", []) == "all"


# Tables without rows.

BARE = ["codebook/aliases.csv", "codebook/affiliations.csv", "codebook/relation_types.csv"]
BARE += ["codebook/periods.csv", "coding/pass-a/relations.csv", "coding/adjudicated/decisions.csv"]
BARE += ["coding/pass-a/event_mentions.csv", "context_events.csv"]


def bare(folder):
    """A case of one article, one actor, one statement by one coder: what a newcomer begins with."""
    text = "Ada Obi said: “The bridge should be built.”\n"
    files = {
        "case.yaml": "title: A bridge\nsubtitle: Should it be built?\nquestion: Who says so?\n",
        "articles/echo.txt": text,
        "articles/echo.yaml": "title: The bridge\npublisher: Echo\npublished: 2019-05-04\n"
        "published_basis: printed\nlanguage: en\nrights: mine\n"
        f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n",
        "codebook/actors.csv": "actor_id,name,kind,camp,note\nada-obi,Ada Obi,person,,\n",
        "codebook/issues.csv": "issue,label,proposition\nbridge,Bridge,It should be built.\n",
        "codebook/stances.csv": "stance,side,label,meaning\n-1,against,no,no\n1,for,yes,yes\n",
        "codebook/coders.csv": "coder,coder_role,note\nme,pass,\n",
        "coding/me/statements.csv": "statement_id,article_id,speaker,on_behalf_of,quoted_by,"
        "issue,stance,date_edtf,date_basis,date_words,date_note,alt_date_edtf,alt_date_note,"
        "lang,quote,start,end,gloss,note\n"
        "s1,echo,ada-obi,,,bridge,1,2019-05-04,stated,,,,,en,"
        "The bridge should be built.,,,,\n",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def test_a_table_without_rows_need_not_exist(tmp_path):
    case = load(bare(tmp_path / "case"))
    assert case.coder == "me" and len(case.statements) == 1
    assert case.periods.empty and list(case.aliases) and case.authors == ()


@pytest.mark.parametrize(
    "file", ["codebook/actors.csv", "codebook/stances.csv", "codebook/coders.csv"]
)
def test_a_table_that_others_point_to_is_missed_in_one_line(tmp_path, file):
    case = bare(tmp_path / "case")
    (case / file).unlink()
    lines = said(case)
    assert len(lines) == 1 and lines[0].startswith(f"{file}: found No such file"), lines


@pytest.mark.parametrize(
    "own, cite",
    [
        ({}, "Invented for the tests. The light at Cape Skerry."),
        ({"year": 2019}, "Invented for the tests (2019). The light at Cape Skerry."),
        (
            {"year": 2019, "version": "1.2", "address": "https://x.example"},
            "Invented for the tests (2019). The light at Cape Skerry. Version 1.2. "
            "https://x.example",
        ),
        ({"authors": []}, "The light at Cape Skerry."),
        ({"citation": "As I say."}, "As I say."),
    ],
)
def test_how_to_cite_a_case(broken, own, cite):
    say(broken, **own)
    assert load(broken).cite() == cite


@pytest.mark.data
def test_our_own_citation_is_the_same_in_both_files(root, real):
    cff = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    authors = ", ".join(author["name"] for author in cff["authors"])
    year = str(cff["date-released"])[:4]
    assert real.cite() == f"{authors} ({year}). {cff['title']}. Version {cff['version']}."


# A notebook alone.


def test_a_notebook_in_another_folder_says_what_to_pass(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CaseError, match="-p case_dir"):
        load("data/raw")


def test_a_case_needs_a_scale_of_stances_though_nothing_points_to_it(tmp_path):
    case = bare(tmp_path / "case")
    for file in ("coding/me/statements.csv", "codebook/stances.csv"):
        (case / file).unlink()
    assert said(case) == [
        "codebook/stances.csv: found no stance; expected a scale: at least one stance, "
        "with its side, label and meaning"
    ]
