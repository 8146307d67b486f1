"""Units: utterances put together to passages, one speaker on one issue on one occasion.

A unit runs on over sentences and paragraphs as long as the speaker stays, nothing stands between,
and what is said has not gone over to another issue or another day. What one speaker says in one go
is parted so that each part is on the issue that it fits best, and that no more parts are made than
the words ask for. A part that is as much on a second issue is a unit of that one, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from helpers.proposing.authors import ISSUED, JUDGES
from helpers.proposing.clauses import FEW, REPORTING, clauses
from helpers.proposing.issues import Candidate, Content, Ranking
from helpers.proposing.occasions import told_as_earlier
from helpers.proposing.page import Page
from helpers.proposing.reports import Cue
from helpers.proposing.speakers import Memory, Speaker
from helpers.proposing.subjects import Here, is_perfect
from helpers.proposing.utterances import Utterance

# What it costs to go over to another issue: within a sentence, between two.
WITHIN, BETWEEN = 1.1, 1.0
# Within one quotation it costs so much more, since its sentences belong together.
QUOTED, ENDS = 0.5, '.!?…"”'
# The same where the next sentence says that it turns to something else, or the next clause begins
# with a participle of saying: adding that.
MARKED = 0.0
MARKER = re.compile(
    r"[\"“]?(?:But|However|Yet|Still|On the other hand|As (?:to|for)|Asked|Turning to|In addition"
    r"|Instead|Meanwhile|Separately|Aidha|Hata hivyo|Lakini|Pia|Kuhusu|Vilevile)\b"
    r"|.{0,60}\b(?:also|further|however|meanwhile|separately)\b",
    re.S,
)
PART = re.compile(rf"(?:and |but )?(?:{REPORTING})\b|[aw]a?ki\w{{3,}}")
# What verbs do that take no side of their own: any other than that of the sentence before begins a
# unit (said …. He rejected …).
TELLS = ("say", "claim", "question")
# What an article says in its own voice: an author, or who issues it.
OWN_VOICE = frozenset({JUDGES, ISSUED})
# More than so much no clause speaks for an issue.
CAP = 3.0
# A second issue shares no word with the first, and has such a share of its score, and so much at
# least. So many more are proposed at most.
APART_SHARE, APART = 0.5, 1.3
MORE = 2
# From such an example of an issue on, a part is on a second one, whatever it shares with the first.
SURE = 1.4
# What begins the name of an issue that one report is on alone, and what speaks for it.
OWN, ALONE = "?", 1.2
# What is answered stands so many sentences before at most.
ANSWERS_WITHIN = 2


class Unit(NamedTuple):
    """A passage with its utterances, in their order, and the issues it may be on.

    `told_by`: the actor in whose words alone it stands; empty where the article reports it itself.
    `words`: as the text has them, those that it shares with its first issue.
    """

    start: int
    end: int
    speaker: Speaker
    utterances: tuple[Utterance, ...]
    issues: tuple[Candidate, ...]
    told_by: str = ""
    words: tuple[str, ...] = ()


class Ground(NamedTuple):
    """What the units of an article are made from: its page and sentences with their cues, the
    memory of the whole, its words, what ranks issues by them, and whether the codebook gives
    examples of its issues: then what is on none of them is left aside."""

    page: Page
    sentences: Sequence[Here]
    cues: Sequence[Sequence[Cue]]
    memory: Memory
    content: Content
    ranking: Ranking
    with_examples: bool = False

    def ranked(self, start: int, end: int, before: int = -1) -> Sequence[Candidate]:
        """The issues of a span; see `Content.counts`."""
        return self.ranking(self.content.counts(start, end, before))


class Clause(NamedTuple):
    """A part of an utterance, with the issues that it may be on."""

    start: int
    end: int
    utterance: Utterance
    issues: Mapping[str, Candidate]


def units(ground: Ground, said: Sequence[Utterance], days: Sequence[str]) -> list[Unit]:
    """The units of an article. `days`: of each utterance the day that its own words give it.

    What the article says in its own voice is taken where it shares words with an issue.
    """
    page = ground.page
    runs: list[list[int]] = []
    for number, one in enumerate(said):
        if one.why in OWN_VOICE and not one.cue and not ground.ranked(one.start, one.end):
            continue
        if runs and _runs_on(page, said, runs[-1], number, days):
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[Unit] = []
    for run in runs:
        parts = [part for at in run for part in _parts(ground, said[at])]
        chosen = zip(_on_issues(page, parts), parts, strict=True)
        for issue, together in groupby(chosen, key=lambda one: one[0]):
            own = [part for _, part in together]
            issue = issue if not issue.startswith(OWN) else ""
            found.append(_unit(ground, own, issue))
            found += _on_a_second(ground, own, issue)
    answered = _answering(found)
    return [unit for unit in answered if unit.issues or not ground.with_examples]


def _answering(found: Sequence[Unit]) -> list[Unit]:
    """A refusal or support that names no issue takes that of what it answers: rejected her view."""
    answered: list[Unit] = []
    for unit in found:
        cues = [one.cue for one in unit.utterances if one.cue]
        answers = any(cue.verb.does in ("reject", "support") for cue in cues)
        before = answered[-1] if answered else None
        if not unit.issues and answers and before and before.issues:
            if unit.utterances[0].sentence - before.utterances[-1].sentence <= ANSWERS_WITHIN:
                issue = before.issues[0]._replace(score=0.0, words=())
                unit = unit._replace(issues=(issue,))
        answered.append(unit)
    return answered


def _parts(ground: Ground, one: Utterance) -> list[Clause]:
    """The parts of an utterance. What reports a stance and is on no issue is on one of its own."""
    found = []
    for start, end in clauses(ground.page, one):
        issues = {one.issue: one for one in ground.ranked(start, end)}
        is_stance = one.is_a_stance and not one.quoted
        if not issues and is_stance and _reports(ground.page, one, start, end):
            name = f"{OWN}{one.sentence}"
            issues = {name: Candidate(name, ALONE, ())}
        found.append(Clause(start, end, one, issues))
    return found


def _reports(page: Page, one: Utterance, start: int, end: int) -> bool:
    """Whether a part holds the verb of saying and more: not only, she asked."""
    first, last = page.token_at(start), page.token_at(end)
    return one.cue is not None and first <= one.cue.first < last and last - first >= FEW


def _runs_on(
    page: Page,
    said: Sequence[Utterance],
    run: Sequence[int],
    number: int,
    days: Sequence[str],
) -> bool:
    """Whether nothing parts an utterance from the run before: no other day, speaker, or side."""
    last, one = said[run[-1]], said[number]
    if last.speaker.key != one.speaker.key or not one.speaker.key:
        return False
    if one.sentence > last.sentence + 1 or (
        page.text[last.end : one.start].strip(" \r\n\t,;") and (one.sentence == last.sentence)
    ):
        return False
    if _is_of_another_time(page, last, one, bool(days[number])):
        return False
    if last.cue and one.cue and one.cue.verb.does not in (*TELLS, last.cue.verb.does):
        return False
    dated = {days[at] for at in run} - {""}
    return not (days[number] and dated and days[number] not in dated)


def _is_of_another_time(page: Page, last: Utterance, one: Utterance, dated: bool) -> bool:
    """Whether it is of another occasion: had earlier said; said on Friday, behind has said."""
    if told_as_earlier(page, one) and not told_as_earlier(page, last):
        return True
    return dated and last.cue is not None and is_perfect(page, last.cue.first)


def _on_issues(page: Page, parts: Sequence[Clause]) -> list[str]:
    """The issue of each part: those that fit best, each change counted against them (Viterbi).

    Empty where no part of a run is on any.
    """
    total: dict[str, float] = {"": 0.0}
    steps: list[dict[str, str]] = []
    for number, part in enumerate(parts):
        best = max(total, key=lambda issue: total[issue])
        cost = _cost(page, parts[number - 1], part) if number else 0.0
        step, after = {}, {}
        for issue in dict.fromkeys([*total, *part.issues]):
            stays = total.get(issue, float("-inf"))
            goes = total[best] - (cost if best else 0.0)
            step[issue] = issue if stays >= goes else best
            after[issue] = max(stays, goes) + _score(part, issue)
        total = after
        steps.append(step)
    issue = max(total, key=lambda one: total[one])
    chosen = []
    for step in reversed(steps):
        chosen.append(issue)
        issue = step[issue]
    found = list(reversed(chosen))
    first = next((one for one in found if one), "")
    return [one or first for one in found]


def _cost(page: Page, before: Clause, part: Clause) -> float:
    """What it costs to go over to another issue between two parts."""
    if part.utterance is before.utterance:
        if PART.match(page.text, part.start, part.end):
            return MARKED
        return WITHIN + QUOTED * (page.text[before.end - 1] in ENDS)
    if MARKER.match(page.text, part.start, part.end):
        return MARKED
    return BETWEEN + QUOTED * (part.utterance.cue is None)


def _score(part: Clause, issue: str) -> float:
    return min(part.issues[issue].score, CAP) if issue in part.issues else 0.0


def _on_a_second(ground: Ground, parts: Sequence[Clause], issue: str) -> Iterator[Unit]:
    """The unit of a second issue, over the parts that have words for it that the first has not."""
    strong: dict[str, list[int]] = {}
    for number, part in enumerate(parts):
        first = part.issues.get(issue)
        for one in part.issues.values():
            if not one.issue.startswith(OWN) and one.issue != issue and _is_strong(one, first):
                strong.setdefault(one.issue, []).append(number)
    order = sorted(strong, key=lambda one: -sum(_score(parts[at], one) for at in strong[one]))
    for other in order[:MORE]:
        chosen = parts[strong[other][0] : strong[other][-1] + 1]
        yield _unit(ground, chosen, other)


def _is_strong(one: Candidate, first: Candidate | None) -> bool:
    """Whether a part is on an issue beside its first one: by an example of it, or by other words,
    and enough of them."""
    if first is not None and one.example >= SURE:
        return True
    if first is None or len(one.words) < 2 or set(one.words) & set(first.words):
        return False
    return one.score >= APART and one.score >= APART_SHARE * first.score


def _unit(ground: Ground, parts: Sequence[Clause], issue: str) -> Unit:
    start, end = parts[0].start, parts[-1].end
    said = tuple(dict.fromkeys(part.utterance for part in parts))
    before = ground.page.sentences[said[0].sentence - 1].start if said[0].sentence else -1
    ranked = ground.ranked(start, end, before if start == said[0].start else -1)
    found = sorted(ranked, key=lambda one: one.issue != issue)
    if found and issue and found[0].issue != issue:
        found = [*(p.issues[issue] for p in parts if issue in p.issues), *found]
        found = list({one.issue: one for one in reversed(found)}.values())[::-1]
    speaker = next((one.speaker for one in said if one.speaker.behalf), said[0].speaker)
    words = ground.content.printed(start, end, found[0].words) if found else ()
    return Unit(start, end, speaker, said, tuple(found), words=words)


def unit_of(ground: Ground, one: Utterance, issues: Sequence[Candidate], told_by: str = "") -> Unit:
    """A unit of one utterance on its first issue."""
    words = ground.content.printed(one.start, one.end, issues[0].words)
    return Unit(one.start, one.end, one.speaker, (one,), tuple(issues), told_by, words)
