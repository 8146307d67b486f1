"""Coded rows for the tests of findings, each made by one short word."""

from itertools import count

from helpers.analysis.coded_rows import MENTION, STATEMENT, TIE, Coding, Row
from helpers.dates.edtf import days

SCALE = {-2: "against", 0: "neutral", 1: "conditional", 2: "for"}
PERIODS = {"spring": ("2019-03-01", "2019-05-31"), "summer": ("2019-06-01", "2019-08-31")}
STANCE = {side: stance for stance, side in SCALE.items()}
_number = count(1)


def dates(day, alt):
    """The date of a row and its other reading; its bounds hold both."""
    known = [days(one) for one in (day, alt) if one]
    first = min((first for first, _ in known), default="")
    last = max((last for _, last in known), default="")
    return {"date_edtf": day, "alt": alt, "earliest": first, "latest": last}


def says(actor, side, issue="audit", article="x", day="", alt="", **more):
    """A statement; each stands behind the one made before it."""
    at = next(_number)
    row = Row(STATEMENT, f"s{at:05}", article, 10 * at, 10 * at + 5, actor, issue)
    row = row._replace(stance=STANCE[side], side=side, **dates(day, alt))
    return row._replace(**more)


def tells(event, teller="", article="x", day="", alt=""):
    """An event mention."""
    at = next(_number)
    row = Row(MENTION, f"m{at:05}", article, 10 * at, 10 * at + 5, "", event, teller=teller)
    return row._replace(words=f"The {event}.", **dates(day, alt))


def ties(actor, relation, other, teller="", article="x"):
    """A relation mention."""
    at = next(_number)
    row = Row(TIE, f"r{at:05}", article, 10 * at, 10 * at + 5, actor, relation)
    return row._replace(other=other, teller=teller)


def coding(*rows):
    """Rows as a coding."""
    return Coding(tuple(rows), SCALE, PERIODS)
