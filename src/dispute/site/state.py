"""State: by what the views are filtered together, and what of it each mark and row carries.

A reader sets an actor, an issue, a period, two days, a camp, a certainty and an account once; the
address holds them, and network, chronology, stances and their tables all show what fits. Marks and
rows carry the same attributes, so one script moves both. What is not known is left out: a view
whose marks know nothing of a matter is not filtered by it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, cast

from dispute.site.lookups import Site, joined
from dispute.site.passages import Coded, Record
from helpers.analysis import chronology
from helpers.dates.edtf import is_vague, within

# Spans of time that a mark names at most; of more, those that lie nearest are joined.
SPANS = 8
# By whose account something stands, and how sure its date is, in words.
ACCOUNTS = {
    "own": "the articles' own voice",
    "claimed": "claimed by somebody",
    "outside": "from outside the articles",
}
CERTAINTY = {
    "sure": "printed, or worked out from its text",
    "unsure": "rough, open, not known or from elsewhere",
}
# What a mark need not say: the script takes it for granted.
USUAL = {"account": "own", "certainty": "sure"}
# The kind of an entry of the chronology to its account.
OF_KIND = {"reported": "own", "claimed": "claimed", "context": "outside"}

State = dict[str, str]


class Option(NamedTuple):
    """A value to choose: as the address has it, in words, and as a mark has it."""

    value: str
    words: str
    mark: str


class Choice(NamedTuple):
    """Something to filter by: its key in the address, what it is called, and its values."""

    key: str
    label: str
    options: list[Option]


def choices(site: Site) -> list[Choice]:
    """What the views are filtered by from a list, without what offers no choice."""
    heads = sorted({camp for camp in site.camps.values() if camp}, key=site.name)
    spans_of = site.case.period_spans()
    periods = {one: with_years(label, spans_of[one]) for one, label in site.periods.items()}
    issues = [Option(one, label, site.numbers[one]) for one, label in site.labels.items()]
    certainty, accounts = _there(site)
    every = [
        Choice("issue", "issue", issues),
        Choice("period", "period", [_same(one, when) for one, when in periods.items()]),
        Choice("camp", "camp", [_same(camp, site.name(camp)) for camp in heads]),
        Choice("certainty", "date", [_same(one, CERTAINTY[one]) for one in certainty]),
        Choice("account", "account", [_same(one, ACCOUNTS[one]) for one in accounts]),
    ]
    return [choice for choice in every if len(choice.options) > 1]


def _there(site: Site) -> tuple[list[str], list[str]]:
    """The certainties and the accounts that some passage or event has."""
    records = list(site.passages.values())
    events = list(site.tables["chronology"].itertuples())
    dated = (cast(Coded, record) for record in records if record.get("how"))
    certain = {*map(_certainty, dated), *map(_of_date, events)}
    told = {*account_of(records).split(), *(OF_KIND[chronology.kind(e)] for e in events)}
    return [one for one in CERTAINTY if one in certain], [one for one in ACCOUNTS if one in told]


def _certainty(record: Coded) -> str:
    return "sure" if record["sure"] else "unsure"


def _of_date(entry: Any) -> str:
    """How certain the date of an entry of the chronology is."""
    known = entry.layer == "context" or entry.date_basis in ("stated", "resolved")
    return "sure" if known and not is_vague(entry.date_edtf) else "unsure"


def _same(value: str, words: str) -> Option:
    return Option(value, words, value)


def with_years(label: str, span: str) -> str:
    """A period as one reads it in a list: its label and its years.

    `span`: its EDTF interval. A label that names the years already stays as it is.
    """
    first, _, last = span.partition("/")
    years = [_year_in(first), _year_in(last or first)]
    if not any(years) or all(year in label for year in years):
        return label
    return f"{label}, {years[0] if years[0] == years[1] else '–'.join(years)}"


def _year_in(day: str) -> str:
    found = re.search(r"\d{4}", day)
    return found[0] if found else ""


def of_records(site: Site, actors: Iterable[str], records: Sequence[Record], account: str) -> State:
    """The attributes of a mark or row that rests on passages of some actors."""
    who = sorted({actor for actor in actors if actor})
    dated = [cast(Coded, record) for record in records if record.get("how")]
    return _attributes(
        actors=" ".join(who),
        camp=joined(site.camps.get(actor) for actor in who),
        issue=joined(site.numbers.get(r["issue"]) for r in records if r["unit"] == "statement"),
        period=joined(record["period"] for record in records),
        days=spans((record["earliest"], record["latest"]) for record in dated),
        certainty=joined(map(_certainty, dated)),
        account=account,
    )


def account_of(records: Iterable[Record]) -> str:
    """The accounts on which some passages stand."""
    told = (record.get("quoted_by") or record.get("according_to") for record in records)
    return joined("claimed" if teller else "own" for teller in told)


def of_entry(site: Site, entry: Any, actors: Iterable[str]) -> State:
    """The attributes of an entry of the chronology; `actors` took part in it or claim it."""
    who = sorted({actor for actor in actors if actor})
    limits = site.case.period_spans().items()
    return _attributes(
        actors=" ".join(who),
        camp=joined(site.camps.get(actor) for actor in who),
        period=joined(name for name, span in limits if within(entry.date_edtf, span)),
        days=spans([(entry.earliest, entry.latest)]),
        certainty=_of_date(entry),
        account=OF_KIND[chronology.kind(entry)],
    )


def _attributes(**values: str) -> State:
    """Attributes without those that are empty, or as they are nearly everywhere (`USUAL`)."""
    return {f"data-{k}": value for k, value in values.items() if value not in ("", USUAL.get(k))}


def spans(days: Iterable[tuple[str, str]]) -> str:
    """Spans of time as an attribute holds them: `first/last`, one day alone, parted by blanks.

    Spans that overlap are one; of more than `SPANS`, those that lie nearest are joined. A side that
    is open is empty.
    """
    known = sorted({(first, last or "9999") for first, last in days if first or last})
    apart: list[tuple[str, str]] = []
    for first, last in known:
        if apart and first <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(last, apart[-1][1])
        else:
            apart.append((first, last))
    if len(apart) > SPANS:
        gaps = [_days_between(one[1], other[0]) for one, other in pairwise(apart)]
        widest = sorted(range(len(gaps)), key=lambda n: (gaps[n], n))[len(gaps) - SPANS + 1 :]
        ends = [*sorted(widest), len(gaps)]
        begins = [0, *(n + 1 for n in ends[:-1])]
        apart = [(apart[n][0], apart[m][1]) for n, m in zip(begins, ends, strict=True)]
    return " ".join(_span(*one) for one in apart)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last.replace('9999', '')}"


def _days_between(one: str, other: str) -> int:
    """About how many days lie between two days."""
    pairs = zip(one.split("-"), other.split("-"), (372, 31, 1), strict=True)
    return sum(weight * (int(second) - int(first)) for first, second, weight in pairs)
