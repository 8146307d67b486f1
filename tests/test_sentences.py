"""Sentences with slots: what check refuses, what fills them, and whose names they hold."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import coding, says, tells

from helpers.analysis import finding_basis, finding_words, sentences
from helpers.analysis.findings import findings
from helpers.analysis.predicates import Binding, counting, touching
from helpers.case.free_words import any_of, faults_of_words, free_words, over_a_slot
from helpers.case.load import check, load
from helpers.case.sentences import FORMS

HEAD = "step,finding_id,sentence,quote,other_quote\n"
RENN = "renn-against,{actor} {side} {issue}.,put out this light,"
HART = "“No lamp replaces a man”"


def written(case, *rows, story=""):
    """Write the sentences of a case, and its story."""
    (case / "sentences.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows))
    if story:
        (case / "story.csv").write_text(f"step,title,span_edtf\n{story}\n")
    return case


def told(case):
    """What check says of them: file, row, column and what was found."""
    return [(one.file, one.row, one.column, one.found) for one in check(case)]


# --- the words between the slots

NAMES = any_of(["Ann Bo", "the board"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("so says ann bo of it", ["the name 'ann bo'"]),
        ("The board refuses", ["the name 'The board'"]),
        ("it cost 40 or forty", ["the number '40'", "the number 'forty'"]),
        ("it was refused in March, and yesterday", ["the date 'March'", "the date 'yesterday'"]),
        ("the answer of Smith", ["'Smith'"]),
        ("an ID of it", ["'ID'"]),
        ("{actor takes it", ["'{'"]),
    ],
)
def test_a_name_a_number_a_date_and_a_capital_are_faults(words, found):
    assert [fault for fault, _ in faults_of_words(words, NAMES)] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Who asked? {actor} {side} {issue}; {other} {other_side} it.",
        "“So it is.” Then {actor} {side} {issue}, one of several",
        "{event}, and later {other_event}",
    ],
)
def test_plain_words_between_slots_are_none(sentence):
    assert not [*faults_of_words(free_words(sentence), NAMES)]


def test_words_beside_a_slot_make_no_name_of_somebody_else():
    usual = {"ann": "Ann Bo"}
    names = [("Ann Bo", "ann"), ("Ms Ann Bo", "ann"), ("Ann Bo's team", "team")]
    both = any_of([*over_a_slot(names, usual)])
    faults = [*faults_of_words(free_words("{actor}'s team {side} {issue}"), both)]
    assert [found for found, _ in faults] == ["""the name "…\'s team\""""]
    assert not [*faults_of_words(free_words("the team of {actor}"), both)]


# --- what check refuses


def test_sound_sentences_are_no_problem(broken):
    turn = "{actor} first {side} ({date}) and later {other_side} ({other_date}) {issue}."
    rows = [
        f",{RENN}",
        f"turn,hart-turns,{turn},No lamp replaces a man,at Cape Skerry",
        "turn,keepers-disputed,Some {side} {issue}: others {other_side} it.,lamp,this light",
    ]
    assert not told(written(broken, *rows, story="turn,The turn,2019-03-06/2019-06-14"))


def test_every_fault_is_told_at_once_with_file_and_row(broken):
    rows = [
        ",renn-against,Tobias Renn {side} {issue} against 40,put out this light,",
        ",nobody-says,{actor} {side} {issue}.,put out this light,",
        ",renn-against,{actor} {side} {issue} as {other} does.,put out this light,",
        ",renn-against,{actor} {side} {issue} (so).,words that nobody said,",
        "turn,hart-turns,{actor} {side} and {other_side} {issue}.,,at Cape Skerry",
        ',renn-against,"{actor}, for {for_whom}, {side} {issue}.",put out this light,',
    ]
    story = "turn,The turn,2019-03-06/2019-06-14\nend,The 2nd end,2019-07-01/.."
    assert told(written(broken, *rows, story=story)) == [
        ("sentences.csv", 2, "sentence", "no {actor}"),
        ("sentences.csv", 2, "sentence", "the name 'Tobias Renn'"),
        ("sentences.csv", 2, "sentence", "the number '40'"),
        ("sentences.csv", 3, "finding_id", "'nobody-says'"),
        ("sentences.csv", 4, "sentence", "{other}"),
        ("sentences.csv", 5, "quote", "'words that nobody said'"),
        ("sentences.csv", 6, "quote", "nothing"),
        ("sentences.csv", 6, "sentence", "no {date}"),
        ("sentences.csv", 6, "sentence", "no {other_date}"),
        ("sentences.csv", 7, "sentence", "{for_whom}"),
        ("story.csv", 2, "step", "turn, without a passage"),
        ("story.csv", 3, "span_edtf", "'2019-07-01/..'"),
        ("story.csv", 3, "step", "end, without a passage"),
        ("story.csv", 3, "title", "the number '2nd'"),
    ]


