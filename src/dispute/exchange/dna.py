"""A case from a database of Discourse Network Analyzer 3 (DNA); `dna_export` goes the other way.

DNA keeps its statements in SQLite, laid out as in `dna.sql`. It counts their places in UTF-16 units, as Java does; a case counts
Unicode code points. What the other side cannot hold is told in plain sentences, each with its number: nothing is dropped in silence.
"""

import hashlib
import itertools
import re
import sqlite3
import unicodedata
from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta
from importlib.resources import files as package

import yaml

from helpers.case.cells import UNFIT
from helpers.case.problems import nearest
from helpers.case.schema import SCHEMA

LAYOUT = package("dispute.exchange").joinpath("dna.sql").read_text(encoding="utf-8")
HELD = {  # what a case holds of a database: the columns it cannot do without, and those it takes where they are there
    "DOCUMENTS": ("ID Title Text Date", "Source"),
    "STATEMENTS": ("ID StatementTypeId DocumentId Start Stop", "Coder"),
    "STATEMENTTYPES": ("ID Label", ""),
    "VARIABLES": ("ID Variable DataType StatementTypeId", ""),
    "ENTITIES": ("ID VariableId Value", ""),
    "DATASHORTTEXT": ("StatementId VariableId Entity", "ID"),
    **{
        f"DATA{kind}": ("", "ID StatementId VariableId Value")
        for kind in ("BOOLEAN", "INTEGER", "LONGTEXT")
    },
    "ATTRIBUTEVARIABLES": ("", "ID VariableId AttributeVariable"),
    "ATTRIBUTEVALUES": ("", "ID EntityId AttributeVariableId AttributeValue"),
    "CODERS": ("", "ID Name"),
}
NOUNS = {
    "SETTINGS": "setting",
    "CODERS": "coder",
    "CODERRELATIONS": "coder relation",
    "DOCUMENTS": "document",
    "STATEMENTS": "statement",
    "STATEMENTTYPES": "statement type",
    "VARIABLELINKS": "variable link",
    "REGEXES": "regular expression",
    "ENTITIES": "entity",
}
GROUPS = {"Red": "colour", "Green": "colour", "Blue": "colour"}  # columns that are told together
ENTITY_ROLES = ("person", "organization", "concept")


