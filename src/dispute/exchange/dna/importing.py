"""A database of DNA to the files of a case folder.

DNA counts places in UTF-16 units, as Java does; a case counts Unicode code points. What a case
cannot hold is told in plain sentences, each with its number.
"""

import sqlite3
from collections.abc import Mapping

from dispute.exchange.dna.attributes import Known, kinds_said, known_of
from dispute.exchange.dna.case_files import as_yaml, raw_table
from dispute.exchange.dna.choice import ACTORS, Choice, Wanted, choose
from dispute.exchange.dna.documents import Document, attribute_rows, documents_of
from dispute.exchange.dna.layout import Row, Tables, date_of, in_seconds, read
from dispute.exchange.dna.remainder import not_carried
from dispute.exchange.dna.scale import scale_rows
from dispute.exchange.dna.statements import Entities, statements_of
from dispute.exchange.wording import Key, Tally, plain_id, sentences, unlike
from helpers.case.schema import CODER, SCHEMA, is_open


def to_case(
    connection: sqlite3.Connection,
    statement_type: str | None = None,
    person: str | None = "person",
    organization: str | None = "organization",
    concept: str = "concept",
    agreement: str | None = "agreement",
    title: str = "Imported from DNA",
) -> tuple[dict[str, bytes], list[str]]:
    """The files of a case folder (relative path to bytes), and sentences on what was lost.

    `statement_type` is the label of the type whose statements are taken; without it the one type
    is taken that has the variables named. `person`, `organization`, `concept` and `agreement` are
    names of variables; without `agreement` a statement is a mention, without `person` the actors
    are the organizations, and so the other way. The sentences tell what was left out or decided.

    Raises ValueError, with every problem, for a database of another kind, without the variables or
    without statements.
    """
    tables, in_milliseconds = in_seconds(read(connection))
    wanted = {
        "person": person or None,
        "organization": organization or None,
        "concept": concept or None,
        "agreement": agreement or None,
    }
    choice = _checked_choice(tables, statement_type, wanted)
    documents, moved = documents_of(tables["DOCUMENTS"])
    entities = _entities(tables, choice)
    articles = {document.row["ID"]: document.article_id for document in documents}
    statements = statements_of(tables, choice, entities, articles)
    label = choice.type["Label"]
    if not statements.rows:
        nothing = f"no statement of the type {label!r} can be carried."
        raise ValueError(" ".join([nothing, *statements.told]))
    coders = _coder_names(tables, statements.rows)
    scale = scale_rows(statements.stances, choice.agreement)
    raw = {
        **_described_rows(tables, entities),
        "article_attributes": attribute_rows(documents),
        "stances": scale,
        "periods": _period_rows(tables["DOCUMENTS"]),
        **_coder_and_statement_rows(coders, statements.rows),
    }
    files = _files(raw, documents, title, label)
    dates = Tally(in_milliseconds, "document", ", the date taken as milliseconds, as DNA 2 had it")
    told = [
        *statements.told,
        *_decided(entities, scale, choice, wanted),
        *sentences("Decided", [dates]),
        *moved,
    ]
    return files, told + not_carried(tables, choice, set(coders))


def _checked_choice(tables: Tables, statement_type: str | None, wanted: Wanted) -> Choice:
    """The type and the variables that become a case. Raises ValueError with every problem."""
    problems = []
    if not tables["DOCUMENTS"]:
        problems.append("the database has no document")
    if not tables["STATEMENTS"]:
        problems.append("the database has no statement")
    for document in tables["DOCUMENTS"]:
        try:
            date_of(document)
        except ValueError as error:
            problems.append(str(error))
    choice, faults = choose(tables, statement_type, wanted)
    if choice is None or problems:
        raise ValueError("; ".join(problems + faults))
    return choice


def _entities(tables: Tables, choice: Choice) -> Entities:
    """The persons, organizations and concepts, and the ids that they have in the case.

    An organization of the name of a person is that person where it says so itself: an export makes
    such of persons who are spoken for.
    """
    persons = _named(tables, choice.person)
    organizations = _named(tables, choice.organization)
    concepts = _named(tables, choice.concept)
    kinds, people = kinds_said(tables), {row["Value"]: row["ID"] for row in persons}
    same = {
        row["ID"]: people[row["Value"]]
        for row in organizations
        if kinds.get(row["ID"]) == "person" and row["Value"] in people
    }
    others = [row for row in organizations if row["ID"] not in same]
    actors = _ids({row["ID"]: row["Value"] for row in persons + others}, "actor")
    actors |= {number: actors[person] for number, person in same.items()}
    issues = _ids({row["ID"]: row["Value"] for row in concepts}, "issue")
    return Entities(persons, others, concepts, actors, issues)


def _named(tables: Tables, variable: Row | None) -> list[Row]:
    """The entities of a variable, but for those whose name is blank; none without a variable."""
    if variable is None:
        return []
    return [
        row
        for row in tables["ENTITIES"]
        if row["VariableId"] == variable["ID"] and row["Value"].strip()
    ]


def _ids(names: Mapping[Key, str], word: str) -> dict[Key, str]:
    """Number to id: a name in plain small letters, or a word and the number where it has none."""
    plain = {number: plain_id(name) or f"{word}-{number}" for number, name in names.items()}
    return unlike(plain, "{}-{}")


