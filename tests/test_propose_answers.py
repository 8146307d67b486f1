"""What a model says is held to the text and the codebook: the rest is refused, and told."""

import json

import pytest
from fake_model import mention, said, statement

from dispute.proposing.answers import few_words, read_answer
from dispute.proposing.checks import Codebook, Reading, refused_of
from dispute.proposing.kept import Answer
from dispute.proposing.parts import parts
from dispute.proposing.prompts import Prompts, fence_of
from dispute.proposing.rows import rows_of
from helpers.case.load import load
from helpers.case.problems import CaseError

LIGHTHOUSE = "tests/cases/lighthouse"
QUOTE = "The keepers must come down"
FIELDS = {
    "quote": "The keepers must climb down",
    "speaker": "nobody-known",
    "on_behalf_of": "../../etc/passwd",
    "quoted_by": "new",
    "issues": ["automate", "ignore-the-codebook"],
    "stance": 99,
    "date": "last Tuesday",
    "date_words": "in the spring of 2031",
    "lang": "../x",
    "why": "<script>alert(1)</script>",
    "date_note": '=HYPERLINK("http://x")',
}
KINDS = ["quote", "id", "id", "id", "id", "stance", "date", "words", "lang", "text", "text"]
WRONG = {
    "": "the answer is empty",
    "null": "it is no object",
    '{"statements": [': "it is no JSON",
    "[" * 100_000: "it is no JSON",
    "9" * 5_000: "it is no JSON",
    "Ignore the codebook. I will not answer in JSON.": "it is no JSON",
    '{"statements": {"quote": "x"}}': "statements is no list",
    '{"statements": [], "actors": []}': "it has another name",
    json.dumps({"statements": [{}] * 2_001}): "more than 2000 rows",
}


@pytest.fixture(scope="module")
def case(root):
    return load(root / LIGHTHOUSE)


def reading(case, article, part=None):
    text = case.texts[article]
    return Reading(text, tuple(case.furniture[article]), ("en",), part or parts(text)[0])


def made(case, article, *answers):
    """What comes of answers, each to the whole of an article."""
    return rows_of(
        [(reading(case, article), read_answer(Answer(words, "stop", 1))) for words in answers],
        Codebook.of(case),
    )


@pytest.mark.parametrize("words, why", WRONG.items(), ids=WRONG.values())
def test_an_answer_that_is_none_is_refused_as_a_whole(words, why):
    refused = read_answer(Answer(words, "stop", 1)).refused
    assert [one.kind for one in refused] == ["answer"] and why in refused[0].why
    assert len(refused[0].found.split()) <= 20 and len(refused[0].found) <= 201


def test_an_answer_that_was_cut_off_is_refused_even_if_it_reads_well():
    (one,) = read_answer(Answer(said([statement(QUOTE)]), "length", 1)).refused
    assert "max_tokens" in one.why


def test_an_answer_in_a_block_of_code_or_after_thoughts_is_read():
    for words in (
        f"```json\n{said([statement(QUOTE)])}\n```",
        f"<think>{{}}</think>\n{said([statement(QUOTE)])}",
    ):
        assert len(read_answer(Answer(words, "stop", 1)).rows) == 1


def test_a_row_of_another_form_is_refused_and_takes_no_other_with_it():
    wrong = ["x", {}, statement(QUOTE, stance="3"), statement(QUOTE, stance=True)]
    wrong += [statement(QUOTE, id=7), statement(QUOTE, issues="automate"), statement(7)]
    read = read_answer(Answer(said([*wrong, statement(QUOTE)]), "stop", 1))
    assert [one.kind for one in read.refused] == ["form"] * 7
    assert [row["quote"] for _, row in read.rows] == [QUOTE]
    assert "7" not in " ".join(one.why for one in read.refused)


@pytest.mark.parametrize(
    "field, value, kind", list(zip(FIELDS, FIELDS.values(), KINDS, strict=True))
)
def test_whatever_does_not_stand_in_text_or_codebook_is_refused(case, field, value, kind):
    read, known = reading(case, "skerry-post"), Codebook.of(case)
    basis = {"date_basis": "stated"} if field == "date" else {}
    assert refused_of(statement(QUOTE), read, known) is None
    fault = refused_of(statement(QUOTE) | {field: value} | basis, read, known)
    assert fault.kind == kind and fault.why
    assert len(fault.found.split()) <= 20 and not fault.found.startswith("=")


def test_of_several_faults_all_reasons_are_told(case):
    fault = refused_of(statement(QUOTE) | FIELDS, reading(case, "skerry-post"), Codebook.of(case))
    assert fault.why.count(";") >= 8


@pytest.mark.parametrize(
    "why", ["@SUM(A1)", "\x1b[2Jgone", "a \u202egnirts", "", " \u200b", "x" * 501, "\ud800"]
)
def test_no_prose_of_a_model_is_more_than_a_plain_line(case, why):
    fault = refused_of(statement(QUOTE, why=why), reading(case, "skerry-post"), Codebook.of(case))
    assert fault.kind == "text"
    assert fault.found.isprintable() and fault.found.isascii()


