"""An entry of the chronology in words: what a calendar or a timeline cannot say by its place.

An entry is a row of the table `chronology`; `disagreements` is the table of that name; `names` maps
actor_id to name.
"""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dispute.exchange.texts import one_line
from helpers.analysis.chronology import kind

GROUPS = {
    "reported": "Reported by the articles",
    "claimed": "Claimed",
    "context": "From outside the articles",
}
MARKS = {"claimed": "Claimed: ", "context": "From outside: "}
BASES = {
    "stated": "The date is printed whole in an article.",
    "resolved": "The date was worked out from the words of an article.",
    "approximate": "The text gives the date only roughly.",
    "external": "The date comes from an outside source.",
    "undated": "No date is known.",
}


def group(entry: Any) -> str:
    """Whose an entry is, in words: of the articles, of one who claims it, or from outside."""
    return GROUPS[kind(entry)]


def headline(entry: Any) -> str:
    """What happened, marked where it is only claimed or comes from outside."""
    return MARKS.get(kind(entry), "") + one_line(entry.event)


def account(entry: Any, disagreements: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """What a date or a colour cannot say, as sentences: when, by whose account, what differs."""
    lines = [f"When: {entry.wording}. {BASES[entry.date_basis]}"]
    if kind(entry) == "claimed":
        claimants = ", ".join(names.get(actor, actor) for actor in entry.claimants.split(";"))
        lines.append(f"A claim by {claimants}; no article tells it in its own voice.")
    for matter in filter(None, entry.matters.split(";")):
        sides = "; or ".join(_sides(entry, matter, disagreements))
        lines.append(f"The accounts differ ({matter}): {sides}.")
    if entry.outside_event:
        lines.append(f"Also from outside: {entry.outside_event}.")
    lines.append(f"Source: {entry.source_text}.")
    return [one_line(line) for line in lines]


def _sides(entry: Any, matter: str, disagreements: pd.DataFrame) -> pd.Series:
    """What the sides say on a matter of an entry, in words."""
    of_entry = ("corpus." + disagreements.event_id).isin(entry.members.split(";"))
    return disagreements.wording[of_entry & (disagreements.matter == matter)]


def address(entry: Any) -> str:
    """The address of the outside source where it is one of the web, else nothing."""
    return entry.source_url if re.fullmatch(r"https?://[!-~]+", entry.source_url) else ""
