"""Time words: where a text of English news (with Swahili day words) speaks of time, and the tense it speaks in.

The words and the shapes of expressions are data, in `lexicon.yaml`; here they become regular expressions, compiled once.
What an expression means is told by `anchoring`; which day it falls on, by `resolve`.
"""

import re
from functools import cache
from pathlib import Path

import yaml

LEXICON = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
WORDS = {
    name: {word.lower(): meaning for word, meaning in words.items()}
    for group in ("proper", "words")
    for name, words in LEXICON[group].items()
}
BESIDE = {name: set(words) for name, words in LEXICON["beside"].items()}
NAMES_AFTER, NAMES_BEFORE, NUMBERED, COUNTED = (
    BESIDE[name] for name in ("names_after", "names_before", "numbered", "counted")
)
MONTHLY, YEARLY, HOURLY, SPENT, OWNED, UNSURE, VAGUE = (
    BESIDE[name] for name in ("monthly", "yearly", "hourly", "spent", "owned", "unsure", "vague")
)
WITHIN = {"in", "on", "during", "for", "of", "throughout", "through"}
ARTICLES = {"the", "a", "an"}
FEASTS = re.findall("[A-Za-z]+", " ".join(LEXICON["proper"]["holiday"]))
LEADS = {
    form
    for word in (
        *LEXICON["leads"],
        *WORDS["ones"],
        *WORDS["tens"],
        *WORDS["ordinal"],
        *WORDS["moja"],
        *FEASTS,
    )
    for form in (word, word.capitalize())
}
TENSE = re.compile(r"\b(?:(?P<future>{future})|(?P<past>{past}))\b".format(**LEXICON["tense"]))
MODAL = re.compile(
    r"(?:\b(?:will|would|shall|could|may|might|should|must|can|to)|n't|['’]ll)"
    r"(?: (?:not|be|have|been|get|become|stay|remain|also|\w+ly))* $"
)
SENTENCE = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])(?<!\.[A-Zm])[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z])|\n"
)
TOKEN = re.compile(r"[A-Za-z]+|\d+(?:st|nd|rd|th|s)?")
DIGITS = frozenset("0123456789")
WORD_BEFORE = re.compile(r"([\w'’&-]+)[\"”“‘]?\s?$")
WORD_AFTER = re.compile(r"[-\s]{1,2}([\w'’]+)")
WINDOW = 300  # how far a sentence is followed to either side, in code points


def _classes():
    found = {
        name: "|".join(
            re.escape(w).replace(r"\ ", " ").replace("'", "['’]")
            for w in sorted(map(str, words), key=lambda w: (-len(w), w))
        )
        for group in ("proper", "words")
        for name, words in LEXICON[group].items()
    }
    for name, pattern in LEXICON["parts"].items():
        found[name] = _filled(pattern, found)
    return found


def _filled(pattern, classes):
    return re.sub(r"@([a-z]+\d?)", lambda m: f"(?:{classes[m[1]]})", pattern)


@cache
def _compiled(swahili):
    """Head word to its rules, as pairs of name and expression."""
    classes = _classes() | {"counted": "|".join(sorted(COUNTED))}
    rules = {
        name: re.compile(r"(?<![\w$£€#@])" + _filled(shape, classes) + r"(?!\w)", re.I)
        for name, shape in LEXICON["rules"].items()
    }
    heads = {}
    for head, names in {**LEXICON["heads"], **(LEXICON["sw_heads"] if swahili else {})}.items():
        listed = [(name, rules[name]) for name in names]
        for word in LEXICON["head_words"].get(head, ()) or next(
            (LEXICON[group][head] for group in ("proper", "words") if head in LEXICON[group]), {}
        ):
            for form in {word, word.capitalize()} | (
                {word + "s", word.capitalize() + "s"} if head in ("unit", "weekday") else set()
            ):
                heads.setdefault(form, listed)
        heads.setdefault(f"<{head}>", listed)
    return heads


