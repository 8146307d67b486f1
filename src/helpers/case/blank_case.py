"""A blank case: some articles of a case with its codebook, and nothing that anybody coded."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

import yaml

from helpers.case.files import csv_text
from helpers.case.model import Case

# What of the codebook tells of other articles, of coders, or of what was coded.
LEFT = {"changes.csv", "second_looks.csv", "events.csv"}
CODERS = "coders.csv"
# The folder of a blank case within that of an exercise.
BLANK = "case"
# What of a case it says of itself.
SAID = ("title", "subtitle", "question", "rights")


def blank_case(folder: Path, case: Case, articles: Collection[str]) -> dict[str, bytes]:
    """The files of a blank case, by their paths in it. `folder`: that of the whole case.

    Rows of the codebook that are about another article are left out; it names no coder, and says
    nothing of what came of the coding.
    """
    said: dict[str, object] = {name: getattr(case, name) for name in SAID}
    said["authors"] = list(case.authors)
    files = {"case.yaml": yaml.safe_dump(said, allow_unicode=True, sort_keys=False).encode()}
    for article in articles:
        for ending in ("txt", "yaml"):
            name = f"articles/{article}.{ending}"
            files[name] = (folder / name).read_bytes()
    for path in sorted((folder / "codebook").glob("*.csv")):
        if path.name not in LEFT:
            files[f"codebook/{path.name}"] = _kept(path, set(articles)).encode()
    files["codebook/README.md"] = case.guide.encode()
    return files


def _kept(path: Path, articles: set[str]) -> str:
    """A table of the codebook without rows about other articles; of the coders, its header."""
    text = io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
    header, *rows = csv.reader(text)
    if path.name == CODERS:
        rows = []
    if "article_id" in header:
        at = header.index("article_id")
        rows = [row for row in rows if row[at] in articles]
    return csv_text([header, *rows])
