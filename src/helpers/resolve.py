"""Resolve: the time expressions of an article, each with the date it means, why, and every other reading that stays open.

A function of the text and its day of publication alone: no clock, no model, no other file. English news, and Swahili day words.
Found by `timewords`, given a meaning by `anchoring`; here an article is read from its day, and meanings become EDTF dates.
"""

import re
from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from helpers import anchoring, dates, timewords
from helpers.anchoring import Context
from helpers.deictics import MEANINGS
from helpers.timevalues import edtf, first_day

COLUMNS = ["start", "end", "words", "type", "value", "mod", "date_edtf", "basis", "reason", "alternatives"]
LONGEST = 366  # days: a day of publication known worse than to the year is no anchor
SAME_WORDS = 6  # a run of so many words in two articles is one quotation
QUOTED = re.compile(r"“[^”\n]*|\"[^\"\n]*\"?")  # a quotation without its end goes on to the end of the paragraph


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
    return pd.DataFrame(_rows(text, published, known, furniture, spoken, language), columns=COLUMNS)


def _rows(text, published="", known=(), furniture=(), spoken="", language="en"):
    days, said = _days(published), _days(spoken)
    matches = timewords.scan(text, "sw" in language)
    if not matches:
        return []
    aside = [(s, e) for s, e, *_ in furniture] + [m.span() for _, m in matches if _alone(text, m)]
    quotes = [m.span() for m in QUOTED.finditer(text)] if spoken else []
    years = tuple(int(m["y"]) for _, m in matches if "y" in m.re.groupindex and m["y"] and len(m["y"]) == 4 and not _within(m.span(), aside))
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
        if known and rule in ("weekday", "sw_weekday") and (elsewhere := _known(text, start, end, date_edtf, known)):
            others = ((date_edtf, reason), *others) if date_edtf else others
            date_edtf, basis, reason = elsewhere, "resolved", "the same words are dated elsewhere on such a day"
            value = date_edtf + value[10:]
        rows.append((start, end, text[start:end], kind, value, mod, date_edtf, basis, reason, others))
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
    before, after = text[max(0, match.start() - 1):match.start()], text[match.end():match.end() + 2]
    return before in ("", "\n") and after.strip(" |") in ("", "\n") and after[:1] in ("", "\n", " ")


def _within(span, spans):
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _pass(text, matches, day, years, aside):
    """The meanings of all matches, read from one day: `(start, end)` to `(meaning, rule)`."""
    found, named, begun, begun_at, before = {}, "", None, 0, []
    for rule, match in matches:
        start, end = match.span()
        same = begun if begun and not timewords.SENTENCE.search(text, begun_at, start) else None
        context = Context(day, named, same, lambda: timewords.tense(text, start, end), years, tuple(before))
        for first, last, meaning in _meant(rule, match, context):
            found[first, last] = meaning, rule
            if meaning.value[:4].isdigit() and meaning.type in ("DATE", "TIME") and not _within((first, last), aside):
                named = meaning.value
                if meaning.basis == "stated" and (begun_here := first_day(named)):
                    begun, begun_at = begun_here, last
                    before.append(begun.year)
    return found


def _meant(rule, match, context):
    """What a match means: one meaning, or two for a range; none where its numbers make no date."""
    groups = match.groupdict()
    if rule in ("md_range", "dm_range"):
        first = anchoring.full(groups, context)
        begin, middle = ("m", "d") if rule == "md_range" else ("d", "d")
        found = [(match.start(begin), match.end(middle), first)] if first else []
        last = anchoring.full(groups | {"d": groups["d2"], "y": groups["y"] or first.value[:4]}, context) if first and first.value[:4].isdigit() else None
        return [*found, (match.start("d2"), match.end(), last._replace(basis=first.basis, reason=first.reason))] if last else found
    if rule == "year" and groups["y2"]:
        last = groups["y"][:4 - len(groups["y2"])] + groups["y2"]
        return [(match.start(), match.end("y"), anchoring.year(groups, context)), (*match.span("y2"), anchoring.year(groups | {"y": last}, context))]
    meaning = MEANINGS[rule](groups, context, match)
    return [(*match.span(), meaning)] if meaning else []


