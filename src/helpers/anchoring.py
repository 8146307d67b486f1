"""Anchoring: what one time expression means, given the day it is read from and what the text has named before it.

A meaning is a TIMEX3 type and value (ISO 8601 with TimeML's additions: `1998-W11-WE`, `1998-Q3`, `1998-02-11TMO`, `P3M`,
`PAST_REF`), a reason in plain words, and other readings where two are open. Values as in TimeML 1.2.1 (Saurí et al. 2006).
"""
import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from helpers.timewords import MONTHLY, WORDS, WORD_BEFORE

TIMED = {"TS", "TM", "TH"}
FAR = 300  # a day whose nearest past is this many days away is read as the coming one, where that is near (45 days): papers print the year of such a past
NEXT, LAST = {"next", "this coming", "the coming", "coming", "the next", "ijayo", "ujao", "zijazo", "lijalo", "kesho"}, {"last", "this past", "past", "iliyopita", "uliopita", "lililopita", "jana"}


class Meaning(NamedTuple):
    """`mod` is TimeML's (START, MID, END, APPROX) or empty; `others` are `(value, reason)`."""
    type: str
    value: str
    reason: str
    basis: str = "resolved"
    mod: str = ""
    others: tuple = ()


class Context(NamedTuple):
    """`day`: the day the text is read from, or None. `named`: the date named last, or empty. `start`: the first day of a date with its year
    that the same sentence has named before, or None. `tense`: gives -1, 0 or 1 when called. `years`, `years_before`: those that the text
    names, anywhere and before this expression.
    """
    day: date
    named: str
    start: date
    tense: object
    years: tuple
    years_before: tuple


