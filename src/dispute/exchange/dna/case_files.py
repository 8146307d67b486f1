"""The files of a case folder as bytes: raw tables, articles with what is known of them."""

import hashlib
from typing import Any

import yaml

from dispute.exchange.dna.layout import Row, date_of
from helpers.case.cells import UNFIT
from helpers.case.files import csv_text
from helpers.case.schema import CODER


def raw_table(rows: list[Row], spec: dict[str, Any]) -> bytes:
    """Rows as the CSV text of a raw table; `spec` is its description in `tables.yaml`.

    Raises ValueError, with the name of the file, where a cell holds a control character.
    """
    names = [name for name in spec["columns"] if not (CODER in spec["file"] and name == "coder")]
    lines = [names]
    for row in rows:
        lines.append([str(row.get(name, "")) for name in names])
    text = csv_text(lines)
    if UNFIT.search(text):
        raise ValueError(
            f"a control character in a name or an attribute: {spec['file']} cannot hold it"
        )
    return text.encode("utf-8")


def article_files(document: Row) -> dict[str, bytes]:
    """The two files of a document, by their paths: its text, and what is known of it."""
    text = document["Text"].encode("utf-8")
    known = {
        "title": document["Title"] or f"Document {document['ID']}",
        "publisher": document["Source"] or "not named",
        "published": date_of(document).date().isoformat(),
        "published_basis": "the date kept in the DNA database",
        "language": ["und"],
        "rights": "not stated in the DNA database",
        "sha256": hashlib.sha256(text).hexdigest(),
    }
    path = f"articles/doc-{document['ID']}"
    return {f"{path}.txt": text, f"{path}.yaml": as_yaml(known)}


def as_yaml(value: dict[str, Any]) -> bytes:
    """A mapping as YAML, its keys in their order."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, encoding="utf-8")
