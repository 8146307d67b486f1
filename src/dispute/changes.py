"""What changed between two sets of processed tables, in sentences, each with the ids behind it; and the same as an Atom feed. Pure: tables in, table or text out."""

import uuid
import xml.etree.ElementTree as ET

import pandas as pd

from helpers.case.schema import CODED
from helpers.dates import edtf as dates

COLUMNS = ["change_id", "kind", "sentence", "evidence", "page"]
NONE = pd.DataFrame(columns=COLUMNS)
TURN = ["actor_id", "issue", "from_stance", "to_stance", "from_date_edtf", "to_date_edtf"]
PLACE, WORDING = (
    ["article_id", "start", "end"],
    {
        "statements": ["speaker", "on_behalf_of", "quoted_by", "issue", "stance", "date_edtf"],
        "event_mentions": [
            "event_id",
            "date_edtf",
            "place",
            "participants",
            "according_to",
            "polarity",
            "number",
            "description",
        ],
        "relations": ["source", "relation", "target", "sign", "date_edtf", "according_to"],
    },
)


def changes(old, new):
    """The changes from `old` to `new` (processed tables by name) as a table: `change_id`, `kind`, `sentence`, `evidence` (ids parted by ";"), `page`
    (where the site tells of it, besides the evidence).

    Kinds: articles that are new or gone; statements, event mentions and relation mentions that are new, withdrawn, moved to another place in the text or coded
    otherwise; events from outside that are new, gone or dated otherwise; edges that appeared, went or turned (between agreement and disagreement, or to another
    sign); positions that changed. Empty where nothing did.
    """
    pages = {article: f"evidence/{article}.html" for article in new["articles"].article_id}
    rows = _articles(old, new, pages)
    for unit in CODED.values():
        before, now = (tables[unit.table].set_index(unit.id) for tables in (old, new))
        rows += _units(before, now, unit.table, unit.noun, pages)
    rows += _context(old, new) + [(*row, "") for row in _edges(old, new) + _positions(old, new)]
    return pd.DataFrame(
        [(f"{number:04}", *row) for number, row in enumerate(rows, start=1)], columns=COLUMNS
    )


def _articles(old, new, pages):
    before, now = (
        dict(
            zip(
                tables["articles"].article_id,
                zip(tables["articles"].title, tables["articles"].publisher),
            )
        )
        for tables in (old, new)
    )
    return [
        ("article", f"New article: “{now[a][0]}” ({_none(now[a][1])}).", a, pages[a])
        for a in sorted(now.keys() - before.keys())
    ] + [
        ("article", f"Article withdrawn: “{before[a][0]}” ({_none(before[a][1])}).", a, "")
        for a in sorted(before.keys() - now.keys())
    ]


def _matched(before, now, same):
    """The rows of two tables that are one thing, as pairs of their ids: by id, else by what `same(row)` gives; then the ids that are new, and those that are gone."""
    fresh, lost, waiting = (
        sorted(set(now.index) - set(before.index)),
        sorted(set(before.index) - set(now.index)),
        {},
    )
    for one in lost:
        waiting.setdefault(same(before.loc[one]), []).append(one)
    pairs = [(one, one) for one in sorted(set(before.index) & set(now.index))]
    pairs += [
        (waiting[thing].pop(0), other)
        for other in fresh
        for thing in [same(now.loc[other])]
        if waiting.get(thing)
    ]
    known = {one for pair in pairs for one in pair}
    return (
        pairs,
        [one for one in fresh if one not in known],
        [one for one in lost if one not in known],
    )


