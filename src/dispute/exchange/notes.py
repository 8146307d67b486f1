"""Fields as lines of a note: what a tool shows to people, and what comes back exactly.

`name: value`, a line each. A line end within a value is followed by two blanks; a text that is no
such lines is a note and nothing else.
"""

import re
from collections.abc import Collection, Mapping

LINE = re.compile(r"([a-z_]+): (.*)", re.DOTALL)


def as_note(fields: Mapping[str, str]) -> str:
    """Fields as the text of a note; those that are empty are left out."""
    lines = [f"{name}: {_indented(value)}" for name, value in fields.items() if value]
    return "\n".join(lines)


def from_note(text: str, known: Collection[str]) -> dict[str, str]:
    """The fields that a note holds; `known` are the names that there are.

    Where its first line names none of them, all of it is the field `note`.
    """
    fields: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        match = LINE.fullmatch(line)
        if match and match[1] in known and match[1] not in fields:
            name = match[1]
            fields[name] = match[2]
        elif name and line.startswith("  "):
            fields[name] += "\n" + line[2:]
        elif name:
            # Somebody wrote more below what this program wrote.
            fields["note"] = f"{fields['note']}\n{line}" if fields.get("note") else line
        else:
            return {"note": text} if text.strip() else {}
    return {name: value for name, value in fields.items() if value.strip()}


def _indented(value: str) -> str:
    return value.replace("\n", "\n  ")
