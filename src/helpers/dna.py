"""Databases of Discourse Network Analyzer 3 (DNA): a case from one, and one from a case.

DNA keeps its statements in SQLite. It counts their places in UTF-16 units, as Java does; a case counts Unicode code points.
What the other side cannot hold is told in plain sentences, each with its number: nothing is dropped in silence.
"""
import hashlib
import re
import sqlite3
import unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta

import yaml

from helpers import dates, schema

LONGEST = 180  # characters of a title, a name or an attribute: DNA allows 190, the rest is room for a number
PASSWORD = "0DMcoIfWkBQklQqJbcxm1+jTA33FYPPy8nM47MF/Ab8Jee4OzIvJHuV/YJGKrEHd"  # "dna", as DNA keeps it: salt, then SHA-256 of salt and password 100,000 times
# The tables of DNA 3.0, each after those it refers to. A mark after a column is its kind (FORMS), `!` unique together; `-` before it is what a case does not hold.
TABLES = {name: re.findall(r"(-?)(\w+)([#*=>]?)(\w*)(!?)", columns) for name, columns in {
    "SETTINGS": "-Property* -Value",
    "CODERS": "ID# Name -Red=0 -Green=0 -Blue=0 -Refresh=0 -FontSize=14 -Password -PopupWidth=300 -ColorByCoder=0 -PopupDecoration=0 -PopupAutoComplete=1 "
              + re.sub(r"(\w+)", r"-Permission\1=1", "AddDocuments EditDocuments DeleteDocuments ImportDocuments AddStatements EditStatements DeleteStatements EditAttributes "
                       "EditRegex EditStatementTypes EditCoders EditCoderRelations ViewOthersDocuments EditOthersDocuments ViewOthersStatements EditOthersStatements"),
    "CODERRELATIONS": "-ID# -Coder>CODERS -OtherCoder>CODERS -viewStatements=1 -editStatements=1 -viewDocuments=1 -editDocuments=1",
    "DOCUMENTS": "ID# Title Text -Coder>CODERS -Author Source -Section -Notes -Type Date=0",
    "STATEMENTTYPES": "ID# Label -Red=0 -Green=0 -Blue=0",
    "VARIABLES": "ID# Variable! DataType StatementTypeId>STATEMENTTYPES!",
    "VARIABLELINKS": "-ID# -SourceVariableId>VARIABLES -TargetVariableId>VARIABLES",
    "REGEXES": "-Label* -Red=0 -Green=0 -Blue=0",
    "ENTITIES": "ID# VariableId>VARIABLES! Value! -Red=0 -Green=0 -Blue=0 -ChildOf>ENTITIES",
    "STATEMENTS": "ID# StatementTypeId>STATEMENTTYPES DocumentId>DOCUMENTS Start=0 Stop=0 Coder>CODERS",
    "ATTRIBUTEVARIABLES": "ID# VariableId>VARIABLES! AttributeVariable!",
    "ATTRIBUTEVALUES": "ID# EntityId>ENTITIES! AttributeVariableId>ATTRIBUTEVARIABLES! AttributeValue",
    **{f"DATA{kind}": f"ID# StatementId>STATEMENTS! VariableId>VARIABLES! {value}" for kind, value in (
        ("BOOLEAN", "Value=1"), ("INTEGER", "Value=0"), ("LONGTEXT", "Value"), ("SHORTTEXT", "Entity>ENTITIES"))}}.items()}
FORMS = {"#": "INTEGER NOT NULL PRIMARY KEY", "*": "TEXT PRIMARY KEY", "": "TEXT NOT NULL DEFAULT ''", "=": "INTEGER NOT NULL DEFAULT {}",
         ">": "INTEGER REFERENCES {}(ID) ON DELETE CASCADE"}
DATA = [name for name in TABLES if name.startswith("DATA")]
NEEDED = {"DOCUMENTS": "ID Title Text Date", "STATEMENTS": "ID StatementTypeId DocumentId Start Stop", "STATEMENTTYPES": "ID Label",
          "VARIABLES": "ID Variable DataType StatementTypeId", "ENTITIES": "ID VariableId Value", "DATASHORTTEXT": "StatementId VariableId Entity"}
NOUNS = {"SETTINGS": "setting", "CODERRELATIONS": "coder relation", "VARIABLELINKS": "variable link", "REGEXES": "regular expression", "DOCUMENTS": "document",
         "STATEMENTS": "statement", "STATEMENTTYPES": "statement type", "ENTITIES": "entity", "CODERS": "coder"}
