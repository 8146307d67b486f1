"""A case into a database of Discourse Network Analyzer 3 (DNA); `dna` goes the other way and keeps what both share."""

from collections import defaultdict
from datetime import date, timedelta

from dispute.exchange import dna
from helpers.dates import edtf as dates

LONGEST = 180  # characters of a title, a name or an attribute: DNA allows 190, the rest is room for a number
PASSWORD = "0DMcoIfWkBQklQqJbcxm1+jTA33FYPPy8nM47MF/Ab8Jee4OzIvJHuV/YJGKrEHd"  # "dna" as DNA keeps it: salt, then SHA-256 of both 100,000 times
DOCUMENT_NOTES = ("article_id", "published", "published_basis", "captured", "language", "rights")
UNHELD_WORDS = {
    "date_words": "words of the date",
    "date_note": "note on the date",
    "quoted_by": "who read it out",
    "gloss": "gloss",
    "note": "note",
}
UNHELD_TABLES = {
    "relations": "relation mention",
    "relation_types": "relation type",
    "event_mentions": "event mention",
    "context_events": "context event",
    "affiliations": "affiliation",
    "aliases": "printed name",
    "adjudication": "decision",
    "periods": "period",
}


def from_case(case, connection, coder):
    """Write a checked case, with one coder's statements, into an empty database. Returns sentences on what DNA does not hold. Raises ValueError."""
    if coder not in set(case.coders.coder):
        raise ValueError(f"coder {coder!r}: expected one of {', '.join(case.coders.coder)}")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ValueError("the database is not empty: a case is written into a new one only")
    coded, values = case.statements[case.statements.coder == coder], _values(case.stances)
    days = {
        row.article_id: next(day for day in dates.bounds(row.published) if day != date.min)
        for row in case.articles.itertuples()
    }
    entities, number = _entities(case, set(coded.on_behalf_of))
    rows = {
        "SETTINGS": [("version", "3.0.11")],
        "STATEMENTTYPES": [(1, "DNA Statement", 239, 208, 51)],
        "CODERS": [
            (n, name[:LONGEST], red, 160, 60, 0, 14, PASSWORD)
            for n, name, red in ((1, "Admin", 200), (2, coder, 60))
        ],
        "DOCUMENTS": _documents(case, days),
        **entities,
        **_statements(case, coded, number, values),
    }
    rows["VARIABLES"].append(
        (4, "agreement", "boolean" if _yes_or_no(case.stances) else "integer", 1)
    )
    with connection:
        connection.executescript("BEGIN;\n" + dna.LAYOUT)
        for table, columns in dna.BLANK.items():
            for row in rows.get(
                table, []
            ):  # what a row leaves out at its end is as DNA has it by default
                connection.execute(
                    f"INSERT INTO {table} ({', '.join(list(columns)[: len(row)])}) VALUES ({', '.join('?' * len(row))})",
                    row,
                )
    return dna.sentences("Not carried", _lost(case, coded, coder, days)) + _decided(
        case, coded, values
    )


def _yes_or_no(stances):
    return sorted(stances.side) == ["against", "for"]


def _values(stances):
    """Stance to its number in DNA: 0 and 1 where there is one stance against and one for."""
    return {
        row.stance: int(row.side == "for") if _yes_or_no(stances) else int(row.stance)
        for row in stances.itertuples()
    }


def _documents(case, days):
    """Rows of DOCUMENTS, in the order of the articles; what DNA has no column for stands in the notes."""
    rows = []
    for n, row in enumerate(case.articles.itertuples(), start=1):
        notes = "\n".join(
            f"{column}: {getattr(row, column)}" for column in DOCUMENT_NOTES if getattr(row, column)
        )
        seconds = (days[row.article_id] - date(1970, 1, 1)) // timedelta(seconds=1)
        rows.append(
            (
                n,
                row.title[:LONGEST],
                case.texts[row.article_id],
                2,
                "",
                row.publisher[:LONGEST],
                "",
                notes,
                "",
                seconds,
            )
        )
    return rows


