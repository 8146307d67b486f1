"""The case loader: the real case is sound, and every fault of a case is told in one clear line, all of them at once."""

import csv

import pytest

from dispute import cli
from helpers.case import load as case
from helpers.case.schema import CODED, UNITS
from helpers.dates import edtf as dates


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


def test_the_real_case_is_sound(real, root):
    assert case.check(root / "data/raw") == []
    assert len(real.articles) == 5
    adjudicated = (
        real.statements[real.statements.coder_role == "adjudicated"]
        if "coder_role" in real.statements
        else case.coded(real, "statements", "adjudicated")
    )
    assert len(adjudicated) > 60
    assert len(case.coded(real, "event_mentions", "adjudicated")) > 20
    assert set(real.coders[real.coders.coder_role == "pass"].coder) == set(
        real.statements.coder
    ) - {"adjudicated"}


def test_every_quote_of_the_real_case_stands_where_it_says(real):
    for name in (kind.table for kind in UNITS.values()):
        frame = getattr(real, name)
        assert [
            real.texts[a][s:e] for a, s, e in zip(frame.article_id, frame.start, frame.end)
        ] == frame.quote.tolist()


def test_every_difference_between_the_passes_has_a_reason(real):
    compared = {
        "statement": ["speaker", "issue", "stance"],
        "event-mention": ["date_edtf"],
        "relation": ["source", "relation", "target", "sign"],
    }
    for unit, kind in CODED.items():
        units = getattr(real, kind.table).set_index(kind.id)
        for decided in real.adjudication[real.adjudication.unit == unit].itertuples():
            alike = (
                decided.pass_a
                and decided.pass_b
                and all(
                    units.at[decided.pass_a, c] == units.at[decided.pass_b, c]
                    for c in compared[unit]
                )
            )
            assert decided.note or alike, (
                f"{decided.pass_a} {decided.pass_b}: the passes differ and no reason is given"
            )
            assert decided.decision != "agreed" or alike, (
                f"{decided.pass_a} {decided.pass_b}: called agreed, but they differ"
            )


def test_swahili_passages_are_coded_and_glossed(real):
    swahili = real.statements[
        (real.statements.lang == "sw") & (real.statements.coder == "adjudicated")
    ]
    assert len(swahili) and (swahili.gloss != "").all()