def scan(text, swahili=False):
    """Every time expression of a text in its order, as `(rule, match)`. Names, counts and verbs that only look like time are left out.

    A head word (`March`, `years`, `yesterday`, `1998`) gives an expression away; it begins at the first of the leading words before it
    (`the`, `early`, `nearly nine`) from where a rule of that head matches.
    """
    heads, found, done = _compiled(swahili), [], 0
    lead = []  # where the unbroken run of leading words before this one begins, word by word
    for token in TOKEN.finditer(text):
        word, start = token[0], token.start()
        rules = heads.get(word) or (
            _number(word, text[token.end() : token.end() + 1], heads) if word[0] in DIGITS else None
        )
        if rules and start >= done:
            hit = next(
                (
                    (name, match)
                    for first in (*lead, start)
                    if first >= done
                    for name, rule in rules
                    if (match := rule.match(text, first))
                    and match.end() > start
                    and _fits(name, match)
                ),
                None,
            )
            if hit:
                found.append(hit)
                done = hit[1].end()
        if word in LEADS or word[0] in DIGITS:
            lead.append(start)
        elif lead:
            lead = []
    return found


def _number(word, following, heads):
    """The rules of a number: a time before a colon, a date before a stroke, a decade, a year."""
    if following == ":":
        return heads["<clock>"]
    if following == "/":
        return heads["<slash>"]
    if word[-1] == "s":
        return heads["<decade>"]
    return heads["<year>"] if len(word) == 4 and word.isdigit() else None


def _fits(rule, match):
    """Whether a match speaks of time, by the words beside it."""
    check = CHECKS.get(rule)
    if check is None:
        return True
    before = WORD_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    after = WORD_AFTER.match(match.string, match.end(), match.end() + 30)
    return check(match, before[1] if before else "", after[1] if after else "")


def _weekday(m, before, after):
    """Not a newspaper (the Sunday Mirror), a name (Striker Sunday Okafor) or a day with a name of its own (Black Friday)."""
    if (
        after in NAMES_AFTER
        or before in NAMES_BEFORE
        or re.match("-[A-Z]", m.string[m.end() : m.end() + 2])
    ):
        return False
    bare, named = m.span() == m.span("wd"), after[:1].isupper() and m.string[m.end()] == " "
    return not (
        bare
        and named
        and (before.lower() in ARTICLES or (before[:1].isupper() and before.lower() not in MONTHLY))
    )


def _month(m, before, after):
    """A month without its year: not a name (Douglas May), nor a word beginning a sentence (March, Will)."""
    if m["part"] or m["rel"] or m["y"] or m["relyear"] or m["sameyear"]:
        return not (m["y"] and before.isdigit())
    if before in NAMES_BEFORE or after in NAMES_AFTER or after == "of":
        return False
    unsure = m["m"] in UNSURE or (m["m"].endswith(".") and m["m"] != "Sept.")
    return before.lower() in MONTHLY or not (unsure or after[:1].isupper() or before[:1].isupper())


def _year(m, before, after):
    """Four figures are a year, unless they count something (2,013 people, page 2013); before 1900 only after a word that asks for one."""
    year, until = int(m["y"]), m["y2"]
    if until and not 0 < int(m["y"][: 4 - len(until)] + until) - year < 100:
        return False
    if m["part"]:
        return True
    if m.string[max(0, m.start() - 1) : m.start()] in tuple("-/.,") or re.match(
        r"[-/]\d|,\d|-[a-z]+-[a-z]", m.string[m.end() : m.end() + 12]
    ):
        return False
    if before.lower() in NUMBERED or after in COUNTED:
        return False
    return 1900 <= year <= 2059 or before.lower() in YEARLY


def _clock(m, before, after):
    return not re.fullmatch(r"\d?\d[:.]\d\d(?::\d\d)?", m[0]) or before.lower() in HOURLY


def _season(m, before, after):
    """Not a verb (prices fall), a source (the spring of hope) or a name (the Arab Spring)."""
    if m[0][0].isupper() and before[:1].isupper() and before not in {"In", "The", "Last"}:
        return False
    if m["y"] or m["relyear"] or m["part"] or (m["rel"] and m["rel"].lower() != "the"):
        return True
    if m["rel"]:
        return after != "of" and m["season"].lower() != "fall"
    return (
        before.lower() in {"in", "since", "during", "until", "by", "through"}
        and m["season"].islower()
        and after not in {"of", "for", "to"}
    )


