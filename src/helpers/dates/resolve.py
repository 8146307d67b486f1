"""Resolve: the time expressions of an article, each with the date it means, why, and every other reading that stays open.

A function of the text and its day of publication alone: no clock, no model, no other file. English news, and Swahili day words.
Found by `timewords`, given a meaning by `anchoring`; here an article is read from its day, and meanings become EDTF dates.
"""

import os
import re
from collections import Counter, namedtuple
from datetime import timedelta
from typing import NamedTuple

import pandas as pd

from helpers.dates import anchoring, deictics, seasons  # noqa: F401, deictics and seasons register their meanings
from helpers.dates import edtf as dates
from helpers.dates import lexicon as timewords
from helpers.dates.anchoring import MEANINGS, Context
from helpers.dates.timex import edtf, first_day, is_day

Row = namedtuple("Row", "start end words type value mod date_edtf basis reason alternatives")
BESIDE = [
    "mention_id",
    "date_edtf",
    "date_basis",
    "own_edtf",
    "own_basis",
    "own_reason",
    "own_alternatives",
    "verdict",
]
LONGEST = 366  # days: a day of publication known worse than to the year is no anchor
FEW = 6  # readings that are listed one by one
SAME_WORDS = 6  # a run of so many words in two articles is one quotation
QUOTED = re.compile(
    r"“[^”\n]*|\"[^\"\n]*\"?"
)  # a quotation without its end goes on to the end of the paragraph


class Reading(NamedTuple):
    """The resolver's own date of a passage: EDTF or empty, basis, a plain reason, other readings as `(date_edtf, reason)`, and the words used."""

    date_edtf: str
    basis: str
    reason: str
    alternatives: tuple
    words: str


def expressions(text, published="", known=(), furniture=(), spoken="", language="en"):
    """Every time expression of an article: one row each, in the order of the text.

    `published`: EDTF date of the article, may be vague or empty. `furniture`: spans `(start, end, …)` that are not the article's own text;
    they anchor nothing, nor does a date that stands alone on its line. `spoken`: the day (EDTF) of the speeches that the article quotes;
    what stands between quotation marks is read from it. `known`: pairs `(passage, date_edtf)` of other articles (see `dated`), by which words
    quoted there too are dated. `language`: `en`, or a list or `;`-text of languages; with `sw`, Swahili day words are read too.

    Columns: start, end (code points, end exclusive), words, type (DATE, TIME, DURATION, SET), value and mod (TIMEX3), date_edtf (empty for
    durations, sets and vague times), basis (stated, resolved, approximate, undated), reason, alternatives (pairs `(date_edtf, reason)`).
    Raises ValueError where `published` or `spoken` is no EDTF date.
    """
    return pd.DataFrame(
        _rows(text, published, known, furniture, spoken, language), columns=Row._fields
    )


def _rows(text, published="", known=(), furniture=(), spoken="", language="en"):
    days, said = _days(published), _days(spoken)
    matches = timewords.scan(text, "sw" in language)
    if not matches:
        return []
    aside = _spans(furniture) + [m.span() for _, m in matches if _alone(text, m)]
    quotes = [m.span() for m in QUOTED.finditer(text)] if spoken else []
    years = tuple(
        int(m["y"])
        for _, m in matches
        if "y" in m.re.groupindex and m["y"] and len(m["y"]) == 4 and not _within(m.span(), aside)
    )
    found = [_pass(text, matches, day, years, aside) for day in days or [None]]
    in_speech = [_pass(text, matches, day, years, aside) for day in said] if quotes else found
    rows = []
    for span in sorted({span for one in found for span in one}):
        passes = in_speech if _within(span, quotes) else found
        (start, end), reached = span, [one[span][0] for one in passes if span in one]
        rule = next(one[span][1] for one in found if span in one)
        if not reached:
            continue
        kind, value, mod, date_edtf, basis, reason, others = _merged(reached)
        if (
            known
            and rule in ("weekday", "sw_weekday")
            and (elsewhere := _known(text, start, end, date_edtf, known))
        ):
            others = ((date_edtf, reason), *others) if date_edtf else others
            date_edtf, basis, reason = (
                elsewhere,
                "resolved",
                "the same words are dated elsewhere on such a day",
            )
            value = date_edtf + value[10:]
        rows.append(
            Row(start, end, text[start:end], kind, value, mod, date_edtf, basis, reason, others)
        )
    return rows


def _days(published):
    """The days on which an article may have been published; none where that is not known to a year."""
    if not published:
        return []
    first, last = dates.bounds(published)
    length = (last - first).days
    return [first + timedelta(n) for n in range(length + 1)] if length < LONGEST else []


def _alone(text, match):
    """Whether an expression is a whole line of its own, as a page header is."""
    before, after = (
        text[max(0, match.start() - 1) : match.start()],
        text[match.end() : match.end() + 2],
    )
    return before in ("", "\n") and after.strip(" |") in ("", "\n") and after[:1] in ("", "\n", " ")


