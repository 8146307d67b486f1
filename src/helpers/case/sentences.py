"""Sentences with slots: what each kind of finding fills, and the rules for what a case writes.

A sentence of `sentences.csv`, or a question of `questions.csv`, names a finding, which fills its
slots: `{actor} {side} {issue}.` What stands between them holds no name, no number and no date, so
that a sentence says of actors, issues, sides and days what its finding says, and nothing else.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pandas as pd

from helpers.case.free_words import any_of, faults_of_words, free_words, over_a_slot, slots_of
from helpers.case.problems import Problem, nearest, shown, shown_cell
from helpers.case.raw_case import RawCase
from helpers.dates.edtf import days

# The one finding that no row binds: that no change of position holds.
ABSENCE = "absence.change"
# Sentences of an answer; questions for discussion.
MOST, QUESTIONS = 6, 5
# The columns of words with slots.
WRITTEN = (("sentences", "sentence"), ("questions", "question"))


class Form(NamedTuple):
    """The slots that a sentence on a kind of finding has to have, and may have; its sides."""

    needed: tuple[str, ...]
    spare: tuple[str, ...] = ()
    sides: int = 1


FORMS = {
    "position": Form(("actor", "side", "issue"), ("date", "for_whom")),
    "opposed": Form(
        ("actor", "side", "issue", "other", "other_side"), ("date", "other_date", "for_whom"), 2
    ),
    "disputed": Form(("issue", "side", "other_side"), sides=2),
    "change": Form(("actor", "issue", "side", "date", "other_side", "other_date"), sides=2),
    "order": Form(("event", "other_event"), ("date", "other_date"), 2),
    "only-by-claim": Form(("teller", "event"), ("date",)),
    "pair": Form(("actor", "other", "issues"), sides=2),
    "by-claim-tie": Form(("teller", "actor", "relation", "other")),
    "absence": Form((), sides=0),
}


def free_words_are_free(raw: RawCase) -> Iterator[Problem]:
    """Titles of steps, and what stands between slots: no name, number or date."""
    places = (("story", "title"), *WRITTEN)
    written = [(*place, *cells) for place in places for cells in raw.rows(*place)]
    if not written:
        return
    usual = {actor: name for _, (actor, name) in raw.rows("actors", "actor_id", "name")}
    printed = [(alias, actor) for _, (alias, actor) in raw.rows("aliases", "alias", "actor_id")]
    called = [*((name, actor) for actor, name in usual.items()), *printed]
    names = any_of([*(name for name, _ in called), *over_a_slot(called, usual)])
    for table, column, row, (text,) in written:
        for found, expected in faults_of_words(free_words(text), names):
            yield Problem(raw.files[table], row, column, found, expected)


# ---- what a sentence rests on


def _forms(raw: RawCase) -> dict[str, Form]:
    """finding_id to the form of a sentence on it; of an unknown kind none."""
    forms = {ABSENCE: FORMS["absence"]}
    for _, (finding, kind, period) in raw.rows("findings", "finding_id", "kind", "period"):
        if kind in FORMS:
            form = FORMS[kind]
            needed = (*form.needed, "period") if period else form.needed
            forms[finding] = form._replace(needed=needed)
    return forms


def _findings(raw: RawCase) -> pd.DataFrame:
    return raw.tables["findings"].drop_duplicates("finding_id").set_index("finding_id")


def sentences_rest_on_findings(raw: RawCase) -> Iterator[Problem]:
    """A sentence names a finding, has the slots that its kind needs, and none that it lacks.

    A question has those that it asks about.
    """
    if "findings" in raw.unread:
        return
    forms = _forms(raw)
    bound = {finding for _, (finding,) in raw.rows("findings", "finding_id")} | {ABSENCE}
    known = f"a finding of {raw.files['findings']}, or {ABSENCE}"
    for table, column in WRITTEN:
        for row, (finding, words) in raw.rows(table, "finding_id", column):
            if finding and finding not in bound:
                expected, found = known + nearest(finding, bound), shown(finding)
                yield Problem(raw.files[table], row, "finding_id", found, expected)
            form = forms.get(finding)
            for found, expected in _misfits(slots_of(words), form, column) if form else ():
                yield Problem(raw.files[table], row, column, found, expected)


def _misfits(slots: list[str], form: Form, column: str) -> Iterator[tuple[str, str]]:
    """What was found of slots and what was expected: strange ones, and those that are missing."""
    known = [*form.needed, *form.spare]
    for slot in slots:
        if slot not in known:
            expected = f"a slot that its finding fills: {', '.join(known) or 'it has none'}"
            yield f"{{{slot}}}", expected + nearest(slot, known)
    for slot in form.needed if column == "sentence" else ():
        if slot not in slots:
            yield f"no {{{slot}}}", "all that its finding is about"


def sentences_quote_each_side(raw: RawCase) -> Iterator[Problem]:
    """A sentence quotes a few words of each side of its finding, and no other."""
    file, forms = raw.files["sentences"], _forms(raw)
    for row, (finding, *quotes) in raw.rows("sentences", "finding_id", "quote", "other_quote"):
        form = forms.get(finding)
        if form is None:
            continue
        for place, (column, quote) in enumerate(zip(("quote", "other_quote"), quotes, strict=True)):
            if bool(quote) != (place < form.sides):
                sides = "no side" if not form.sides else f"{form.sides} to quote"
                expected = f"nothing: its finding has {sides}" if quote else "a few words of a side"
                yield Problem(file, row, column, shown_cell(quote), expected)


def quotes_are_of_the_finding(raw: RawCase) -> Iterator[Problem]:
    """The words that a sentence quotes stand in a coded passage that its finding is about.

    Asked of a case with its adjudicated rows.
    """
    file = raw.files["sentences"]
    findings = _findings(raw)
    for row, (finding, *quotes) in raw.rows("sentences", "finding_id", "quote", "other_quote"):
        if finding not in findings.index:
            continue
        passages = _passages(raw, findings.loc[finding])
        for column, quote in zip(("quote", "other_quote"), quotes, strict=True):
            if quote and not any(quote in passage for passage in passages):
                expected = f"words of a coded passage that {finding} is about"
                yield Problem(file, row, column, shown(quote), expected)


def _passages(raw: RawCase, finding: pd.Series) -> list[str]:
    """The coded words on the actors and the issue, on the events, or on the tie of a finding."""
    actors = [actor for actor in (finding.actor_id, finding.other_id) if actor]
    if events := [event for event in (finding.event_id, finding.other_event_id) if event]:
        mentions = raw.tables["event_mentions"]
        return list(mentions.quote[mentions.event_id.isin(events)].dropna())
    if finding.relation:
        ties = raw.tables["relations"]
        is_of_tie = ties.source.isin(actors) & ties.target.isin(actors)
        return list(ties.quote[is_of_tie & (ties.relation == finding.relation)].dropna())
    said = raw.tables["statements"]
    is_of_actors = said.speaker.isin(actors) | said.on_behalf_of.isin(actors) | (not actors)
    is_on_issue = (said.issue == finding.issue) | (not finding.issue)
    return list(said.quote[is_of_actors & is_on_issue].dropna())


def slots_are_filled(raw: RawCase) -> Iterator[Problem]:
    """Who is said to speak for somebody does so in a coded passage."""
    said, findings = raw.tables["statements"], _findings(raw)
    for table, column in WRITTEN:
        for row, (finding, words) in raw.rows(table, "finding_id", column):
            if "for_whom" not in slots_of(words) or finding not in findings.index:
                continue
            about = findings.loc[finding]
            own = said[(said.speaker == about.actor_id) & (said.issue == about.issue)]
            if set(own.on_behalf_of.fillna("")) <= {"", about.actor_id}:
                expected = f"a finding whose actor speaks for somebody: {about.actor_id} does not"
                yield Problem(raw.files[table], row, column, "{for_whom}", expected)


# ---- answer and story


def an_answer_is_short(raw: RawCase) -> Iterator[Problem]:
    """The answer has a few sentences."""
    answer = [row for row, (step,) in raw.rows("sentences", "step") if not step]
    for row in answer[MOST:]:
        expected = f"at most {MOST} sentences of the answer; the story has room for more"
        yield Problem(raw.files["sentences"], row, "step", "one more sentence", expected)


def questions_are_few(raw: RawCase) -> Iterator[Problem]:
    """The brief has room for a few questions."""
    for row, _ in islice(raw.rows("questions", "question"), QUESTIONS, None):
        expected = f"at most {QUESTIONS} questions"
        yield Problem(raw.files["questions"], row, "question", "one more question", expected)


def steps_have_days_and_a_passage(raw: RawCase) -> Iterator[Problem]:
    """A step has a first and a last day, and a sentence with words of a passage."""
    quoted = {step for _, (step, quote) in raw.rows("sentences", "step", "quote") if quote}
    file = raw.files["story"]
    for row, (step, span) in raw.rows("story", "step", "span_edtf"):
        if step not in quoted and "sentences" not in raw.unread:
            expected = f"a sentence of it, with a quote, in {raw.files['sentences']}"
            yield Problem(file, row, "step", f"{step}, without a passage", expected)
        if not _is_bounded(span):
            expected = "a first and a last day, such as 2019-03-02/2019-03-09"
            yield Problem(file, row, "span_edtf", shown_cell(span), expected)


def _is_bounded(span: str) -> bool:
    try:
        return all(days(span))
    except ValueError:
        return True  # No date: told as a fault of the cell.


RULES = (
    free_words_are_free,
    sentences_rest_on_findings,
    sentences_quote_each_side,
    an_answer_is_short,
    questions_are_few,
    steps_have_days_and_a_passage,
)
# Those that look at coded passages, the adjudicated ones among them.
RULES_OF_CODED = (quotes_are_of_the_finding, slots_are_filled)
