"""Time words: where a text of English news (with Swahili day words) speaks of time, and the tense it speaks in.

The words and the shapes of expressions are data, in `timewords.yaml`; here they become regular expressions, compiled once.
What an expression means is told by `anchoring`; which day it falls on, by `resolve`.
"""
import re
from functools import lru_cache
from pathlib import Path

import yaml

LEXICON = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
WORDS = {name: {word.lower(): meaning for word, meaning in words.items()} for group in ("proper", "words") for name, words in LEXICON[group].items()}
NAMES = set(LEXICON["names_after"]), set(LEXICON["names_before"])
NUMBERED, COUNTED, MONTHLY = (set(LEXICON[key]) for key in ("not_before", "not_after", "month_before"))
LEADS = {form for word in [*LEXICON["leads"], *WORDS["ones"], *WORDS["tens"], *WORDS["ordinal"], *WORDS["moja"], *(w for name in LEXICON["proper"]["holiday"] for w in re.findall("[A-Za-z]+", name))]
         for form in (word, word.capitalize())}
TENSE = re.compile(r"\b(?:(?P<future>{future})|(?P<past>{past}))\b".format(**LEXICON["tense"]))
MODAL = re.compile(r"(?:\b(?:will|would|shall|could|may|might|should|must|can|to)|n't|['’]ll)(?: (?:not|be|have|been|get|become|stay|remain|also|\w+ly))* $")
SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])(?<!\.[A-Zm])[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z])|\n")
TOKEN = re.compile(r"[A-Za-z]+|\d+(?:st|nd|rd|th|s)?")
DIGITS = frozenset("0123456789")
WORD_BEFORE = re.compile(r"([\w'’&-]+)[\"”“‘]?\s?$")
WORD_AFTER = re.compile(r"[-\s]{1,2}([\w'’]+)")
WINDOW = 300  # how far a sentence is followed to either side, in code points


def _classes():
    found = {name: "|".join(re.escape(w).replace(r"\ ", " ").replace("'", "['’]") for w in sorted(map(str, words), key=lambda w: (-len(w), w)))
             for group in ("proper", "words") for name, words in LEXICON[group].items()}
    for name, pattern in LEXICON["parts"].items():
        found[name] = _filled(pattern, found)
    return found


def _filled(pattern, classes):
    return re.sub(r"@([a-z]+\d?)", lambda m: f"(?:{classes[m[1]]})", pattern)


@lru_cache(maxsize=None)
def _compiled(swahili):
    """Head word to its rules, as pairs of name and expression."""
    classes = _classes() | {"counted": "|".join(sorted(COUNTED))}
    rules = {name: re.compile(r"(?<![\w$£€#@])" + _filled(shape, classes) + r"(?!\w)", re.I) for name, shape in LEXICON["rules"].items()}
    heads = {}
    for head, names in {**LEXICON["heads"], **(LEXICON["sw_heads"] if swahili else {})}.items():
        listed = [(name, rules[name]) for name in names]
        for word in LEXICON["head_words"].get(head, ()) or next((LEXICON[group][head] for group in ("proper", "words") if head in LEXICON[group]), {}):
            for form in {word, word.capitalize()} | ({word + "s", word.capitalize() + "s"} if head in ("unit", "weekday") else set()):
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
        rules = heads.get(word) or (_number(word, text[token.end():token.end() + 1], heads) if word[0] in DIGITS else None)
        if rules and start >= done:
            hit = next(((name, match) for first in (*lead, start) if first >= done for name, rule in rules
                        if (match := rule.match(text, first)) and match.end() > start and _fits(name, match)), None)
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
    text, start, end = match.string, match.start(), match.end()
    before = WORD_BEFORE.search(text, max(0, start - 30), start)
    after = WORD_AFTER.match(text, end, end + 30)
    return check(match.groupdict(), before[1] if before else "", after[1] if after else "", match)


def _weekday(groups, before, after, match):
    if after in NAMES[0] or before in NAMES[1] or re.match(r"-[A-Z]", match.string[match.end():match.end() + 2]):
        return False
    bare = match.start() == match.start("wd") and match.end() == match.end("wd")
    named = after[:1].isupper() and match.string[match.end():match.end() + 1] == " "
    return not (bare and named and (before.lower() in {"the", "a", "an"} or before[:1].isupper() and before.lower() not in MONTHLY))


def _month(groups, before, after, match):
    name, alone = groups["m"], not (groups["part"] or groups["rel"] or groups["y"] or groups["relyear"] or groups["sameyear"])
    if not alone:
        return groups["y"] is None or groups["part"] is not None or not before.isdigit()
    if before in NAMES[1] or after in NAMES[0] or name.endswith(".") and name != "Sept." and before.lower() not in MONTHLY:
        return False
    return before.lower() in MONTHLY or name not in UNSURE and not (after[:1].isupper() or before[:1].isupper())


