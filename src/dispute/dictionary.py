"""The data dictionary: what every column of every table means, as Markdown."""

from helpers.case.schema import SCHEMA, fields


def dictionary():
    """The data dictionary as Markdown: each processed table with its columns, their type and meaning."""
    lines = []
    for name, spec in SCHEMA["processed"].items():
        lines += [
            f"### {name}",
            "",
            f"{spec['description']} One row for each {' + '.join(spec['key'])}.",
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        for column, field in fields(name).items():
            kind = field["type"] + (", may be empty" if column in spec.get("optional", []) else "")
            allowed = f" One of: {', '.join(map(str, field['enum']))}." if "enum" in field else ""
            lines.append(f"| `{column}` | {kind} | {field['description']}{allowed} |")
        lines.append("")
    return "\n".join(lines)
