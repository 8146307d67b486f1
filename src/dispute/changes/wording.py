"""The pieces of a sentence on a change."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

# Processed tables by name.
Tables = Mapping[str, pd.DataFrame]


class Change(NamedTuple):
    """A change: its kind, what is told, the ids behind it parted by ";", and a page of the site."""

    kind: str
    sentence: str
    evidence: str
    page: str = ""


def shown(value: Any) -> str:
    """A cell in a sentence; an empty one is `nothing`."""
    return "nothing" if pd.isna(value) or str(value) == "" else str(value)


def short(quote: Any) -> str:
    """The words of a quote on one line, cut to 88 characters where they are more than 90."""
    words = " ".join(str(quote).split())
    return words if len(words) <= 90 else words[:87] + "…"


def two_decimals(value: Any) -> str:
    """A number with two decimals; `not given` where there is none."""
    return "not given" if pd.isna(value) else f"{value:.2f}"


def differing(one: pd.Series, other: pd.Series, columns: Iterable[str]) -> list[str]:
    """The columns in which two rows hold other words."""
    return [column for column in columns if str(one[column]) != str(other[column])]


def actor_names(tables: Tables) -> dict[str, str]:
    """actor_id to name."""
    return dict(zip(tables["actors"].actor_id, tables["actors"]["name"], strict=True))