def _entities(case, spoken):
    """Rows of the three variables, their entities and attributes; and the number of an entity by its role and id (empty: nobody, nothing)."""
    names, kinds = case.names(), dict(zip(case.actors.actor_id, case.actors.kind))
    about = {
        row.actor_id: {"kind": row.kind, "camp": names.get(row.camp, ""), "note": row.note}
        for row in case.actors.itertuples()
    }
    held = {
        "person": ({actor: names[actor] for actor in kinds if kinds[actor] == "person"}, about),
        "organization": (
            {actor: names[actor] for actor in kinds if kinds[actor] != "person" or actor in spoken},
            about,
        ),
        "concept": (
            case.labels(),
            {row.issue: {"proposition": row.proposition} for row in case.issues.itertuples()},
        ),
    }
    rows, number = defaultdict(list), {}
    for variable, (role, (named, attributes)) in enumerate(held.items(), start=1):
        rows["VARIABLES"].append((variable, role, "short text", 1))
        for key, name in {
            "": "",
            **dna.unlike({key: name[:LONGEST] for key, name in named.items()}, "{} ({})"),
        }.items():
            number[role, key] = len(rows["ENTITIES"]) + 1
            rows["ENTITIES"].append((number[role, key], variable, name, 0, 0, 0))
        for label in next(iter(attributes.values()), {}):
            rows["ATTRIBUTEVARIABLES"].append(
                (len(rows["ATTRIBUTEVARIABLES"]) + 1, variable, label)
            )
            for key in ["", *named]:
                value = attributes[key][label][:LONGEST] if key else ""
                rows["ATTRIBUTEVALUES"].append(
                    (
                        len(rows["ATTRIBUTEVALUES"]) + 1,
                        number[role, key],
                        len(rows["ATTRIBUTEVARIABLES"]),
                        value,
                    )
                )
    return rows, number


def _statements(case, coded, number, values):
    """Rows of STATEMENTS and of the data of each: who, for whom, on what, and the stance."""
    rows, kinds = defaultdict(list), dict(zip(case.actors.actor_id, case.actors.kind))
    documents = {article: n for n, article in enumerate(case.articles.article_id, start=1)}
    for n, row in enumerate(coded.itertuples(), start=1):
        text, speaks = case.texts[row.article_id], kinds[row.speaker] == "person"
        units = (len(text[:place].encode("utf-16-le")) // 2 for place in (row.start, row.end))
        rows["STATEMENTS"].append((n, 1, documents[row.article_id], *units, 2))
        keys = {
            "person": row.speaker if speaks else "",
            "organization": row.on_behalf_of if speaks else row.speaker,
            "concept": row.issue,
        }
        rows["DATASHORTTEXT"] += [
            (3 * n - 3 + variable, n, variable, number[key])
            for variable, key in enumerate(keys.items(), start=1)
        ]
        rows["DATABOOLEAN" if _yes_or_no(case.stances) else "DATAINTEGER"].append(
            (n, n, 4, values[row.stance])
        )
    return rows


def _lost(case, coded, coder, days):
    """(number, noun, rest) of all that DNA does not hold."""
    kinds = dict(zip(case.actors.actor_id, case.actors.kind))
    written = [
        *case.articles.title,
        *case.articles.publisher,
        coder,
        *case.names().values(),
        *case.actors.note,
        *case.issues.label,
        *case.issues.proposition,
    ]
    return [
        (len(case.statements) - len(coded), "statement", " of other coders"),
        (len(coded), "statement", ": id, date basis and language"),
        (
            sum(row.date_edtf != days[row.article_id].isoformat() for row in coded.itertuples()),
            "statement",
            ": a date other than that of the document",
        ),
        *(
            (int((coded[column] != "").sum()), "statement", f": {words}")
            for column, words in UNHELD_WORDS.items()
        ),
        (
            sum(
                kinds[row.speaker] != "person" and row.on_behalf_of not in ("", row.speaker)
                for row in coded.itertuples()
            ),
            "statement",
            ": the actor for whom an organization speaks",
        ),
        (
            sum(len(set(dates.bounds(day))) > 1 for day in case.articles.published),
            "document",
            ": a date of more than a day",
        ),
        *((len(getattr(case, table)), noun) for table, noun in UNHELD_TABLES.items()),
        (sum(map(len, case.furniture.values())), "span", " of page furniture"),
        (len(case.stances), "stance", ": side, label and meaning"),
        (len(case.actors) + len(case.issues), "id", " of actors and issues"),
        (
            sum(len(words) > LONGEST for words in written),
            "text",
            f": what goes beyond {LONGEST} characters",
        ),
        (1, "case", ": title, subtitle, question, authors and rules of coding"),
    ]


def _decided(case, coded, values):
    """Sentences on what was chosen where DNA asks for what a case does not have."""
    persons = set(case.actors.actor_id[case.actors.kind == "person"])
    both = len(persons & set(coded.on_behalf_of))
    told = ["Decided: 2 coders, Admin and the one chosen, each with the password “dna”."]
    told += dna.sentences(
        "Decided", [(both, "person", " spoken for by others, also kept as organization")]
    )
    if _yes_or_no(case.stances):
        told.append(
            f"Decided: 2 stances, {' and '.join(f'{stance} as ' + ('yes' if value else 'no') for stance, value in values.items())}."
        )
    return told