def test_a_sentence_that_rests_on_nothing_is_refused(broken):
    assert told(written(broken, ",,So it was.,,")) == [
        ("sentences.csv", 2, "finding_id", "nothing"),
    ]


def test_a_step_that_the_story_lacks_is_refused(broken):
    (problem,) = check(written(broken, f"gone,{RENN}", story=""))[-1:]
    assert (problem.file, problem.row) in {("story.csv", 0), ("sentences.csv", 2)}


def test_an_answer_has_six_sentences_at_most(broken):
    rows = [f",renn-against,{'So ' * n}{{actor}} {{side}} {{issue}}.,this light," for n in (0, 1)]
    rows = [row.replace("So So", "So so") for row in rows]
    more = [f",{RENN}".replace("{actor}", f"{'so ' * n}{{actor}}") for n in range(2, 7)]
    assert told(written(broken, *rows, *more)) == [
        ("sentences.csv", 8, "step", "one more sentence"),
    ]


# --- what fills them

NAMED = finding_words.Names(
    {"ann": "Ann Bo", "bo": "Bo Ray", "cy": "Cy"}, {"audit": "The audit"}, {}, {}, {}
)


def filled(binding, sentence, *rows):
    whole = coding(*rows)
    counted = counting(binding, touching(binding, whole), whole)
    return sentences.filled(sentence, sentences.slots(binding, counted, NAMED))


def test_a_position_fills_actor_side_issue_dates_and_for_whom():
    binding = Binding("position", actor_id="ann", issue="audit", side="for")
    words = "{actor}, for {for_whom}, {side} {issue} ({date})."
    early = says("ann", "for", day="2019-04-02", on_behalf_of="bo")
    late = says("ann", "for", article="y", day="2019-05", on_behalf_of="bo")
    expected = "Ann Bo, for Bo Ray, supports “The audit” (2 April 2019 and May 2019)."
    assert filled(binding, words, early, late) == expected
    assert filled(binding, words, says("ann", "for")) == "", "for nobody: the slot has no words"
    undated = filled(binding, "{actor} {side} {issue} ({date}).", says("ann", "for"))
    assert undated == "Ann Bo supports “The audit” (no date)."


def test_a_finding_of_a_period_says_its_period(broken):
    path = broken / "findings.csv"
    bound = path.read_text().replace("renn,,automate,,", "renn,,automate,decision,")
    path.write_text(bound)
    assert told(written(broken, f",{RENN}")) == [("sentences.csv", 2, "sentence", "no {period}")]
    within = RENN.replace("{actor}", "In the period {period} {actor}")
    (one,) = table_of(written(broken, f",{within}")).query("step == ''").sentence
    assert one == "In the period “Decision” Tobias Renn opposes “Automate the light”."


def test_a_date_from_outside_says_so():
    binding = Binding("position", actor_id="ann", issue="audit", side="for")
    row = says("ann", "for", day="2019-04-02", basis="external")
    words = filled(binding, "{actor} {side} {issue} ({date}).", row)
    assert words == "Ann Bo supports “The audit” (2 April 2019, by an outside source)."


def test_opposed_actors_have_each_their_own_side_and_date():
    binding = Binding("opposed", actor_id="ann", other_id="bo", issue="audit")
    rows = says("ann", "conditional", day="2019-04-02"), says("bo", "against", day="2019-05-01")
    words = "{actor} {side} {issue} ({date}); {other} {other_side} it ({other_date})."
    assert filled(binding, words, *rows) == (
        "Ann Bo supports, on a condition, “The audit” (2 April 2019); "
        "Bo Ray opposes it (1 May 2019)."
    )


