"""Disagreements: where accounts of one event differ, shown with both sides and never resolved.

`accounts` is the table that `chronology.accounts` makes. Only what is affirmed gives a date, a
number or a participant; a denial differs from what it denies.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

import pandas as pd

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

    The sides of one event and matter belong together. A side holds its mention ids and quotes.

    - date: days that exclude each other, second readings included.
    - number: different numbers of the same thing (`number_of`).
    - who: each side names a participant whom the other does not (what one teller says in one
      article is taken together); it need not be a contradiction.
    - whether: one affirms the event, another denies it.

    `names`: actor_id to name, for the wording.
    """
    rows = []
    for event_id, group in accounts.groupby("event_id", sort=True):
        quotes = dict(zip(group.mention_id, group.quote, strict=True))
        sides_of = {
            "date": _dates(group),
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
                        "words": _joined(quotes[mention] for mention in side.mention_ids),
                        "reason": _joined(side.reasons),
                    }
                )
    return pd.DataFrame(rows, columns=columns("disagreements"))


def _joined(texts: Iterable[str]) -> str:
    """Texts side by side, each once, empty ones left out."""
    return " | ".join(dict.fromkeys(filter(None, texts)))


def _dates(group: pd.DataFrame) -> list[_Side]:
    given = readings(group)
    rivals = rival(given.date_edtf)
    if len(rivals) < 2:
        return []
    spans = [bounds(value) for value in given.date_edtf]
    sides = []
    for value in rivals:
        rows = given[[span == bounds(value) for span in spans]]
        sides.append(_Side(value, wording(value), sorted(set(rows.mention_id)), rows.reason))
    return sides


def _numbers(group: pd.DataFrame) -> list[_Side]:
    counted = group[group.number.notna() & (group.polarity == "affirmed")]
    sides = []
    for what, rows in counted.groupby("number_of", sort=True):
        if rows.number.nunique() < 2:
            continue
        for value, alike in rows.groupby("number", sort=True):
            reading, words = f"{value:.15g} {what}", f"{value:,.15g} {what}"
            sides.append(_Side(reading, words, sorted(alike.mention_id)))
    return sides


def _participants(group: pd.DataFrame, names: Mapping[str, str]) -> list[_Side]:
    naming = group[(group.participants != "") & (group.polarity == "affirmed")]
    tellers = [
        (set(";".join(rows.participants).split(";")), list(rows.mention_id))
        for _, rows in naming.groupby(["article_id", "according_to"], sort=True)
    ]
    everybody = [actors for actors, _ in tellers]
    mentions: dict[str, list[str]] = {}
    for actors, mention_ids in tellers:
        if not any(actors < others for others in everybody):
            mentions.setdefault(";".join(sorted(actors)), []).extend(mention_ids)
    if len(mentions) < 2:
        return []
    sides = []
    for reading, mention_ids in sorted(mentions.items()):
        words = ", ".join(names.get(actor, actor) for actor in reading.split(";"))
        sides.append(_Side(reading, words, sorted(mention_ids)))
    return sides


def _polarities(group: pd.DataFrame) -> list[_Side]:
    words = {"affirmed": "it happened", "denied": "it did not happen"}
    sides = [
        _Side(polarity, words[polarity], sorted(rows.mention_id))
        for polarity, rows in group.groupby("polarity", sort=True)
    ]
    return sides if len(sides) > 1 else []
