"""Seasons: what a part of a year means, and a year or more: quarters, halves, seasons, feasts, weeks of a month, years, decades, centuries.

The functions are of the kind that `anchoring` describes.
"""

import calendar
import re
from datetime import date, timedelta

from helpers.dates.anchoring import (
    LAST,
    NEXT,
    STEPS,
    Meaning,
    means,
    month,
    of_day,
    toward,
    unknown,
    weekday_number,
)
from helpers.dates.lexicon import WORDS
from helpers.dates.timex import SEASONS, first_day, iso, mod, moved, week


@means("nth")
def nth(groups, context):
    """The third Thursday of March, the first week of April. Weeks begin on the 1st, 8th, 15th, 22nd, and are named by the ISO week of that day."""
    where = month({"m": groups["m"], "y": groups["y"]}, context)
    start, ordinal = first_day(where.value), groups["o"].lower()
    if start is None:
        return where
    name = weekday_number(groups["wd"]) if groups["wd"] else start.isoweekday()
    days = [
        d
        for n in range(calendar.monthrange(start.year, start.month)[1])
        if (d := start + timedelta(n)).isoweekday() == name
    ]
    which = len(days) if ordinal == "last" else WORDS["ordinal"][ordinal]
    if which > len(days):
        return None
    value = days[which - 1].isoformat() if groups["wd"] else week(days[which - 1])
    return where._replace(
        value=value,
        reason=f"counted in {calendar.month_name[start.month]} {start.year}: {where.reason}",
        others=(),
    )


@means("quarter", "half")
def part_of_year(groups, context):
    """A quarter or half, with or without its year; without, the last one begun, or the next where the verb looks ahead."""
    size, sign = (3, "Q") if "q" in groups else (6, "H")
    ordinal = (groups.get("q") or groups.get("q2") or groups["o"]).lower()
    part, day = mod(groups.get("part")), context.day
    if ordinal in ("last", "previous", "next", "latest", "current", "this"):
        step = {"last": -1, "previous": -1, "latest": -1, "next": 1}.get(ordinal, 0)
        return (
            Meaning(
                "DATE", moved(day, "Q", step), f"counted from {day.isoformat()}", "resolved", part
            )
            if day
            else unknown("XXXX-QX")
        )
    which = {"final": 4, "latter": 2}.get(ordinal) or (
        int(ordinal[0]) if ordinal[0].isdigit() else WORDS["ordinal"][ordinal]
    )
    if which > 12 // size:
        return None
    meant = lambda year, reason, basis="resolved", others=(): Meaning(
        "DATE", f"{year:04}-{sign}{which}", reason, basis, part, others
    )
    if year := groups.get("y") or groups.get("y0"):
        return meant(int(year), "printed with its year", "stated")
    if day is None:
        return (
            meant(context.year, "no date of the article; the year named last")
            if context.year
            else unknown(f"XXXX-{sign}{which}")
        )
    if rel := groups.get("rel") or groups.get("rel0"):
        return meant(
            day.year + STEPS.get(rel.split(" ")[0].lower(), 0), f"counted from {day.isoformat()}"
        )
    begins, reason = (which - 1) * size + 1, f"no year is printed; read from {day.isoformat()}"
    if context.tense() > 0:
        return meant(day.year + (begins + size - 1 < day.month), reason)
    year, named = (
        day.year - (begins > day.month),
        first_day(context.named) if re.search("-[QH]", context.named) else None,
    )
    if named and abs(named.year - year) == 1:
        return meant(
            named.year,
            f"the year of {context.named}, named before",
            others=((f"{year:04}-{sign}{which}", reason),),
        )
    return meant(year, reason)