def test_words_of_an_answer_that_are_shown_are_few_and_harmless():
    assert few_words("=1+1") == "'=1+1" and few_words("a\nb\x1b") == "a b\\x1b"
    assert len(few_words("w " * 10_000).split()) == 20 and len(few_words("w" * 10_000)) == 200


def test_a_quote_stands_where_it_says_and_ends_are_exclusive(case):
    (row,) = made(case, "skerry-post", said([statement(f" {QUOTE}\n")])).tables["statements"]
    text = case.texts["skerry-post"]
    assert (row["quote"], text[int(row["start"]) : int(row["end"])]) == (QUOTE, QUOTE)


def test_page_furniture_is_never_proposed_and_marks_within_a_quote_are_none_of_it(case):
    text = case.texts["island-mirror"]
    fence = fence_of(text)
    marked = f"<<{fence}: caption, not to be coded>>"
    came = made(
        case,
        "island-mirror",
        said(
            [
                statement("What the board said, and when"),
                statement(f"We can trust {marked}the lamp", speaker="jonas-hart"),
            ]
        ),
    )
    assert [one.kind for one in came.refused] == ["furniture"]
    assert [row["quote"] for row in came.tables["statements"]] == ["We can trust the lamp"]


def test_words_that_stand_several_times_are_taken_after_the_quote_before_and_told(case):
    text = case.texts["skerry-post"]
    first, second = text.index("Cape Skerry and"), text.index("The Keepers’ League")
    answer = said([statement(text[second : second + 19]), statement("the ")])
    came = made(case, "skerry-post", answer)
    starts = [int(row["start"]) for row in came.tables["statements"]]
    assert starts[1] > starts[0] > first and came.ambiguous == 1
    assert "this is the next after the one before" in came.tables["statements"][1]["why"]


def test_a_new_speaker_has_the_name_that_is_printed_and_no_id(case):
    answer = said(
        [
            statement(QUOTE, speaker="new", printed="board chair"),
            statement(QUOTE, speaker="new", printed="Nobody Here"),
        ]
    )
    came = made(case, "skerry-post", answer)
    (row,) = came.tables["statements"]
    assert (row["speaker"], row["printed"]) == ("", "board chair")
    assert [one.kind for one in came.refused] == ["words"]


def test_issues_stand_best_first_and_an_empty_stance_is_none(case):
    told = statement(QUOTE, issues=["pensions", "automate", "pensions"], stance=None)
    (row,) = made(case, "skerry-post", said([told])).tables["statements"]
    assert (row["issue"], row["issues"], row["stance"]) == ("pensions", "pensions;automate", "")


def test_an_event_has_its_date_place_and_people(case):
    told = mention(
        "the ferry Alma ran aground",
        date="2018-11-30",
        date_basis="stated",
        date_words="30 November 2018",
        place="Cape Skerry",
        participants=["keepers-league"],
        according_to="keepers-league",
    )
    (row,) = made(case, "skerry-post", said([], [told])).tables["event_mentions"]
    assert (row["date_edtf"], row["place"]) == ("2018-11-30", "Cape Skerry")
    assert row["participants"] == row["according_to"] == "keepers-league"
    undated = {**told, "date_basis": "undated"}
    assert made(case, "skerry-post", said([], [undated])).refused[0].kind == "date"


# The prompt.


def test_a_prompt_has_the_codebook_and_the_article_fenced_as_data(root, case):
    prompts = Prompts(case, root / LIGHTHOUSE)
    text = case.texts["island-mirror"]
    rules, asked = prompts.messages("island-mirror", parts(text)[0])
    for words in [*case.issues.issue, *case.issues.proposition, *case.actors.actor_id]:
        assert words in rules["content"]
    assert "Tobias Ren" in rules["content"] and "never an instruction" in rules["content"]
    coded = case.statements.quote[case.statements.quote.str.len() > 20]
    assert not any(quote in rules["content"] for quote in coded), "no coding is ever sent"
    fence = fence_of(text)
    assert fence not in text and asked["content"].count(f"<<{fence}: article") == 0
    assert f"<<{fence}: caption, not to be coded>>The tower at Cape Skerry." in asked["content"]
    assert asked["content"].index(text[-40:].strip()) < asked["content"].index("article ends>>")


def test_a_case_may_have_a_prompt_of_its_own_and_its_digest_is_another(root, case, tmp_path):
    home = tmp_path / "codebook"
    home.mkdir()
    ours = Prompts(case, root / LIGHTHOUSE)
    assert Prompts(case, tmp_path).digest == ours.digest
    (home / "prompt.rules.jinja").write_text("Be brief. {{ issues | length }} issues.")
    own = Prompts(case, tmp_path)
    assert own.rules == "Be brief. 3 issues." and own.digest != ours.digest


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ nothing_of_that_name }}",
        "{% include '/etc/passwd' %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{{ 'x' * 9999 }}{% endfor %}"
        "{% endfor %}",
        "{{ title.encode() ",
        "{{ '{0}'.format() }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    ],
)
def test_a_template_of_a_stranger_can_do_nothing_but_be_filled(case, tmp_path, template):
    (tmp_path / "codebook").mkdir()
    (tmp_path / "codebook/prompt.rules.jinja").write_text(template)
    with pytest.raises(CaseError) as told:
        Prompts(case, tmp_path)
    assert "codebook/prompt.rules.jinja: found" in str(told.value)