def iso(year, month, day):
    """A day of the calendar, or None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week(day):
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def moved(day, unit, number):
    """The value that lies `number` units from a day, as coarse as the unit: a year from a day is a year."""
    try:
        if unit in ("W", "2W", "WE"):
            return week(day + timedelta(7 * number * (2 if unit == "2W" else 1))) + ("-WE" if unit == "WE" else "")
        if unit in ("M", "Q"):
            months = day.year * 12 + day.month - 1 + number * (3 if unit == "Q" else 1)
            return f"{months // 12:04}-{months % 12 + 1:02}" if unit == "M" else f"{months // 12:04}-Q{months % 12 // 3 + 1}"
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
        return date(int(match[1]), {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[match[4]] if match[4] else 3 * int(match[2]) - 2 if match[2] else 6 * int(match[3]) - 5, 1)
    if match := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\dX])", value):
        return iso(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return None


def number(words):
    """A number in words or figures; None for a vague one."""
    if not words:
        return 1
    words = words.lower().strip().replace(",", "")
    half = words.replace("-", " ").endswith("and a half") or words.endswith("½") or words.endswith("1/2") and " " in words
    words = re.sub(r"[ -]?(?:and[ -]a[ -]half|½| 1/2)$", "", words)
    for table in ("ones", "tens", "large", "moja", "ordinal"):
        if words in WORDS[table]:
            return WORDS[table][words] + half / 2
    if words in ("a", "an", "the"):
        return 1 + half / 2
    if words in ("half", "half a", "half an", "a half"):
        return 0.5
    if words.startswith("quarter"):
        return 0.25
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words) + half / 2 if "." in words or half else int(words)
    parts = re.split(r"[- ]", words)
    return WORDS["tens"][parts[0]] + WORDS["ones"][parts[1]] + half / 2 if len(parts) == 2 and parts[0] in WORDS["tens"] and parts[1] in WORDS["ones"] else None


def period(amount, unit):
    """A TIMEX3 duration: `P3M`, `PT90M`, `P1DE`, `PXD` for a vague amount."""
    if amount == 0.5 and unit in ("TH", "Y"):
        amount, unit = (30, "TM") if unit == "TH" else (6, "M")
    elif isinstance(amount, float) and unit == "TH" and (amount * 60).is_integer() and not amount.is_integer():
        amount, unit = int(amount * 60), "TM"
    if amount == 0.5 and unit in "EC":
        amount, unit = {"E": 5, "C": 50}[unit], "Y"
    if unit == "2W" and isinstance(amount, int):
        amount, unit = 2 * amount, "W"
    shown = "X" if amount is None else f"{amount:g}"
    return ("PT" if unit in TIMED else "P") + shown + {"TS": "S", "TM": "M", "TH": "H", "E": "DE", "C": "CE", "L": "ML", "WE": "WE", "2W": "W"}.get(unit, unit)


def unit(word):
    word = word.lower()
    return WORDS["unit"].get(word) or WORDS["unit"].get(word.removesuffix("s")) or WORDS["kipindi"][word]


def hour(words):
    """A time of day as `09:30`; empty where the words give none."""
    words = words.lower()
    for word, value in WORDS["clockword"].items():
        if words.startswith(word):
            return value
    match = re.match(r"(\d\d?)[:.]?(\d\d)?(?::\d\d)? ?(a|p)?\.?m?", words) or re.match(r"(\w+)() o", words)
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
    for found, pattern in (("START", r"\bearly|start|beginning|dawn|\bfirst"), ("MID", r"\bmid"), ("END", r"\blate\b|\bend\b|close|latter")):
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
    return ("TIME", f"{day}T{(WORDS['pod'] | WORDS['wakati'])[pod.lower()]}") if pod else ("DATE", day)


def toward(days, context, tense):
    """Of the days on which something may fall, the one that tense and nearness choose, with the reason."""
    past, ahead = [d for d in days if d <= context.day], [d for d in days if d >= context.day]
    if tense > 0 and ahead:
        return ahead[0], "the verb looks ahead"
    if tense < 0 and past:
        if ahead and (context.day - past[-1]).days > FAR and (ahead[0] - context.day).days < 45:
            return ahead[0], "the coming one is near, the last one almost a year away"
        return past[-1], "the verb looks back"
    return min(days, key=lambda d: (abs(d - context.day), d)), "the nearest to the day of the article"


def in_year(month, day, weekday, context):
    """The day for a date without year: by the weekday it names, the year the text has just named, or tense."""
    spot = f"{calendar.month_name[month]} {day}"
    if context.day is None:
        around = sorted({y + n for y in context.years for n in (-1, 0, 1)}, key=lambda y: (min(abs(y - x) for x in context.years), y)) if weekday else (context.years_before or context.years)[-1:]
        days = [d for y in around if (d := iso(y, month, day)) and (not weekday or d.isoweekday() == weekday)]
        reason = "no date of the article; the year is one the text names" + (", and the weekday fits" if weekday else "")
        return (days[0], reason, tuple((d.isoformat(), "the weekday fits this year too") for d in days[1:])) if days else (None, "no date of the article and no year before it", ())
    years = range(max(1, context.day.year - (6 if weekday else 1)), min(9999, context.day.year + (6 if weekday else 1)) + 1)
    days = [d for y in years if (d := iso(y, month, day))]
    if weekday and (fitting := [d for d in days if d.isoweekday() == weekday]):
        chosen = min(fitting, key=lambda d: (abs(d - context.day), d))
        return chosen, f"{spot} is a {calendar.day_name[weekday - 1]} in {chosen.year}", ()
    if not days:
        return None, f"there is no {spot} in the years around the article", ()
    tense = context.tense()
    chosen, reason = toward([d for d in days if abs(d.year - context.day.year) < 2], context, tense)
    if weekday:
        reason += f"; in no near year is it a {calendar.day_name[weekday - 1]}"
    reason = f"no year is printed: {reason}"
    if context.start and tense <= 0 and (other := next((d for y in (context.start.year, context.start.year + 1) if (d := iso(y, month, day)) and d >= context.start), None)) and other < chosen:
        return other, f"the sentence has just named {context.start.year}", ((chosen.isoformat(), reason),)
    if context.years_before and context.years_before[-1] != chosen.year and (other := iso(context.years_before[-1], month, day)) and other <= context.day:
        return chosen, reason, ((other.isoformat(), f"{other.year} is the year that the text has named last"),)
    return chosen, reason, ()


def full(groups, context, day=None, month=None):
    """A day of a month, with or without year, weekday and time."""
    month = month or _month(groups["m"])
    number_ = int(re.match(r"\d+", day or groups["d"])[0])
    weekday = _weekday(groups["wd"]) if groups.get("wd") else 0
    others, part = (), mod(groups.get("part"))
    if groups.get("y"):
        found, basis, reason = iso(int(groups["y"]), month, number_), "stated", "printed whole"
        if found is None:
            return None
        if weekday and found.isoweekday() != weekday:
            near = min((d for y in range(found.year - 6, found.year + 7) if (d := iso(y, month, number_)) and d.isoweekday() == weekday), key=lambda d: abs(d - found), default=None)
            reason += f", but that day is a {calendar.day_name[found.weekday()]}"
            others = ((near.isoformat(), "the year in which the weekday fits"),) if near else ()
    else:
        found, reason, others = in_year(month, number_, weekday, context)
        basis = "resolved"
    if found is None:
        kind, value = timed(f"XXXX-{month:02}-{number_:02}", groups)
        return Meaning(kind, value, reason, "undated")
    kind, value = timed(found.isoformat(), groups)
    return Meaning(kind, value, reason, basis, part, others)


def _month(word):
    return next(WORDS[table][key] for table in ("month", "monthabbr", "mwezi") if (key := word.lower().rstrip(".")) in WORDS[table])


def _weekday(word):
    return next(WORDS[table][key] for table in ("weekday", "weekdayabbr", "siku") if (key := word.lower().rstrip(".")) in WORDS[table])


def weekday(groups, context):
    """A bare weekday, a last or next one."""
    name, rel = _weekday(groups["wd"]), (groups.get("rel") or "").lower().removeprefix("the ")
    title, part = calendar.day_name[name - 1], mod(groups.get("part"))
    base = context.day
    if rel in ("previous", "following", "next") and (groups["rel"] or "").lower() != "next" and (named := first_day(context.named)):
        base = named
    if base is None:
        kind, value = timed(f"XXXX-WXX-{name}", groups)
        return Meaning(kind, value, "no date of the article to count from", "undated", part)
    back = (base.isoweekday() - name) % 7
    past, ahead = base - timedelta(back), base + timedelta((name - base.isoweekday()) % 7)
    others = ()
    if rel in LAST or rel == "previous":
        found = past if back else past - timedelta(7)
        reason = f"the last {title} before {base.isoformat()}"
        if rel == "last" and back in (1, 2):
            others = ((found - timedelta(7), f"the {title} of the week before, as some use `last`"),)
    elif rel in NEXT or rel in ("following", "next"):
        found = ahead if back else ahead + timedelta(7)
        reason = f"the next {title} after {base.isoformat()}"
        if rel == "next" and base.isoweekday() < name:
            others = ((found + timedelta(7), f"the {title} of the week after, as some use `next`"),)
    elif rel in ("this", "hii"):
        found, reason = base + timedelta(name - base.isoweekday()), f"the {title} of the week of {base.isoformat()}"
    elif context.tense() > 0 and back:
        found, reason = ahead, f"the verb looks ahead: the {title} after {base.isoformat()}"
    else:
        found, reason = past, f"{title}, counted back from {base.isoformat()}"
    kind, value = timed(found.isoformat(), groups)
    return Meaning(kind, value, reason, "resolved", part, tuple((timed(d.isoformat(), groups)[1], why) for d, why in others))


def day_week(groups, context):
    return relative_week(_weekday(groups["wd"]), {"last": -1, "this": 0, "next": 1}[groups["rel"].lower()], context)


def relative_week(name, weeks, context):
    if context.day is None:
        return Meaning("DATE", f"XXXX-WXX-{name}", "no date of the article to count from", "undated")
    monday = context.day - timedelta(context.day.weekday()) + timedelta(7 * weeks)
    return Meaning("DATE", (monday + timedelta(name - 1)).isoformat(), f"counted from {context.day.isoformat()}")


def offset(groups, context, days):
    """A day so many days from the day of the article, with its time or part of day."""
    if context.day is None:
        kind, value = timed("XXXX-XX-XX", groups)
        return Meaning(kind, value, "no date of the article to count from", "undated")
    kind, value = timed(moved(context.day, "D", days), groups)
    away = "the day itself" if not days else f"{abs(days)} day{'s' * (abs(days) > 1)} {'before' if days < 0 else 'after'} it"
    return Meaning(kind, value, f"counted from {context.day.isoformat()}: {away}", "resolved", mod(groups.get("part")))


def month(groups, context):
    """A month, alone or with its year."""
    number_, part, rel = _month(groups["m"]), mod(groups.get("part")), (groups.get("rel") or "").lower()
    if groups.get("y"):
        return Meaning("DATE", f"{int(groups['y']):04}-{number_:02}", "month and year printed", "stated", part)
    if groups.get("sameyear") and (named := first_day(context.named)):
        return Meaning("DATE", f"{named.year:04}-{number_:02}", f"the year the text has just named, {named.year}", "resolved", part)
    if context.day is None:
        year = (context.years_before or context.years or (0,))[-1]
        return Meaning("DATE", f"{year:04}-{number_:02}" if year else f"XXXX-{number_:02}", "no date of the article; " + ("the year is the one the text named last" if year else "no year named"),
                       "resolved" if year else "undated", part)
    day = context.day
    if groups.get("relyear"):
        return Meaning("DATE", f"{day.year + {'last': -1, 'this': 0, 'next': 1}[groups['relyear'].lower()]:04}-{number_:02}", f"counted from {day.isoformat()}", "resolved", part)
    last = day.year if number_ <= day.month else day.year - 1
    if rel in LAST | {"the previous"}:
        year, reason = last if number_ != day.month else day.year - 1, "the last one"
    elif rel in NEXT | {"the following"}:
        year, reason = last + 1, "the next one"
    elif rel == "this":
        year, reason = day.year, "of this year"
    elif (tense := context.tense()) > 0:
        year, reason = day.year + (number_ < day.month), "the verb looks ahead"
    else:
        year, reason = last, "the verb looks back" if tense else "the last one, as news mostly looks back"
        if context.start and (other := context.start.year + (number_ < context.start.month)) < year:
            return Meaning("DATE", f"{other:04}-{number_:02}", f"the sentence has just named {context.start.year}", "resolved", part, ((f"{year:04}-{number_:02}", reason),))
    return Meaning("DATE", f"{year:04}-{number_:02}", f"no year is printed: {reason} (read from {day.isoformat()})", "resolved", part)


def part_of_year(groups, context):
    """A quarter, half or season, with or without its year."""
    part, day = mod(groups.get("part")), context.day
    if groups.get("season"):
        code, starts = WORDS["season"][groups["season"].lower()], {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
        begins = starts[code]
    else:
        ordinal = (groups.get("q") or groups.get("q2") or groups.get("o") or "").lower()
        size, sign = (3, "Q") if "q" in groups else (6, "H")
        if ordinal in ("last", "previous", "next", "latest", "current", "this", "the"):
            if day is None:
                return Meaning("DATE", f"XXXX-{sign}X", "no date of the article to count from", "undated")
            return Meaning("DATE", moved(day, "Q", {"last": -1, "previous": -1, "latest": -1, "next": 1}.get(ordinal, 0)), f"counted from {day.isoformat()}", "resolved", part)
        which = {"final": 4, "latter": 2}.get(ordinal) or (int(ordinal[0]) if ordinal[0].isdigit() else WORDS["ordinal"][ordinal])
        if which > 12 // size:
            return None
        code, begins = f"{sign}{which}", (which - 1) * size + 1
    rel = (groups.get("rel") or "").lower()
    relyear = (groups.get("relyear") or ("" if groups.get("season") else groups.get("rel")) or (groups.get("rel0") or "").split(" ")[0]).lower()
    if year := groups.get("y") or groups.get("y0"):
        return Meaning("DATE", f"{int(year):04}-{code}", "printed with its year", "stated", part)
    if day is None:
        year = context.years[-1] if context.years else 0
        return Meaning("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", "no date of the article; the year named last" if year else "no date of the article", "resolved" if year else "undated", part)
    if relyear:
        return Meaning("DATE", f"{day.year + {'last': -1, 'next': 1}.get(relyear, 0):04}-{code}", f"counted from {day.isoformat()}", "resolved", part)
    if not groups.get("season"):
        named = first_day(context.named) if "-Q" in context.named or "-H" in context.named else None
        year = day.year - (begins > day.month)
        if context.tense() > 0:
            year = day.year + (begins + size - 1 < day.month)
        if named and abs(named.year - year) == 1 and context.tense() <= 0 and begins <= 10:
            return Meaning("DATE", f"{named.year:04}-{code}", f"the year of the part named before, {context.named}", "resolved", part, ((f"{year:04}-{code}", "read from the day of the article"),))
        return Meaning("DATE", f"{year:04}-{code}", f"no year is printed; read from {day.isoformat()}", "resolved", part)
    month_ = day.month + 12 * (code == "WI" and day.month < 3)  # January belongs to the winter that began in December
    current = day.year - (code == "WI" and day.month < 3)
    running = begins <= month_ < begins + 3
    past = current if begins + 2 < month_ or running else current - 1
    ahead = current if month_ <= begins + 2 else current + 1
    if rel in LAST | {"the previous"}:
        year, reason = (past - 1 if running else past), "the last one"
    elif rel in NEXT | {"the following"}:
        year, reason = (ahead + 1 if running else ahead), "the next one"
    elif rel == "this":
        year, reason = current, "this year's"
        if code == "WI" and 3 <= day.month < 6:
            year = day.year - 1
    else:
        year, reason = (ahead, "the verb looks ahead") if context.tense() > 0 else (past, "the last one, as news mostly looks back")
    return Meaning("DATE", f"{year:04}-{code}", f"{reason} (read from {day.isoformat()})", "resolved", part)


def feast(groups, context):
    """A holiday with a fixed rule: a day of a month, the nth weekday of a month, or counted from Easter (Gregorian, by Gauss and Meeus)."""
    rule = WORDS["holiday"][re.sub("’", "'", groups["holiday"].lower())]
    def falls(year):
        if rule.startswith("easter"):
            a, b, c = year % 19, year // 100, year % 100
            h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
            k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
            m = (a + 11 * h + 22 * k) // 451
            return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1) + timedelta(int(rule[6:]))
        if "#" not in rule:
            return date(year, int(rule[:2]), int(rule[3:]))
        month_, name, which, plus = re.match(r"(\d\d)-(\d)#(-?\d)(\+\d)?", rule).groups()
        days = [d for n in range(1, calendar.monthrange(year, int(month_))[1] + 1) if (d := date(year, int(month_), n)).isoweekday() == int(name)]
        return days[int(which) - (int(which) > 0)] + timedelta(int(plus or 0))
    if groups.get("y"):
        day, reason, basis = falls(int(groups["y"])), "a holiday with its year", "stated"
    elif context.day is None:
        return Meaning("DATE", "XXXX-" + rule if re.fullmatch(r"\d\d-\d\d", rule) else "XXXX-XX-XX", "no date of the article", "undated")
    else:
        days = [falls(y) for y in range(max(2, context.day.year - 1), min(9998, context.day.year + 1) + 1)]
        rel = (groups.get("rel") or "").lower()
        days = [d for d in days if not (rel == "last" and d >= context.day or rel == "next" and d <= context.day or rel == "this" and d.year != context.day.year)]
        (day, reason), basis = toward(days, context, {"last": -1, "next": 1}.get(rel) or context.tense()), "resolved"
        reason = f"the holiday: {reason}"
    kind, value = timed(day.isoformat(), groups)
    return Meaning(kind, value, reason, basis, mod(groups.get("part")))


def ago(groups, context):
    """So long ago, earlier, later, from now. Earlier and later count from the date named before."""
    amount, size, side = number(groups["n"]) if groups["n"] else None, unit(groups["u"]), groups["side"].lower()
    sign = -1 if side in ("ago", "earlier", "back") else 1
    if groups["half"] or groups["half2"]:
        amount = (amount or 1) + 0.5
    named = first_day(context.named) if side in ("earlier", "later") else None
    base = named or context.day
    if side == "later" and named is None and size not in TIMED and context.day is None or amount is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "a vague time", "undated")
    if base is None:
        return Meaning("DATE", "XXXX-XX-XX", "no date of the article to count from", "undated")
    if groups.get("from") and groups["from"].lower() == "yesterday":
        base -= timedelta(1)
    if isinstance(amount, float) and not amount.is_integer():
        amount, size = {"Y": (round(amount * 12), "M"), "E": (round(amount * 10), "Y"), "W": (round(amount * 7), "D"), "M": (round(amount * 30), "D")}.get(size, (round(amount), size))
    if size in TIMED:
        return Meaning("DATE", base.isoformat(), f"some hours from {base.isoformat()}")
    return Meaning("DATE", moved(base, size, sign * int(amount)), f"counted from {context.named if named else base.isoformat()}")


def rel_unit(groups, context):
    """This, last, next, the previous, the same day, week, month, year …"""
    rel, size, part = groups["rel"].lower(), unit(groups["u"]), mod(groups.get("part"))
    back = rel in ("the previous", "the same", "that same", "that", "the following", "the next", "the preceding", "the prior")
    named = first_day(context.named) if back else None
    base = named or context.day
    if size in TIMED:
        return Meaning("DURATION", period(1, size), "a length of time", "undated") if back else Meaning("TIME", "PRESENT_REF", "the present", "undated")
    if base is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    step = 1 if rel in NEXT | {"the following"} else -1 if rel in LAST | {"the previous", "the preceding", "the prior"} else 0
    value = moved(base, size, step) if step else unit_of(base, size)
    if size == "E" and step:
        value = f"{base.year + 10 * step:04}"[:3]
    if size == "C" and step:
        value = f"{base.year + 100 * step:04}"[:2]
    return Meaning("DATE", value, f"counted from {context.named if named else base.isoformat()}", "resolved", part)


def span(groups, context):
    """The past two years, the next week: a length of time; with `previous` or `following` and no number, a date."""
    which, size = groups["which"].lower(), unit(groups["u"])
    if groups.get("n") is None and groups.get("s") is None and which not in ("past", "coming", "recent", "opening", "ensuing", "intervening", "next") and size not in TIMED:
        if which in ("first", "final"):
            return Meaning("DURATION", period(1, size), "a length of time", "undated") if size not in ("Q",) else None
        return rel_unit({"rel": f"the {which}" if which != "last" else "last", "u": groups["u"], "part": None}, context)
    if which == "next" and groups.get("n") is None and groups.get("s") is None and size not in TIMED:
        return rel_unit({"rel": "the next", "u": groups["u"], "part": None}, context)
    if which == "recent" and groups.get("n") is None:
        return Meaning("DATE", "PAST_REF", "a vague time", "undated")
    return Meaning("DURATION", period(number(groups["n"]) if groups.get("n") else None if groups.get("s") else 1, size), "a length of time", "undated")


def year_ago(groups, context):
    """The year-ago period, quarter: the same one a year before."""
    base = first_day(context.named) if groups["u"] and "-Q" in context.named else context.day
    if base is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    size = {"quarter": "Q", "month": "M"}.get((groups["u"] or "").lower(), "Y")
    if size == "Y" and "-Q" in context.named and groups["u"]:
        base, size = first_day(context.named), "Q"
    return Meaning("DATE", moved(date(base.year - 1, base.month, 1), size, 0), f"a year before {base.isoformat()}")


def nth(groups, context):
    """The third Thursday of March, the first week of April: a week begins on the 1st, 8th, 15th, 22nd and is named by its ISO number."""
    where = month({"m": groups["m"], "y": groups["y"]}, context)
    start = first_day(where.value)
    if start is None:
        return where
    which = 0 if groups["o"].lower() == "last" else WORDS["ordinal"][groups["o"].lower()]
    name = _weekday(groups["wd"]) if groups["wd"] else start.isoweekday()
    days = [d for n in range(calendar.monthrange(start.year, start.month)[1]) if (d := start + timedelta(n)).isoweekday() == name]
    if which > len(days):
        return None
    return where._replace(value=days[which - 1].isoformat() if groups["wd"] else week(days[which - 1]), reason=f"counted in {calendar.month_name[start.month]} {start.year}: {where.reason}", others=())


def that_unit(groups, context):
    """The week, the quarter, the weekend, bare: the one spoken of."""
    size, day = unit(groups["u"]), context.day
    if day is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    if size == "WE":
        step = 0 if day.isoweekday() >= 5 or context.tense() > 0 else -1
        return Meaning("DATE", moved(day, "WE", step), f"the weekend nearest to {day.isoformat()}")
    named = first_day(context.named)
    if size == "D":
        return Meaning("DATE", (named or day).isoformat(), "the day spoken of")
    if size == "Q":
        return Meaning("DATE", context.named if "-Q" in context.named else moved(day, "Q", -1), "the quarter spoken of, or the last whole one")
    return Meaning("DATE", moved(day, size, 0), f"the one of {day.isoformat()}", "resolved", mod(groups.get("part")))


def time_of(groups, context):
    """The end of the year, early in the week: a part of the one spoken of."""
    size = unit(groups["u"])
    if size == "D":
        named = first_day(context.named) or context.day
        return Meaning("DATE", named.isoformat() if named else "XXXX-XX-XX", "the day spoken of", "resolved" if named else "undated", mod(groups["part"]))
    if context.day is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated", mod(groups["part"]))
    return Meaning("DATE", unit_of(context.day, size), f"the one of {context.day.isoformat()}", "resolved", mod(groups["part"]))


def clock(groups, context):
    """A time alone: of the day named before it in the last sentences, else of the article's day."""
    named = first_day(context.named) if re.match(r"\d{4}-\d\d-\d\d", context.named) else None
    base = named if named and (context.day is None or named <= context.day) else context.day
    at = hour(groups["clock"])
    if not at:
        return None
    return Meaning("TIME", f"{base.isoformat() if base else 'XXXX-XX-XX'}T{at}", f"the day is {'the one named before' if base and base == named else 'that of the article'}" if base else "no day to count from", "resolved" if base else "undated")


