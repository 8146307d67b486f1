"""Chronology: mentions are accounts; accounts become events, each with its best date, its voice, its sources and every disagreement.

Tables in, tables out, empty ones too. An account is `reported` where an article tells it in its own voice and `claimed` where it is
somebody's claim (`according_to`). Nothing here decides which account is right.
"""

import pandas as pd

from helpers.dates import edtf as dates

CERTAINTY = ["stated", "resolved", "approximate", "external", "undated"]
ACCOUNTS = [
    "mention_id",
    "event_id",
    "article_id",
    "report_source",
    "voice",
    "according_to",
    "polarity",
    "date_edtf",
    "date_basis",
    "wording",
    "earliest",
    "latest",
    "date_words",
    "date_note",
    "alt_date_edtf",
    "alt_date_note",
    "place",
    "participants",
    "number_words",
    "number",
    "number_of",
    "description",
    "lang",
    "quote",
    "start",
    "end",
    "gloss",
]
EVENTS = [
    "event_id",
    "event",
    "voice",
    "claimants",
    "date_edtf",
    "date_basis",
    "wording",
    "earliest",
    "latest",
    "place",
    "participants",
    "n_mentions",
    "n_articles",
    "n_sources",
    "n_readings",
    "matters",
]
READINGS = ["event_id", "date_edtf", "mention_id", "article_id", "reason"]
SIDES = [
    "event_id",
    "matter",
    "side_no",
    "reading",
    "wording",
    "n_accounts",
    "mention_ids",
    "words",
    "reason",
]
ENTRIES = [
    "entry_id",
    "layer",
    "voice",
    "claimants",
    "date_edtf",
    "date_basis",
    "wording",
    "earliest",
    "latest",
    "event",
    "matters",
    "source_text",
    "source_url",
]


def accounts(mentions, articles):
    """One account a row: a mention of an event with its own words, whose they are, when it puts the event and why, and the number it claims.

    `mentions`: event mentions of one coder, as `case.coded` gives them. `articles`: article_id, publisher, origin.
    Adds voice (reported, claimed), polarity (affirmed where the coder left it empty), wording, and report_source: who first published
    the report, empty where that is not known.
    """
    first = {
        a.article_id: "" if a.origin == "unknown" else a.origin or a.publisher
        for a in articles.itertuples()
    }
    return mentions.assign(
        report_source=mentions.article_id.map(first),
        voice=_choice(mentions.according_to == "", "reported", "claimed"),
        polarity=mentions.polarity.where(mentions.polarity != "", "affirmed"),
        wording=[dates.wording(value) for value in mentions.date_edtf],
    )[ACCOUNTS]


def readings(accounts):
    """Every date that an account gives its event, the second readings too, with the reason: one row for each."""
    affirmed = accounts[accounts.polarity == "affirmed"]
    first = affirmed.assign(reason=affirmed.date_note)[READINGS]
    second = affirmed.assign(date_edtf=affirmed.alt_date_edtf, reason=affirmed.alt_date_note)[
        READINGS
    ]
    both = pd.concat([first, second], ignore_index=True)
    return both[both.date_edtf != ""].sort_values(
        ["event_id", "date_edtf", "mention_id"], ignore_index=True
    )


def rival(values):
    """The different dates among EDTF values that no other one of them makes more precise, sorted."""
    spans = {value: dates.bounds(value) for value in set(values)}
    narrower = lambda a, b: (
        spans[b] != spans[a] and spans[a][0] <= spans[b][0] and spans[b][1] <= spans[a][1]
    )
    kept = [value for value in spans if not any(narrower(value, other) for other in spans)]
    return sorted({spans[value]: value for value in sorted(kept)}.values())


def disagreements(accounts, names=None):
    """Where accounts of one event differ, one side a row; the sides of one event and matter belong together.

    date: days that exclude each other, second readings included. number: different numbers of the same thing (`number_of`).
    who: each side names a participant whom the other does not (what one teller says in one article is taken together); it need not be a contradiction.
    whether: one affirms the event, another denies it. A side holds its mention ids and their quotes.
    `names`: actor_id to name, for the wording.
    """
    rows = []
    for event_id, group in accounts.groupby("event_id", sort=True):
        quotes = dict(zip(group.mention_id, group.quote))
        for matter, sides in (
            ("date", _dates(group)),
            ("number", _numbers(group)),
            ("who", _participants(group, names or {})),
            ("whether", _polarities(group)),
        ):
            for number, (reading, wording, ids, reasons) in enumerate(sides, start=1):
                words, why = (
                    " | ".join(dict.fromkeys(filter(None, texts)))
                    for texts in ((quotes[i] for i in ids), reasons)
                )
                rows.append(
                    (
                        event_id,
                        matter,
                        number,
                        reading,
                        wording,
                        len(ids),
                        ";".join(ids),
                        words,
                        why,
                    )
                )
    return pd.DataFrame(rows, columns=SIDES)