def columns(connection):
    """The tables of a database in the order they were made: name to column names, each with its SQL type."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid"
    )
    return {
        name: {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({quoted(name)})")}
        for (name,) in names.fetchall()
    }


def quoted(name):
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


with closing(sqlite3.connect(":memory:")) as _db:
    _db.executescript(LAYOUT)
    BLANK = {
        name: {column: "" if sort == "TEXT" else None for column, sort in kinds.items()}
        for name, kinds in columns(_db).items()
    }
VALUE = {
    name: "Entity" if "Entity" in kept else "Value"
    for name, kept in BLANK.items()
    if name.startswith("DATA")
}


def to_case(
    connection,
    statement_type=None,
    person="person",
    organization="organization",
    concept="concept",
    agreement="agreement",
    title="Imported from DNA",
):
    """The files of a case folder (relative path to bytes) with the statements of one type, and sentences on what was left out or decided.

    `statement_type` is a label; without it the one type is taken that has the variables named. Without `agreement` a statement is a mention.
    Raises ValueError, with every problem, for a database of another kind, without the variables or without statements.
    """
    tables = _read(connection)
    documents = tables["DOCUMENTS"]
    wanted = {
        "person": person,
        "organization": organization,
        "concept": concept,
        "agreement": agreement or None,
    }
    problems = [
        f"the database has no {NOUNS[name]}"
        for name in ("DOCUMENTS", "STATEMENTS")
        if not tables[name]
    ]
    problems += [
        f"the date of document {row['ID']}, {row['Date']!r}, is none of the years 1 to 9999"
        for row in documents
        if not _moment(row["Date"])
    ]
    kind, variables, faults = _chosen(tables, statement_type, wanted)
    if problems + faults:
        raise ValueError("; ".join(problems + faults))
    persons, bodies, concepts = (
        [
            row
            for row in tables["ENTITIES"]
            if row["VariableId"] == variables[role]["ID"] and row["Value"].strip()
        ]
        for role in ENTITY_ROLES
    )
    actors, issues = (
        _ids({row["ID"]: row["Value"] for row in rows}, word)
        for rows, word in ((persons + bodies, "actor"), (concepts, "issue"))
    )
    rows, told = _statements(tables, kind, variables, actors, issues)
    if not rows:
        raise ValueError(
            " ".join([f"no statement of the type {kind['Label']!r} can be carried.", *told])
        )
    known, present = (
        {row["ID"]: row["Name"] for row in tables["CODERS"]},
        sorted({row["coder"] for row in rows}, key=lambda number: number or 0),
    )
    names = {number: known.get(number) or f"coder {number}" for number in present}
    coders, notes, scale = (
        _ids(names, "coder"),
        _notes(tables),
        _scale({row["stance"] for row in rows}, variables["agreement"]),
    )
    years = sorted({f"{_moment(row['Date']).year:04}" for row in documents})
    made = {
        "actors": [
            {
                "actor_id": actors[row["ID"]],
                "name": row["Value"],
                "kind": sort,
                "note": notes[row["ID"]],
            }
            for sort, group in (("person", persons), ("organisation", bodies))
            for row in group
        ],
        "issues": [
            {"issue": issues[row["ID"]], "label": row["Value"], "proposition": row["Value"]}
            for row in concepts
        ],
        "stances": [dict(zip(("stance", "side", "label", "meaning"), line)) for line in scale],
        "periods": [
            {"period": f"y{year}", "label": year, "period_edtf": f"{year}-01-01/{year}-12-31"}
            for year in years
        ],
        "coders": [
            {"coder": coders[number], "coder_role": "pass", "note": name}
            for number, name in names.items()
        ],
        "statements": [row | {"coder": coders[row["coder"]]} for row in rows],
    }
    files = {
        spec["file"]: _csv(made.get(name, []), spec)
        for name, spec in SCHEMA["raw"].items()
        if name != "articles"
    }
    files["case.yaml"] = _yaml(
        {
            "title": title,
            "subtitle": f"Statements of the type “{kind['Label']}” of a DNA database",
            "question": "The DNA database states none.",
        }
    )
    for row in documents:
        files |= _article(row)
    if both := {row["Value"] for row in persons} & {row["Value"] for row in bodies}:
        told.append(
            f"Decided: {count(len(both), 'name')} both of a person and of an organization, kept as two actors each."
        )
    if variables["agreement"] and variables["agreement"]["DataType"] == "integer":
        sides = ", ".join(f"{stance} {side}" for stance, side, _, _ in scale)
        told.append(
            f"Decided: the sides of {count(len(scale), 'stance')}, by their numbers: {sides}."
        )
    return dict(sorted(files.items())), told + _left(tables, kind, variables, set(names))


def _read(connection):
    """Every table by its name, a list of rows in the order of ids. A column of DNA's that the database lacks is empty."""
    cursor, tables, problems = connection.cursor(), {}, []
    cursor.row_factory = None
    try:
        for found, kinds in sorted(columns(cursor).items()):
            name, blank = found.upper(), BLANK.get(found.upper(), {})
            spelt = {column.lower(): column for column in blank}
            present = [spelt.get(column.lower(), column) for column in kinds]
            problems += [
                f"no column {column} in {name}"
                for column in HELD.get(name, ("", ""))[0].split()
                if column not in present
            ]
            rows = cursor.execute(
                f"SELECT * FROM {quoted(found)} ORDER BY {'ID' if 'ID' in present else '1'}"
            ).fetchall()
            tables[name] = [
                blank
                | {
                    c: ("" if v is None else str(v)) if blank.get(c) == "" else v
                    for c, v in zip(present, row)
                }
                for row in rows
            ]
    except sqlite3.Error as error:
        raise ValueError(f"no DNA database: {error}") from error
    if (
        problems := [
            f"no table {name}"
            for name, (needed, _) in HELD.items()
            if needed and name not in tables
        ]
        + problems
    ):
        raise ValueError("no DNA 3 database: " + ", ".join(problems))
    return {name: [] for name in BLANK} | tables


