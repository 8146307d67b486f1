"""Cells: units and happenings as rows of the two tables of proposals."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.proposing.happenings import Happening
from helpers.proposing.lexicon import WORDS
from helpers.proposing.names import Named
from helpers.proposing.page import Page
from helpers.proposing.saying_dates import UNDATED, Said
from helpers.proposing.stances import Suggestion
from helpers.proposing.units import Unit
from helpers.proposing.utterances import Utterance

# The issue of a passage whose speaker is no actor of the codebook has such a score at least.
UNKNOWN = 1.0


def statement(
    page: Page,
    unit: Unit,
    dates: Mapping[Utterance, Said],
    languages: Sequence[str],
    suggestion: Suggestion,
) -> dict[str, Any]:
    """The cells of a proposed statement, but its id and its article."""
    date = _date_of(unit, dates)
    text = page.text[unit.start : unit.end]
    return {
        "speaker": unit.speaker.actor,
        "printed": "" if unit.speaker.actor else unit.speaker.printed,
        "on_behalf_of": unit.speaker.behalf,
        "quoted_by": unit.told_by,
        "issue": unit.issues[0].issue if unit.issues else "",
        "issues": ";".join(one.issue for one in unit.issues),
        "stance": "" if suggestion.stance is None else str(suggestion.stance),
        "date_edtf": date.date_edtf,
        "date_basis": date.basis,
        "date_words": date.words,
        "date_note": date.note,
        "speech": _speech(unit),
        "lang": language_of(text, languages),
        "quote": text,
        "start": unit.start,
        "end": unit.end,
        "why": _why(unit, suggestion.why),
    }


def named_there(page: Page, named: Named) -> dict[str, Any]:
    """The cells of a place where an actor is named."""
    start, end = page.tokens[named.first].start, page.tokens[named.last - 1].end
    return {"actor_id": named.actor, "start": start, "end": end, "how": named.how}


def is_worth_it(unit: Unit) -> bool:
    """Whether a passage is proposed: it is on an issue, or an actor of the codebook is quoted,
    takes a side, or says that something is so.

    Of somebody whom the codebook does not know it has to be on an issue, and by more than a word
    where it is neither quoted nor on behalf of an actor.
    """
    quoted = any(one.quoted for one in unit.utterances)
    if unit.speaker.actor:
        return bool(unit.issues) or quoted or any(one.is_a_stance for one in unit.utterances)
    if not unit.speaker.key or not unit.issues:
        return False
    return bool(unit.speaker.behalf) or quoted or unit.issues[0].score >= UNKNOWN


def numbered(rows: list[dict[str, Any]], article: str, letter: str) -> list[dict[str, Any]]:
    """Rows in the order of their places, with their ids and their article."""
    ordered = sorted(rows, key=lambda row: (row["start"], row["end"]))
    return [
        {"proposal_id": f"{article}-{letter}{number:03}", "article_id": article, **row}
        for number, row in enumerate(ordered, start=1)
    ]


def _date_of(unit: Unit, dates: Mapping[Utterance, Said]) -> Said:
    """The first date that the words of a unit give it."""
    given = [dates.get(one, UNDATED) for one in unit.utterances]
    own = [date for date in given if date.date_edtf and "goes on" not in date.note]
    return next(iter(own or [date for date in given if date.date_edtf]), UNDATED)


def _speech(unit: Unit) -> str:
    quoted = sum(one.quoted for one in unit.utterances)
    if not quoted:
        return "indirect"
    bare = [one for one in unit.utterances if not one.quoted]
    return "mixed" if bare else "direct"


def language_of(text: str, languages: Sequence[str]) -> str:
    """The languages of a passage among those of its article, by their small words."""
    listed = [one for one in languages if one]
    if "sw" not in listed or len(listed) == 1:
        return listed[0] if listed else "en"
    words = re.findall(r"\w+", text.lower())
    swahili = sum(word in WORDS["swahili_words"] for word in words)
    english = sum(word in WORDS["english_words"] for word in words)
    if min(swahili, english) * 5 > max(swahili, english):
        return "en;sw"
    return "sw" if swahili > english else "en"


def _why(unit: Unit, stance: str) -> str:
    """Why a passage is proposed, in one sentence."""
    first = unit.utterances[0]
    parts = [first.why, unit.speaker.why]
    if len(unit.utterances) > 1:
        parts.append(f"{len(unit.utterances)} sentences of one speaker run on")
    if unit.told_by:
        parts.append(f"only {unit.told_by} tells it")
    if unit.words:
        shared = ", ".join(unit.words[:3])
        parts.append(f"shares with the issue: {shared}")
    elif unit.issues:
        parts.append("it answers what stands before it, on its issue")
    if stance:
        parts.append(stance)
    return "; ".join(part for part in parts if part)


def teller(page: Page, one: Happening, said: Sequence[Utterance]) -> str:
    """By whose word alone a happening is told: that of the utterance in which it is reported.

    What stands before the verb of saying, outside quotation marks, the article tells itself.
    """
    at = bisect_right(said, one.start, key=lambda utterance: utterance.start) - 1
    if at < 0 or one.end > said[at].end:
        return ""
    cue, sentence = said[at].cue, page.sentences[said[at].sentence]
    if cue is None or any(part.start <= one.start < part.end for part in sentence.quotations):
        return said[at].speaker.actor
    behind = not cue.behind and one.start > page.tokens[cue.first].start
    return said[at].speaker.actor if behind and (said[at].quoted or cue.opens >= 0) else ""


def is_event(one: Happening, claimed_by: str) -> bool:
    """Whether a happening is proposed.

    It has a time or a place, or is claimed with a number, or is an act that is claimed or of two.
    """
    if one.date.date_edtf or one.place or (claimed_by and one.number):
        return True
    return not one.weak and bool(claimed_by or len(one.participants) > 1)


def event(page: Page, one: Happening, claimed_by: str, languages: Sequence[str]) -> dict[str, Any]:
    """The cells of a proposed event mention, but its id and its article."""
    quote = page.text[one.start : one.end]
    told = f"“{one.verb}” tells what happened"
    where = f", in {one.place}" if one.place else ""
    when = f", {one.date.words}" if one.date.words else ""
    return {
        "date_edtf": one.date.date_edtf,
        "date_basis": one.date.basis,
        "date_words": one.date.words,
        "date_note": one.date.note,
        "place": one.place,
        "participants": ";".join(one.participants),
        "according_to": claimed_by,
        "description": re.sub(r"\s+", " ", quote).strip().rstrip(".") + ".",
        "lang": language_of(quote, languages),
        "quote": quote,
        "start": one.start,
        "end": one.end,
        "why": told + where + when + (f"; only {claimed_by} says so" if claimed_by else ""),
    }
