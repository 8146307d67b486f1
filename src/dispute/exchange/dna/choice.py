"""Which statement type of a database becomes a case, and its variables by the roles they play."""

from dataclasses import dataclass

from dispute.exchange.dna.layout import Row, Tables
from helpers.case.problems import nearest

# Roles whose variables hold the actors: of the two a type may lack one.
ACTORS = ("person", "organization")
ENTITY_ROLES = (*ACTORS, "concept")
# Role to the name of its variable; None where none is wanted.
Wanted = dict[str, str | None]


@dataclass(frozen=True)
class Choice:
    """A statement type and its variables by role, as rows of their tables.

    The roles are those of `ENTITY_ROLES` and `agreement`; a variable that was not asked for, or
    that the type goes without, is None. One of `person` and `organization` is there.
    """

    type: Row
    person: Row | None
    organization: Row | None
    concept: Row
    agreement: Row | None

    def variables(self) -> dict[str, int]:
        """Role to the number of its variable, of those that are there."""
        rows = {role: getattr(self, role) for role in (*ENTITY_ROLES, "agreement")}
        return {role: row["ID"] for role, row in rows.items() if row}

    def actors(self) -> list[str]:
        """The roles of the actors."""
        return [role for role in ACTORS if getattr(self, role)]


def choose(tables: Tables, label: str | None, wanted: Wanted) -> tuple[Choice | None, list[str]]:
    """The one statement type that has the variables wanted, or None and the faults.

    `label`: the type asked for, None for any. A type may lack the variable `person`, or
    `organization`, where nothing there is nearly called so, and no other type has all. The faults
    are what each type lacks, or between which one must choose.
    """
    if fault := _not_to_be_chosen(wanted):
        return None, [fault]
    types = [row for row in tables["STATEMENTTYPES"] if label in (None, row["Label"])]
    if not types:
        return None, [_no_such_type(tables, label)]
    choices: list[Choice] = []
    spare: list[Choice] = []
    faults: list[str] = []
    for row in types:
        variables = _variables(tables, row)
        enough = _enough(variables, wanted)
        if lacks := _lacks(variables, enough):
            faults.append(f"statement type {row['Label']!r}: {', '.join(lacks)}")
        else:
            home = choices if enough == wanted else spare
            home.append(_choice(row, variables, enough))
    choices = choices or spare
    if len(choices) == 1:
        return choices[0], []
    if choices:
        labels = _labels([choice.type for choice in choices])
        faults = [f"several statement types have these variables, choose one of {labels}"]
    return None, faults


def _not_to_be_chosen(wanted: Wanted) -> str:
    """What is wrong with the names asked for, whatever there is; empty where nothing is."""
    names = [name for name in wanted.values() if name is not None]
    if len(set(names)) < len(names):
        told = ", ".join(map(repr, names))
        return (
            f"expected different variables for person, organization, concept and agreement, "
            f"not {told}"
        )
    if wanted["concept"] is None:
        return "expected a variable for the concept, not an empty name"
    if wanted["person"] is None and wanted["organization"] is None:
        return "expected a variable for the person or the organization, not two empty names"
    return ""


def _enough(variables: dict[str | None, Row], wanted: Wanted) -> Wanted:
    """What is wanted of a type: without persons or organizations where it has no such variable.

    Only where they were asked for by their usual names.
    """
    for role, other in (ACTORS, reversed(ACTORS)):
        is_usual = wanted[role] == role and role not in variables
        if is_usual and wanted[other] in variables and not nearest(role, variables):
            return wanted | {role: None}
    return wanted


def _choice(statement_type: Row, variables: dict[str | None, Row], wanted: Wanted) -> Choice:
    return Choice(
        type=statement_type,
        person=variables.get(wanted["person"]),
        organization=variables.get(wanted["organization"]),
        concept=variables[wanted["concept"]],
        agreement=variables.get(wanted["agreement"]),
    )


def _variables(tables: Tables, statement_type: Row) -> dict[str | None, Row]:
    """The variables of a statement type by name."""
    return {
        row["Variable"]: row
        for row in tables["VARIABLES"]
        if row["StatementTypeId"] == statement_type["ID"]
    }


def _lacks(variables: dict[str | None, Row], wanted: Wanted) -> list[str]:
    """What a statement type lacks: variables that are not there, or are of another kind."""
    lacks = [
        f"no variable {name!r}{nearest(name, variables)}"
        for name in wanted.values()
        if name is not None and name not in variables
    ]
    for role, name in wanted.items():
        if name not in variables:
            continue
        kind = variables[name]["DataType"]
        kinds = ("short text",) if role in ENTITY_ROLES else ("boolean", "integer")
        if kind not in kinds:
            lacks.append(f"{name!r} is {kind}, not {' or '.join(kinds)}")
    return lacks


def _no_such_type(tables: Tables, label: str | None) -> str:
    types = tables["STATEMENTTYPES"]
    if not types:
        return "the database has no statement type"
    return f"statement type {label!r}: expected one of {_labels(types)}"


def _labels(types: list[Row]) -> str:
    return ", ".join(repr(row["Label"]) for row in types)