YAML = {"allow_unicode": True, "sort_keys": False, "encoding": "utf-8"}


def to_case(connection, statement_type=None, person="person", organization="organization", concept="concept", agreement="agreement", title="Imported from DNA"):
    """The files of a case folder (relative path to bytes) with the statements of one type, and sentences on what was left out or decided.

    `statement_type` is a label; without it the one type is taken that has the variables named. Without `agreement` a statement is a mention.
    Raises ValueError, with every problem, for a database of another kind, without the variables or without statements.
    """
    tables = _read(connection)
    problems = [f"the database has no {NOUNS[name]}" for name in ("DOCUMENTS", "STATEMENTS") if not tables[name]]
    problems += [f"the date of document {row['ID']}, {row['Date']!r}, is none of the years 1 to 9999" for row in tables["DOCUMENTS"] if not _moment(row["Date"])]
    kind, variables, faults = _chosen(tables, statement_type, {"person": person, "organization": organization, "concept": concept, "agreement": agreement or None})
    if problems + faults:
        raise ValueError("; ".join(problems + faults))
    persons, bodies, concepts = ([e for e in tables["ENTITIES"] if e["VariableId"] == variables[role]["ID"] and e["Value"].strip()] for role in ("person", "organization", "concept"))
    actors, issues = (_unlike({e["ID"]: _slug(e["Value"]) or f"{word}-{e['ID']}" for e in of}, "{}-{}") for of, word in ((persons + bodies, "actor"), (concepts, "issue")))
    rows, told = _statements(tables, kind, variables, actors, issues)
    if not rows:
        raise ValueError(" ".join([f"no statement of the type {kind['Label']!r} can be carried.", *told]))
    known, attributes, notes = {row["ID"]: row["Name"] for row in tables["CODERS"]}, {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]}, defaultdict(list)
    names = {number: known.get(number) or f"coder {number}" for number in sorted({row["coder"] for row in rows}, key=lambda number: number or 0)}
    coders = _unlike({number: _slug(name) or f"coder-{number}" for number, name in names.items()}, "{}-{}")
    for row in sorted(tables["ATTRIBUTEVALUES"], key=lambda row: row["AttributeVariableId"] or 0):
        notes[row["EntityId"]] += [f"{attributes.get(row['AttributeVariableId'], 'attribute')}: {row['AttributeValue']}"] if row["AttributeValue"] else []
    scale = _scale({row["stance"] for row in rows}, variables["agreement"])
    years = sorted({f"{_moment(row['Date']).year:04}" for row in tables["DOCUMENTS"]})
    made = {
        "actors": [{"actor_id": actors[e["ID"]], "name": e["Value"], "kind": sort, "note": "; ".join(notes[e["ID"]])} for of, sort in ((persons, "person"), (bodies, "organisation")) for e in of],
        "issues": [{"issue": issues[e["ID"]], "label": e["Value"], "proposition": e["Value"]} for e in concepts],
        "stances": [dict(zip(("stance", "side", "label", "meaning"), line)) for line in scale],
        "periods": [{"period": f"y{year}", "label": year, "period_edtf": f"{year}-01-01/{year}-12-31"} for year in years],
        "coders": [{"coder": coders[number], "coder_role": "pass", "note": name} for number, name in names.items()],
        "statements": [row | {"coder": coders[row["coder"]]} for row in rows]}
    files = {spec["file"]: _csv(made.get(name, []), spec) for name, spec in schema.SCHEMA["raw"].items() if name != "articles"}
    files["case.yaml"] = yaml.safe_dump({"title": title, "subtitle": f"Statements of the type “{kind['Label']}” of a DNA database", "question": "The DNA database states none."}, **YAML)
    for row in tables["DOCUMENTS"]:
        content = files[f"articles/doc-{row['ID']}.txt"] = row["Text"].encode("utf-8")
        files[f"articles/doc-{row['ID']}.yaml"] = yaml.safe_dump({
            "title": row["Title"] or f"Document {row['ID']}", "publisher": row["Source"] or "not named", "published": _moment(row["Date"]).date().isoformat(),
            "published_basis": "the date kept in the DNA database", "language": ["und"], "rights": "not stated in the DNA database", "sha256": hashlib.sha256(content).hexdigest()}, **YAML)
    if both := {e["Value"] for e in persons} & {e["Value"] for e in bodies}:
        told.append(f"Decided: {_count(len(both), 'name')} both of a person and of an organization, kept as two actors each.")
    if variables["agreement"] and variables["agreement"]["DataType"] == "integer":
        told.append(f"Decided: the sides of {_count(len(scale), 'stance')}, by their numbers: {', '.join(f'{stance} {side}' for stance, side, _, _ in scale)}.")
    return dict(sorted(files.items())), told + _left(tables, kind, variables, set(names))


