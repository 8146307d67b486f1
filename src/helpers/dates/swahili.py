"""Swahili: what its day words, dates and counts mean.

No native reader has checked these rules. The functions are anchors, of the kind that `anchoring`
describes; hours are told in `hours`, sets and lengths in `durations`.
"""

import calendar

from helpers.dates.anchoring import NEXT, Context, Meaning, means, unknown
from helpers.dates.calendar_days import full
from helpers.dates.deictics import counted_from, so_many_days_away, stepped
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.months import month
from helpers.dates.numerals import mod, number, unit, weekday_number

# How far such a year, month or week lies from this one.
NEAR = {"juzi": -2, "jana": -1, "kesho": 1}
# The year before a year, this one and the next, in Swahili.
MWAKA = {"jana": "last", "huu": "this", "ujao": "next"}
# The week before this one, this one, the next.
WIKI = {"iliyopita": -1, "hii": 0, "ijayo": 1}


@means("sw_date")
def swahili_date(groups: Groups, context: Context) -> Meaning | None:
    """A day of a month by its name, or by its number (`mwezi wa pili`)."""
    month = _swahili_month_name(groups["mm"]) or groups["m"] or groups["m2"]
    day = groups["d"] or groups["d2"] or str(number(groups["dw"]))
    return full({**groups, "m": month, "d": day}, context) if month else None


def _swahili_month_name(words: str | None) -> str:
    """The name of a month that is told by its number (`mwezi wa nane`), or empty."""
    which = number(words) if words else 0
    return calendar.month_name[int(which)] if which and which <= 12 else ""


@means("sw_month")
def swahili_month(groups: Groups, context: Context) -> Meaning | None:
    """A month by its name or number, with or without its year."""
    told = groups["m"] or groups["m2"] or groups["m3"]
    name = _swahili_month_name(groups["mm"]) if groups["mm"] else told
    if not name:
        return None
    relation = (groups["rel"] or groups["rel2"] or "").lower()
    year = {"y": groups["y"] or groups["y2"], "relyear": MWAKA.get(relation)}
    return month({"m": name, "part": groups["part"], **year}, context)


@means("sw_day")
def swahili_day(groups: Groups, context: Context) -> Meaning:
    """Juzi, jana, leo, kesho."""
    return so_many_days_away(WORDS["leo"][groups["day"].lower()], groups, context)


@means("sw_day_week")
def swahili_day_of_week(groups: Groups, context: Context) -> Meaning:
    """Jumatatu wiki iliyopita: a day of last week."""
    name = weekday_number(groups["wd"])
    if context.day is None:
        return unknown(f"XXXX-WXX-{name}")
    days = name - context.day.isoweekday() + 7 * WIKI[groups["rel"].lower()]
    return so_many_days_away(days, {}, context)


@means("sw_unit")
def swahili_unit(groups: Groups, context: Context) -> Meaning:
    """Wiki iliyopita, mwaka jana, wiki mbili zilizopita."""
    if context.day is None:
        return unknown()
    relation, size = groups["rel"].lower(), unit(groups["u"])
    amount = int(number(groups["n"]) or 0)
    if relation in NEAR:
        step = NEAR[relation]
    elif "opita" in relation or "tangulia" in relation:
        step = -amount
    else:
        step = amount if relation in NEXT else 0
    part = mod(groups["part"])
    if size == "W" and part == "END" and amount == 1:
        # Mwishoni mwa wiki is the weekend.
        size, part = "WE", ""
    value = stepped(context.day, size, step)
    return counted_from(context.day, value, part=part)
