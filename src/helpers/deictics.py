"""Deictics: what an expression means that counts from a day (`yesterday`, `two weeks ago`, `that year`, `the end of the month`), and lengths and sets of time.

`MEANINGS` joins both rooms: the name of a rule of `timewords` to the function that tells what a match of it means.
"""
import re
from datetime import date, timedelta

from helpers import anchoring
from helpers.anchoring import LAST, NEXT, Meaning
from helpers.timevalues import TIMED, first_day, hour, iso, mod, moved, number, period, timed, unit, unit_of
from helpers.timewords import WORD_BEFORE, WORDS


def offset(groups, context, days):
    """A day so many days from the day of the article, with its time or part of day."""
    if context.day is None:
        kind, value = timed("XXXX-XX-XX", groups)
        return Meaning(kind, value, "no date of the article to count from", "undated")
    kind, value = timed(moved(context.day, "D", days), groups)
    away = "the day itself" if not days else f"{abs(days)} day{'s' * (abs(days) > 1)} {'before' if days < 0 else 'after'} it"
    return Meaning(kind, value, f"counted from {context.day.isoformat()}: {away}", "resolved", mod(groups.get("part")))


def day_week(groups, context):
    return relative_week(anchoring.weekday_number(groups["wd"]), {"last": -1, "this": 0, "next": 1}[groups["rel"].lower()], context)


def relative_week(name, weeks, context):
    if context.day is None:
        return Meaning("DATE", f"XXXX-WXX-{name}", "no date of the article to count from", "undated")
    monday = context.day - timedelta(context.day.weekday()) + timedelta(7 * weeks)
    return Meaning("DATE", (monday + timedelta(name - 1)).isoformat(), f"counted from {context.day.isoformat()}")


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


def rate(groups, context, match):
    """Twice a day is a set; `a day` after an amount is one too, else a length of time."""
    before = WORD_BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    word = before[1] if before else ""
    often = groups["times"] or not match[0].lower().startswith(("a ", "an ")) or word.isdigit() or word.lower() in {"million", "billion", "thousand", "dollars", "euros", "pounds", "barrels", "miles", "people", "cents", "dose", "meals", "percent"}
    return Meaning("SET" if often else "DURATION", period(1, unit(groups["u"])), "how often" if often else "a length of time", "undated")


def every(groups, context):
    amount = 2 if groups.get("other") else number(groups["n"]) if groups.get("n") and groups["n"] != "few" else None if groups.get("n") else 1
    return Meaning("SET", period(amount, unit(groups["u"])), "how often", "undated")


def _fixed(kind, value, reason):
    return lambda g, c, m: Meaning(kind, value, reason, "undated")


def _named_day(g, c, m):
    return offset(g, c, {"yesterday": -1, "today": 0, "tomorrow": 1}[g["day"].lower()])


def _tonight(g, c, m):
    last = "last night" in m[0].lower()
    return offset({"clock": g["clock"] or g["clock0"], "pod": "night", "part": g["part"]}, c, -1 if last else 0)


def _part_of_day(g, c, m):
    if g.get("m"):
        return anchoring.full(g | {"wd": None}, c)
    rel = (g.get("rel") or "the").lower()
    base = c.named if rel != "this" and re.match(r"\d{4}-\d\d-\d\d", c.named) else c.day.isoformat() if c.day else ""
    if not base:
        return Meaning("TIME", "XXXX-XX-XX" + "T" + WORDS["pod"][g["pod"].lower()], "no day to count from", "undated")
    day = date.fromisoformat(base[:10]) + timedelta({"the next": 1, "the following": 1, "the previous": -1}.get(rel, 0))
    return Meaning("TIME", timed(day.isoformat(), g)[1], f"counted from {base[:10]}")


def _next_ref(g, c, m):
    return rel_unit({"rel": "the previous" if g["side"].lower() == "before" else "the following", "u": g["u"], "part": None}, c)


def _swahili_date(g, c, m):
    if g["mm"]:
        return anchoring.full(g, c, month=WORDS["moja"][g["mm"].lower()]) if WORDS["moja"][g["mm"].lower()] <= 12 else None
    return anchoring.full(g | {"m": g["m"] or g["m2"]}, c, day=g["d"] or g["d2"])


def _swahili_unit(g, c, m):
    rel, size = g["rel"].lower(), unit(g["u"])
    amount = number(g["n"]) if g["n"] else 1
    if c.day is None:
        return Meaning("DATE", "XXXX", "no date of the article to count from", "undated")
    step = {"juzi": -2, "jana": -1, "kesho": 1}.get(rel, -amount if "opita" in rel else amount if rel in anchoring.NEXT else 0)
    return Meaning("DATE", moved(c.day, size, step), f"counted from {c.day.isoformat()}")


