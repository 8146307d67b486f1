"""Deictics: what counts from a day (`yesterday`, `two weeks ago`, `that year`, `the end of the month`), and lengths and sets of time.

The functions are of the kind that `anchoring` describes.
"""

from datetime import timedelta

from helpers.dates.anchoring import (
    LAST,
    NEXT,
    STEPS,
    Meaning,
    full,
    means,
    of_day,
    unknown,
    weekday_number,
)
from helpers.dates.lexicon import WORD_BEFORE, WORDS
from helpers.dates.timex import (
    TIMED,
    first_day,
    hour,
    is_day,
    mod,
    moved,
    number,
    period,
    timed,
    unit,
    unit_of,
)

BACK = {
    "the same",
    "that same",
    "that",
    "the previous",
    "the preceding",
    "the prior",
    "the following",
    "the next",
}  # from the date named before
AMOUNTS = {
    "million",
    "billion",
    "thousand",
    "dollars",
    "euros",
    "pounds",
    "shillings",
    "barrels",
    "miles",
    "km",
    "people",
    "cents",
    "dose",
    "meals",
    "percent",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
}
WHOLES = {
    "Y": (12, "M"),
    "E": (10, "Y"),
    "W": (7, "D"),
    "M": (30, "D"),
}  # a unit that is halved, in smaller ones


def lasts(value):
    return Meaning("DURATION", value, "a length of time", "undated")


def repeats(value):
    return Meaning("SET", value, "how often", "undated")


def vague(value):
    return Meaning("DATE", value, "a vague time", "undated")


means("present")(lambda groups, context: vague("PRESENT_REF"))
means("past", "recent_n")(lambda groups, context: vague("PAST_REF"))
means("future")(lambda groups, context: vague("FUTURE_REF"))


# ---- days and their parts


def offset(groups, context, days):
    """A day so many days from the day of the article, with its time or part of day."""
    if context.day is None:
        kind, value = timed("XXXX-XX-XX", groups)
        return unknown(value, kind)
    away = (
        f"{abs(days)} day{'s' * (abs(days) > 1)} {'before' if days < 0 else 'after'} it"
        if days
        else "the day itself"
    )
    try:
        return of_day(
            context.day + timedelta(days), groups, f"counted from {context.day.isoformat()}: {away}"
        )
    except OverflowError:
        return unknown("XXXX-XX-XX")


@means("relday")
def near_day(groups, context):
    return offset(
        groups, context, {"yesterday": -1, "today": 0, "tomorrow": 1}[groups["day"].lower()]
    )


@means("around_day")
def around_day(groups, context):
    return offset(groups, context, -2 if groups["day"].lower() == "yesterday" else 2)


@means("sw_day")
def swahili_day(groups, context):
    return offset(groups, context, WORDS["leo"][groups["day"].lower()])


@means("tonight")
def tonight(groups, context):
    when = {"clock": groups["clock"] or groups["clock0"], "pod": "night", "part": groups["part"]}
    return offset(when, context, -1 if groups["day"].lower() == "last night" else 0)


@means("this_pod", "the_pod")
def part_of_day(groups, context):
    """This morning; that evening, the night: of the day named before."""
    if groups.get("m") or groups.get("m2"):
        return full(
            dict(groups) | {"m": groups["m"] or groups["m2"], "d": groups["d"] or groups["d2"]},
            context,
        )
    rel = (groups.get("rel") or "the").lower()
    base = first_day(context.named) if rel != "this" and is_day(context.named) else context.day
    if base is None:
        return unknown(timed("XXXX-XX-XX", groups)[1], "TIME")
    return offset(
        groups, context._replace(day=base), 1 if rel in NEXT else -1 if rel in LAST else 0
    )


@means("clock")
def clock(groups, context):
    """A time alone: of the day named before, unless that is still to come; else of the article's day."""
    named, at = first_day(context.named) if is_day(context.named) else None, hour(groups["clock"])
    base = named if named and (context.day is None or named <= context.day) else context.day
    if not at:
        return None
    if base is None:
        return unknown(f"XXXX-XX-XXT{at}", "TIME")
    return Meaning(
        "TIME",
        f"{base.isoformat()}T{at}",
        f"the day is {'the one named before' if base == named else 'that of the article'}",
    )