def _merged(meanings):
    """One result of the meanings that every possible day of publication gives."""
    first = meanings[0]
    if len(meanings) == 1 or all(m.value == first.value for m in meanings):
        date_edtf = edtf(first.value, first.mod) if first.type in ("DATE", "TIME") else ""
        basis = "undated" if not date_edtf else "approximate" if first.mod and first.basis != "undated" else first.basis
        return first.type, first.value, first.mod, date_edtf, basis, first.reason, tuple((edtf(value, first.mod), why) for value, why in first.others)
    counted = Counter(m.value for m in meanings)
    value, most = max(counted.items(), key=lambda item: (item[1], item[0]))
    readings = sorted({edtf(v, first.mod) for v in counted} - {""})
    why = "the article is not dated to a day"
    if 2 * most > len(meanings):
        chosen = next(m for m in meanings if m.value == value)
        others = tuple((other, f"{why}: this reading, if it was published on another of the days possible") for other in readings if other != edtf(value, chosen.mod))
        return chosen.type, value, chosen.mod, edtf(value, chosen.mod), "resolved", f"{why}, yet most days possible give this; {chosen.reason}", others
    if not readings:
        return first.type, first.value, first.mod, "", "undated", first.reason, ()
    if len(readings) < 7:
        together = readings[0] if len(readings) == 1 else f"[{','.join(readings)}]"
    else:
        together = f"{dates.days(readings[0])[0]}/{dates.days(readings[-1])[1]}"
    try:
        dates.bounds(together)
    except ValueError:
        together = f"{min(dates.days(r)[0] for r in readings)}/{max(dates.days(r)[1] for r in readings)}"
    shared = "".join(a if a == b else "X" for a, b in zip(min(counted), max(counted)))
    return first.type, shared, first.mod, together, "approximate", f"{why}, and its days give {len(readings)} readings", tuple((r, why) for r in readings) if len(readings) < 7 else ()


def _known(text, start, end, date_edtf, known):
    """The date of the same words elsewhere, where it is a day of the same weekday as named here, and not the one found already."""
    name = next((n for word, n in {**timewords.WORDS["weekday"], **timewords.WORDS["siku"]}.items() if word in text[start:end].lower()), 0)
    here = _runs(text[text.rfind("\n", 0, start) + 1:(text.find("\n", end) + 1 or len(text) + 1) - 1])
    for passage, other in known:
        first, last = dates.bounds(other)
        if first == last and first.isoweekday() == name and other != date_edtf and here & _runs(passage):
            return other
    return ""


def _runs(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n:n + SAME_WORDS]) for n in range(len(words) - SAME_WORDS + 1)}


def dated(text, published="", furniture=(), language="en"):
    """The passages of an article that follow a day printed whole or resolved, up to the next: pairs `(passage, date_edtf)` for `known`."""
    rows = [row for row in _rows(text, published, (), furniture, "", language) if len(row[6]) == 10 and not _within(row[:2], [(s, e) for s, e, *_ in furniture])]
    return [(text[row[0]:rows[n + 1][0] if n + 1 < len(rows) else len(text)], row[6]) for n, row in enumerate(rows)]


def reading(text, start, end, published="", furniture=(), words="", known=(), spoken="", language="en"):
    """The resolver's own date of the passage `text[start:end]`: a `Reading`.

    It is that of the expression in `words` (the one nearest to the passage, where the article prints them more than once), else in the passage,
    else in its sentence, else of the last one before it in its paragraph, else in the paragraphs before. The first printed whole comes first.
    """
    own = [(s, e) for s, e, *_ in furniture]
    rows = [row for row in _rows(text, published, known, furniture, spoken, language) if row[6] and not _within(row[:2], own)]
    spots = [(m.start(), m.end()) for m in re.finditer(re.escape(words), text)] if words else []
    for where, spans in (("in the words that give the date", sorted(spots, key=lambda s: (max(start - s[1], s[0] - end, 0), s))[:1]), ("in the passage", [(start, end)]), ("in its sentence", [_sentence(text, start, end)])):
        inside = [row for row in rows if any(s < row[1] and row[0] < e for s, e in spans)]
        if inside:
            best = min(inside, key=lambda row: (-len(row[6]) if len(row[6]) <= 10 else -7, row[0]))
            return _reading(best, where)
    paragraph = text.rfind("\n", 0, start) + 1
    before = [row for row in rows if row[1] <= start]
    if before:
        return _reading(before[-1], "before it in its paragraph" if before[-1][0] >= paragraph else "the last date named before it")
    return Reading("", "undated", "no date in the article up to here", (), "")


def _reading(row, where):
    return Reading(row[6], row[7], f"“{row[2]}” {where}: {row[8]}", row[9], row[2])


def _sentence(text, start, end):
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for stop in timewords.SENTENCE.finditer(text, low, start + 1):
        low = stop.end()
    stop = timewords.SENTENCE.search(text, end)
    return low, stop.start() if stop else len(text) if high < 0 else high
