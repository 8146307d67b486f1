"""Disagreements: where accounts of one event differ, shown with both sides and never resolved.

`accounts` is the table that `chronology.accounts` makes. Only what is affirmed gives a date, a
number or a participant; a denial differs from what it denies.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.by_account import claimants
from helpers.case.schema import columns
from helpers.dates.edtf import bounds, wording


def readings(accounts: pd.DataFrame) -> pd.DataFrame:
    """Every date that an account gives its event, the second readings too: one row for each.

    Columns event_id, date_edtf, mention_id, article_id, and the reason for the reading.
    """
    affirmed = accounts[accounts.polarity == "affirmed"]
    second = affirmed.assign(date_edtf=affirmed.alt_date_edtf, date_note=affirmed.alt_date_note)
    both = pd.concat([affirmed, second], ignore_index=True).rename(columns={"date_note": "reason"})
    dated = both.loc[
        both.date_edtf != "", ["event_id", "date_edtf", "mention_id", "article_id", "reason"]
    ]
    return dated.sort_values(["event_id", "date_edtf", "mention_id"], ignore_index=True)


def by_event(rows: pd.DataFrame) -> dict[str, list[Any]]:
    """event_id to its rows as tuples with names, events in the order of their ids."""
    ordered = rows.sort_values("event_id", kind="stable").itertuples(index=False)
    return {event: list(group) for event, group in groupby(ordered, key=attrgetter("event_id"))}


def rival(values: Iterable[str]) -> list[str]:
    """The different dates among EDTF values that no other one of them makes more precise, sorted.

    Of values with the same first and last day, the last in order stands for all.
    """
    spans = {value: bounds(value) for value in set(values)}
    by_span = {}
    for value in sorted(spans):
        if not any(_is_narrower(other, spans[value]) for other in spans.values()):
            by_span[spans[value]] = value
    return sorted(by_span.values())


def _is_narrower(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether a span lies in another that is longer."""
    return one != other and other[0] <= one[0] and one[1] <= other[1]


class _Side(NamedTuple):
    """What some accounts say: in short and in words, their mention ids, and their reasons."""

    reading: str
    wording: str
    mention_ids: list[str]
    reasons: Iterable[str] = ()


def disagreements(accounts: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Where accounts of one event differ: the table `disagreements`, one side a row.

    The sides of one event and matter belong together. A side holds its mention ids, quotes and
    those who claim it.

    - date: days that exclude each other, second readings included.
    - number: different numbers of the same thing (`number_of`).
    - who: one account says that those whom it names are all who took part (`participants_all`),
      and another teller names somebody else. Both cannot be true then. Where no account says so,
      they may name different parts of one happening, which is no disagreement.
    - whether: one affirms the event, another denies it.

    `names`: actor_id to name, for the wording.
    """
    given = by_event(readings(accounts))
    rows = []
    for event_id, group in by_event(accounts).items():
        quotes = {account.mention_id: account.quote for account in group}
        told_by = {account.mention_id: account.according_to for account in group}
        sides_of = {
            "date": _dates(given.get(event_id, [])),
            "number": _numbers(group),
            "who": _participants(group, names or {}),
            "whether": _polarities(group),
        }
        for matter, sides in sides_of.items():
            for number, side in enumerate(sides, start=1):
                rows.append(
                    {
                        "event_id": event_id,
                        "matter": matter,
                        "side_no": number,
                        "reading": side.reading,
                        "wording": side.wording,
                        "n_accounts": len(side.mention_ids),
                        "mention_ids": ";".join(side.mention_ids),
                        "claimants": claimants(told_by[one] for one in side.mention_ids),
                        "words": _joined(quotes[mention] for mention in side.mention_ids),
                        "reason": _joined(side.reasons),
                    }
                )
    return pd.DataFrame(rows, columns=columns("disagreements"))


def _joined(texts: Iterable[str]) -> str:
    """Texts side by side, each once, empty ones left out."""
    return " | ".join(dict.fromkeys(filter(None, texts)))


def _dates(given: list[Any]) -> list[_Side]:
    """`given`: the readings of one event."""
    rivals = rival(reading.date_edtf for reading in given)
    if len(rivals) < 2:
        return []
    spans = [bounds(reading.date_edtf) for reading in given]
    sides = []
    for value in rivals:
        pairs = zip(given, spans, strict=True)
        alike = [reading for reading, span in pairs if span == bounds(value)]
        mention_ids = sorted({reading.mention_id for reading in alike})
        reasons = [reading.reason for reading in alike]
        sides.append(_Side(value, wording(value), mention_ids, reasons))
    return sides


def _numbers(group: list[Any]) -> list[_Side]:
    counted: dict[str, dict[float, list[str]]] = {}
    for account in group:
        if pd.notna(account.number) and account.polarity == "affirmed":
            of_number = counted.setdefault(account.number_of, {})
            of_number.setdefault(float(account.number), []).append(account.mention_id)
    sides = []
    for what, of_number in sorted(counted.items()):
        if len(of_number) < 2:
            continue
        for value, mention_ids in sorted(of_number.items()):
            reading, words = f"{value:.15g} {what}", f"{value:,.15g} {what}"
            sides.append(_Side(reading, words, sorted(mention_ids)))
    return sides


class _Teller(NamedTuple):
    """Whom one teller names of an event, and whether he says that these are all."""

    actors: set[str]
    mention_ids: list[str]
    is_whole: bool

    def excludes(self, other: "_Teller") -> bool:
        """Whether this account leaves no place for somebody whom the other names."""
        return self.is_whole and bool(other.actors - self.actors)


def _participants(group: list[Any], names: Mapping[str, str]) -> list[_Side]:
    """An article in its own voice is one teller, and so is a claimant, in whatever article."""
    tellers: dict[tuple[str, str], _Teller] = {}
    for account in group:
        if account.participants and account.polarity == "affirmed":
            own = "" if account.according_to else account.article_id
            key = account.according_to, own
            one = tellers.get(key, _Teller(set(), [], False))
            actors = one.actors | set(account.participants.split(";"))
            is_whole = one.is_whole or account.participants_all == "yes"
            tellers[key] = _Teller(actors, [*one.mention_ids, account.mention_id], is_whole)
    every = list(tellers.values())
    mentions: dict[str, list[str]] = {}
    for one in every:
        if any(one.excludes(other) or other.excludes(one) for other in every):
            mentions.setdefault(";".join(sorted(one.actors)), []).extend(one.mention_ids)
    sides = []
    for reading, mention_ids in sorted(mentions.items()):
        words = ", ".join(names.get(actor, actor) for actor in reading.split(";"))
        sides.append(_Side(reading, words, sorted(mention_ids)))
    return sides


def _polarities(group: list[Any]) -> list[_Side]:
    words = {"affirmed": "it happened", "denied": "it did not happen"}
    mentions: dict[str, list[str]] = {}
    for account in group:
        mentions.setdefault(account.polarity, []).append(account.mention_id)
    if len(mentions) < 2:
        return []
    return [
        _Side(polarity, words[polarity], sorted(mention_ids))
        for polarity, mention_ids in sorted(mentions.items())
    ]
