"""TIMEX3 values: arithmetic on `1998-W11`, `1998-Q3`, `P3M`, and the EDTF date of a value.

Values as in TimeML 1.2.1 (Saurí et al. 2006), which adds to ISO 8601: `1998-SU` for a summer,
`1998-W11-WE` for a weekend, `198` for a decade, `1998-02-11TMO` for a morning, `PXD` for some days.

Units are those of the lexicon: `TS`, `TM`, `TH` (seconds, minutes, hours), `D`, `W`, `2W` (a
fortnight), `WE` (a weekend), `M`, `Q` (a quarter), `Y`, `E` (a decade), `C`, `L` (a millennium).
"""

import calendar
import re
from datetime import date, timedelta

TIMED = {"TS", "TM", "TH"}
# START, MID and END of a year in months, and of a month in days; 0 for the last day it has.
THIRDS_OF_YEAR = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
THIRDS_OF_MONTH = {"START": (1, 10), "MID": (11, 20), "END": (20, 0)}
# The first month of a season.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# The numbers of the seasons in EDTF.
SEASON_NUMBERS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
# Units as TIMEX3 writes them in a duration.
CODES = {"TS": "S", "TM": "M", "TH": "H", "E": "DE", "C": "CE", "L": "ML", "2W": "W"}
# A unit in smaller ones.
SMALLER = {"TH": (60, "TM"), "Y": (12, "M"), "E": (10, "Y"), "C": (100, "Y"), "2W": (2, "W")}
WEEKS = {"W": 1, "2W": 2, "WE": 1}
MONTHS = {"M": 1, "Q": 3}
YEARS = {"Y": 1, "E": 10, "C": 100, "L": 1000}


# ---- days and units