def _moment(seconds):
    """The moment, in UTC, so many seconds after 1970 began; None where there is none."""
    try:
        return datetime(1970, 1, 1) + timedelta(seconds=seconds)
    except (OverflowError, TypeError, ValueError):
        return None


def _chosen(tables, label, wanted):
    """The statement type, its variables by their role, and the faults: what each type lacks, or the choices."""
    if len(set(wanted.values())) < len(wanted):
        return (
            None,
            None,
            [
                f"expected four variables for person, organization, concept and agreement, not {', '.join(map(repr, wanted.values()))}"
            ],
        )
    whole, faults = [], []
    for kind in (kind for kind in tables["STATEMENTTYPES"] if label in (None, kind["Label"])):
        variables = {
            row["Variable"]: row
            for row in tables["VARIABLES"]
            if row["StatementTypeId"] == kind["ID"]
        }
        lacks = [
            f"no variable {name!r}{nearest(name, variables)}"
            for name in wanted.values()
            if name and name not in variables
        ]
        for role, name in wanted.items():
            sorts = ("short text",) if role in ENTITY_ROLES else ("boolean", "integer")
            if name in variables and variables[name]["DataType"] not in sorts:
                lacks.append(f"{name!r} is {variables[name]['DataType']}, not {' or '.join(sorts)}")
        whole += (
            [] if lacks else [(kind, {role: variables.get(name) for role, name in wanted.items()})]
        )
        faults.append(f"statement type {kind['Label']!r}: {', '.join(lacks)}")
    if len(whole) == 1:
        return *whole[0], []
    choices = ", ".join(
        repr(kind["Label"]) for kind in ([kind for kind, _ in whole] or tables["STATEMENTTYPES"])
    )
    if whole:
        faults = [f"several statement types have these variables, choose one of {choices}"]
    return (
        None,
        None,
        faults
        or [
            f"statement type {label!r}: expected one of {choices}"
            if choices
            else "the database has no statement type"
        ],
    )


def _ids(names, word):
    """Number to id: a name in plain small letters, or a word and the number where it has none."""
    return unlike(
        {number: _slug(name) or f"{word}-{number}" for number, name in names.items()}, "{}-{}"
    )


def _slug(name):
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return re.sub("[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))[
        :60
    ].strip("-")


def unlike(words, numbered):
    """Key to word, for keys and words in their order: a word that another has already gets a number, put to it as `numbered` says."""
    found, taken, tries = {}, set(), defaultdict(lambda: itertools.count(1))
    for key, word in words.items():
        found[key] = next(
            new
            for n in tries[word]
            if (new := word if n == 1 else numbered.format(word, n)) not in taken
        )
        taken.add(found[key])
    return found


def _notes(tables):
    """What an entity's attributes say, by its number."""
    labels, notes = (
        {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]},
        defaultdict(list),
    )
    for row in sorted(tables["ATTRIBUTEVALUES"], key=lambda row: row["AttributeVariableId"] or 0):
        if row["AttributeValue"]:
            notes[row["EntityId"]].append(
                f"{labels.get(row['AttributeVariableId'], 'attribute')}: {row['AttributeValue']}"
            )
    return defaultdict(str, {entity: "; ".join(said) for entity, said in notes.items()})