def _spans(furniture):
    return [(start, end) for start, end, *_ in furniture]


def _within(span, spans):
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _pass(text, matches, day, years, aside):
    """The meanings of all matches, read from one day: `(start, end)` to `(meaning, rule)`."""
    found, named, named_day, begun, begun_at, before = {}, "", "", None, 0, []
    for rule, match in matches:
        start, end = match.span()
        same = begun if begun and not timewords.SENTENCE.search(text, begun_at, start) else None
        context = Context(
            day,
            named,
            named_day,
            same,
            lambda: timewords.tense(text, start, end),
            years,
            tuple(before),
        )
        for first, last, meaning in _meant(rule, match, context):
            found[first, last] = meaning, rule
            if (
                meaning.value[:4].isdigit()
                and meaning.type in ("DATE", "TIME")
                and not _within((first, last), aside)
            ):
                named = meaning.value
                named_day = named if is_day(named) else named_day
                if meaning.basis == "stated" and (begun_here := first_day(named)):
                    begun, begun_at = begun_here, last
                    before.append(begun.year)
    return found


def _meant(rule, match, context):
    """What a match means: one meaning, or two for a range; none where its numbers make no date. Each with the span of its words."""
    groups = match.groupdict() | {"match": match}
    if rule in ("md_range", "dm_range"):
        begin, middle = match.start("m" if rule == "md_range" else "d"), match.end("d")
        first = anchoring.full(groups, context)
        year = first.value[:4] if first and first.value[:4].isdigit() else groups["y"]
        last = anchoring.full(groups | {"d": groups["d2"], "y": year}, context) if first else None
        if last and first.basis != "stated":
            last = last._replace(basis=first.basis, reason=first.reason)
        return [
            (*span, meaning)
            for span, meaning in (
                ((begin, middle), first),
                ((match.start("d2"), match.end()), last),
            )
            if meaning
        ]
    if rule == "year" and groups["y2"]:
        until = groups["y"][: 4 - len(groups["y2"])] + groups["y2"]
        return [
            (match.start(), match.end("y"), MEANINGS[rule](groups, context)),
            (*match.span("y2"), MEANINGS[rule](groups | {"y": until}, context)),
        ]
    meaning = MEANINGS[rule](groups, context)
    return [(*match.span(), meaning)] if meaning else []


def _merged(meanings):
    """One row's type, value, mod, date_edtf, basis, reason and alternatives, of the meanings that the possible days of publication give."""
    first = meanings[0]
    if all(m.value == first.value for m in meanings):
        return _single(first)
    counted = Counter(m.value for m in meanings)
    value, most = max(counted.items(), key=lambda item: (item[1], item[0]))
    why = "the article is not dated to a day"
    readings = sorted(
        {edtf(other, first.mod) for other in counted} - {""},
        key=lambda reading: (dates.bounds(reading), reading),
    )
    if 2 * most > len(meanings):
        kind, value, mod, date_edtf, basis, reason, _ = _single(
            next(m for m in meanings if m.value == value)
        )
        others = tuple(
            (other, f"{why}: so, had it been published on another of the days possible")
            for other in readings
            if other != date_edtf
        )
        return (
            kind,
            value,
            mod,
            date_edtf,
            basis,
            f"{why}, yet most days possible give this; {reason}",
            others,
        )
    if not readings:
        return first.type, first.value, first.mod, "", "undated", first.reason, ()
    days = [dates.bounds(reading) for reading in readings]
    if len(readings) <= FEW and all(one == other for one, other in days):
        together = f"[{','.join(readings)}]" if len(readings) > 1 else readings[0]
    else:
        together = f"{min(days)[0].isoformat()}/{max(last for _, last in days).isoformat()}"
    kept = os.path.commonprefix([*counted])  # the value as far as all days agree
    shared = kept + re.sub(r"\d", "X", value[len(kept) :])
    others = tuple((reading, why) for reading in readings) if 1 < len(readings) <= FEW else ()
    return (
        first.type,
        shared,
        first.mod,
        together,
        "approximate",
        f"{why}, and its days give {len(readings)} readings",
        others,
    )


def _single(m):
    date_edtf = edtf(m.value, m.mod) if m.type in ("DATE", "TIME") else ""
    basis = (
        "undated" if not date_edtf else "approximate" if m.mod and m.basis != "undated" else m.basis
    )
    return (
        m.type,
        m.value,
        m.mod,
        date_edtf,
        basis,
        m.reason,
        tuple((edtf(value, m.mod), why) for value, why in m.others),
    )