def _units(before, now, table, word, pages):
    """New, withdrawn, moved and otherwise coded units of one kind. A passage that was renamed only is none of these."""
    pairs, fresh, lost = _matched(
        before,
        now,
        lambda row: tuple(str(row[column]) for column in ("coder", *PLACE, *WORDING[table])),
    )
    told = [
        (
            word,
            f"New {word} in {row.article_id} ({row.coder}): “{_short(row.quote)}”.",
            unit,
            pages[row.article_id],
        )
        for unit in fresh
        for row in [now.loc[unit]]
    ]
    told += [
        (
            word,
            f"Withdrawn {word} of {row.article_id} ({row.coder}): “{_short(row.quote)}”.",
            unit,
            pages.get(row.article_id, ""),
        )
        for unit in lost
        for row in [before.loc[unit]]
    ]
    for earlier, unit in pairs:
        one, other = before.loc[earlier], now.loc[unit]
        page = pages[other.article_id]
        if any(str(one[c]) != str(other[c]) for c in PLACE):
            told.append(
                (
                    word,
                    f"Moved {word}: from {one.article_id} {one.start}-{one.end} to {other.article_id} {other.start}-{other.end}.",
                    unit,
                    page,
                )
            )
        said = [
            f"{c} {_none(one[c])} → {_none(other[c])}"
            for c in WORDING[table]
            if str(one[c]) != str(other[c])
        ]
        if said:
            told.append(
                (
                    word,
                    f"Coded otherwise, {word} {unit}: {'; '.join(said).rstrip('.')}.",
                    unit,
                    page,
                )
            )
    return told


def _context(old, new):
    """Events from outside the corpus, told apart by their words; an entry of the chronology is named by its row, which may change."""
    before, now = (
        frame.drop_duplicates(["event", "date_edtf"]).set_index(["event", "date_edtf"], drop=False)
        for tables in (old, new)
        for frame in [tables["chronology"][lambda f: f.layer != "corpus"]]
    )
    pairs, fresh, lost = _matched(before, now, lambda row: row.event)
    told = [
        (
            "context event",
            f"New event from outside: {_short(event)} ({_none(day)}).",
            "",
            "events.html",
        )
        for event, day in fresh
    ]
    told += [
        ("context event", f"Event from outside withdrawn: {_short(event)} ({_none(day)}).", "", "")
        for event, day in lost
    ]
    return told + [
        (
            "context event",
            f"Event from outside dated otherwise, {_none(one[1])} → {_none(other[1])}: {_short(other[0])}.",
            "",
            "events.html",
        )
        for one, other in pairs
        if one != other
    ]


def _edges(old, new):
    """Edges by network and ends; an edge that turned is told once, as such."""
    told, behind = [], {}
    for tables in (old, new):
        for edge, unit in zip(tables["edge_evidence"].edge_id, tables["edge_evidence"].unit_id):
            behind.setdefault(edge, set()).add(unit)
    before, now = (tables["edges"].set_index("edge_id") for tables in (old, new))
    names = {
        **dict(zip(old["actors"].actor_id, old["actors"].name)),
        **dict(zip(new["actors"].actor_id, new["actors"].name)),
    }
    words = lambda edge: (
        f"{names.get(edge.source, edge.source)} and {names.get(edge.target, edge.target)} ({' '.join(filter(None, (edge.network, edge.relation)))})"
    )
    stances = {"congruence": "agree", "conflict": "disagree"}
    ends = lambda frame: {
        network: {
            frozenset((e.source, e.target)) for e in frame[frame.network == network].itertuples()
        }
        for network in stances
    }
    was, are, turned = ends(before), ends(now), set()
    for one, other in (("congruence", "conflict"), ("conflict", "congruence")):
        for pair in (was[one] - was[other]) & (are[other] - are[one]):
            turned.add(pair)
            a, b = sorted(pair)
            units = sorted(
                set().union(
                    *(
                        behind.get(e.Index, set())
                        for f in (before, now)
                        for e in f.itertuples()
                        if e.network in stances and {e.source, e.target} == pair
                    )
                )
            )
            told.append(
                (
                    "edge",
                    f"{names.get(a, a)} and {names.get(b, b)}, who did {stances[one]}, now {stances[other]}.",
                    ";".join(units),
                )
            )
    told.sort()
    evidence = lambda edge: ";".join(sorted(behind.get(edge, set())))
    pairs, fresh, lost = _matched(
        before, now, lambda row: (row.network, row.source, row.target, str(row.relation))
    )
    for frame, ids, happened in ((now, fresh, "New edge"), (before, lost, "Edge gone")):
        for edge in ids:
            row = frame.loc[edge]
            if row.network not in stances or frozenset((row.source, row.target)) not in turned:
                told.append(("edge", f"{happened}: {words(row)}.", evidence(edge)))
    for one, other in pairs:
        if str(before.sign[one]) != str(now.sign[other]):
            told.append(
                (
                    "edge",
                    f"Edge of another sign, {before.sign[one]} → {now.sign[other]}: {words(now.loc[other])}.",
                    evidence(other),
                )
            )
    return told