def _dates(group):
    given = readings(group)
    values, spans = rival(given.date_edtf), [dates.bounds(value) for value in given.date_edtf]
    alike = (
        {value: given[[span == dates.bounds(value) for span in spans]] for value in values}
        if len(values) > 1
        else {}
    )
    return [
        (value, dates.wording(value), sorted(set(rows.mention_id)), rows.reason)
        for value, rows in alike.items()
    ]


def _numbers(group):
    counted = group[group.number.notna() & (group.polarity == "affirmed")]
    several = [
        (what, rows)
        for what, rows in counted.groupby("number_of", sort=True)
        if rows.number.nunique() > 1
    ]
    return [
        (f"{value:.15g} {what}", f"{value:,.15g} {what}", sorted(same.mention_id), [])
        for what, rows in several
        for value, same in rows.groupby("number", sort=True)
    ]


def _participants(group, names):
    tellers = {}
    for account in group[(group.participants != "") & (group.polarity == "affirmed")].itertuples():
        told, ids = tellers.setdefault((account.article_id, account.according_to), (set(), []))
        told.update(account.participants.split(";"))
        ids.append(account.mention_id)
    sides = {}
    for told, ids in tellers.values():
        if not any(told < other for other, _ in tellers.values()):
            sides.setdefault(";".join(sorted(told)), []).extend(ids)
    wording = lambda reading: ", ".join(names.get(actor, actor) for actor in reading.split(";"))
    return (
        [(reading, wording(reading), sorted(ids), []) for reading, ids in sorted(sides.items())]
        if len(sides) > 1
        else []
    )


def _polarities(group):
    said = {"affirmed": "it happened", "denied": "it did not happen"}
    sides = [
        (polarity, said[polarity], sorted(rows.mention_id), [])
        for polarity, rows in group.groupby("polarity", sort=True)
    ]
    return sides if len(sides) > 1 else []


def events(accounts):
    """Accounts to events, one row each, in order of time.

    The date is that of the surest account (by basis, then the narrowest bounds); the sentence is that of the surest one in an article's own voice,
    where there is one. A denial gives neither, unless there is nothing else. `n_sources` counts the first publishers of articles that tell it
    in their own voice: a reprint, or a text of unknown origin, is no further source, and a claim has none.
    """
    rows, differ = [], disagreements(accounts)
    matters = (
        differ.drop_duplicates(["event_id", "matter"]).groupby("event_id").matter.agg(";".join)
        if len(differ)
        else {}
    )
    for event_id, group in accounts.groupby("event_id", sort=True):
        affirmed = (
            group[group.polarity == "affirmed"] if (group.polarity == "affirmed").any() else group
        )
        own = affirmed[affirmed.voice == "reported"]
        best, told = (
            min(affirmed.itertuples(), key=_rank),
            min((affirmed if own.empty else own).itertuples(), key=_rank),
        )
        participants = sorted(
            {actor for cell in affirmed.participants if cell for actor in cell.split(";")}
        )
        claimants = sorted(set(affirmed.according_to)) if own.empty else []
        place = next((cell for cell in [told.place, best.place, *affirmed.place] if cell), "")
        n_sources = max(min(1, len(own)), len(set(own.report_source) - {""}))
        rows.append(
            (
                event_id,
                told.description,
                "claimed" if own.empty else "reported",
                ";".join(claimants),
                best.date_edtf,
                best.date_basis,
                best.wording,
                best.earliest,
                best.latest,
                place,
                ";".join(participants),
                len(group),
                group.article_id.nunique(),
                n_sources,
                len(rival(readings(group).date_edtf)),
                matters.get(event_id, ""),
            )
        )
    return pd.DataFrame(rows, columns=EVENTS).pipe(in_order, "event_id")


def _rank(account):
    width = 10**7
    if account.date_edtf:
        first, last = dates.bounds(account.date_edtf)
        width = (last - first).days
    return (
        CERTAINTY.index(account.date_basis),
        width,
        account.voice != "reported",
        account.article_id,
        account.start,
        account.mention_id,
    )