def _read(connection):
    """Every table by its name, a list of rows in the order of ids. A column of DNA's that the database lacks is empty."""
    cursor, tables, problems = connection.cursor(), {}, []
    cursor.row_factory = None
    try:
        for (found,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name").fetchall():
            name, quoted = found.upper(), '"' + found.replace('"', '""') + '"'
            blank = {column: "" if mark in ("", "*") else None for _, column, mark, _, _ in TABLES.get(name, [])}
            spelt = {column.lower(): column for column in blank}
            columns = [spelt.get(row[1].lower(), row[1]) for row in cursor.execute(f"PRAGMA table_info({quoted})").fetchall()]
            problems += [f"no column {column} in {name}" for column in NEEDED.get(name, "").split() if column not in columns]
            rows = cursor.execute(f"SELECT * FROM {quoted} ORDER BY {'ID' if 'ID' in columns else '1'}").fetchall()
            tables[name] = [blank | {c: ("" if v is None else str(v)) if blank.get(c) == "" else v for c, v in zip(columns, row)} for row in rows]
    except sqlite3.Error as error:
        raise ValueError(f"no DNA database: {error}") from error
    if problems := [f"no table {name}" for name in NEEDED if name not in tables] + problems:
        raise ValueError("no DNA 3 database: " + ", ".join(problems))
    return {name: [] for name in TABLES} | tables


def _moment(seconds):
    """The moment, in UTC, so many seconds after 1970 began; None where there is none."""
    try:
        return datetime(1970, 1, 1) + timedelta(seconds=seconds)
    except (OverflowError, TypeError, ValueError):
        return None


def _chosen(tables, label, wanted):
    """The statement type, its variables by their role, and the faults: what each type lacks, or the choices."""
    if len(set(wanted.values())) < len(wanted):
        return None, None, [f"expected four variables for person, organization, concept and agreement, not {', '.join(map(repr, wanted.values()))}"]
    whole, faults = [], []
    for kind in (kind for kind in tables["STATEMENTTYPES"] if label in (None, kind["Label"])):
        variables = {row["Variable"]: row for row in tables["VARIABLES"] if row["StatementTypeId"] == kind["ID"]}
        lacks = [f"no variable {name!r}{schema.nearest(name, variables)}" for name in wanted.values() if name and name not in variables]
        for role, name in wanted.items():
            sorts = ("boolean", "integer") if role == "agreement" else ("short text",)
            lacks += [f"{name!r} is {variables[name]['DataType']}, not {' or '.join(sorts)}"] if name in variables and variables[name]["DataType"] not in sorts else []
        whole += [] if lacks else [(kind, {role: variables.get(name) for role, name in wanted.items()})]
        faults.append(f"statement type {kind['Label']!r}: {', '.join(lacks)}")
    if len(whole) == 1:
        return *whole[0], []
    choices = ", ".join(repr(kind["Label"]) for kind in ([kind for kind, _ in whole] or tables["STATEMENTTYPES"]))
    if whole:
        faults = [f"several statement types have these variables, choose one of {choices}"]
    return None, None, faults or [f"statement type {label!r}: expected one of {choices}" if choices else "the database has no statement type"]


def _slug(name):
    """A name in plain small letters; empty where it has none."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return re.sub("[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)))[:60].strip("-")


def _unlike(words, numbered):
    """Key to word, for keys and words in their order: a word that another has already gets a number."""
    found = {}
    for key, word in words.items():
        taken = set(found.values())
        found[key] = next(w for w in (numbered.format(word, n) if n > 1 else word for n in range(1, len(taken) + 2)) if w not in taken)
    return found


def _statements(tables, kind, variables, actors, issues):
    """Rows of statements.csv (the coder by the number in DNA), and sentences on what was dropped or decided."""
    values = {(row["VariableId"], row["StatementId"]): row["Entity" if name == "DATASHORTTEXT" else "Value"] for name in DATA for row in tables[name]}
    documents, entities = {row["ID"]: row for row in tables["DOCUMENTS"]}, {row["ID"] for row in tables["ENTITIES"]}
    rows, dropped, alone, lost, asked = [], defaultdict(list), 0, 0, variables["agreement"]
    for statement in (s for s in tables["STATEMENTS"] if s["StatementTypeId"] == kind["ID"]):
        of = {role: values.get((variable["ID"], statement["ID"])) for role, variable in variables.items() if variable}
        lost += sum(of[role] is not None and of[role] not in entities for role in ("person", "organization", "concept"))
        speaker, body, issue = actors.get(of["person"]), actors.get(of["organization"]), issues.get(of["concept"])
        stance = 1 if not asked else {0: -1, 1: 1}.get(of["agreement"]) if asked["DataType"] == "boolean" else of["agreement"]
        document, start, stop = documents.get(statement["DocumentId"]), statement["Start"], statement["Stop"]
        span = _points(text := document["Text"] if document else "", start, stop)
        why = ("whose document is not there" if not document else "with an empty span" if start == stop else "whose span is not in the text" if not span else
               "with a NUL character" if "\0" in text[slice(*span)] else "without person and organization" if not (speaker or body) else "without concept" if not issue else
               "" if isinstance(stance, int) and abs(stance) < 10**9 else f"without a readable value of {asked['Variable']!r}")
        if why:
            dropped[why].append(statement["ID"])
            continue
        alone += not speaker
        rows.append({"statement_id": f"s{statement['ID']}", "article_id": f"doc-{document['ID']}", "coder": statement["Coder"], "speaker": speaker or body, "on_behalf_of": body or "",
                     "issue": issue, "stance": stance, "date_edtf": _moment(document["Date"]).date().isoformat(), "date_basis": "resolved",
                     "date_note": "the date of the document; DNA keeps no other", "lang": "und", "quote": text[slice(*span)], "start": span[0], "end": span[1]})
    told = [f"Dropped: {_count(len(ids), 'statement')} {why}: {', '.join(map(str, ids))}." for why, ids in dropped.items()]
    return rows, told + [f"Decided: {_count(*one)}." for one in (
        (lost, "value", " with an entity that is not there, taken as empty"),
        (alone, "statement", " without a person; the organization stands as speaker and as the one spoken for")) if one[0]]


def _points(text, start, stop):
    """A span of UTF-16 units as a span of code points; None where it is not in the text or cuts a character in two."""
    units = text.encode("utf-16-le")
    try:
        return tuple(len(units[:2 * place].decode("utf-16-le")) for place in (start, stop)) if 0 <= start < stop <= len(units) // 2 else None
    except (TypeError, UnicodeDecodeError):
        return None


def _scale(found, variable):
    """The stance scale: (stance, side, label, meaning). DNA names no sides: below the middle is against, above it for."""
    if not variable:
        return [(1, "for", "mentioned", "the concept is mentioned; no agreement was asked for")]
    name, middle = variable["Variable"], 0 if min(found) < 0 else (min(found) + max(found)) / 2
    if variable["DataType"] == "boolean":
        return [(-1, "against", "no", f"{name} is no"), (1, "for", "yes", f"{name} is yes")]
    return [(value, "against" if value < middle else "for" if value > middle else "neutral", str(value), f"{name} is {value}") for value in sorted(found)]


def _left(tables, kind, variables, coders):
    """Sentences on all that a case does not hold, each with its number."""
    ids, kinds = {role: variable["ID"] for role, variable in variables.items() if variable}, {row["ID"]: row["Label"] for row in tables["STATEMENTTYPES"]}
    home, named = ({row["ID"]: row[column] for row in tables["ENTITIES"]} for column in ("VariableId", "Value"))
    left = [(sum(s["StatementTypeId"] == other for s in tables["STATEMENTS"]), "statement", f" of the type {label!r}") for other, label in kinds.items() if other != kind["ID"]]
    for row in (row for row in tables["VARIABLES"] if row["StatementTypeId"] == kind["ID"] and row["ID"] not in ids.values()):
        held = [named.get(v["Entity"]) if name == "DATASHORTTEXT" else v["Value"] for name in DATA for v in tables[name] if v["VariableId"] == row["ID"]]
        left.append((sum(value not in (None, "") for value in held), "value", f" of the variable {row['Variable']!r} ({row['DataType']})"))
    more = [(sum(s["StatementTypeId"] not in kinds for s in tables["STATEMENTS"]), "statement", " of no type"),
            (sum(number not in ids.values() and bool(named[entity]) for entity, number in home.items()), "entity", " of other variables"),
            (sum(bool(row["AttributeValue"]) and home.get(row["EntityId"]) not in (ids["person"], ids["organization"]) for row in tables["ATTRIBUTEVALUES"]), "attribute", " of concepts and others"),
            (sum(_moment(row["Date"]).time() != datetime.min.time() for row in tables["DOCUMENTS"]), "document", ": time of day"),
            (sum(row["ID"] not in coders for row in tables["CODERS"]), "coder", " without statements that are kept")]
    for name, rows in tables.items():
        kept, groups = {column for left_out, column, _, _, _ in TABLES.get(name, []) if not left_out}, defaultdict(list)
        for column in [column for column in (rows[0] if rows and kept else ()) if column not in kept]:
            groups["colour" if column in ("Red", "Green", "Blue") else "password, settings and permissions" if name == "CODERS" else column].append(column)
        more += [(sum(any(row[c] not in (None, "", 0) for c in columns) for row in rows), NOUNS.get(name, "row"), f": {words}" + ("" if name in NOUNS else f" (in {name})")) for words, columns in groups.items()]
        more += [] if kept else [(len(rows), NOUNS.get(name, "row"), "" if name in NOUNS else f" (in {name})")]
    empty = [(sum(not row[column] for row in tables["DOCUMENTS"]), words) for column, words in (("Title", "title, now titled by number"), ("Source", "source, now of a publisher “not named”"))]
    return [f"Not carried: {_count(*one)}." for one in left + [one for one in more if one[0]]] + [f"Decided: {_count(n, 'document')} without {words}." for n, words in empty if n]


def _count(number, noun, rest=""):
    return f"{number} {noun if number == 1 else noun[:-1] + 'ies' if noun.endswith('ty') else noun + 's'}{rest}"


def _csv(rows, spec):
    """Rows as a raw table. The csv module of Python 3.11 leaves a lone carriage return unquoted, and then cannot read it."""
    lines = [spec["columns"], *([str(row.get(column, "")) for column in spec["columns"]] for row in rows)]
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' if re.search('[",\r\n]', cell) else cell for cell in line) + "\n" for line in lines)
    if "\0" in text:
        raise ValueError(f"a NUL character in a name or an attribute: {spec['file']} cannot hold it")
    return text.encode("utf-8")


def from_case(case, connection, coder):
    """Write a checked case, with one coder's statements, into an empty database. Returns sentences on what DNA does not hold. Raises ValueError."""
    if coder not in set(case.coders.coder):
        raise ValueError(f"coder {coder!r}: expected one of {', '.join(case.coders.coder)}")
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise ValueError("the database is not empty: a case is written into a new one only")
    coded, names, kinds = case.statements[case.statements.coder == coder], case.names(), dict(zip(case.actors.actor_id, case.actors.kind))
    boolean, spoken = sorted(case.stances.side) == ["against", "for"], set(coded.on_behalf_of)
    values = {row.stance: int(row.side == "for") if boolean else int(row.stance) for row in case.stances.itertuples()}
    days = {row.article_id: next(day for day in dates.bounds(row.published) if day != date.min) for row in case.articles.itertuples()}
    about = {row.actor_id: {"kind": row.kind, "camp": names.get(row.camp, ""), "note": row.note} for row in case.actors.itertuples()}
    held = [("person", {actor: names[actor] for actor in kinds if kinds[actor] == "person"}, about),
            ("organization", {actor: names[actor] for actor in kinds if kinds[actor] != "person" or actor in spoken}, about),
            ("concept", case.labels(), {row.issue: {"proposition": row.proposition} for row in case.issues.itertuples()})]
    rows, number = defaultdict(list, {"SETTINGS": [("version", "3.0.11")], "STATEMENTTYPES": [(1, "DNA Statement", 239, 208, 51)], "CODERS": [
        (n, name[:LONGEST], red, 160, 60, 0, 14, PASSWORD) for n, name, red in ((1, "Admin", 200), (2, coder, 60))]}), {}
    for n, row in enumerate(case.articles.itertuples(), start=1):
        number["article", row.article_id] = n
        notes = "\n".join(f"{column}: {getattr(row, column)}" for column in ("article_id", "published", "published_basis", "captured", "language", "rights") if getattr(row, column))
        since = days[row.article_id] - date(1970, 1, 1)
        rows["DOCUMENTS"].append((n, row.title[:LONGEST], case.texts[row.article_id], 2, "", row.publisher[:LONGEST], "", notes, "", since // timedelta(seconds=1)))
    for variable, (role, named, attributes) in enumerate(held, start=1):
        rows["VARIABLES"].append((variable, role, "short text", 1))
        for key, name in {"": "", **_unlike({key: name[:LONGEST] for key, name in named.items()}, "{} ({})")}.items():
            number[role, key] = len(rows["ENTITIES"]) + 1
            rows["ENTITIES"].append((number[role, key], variable, name, 0, 0, 0))
        for label in next(iter(attributes.values()), {}):
            rows["ATTRIBUTEVARIABLES"].append((len(rows["ATTRIBUTEVARIABLES"]) + 1, variable, label))
            rows["ATTRIBUTEVALUES"] += [(len(rows["ATTRIBUTEVALUES"]) + n, number[role, key], len(rows["ATTRIBUTEVARIABLES"]), attributes[key][label][:LONGEST] if key else "")
                                        for n, key in enumerate(["", *named], start=1)]
    rows["VARIABLES"].append((4, "agreement", "boolean" if boolean else "integer", 1))
    for n, row in enumerate(coded.itertuples(), start=1):
        speaks = kinds[row.speaker] == "person"
        rows["STATEMENTS"].append((n, 1, number["article", row.article_id], *(len(case.texts[row.article_id][:place].encode("utf-16-le")) // 2 for place in (row.start, row.end)), 2))
        entities = (number["person", row.speaker if speaks else ""], number["organization", row.on_behalf_of if speaks else row.speaker], number["concept", row.issue])
        rows["DATASHORTTEXT"] += [(3 * n - 3 + variable, n, variable, entity) for variable, entity in enumerate(entities, start=1)]
        rows["DATABOOLEAN" if boolean else "DATAINTEGER"].append((n, n, 4, values[row.stance]))
    with connection:
        connection.execute("BEGIN")
        for table, columns in TABLES.items():
            unique = ", ".join(column for _, column, _, _, mark in columns if mark)
            defined = [f"{column} {FORMS[mark].format(to)}" for _, column, mark, to, _ in columns] + ([f"UNIQUE ({unique})"] if unique else [])
            connection.execute(f"CREATE TABLE {table} ({', '.join(defined)})")
            for row in rows[table]:  # what a row leaves out at its end is as DNA has it by default
                connection.execute(f"INSERT INTO {table} ({', '.join(column for _, column, _, _, _ in columns[:len(row)])}) VALUES ({', '.join('?' * len(row))})", row)
    silent = sum(kinds[row.speaker] != "person" and row.on_behalf_of not in ("", row.speaker) for row in coded.itertuples())
    cut = [words for words in (*case.articles.title, *case.articles.publisher, coder, *names.values(), *case.actors.note, *case.issues.label, *case.issues.proposition) if len(words) > LONGEST]
    lost = [(len(case.statements) - len(coded), "statement", " of other coders"), (len(coded), "statement", ": id, date basis and language"),
            (sum(row.date_edtf != days[row.article_id].isoformat() for row in coded.itertuples()), "statement", ": a date other than that of the document"),
            *((int((coded[column] != "").sum()), "statement", f": {words}") for column, words in (
                ("date_words", "words of the date"), ("date_note", "note on the date"), ("quoted_by", "who read it out"), ("gloss", "gloss"), ("note", "note"))),
            (silent, "statement", ": the actor for whom an organization speaks"), (sum(len(set(dates.bounds(day))) > 1 for day in case.articles.published), "document", ": a date of more than a day"),
            *((len(getattr(case, table)), noun, "") for table, noun in (
                ("relations", "relation mention"), ("relation_types", "relation type"), ("event_mentions", "event mention"), ("context_events", "context event"), ("affiliations", "affiliation"),
                ("aliases", "printed name"), ("adjudication", "decision"), ("periods", "period"))),
            (sum(map(len, case.furniture.values())), "span", " of page furniture"), (len(case.stances), "stance", ": side, label and meaning"), (len(kinds) + len(case.issues), "id", " of actors and issues"),
            (len(cut), "text", f": what goes beyond {LONGEST} characters"), (1, "case", ": title, subtitle, question, authors and rules of coding")]
    both = sum(kinds[actor] == "person" for actor in spoken - {""})
    return [*(f"Not carried: {_count(*one)}." for one in lost if one[0]), "Decided: 2 coders, Admin and the one chosen, each with the password “dna”.",
            *([f"Decided: {_count(both, 'person')} spoken for by others, also kept as organization."] if both else []),
            *([f"Decided: 2 stances, {' and '.join(f'{stance} as ' + ('yes' if value else 'no') for stance, value in values.items())}."] if boolean else [])]