FAULTS = {  # what is done to the case: (file, row, a word that must be told)
    "a character of an article": (
        lambda c: edit(c / "articles" / first_article(c), 40),
        "articles/",
        None,
        "the text has changed",
    ),
    "a quote": (
        lambda c: change(c / "coding/statements.csv", 2, "quote", "words that nobody wrote"),
        "coding/statements.csv",
        2,
        "letter for letter",
    ),
    "an offset": (
        lambda c: shift(c / "coding/statements.csv", 3),
        "coding/statements.csv",
        3,
        "where the quote stands",
    ),
    "a speaker's id": (
        lambda c: change(c / "coding/statements.csv", 4, "speaker", "nobody-known"),
        "coding/statements.csv",
        4,
        "codebook/actors.csv",
    ),
    "an issue's id": (
        lambda c: change(c / "coding/statements.csv", 5, "issue", "no-such-issue"),
        "coding/statements.csv",
        5,
        "codebook/issues.csv",
    ),
    "a stance off the scale": (
        lambda c: change(c / "coding/statements.csv", 6, "stance", "9"),
        "coding/statements.csv",
        6,
        "codebook/stances.csv",
    ),
    "a date that is none": (
        lambda c: change(c / "coding/event_mentions.csv", 2, "date_edtf", "2023-02-31"),
        "coding/event_mentions.csv",
        2,
        "an EDTF date",
    ),
    "a column's name": (
        lambda c: change(c / "coding/relations.csv", 1, "relation", "realtion"),
        "coding/relations.csv",
        1,
        "did you mean relation?",
    ),
    "a date without basis": (
        lambda c: change(c / "coding/event_mentions.csv", 3, "date_basis", "undated"),
        "coding/event_mentions.csv",
        3,
        "no date where the basis is `undated`",
    ),
    "an id twice": (
        lambda c: change(
            c / "coding/statements.csv", 8, "statement_id", rows(c / "coding/statements.csv")[6][0]
        ),
        "coding/statements.csv",
        8,
        "row 7 has it already",
    ),
    "words of a date": (
        lambda c: change(c / "coding/event_mentions.csv", 4, "date_words", "next blue moon"),
        "coding/event_mentions.csv",
        4,
        "letter for letter",
    ),
    "a row too short": (
        lambda c: append(c / "codebook/issues.csv", "lonely\n"),
        "codebook/issues.csv",
        None,
        "1 cells",
    ),
    "a missing file": (
        lambda c: (c / "codebook/stances.csv").unlink(),
        "codebook/stances.csv",
        None,
        "No such file",
    ),
    "a missing text": (
        lambda c: (c / "articles" / first_article(c)).unlink(),
        "articles/",
        None,
        "the text of the article",
    ),
    "bytes that are no UTF-8": (
        lambda c: (c / "codebook/actors.csv").write_bytes(
            (c / "codebook/actors.csv").read_bytes() + b"\xff\xfe,x,person,,\n"
        ),
        "codebook/actors.csv",
        None,
        "UTF-8",
    ),
    "a control character": (
        lambda c: change(c / "codebook/actors.csv", 2, "name", "Fire\x0cman"),
        "codebook/actors.csv",
        2,
        "text without control characters",
    ),
    "a control character in a title": (
        lambda c: edit_text(c / "case.yaml", "title: The", 'title: "The\\f"\n#'),
        "case.yaml",
        None,
        "a text without control characters",
    ),
    "a name twice in a YAML file": (
        lambda c: append(c / "case.yaml", "title: another\n"),
        "case.yaml",
        None,
        "'title' stands twice",
    ),
    "a file name that is no text": (
        lambda c: open(bytes(c / "articles") + b"/\xff.txt", "w").close(),
        "articles/",
        None,
        "a name that cannot be printed",
    ),
    "a NUL character": (
        lambda c: append(c / "codebook/aliases.csv", "a\0b,c,d\n"),
        "codebook/aliases.csv",
        None,
        "NUL",
    ),
    "an unread sidecar": (
        lambda c: (
            (c / "articles" / first_article(c)).with_suffix(".yaml").write_text("- [unclosed")
        ),
        "articles/",
        None,
        "YAML",
    ),
    "an id that leaves the folder": (
        lambda c: change(c / "codebook/actors.csv", 2, "actor_id", "../../etc"),
        "codebook/actors.csv",
        2,
        "an id",
    ),
    "an alias nobody printed": (
        lambda c: change(c / "codebook/aliases.csv", 2, "alias", "Zzyzx"),
        "codebook/aliases.csv",
        2,
        "as printed",
    ),
    "a decision without reason": (
        lambda c: unexplained(c / "coding/adjudication.csv"),
        "coding/adjudication.csv",
        None,
        "reason",
    ),
    "a unit without decision": (
        lambda c: write(c / "coding/adjudication.csv", rows(c / "coding/adjudication.csv")[:-1]),
        "coding/adjudication.csv",
        None,
        "no row for",
    ),
    "a negative offset": (
        lambda c: change(c / "coding/statements.csv", 3, "start", "-5"),
        "coding/statements.csv",
        3,
        "two whole numbers",
    ),
    "an end without a start": (
        lambda c: change(c / "coding/statements.csv", 3, "start", ""),
        "coding/statements.csv",
        3,
        "two whole numbers",
    ),
    "a second date without reason": (
        lambda c: change(c / "coding/statements.csv", 4, "alt_date_edtf", "2019-03"),
        "coding/statements.csv",
        4,
        "the reason of the second reading",
    ),
    "a tie with another sign than its kind": (
        lambda c: change(c / "coding/relations.csv", 2, "sign", "1"),
        "coding/relations.csv",
        2,
        "a note that says why not",
    ),
    "a period with a reserved name": (
        lambda c: change(c / "codebook/periods.csv", 2, "period", "all"),
        "codebook/periods.csv",
        2,
        "a meaning of their own",
    ),
    "authors that are no list": (
        lambda c: edit_text(c / "case.yaml", "authors: [Invented for the tests]", "authors: 5"),
        "case.yaml",
        None,
        "a list of names",
    ),
    "a name in a sidecar that is no text": (
        lambda c: append(
            (c / "articles" / first_article(c)).with_suffix(".yaml"), "7: seven\nx: y\n"
        ),
        "articles/",
        None,
        ", x: found an unknown name",
    ),
    "overlapping periods": (
        lambda c: change(
            c / "codebook/periods.csv", 3, "period_edtf", rows(c / "codebook/periods.csv")[1][2]
        ),
        "codebook/periods.csv",
        3,
        "already",
    ),
}