def _statements(tables, kind, variables, actors, issues):
    """Rows of statements.csv (the coder by the number in DNA), and sentences on what was dropped or decided."""
    values = {
        (row["VariableId"], row["StatementId"]): row[VALUE[name]]
        for name in VALUE
        for row in tables[name]
    }
    documents, entities = (
        {row["ID"]: row for row in tables["DOCUMENTS"]},
        {row["ID"] for row in tables["ENTITIES"]},
    )
    rows, dropped, alone, lost, asked = [], defaultdict(list), 0, 0, variables["agreement"]
    for statement in (row for row in tables["STATEMENTS"] if row["StatementTypeId"] == kind["ID"]):
        of = {
            role: values.get((variable["ID"], statement["ID"]))
            for role, variable in variables.items()
            if variable
        }
        lost += sum(of[role] is not None and of[role] not in entities for role in ENTITY_ROLES)
        speaker, body, issue = (
            actors.get(of["person"]),
            actors.get(of["organization"]),
            issues.get(of["concept"]),
        )
        stance = (
            1
            if not asked
            else {0: -1, 1: 1}.get(of["agreement"])
            if asked["DataType"] == "boolean"
            else of["agreement"]
        )
        document, start, stop = (
            documents.get(statement["DocumentId"]),
            statement["Start"],
            statement["Stop"],
        )
        span = _points(text := document["Text"] if document else "", start, stop)
        why = (
            "whose document is not there"
            if not document
            else "with an empty span"
            if start == stop
            else "whose span is not in the text"
            if not span
            else "with a control character"
            if UNFIT.search(text[slice(*span)])
            else "without person and organization"
            if not (speaker or body)
            else "without concept"
            if not issue
            else ""
            if isinstance(stance, int) and abs(stance) < 10**9
            else f"without a readable value of {asked['Variable']!r}"
        )
        if why:
            dropped[why].append(statement["ID"])
            continue
        alone += not speaker
        rows.append(
            {
                "statement_id": f"s{statement['ID']}",
                "article_id": f"doc-{document['ID']}",
                "coder": statement["Coder"],
                "speaker": speaker or body,
                "on_behalf_of": body or "",
                "issue": issue,
                "stance": stance,
                "date_edtf": _moment(document["Date"]).date().isoformat(),
                "date_basis": "resolved",
                "date_note": "the date of the document; DNA keeps no other",
                "lang": "und",
                "quote": text[slice(*span)],
                "start": span[0],
                "end": span[1],
            }
        )
    told = [
        f"Dropped: {count(len(ids), 'statement')} {why}: {', '.join(map(str, ids))}."
        for why, ids in dropped.items()
    ]
    decided = [
        (lost, "value", " with an entity that is not there, taken as empty"),
        (
            alone,
            "statement",
            " without a person; the organization stands as speaker and as the one spoken for",
        ),
    ]
    return rows, told + sentences("Decided", decided)


def _points(text, start, stop):
    """A span of UTF-16 units as a span of code points; None where it is not in the text or cuts a character in two."""
    units = text.encode("utf-16-le")
    try:
        return (
            tuple(len(units[: 2 * place].decode("utf-16-le")) for place in (start, stop))
            if 0 <= start < stop <= len(units) // 2
            else None
        )
    except (TypeError, UnicodeDecodeError):
        return None


def _scale(found, variable):
    """The stance scale: (stance, side, label, meaning). DNA names no sides: below the middle is against, above it for."""
    if not variable:
        return [(1, "for", "mentioned", "the concept is mentioned; no agreement was asked for")]
    name, middle = variable["Variable"], 0 if min(found) < 0 else (min(found) + max(found)) / 2
    if variable["DataType"] == "boolean":
        return [(-1, "against", "no", f"{name} is no"), (1, "for", "yes", f"{name} is yes")]
    sides = {
        value: "against" if value < middle else "for" if value > middle else "neutral"
        for value in sorted(found)
    }
    return [(value, side, str(value), f"{name} is {value}") for value, side in sides.items()]


