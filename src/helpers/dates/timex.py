"""Time values: arithmetic on TIMEX3 values (`1998-W11`, `1998-Q3`, `P3M`), and the numbers, units and hours that words name.

Values as in TimeML 1.2.1 (Saurí et al. 2006), which adds to ISO 8601: `1998-SU`, `1998-W11-WE`, `198` for a decade, `1998-02-11TMO`, `PXD`.
"""

import calendar
import re
from datetime import date, timedelta

from helpers.dates.lexicon import WORDS

TIMED = {"TS", "TM", "TH"}
THIRDS = {
    "START": ((1, 4), (1, 10)),
    "MID": ((5, 8), (11, 20)),
    "END": ((9, 12), (20, 0)),
}  # months of a year, days of a month
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the first month
CODES = {
    "TS": "S",
    "TM": "M",
    "TH": "H",
    "E": "DE",
    "C": "CE",
    "L": "ML",
    "2W": "W",
}  # units as TIMEX3 writes them in a duration
PARTS = {
    "TH": (60, "TM"),
    "Y": (12, "M"),
    "E": (10, "Y"),
    "C": (100, "Y"),
    "2W": (2, "W"),
}  # a unit in smaller ones
SMALL = {
    **WORDS["ordinal"],
    **WORDS["moja"],
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


def iso(year, month, day):
    """A day of the calendar, or None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week(day):
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def moved(day, unit, number):
    """The value that lies `number` units from a day, as coarse as the unit: a year from a day is a year."""
    try:
        if unit in ("W", "2W", "WE"):
            return week(day + timedelta(7 * number * (2 if unit == "2W" else 1))) + (
                "-WE" if unit == "WE" else ""
            )
        if unit in ("M", "Q"):
            months = day.year * 12 + day.month - 1 + number * (3 if unit == "Q" else 1)
            return (
                f"{months // 12:04}-{months % 12 + 1:02}"
                if unit == "M"
                else f"{months // 12:04}-Q{months % 12 // 3 + 1}"
            )
        if unit in "YECL":
            return f"{day.year + number * {'Y': 1, 'E': 10, 'C': 100, 'L': 1000}[unit]:04}"
        return (day + timedelta(number)).isoformat()
    except (OverflowError, ValueError):
        return ""


def unit_of(day, unit):
    """The unit that holds a day: its year, its week, its decade."""
    return {"E": f"{day.year:04}"[:3], "C": f"{day.year:04}"[:2]}.get(unit) or moved(day, unit, 0)


def first_day(value):
    """The first day of a TIMEX3 date, or None."""
    if match := re.match(r"(\d{4})-W(\d\d)(-WE)?", value):
        return date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
    if match := re.match(r"(\d{4})-(?:Q(\d)|H(\d)|(SP|SU|FA|WI))", value):
        quarter, half, season = match.groups()[1:]
        return date(
            int(match[1]),
            3 * int(quarter) - 2 if quarter else 6 * int(half) - 5 if half else SEASONS[season],
            1,
        )
    if match := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\dX])", value):
        return iso(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return None


def is_day(value):
    """Whether a value is a day or a time of it, not a week, month or year."""
    return bool(re.match(r"\d{4}-\d\d-\d\d", value))


def number(words):
    """A number in words or figures, with halves; None for a vague one, 1 for none."""
    if not words:
        return 1
    plain = words.lower().strip().replace(",", "")
    whole = re.sub(r"[ -]?and[ -]a[ -]half$|½$| 1/2$", "", plain).strip()
    parts = re.split("[- ]", whole)
    if whole in SMALL:
        value = SMALL[whole]
    elif len(parts) == 2 and parts[0] in WORDS["tens"] and parts[1] in WORDS["ones"]:
        value = WORDS["tens"][parts[0]] + WORDS["ones"][parts[1]]
    elif re.fullmatch(r"\d+(?:\.\d+)?", whole):
        value = float(whole) if "." in whole else int(whole)
    else:
        return None
    return value + 0.5 if whole != plain else value


def period(amount, unit):
    """A TIMEX3 duration: `P3M`, `PT90M`, `P1DE`, `PXD` for a vague amount. Half an hour is minutes, half a year months."""
    parts, smaller = PARTS.get(unit, (1, unit))
    if amount is not None and (
        unit == "2W"
        or (
            amount != int(amount)
            and (unit == "TH" or amount == 0.5)
            and amount * parts == int(amount * parts)
        )
    ):
        amount, unit = amount * parts, smaller
    return (
        ("PT" if unit in TIMED else "P")
        + ("X" if amount is None else f"{amount:g}")
        + CODES.get(unit, unit)
    )


def unit(word):
    word = word.lower()
    return (
        WORDS["unit"].get(word)
        or WORDS["unit"].get(word.removesuffix("s"))
        or WORDS["kipindi"][word]
    )


def hour(words):
    """A time of day as `09:30`; empty where the words give none."""
    words = words.lower()
    for word, value in WORDS["clockword"].items():
        if words.startswith(word):
            return value
    match = re.match(r"(\d\d?)[:.]?(\d\d)?(?::\d\d)? ?(a|p)?\.?m?", words) or re.match(
        r"(\w+)() o", words
    )
    if not match:
        return ""
    value = int(match[1]) if match[1].isdigit() else WORDS["ones"].get(match[1], 0)
    half = match[3] if match.re.groups > 2 else None
    if "afternoon" in words or "evening" in words:
        half = "p"
    value = value % 12 + (12 if half == "p" else 0) if half else value
    return f"{value:02}:{match[2] or '00'}" if value <= 24 else ""


def mod(words):
    """TimeML's mod for a part of a period, or empty."""
    words = (words or "").lower()
    for found, pattern in (
        ("START", r"\bearly|start|beginning|dawn|\bfirst"),
        ("MID", r"\bmid"),
        ("END", r"\blate\b|\bend\b|close|latter"),
    ):
        if re.search(pattern, words):
            return found
    return ""


def timed(day, groups):
    """Type and value of a day with its time or part of day, where one is named."""
    clock = groups.get("clock") or groups.get("clock0")
    pod = groups.get("pod") or groups.get("pod0")
    if clock and (at := hour(clock)):
        if pod and pod.lower() in ("afternoon", "evening", "night") and int(at[:2]) < 12:
            at = f"{int(at[:2]) + 12}{at[2:]}"
        return "TIME", f"{day}T{at}"
    return (
        ("TIME", f"{day}T{(WORDS['pod'] | WORDS['wakati'])[pod.lower()]}") if pod else ("DATE", day)
    )


def edtf(value, mod=""):
    """The EDTF date of a TIMEX3 value: weeks, quarters and halves as intervals; a START, MID or END of a month or year as its third.

    The end of a month is its days from the 20th, an interval, as `2019-03-2X` would leave out the 30th. Empty where the value has no year.
    """
    if not value[:2].isdigit() or "X" in value[:10]:
        return ""
    day = first_day(value)
    if re.fullmatch(r"\d\d|\d{3}", value):
        return value + "X" * (4 - len(value))
    if day is None:
        return ""
    if "-W" in value and value[4:6] == "-W":
        return (
            f"{day.isoformat()}/{(day + timedelta(1 if value.endswith('-WE') else 6)).isoformat()}"
        )
    if part := re.fullmatch(r"(\d{4})-(?:Q(\d)|H(\d))", value):
        first = 3 * int(part[2]) - 2 if part[2] else 6 * int(part[3]) - 5
        return f"{part[1]}-{first:02}/{part[1]}-{first + (2 if part[2] else 5):02}"
    if part := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{part[1]}-{['SP', 'SU', 'FA', 'WI'].index(part[2]) + 21}"
    if mod in THIRDS and re.fullmatch(r"\d{4}", value):
        return "{0}-{1:02}/{0}-{2:02}".format(value, *THIRDS[mod][0])
    if mod in THIRDS and re.fullmatch(r"\d{4}-\d\d", value):
        first, last = THIRDS[mod][1]
        return (
            f"{value}-{first:02}/{value}-{last or calendar.monthrange(day.year, day.month)[1]:02}"
        )
    return value[:10]