def first_article(folder):
    return sorted(path.name for path in (folder / "articles").glob("*.txt"))[0]


def edit(path, place):
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :], encoding="utf-8"
    )


def shift(path, row):
    table = rows(path)
    for column in ("start", "end"):
        place = table[0].index(column)
        table[row - 1][place] = str(int(table[row - 1][place]) + 1)
    write(path, table)


def edit_text(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(path, text):
    path.write_bytes(path.read_bytes() + text.encode())


def unexplained(path):
    table = rows(path)
    decision, note = table[0].index("decision"), table[0].index("note")
    row = next(r for r in table[1:] if r[decision] != "agreed")
    row[note] = ""
    write(path, table)


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_told_in_one_clear_line(broken, fault, capsys):
    damage, file, row, word = FAULTS[fault]
    damage(broken)
    told = [
        p
        for p in case.check(broken)
        if p.file.startswith(file) and (row is None or p.row == row) and word in str(p)
    ]
    assert len(told) == 1, f"{fault}: {[str(p) for p in case.check(broken)]}"
    assert "\n" not in str(told[0]) and "found" in str(told[0]) and "expected" in str(told[0])
    assert cli.main(["check", str(broken)]) == 2
    assert str(told[0]) in capsys.readouterr().out
    with pytest.raises(case.CaseError):
        case.load(broken)


def test_ten_faults_at_once_are_all_told(broken):
    ten = list(FAULTS)[:10] + ["words of a date"]
    for fault in ten:
        FAULTS[fault][0](broken)
    problems = case.check(broken)
    for fault in ten:
        _, file, row, word = FAULTS[fault]
        assert any(
            p.file.startswith(file) and (row is None or p.row == row) and word in str(p)
            for p in problems
        ), f"{fault} is not told"


def test_a_quote_without_position_is_found_if_it_stands_once(broken):
    path = broken / "coding/statements.csv"
    expected = rows(path)[1]
    for column in ("start", "end"):
        change(path, 2, column, "")
    found = case.load(broken).statements.iloc[0]
    assert [str(found.start), str(found.end)] == [
        expected[rows(path)[0].index(c)] for c in ("start", "end")
    ]


def test_a_quote_that_stands_twice_needs_a_position(broken):
    path = broken / "coding/statements.csv"
    change(path, 2, "quote", "e")
    for column in ("start", "end"):
        change(path, 2, column, "")
    assert any("times in" in str(p) and p.row == 2 for p in case.check(broken))


def test_a_coded_headline_is_refused(broken):
    import yaml

    path = broken / "coding/statements.csv"
    table = rows(path)
    article, start, end = (table[1][table[0].index(c)] for c in ("article_id", "start", "end"))
    sidecar = broken / f"articles/{article}.yaml"
    content = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    content["furniture"] = [{"start": int(start), "end": int(end), "what": "headline"}]
    sidecar.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert any("is headline and is not coded" in str(p) for p in case.check(broken))


def test_no_folder_and_an_empty_folder(tmp_path, capsys):
    assert cli.main(["check", str(tmp_path / "nowhere")]) == 2
    assert "no such folder" in capsys.readouterr().out
    assert cli.main(["check", str(tmp_path)]) == 2
    assert "no article" in capsys.readouterr().out


def test_byte_order_mark_and_crlf_are_read(broken):
    before = case.load(broken).issues
    path = broken / "codebook/issues.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert case.load(broken).issues.equals(before)


def test_an_unknown_coder_or_period_names_the_known_ones(real):
    with pytest.raises(ValueError, match="adjudicated"):
        case.coded(real, "statements", "nobody")
    with pytest.raises(ValueError, match="expected `all`, one of"):
        case.coded(real, "statements", None, "someday")


def test_a_period_keeps_what_lies_wholly_inside(real):
    everything = case.coded(real, "statements", "adjudicated")
    span = real.periods.iloc[0]
    inside = case.coded(real, "statements", "adjudicated", span.period)
    assert set(inside.statement_id) == set(
        everything[everything.period == span.period].statement_id
    )
    assert 0 < len(inside) < len(everything)
    assert case.coded(real, "statements", "adjudicated", span.period_edtf).equals(inside)


def test_a_case_is_found_from_any_folder_below(real, root, monkeypatch):
    monkeypatch.chdir(root / "tests")
    assert case.locate("data/raw") == root / "data/raw"


def test_a_day_shows_what_was_known_on_it(real):
    days = {
        article: dates.bounds(value)[1].isoformat()
        for article, value in zip(real.articles.article_id, real.articles.published)
    }
    for day in sorted(set(days.values())):
        known = case.as_of(real, day)
        articles = {article for article, published in days.items() if published <= day}
        assert (
            set(known.articles.article_id) == set(known.texts) == set(known.furniture) == articles
        )
        for frame in (
            known.statements,
            known.event_mentions,
            known.relations,
            known.affiliations,
            known.aliases,
        ):
            assert set(frame.article_id) <= articles
        assert len(known.statements) == real.statements.article_id.isin(articles).sum()
        assert all(
            dates.bounds(value)[1].isoformat() <= day for value in known.context_events.date_edtf
        )
        units = {
            *known.statements.statement_id,
            *known.event_mentions.mention_id,
            *known.relations.relation_id,
        }
        assert all(
            {row.pass_a, row.pass_b, row.adjudicated} - {""} <= units
            for row in known.adjudication.itertuples()
        )
    assert (
        case.as_of(real, "") is real
        and len(known.statements) == len(real.statements)
        and len(known.adjudication) == len(real.adjudication)
    )
    assert (
        case.as_of(real, day[:7]).articles.article_id.tolist() == real.articles.article_id.tolist()
    )


@pytest.mark.parametrize(
    "day, told",
    [("1066-10-14", "expected a day from 20"), ("yesterday", "expected nothing, or an EDTF date")],
)
def test_a_day_on_which_nothing_was_known_is_told(real, day, told):
    with pytest.raises(ValueError, match=told):
        case.as_of(real, day)


def test_a_period_cannot_have_the_name_of_a_choice(broken):
    path = broken / "codebook/periods.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("hearings", "all"), encoding="utf-8")
    assert any(
        problem.column == "period" and "another name" in problem.expected
        for problem in case.check(broken)
    )


def test_a_link_out_of_the_folder_is_not_followed(broken, tmp_path):
    path = broken / "context_events.csv"
    path.rename(tmp_path / "outside.csv")
    path.symlink_to(tmp_path / "outside.csv")
    assert [(problem.file, problem.found) for problem in case.check(broken)] == [
        ("context_events.csv", "a link that leads out of the folder, or nowhere")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "authors: 5",
        "authors: [1]",
        "1: x",
        "authors: {a: b}",
        "title: 2019-02-30",
        "title: &t [*t]",
    ],
)
def test_a_case_yaml_of_odd_values_is_told(broken, words):
    path = broken / "case.yaml"
    path.write_text(
        "".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
            if line.partition(":")[0] != words.partition(":")[0]
        )
        + words
        + "\n",
        encoding="utf-8",
    )
    assert [problem.file for problem in case.check(broken)] == ["case.yaml"]


def test_a_position_of_one_end_is_told(broken):
    path = broken / "coding/statements.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",173,199,", ",173,,", 1), encoding="utf-8"
    )
    assert [(problem.row, problem.column) for problem in case.check(broken)] == [(2, "start + end")]
