"""Swahili days and months: by their names, and by their numbers (`mwezi wa nane`).

The functions are anchors, of the kind that `anchoring` describes. No native reader has checked
what they say yet.
"""

import calendar

from helpers.dates.anchoring import Context, Meaning, means
from helpers.dates.calendar_days import full, month
from helpers.dates.lexicon import Groups
from helpers.dates.numerals import number

# The year before a year, this one and the next, in Swahili.
MWAKA = {"jana": "last", "huu": "this", "ujao": "next"}


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
    name = _swahili_month_name(groups["mm"]) or groups["m"] or groups["m2"] or groups["m3"]
    if not name:
        return None
    relation = (groups["rel"] or groups["rel2"] or "").lower()
    year = {"y": groups["y"] or groups["y2"], "relyear": MWAKA.get(relation)}
    return month({"m": name, "part": groups["part"], **year}, context)
