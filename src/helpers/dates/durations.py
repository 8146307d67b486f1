"""Durations: lengths of time, sets of times (`every Friday`, `daily`), and vague times (`now`).

None of them has a date. The functions are anchors, of the kind that `anchoring` describes.
"""

from helpers.dates.anchoring import Context, Meaning, means
from helpers.dates.lexicon import WORDS, Groups
from helpers.dates.neighbours import word_before
from helpers.dates.numerals import number, unit, weekday_number
from helpers.dates.timex import period

# What is counted a day, a week: five miles a day.
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
    "feet",
    "tons",
    "times",
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


def lasts(value: str) -> Meaning:
    """The meaning of a length of time."""
    return Meaning("DURATION", value, "a length of time", "undated")


def repeats(value: str) -> Meaning:
    """The meaning of a set of times."""
    return Meaning("SET", value, "how often", "undated")


def vague(value: str) -> Meaning:
    """The meaning of a vague time: PRESENT_REF, PAST_REF or FUTURE_REF."""
    return Meaning("DATE", value, "a vague time", "undated")


# ---- vague times


@means("present", "sw_now")
def present(groups: Groups, context: Context) -> Meaning:
    """Now, these days."""
    return vague("PRESENT_REF")


@means("past", "recent_n", "sw_recent")
def past(groups: Groups, context: Context) -> Meaning:
    """Recently, in recent weeks."""
    return vague("PAST_REF")


@means("future", "coming_n")
def future(groups: Groups, context: Context) -> Meaning:
    """Soon, in the near future."""
    return vague("FUTURE_REF")


# ---- lengths


@means("duration", "age", "first_of", "sw_duration")
def length(groups: Groups, context: Context) -> Meaning:
    """Three months, an hour and a half, a five-year term, three hours and 12 minutes."""
    size, amount = unit(groups["u"]), number(groups.get("n") or groups.get("n2"))
    if amount is not None and (groups.get("half") or groups.get("half2")):
        amount += 0.5
    value = period(amount, size)
    if groups.get("u2") and unit(groups["u2"]) != size:
        value += _added(value, period(number(groups["n3"]), unit(groups["u2"])))
    return lasts(value)


def _added(value: str, more: str) -> str:
    """What a second length adds to a first: `12M` to `PT3H`."""
    return more[2:] if more.startswith("PT") and value.startswith("PT") else more[1:]


@means("whole", "long", "units")
def unit_alone(groups: Groups, context: Context) -> Meaning:
    """All year, year-long; years, decades-old: as many as one does not know."""
    return lasts(period(None if groups.get("s") else 1, unit(groups["u"])))


@means("rate")
def rate(groups: Groups, context: Context) -> Meaning:
    """Twice a day is a set; `a day` after an amount is one too, else a length of time."""
    value = period(1, unit(groups["u"]))
    before = word_before(context.match)
    after_amount = before.isdigit() or before.lower() in AMOUNTS
    with_article = context.match[0].lower().startswith(("a ", "an "))
    is_set = groups["times"] or after_amount or not with_article
    return repeats(value) if is_set else lasts(value)


# ---- sets


@means("set_unit")
def every(groups: Groups, context: Context) -> Meaning:
    """Every week, every other day, every few months."""
    if groups["other"]:
        amount: float | None = 2
    elif groups["n"] == "few":
        amount = None
    else:
        amount = number(groups["n"])
    return repeats(period(amount, unit(groups["u"])))


@means("frequency")
def frequency(groups: Groups, context: Context) -> Meaning:
    """Daily, monthly."""
    return repeats(WORDS["frequency"][groups["f"].lower()])


@means("set_weekday")
def every_weekday(groups: Groups, context: Context) -> Meaning:
    """Every Friday, Fridays."""
    return repeats(f"XXXX-WXX-{weekday_number(groups['wd'] or groups['wd2'])}")


@means("set_season")
def every_season(groups: Groups, context: Context) -> Meaning:
    """Every winter."""
    return repeats(f"XXXX-{WORDS['season'][groups['season'].lower()]}")


@means("set_month")
def every_month(groups: Groups, context: Context) -> Meaning:
    """Every March."""
    return repeats(f"XXXX-{WORDS['month'][groups['m'].lower()]:02}")


@means("sw_set")
def swahili_set(groups: Groups, context: Context) -> Meaning:
    """Kila Ijumaa, kila wiki, kila asubuhi."""
    word = groups["u"].lower()
    if word in WORDS["siku"]:
        return repeats(f"XXXX-WXX-{WORDS['siku'][word]}")
    return repeats(period(1, WORDS["kipindi"].get(word, "D")))