def _has_header(table: str) -> bool:
    """Whether a table without rows has a file."""
    return SCHEMA["raw"][table]["file"].startswith("codebook/") and not is_open(table)


def _described_rows(tables: Tables, entities: Entities) -> dict[str, list[Row]]:
    """Rows of actors (the persons first) and issues, and of what is known of them besides."""
    everyone = [*entities.persons, *entities.organizations]
    names = {row["Value"]: entities.actors[row["ID"]] for row in everyone}
    persons = [row["ID"] for row in entities.persons]
    actors = known_of(tables, everyone, "actors", names, persons)
    issues = known_of(tables, entities.concepts, "issues", names)
    return {
        "actors": _actor_rows(entities, actors),
        "issues": _issue_rows(entities, issues),
        "actor_attributes": _own_rows("actor_id", entities.actors, actors),
        "issue_attributes": _own_rows("issue", entities.issues, issues),
    }


def _actor_rows(entities: Entities, known: Known) -> list[Row]:
    """Rows of `actors.csv`."""
    kinds = [(row, "person") for row in entities.persons]
    kinds += [(row, "organisation") for row in entities.organizations]
    return [
        {
            "actor_id": entities.actors[row["ID"]],
            "name": row["Value"],
            "kind": kind,
            **known.described[row["ID"]],
        }
        for row, kind in kinds
    ]


def _issue_rows(entities: Entities, known: Known) -> list[Row]:
    """Rows of `issues.csv`: a concept is the label, and the proposition where no other is said."""
    return [
        {
            "issue": entities.issues[row["ID"]],
            "label": row["Value"],
            "proposition": row["Value"],
            **known.described[row["ID"]],
        }
        for row in entities.concepts
    ]


def _own_rows(key: str, ids: Mapping[int, str], known: Known) -> list[Row]:
    """Rows of a table of attributes; none where there is no attribute."""
    if not known.columns:
        return []
    return [{key: ids[number], **cells} for number, cells in known.own.items()]


def _period_rows(documents: list[Row]) -> list[Row]:
    """Rows of `periods.csv`: the years of the documents."""
    years = sorted({f"{date_of(document).year:04}" for document in documents})
    return [
        {"period": f"y{year}", "label": year, "period_edtf": f"{year}-01-01/{year}-12-31"}
        for year in years
    ]


def _coder_names(tables: Tables, rows: list[Row]) -> dict[int | None, str]:
    """The coders of some statements: number to name, in the order of the numbers.

    `rows` are of `statements.csv`, their coders by the number in DNA.
    """
    known = {row["ID"]: row["Name"] for row in tables["CODERS"]}
    numbers = sorted({row["coder"] for row in rows}, key=lambda number: number or 0)
    return {number: known.get(number) or f"coder {number}" for number in numbers}


def _coder_and_statement_rows(
    coders: dict[int | None, str], rows: list[Row]
) -> dict[str, list[Row]]:
    """Rows of `coders.csv`, and those of `statements.csv` with the ids of their coders."""
    ids = _ids(coders, "coder")
    return {
        "coders": [
            {"coder": ids[number], "coder_role": "pass", "note": name}
            for number, name in coders.items()
        ],
        "statements": [row | {"coder": ids[row["coder"]]} for row in rows],
    }


def _files(
    raw: dict[str, list[Row]], documents: list[Document], title: str, label: str
) -> dict[str, bytes]:
    """All files of the case, by their paths in order: tables, articles, `case.yaml`."""
    files = {}
    for table, spec in SCHEMA["raw"].items():
        rows = raw.get(table, [])
        if CODER in spec["file"]:
            for coder in sorted({row["coder"] for row in rows}):
                own = [row for row in rows if row["coder"] == coder]
                files[spec["file"].replace(CODER, coder)] = raw_table(own, table)
        elif table != "articles" and (rows or _has_header(table)):
            files[spec["file"]] = raw_table(rows, table)
    files["case.yaml"] = as_yaml(
        {
            "title": title,
            "subtitle": f"Statements of the type “{label}” of a DNA database",
            "question": "The DNA database states none.",
        }
    )
    for document in documents:
        files |= document.files()
    return dict(sorted(files.items()))


def _decided(entities: Entities, scale: list[Row], choice: Choice, wanted: Wanted) -> list[str]:
    """Sentences on what was chosen where a database says nothing."""
    agreement = choice.agreement
    persons = {row["Value"] for row in entities.persons}
    both = persons & {row["Value"] for row in entities.organizations}
    rest = " both of a person and of an organization, kept as two actors each"
    decided = sentences("Decided", [Tally(len(both), "name", rest)])
    for role, other in (ACTORS, reversed(ACTORS)):
        if wanted[role] and getattr(choice, role) is None:
            name = getattr(choice, other)["Variable"]
            decided.append(
                f"Decided: no variable {wanted[role]!r}; the actors are those of {name!r}."
            )
    if agreement and agreement["DataType"] == "integer":
        sides = ", ".join(f"{row['stance']} {row['side']}" for row in scale)
        stances = Tally(len(scale), "stance")
        decided.append(f"Decided: the sides of {stances}, by their numbers: {sides}.")
    return decided
