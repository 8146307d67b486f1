"""All that a run makes of a case, without kernels: tables, pages, brief, record and exports.

The code of the notebooks is run here as it stands, cell by cell, so that this cannot fall behind
them.
"""

import io
import json
import sqlite3
from contextlib import closing, redirect_stdout
from pathlib import Path

import matplotlib

from dispute.exchange.dna import from_case
from dispute.run.imports import parsed
from dispute.run.products.brief import write_brief
from dispute.run.products.record import write_record
from dispute.run.products.site import build_site
from dispute.run.products.source import Made, write_source
from dispute.run.products.tables import write_tables
from helpers.case.load import load
from helpers.case.tables import read_tables

ROOT = Path(__file__).resolve().parents[1]
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Few draws of a bootstrap: what they are is tested elsewhere.
FAST = {"draws": 2}


def ran(book, given):
    """Run the code of a notebook with these parameters; what it declares else stays."""
    matplotlib.use("agg")
    from matplotlib import pyplot

    space = {"__name__": "__main__"}
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    with redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] != "code":
                continue
            exec(compile(parsed("".join(cell["source"])), book.name, "exec"), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space.update({name: value for name, value in given.items() if name in space})
    pyplot.close("all")
    return {name: space[name] for name in given if name in space}


def made(case_dir, folder, coder="adjudicated", as_of="", period="all", site=False):
    """Make all of a case into an empty folder; returns the frames that the tables hold.

    `site` builds the site too. It must be called from the folder of the project.
    """
    given = {"case_dir": str(case_dir), "coder": coder, "as_of": as_of, "period": period, **FAST}
    folders, parameters = {}, {}
    for book in BOOKS:
        folders[book.stem] = folder / book.stem
        tables = folder / book.stem / "tables"
        tables.mkdir(parents=True)
        parameters[book.stem] = ran(book, {**given, "out_dir": str(tables)})
    case = load(case_dir, as_of)
    tables = folder / "tables"
    tables.mkdir()
    write_tables(case, coder, folders, tables)
    frames = read_tables(tables)
    news = folder / "news"
    news.mkdir()
    (news / "changes.csv").write_text("sentence,page,evidence\n", encoding="utf-8")
    (news / "changes.atom").write_text("<feed/>", encoding="utf-8")
    pages = {book.stem: book.parent for book in BOOKS}
    source = folder / "source"
    write_source(case, frames, coder, parameters, Made(tables, news, pages), source)
    brief, record = folder / "brief", folder / "record"
    brief.mkdir()
    write_brief(case, frames, coder, 3, brief)
    record.mkdir()
    outputs = {f"data/processed/{path.name}": "0" * 64 for path in sorted(tables.iterdir())}
    inputs = {f"{case_dir}/{path.name}": "0" * 64 for path in sorted(Path(case_dir).iterdir())}
    write_record(case, parameters, inputs, outputs, record)
    with closing(sqlite3.connect(":memory:")) as database:
        from_case(case, database, coder)
    if site:
        for name in ("site", "work", "failed"):
            (folder / name).mkdir()
        build_site(case.title, source, folder / "site", folder / "work", folder / "failed")
    return frames