def test_what_only_a_party_says_is_told_as_its_claim():
    binding = Binding("only-by-claim", event_id="vote")
    words = filled(binding, "Only {teller} says: {event}.", tells("vote", teller="ann"))
    assert words == "Only Ann Bo says: “The vote”."


# --- a whole case


def table_of(case):
    loaded = load(case)
    basis = finding_basis.basis(loaded)
    return sentences.table(loaded, findings(basis, draws=0), basis)


def test_a_case_tells_what_it_writes_with_quotes_and_margin(broken):
    turn = "{actor} first {side} ({date}) and later {other_side} ({other_date}) {issue}."
    row = f"turn,hart-turns,{turn},replaces a man,at Cape Skerry"
    table = table_of(written(broken, row, story="turn,The turn,2019-03-06/2019-06-14"))
    (one,) = table[table.step == "turn"].itertuples()
    assert one.sentence == (
        "Jonas Hart first opposed (6 March 2019) and later supported (14 June 2019) "
        "“Automate the light”."
    )
    assert (one.rests_on, one.quote) == ("rests on one passage", "replaces a man")
    assert one.quoted_id.endswith("s03") and one.other_quoted_id.endswith("s06")


def test_a_case_that_writes_none_tells_its_findings_and_its_periods(broken):
    table = table_of(broken)
    assert set(table.step) == {"", "decision"}
    answer = table[table.step == ""]
    assert list(answer.finding_id) == ["renn-against", "hart-turns", "keepers-disputed"]
    assert answer.rests_on.str.startswith("rests on").all()
    assert not answer.sentence.str.contains("Exploratory").any(), "it stands in rests_on"


def test_a_sentence_whose_finding_does_not_hold_is_left_out(broken):
    path = broken / "findings.csv"
    gone = path.read_text().replace(
        "renn-against,position,tobias-renn,,automate,,against",
        "renn-against,position,tobias-renn,,automate,,for",
    )
    path.write_text(gone)
    table = table_of(
        written(broken, f",{RENN}", ",keepers-disputed,{issue}: {side} or {other_side}.,lamp,light")
    )
    assert list(table.finding_id[table.step == ""]) == ["keepers-disputed"]


# --- the law: a sentence that check takes holds no name but those of its finding


@pytest.fixture(scope="module")
def known(real):
    basis = finding_basis.basis(real)
    usual = real.names()
    called = [*((name, actor) for actor, name in usual.items())]
    called += list(zip(real.aliases.alias, real.aliases.actor_id, strict=True))
    refused = any_of([*(name for name, _ in called), *over_a_slot(called, usual)])
    bound = [one for one in basis.bound if FORMS[one.kind].needed]
    return basis, dict(called), refused, bound


def own_names(values, whose):
    """Whom a finding may name: those whose names stand in what fills its slots."""
    names = any_of(whose)
    return {whose[match] for value in values for match in names.findall(value) if match in whose}


WORDS = ["the", "{actor}'s team", "says", "lawyers of", "Odinga"]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_sentence_that_check_takes_names_nobody_else(known, data):
    basis, whose, refused, bound = known
    binding = data.draw(st.sampled_from(bound))
    rows = counting(binding, touching(binding, basis.published), basis.published)
    values = sentences.slots(binding, rows, basis.names)
    form = FORMS[binding.kind]
    parts = st.sampled_from([*(f"{{{slot}}}" for slot in form.needed), *WORDS])
    sentence = " ".join(data.draw(st.lists(parts, min_size=1, max_size=9))).replace(" '", "'")
    if [*faults_of_words(free_words(sentence), refused)] or not rows:
        return
    words = sentences.filled(sentence, values)
    named = {whose[name] for name in any_of(whose).findall(words) if name in whose}
    assert named <= own_names(values.values(), whose), (sentence, words)


def test_the_published_answer_is_short_and_says_no_more_than_its_findings(real, tables):
    shown = set(tables["findings"].finding_id)
    answer = tables["sentences"].query("step == ''")
    assert 1 <= len(answer) <= 6 and set(tables["sentences"].finding_id) <= shown
    for row in tables["sentences"].itertuples():
        for quoted, quote in ((row.quoted_id, row.quote), (row.other_quoted_id, row.other_quote)):
            assert not quote or quoted
    assert set(real.story.step) == {*tables["sentences"].step} - {""}
    assert re.search("rests on (one|two|three) passage", " ".join(answer.rests_on))
