"""The case loader: the real case is sound; every fault is told in one clear line, all at once."""

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from dispute.cli import main
from helpers.case.load import as_of, check, coded, described, load, locate, span
from helpers.case.schema import CODED, UNITS
from helpers.dates.edtf import bounds

STATEMENTS = "coding/pass-a/statements.csv"
MENTIONS = "coding/pass-a/event_mentions.csv"
RELATIONS = "coding/pass-a/relations.csv"
ADJUDICATION = "coding/adjudicated/decisions.csv"
ACTORS = "codebook/actors.csv"
PERIODS = "codebook/periods.csv"


# How a copy of a case is damaged.


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path, table):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(table)


def change(path, row, column, value):
    """Set one cell; `row` as a spreadsheet counts, the header being row 1."""
    table = rows(path)
    table[row - 1][table[0].index(column)] = value
    write(path, table)


def append(path, text):
    path.write_bytes(path.read_bytes() + text.encode())


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_article(folder):
    """The text of the first article."""
    return min((folder / "articles").glob("*.txt"))


def first_sidecar(folder):
    return first_article(folder).with_suffix(".yaml")


# The same as damages of a whole case: each gives a function of its folder.


def cell(file, row, column, value):
    return lambda folder: change(folder / file, row, column, value)


def words(file, old, new):
    return lambda folder: replace(folder / file, old, new)


def more(file, text):
    return lambda folder: append(folder / file, text)


def another_character(folder):
    path = first_article(folder)
    text = path.read_text(encoding="utf-8")
    other = "x" if text[40] != "x" else "y"
    path.write_text(text[:40] + other + text[41:], encoding="utf-8")


def shifted_quote(folder):
    path = folder / STATEMENTS
    header, _, statement = rows(path)[:3]
    for column in ("start", "end"):
        change(path, 3, column, str(int(statement[header.index(column)]) + 1))


def repeated_id(folder):
    identity = rows(folder / STATEMENTS)[6][0]
    change(folder / STATEMENTS, 8, "statement_id", identity)


def repeated_period(folder):
    interval = rows(folder / PERIODS)[1][2]
    change(folder / PERIODS, 3, "period_edtf", interval)


def unexplained_decision(folder):
    path = folder / ADJUDICATION
    change(path, 2, "reason", "")


def unmade_decision(folder):
    write(folder / ADJUDICATION, rows(folder / ADJUDICATION)[:-1])


def bytes_of_no_text(folder):
    path = folder / ACTORS
    path.write_bytes(path.read_bytes() + b"\xff\xfe,x,person,,\n")


def name_of_no_text(folder):
    open(bytes(folder / "articles") + b"/\xff.txt", "w").close()


class Fault(NamedTuple):
    """What is done to a case, and the file, the row and some words of the problem that tells it."""

    damage: Callable[[Path], object]
    file: str
    row: int | None
    words: str

    def is_told_by(self, problem):
        return (
            problem.file.startswith(self.file)
            and self.row in (None, problem.row)
            and self.words in str(problem)
        )