def length(groups, context):
    """A length of time: three months, an hour and a half, a five-year term."""
    size = unit(groups["u"])
    amount = number(groups.get("n") or groups.get("n2"))
    if amount is not None and (groups.get("half") or groups.get("half2")):
        amount += 0.5
    value = period(amount, size)
    if groups.get("u2") and unit(groups["u2"]) != size:
        more = period(number(groups["n3"]), unit(groups["u2"]))
        value += more[2:] if more.startswith("PT") and value.startswith("PT") else more[1:]
    return Meaning("DURATION", value, "a length of time", "undated")


def century(groups, context):
    which = WORDS["ordinal"].get((groups["o"] or "").lower()) or int(groups["n"] or 0)
    return Meaning("DATE", f"{which - 1:02}", "a century", "stated", mod(groups["part"])) if which else None


def decade(groups, context):
    tens = groups["e"] or "19" + (groups["e2"] or str(WORDS["nineties"][groups["e3"].lower()]))
    if not groups["e"] and context.day and int(tens + "0") + 100 <= context.day.year:
        tens = "20" + tens[2:]
    return Meaning("DATE", tens, "a decade", "stated", mod(groups["part"]))


def rate(groups, context, match):
    """Twice a day is a set; `a day` after an amount is one too, else a length of time."""
    before = WORD_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    word = before[1] if before else ""
    often = groups["times"] or not match[0].lower().startswith(("a ", "an ")) or word.isdigit() or word.lower() in {"million", "billion", "thousand", "dollars", "euros", "pounds", "barrels", "miles", "people", "cents", "dose", "meals", "percent"}
    return Meaning("SET" if often else "DURATION", period(1, unit(groups["u"])), "how often" if often else "a length of time", "undated")


