"""A database of DNA to the files of a case folder.

DNA counts places in UTF-16 units, as Java does; a case counts Unicode code points. What a case
cannot hold is told in plain sentences, each with its number.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from dispute.exchange.dna.case_files import article_files, as_yaml, raw_table
from dispute.exchange.dna.choice import Choice, choose
from dispute.exchange.dna.layout import Row, Tables, date_of, read
from dispute.exchange.dna.remainder import not_carried
from dispute.exchange.dna.statements import Entities, statement_rows
from dispute.exchange.wording import Key, Tally, plain_id, sentences, sides, unlike
from helpers.case.schema import CODER, SCHEMA


def to_case(
    connection: sqlite3.Connection,
    statement_type: str | None = None,
    person: str = "person",
    organization: str = "organization",
    concept: str = "concept",
    agreement: str | None = "agreement",
    title: str = "Imported from DNA",
) -> tuple[dict[str, bytes], list[str]]:
    """The files of a case folder (relative path to bytes), and sentences on what was lost.

    `statement_type` is the label of the type whose statements are taken; without it the one type
    is taken that has the variables named. `person`, `organization`, `concept` and `agreement` are
    names of variables; without `agreement` a statement is a mention. The sentences tell what was
    left out or decided.

    Raises ValueError, with every problem, for a database of another kind, without the variables or
    without statements.
    """
    tables = read(connection)
    wanted = {
        "person": person,
        "organization": organization,
        "concept": concept,
        "agreement": agreement or None,
    }
    choice = _checked_choice(tables, statement_type, wanted)
    entities = _entities(tables, choice)
    rows, dropped = statement_rows(tables, choice, entities)
    label = choice.type["Label"]
    if not rows:
        nothing = f"no statement of the type {label!r} can be carried."
        raise ValueError(" ".join([nothing, *dropped]))
    coders = _coder_names(tables, rows)
    scale = _scale({row["stance"] for row in rows}, choice.agreement)
    raw = {
        "actors": _actor_rows(tables, entities),
        "issues": _issue_rows(entities),
        "stances": scale,
        "periods": _period_rows(tables["DOCUMENTS"]),
        **_coder_and_statement_rows(coders, rows),
    }
    files = _files(raw, tables["DOCUMENTS"], title, label)
    decided = _decided(entities, scale, choice.agreement)
    return files, dropped + decided + not_carried(tables, choice, set(coders))


def _checked_choice(
    tables: Tables, statement_type: str | None, wanted: dict[str, str | None]
) -> Choice:
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
    """The persons, organizations and concepts, and the ids that they have in the case."""
    persons = _named(tables, choice.person)
    organizations = _named(tables, choice.organization)
    concepts = _named(tables, choice.concept)
    actors = {row["ID"]: row["Value"] for row in persons + organizations}
    issues = {row["ID"]: row["Value"] for row in concepts}
    return Entities(persons, organizations, concepts, _ids(actors, "actor"), _ids(issues, "issue"))


def _named(tables: Tables, variable: Row) -> list[Row]:
    """The entities of a variable, but for those whose name is blank."""
    return [
        row
        for row in tables["ENTITIES"]
        if row["VariableId"] == variable["ID"] and row["Value"].strip()
    ]


def _ids(names: Mapping[Key, str], word: str) -> dict[Key, str]:
    """Number to id: a name in plain small letters, or a word and the number where it has none."""
    plain = {number: plain_id(name) or f"{word}-{number}" for number, name in names.items()}
    return unlike(plain, "{}-{}")


def _actor_rows(tables: Tables, entities: Entities) -> list[Row]:
    """Rows of `actors.csv`, the persons first."""
    notes = _notes(tables)
    kinds = [(row, "person") for row in entities.persons]
    kinds += [(row, "organisation") for row in entities.organizations]
    return [
        {
            "actor_id": entities.actors[row["ID"]],
            "name": row["Value"],
            "kind": kind,
            "note": "; ".join(notes[row["ID"]]),
        }
        for row, kind in kinds
    ]


def _notes(tables: Tables) -> dict[int, list[str]]:
    """What an entity's attributes say, by its number."""
    labels = {row["ID"]: row["AttributeVariable"] for row in tables["ATTRIBUTEVARIABLES"]}
    notes: dict[int, list[str]] = defaultdict(list)
    for row in sorted(tables["ATTRIBUTEVALUES"], key=lambda row: row["AttributeVariableId"] or 0):
        if row["AttributeValue"]:
            label = labels.get(row["AttributeVariableId"], "attribute")
            notes[row["EntityId"]].append(f"{label}: {row['AttributeValue']}")
    return notes


def _issue_rows(entities: Entities) -> list[Row]:
    """Rows of `issues.csv`: a concept is both the label and the proposition."""
    return [
        {
            "issue": entities.issues[row["ID"]],
            "label": row["Value"],
            "proposition": row["Value"],
        }
        for row in entities.concepts
    ]


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


def _scale(stances: set[int], agreement: Row | None) -> list[Row]:
    """Rows of `stances.csv`: the stance scale. DNA names no sides."""
    if agreement is None:
        meaning = "the concept is mentioned; no agreement was asked for"
        return [_stance(1, "for", "mentioned", meaning)]
    name = agreement["Variable"]
    if agreement["DataType"] == "boolean":
        return [
            _stance(-1, "against", "no", f"{name} is no"),
            _stance(1, "for", "yes", f"{name} is yes"),
        ]
    return [
        _stance(number, side, str(number), f"{name} is {number}")
        for number, side in sides(stances).items()
    ]


def _stance(stance: int, side: str, label: str, meaning: str) -> Row:
    return {"stance": stance, "side": side, "label": label, "meaning": meaning}


def _files(
    raw: dict[str, list[Row]], documents: list[Row], title: str, label: str
) -> dict[str, bytes]:
    """All files of the case, by their paths in order: tables, articles, `case.yaml`."""
    files = {}
    for table, spec in SCHEMA["raw"].items():
        rows = raw.get(table, [])
        if CODER in spec["file"]:
            for coder in sorted({row["coder"] for row in rows}):
                own = [row for row in rows if row["coder"] == coder]
                files[spec["file"].replace(CODER, coder)] = raw_table(own, spec)
        elif table != "articles" and (rows or spec["file"].startswith("codebook/")):
            files[spec["file"]] = raw_table(rows, spec)
    files["case.yaml"] = as_yaml(
        {
            "title": title,
            "subtitle": f"Statements of the type “{label}” of a DNA database",
            "question": "The DNA database states none.",
        }
    )
    for document in documents:
        files |= article_files(document)
    return dict(sorted(files.items()))


def _decided(entities: Entities, scale: list[Row], agreement: Row | None) -> list[str]:
    """Sentences on what was chosen where a database says nothing."""
    persons = {row["Value"] for row in entities.persons}
    both = persons & {row["Value"] for row in entities.organizations}
    rest = " both of a person and of an organization, kept as two actors each"
    decided = sentences("Decided", [Tally(len(both), "name", rest)])
    if agreement and agreement["DataType"] == "integer":
        sides = ", ".join(f"{row['stance']} {row['side']}" for row in scale)
        stances = Tally(len(scale), "stance")
        decided.append(f"Decided: the sides of {stances}, by their numbers: {sides}.")
    return decided