def _article(document):
    """The two files of a document: its text, and what is known of it."""
    content, name = document["Text"].encode("utf-8"), f"articles/doc-{document['ID']}"
    return {
        f"{name}.txt": content,
        f"{name}.yaml": _yaml(
            {
                "title": document["Title"] or f"Document {document['ID']}",
                "publisher": document["Source"] or "not named",
                "published": _moment(document["Date"]).date().isoformat(),
                "published_basis": "the date kept in the DNA database",
                "language": ["und"],
                "rights": "not stated in the DNA database",
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        ),
    }


def _left(tables, kind, variables, coders):
    """Sentences on all that a case does not hold, each with its number."""
    ids = {role: variable["ID"] for role, variable in variables.items() if variable}
    kinds = {row["ID"]: row["Label"] for row in tables["STATEMENTTYPES"]}
    home, named = (
        {row["ID"]: row[column] for row in tables["ENTITIES"]} for column in ("VariableId", "Value")
    )
    left = [
        (
            sum(row["StatementTypeId"] == other for row in tables["STATEMENTS"]),
            "statement",
            f" of the type {label!r}",
        )
        for other, label in kinds.items()
        if other != kind["ID"]
    ]
    for row in (
        row
        for row in tables["VARIABLES"]
        if row["StatementTypeId"] == kind["ID"] and row["ID"] not in ids.values()
    ):
        held = [
            named.get(value["Entity"]) if name == "DATASHORTTEXT" else value["Value"]
            for name in VALUE
            for value in tables[name]
            if value["VariableId"] == row["ID"]
        ]
        left.append(
            (
                sum(value not in (None, "") for value in held),
                "value",
                f" of the variable {row['Variable']!r} ({row['DataType']})",
            )
        )
    some = [
        (
            sum(row["StatementTypeId"] not in kinds for row in tables["STATEMENTS"]),
            "statement",
            " of no type",
        ),
        (
            sum(
                variable not in ids.values() and bool(named[entity])
                for entity, variable in home.items()
            ),
            "entity",
            " of other variables",
        ),
        (
            sum(
                bool(row["AttributeValue"])
                and home.get(row["EntityId"]) not in (ids["person"], ids["organization"])
                for row in tables["ATTRIBUTEVALUES"]
            ),
            "attribute",
            " of concepts and others",
        ),
        (
            sum(_moment(row["Date"]).time() != datetime.min.time() for row in tables["DOCUMENTS"]),
            "document",
            ": time of day",
        ),
        (
            sum(row["ID"] not in coders for row in tables["CODERS"]),
            "coder",
            " without statements that are kept",
        ),
    ]
    for name, rows in tables.items():
        noun, place = (NOUNS[name], "") if name in NOUNS else ("row", f" (in {name})")
        if name not in HELD:
            some.append((len(rows), noun, place))
            continue
        groups = defaultdict(list)
        for column in (
            column
            for column in (rows[0] if rows else ())
            if column not in " ".join(HELD[name]).split()
        ):
            groups[
                GROUPS.get(column)
                or ("password, settings and permissions" if name == "CODERS" else column)
            ].append(column)
        for words, group in groups.items():
            some.append(
                (
                    sum(any(row[column] not in (None, "", 0) for column in group) for row in rows),
                    noun,
                    f": {words}{place}",
                )
            )
    empty = [
        (sum(not row[column] for row in tables["DOCUMENTS"]), "document", f" without {words}")
        for column, words in (
            ("Title", "title, now titled by number"),
            ("Source", "source, now of a publisher “not named”"),
        )
    ]
    return (
        [f"Not carried: {count(*one)}." for one in left]
        + sentences("Not carried", some)
        + sentences("Decided", empty)
    )


def sentences(verdict, counted):
    """A sentence for each (number, noun, rest) whose number is not 0."""
    return [f"{verdict}: {count(*one)}." for one in counted if one[0]]


def count(number, noun, rest=""):
    """A number and its noun, in the plural where it is not 1."""
    return f"{number} {noun if number == 1 else noun[:-1] + 'ies' if noun.endswith('ty') else noun + 's'}{rest}"


def _yaml(value):
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, encoding="utf-8")


def _csv(rows, spec):
    """Rows as a raw table. The csv module of Python 3.11 leaves a lone carriage return unquoted, and then cannot read it."""
    lines = [
        spec["columns"],
        *([str(row.get(column, "")) for column in spec["columns"]] for row in rows),
    ]
    text = "".join(
        ",".join(
            '"' + cell.replace('"', '""') + '"' if re.search('[",\r\n]', cell) else cell
            for cell in line
        )
        + "\n"
        for line in lines
    )
    if UNFIT.search(text):
        raise ValueError(
            f"a control character in a name or an attribute: {spec['file']} cannot hold it"
        )
    return text.encode("utf-8")