def _known(text, start, end, date_edtf, known):
    """The date of the same words elsewhere, where it is a day of the same weekday as named here, and not the one found already."""
    name = next(
        (
            n
            for word, n in {**timewords.WORDS["weekday"], **timewords.WORDS["siku"]}.items()
            if word in text[start:end].lower()
        ),
        0,
    )
    here = _runs(
        text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    )
    for passage, other in known:
        first, last = dates.bounds(other)
        if (
            first == last
            and first.isoweekday() == name
            and other != date_edtf
            and here & _runs(passage)
        ):
            return other
    return ""


def _runs(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + SAME_WORDS]) for n in range(len(words) - SAME_WORDS + 1)}


def dated(text, published="", furniture=(), language="en"):
    """The passages of an article that follow a day, each up to the next: pairs `(passage, date_edtf)`, to be `known` to other articles."""
    rows = [
        row
        for row in _rows(text, published, (), furniture, "", language)
        if len(row.date_edtf) == 10 and not _within(row[:2], _spans(furniture))
    ]
    ends = [row.start for row in rows[1:]] + [len(text)]
    return [(text[row.start : end], row.date_edtf) for row, end in zip(rows, ends)]


def reading(
    text, start, end, published="", furniture=(), words="", known=(), spoken="", language="en"
):
    """The resolver's own date of the passage `text[start:end]`: a `Reading`.

    It is that of the expression in `words` (where the article prints them nearest to the passage), else in the passage, else in its sentence;
    of several the most exact. Else it is the last date before: in the paragraph, or, approximate then, in the paragraphs before.
    """
    rows = [
        row
        for row in _rows(text, published, known, furniture, spoken, language)
        if row.date_edtf and not _within(row[:2], _spans(furniture))
    ]
    spots = [match.span() for match in re.finditer(re.escape(words), text)] if words else []
    nearest = min(
        spots, key=lambda spot: (max(start - spot[1], spot[0] - end, 0), spot), default=(0, 0)
    )
    places = {
        "in the words that give the date": nearest,
        "in the passage": (start, end),
        "in its sentence": _sentence(text, start, end),
    }
    for where, (low, high) in places.items():
        inside = [row for row in rows if low < row.end and row.start < high]
        if inside:
            return _reading(min(inside, key=_width), where)
    before = [row for row in rows if row.end <= start]
    if not before:
        return Reading("", "undated", "no date in the article up to here", (), "")
    if before[-1].start > text.rfind("\n", 0, start):
        return _reading(before[-1], "before it in its paragraph")
    return _reading(before[-1], "the last date before it, in another paragraph")._replace(
        basis="approximate"
    )


def _width(row):
    first, last = dates.bounds(row.date_edtf)
    return last - first, row.start


def _reading(row, where):
    return Reading(
        row.date_edtf,
        row.basis,
        f"“{row.words}” {where}: {row.reason}",
        row.alternatives,
        row.words,
    )


def _sentence(text, start, end):
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for stop in timewords.SENTENCE.finditer(text, low, start + 1):
        low = stop.end()
    stop = timewords.SENTENCE.search(text, end)
    return low, stop.start() if stop else len(text) if high < 0 else high


def beside(mentions, articles, texts, furniture):
    """The resolver's own reading beside the coder's date: one row a mention.

    `mentions`: mention_id, article_id, start, end, date_edtf, date_basis, date_words. `articles`: article_id, published, language.
    `texts`, `furniture`: by article_id. Adds own_edtf, own_basis, own_reason, own_alternatives (EDTF, `;` between) and verdict:
    `same` bounds; `near`, one lies in the other; `alternative`, the coder's date is another reading that stayed open; `different`;
    `none`, where either has no date.
    """
    facts = {a.article_id: (a.published, a.language) for a in articles.itertuples()}
    passages = {
        a: dated(texts[a], published, furniture[a], language)
        for a, (published, language) in facts.items()
    }
    rows = []
    for m in mentions.itertuples():
        published, language = facts[m.article_id]
        elsewhere = [
            pair for other, pairs in passages.items() if other != m.article_id for pair in pairs
        ]
        own = reading(
            texts[m.article_id],
            m.start,
            m.end,
            published,
            furniture[m.article_id],
            m.date_words,
            elsewhere,
            language=language,
        )
        others = [value for value, _ in own.alternatives]
        rows.append(
            (
                m.mention_id,
                m.date_edtf,
                m.date_basis,
                own.date_edtf,
                own.basis,
                own.reason,
                ";".join(others),
                _verdict(m.date_edtf, own.date_edtf, others),
            )
        )
    return pd.DataFrame(rows, columns=BESIDE)


def _verdict(coded, own, others):
    if not coded or not own:
        return "none"
    if dates.bounds(coded) == dates.bounds(own):
        return "same"
    if any(dates.bounds(coded) == dates.bounds(other) for other in others):
        return "alternative"
    return "near" if dates.within(coded, own) or dates.within(own, coded) else "different"