def _swahili_clock(g, c, m):
    """Hours are counted from six: `saa tatu asubuhi`, the third hour of the morning, is 09:00."""
    pod = WORDS["wakati"][g["pod"].lower()]
    at = (WORDS["moja"][g["n"].lower()] + 6) % 12 + (12 if pod in ("AF", "EV", "NI") and WORDS["moja"][g["n"].lower()] != 6 else 0)
    base = c.named[:10] if re.match(r"\d{4}-\d\d-\d\d", c.named) else c.day.isoformat() if c.day else "XXXX-XX-XX"
    return Meaning("TIME", f"{base}T{at % 24:02}:{ {'nusu': '30', 'robo': '15'}.get((g['min'] or '').lower(), '00')}", "Swahili hours are counted from six", "resolved" if base[0] != "X" else "undated")


def _swahili_set(g, c, m):
    if g["u"].lower() in WORDS["siku"]:
        return Meaning("SET", f"XXXX-WXX-{WORDS['siku'][g['u'].lower()]}", "how often", "undated")
    return Meaning("SET", period(1, WORDS["kipindi"].get(g["u"].lower(), "D")), "how often", "undated")


def _dated_iso(g, c, m):
    day = iso(int(g["y"]), int(g["m"]), int(g["d"]))
    return Meaning(*timed(day.isoformat(), g), "printed whole", "stated") if day else None


def plain(function):
    return lambda g, c, m: function(g, c)


MEANINGS = {
    "iso": _dated_iso, "numeric": plain(anchoring.numeric), "md": plain(anchoring.full), "dm": plain(anchoring.full), "month": plain(anchoring.month), "holiday": plain(anchoring.feast),
    "weekday": plain(anchoring.weekday), "day_week": plain(day_week), "relday": _named_day, "tonight": _tonight, "this_pod": _part_of_day, "the_pod": _part_of_day,
    "around_day": lambda g, c, m: offset(g, c, -2 if g["day"].lower() == "yesterday" else 2), "quarter": plain(anchoring.part_of_year), "half": plain(anchoring.part_of_year),
    "season": plain(anchoring.part_of_year), "decade": plain(anchoring.decade), "fiscal": plain(anchoring.fiscal), "first_of": plain(length),
    "span": plain(span), "next_n": plain(span), "recent_n": _fixed("DATE", "PAST_REF", "a vague time"), "ago": plain(ago), "rel_unit": plain(rel_unit), "next_ref": _next_ref,
    "time_of": plain(time_of), "that_unit": plain(that_unit), "set_unit": plain(every), "rate": rate, "age": plain(length), "duration": plain(length),
    "year_ago": plain(year_ago), "year_end": lambda g, c, m: time_of(g | {"part": "the end of"}, c), "nth": plain(anchoring.nth),
    "long": lambda g, c, m: Meaning("DURATION", period(None if g["s"] else 1, unit(g["u"])), "a length of time", "undated"),
    "whole": lambda g, c, m: Meaning("DURATION", period(1, unit(g["u"])), "a length of time", "undated"),
    "units": lambda g, c, m: Meaning("DURATION", period(None, unit(g["u"])), "a length of time", "undated"),
    "frequency": lambda g, c, m: Meaning("SET", WORDS["frequency"][g["f"].lower()], "how often", "undated"),
    "set_weekday": lambda g, c, m: Meaning("SET", f"XXXX-WXX-{WORDS['weekday'][(g['wd'] or g['wd2']).lower()]}", "how often", "undated"),
    "set_month": lambda g, c, m: Meaning("SET", f"XXXX-{WORDS['month'][g['m'].lower()]:02}", "how often", "undated"),
    "century": plain(anchoring.century), "the_time": lambda g, c, m: Meaning("DATE", c.named, "the time spoken of") if c.named else None, "year": plain(anchoring.year), "clock": plain(clock), "present": _fixed("DATE", "PRESENT_REF", "the present"), "past": _fixed("DATE", "PAST_REF", "a vague time"), "future": _fixed("DATE", "FUTURE_REF", "a vague time"),
    "sw_date": _swahili_date, "sw_month": lambda g, c, m: anchoring.month({"m": g["m"] or g["m2"], "y": g["y"] or g["y2"]}, c), "sw_weekday": plain(anchoring.weekday), "sw_unit": _swahili_unit, "sw_set": _swahili_set,
    "sw_duration": plain(length), "sw_clock": _swahili_clock, "sw_day": lambda g, c, m: offset(g, c, WORDS["leo"][g["day"].lower()]), "sw_year": lambda g, c, m: anchoring.year(g | {"part": None}, c)}