def chronology(events, accounts, context):
    """Events of the corpus and context events in one order of time. A context event is named by its row in the file."""
    sources = {
        event_id: "; ".join(sorted(set(ids)))
        for event_id, ids in accounts.groupby("event_id").article_id
    }
    corpus = events.assign(
        entry_id="corpus." + events.event_id.astype("str"),
        layer="corpus",
        source_text=events.event_id.map(sources),
        source_url="",
    )
    days = [dates.days(value) for value in context.date_edtf]
    outside = context.assign(
        entry_id=[f"context.{row + 2:03}" for row in context.index],
        layer="context",
        voice="",
        claimants="",
        matters="",
        date_basis="external",
        wording=[dates.wording(value) for value in context.date_edtf],
        earliest=[first for first, _ in days],
        latest=[last for _, last in days],
        source_text=context.source,
    )
    return pd.concat([corpus[ENTRIES], outside[ENTRIES]], ignore_index=True).pipe(
        in_order, "entry_id"
    )


def in_order(frame, key):
    """Rows in order of time: by first day, where open by the last; undated ones at the end, equal ones by their id."""
    return frame.assign(begin=begins(frame)).sort_values(
        ["begin", "latest", key], ignore_index=True
    )[list(frame)]


def begins(frame):
    """The day by which a row is put in order: its first day, where that is open its last, `NEVER` where it has neither."""
    return frame.earliest.where(frame.earliest != "", frame.latest).replace("", dates.NEVER)


def kind(entry):
    """What a row of the chronology is: `context` where it comes from outside the articles, else its voice, `reported` or `claimed`."""
    return "context" if entry.layer == "context" else entry.voice


def told(entries, names):
    """The entries in words, for a reader: when, who says so, what, how the date is known, on what accounts differ, source, entry_id.

    `names`: actor_id to name.
    """
    claims = [
        ", ".join(names.get(actor, actor) for actor in cell.split(";"))
        for cell in entries.claimants
    ]
    says = [
        {"reported": "the articles", "context": "outside source"}.get(
            kind(entry), f"claimed by {claim}"
        )
        for entry, claim in zip(entries.itertuples(), claims)
    ]
    return pd.DataFrame(
        {
            "when": entries.wording,
            "who says so": says,
            "what": entries.event,
            "how the date is known": entries.date_basis,
            "accounts differ on": entries.matters.str.replace(";", ", "),
            "source": entries.source_text,
            "entry_id": entries.entry_id,
        }
    )


def certainty(entries):
    """How sure the dates are: one row a kind of entry and basis, with how many are a day, a span (also one open to one side), or undated.

    Columns: kind (`reported`, `claimed`, `context`), date_basis, n_day, n_span, n_undated.
    """
    day, undated = (
        (entries.earliest == entries.latest) & (entries.earliest != ""),
        (entries.earliest == "") & (entries.latest == ""),
    )
    kinds = [kind(entry) for entry in entries.itertuples()]
    counted = pd.DataFrame(
        {
            "kind": kinds,
            "date_basis": entries.date_basis,
            "n_day": day,
            "n_span": ~day & ~undated,
            "n_undated": undated,
        }
    )
    order = {
        name: place for place, name in enumerate([*CERTAINTY, "reported", "claimed", "context"])
    }
    summed = counted.groupby(["kind", "date_basis"], as_index=False).sum()
    return summed.sort_values(
        ["kind", "date_basis"], key=lambda column: column.map(order), ignore_index=True
    )


def by_period(entries, periods):
    """The entries by the period in which they begin: a list of (heading, entries), in order of time, none of them empty.

    `periods`: label, period_edtf. What begins between two periods stands with the earlier one; there is a heading for what comes before them
    all, and one for what has no date.
    """
    starts = sorted((dates.days(p.period_edtf)[0], p.label) for p in periods.itertuples())
    before = [f"Before: {starts[0][1]}" if starts else "All"]
    heading = lambda day: (
        "No date"
        if day == dates.NEVER
        else [*before, *(label for start, label in starts if start <= day)][-1]
    )
    headings = pd.Series(
        [heading(day) for day in begins(entries)], index=entries.index, dtype=object
    )
    return [(name, entries[headings == name]) for name in dict.fromkeys(headings)]


def _choice(condition, yes, no):
    """`yes` where the condition holds, else `no`: a column, also of no rows."""
    return pd.Series(no, index=condition.index, dtype=object).mask(condition, yes)
