"""Chronology: mentions of events become events, each with its best date and every other reading of it."""
import pandas as pd

from helpers import dates

CERTAINTY = ["stated", "resolved", "approximate", "external", "undated"]
EVENTS = ["event_id", "event", "date_edtf", "date_basis", "wording", "earliest", "latest", "place", "participants", "n_mentions", "n_articles", "n_readings"]
READINGS = ["event_id", "date_edtf", "mention_id", "article_id", "reason"]


def readings(mentions):
    """Every date that an account gives an event, the second readings too, with the reason: one row for each."""
    first = mentions.assign(reason=mentions.date_note)[READINGS]
    second = mentions.assign(date_edtf=mentions.alt_date_edtf, reason=mentions.alt_date_note)[READINGS]
    both = pd.concat([first, second], ignore_index=True)
    return both[both.date_edtf != ""].sort_values(["event_id", "date_edtf", "mention_id"], ignore_index=True)


def rival(values):
    """The different dates among EDTF values that no other one of them makes more precise, sorted."""
    spans = {value: dates.bounds(value) for value in set(values)}
    narrower = lambda a, b: spans[b] != spans[a] and spans[a][0] <= spans[b][0] and spans[b][1] <= spans[a][1]
    kept = [value for value in spans if not any(narrower(value, other) for other in spans)]
    return sorted({spans[value]: value for value in sorted(kept)}.values())


def events(mentions):
    """Event mentions of one coder to events, one row each.

    The best account comes first: by basis (stated before resolved, approximate, external, undated), then the narrower date,
    then article and place in it. It gives the event its date and its sentence. Participants are those of all accounts.
    """
    rows = []
    all_readings = readings(mentions)
    for event_id, group in mentions.groupby("event_id", sort=True):
        best = min(group.itertuples(), key=_rank)
        earliest, latest = dates.days(best.date_edtf)
        participants = sorted({actor for cell in group.participants if cell for actor in cell.split(";")})
        rivals = rival(all_readings.loc[all_readings.event_id == event_id, "date_edtf"])
        place = next((cell for cell in [best.place, *group.place] if cell), "")
        rows.append((event_id, best.description, best.date_edtf, best.date_basis, dates.wording(best.date_edtf), earliest, latest,
                     place, ";".join(participants), len(group), group.article_id.nunique(), len(rivals)))
    return pd.DataFrame(rows, columns=EVENTS).pipe(in_order, "event_id")


def _rank(mention):
    if mention.date_edtf:
        first, last = dates.bounds(mention.date_edtf)
        width = (last - first).days
    else:
        width = 10 ** 7
    return CERTAINTY.index(mention.date_basis), width, mention.article_id, mention.start, mention.mention_id


def chronology(events, mentions, context):
    """Events of the corpus and context events in one order of time. A context event is named by its row in the file."""
    sources = mentions.groupby("event_id").article_id.agg(lambda ids: "; ".join(sorted(set(ids))))
    corpus = events.assign(entry_id="corpus." + events.event_id, layer="corpus", source_text=events.event_id.map(sources), source_url="")
    days = [dates.days(value) for value in context.date_edtf]
    outside = context.assign(
        entry_id=[f"context.{row + 2:03}" for row in context.index], layer="context",
        date_basis="external", wording=[dates.wording(value) for value in context.date_edtf],
        earliest=[first for first, _ in days], latest=[last for _, last in days], source_text=context.source)
    columns = ["entry_id", "layer", "date_edtf", "date_basis", "wording", "earliest", "latest", "event", "source_text", "source_url"]
    both = pd.concat([corpus[columns], outside[columns]], ignore_index=True)
    return in_order(both, "entry_id")


def in_order(frame, key):
    """Rows in order of time: by first day, where open by the last; undated ones at the end, equal ones by their id."""
    begin = frame.earliest.where(frame.earliest != "", frame.latest).replace("", "9999")
    return frame.assign(begin=begin).sort_values(["begin", "latest", key], ignore_index=True)[list(frame)]
