"""Passages: the coded units of one coder as records to quote, and which of them stand behind an edge, an event, a cell or a finding."""

import pandas as pd

from helpers.case.schema import UNITS
from helpers.dates import edtf as dates

BASIS = {
    "stated": "printed",
    "resolved": "worked out",
    "approximate": "rough",
    "external": "from an outside source",
    "undated": "not known",
}
BARE = dict.fromkeys(
    [
        "quoted_by",
        "according_to",
        "date_words",
        "date_note",
        "alt_date_edtf",
        "alt_date_note",
        "number_words",
        "polarity",
        "lang",
        "gloss",
        "note",
        "how",
    ],
    "",
)  # what not every unit has


def passages(tables, coder):
    """unit_id to record, for every statement, event mention and relation of a coder (`all`: of every coder), every affiliation, and every paragraph
    that names actors.

    A record holds the columns of its table and `id`, `unit`, `anchor` (its place on the page of its article), `when` (the date in words), `how` (how that is
    known, in words) and `sure` (whether the article itself gives the date, and not roughly). Paragraphs have `actors` and no words.
    """
    found = {}
    for unit, kind in UNITS.items():
        frame = tables[kind.table]
        if "coder" in frame and coder != "all":
            frame = frame[frame.coder == coder]
        for row in frame.to_dict("records"):
            row = {column: "" if pd.isna(value) else value for column, value in row.items()}
            if unit == "affiliation":
                row |= {"when": _held(row["valid_from"], row["valid_to"]), "sure": True}
            else:
                row |= {
                    "when": dates.wording(row["date_edtf"]),
                    "how": BASIS[row["date_basis"]],
                    "sure": row["date_basis"] in ("stated", "resolved")
                    and not dates.is_vague(row["date_edtf"]),
                }
            name = row[kind.id]
            found[name] = BARE | row | {"id": name, "unit": unit, "anchor": name}
    for passage, named in tables["actor_mentions"].groupby("passage_id"):
        start, end = (int(place) for place in passage.rpartition(":")[2].split("-"))
        found[passage] = {
            "id": passage,
            "unit": "passage",
            "anchor": f"p{start}-{end}",
            "article_id": named.article_id.iloc[0],
            "start": start,
            "end": end,
            "actors": sorted(set(named.actor_id)),
        }
    return found


def _held(since, until):
    """What is known of the time of an office: a day on which it was held already, and one by which it had ended."""
    known = [
        words + dates.wording(day)
        for words, day in (("known from ", since), ("ended by ", until))
        if day
    ]
    return ", ".join(known) or dates.wording("")


def by_edge(tables, found):
    """edge_id to the records behind it, in the order of article and place."""
    behind = {}
    for row in tables["edge_evidence"].itertuples():
        if row.unit_id in found:
            behind.setdefault(row.edge_id, []).append(found[row.unit_id])
    return {edge: in_order(records) for edge, records in behind.items()}


def place_in_time(record):
    """The day by which a record is put in order of time; records of no date come last."""
    return dates.place_in_time(record.get("earliest", ""), record.get("latest", ""))


def in_order(records):
    """Records in the order of article, place and id."""
    return sorted(
        records,
        key=lambda record: (record["article_id"], record["start"], record["end"], record["id"]),
    )


def of_ids(ids, found):
    """The records of a cell of ids parted by `;`. An event's id stands for its mentions; an id that is no passage is left out."""
    mentions = {}
    for record in found.values():
        if record["unit"] == "event-mention":
            mentions.setdefault(record["event_id"], []).append(record)
    chosen = {
        record["id"]: record
        for one in ids.split(";")
        if one
        for record in ([found[one]] if one in found else mentions.get(one, []))
    }
    return in_order(chosen.values())
