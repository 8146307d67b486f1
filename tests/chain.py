"""All that a run makes of a case, without kernels: tables, pages, brief, record and exports.

The code of the notebooks is run here as it stands, cell by cell, so that this cannot fall behind
them.
"""

import csv
import io
import json
import sqlite3
import warnings
from contextlib import closing, redirect_stdout
from functools import cache
from pathlib import Path
from unittest.mock import patch

import matplotlib

from dispute.exchange.dna import from_case
from dispute.run.imports import parsed
from dispute.run.products.brief import write_brief
from dispute.run.products.networks import write_networks
from dispute.run.products.record import write_record
from dispute.run.products.replication import write_replication
from dispute.run.products.site import Made, write_site
from dispute.run.products.tables import write_tables
from dispute.run.replication.ran import Ran
from dispute.run.settings import published
from helpers.case import load as loading
from helpers.case import parts
from helpers.case import tables as writing

ROOT = Path(__file__).resolve().parents[1]
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Few draws of a bootstrap: what they are is tested elsewhere.
DRAWS = 2


def ran(book, given):
    """Run the code of a notebook with these parameters; what it declares else stays.

    Gives all parameters as they were, but for `out_dir`.
    """
    space = {"__name__": "__main__"}
    declared = {}
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        exec(compile(parsed("".join(cell["source"])), book.name, "exec"), space)
        if "parameters" in cell["metadata"].get("tags", []):
            space.update({name: value for name, value in given.items() if name in space})
            if "draws" in space:
                space["draws"] = min(space["draws"], DRAWS)
            declared = {name: space[name] for name in space["__annotations__"]}
    return {name: value for name, value in declared.items() if name != "out_dir"}


def once(load):
    """A loader that reads each case once, whatever a notebook goes without."""
    read = cache(load)

    def loaded(case_dir, known_by="", without=()):
        return parts.without(read(case_dir, known_by), without)

    return loaded


def made(case_dir, folder, given=None, **shared):
    """Make all of a case into an empty folder; returns the tables as they are read back.

    `given`: the parameters of each notebook by its name; `shared`: those of all of them. It
    must be called from the folder of the project. Raises AssertionError
    where a table has other rows than were written.
    """
    from matplotlib import pyplot

    matplotlib.use("agg")
    written = {}
    write = writing.write_table

    def recorded(frame, table, place):
        written[table] = len(frame)
        write(frame, table, place)

    with (
        warnings.catch_warnings(),
        redirect_stdout(io.StringIO()),
        patch.object(loading, "load", once(loading.load)),
        patch.object(writing, "write_table", recorded),
    ):
        warnings.filterwarnings("error", "Glyph")  # a letter would be a box
        frames = _made(Path(case_dir), folder, given or {}, shared)
    pyplot.close("all")
    for name, number in written.items():
        assert len(frames[name]) == number, f"{name}: {number} rows, {len(frames[name])} read"
        assert rows_of(folder / f"tables/{name}.csv") == number, name
        assert rows_of(folder / f"site/data/{name}.csv") == number, name
    return frames


def _made(case_dir, folder, given, shared):
    shared = {"coder": "adjudicated", "as_of": "", **shared, "case_dir": str(case_dir)}
    folders, parameters = {}, {}
    books = published({book.stem: book for book in BOOKS}, case_dir).values()
    for book in books:
        folders[book.stem] = folder / book.stem
        tables = folder / book.stem / "tables"
        tables.mkdir(parents=True)
        (folder / book.stem / "figures").mkdir()
        asked = {**shared, **given.get(book.stem, {}), "out_dir": str(tables)}
        parameters[book.stem] = ran(book, asked)
    coder, as_of = shared["coder"], parameters["1_corpus"]["as_of"]
    case = loading.load(str(case_dir), as_of)
    places = [folder / name for name in ("networks", "tables", "news", "brief", "record")]
    for place in places:
        place.mkdir()
    networks, tables, news, brief, record = places
    write_networks(case.title, folders, networks)
    write_tables(case, coder, folders, networks, tables)
    frames = writing.read_tables(tables)
    (news / "changes.csv").write_text("sentence,page,evidence\n", encoding="utf-8")
    (news / "changes.atom").write_text("<feed/>", encoding="utf-8")
    pages = {book.stem: book.parent for book in books}
    write_site(case, frames, coder, parameters, Made(tables, news, pages), folder)
    write_brief(case, frames, coder, brief)
    outputs = {f"data/processed/{path.name}": "0" * 64 for path in sorted(tables.iterdir())}
    inputs = {f"{case_dir}/{path.name}": "0" * 64 for path in sorted(case_dir.iterdir())}
    write_record(case, parameters, inputs, outputs, record)
    notebooks = Ran({book.stem: book for book in books}, folders, parameters)
    made = (tables, folder / "site", brief / "brief.pdf")
    write_replication(case, frames, coder, notebooks, made, record)
    if coder != "all" and (case.articles.published != "").any():
        with closing(sqlite3.connect(":memory:")) as database:
            from_case(case, database, coder)
    return frames


def rows_of(path):
    """The rows of a CSV file as Python's own reader finds them, all of one width."""
    text = io.StringIO(path.read_bytes().decode("utf-8"), newline="")
    header, *rows = csv.reader(text, strict=True)
    assert all(len(row) == len(header) for row in rows), path.name
    return len(rows)
