"""Questions for discussion: those that a case writes, else made from its findings.

A question names the finding that it is about, which fills its slots (`helpers.case.sentences`).
What is left of the five are questions that can be asked of any case.
"""

from collections.abc import Iterator
from itertools import islice

import pandas as pd

from helpers.analysis.finding_basis import Basis
from helpers.analysis.findings import Findings
from helpers.analysis.predicates import Binding
from helpers.analysis.sentences import counted, filled, slots
from helpers.case.model import Case
from helpers.case.schema import columns
from helpers.case.sentences import ABSENCE, QUESTIONS

# What is asked of a kind of finding, in this order, of one finding each.
OF_KIND = {
    "opposed": "{actor} {side} {issue}; {other} {other_side} it. What does each of them take for "
    "granted?",
    "disputed": "{issue}: some {side} it, others {other_side} it. What would settle it, and who "
    "could show it?",
    "change": "{actor} first {side} (in words of {date}) and later {other_side} ({other_date}) "
    "{issue}. Did a mind change, or only what was said?",
    "only-by-claim": "Only a claim of {teller} says: {event}. How should it be reported, and how "
    "should it be read?",
    "position": "{actor} {side} {issue}. Read the passages: could they be coded otherwise?",
    "pair": "{actor} and {other} take the same side on {issues}. Does that make them allies?",
}
OF_ANY = (
    "Whose words do you miss in these articles, and where would you look for them?",
    "Which date here would you check first, and how?",
    "Which issue would you word otherwise, and would anybody change sides by it?",
    "Take the words that you find weakest: what would a second reader have coded?",
    "What could an article show that would make you doubt this page?",
)


def table(case: Case, found: Findings, given: Basis) -> pd.DataFrame:
    """The table `questions`: as many as the brief has room for.

    A question of the case is left out whose finding does not hold in the coding that is read.
    """
    every = [*_written(case, found, given), *_made(case, found, given)]
    asked = dict((question, finding) for finding, question in every)
    for question in OF_ANY:
        asked.setdefault(question, "")
    rows = [(finding, question) for question, finding in islice(asked.items(), QUESTIONS)]
    return pd.DataFrame(rows, columns=columns("questions"))


def _written(case: Case, found: Findings, given: Basis) -> Iterator[tuple[str, str]]:
    shown = {one.binding.finding_id: one.binding for one in found.shown}
    for finding, question in case.questions[columns("questions")].itertuples(index=False):
        if finding in shown:
            yield from _asked(shown[finding], question, given)
        elif finding == ABSENCE and found.absence:
            yield finding, question


def _made(case: Case, found: Findings, given: Basis) -> Iterator[tuple[str, str]]:
    """A question on the first finding of each kind; those of the case are all that it asks."""
    if len(case.questions):
        return
    for kind, question in OF_KIND.items():
        of_kind = [one.binding for one in found.shown if one.binding.kind == kind]
        for binding in of_kind[:1]:
            when = "In the period {period}: " if binding.period else ""
            yield from _asked(binding, when + question, given)


def _asked(binding: Binding, question: str, given: Basis) -> Iterator[tuple[str, str]]:
    if words := filled(question, slots(binding, counted(binding, given), given.names)):
        yield binding.finding_id, words
