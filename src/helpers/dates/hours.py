"""Hours: what a part of a day means (`tonight`, `this morning`, `the night`), and a time of day.

The functions are anchors, of the kind that `anchoring` describes.
"""

from helpers.dates.anchoring import Context, Meaning, means, unknown
from helpers.dates.calendar_days import full
from helpers.dates.deictics import so_many_days_away, step_of
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.numerals import hour, number, with_time
from helpers.dates.timex import first_day, is_day

# Parts of a day, by their signs in TIMEX3, in which an hour is twelve later than its number.
LATE = ("AF", "EV", "NI")
# Half past and a quarter past, in minutes.
MINUTES = {"nusu": 30, "robo": 15}


@means("tonight")
def tonight(groups: Groups, context: Context) -> Meaning:
    """Tonight, overnight, last night."""
    when = {"clock": groups["clock"] or groups["clock0"], "pod": "night", "part": groups["part"]}
    days = -1 if groups["day"].lower() == "last night" else 0
    return so_many_days_away(days, when, context)


@means("this_pod", "the_pod", "bare_pod")
def part_of_day(groups: Groups, context: Context) -> Meaning | None:
    """This morning; that evening, the night: of the day named before."""
    if groups.get("m") or groups.get("m2"):
        month, day = groups["m"] or groups["m2"], groups["d"] or groups["d2"]
        return full({**groups, "m": month, "d": day}, context)
    relation = (groups.get("rel") or "the").lower()
    day_named = relation != "this" and is_day(context.named)
    base = first_day(context.named) if day_named else context.day
    if base is None:
        return unknown(with_time("XXXX-XX-XX", groups)[1], "TIME")
    return so_many_days_away(step_of(relation), groups, context._replace(day=base))


@means("clock")
def clock(groups: Groups, context: Context) -> Meaning | None:
    """A time alone: of the day named before, unless that is still to come.

    Else of the article's day.
    """
    at = hour(groups["clock"])
    if not at:
        return None
    named = first_day(context.named) if is_day(context.named) else None
    if named and (context.day is None or named <= context.day):
        return Meaning("TIME", f"{named.isoformat()}T{at}", "the day is the one named before")
    if context.day:
        value = f"{context.day.isoformat()}T{at}"
        return Meaning("TIME", value, "the day is that of the article")
    return unknown(f"XXXX-XX-XXT{at}", "TIME")


@means("sw_clock")
def swahili_clock(groups: Groups, context: Context) -> Meaning | None:
    """Hours are counted from six: `saa tatu asubuhi`, the third hour of the morning, is 09:00."""
    spoken, pod = int(number(groups["n"]) or 0), WORDS["wakati"][groups["pod"].lower()]
    if not 1 <= spoken <= 12:
        return None
    late = pod in LATE and spoken != 6
    hours = (spoken + 6) % 12 + (12 if late else 0)
    minutes = MINUTES.get((groups["min"] or "").lower(), 0)
    return clock({"clock": f"{hours:02}:{minutes:02}"}, context)
