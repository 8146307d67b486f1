"""Which statement type of a database becomes a case, and its variables by the roles they play."""

from dataclasses import dataclass

from dispute.exchange.dna.layout import Row, Tables
from helpers.case.problems import nearest

ENTITY_ROLES = ("person", "organization", "concept")


@dataclass(frozen=True)
class Choice:
    """A statement type and its variables by role, as rows of their tables.

    The roles are those of `ENTITY_ROLES` and `agreement`, whose variable is None where none was
    asked for.
    """

    type: Row
    person: Row
    organization: Row
    concept: Row
    agreement: Row | None

    def variables(self) -> dict[str, int]:
        """Role to the number of its variable, without `agreement` where there is none."""
        roles = {role: getattr(self, role)["ID"] for role in ENTITY_ROLES}
        return roles | ({"agreement": self.agreement["ID"]} if self.agreement else {})


def choose(
    tables: Tables, label: str | None, wanted: dict[str, str | None]
) -> tuple[Choice | None, list[str]]:
    """The one statement type that has the variables wanted, or None and the faults.

    `label`: the type asked for, None for any. `wanted`: role to name of the variable, None where
    a role is not wanted. The faults are what each type lacks, or between which one must choose.
    """
    if len(set(wanted.values())) < len(wanted):
        names = ", ".join(map(repr, wanted.values()))
        return None, [
            f"expected four variables for person, organization, concept and agreement, not {names}"
        ]
    types = [row for row in tables["STATEMENTTYPES"] if label in (None, row["Label"])]
    if not types:
        return None, [_no_such_type(tables, label)]
    choices: list[Choice] = []
    faults: list[str] = []
    for row in types:
        variables = _variables(tables, row)
        if lacks := _lacks(variables, wanted):
            faults.append(f"statement type {row['Label']!r}: {', '.join(lacks)}")
        else:
            choices.append(_choice(row, variables, wanted))
    if len(choices) == 1:
        return choices[0], []
    if choices:
        labels = _labels([choice.type for choice in choices])
        faults = [f"several statement types have these variables, choose one of {labels}"]
    return None, faults


def _choice(
    statement_type: Row, variables: dict[str | None, Row], wanted: dict[str, str | None]
) -> Choice:
    return Choice(
        type=statement_type,
        person=variables[wanted["person"]],
        organization=variables[wanted["organization"]],
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


def _lacks(variables: dict[str | None, Row], wanted: dict[str, str | None]) -> list[str]:
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