@means("sw_clock")
def swahili_clock(groups, context):
    """Hours are counted from six: `saa tatu asubuhi`, the third hour of the morning, is 09:00."""
    spoken, pod = WORDS["moja"][groups["n"].lower()], WORDS["wakati"][groups["pod"].lower()]
    hours = (spoken + 6) % 12 + (12 if pod in ("AF", "EV", "NI") and spoken != 6 else 0)
    minutes = {"nusu": 30, "robo": 15}.get((groups["min"] or "").lower(), 0)
    return clock({"clock": f"{hours:02}:{minutes:02}"}, context)


# ---- counted units


@means("ago")
def ago(groups, context):
    """So long ago, earlier, later, from now. Earlier and later count from the date named before, the others from the article's day."""
    amount, size, side = (
        number(groups["n"]) if groups["n"] else None,
        unit(groups["u"]),
        groups["side"].lower(),
    )
    sign = -1 if side in ("ago", "earlier", "back") else 1
    if groups["half"] or groups["half2"]:
        amount = (amount or 1) + 0.5
    if amount is None:
        return vague("PAST_REF" if sign < 0 else "FUTURE_REF")
    named = context.before(size) if side in ("earlier", "later") else None
    base = named or context.day
    if base is None:
        return unknown("XXXX-XX-XX")
    counted = f"counted from {base.isoformat()}"
    if size in TIMED:
        return Meaning("DATE", base.isoformat(), f"some hours from {base.isoformat()}")
    if (groups["from"] or "").lower() == "yesterday":
        amount -= 1
    if amount != int(amount):
        parts, size = WHOLES.get(size, (1, size))
        amount = round(amount * parts)
    value = moved(base, size, sign * int(amount))
    return Meaning("DATE", value, counted) if value else unknown("XXXX-XX-XX")


def stepped(base, size, step):
    """The value of the unit so many steps from a day; a decade or century by its first figures."""
    value = moved(base, size, step) if step else unit_of(base, size)
    return value[: {"E": 3, "C": 2}.get(size, len(value))]


@means("rel_unit")
def rel_unit(groups, context):
    """This, last, next, the previous, the same day, week, month, year …"""
    rel, size = groups["rel"].lower(), unit(groups["u"])
    named = context.before(size) if rel in BACK else None
    base = named or context.day
    if size in TIMED:
        return lasts(period(1, size)) if rel in BACK | LAST | NEXT else vague("PRESENT_REF")
    value = stepped(base, size, 1 if rel in NEXT else -1 if rel in LAST else 0) if base else ""
    counted = f"counted from {(named or base).isoformat()}" if base else ""
    return (
        Meaning("DATE", value, counted, "resolved", mod(groups.get("part"))) if value else unknown()
    )


@means("next_ref")
def next_ref(groups, context):
    """The day before, a year after."""
    return rel_unit(
        {
            "rel": "the previous" if groups["side"].lower() == "before" else "the following",
            "u": groups["u"],
        },
        context,
    )


@means("span", "next_n")
def span(groups, context):
    """The past two years: a length of time. The following year, the next week, without a number: a date."""
    which, size = groups["which"].lower(), unit(groups["u"])
    amount, plural = groups["n"], groups.get("s") or groups["n"]
    if (
        plural
        or size in TIMED
        or (which == "next" and size in "ECL")
        or which in ("past", "coming", "opening", "ensuing", "intervening")
    ):
        if plural and not amount:
            return vague("PAST_REF") if which == "recent" else lasts(period(None, size))
        return lasts(period(number(amount), size))
    if which in ("first", "final", "recent"):
        return None  # the first day, the final week: which one is told by what it is the first of
    return rel_unit(
        {"rel": "last" if which == "last" else f"the {which}", "u": groups["u"]}, context
    )


@means("sw_unit")
def swahili_unit(groups, context):
    rel, size = groups["rel"].lower(), unit(groups["u"])
    amount = number(groups["n"]) if groups["n"] else 1
    if context.day is None:
        return unknown()
    step = {"juzi": -2, "jana": -1, "kesho": 1}.get(
        rel, -amount if "opita" in rel else amount if rel in NEXT else 0
    )
    value = moved(context.day, size, step)
    return Meaning("DATE", value, f"counted from {context.day.isoformat()}") if value else unknown()


