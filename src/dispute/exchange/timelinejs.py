"""The chronology as the JSON of TimelineJS 3 (timeline.knightlab.com)."""

import html
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dispute.exchange.entries import account, address, group, headline


def timelinejs(
    entries: pd.DataFrame, disagreements: pd.DataFrame, names: Mapping[str, str], title: str
) -> str:
    """The chronology as JSON text for TimelineJS.

    `entries` and `disagreements`: columns of the tables `chronology` and `disagreements`; `names`:
    actor_id to name. Dates are the bounds; how sure they are stands in `display_date` and the text.
    What has no date can be no event there: the title's text tells it.
    """
    events: list[dict[str, Any]] = []
    undated: list[str] = []
    for entry in entries.itertuples():
        lines = account(entry, disagreements, names)
        if entry.earliest or entry.latest:
            events.append(_event(entry, lines))
        else:
            undated += [headline(entry), *lines]
    if undated:
        undated.insert(0, "Without a date, and so not on the line:")
    timeline = {"scale": "human", "title": {"text": _slide(title, undated)}, "events": events}
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _event(entry: Any, lines: list[str]) -> dict[str, Any]:
    """An entry that has a date. Its end is named where it is another day."""
    text = _slide(headline(entry), lines)
    if source := address(entry):
        text["text"] += f'<p><a href="{html.escape(source)}">source</a></p>'
    first = entry.earliest or entry.latest
    end = {"end_date": _parts(entry.latest)} if entry.latest > first else {}
    return {
        "unique_id": entry.entry_id,
        "group": group(entry),
        "start_date": _parts(first),
        **end,
        "display_date": entry.wording,
        "text": text,
    }


def _slide(title: str, lines: list[str]) -> dict[str, str]:
    """A headline and paragraphs, as HTML that says only these words."""
    paragraphs = [f"<p>{html.escape(line)}</p>" for line in lines]
    return {"headline": html.escape(title), "text": "".join(paragraphs)}


def _parts(day: str) -> dict[str, int]:
    year, month, number = map(int, day.split("-"))
    return {"year": year, "month": month, "day": number}