@means("season")
def season(groups, context):
    """A season of the northern year, named by the year in which it begins: January 2019 lies in winter 2018."""
    code, day, rel = (
        WORDS["season"][groups["season"].lower()],
        context.day,
        (groups["rel"] or "").lower(),
    )
    meant = lambda year, reason, basis="resolved": Meaning(
        "DATE", f"{year:04}-{code}", reason, basis, mod(groups["part"])
    )
    if groups["y"]:
        return meant(int(groups["y"]), "printed with its year", "stated")
    if day is None:
        return (
            meant(context.year, "no date of the article; the year named last")
            if context.year
            else unknown(f"XXXX-{code}")
        )
    if groups["relyear"]:
        return meant(day.year + STEPS[groups["relyear"].lower()], f"counted from {day.isoformat()}")
    begins, year = SEASONS[code], day.year - (code == "WI" and day.month < 3)
    now = day.month + 12 * (year < day.year)
    running, begun = begins <= now < begins + 3, begins <= now
    if rel in LAST:
        return meant(year - (running or not begun), f"the last one before {day.isoformat()}")
    if rel in NEXT:
        return meant(year + begun, f"the next one after {day.isoformat()}")
    if rel == "this":
        return meant(
            year - (code == "WI" and 3 <= day.month < 6), f"the one nearest to {day.isoformat()}"
        )
    if context.tense() > 0:
        return meant(year + (begun and not running), f"the verb looks ahead from {day.isoformat()}")
    return meant(year - (not begun), f"news mostly looks back from {day.isoformat()}")


def easter(year):
    """Easter Sunday of the Gregorian calendar, by the anonymous rule printed in Nature, 20 April 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month_, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month_, day + 1)


def falls(rule, year):
    """The day of a feast: `12-25`, `11-4#4` (the fourth Thursday of November; `#-1` the last), `easter-2`; `+1` a day later."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    if "#" not in rule:
        return date(year, int(rule[:2]), int(rule[3:]))
    number, name, which, later = re.fullmatch(r"(\d\d)-(\d)#(-?\d)(\+\d)?", rule).groups()
    days = [
        d for n in range(1, 32) if (d := iso(year, int(number), n)) and d.isoweekday() == int(name)
    ]
    return days[int(which) - (int(which) > 0)] + timedelta(int(later or 0))


@means("holiday")
def feast(groups, context):
    """A feast with a fixed rule."""
    rule, rel, day = (
        WORDS["holiday"][groups["holiday"].lower().replace("’", "'")],
        (groups["rel"] or "").lower(),
        context.day,
    )
    if groups["y"]:
        return of_day(
            falls(rule, int(groups["y"])), groups, "a feast with its year", basis="stated"
        )
    if day is None:
        return unknown("XXXX-XX-XX")
    days = [falls(rule, year) for year in range(max(2, day.year - 1), min(9998, day.year + 1) + 1)]
    wanted = {
        "last": lambda d: d < day,
        "next": lambda d: d > day,
        "this": lambda d: d.year == day.year,
    }.get(rel, bool)
    found, reason = toward(
        [d for d in days if wanted(d)], context, STEPS.get(rel) or context.tense()
    )
    return of_day(found, groups, f"the feast: {reason}")


@means("year", "sw_year")
def year(groups, context):
    return Meaning(
        "DATE", f"{int(groups['y']):04}", "a year printed", "stated", mod(groups.get("part"))
    )


@means("fiscal")
def fiscal(groups, context):
    if groups["y"]:
        return Meaning(
            "DATE",
            f"{int(groups['y']):04}",
            "a fiscal year, as named",
            "stated",
            mod(groups["part"]),
        )
    if context.day is None:
        return unknown()
    value = moved(context.day, "Y", STEPS.get((groups["rel"] or "").lower(), 0))
    return Meaning(
        "DATE",
        value,
        f"a fiscal year, counted from {context.day.isoformat()}",
        "resolved",
        mod(groups["part"]),
    )


@means("decade")
def decade(groups, context):
    tens = groups["e"] or "19" + (groups["e2"] or str(WORDS["nineties"][groups["e3"].lower()]))
    if tens.endswith("0") and tens != "200":
        tens = tens[:2]  # the 1800s
    if not groups["e"] and context.day and int(tens) + 10 <= context.day.year // 10:
        tens = str(int(tens) + 10)
    return Meaning("DATE", tens, "a decade", "stated", mod(groups["part"]))


@means("century")
def century(groups, context):
    which = WORDS["ordinal"][groups["o"].lower()] if groups["o"] else int(groups["n"])
    return (
        Meaning("DATE", f"{which - 1:02}", "a century", "stated", mod(groups["part"]))
        if which
        else None
    )