@means("day_week")
def day_of_week(groups, context):
    """Monday of last week."""
    name = weekday_number(groups["wd"])
    return (
        offset({}, context, name - context.day.isoweekday() + 7 * STEPS[groups["rel"].lower()])
        if context.day
        else unknown(f"XXXX-WXX-{name}")
    )


@means("year_ago")
def year_ago(groups, context):
    """The year-ago period, quarter, month: the same one a year before; the period is that of the quarter named before, if one is."""
    quarterly = groups["u"] and "-Q" in context.named
    base = first_day(context.named) if quarterly else context.day
    size = (
        "Q" if quarterly else {"quarter": "Q", "month": "M"}.get((groups["u"] or "").lower(), "Y")
    )
    value = moved(base, size, -{"Q": 4, "M": 12, "Y": 1}[size]) if base else ""
    return Meaning("DATE", value, f"a year before {base.isoformat()}") if value else unknown()


@means("that_unit", "time_of")
def that_unit(groups, context):
    """The week, the quarter, the weekend, the end of the year: the one spoken of."""
    size, day, part = unit(groups["u"]), context.day, mod(groups.get("part"))
    named = context.before(size)
    if size == "D" and (named or day):
        return Meaning("DATE", (named or day).isoformat(), "the day spoken of", "resolved", part)
    if day is None:
        return unknown()
    if size == "WE" and not part:
        step = 0 if day.isoweekday() >= 5 or context.tense() > 0 else -1
        return Meaning("DATE", moved(day, "WE", step), f"the weekend nearest to {day.isoformat()}")
    if size == "Q" and not part:
        return Meaning(
            "DATE",
            context.named if "-Q" in context.named else moved(day, "Q", -1),
            "the quarter spoken of, or the last whole one",
        )
    return Meaning("DATE", unit_of(day, size), f"the one of {day.isoformat()}", "resolved", part)


@means("year_end")
def year_end(groups, context):
    return that_unit({"u": groups["u"], "part": "the end of"}, context)


@means("the_time")
def the_time(groups, context):
    """At the time, at that time."""
    return Meaning("DATE", context.named, "the time spoken of") if context.named else None


# ---- lengths and sets


@means("duration", "age", "first_of", "sw_duration")
def length(groups, context):
    """A length of time: three months, an hour and a half, a five-year term, three hours and 12 minutes."""
    size, amount = unit(groups["u"]), number(groups.get("n") or groups.get("n2"))
    if amount is not None and (groups.get("half") or groups.get("half2")):
        amount += 0.5
    value = period(amount, size)
    if groups.get("u2") and unit(groups["u2"]) != size:
        more = period(number(groups["n3"]), unit(groups["u2"]))
        value += more[2:] if more.startswith("PT") and value.startswith("PT") else more[1:]
    return lasts(value)


@means("whole", "long", "units")
def unit_alone(groups, context):
    """All year, year-long; years, decades-old: as many as one does not know."""
    return lasts(period(None if groups.get("s") else 1, unit(groups["u"])))


@means("rate")
def rate(groups, context):
    """Twice a day is a set; `a day` after an amount is one too, else a length of time."""
    match = groups["match"]
    before = WORD_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    often = (
        groups["times"]
        or not match[0].lower().startswith(("a ", "an "))
        or (before and (before[1].isdigit() or before[1].lower() in AMOUNTS))
    )
    return (repeats if often else lasts)(period(1, unit(groups["u"])))


@means("set_unit")
def every(groups, context):
    amount = 2 if groups["other"] else None if groups["n"] == "few" else number(groups["n"])
    return repeats(period(amount, unit(groups["u"])))


@means("frequency")
def frequency(groups, context):
    return repeats(WORDS["frequency"][groups["f"].lower()])


@means("set_weekday")
def set_weekday(groups, context):
    return repeats(f"XXXX-WXX-{weekday_number(groups['wd'] or groups['wd2'])}")


@means("set_month")
def set_month(groups, context):
    return repeats(f"XXXX-{WORDS['month'][groups['m'].lower()]:02}")


@means("sw_set")
def swahili_set(groups, context):
    word = groups["u"].lower()
    return repeats(
        f"XXXX-WXX-{WORDS['siku'][word]}"
        if word in WORDS["siku"]
        else period(1, WORDS["kipindi"].get(word, "D"))
    )
