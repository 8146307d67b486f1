"""`dispute changes`: two folders of tables."""

import click

# What the sentences are made from; a table of another kind may be missing.
TABLES = [
    "articles",
    "actors",
    "issues",
    "statements",
    "event_mentions",
    "relations",
    "edges",
    "edge_evidence",
    "stance_table",
    "position_changes",
    "chronology",
]


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", default="data/processed")
def changes(old: str, new: str) -> int:
    """Say in sentences what changed between two folders of processed tables.

    NEW is data/processed where nothing else is named. A sentence stands on each line, with the ids
    behind it.
    """
    from dispute.changes import changes as differences
    from helpers.case.tables import read_tables

    tables = []
    for folder in (old, new):
        frames = read_tables(folder)
        missing = ", ".join(name for name in TABLES if name not in frames)
        if missing:
            expected = "a folder of processed tables"
            raise ValueError(f"{folder}: found no {missing}; expected {expected}")
        tables.append(frames)
    lines = [f"{row.sentence} [{row.evidence}]" for row in differences(*tables).itertuples()]
    print("\n".join(lines) or "nothing has changed")
    return 0