FAULTS = {
    "a character of an article": Fault(
        another_character, "articles/", None, "the text has changed"
    ),
    "a quote": Fault(
        cell(STATEMENTS, 2, "quote", "words that nobody wrote"), STATEMENTS, 2, "letter for letter"
    ),
    "an offset": Fault(shifted_quote, STATEMENTS, 3, "where the quote stands"),
    "a speaker's id": Fault(
        cell(STATEMENTS, 4, "speaker", "nobody-known"), STATEMENTS, 4, "codebook/actors.csv"
    ),
    "an issue's id": Fault(
        cell(STATEMENTS, 5, "issue", "no-such-issue"), STATEMENTS, 5, "codebook/issues.csv"
    ),
    "a stance off the scale": Fault(
        cell(STATEMENTS, 6, "stance", "9"), STATEMENTS, 6, "codebook/stances.csv"
    ),
    "a date that is none": Fault(
        cell(MENTIONS, 2, "date_edtf", "2023-02-31"), MENTIONS, 2, "an EDTF date"
    ),
    "a column's name": Fault(
        cell(RELATIONS, 1, "relation", "realtion"), RELATIONS, 1, "did you mean relation?"
    ),
    "a date without basis": Fault(
        cell(MENTIONS, 3, "date_basis", "undated"),
        MENTIONS,
        3,
        "no date where the basis is `undated`",
    ),
    "an id twice": Fault(repeated_id, STATEMENTS, 8, "row 7 has it already"),
    "words of a date": Fault(
        cell(MENTIONS, 4, "date_words", "next blue moon"), MENTIONS, 4, "letter for letter"
    ),
    "a row too short": Fault(
        more("codebook/issues.csv", "lonely\n"), "codebook/issues.csv", None, "1 cells"
    ),
    "a missing file": Fault(
        lambda folder: (folder / "codebook/stances.csv").unlink(),
        "codebook/stances.csv",
        None,
        "No such file",
    ),
    "a missing text": Fault(
        lambda folder: first_article(folder).unlink(), "articles/", None, "the text of the article"
    ),
    "bytes that are no UTF-8": Fault(bytes_of_no_text, ACTORS, None, "UTF-8"),
    "a control character": Fault(
        cell(ACTORS, 2, "name", "Fire\x0cman"), ACTORS, 2, "text without control characters"
    ),
    "a control character in a title": Fault(
        words("case.yaml", "title: The", 'title: "The\\f"\n#'),
        "case.yaml",
        None,
        "a text without control characters",
    ),
    "a name twice in a YAML file": Fault(
        more("case.yaml", "title: another\n"), "case.yaml", None, "'title' stands twice"
    ),
    "a file name that is no text": Fault(
        name_of_no_text, "articles/", None, "a name that cannot be printed"
    ),
    "a NUL character": Fault(
        more("codebook/aliases.csv", "a\0b,c,d\n"), "codebook/aliases.csv", None, "NUL"
    ),
    "an unread sidecar": Fault(
        lambda folder: first_sidecar(folder).write_text("- [unclosed"), "articles/", None, "YAML"
    ),
    "an id that leaves the folder": Fault(
        cell(ACTORS, 2, "actor_id", "../../etc"), ACTORS, 2, "an id"
    ),
    "an alias nobody printed": Fault(
        cell("codebook/aliases.csv", 2, "alias", "Zzyzx"), "codebook/aliases.csv", 2, "as printed"
    ),
    "a decision without reason": Fault(unexplained_decision, ADJUDICATION, 2, "reason"),
    "a unit without decision": Fault(unmade_decision, ADJUDICATION, None, "b-r06 undecided"),
    "a negative offset": Fault(
        cell(STATEMENTS, 3, "start", "-5"), STATEMENTS, 3, "two whole numbers"
    ),
    "an end without a start": Fault(
        cell(STATEMENTS, 3, "start", ""), STATEMENTS, 3, "two whole numbers"
    ),
    "a second date without reason": Fault(
        cell(STATEMENTS, 4, "alt_date_edtf", "2019-03"),
        STATEMENTS,
        4,
        "the reason of the second reading",
    ),
    "a tie with another sign than its kind": Fault(
        cell(RELATIONS, 2, "sign", "1"), RELATIONS, 2, "a note that says why not"
    ),
    "a period with a reserved name": Fault(
        cell(PERIODS, 2, "period", "all"), PERIODS, 2, "a meaning of their own"
    ),
    "authors that are no list": Fault(
        words("case.yaml", "authors: [Invented for the tests]", "authors: 5"),
        "case.yaml",
        None,
        "a list of names",
    ),
    "a name in a sidecar that is no text": Fault(
        lambda folder: append(first_sidecar(folder), "7: seven\nx: y\n"),
        "articles/",
        None,
        ", x: found an unknown name",
    ),
    "overlapping periods": Fault(repeated_period, PERIODS, 3, "already"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_told_in_one_clear_line(broken, name, capsys):
    fault = FAULTS[name]
    fault.damage(broken)
    problems = check(broken)
    telling = [problem for problem in problems if fault.is_told_by(problem)]
    assert len(telling) == 1, f"{name}: {[str(problem) for problem in problems]}"
    line = str(telling[0])
    assert "\n" not in line and "found" in line and "expected" in line
    assert main(["check", str(broken)]) == 2
    assert line in capsys.readouterr().out


def test_ten_faults_at_once_are_all_told(broken):
    ten = [*list(FAULTS)[:10], "words of a date"]
    for name in ten:
        FAULTS[name].damage(broken)
    problems = check(broken)
    for name in ten:
        assert any(FAULTS[name].is_told_by(problem) for problem in problems), f"{name} is not told"


# The real case.


@pytest.mark.data
def test_the_real_case_is_sound(real, root):
    assert check(root / "data/raw") == []
    assert len(real.articles) == 5
    assert len(coded(real, "statements", "adjudicated")) > 60
    assert len(coded(real, "event_mentions", "adjudicated")) > 20
    assert set(real.passes()) == set(real.statements.coder) - {"adjudicated"}


def test_every_quote_of_the_real_case_stands_where_it_says(real):
    for unit in UNITS.values():
        for row in getattr(real, unit.table).itertuples():
            assert real.texts[row.article_id][row.start : row.end] == row.quote


def test_every_difference_between_the_passes_has_a_reason(real):
    compared = {
        "statement": ["speaker", "issue", "stance"],
        "event-mention": ["date_edtf"],
        "relation": ["source", "relation", "target", "sign"],
    }
    for name, unit in CODED.items():
        units = getattr(real, unit.table).set_index(unit.id)[compared[name]]
        for decided in real.adjudication[real.adjudication.unit == name].itertuples():
            ids = decided.ids.split(";")
            alike = len(ids) == 2 and units.loc[ids[0]].equals(units.loc[ids[1]])
            assert decided.note or alike, f"{decided.ids}: they differ and no reason is given"
            assert decided.decision != "agreed" or alike, f"{decided.ids}: agreed, but they differ"


@pytest.mark.data
def test_swahili_passages_are_coded_and_glossed(real):
    adjudicated = real.statements[real.statements.coder == "adjudicated"]
    swahili = adjudicated[adjudicated.lang.str.contains("sw")]
    assert len(swahili) and (swahili.gloss != "").all()


# Quotes and their positions.


def test_a_quote_without_position_is_found_if_it_stands_once(broken):
    header, expected = rows(broken / STATEMENTS)[:2]
    for column in ("start", "end"):
        change(broken / STATEMENTS, 2, column, "")
    statement = load(broken).statements.iloc[0]
    assert str(statement.start) == expected[header.index("start")]
    assert str(statement.end) == expected[header.index("end")]


def test_a_quote_that_stands_twice_needs_a_position(broken):
    change(broken / STATEMENTS, 2, "quote", "e")
    for column in ("start", "end"):
        change(broken / STATEMENTS, 2, column, "")
    assert any("times in" in str(problem) and problem.row == 2 for problem in check(broken))


def test_a_coded_headline_is_refused(broken):
    header, statement = rows(broken / STATEMENTS)[:2]
    article, start, end = (statement[header.index(c)] for c in ("article_id", "start", "end"))
    sidecar = broken / f"articles/{article}.yaml"
    content = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    content["furniture"] = [{"start": int(start), "end": int(end), "what": "headline"}]
    sidecar.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert any("is headline and is not coded" in str(problem) for problem in check(broken))


def test_a_caption_within_a_passage_does_not_end_it(broken):
    header, statement = rows(broken / STATEMENTS)[:2]
    article, start, end = (statement[header.index(c)] for c in ("article_id", "start", "end"))
    sidecar = broken / f"articles/{article}.yaml"
    content = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    within = {"start": int(start) + 1, "end": int(end) - 1, "what": "caption"}
    content["furniture"] = [within]
    sidecar.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert not any("is caption" in str(problem) for problem in check(broken))


def test_a_passage_may_be_in_two_languages(broken):
    change(broken / STATEMENTS, 2, "lang", "en;sw")
    assert check(broken) == []
    change(broken / STATEMENTS, 2, "lang", "en;?")
    assert [problem.column for problem in check(broken)] == ["lang"]


def test_a_position_of_one_end_is_told(broken):
    replace(broken / STATEMENTS, ",173,199,", ",173,,")
    assert [(problem.row, problem.column) for problem in check(broken)] == [(2, "start + end")]


# Folders and files.


def test_no_folder_and_an_empty_folder(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 2
    assert "no article" in capsys.readouterr().out


def test_byte_order_mark_and_crlf_are_read(broken):
    before = load(broken).issues
    path = broken / "codebook/issues.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(broken).issues.equals(before)


def test_a_case_is_found_from_any_folder_below(root, monkeypatch):
    monkeypatch.chdir(root / "tests")
    assert locate("data/raw") == root / "data/raw"


def test_a_link_out_of_the_folder_is_not_followed(broken, tmp_path):
    path = broken / "context_events.csv"
    path.rename(tmp_path / "outside.csv")
    path.symlink_to(tmp_path / "outside.csv")
    assert [(problem.file, problem.found) for problem in check(broken)] == [
        ("context_events.csv", "a link that leads out of the folder, or nowhere")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "authors: 5",
        "authors: [1]",
        "1: x",
        "authors: {a: b}",
        "title: 2019-02-30",
        "title: &t [*t]",
    ],
)
def test_a_case_yaml_of_odd_values_is_told(broken, line):
    path = broken / "case.yaml"
    name = line.partition(":")[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    others = [other for other in lines if other.partition(":")[0] != name]
    path.write_text("\n".join([*others, line]) + "\n", encoding="utf-8")
    assert [problem.file for problem in check(broken)] == ["case.yaml"]


# What one asks of a case.


def test_a_case_says_what_its_ids_are_called(broken):
    case = load(broken)
    assert case.names()["harbour-board"] == "Harbour Board"
    assert case.kinds()["harbour-board"] == "organisation"
    assert case.camps()["coast-ministry"] == ""
    assert case.publishers().keys() == case.texts.keys()
    assert case.labels()["lamp-safe"] == "Lamp is safe"
    assert case.propositions()["lamp-safe"].startswith("An automatic lamp is as safe")
    assert (case.scale()[-3], case.sides()[-3]) == ("fully against", "against")
    assert case.period_labels() == {"hearings": "Hearings", "decision": "Decision"}
    assert case.period_spans()["hearings"] == "2019-02-01/2019-04-30"
    assert case.passes() == ["pass-a", "pass-b"]
    assert case.units()["event-mention"] is case.event_mentions


def test_an_unknown_coder_or_period_names_the_known_ones(real):
    with pytest.raises(ValueError, match="adjudicated"):
        coded(real, "statements", "nobody")
    with pytest.raises(ValueError, match="expected `all`, one of"):
        coded(real, "statements", None, "someday")


def test_a_period_keeps_what_lies_wholly_inside(real):
    everything = coded(real, "statements", "adjudicated")
    period = real.periods.period.iloc[0]
    inside = coded(real, "statements", "adjudicated", period)
    assert set(inside.statement_id) == set(everything[everything.period == period].statement_id)
    assert 0 < len(inside) < len(everything)
    assert coded(real, "statements", "adjudicated", span(real, period)).equals(inside)


def test_a_period_cannot_have_the_name_of_a_choice(broken):
    replace(broken / PERIODS, "hearings", "all")
    assert any(
        problem.column == "period" and "another name" in problem.expected
        for problem in check(broken)
    )


def test_an_article_is_described_with_what_was_coded_in_it(broken):
    case = load(broken)
    articles = described(case).set_index("article_id")
    coded_units = articles[["n_statements", "n_mentions", "n_relations"]].sum()
    assert coded_units.tolist() == [len(units) for units in case.units().values()]
    assert articles.n_characters.to_dict() == {a: len(text) for a, text in case.texts.items()}
    assert articles.share_coded.between(0, 1).all()


# A case as it was known on a day.


def last_days(frame, key, column):
    """The last day that each row's date allows, by the row's key."""
    return {
        identity: bounds(value)[1].isoformat()
        for identity, value in zip(frame[key], frame[column], strict=True)
    }


def test_a_day_shows_what_was_known_on_it(real):
    published = last_days(real.articles, "article_id", "published")
    for day in sorted(set(published.values())):
        known = as_of(real, day)
        articles = {article for article, latest in published.items() if latest <= day}
        assert set(known.articles.article_id) == articles
        assert set(known.texts) == set(known.furniture) == articles
        for frame in (*known.units().values(), known.affiliations, known.aliases):
            assert set(frame.article_id) <= articles
        assert len(known.statements) == real.statements.article_id.isin(articles).sum()
        for value in known.context_events.date_edtf:
            assert bounds(value)[1].isoformat() <= day
    assert len(known.statements) == len(real.statements)
    assert len(known.adjudication) == len(real.adjudication)
    month = as_of(real, day[:7])
    assert month.articles.article_id.tolist() == real.articles.article_id.tolist()


def test_a_decision_is_known_with_all_its_units(real):
    for day in set(last_days(real.articles, "article_id", "published").values()):
        known = as_of(real, day)
        units = {
            *known.statements.statement_id,
            *known.event_mentions.mention_id,
            *known.relations.relation_id,
        }
        for row in known.adjudication.itertuples():
            assert {*row.ids.split(";"), row.adjudicated} - {""} <= units
        for ids in known.decisions.ids:
            assert set(ids.split(";")) <= units


def test_no_day_asked_for_is_all_of_the_case(real):
    assert as_of(real, "") is real


@pytest.mark.parametrize(
    "day, expected",
    [("1066-10-14", "expected a day from 20"), ("yesterday", "expected nothing, or an EDTF date")],
)
def test_a_day_on_which_nothing_was_known_is_told(real, day, expected):
    with pytest.raises(ValueError, match=expected):
        as_of(real, day)


def test_a_case_of_one_coder_keeps_its_columns_on_any_day(real):
    alone = dataclasses.replace(
        real, adjudication=real.adjudication[:0], context_events=real.context_events[:0]
    )
    known = as_of(alone, "2030")
    assert list(known.adjudication) == list(real.adjudication)
    assert list(known.context_events) == list(real.context_events)


def test_a_case_with_some_articles_alone_has_their_texts_and_coding_alone(real):
    first, *_ = real.texts
    case = real.only_articles({first})
    assert list(case.texts) == list(case.furniture) == case.articles.article_id.tolist() == [first]
    assert set(case.statements.article_id) == {first}
    assert set(case.adjudication.article_id) == {first}
    assert case.actors is real.actors and case.decisions is real.decisions


def test_a_decision_goes_with_a_unit_it_names(real):
    missing = real.decisions.ids.iloc[0].split(";")[0]
    statements = real.statements[real.statements.statement_id != missing]
    case = dataclasses.replace(real, statements=statements).without_decisions_on_missing_units()
    named = [missing in ids.split(";") for ids in real.decisions.ids]
    assert sum(named) == len(real.decisions) - len(case.decisions) > 0


def test_context_that_may_be_later_than_a_day_is_left_out(real):
    last = real.context_events.date_edtf.map(lambda value: bounds(value)[1])
    case = real.without_context_after(last.min())
    known = real.context_events[last == last.min()]
    assert case.context_events.event.tolist() == known.event.tolist()
    assert len(known) < len(real.context_events)