def _year(groups, before, after, match):
    year, span = int(groups["y"]), groups["y2"]
    if span and not 0 < int(groups["y"][:4 - len(span)] + span) - year < 100:
        return False
    if groups["part"]:
        return True
    if match.string[max(0, match.start() - 1):match.start()] in tuple("-/.,") or re.match(r"[-/]\d|,\d|-(?!\d)[a-z]+-[a-z]", match.string[match.end():match.end() + 12]):
        return False
    if before.lower() in NUMBERED or after in COUNTED or after[:-1] in COUNTED:
        return False
    return 1900 <= year <= 2059 or before.lower() in {"in", "since", "of", "by", "from", "until", "between", "to", "and", "before", "after", "year", "around", "circa"}


def _clock(groups, before, after, match):
    words = match[0].lower()
    return not re.fullmatch(r"\d?\d[:.]\d\d(?::\d\d)?", words) or before.lower() in {"at", "by", "around", "about", "until", "from", "before", "after", "since", "to", "and", "between"}


def _season(groups, before, after, match):
    if match[0][0].isupper() and before[:1].isupper() and before not in {"In", "The", "Last"}:
        return False  # the name of a thing: the Arab Spring
    if groups["rel"] or groups["y"] or groups["relyear"] or groups["part"]:
        return groups["rel"] != "the" or after != "of" and groups["season"].lower() != "fall" or bool(groups["y"] or groups["relyear"])
    return before.lower() in {"in", "since", "during", "until", "by", "through", "every", "each"} and not groups["season"][0].isupper() and after not in {"of", "for", "to"}


def _numeric(groups, before, after, match):
    day, month = sorted((int(groups["a"]), int(groups["b"])), reverse=True)
    return 1 <= day <= 31 and 1 <= month <= 12 and before.lower() not in NUMBERED


def _duration(groups, before, after, match):
    unit, number = groups["u"].lower(), (groups["n"] or groups["n2"]).lower()
    if number in VAGUE and not groups["s"]:
        return False
    if unit == "second":
        return number not in {"a", "an", "one", "the"} and not number.startswith("half") and bool(groups["s"] or groups["n2"])
    return unit != "quarter" or number not in {"a", "an", "one", "three", "half a"} and after != "of"


def _units(groups, before, after, match):
    return before.lower() in SPENT or after in {"before", "after", "of", "earlier"} and before.lower() not in {"the", "these", "those", "his", "her", "their", "our", "working", "early"}


def _that_unit(groups, before, after, match):
    if match.string[match.end():match.end() + 1] == "-" or groups["u"][0].isupper():
        return False
    return groups["u"].lower() in {"weekend", "quarter"} and after != "final" or before.lower() in {"in", "on", "during", "for", "of", "throughout", "through"} and after not in {"of", "and"}


def _the_pod(groups, before, after, match):
    return bool(groups["m"]) or before.lower() in {"in", "during", "through", "into", "on", "until", "by", "for", "throughout"} and after not in {"of", "sky", "shift", "mail", "post", "news"}


def _ref(groups, before, after, match):
    ref = groups["ref"].lower()
    if ref == "soon":
        return before.lower() != "as" and after.lower() not in {"after", "as"}
    return {"the moment": before.lower() in {"at", "for"}, "the past": after not in {"tense"}, "once": before.lower() in {"was", "were", "had"}}.get(ref, True)


VAGUE = {"some", "many", "several", "few", "numerous", "countless"}
UNSURE = {"March", "April", "May", "June", "August", "January"}
SPENT = {"for", "in", "within", "after", "over", "take", "takes", "took", "taken", "taking", "last", "lasted", "lasts", "spend", "spent", "wait", "waited", "through", "weeks,", "mere", "only", "more", "despite"}
CHECKS = {"weekday": _weekday, "set_weekday": lambda g, b, a, m: a not in NAMES[0], "month": _month, "year": _year, "clock": _clock, "season": _season, "numeric": _numeric, "duration": _duration, "units": _units,
          "that_unit": _that_unit, "the_pod": _the_pod, "present": _ref, "past": _ref, "future": _ref,
          "frequency": lambda g, b, a, m: not (m[0][0].isupper() and a[:1].isupper()), "rate": lambda g, b, a, m: g["u"].lower() not in {"second", "quarter"} or bool(g["times"]),
          "next_n": lambda g, b, a, m: g["which"].lower() != "last" or b.lower() in {"over", "in", "for", "during", "within"}, "the_time": lambda g, b, a, m: b.lower() == "at",
          "sw_day": lambda g, b, a, m: not (m[0][0].isupper() and (a[:1].isupper() or b and b[:1].isupper())),
          "quarter": lambda g, b, a, m: a.lower() not in {"final", "finals", "back", "century", "backs"}, "dm": lambda g, b, a, m: not b.isdigit()}


def tense(text, start, end):
    """Whether the verb that governs `text[start:end]` looks back (-1) or ahead (1); 0 where nothing tells.

    The nearest cue before the expression in its sentence decides, else the nearest after it. A participle behind a modal looks ahead.
    """
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    for stop in SENTENCE.finditer(text, low, start):
        low = stop.end()
    if stop := SENTENCE.search(text, end, high):
        high = stop.start()
    cues = list(TENSE.finditer(text, low, start))
    cue = cues[-1] if cues else TENSE.search(text, end, high)
    if cue is None:
        return 0
    return 1 if cue["future"] or MODAL.search(text, low, cue.start()) else -1
