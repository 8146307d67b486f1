"""Numerals: the numbers, units, hours and parts of a day that words name.

Each function takes words of the text as a rule of the lexicon has marked them, in any case.
"""

import re

from helpers.dates.lexicon import WORDS, Groups

NUMBERS = {
    **WORDS["ordinal"],
    **WORDS["moja"],
    **WORDS["kumi"],
    **WORDS["tens"],
    **WORDS["large"],
    **WORDS["ones"],
    "a": 1,
    "an": 1,
    "the": 1,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "quarter of a": 0.25,
    "quarter of an": 0.25,
}
PARTS_OF_DAY = WORDS["pod"] | WORDS["wakati"]
# TimeML's mod, and the words for it.
MODS = {
    "START": re.compile(r"\bearly|start|beginning|dawn|\bfirst"),
    "MID": re.compile(r"\bmid"),
    "END": re.compile(r"\blate\b|\bend\b|close|latter"),
}


def number(words: str | None) -> float | None:
    """A number in words or figures, with halves; None for a vague one, 1 for none."""
    if not words:
        return 1
    plain = words.lower().strip().replace(",", "")
    whole = re.sub(r"[ -]?and[ -]a[ -]half$|½$| 1/2$", "", plain).strip()
    value = _whole_number(whole)
    if value is None or whole == plain:
        return value
    return value + 0.5


def _whole_number(words: str) -> float | None:
    if words in NUMBERS:
        return NUMBERS[words]
    kumi, _, moja = words.partition(" na ")
    if kumi in WORDS["kumi"] and moja in WORDS["moja"]:
        return WORDS["kumi"][kumi] + WORDS["moja"][moja]
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in WORDS["tens"] and ones in WORDS["ones"]:
        return WORDS["tens"][tens] + WORDS["ones"][ones]
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words) if "." in words else int(words)
    return None


def unit(word: str) -> str:
    """The unit that a word names, as `timex` counts it: `weeks` is `W`, `mwaka` is `Y`."""
    word = word.lower()
    units = WORDS["unit"]
    return units.get(word) or units.get(word.removesuffix("s")) or WORDS["kipindi"][word]


def month_number(word: str) -> int:
    """1 to 12 for the English or Swahili name of a month, or its abbreviation."""
    return _listed(word, "month", "monthabbr", "mwezi")


def weekday_number(word: str) -> int:
    """1 (Monday) to 7 for the English or Swahili name of a day, or its abbreviation."""
    return _listed(word, "weekday", "weekdayabbr", "siku")


def _listed(word: str, *tables: str) -> int:
    key = word.lower().rstrip(".")
    return next(WORDS[table][key] for table in tables if key in WORDS[table])


def full_year(figures: str) -> int:
    """A year of four figures, or of two: 69 is 2069, 70 is 1970."""
    year = int(figures)
    if len(figures) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def hour(words: str) -> str:
    """A time of day as `09:30`; empty where the words give none."""
    words = words.lower()
    for word, value in WORDS["clockword"].items():
        if words.startswith(word):
            return value
    half = None
    if match := re.match(r"(\d\d?)[:.]?(\d\d)?(?::\d\d)? ?(a|p)?\.?m?", words):
        spoken, minutes, half = int(match[1]), match[2] or "00", match[3]
    elif match := re.match(r"(\w+) o", words):
        spoken, minutes = WORDS["ones"].get(match[1], 0), "00"
    else:
        return ""
    if "afternoon" in words or "evening" in words:
        half = "p"
    if half:
        spoken = spoken % 12 + (12 if half == "p" else 0)
    return f"{spoken:02}:{minutes}" if spoken <= 24 else ""


def mod(words: str | None) -> str:
    """TimeML's mod for a part of a period (START, MID, END), or empty."""
    if not words:
        return ""
    words = words.lower().strip()
    if words in WORDS["sehemu"]:
        return WORDS["sehemu"][words]
    return next((name for name, pattern in MODS.items() if pattern.search(words)), "")


def with_time(day: str, groups: Groups) -> tuple[str, str]:
    """Type and value of a day with its time or part of day, where one is named."""
    clock = groups.get("clock") or groups.get("clock0")
    pod = groups.get("pod") or groups.get("pod0")
    if clock and (at := hour(clock)):
        late = pod and pod.lower() in ("afternoon", "evening", "night")
        if late and int(at[:2]) < 12:
            at = f"{int(at[:2]) + 12}{at[2:]}"
        return "TIME", f"{day}T{at}"
    if pod:
        return "TIME", f"{day}T{PARTS_OF_DAY[pod.lower()]}"
    return "DATE", day
