"""Changes of what is found: findings that hold now, that are gone, or that stand otherwise."""

from typing import Any

from dispute.changes.wording import Change, Tables

PAGE = "findings.html"
# Numbers that are no findings: what moved them is told by itself.
COUNT = "count"


def findings(old: Tables, new: Tables) -> list[Change]:
    """Findings that are new or gone, or whose words, margin or ends are others.

    A finding is known again by its id. Each is told with its margin and with what ends it. Tables
    that lack findings, or have them in an earlier shape, say nothing of them.
    """
    if not _has_findings(old) or not _has_findings(new):
        return []
    before, now = _by_id(old), _by_id(new)
    told = [
        Change("finding", f"New finding: {_words(now[name])}", now[name].evidence, PAGE)
        for name in now
        if name not in before
    ]
    for name, row in before.items():
        if name not in now:
            told.append(Change("finding", f"No longer found: {row.sentence}", row.evidence))
        elif _words(row) != _words(now[name]):
            sentence = f"Found otherwise: {_words(now[name])} Before: {_words(row)}"
            told.append(Change("finding", sentence, now[name].evidence, PAGE))
    return told


def _has_findings(tables: Tables) -> bool:
    return "findings" in tables and "kind" in tables["findings"]


def _by_id(tables: Tables) -> dict[str, Any]:
    """finding_id to the finding, counts left out."""
    rows = tables["findings"].itertuples(index=False)
    return {row.finding_id: row for row in rows if row.kind != COUNT}


def _words(row: Any) -> str:
    """A finding with its margin, which is in its sentence, and what ends it."""
    return " ".join(filter(None, (row.sentence, row.ended_by)))
