"""Months: what a month means, alone or with its year.

The functions are anchors, of the kind that `anchoring` describes.
"""

from datetime import date

from helpers.dates.anchoring import LAST, NEXT, STEPS, Context, Meaning, YearPart, means
from helpers.dates.calendar_days import told_of
from helpers.dates.lexicon import Groups
from helpers.dates.numerals import mod, month_number
from helpers.dates.timex import first_day


@means("month")
def month(groups: Groups, context: Context) -> Meaning:
    """A month, alone or with its year."""
    number = month_number(groups["m"])
    part = YearPart(f"{number:02}", mod(groups.get("part")))
    if groups.get("y"):
        return part.of(int(groups["y"]), "month and year printed", "stated")
    if groups.get("sameyear") and (named := first_day(context.named)):
        return part.of(named.year, f"the year named before, {named.year}")
    if context.day is None:
        return part.of_named_year(context, "the year is the one the text named last")
    if groups.get("relyear"):
        year = context.day.year + STEPS[groups["relyear"].lower()]
        return part.of(year, f"counted from {context.day.isoformat()}")
    if relation := (groups.get("rel") or "").lower():
        return _related_month(number, part, relation, context.day)
    return _bare_month(number, part, context, context.day)


def _related_month(number: int, part: YearPart, relation: str, today: date) -> Meaning:
    """Last March, next March, this March."""
    begun = number <= today.month
    if relation in LAST:
        year = today.year - (number >= today.month)
        return part.of(year, f"the last one before {today.isoformat()}")
    if relation in NEXT:
        return part.of(today.year + begun, f"the next one after {today.isoformat()}")
    return part.of(today.year, f"of the year of {today.isoformat()}")


def _bare_month(number: int, part: YearPart, context: Context, today: date) -> Meaning:
    """A month without year: the last one, unless the verb looks ahead or a year was just named."""
    direction, counted = context.tense(), f"from {today.isoformat()}"
    just_over = (today.month - number) % 12 in (1, 2)
    if direction > 0 and not (just_over and context.was_to_come()):
        year = today.year + (number < today.month)
        return part.of(year, f"no year is printed: the verb looks ahead {counted}")
    last = today.year - (number > today.month)
    looks_back = "the verb looks back" if direction else "news mostly looks back"
    reason = f"no year is printed: {looks_back} {counted}"
    since, why = told_of(context)
    if since is not None:
        named = since.year + (number < since.month)
        if named < last:
            return part.of(named, why, others=((part.value(last), reason),))
    if 0 < context.year_before < last:
        why = f"{context.year_before} is the year that the text has named last"
        return part.of(last, reason, others=((part.value(context.year_before), why),))
    return part.of(last, reason)