def _positions(old, new):
    """Mean stances of an actor on an issue in a period that are another value now; and changes from one time to another that are told anew or no more."""
    keys = ["actor_id", "capacity", "issue", "period"]
    before, now = (tables["stance_table"].set_index(keys) for tables in (old, new))
    names, labels = (
        dict(zip(new["actors"].actor_id, new["actors"].name)),
        dict(zip(new["issues"].issue, new["issues"].label)),
    )
    told = []
    for key in sorted(set(before.index) & set(now.index)):
        one, other = before.loc[key], now.loc[key]
        if (str(one.mean_stance), one.n) != (str(other.mean_stance), other.n):
            actor, capacity, issue, period = key
            told.append(
                (
                    "position",
                    f"{names.get(actor, actor)} on “{labels.get(issue, issue)}” ({period}, {capacity}): mean stance {_number(one.mean_stance)} → {_number(other.mean_stance)}, n {one.n} → {other.n}.",
                    other.statement_ids,
                )
            )
    earlier, later = _turns(old), _turns(new)
    for turns, others, happened in (
        (earlier, later, "No longer told as a change of position"),
        (later, earlier, "A change of position"),
    ):
        for key in sorted(turns.keys() - others.keys(), key=str):
            actor, issue, stance, other, since, until = key
            told.append(
                (
                    "position",
                    f"{happened}: {names.get(actor, actor)} on “{labels.get(issue, issue)}”, stance {stance} ({dates.wording(since)}) → {other} ({dates.wording(until)}).",
                    ";".join(turns[key]),
                )
            )
    return told


def _turns(tables):
    """Changes from one time to another: what turned, to the statements behind it."""
    found = {}
    for row in tables["position_changes"].itertuples():
        found.setdefault(tuple(getattr(row, column) for column in TURN), {}).update(
            dict.fromkeys((row.from_statements, row.to_statements))
        )
    return found


def _short(quote):
    words = " ".join(str(quote).split())
    return words if len(words) <= 90 else words[:87] + "…"


def _number(value):
    return "not given" if pd.isna(value) else f"{value:.2f}"


def _none(value):
    return "nothing" if pd.isna(value) or str(value) == "" else str(value)


def atom(table, title, link, updated):
    """Atom (RFC 4287) of a table of changes: an entry for each sentence. `link` is the address of the page of changes, `updated` an RFC 3339 time for all.

    What a feed reader tells entries apart by is made from link, time and sentence.
    """
    named = lambda words: uuid.uuid5(uuid.NAMESPACE_URL, f"{link} {title} {words}").urn
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    for tag, text in (
        ("title", f"{title}: what changed"),
        ("id", named("changes")),
        ("updated", updated),
    ):
        ET.SubElement(feed, tag).text = text
    ET.SubElement(feed, "link", href=link)
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = title
    for row in table.itertuples():
        entry = ET.SubElement(feed, "entry")
        for tag, text in (
            ("title", row.sentence),
            ("id", named(f"{updated} {row.change_id} {row.sentence}")),
            ("updated", updated),
            ("summary", f"Evidence: {row.evidence}"),
        ):
            ET.SubElement(entry, tag).text = text
        ET.SubElement(entry, "link", href=link)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"