def iso(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, or None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekdays_of_month(year: int, month: int, weekday: int) -> list[date]:
    """The days of a month that fall on a weekday (1 for Monday, to 7), in their order."""
    days = [iso(year, month, number) for number in range(1, 32)]
    return [day for day in days if day and day.isoweekday() == weekday]


def week(day: date) -> str:
    """The ISO week that holds a day: `1998-W11`."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def step_from(day: date, unit: str, number: int) -> str:
    """The value that lies `number` units from a day; empty where the calendar ends before it.

    It is as coarse as the unit: a year from a day is a year.
    """
    try:
        return _step_from(day, unit, number)
    except (OverflowError, ValueError):
        return ""


def _step_from(day: date, unit: str, number: int) -> str:
    if unit in WEEKS:
        value = week(day + timedelta(weeks=number * WEEKS[unit]))
        return f"{value}-WE" if unit == "WE" else value
    if unit in MONTHS:
        months = day.year * 12 + day.month - 1 + number * MONTHS[unit]
        year, month = divmod(months, 12)
        return f"{year:04}-{month + 1:02}" if unit == "M" else f"{year:04}-Q{month // 3 + 1}"
    if unit in YEARS:
        return f"{day.year + number * YEARS[unit]:04}"
    return (day + timedelta(number)).isoformat()


def day_from(day: date, unit: str, number: int) -> date | None:
    """The day that lies `number` units from a day; None where the calendar ends before it.

    Of months and years it is the same day, or the last of a month that has no such day.
    """
    try:
        if unit in YEARS or unit in MONTHS:
            return _months_from(day, number * (12 * YEARS.get(unit, 0) + MONTHS.get(unit, 0)))
        return day + timedelta(number * 7 * WEEKS[unit] if unit in WEEKS else number)
    except (OverflowError, ValueError):
        return None


def _months_from(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))


def unit_of(day: date, unit: str) -> str:
    """The unit that holds a day: its year, its week, its decade."""
    if unit == "E":
        return f"{day.year:04}"[:3]
    if unit == "C":
        return f"{day.year:04}"[:2]
    return step_from(day, unit, 0)


def first_day(value: str) -> date | None:
    """The first day of a TIMEX3 date, or None; also where the calendar has no such day."""
    try:
        return _first_day(value)
    except ValueError:
        return None


def _first_day(value: str) -> date | None:
    if match := re.match(r"(\d{4})-W(\d\d)(-WE)?", value):
        return date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
    if match := re.match(r"(\d{4})-(?:Q(\d)|H(\d)|(SP|SU|FA|WI))", value):
        return date(int(match[1]), _first_month(*match.groups()[1:]), 1)
    if match := re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\dX])", value):
        return iso(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return None


def _first_month(quarter: str | None, half: str | None, season: str | None = None) -> int:
    if quarter:
        return 3 * int(quarter) - 2
    if half:
        return 6 * int(half) - 5
    return SEASONS[season or ""]


def is_day(value: str) -> bool:
    """Whether a value is a day or a time of it, not a week, month or year."""
    return bool(re.match(r"\d{4}-\d\d-\d\d", value))


# ---- lengths


def period(amount: float | None, unit: str) -> str:
    """A TIMEX3 duration: `P3M`, `PT90M`, `P1DE`, `PXD` for a vague amount (None).

    Half an hour is minutes, half a year months.
    """
    if amount is not None and _is_better_in_parts(amount, unit):
        parts, unit = SMALLER[unit]
        amount *= parts
    mark = "PT" if unit in TIMED else "P"
    figures = "X" if amount is None else f"{amount:g}"
    return mark + figures + CODES.get(unit, unit)


def _is_better_in_parts(amount: float, unit: str) -> bool:
    """Whether an amount is told in smaller units: a fortnight, a fraction they make whole."""
    if unit == "2W":
        return True
    if unit not in SMALLER or amount == int(amount):
        return False
    in_parts = amount * SMALLER[unit][0]
    return (unit == "TH" or amount == 0.5) and in_parts == int(in_parts)


# ---- as EDTF


def as_edtf(value: str, mod: str = "") -> str:
    """The EDTF date of a TIMEX3 value; empty where the value has no year.

    Weeks, quarters and halves are intervals; so is a START, MID or END (`mod`) of a month or year:
    its third. The end of a month is its days from the 20th, as `2019-03-2X` would leave out the
    30th.
    """
    if not value[:2].isdigit() or "X" in value[:10]:
        return ""
    if value.isdigit() and len(value) in (2, 3):
        # A century or decade by its first figures.
        return value + "X" * (4 - len(value))
    day = first_day(value)
    if day is None:
        return ""
    if is_day(value):
        return value[:10]
    if re.match(r"\d{4}-W\d", value):
        last = day + timedelta(1 if value.endswith("-WE") else 6)
        return f"{day.isoformat()}/{last.isoformat()}"
    return _part_of_year(value) or _third(value, mod, day) or value


def _part_of_year(value: str) -> str:
    """A quarter or half as an interval of months, a season by its number; empty for the rest."""
    if part := re.fullmatch(r"(\d{4})-(?:Q(\d)|H(\d))", value):
        year, quarter, half = part.groups()
        first = _first_month(quarter, half)
        last = first + (2 if quarter else 5)
        return f"{year}-{first:02}/{year}-{last:02}"
    if part := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{part[1]}-{SEASON_NUMBERS[part[2]]}"
    return ""


def _third(value: str, mod: str, day: date) -> str:
    """The START, MID or END of a year or month; empty for any other value, or without a mod."""
    if mod in THIRDS_OF_YEAR and re.fullmatch(r"\d{4}", value):
        first, last = THIRDS_OF_YEAR[mod]
        return f"{value}-{first:02}/{value}-{last:02}"
    if mod in THIRDS_OF_MONTH and re.fullmatch(r"\d{4}-\d\d", value):
        first, last = THIRDS_OF_MONTH[mod]
        last = last or calendar.monthrange(day.year, day.month)[1]
        return f"{value}-{first:02}/{value}-{last:02}"
    return ""