def every(groups, context):
    amount = 2 if groups.get("other") else number(groups["n"]) if groups.get("n") and groups["n"] != "few" else None if groups.get("n") else 1
    return Meaning("SET", period(amount, unit(groups["u"])), "how often", "undated")


def year(groups, context):
    return Meaning("DATE", f"{int(groups['y']):04}", "a year printed", "stated", mod(groups["part"]))


def numeric(groups, context):
    """A date in figures. Where both of the first numbers may be a month, the other order is a second reading."""
    a, b, printed = int(groups["a"]), int(groups["b"]), groups["y"]
    year_ = int(printed) if len(printed) == 4 else int(printed) + (2000 if int(printed) < 70 else 1900)
    month_first, day_first = iso(year_, a, b), iso(year_, b, a)
    found = day_first or month_first
    if found is None:
        return None
    others = ((month_first.isoformat(), "read with the month first"),) if day_first and month_first and day_first != month_first else ()
    return Meaning("DATE", found.isoformat(), "printed in figures" + (", read with the day first" if others else ""), "stated", "", others)


def fiscal(groups, context):
    if groups["y"]:
        return Meaning("DATE", f"{int(groups['y']):04}", "a fiscal year, as named", "stated", mod(groups["part"]))
    if context.day is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    step = {"last": -1, "next": 1}.get((groups["rel"] or "").lower(), 0)
    return Meaning("DATE", f"{context.day.year + step:04}", f"a fiscal year, counted from {context.day.isoformat()}", "resolved", mod(groups["part"]))
