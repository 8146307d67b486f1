"""What the codes of another tool mean: the fields of a statement.

A code that is called `issue.open-servers.2`, `issue.open-servers`, `stance.2` or `speaker.ada-obi`
says it by its name, with `_` for a point where a tool allows none. For any other a mapping file
does (YAML):

    codes:
      Opens the servers: {issue: open-servers, stance: 2}
      Ada: {speaker: ada-obi}
      To be discussed: {}            # left out
    coders: {Ann B.: ann}            # the name in the file, the coder of the case
    documents: {Article 1.txt: skerry-post}
    always: {lang: en}               # fields of every statement that say nothing else
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.case.problems import Problem, nearest
from helpers.case.schema import columns
from helpers.case.yaml_strict import read_mapping

# The fields that a code may stand for, in the order in which an export writes them.
BY_CODE = ("issue", "stance", "speaker", "on_behalf_of", "quoted_by")
# What is known of a passage by its place, and never by a code or a note.
OF_THE_PLACE = {"article_id", "coder", "quote", "start", "end"}
FIELDS = [name for name in columns("statements", "raw") if name not in OF_THE_PLACE]
# The others: what a tool has a note for, if it has any.
NOTED = [name for name in FIELDS if name not in BY_CODE]
SECTIONS = ("codes", "coders", "documents", "always")
BY_NAME = re.compile(rf"({'|'.join(BY_CODE)})([._])(.+)")
STANCE = re.compile(r"-?[0-9]{1,9}")

Fields = dict[str, str]


@dataclass(frozen=True)
class Meanings:
    """What a mapping file says; empty where there is none."""

    codes: Mapping[str, Fields] = field(default_factory=dict)
    coders: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    always: Fields = field(default_factory=dict)

    def of(self, code: str) -> Fields | None:
        """The fields of a code; empty where it is left out, None where nothing says what it is."""
        if code in self.codes:
            return self.codes[code]
        named = BY_NAME.fullmatch(code)
        if not named:
            return None
        name, point, value = named.groups()
        issue, _, stance = value.rpartition(point)
        if name == "issue" and issue and STANCE.fullmatch(stance):
            return {"issue": issue, "stance": stance}
        return {name: value}


def code_of(fields: Mapping[str, str]) -> str:
    """The code that means one field, or an issue with its stance; `Meanings.of` reads it."""
    if "stance" in fields and "issue" in fields:
        return f"issue.{fields['issue']}.{fields['stance']}"
    ((name, value),) = fields.items()
    return f"{name}.{value}"


def read_meanings(path: Path) -> tuple[Meanings, list[Problem]]:
    """What a mapping file says, and every problem of it."""
    content, problems = read_mapping(path, path.name)
    for name in content:
        if name not in SECTIONS:
            expected = f"one of {', '.join(SECTIONS)}{nearest(name, SECTIONS)}"
            problems.append(Problem(path.name, 0, str(name), "an unknown name", expected))
    said: dict[str, Any] = {}
    for name in SECTIONS:
        value = content.get(name) or {}
        if not isinstance(value, dict):
            problems.append(Problem(path.name, 0, name, "no mapping", "`name: value` lines"))
            value = {}
        said[name] = {str(key): one for key, one in value.items()}
    codes = {}
    for code, one in said["codes"].items():
        codes[code] = _fields(one, f"codes, {code}", BY_CODE, path.name, problems)
    always = _fields(said["always"], "always", FIELDS, path.name, problems)
    known = {
        name: _words(said[name], name, path.name, problems) for name in ("coders", "documents")
    }
    return Meanings(codes, known["coders"], known["documents"], always), problems


def _fields(
    value: object, place: str, known: Collection[str], file: str, problems: list[Problem]
) -> Fields:
    """Fields by name, as text; what is wrong with them is put to the problems."""
    if not isinstance(value, dict):
        expected = "fields, as in {issue: open-servers, stance: 2}, or {} to leave it out"
        problems.append(Problem(file, 0, place, repr(value)[:60], expected))
        return {}
    for name in value:
        if name not in known:
            expected = f"one of {', '.join(known)}{nearest(name, known)}"
            problems.append(Problem(file, 0, place, f"the field {name!s:.60}", expected))
    return _words(value, place, file, problems)


def _words(value: Mapping[Any, Any], place: str, file: str, problems: list[Problem]) -> Fields:
    """Values of YAML as text: a stance or a name may have become a number."""
    for one in value.values():
        if isinstance(one, dict | list | set) or one is None:
            problems.append(Problem(file, 0, place, repr(one)[:60], "one value"))
    return {str(name): str(one) for name, one in value.items()}


def mapping_text(codes: Collection[str], coders: Collection[str]) -> str:
    """The mapping file that an export writes beside its file: what each of its codes means."""
    import yaml

    meanings = Meanings()
    content = {
        "codes": {code: _plain(meanings.of(code) or {}) for code in codes},
        "coders": {coder: coder for coder in coders},
    }
    head = "# What the codes of the file beside this one mean; an import of it reads these lines.\n"
    # A code and its fields on a line, as a person would write it.
    style = {"allow_unicode": True, "sort_keys": False, "default_flow_style": None}
    return head + yaml.safe_dump(content, width=100, **style)


def _plain(fields: Fields) -> dict[str, Any]:
    return {name: int(one) if name == "stance" else one for name, one in fields.items()}