def _numeric(m, before, after):
    day, month = sorted((int(m["a"]), int(m["b"])), reverse=True)
    return 1 <= day <= 31 and 1 <= month <= 12 and before.lower() not in NUMBERED


def _duration(m, before, after):
    """Not an ordinal (a second attempt), a share (three quarters of) or `some year`."""
    unit, number = m["u"].lower(), (m["n"] or m["n2"]).lower()
    if number in VAGUE and not m["s"]:
        return False
    if unit == "second":
        return (
            number not in {"a", "an", "one"}
            and not number.startswith("half")
            and bool(m["s"] or m["n2"])
        )
    return unit != "quarter" or (
        number not in {"a", "an", "one", "three", "half a"} and after != "of"
    )


def _units(m, before, after):
    """Days, weeks, years without a number, where they measure (took weeks, in days, years of), not in `office hours`."""
    return m["u"].lower() not in {"quarter", "second"} and (
        before.lower() in SPENT
        or (after in {"before", "after", "of", "earlier"} and before.lower() not in OWNED)
    )


def _that_unit(m, before, after):
    if m.string[m.end() : m.end() + 1] == "-" or m["u"][0].isupper():
        return False
    return m["u"].lower() in {"weekend", "quarter"} or (
        before.lower() in WITHIN and after not in {"of", "and"}
    )


def _the_pod(m, before, after):
    return bool(m["m"] or m["m2"]) or (
        before.lower() in WITHIN | {"into", "until", "by"}
        and after not in {"of", "sky", "shift", "mail", "post", "news"}
    )


def _ref(m, before, after):
    ref = m["ref"].lower()
    if ref == "soon":
        return before.lower() != "as" and after.lower() not in {"after", "as"}
    return {
        "the moment": before.lower() in {"at", "for"},
        "the past": after != "tense",
        "once": before.lower() in {"was", "were", "had"},
    }.get(ref, True)


def _swahili_day(m, before, after):
    """Not a name: Leo Messi."""
    return not (m[0][0].isupper() and (after[:1].isupper() or before[:1].isupper()))


CHECKS = {
    "weekday": _weekday,
    "month": _month,
    "year": _year,
    "clock": _clock,
    "season": _season,
    "numeric": _numeric,
    "duration": _duration,
    "units": _units,
    "that_unit": _that_unit,
    "the_pod": _the_pod,
    "present": _ref,
    "past": _ref,
    "future": _ref,
    "sw_day": _swahili_day,
    "set_weekday": lambda m, before, after: after not in NAMES_AFTER,
    "dm": lambda m, before, after: not before.isdigit(),
    "quarter": lambda m, before, after: after.lower() not in {"final", "finals", "back", "backs"},
    "frequency": lambda m, before, after: (
        not (m[0][0].isupper() and after[:1].isupper())
    ),  # the Daily Mail
    "rate": lambda m, before, after: (
        m["u"].lower() not in {"second", "quarter"} or bool(m["times"])
    ),
    "next_n": lambda m, before, after: (
        m["which"].lower() != "last" or before.lower() in {"over", "in", "for", "during", "within"}
    ),  # not: to last two years
    "the_time": lambda m, before, after: before.lower() == "at",
}


def tense(text, start, end):
    """Whether the verb that governs `text[start:end]` looks back (-1) or ahead (1); 0 where nothing tells.

    The nearest cue before the expression in its sentence decides, else the nearest after it. A participle behind a modal looks ahead.
    """
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    for stop in SENTENCE.finditer(
        text, low, start + 1
    ):  # the sentence may begin with the expression
        low = stop.end()
    if stop := SENTENCE.search(text, end, high):
        high = stop.start()
    cues = list(TENSE.finditer(text, low, start))
    cue = cues[-1] if cues else TENSE.search(text, end, high)
    if cue is None:
        return (
            1 if re.search(r"\b(?:by|until|till) $", text[max(0, start - 6) : start], re.I) else 0
        )
    return 1 if cue["future"] or MODAL.search(text, low, cue.start()) else -1
