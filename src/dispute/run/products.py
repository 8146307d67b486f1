"""What each step of a report makes, written into the folder given to it. `report` says when, and from what.

pandas and what builds on it are imported where they are used: a run with nothing to do makes nothing, and is quick.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from dispute.run import notebooks, publishing, settings

EXPORTS = {
    "network.gexf": "all networks, for Gephi",
    "network.graphml": "all networks, for Gephi, yEd and visone",
    "congruence.dl": "who agrees, a matrix for UCINET",
    "conflict.dl": "who disagrees, a matrix for UCINET",
    "chronology.timelinejs.json": "the chronology, for TimelineJS",
    "chronology.ics": "the chronology as a calendar (iCalendar)",
}
ADDED = {
    "brief.pdf": "the brief: four pages for a seminar, to print",
    "changes.atom": "what changed, as a feed (Atom)",
}
SOURCE, BRIEF, CITATION = (
    Path("reports/source"),
    Path("reports/source/brief/brief.typ"),
    Path("CITATION.cff"),
)
# `notebooks` makes the import of nbformat quick; a process that ends in seconds leaves its garbage to the system
SPHINX = (
    "import atexit, gc, sys; gc.disable(); atexit.register(gc.freeze); "
    "from dispute.run import notebooks; from sphinx.cmd.build import main; sys.exit(main(sys.argv[1:]))"
)
EPOCH = os.environ.get(
    "SOURCE_DATE_EPOCH", ""
)  # as given from outside; the notebooks run with a fixed one


class Failed(RuntimeError):
    """A step that failed. The message says which, and where more is kept."""


def checked(asked, folder):
    """A word that settings and case are without fault. Raises settings.Refused with every problem."""
    if problems := settings.problems(asked):
        raise settings.Refused(problems)
    (folder / "checked").write_text("no problem\n")


def page(source, executed, folder):
    """An executed notebook with today's prose around what the run computed."""
    book = notebooks.with_prose(notebooks.read(source), notebooks.read(executed))
    (folder / source.name).write_bytes(notebooks.as_bytes(book))


def read_case(asked):
    """The case as it was known on the day asked for."""
    from helpers.case import load as case

    return case.load(asked.shared["case_dir"], asked.shared["as_of"])


def read_tables(folder):
    """The processed tables by name."""
    from helpers.case.tables import read_tables

    return read_tables(folder)


def title(tables):
    """The title of the case that a folder of processed tables tells of."""
    return json.loads((tables / "datapackage.json").read_text(encoding="utf-8"))["title"]


def tables(found, coder, ran, folder):
    """All tables: the notebooks', the findings made from them, the network files, and datapackage.json, which describes them."""
    from dispute.exchange.calendars import icalendar
    from dispute.exchange.datapackage import datapackage
    from dispute.exchange.graphs import dl, gexf, graphml, matrix
    from dispute.exchange.timelinejs import timelinejs
    from helpers.analysis import findings
    from helpers.case.files import write_file
    from helpers.case.schema import SCHEMA
    from helpers.case.tables import read_tables, write_table

    for book, made in ran.items():
        for table in sorted((made / "tables").iterdir()):
            if (folder / table.name).exists():
                raise Failed(f"{book} makes {table.name}, which another notebook makes too")
            shutil.copy(table, folder)
    frames = read_tables(folder)
    if missing := [name for name in SCHEMA["processed"] if name not in {*frames, "findings"}]:
        raise Failed(f"no notebook makes {', '.join(missing)}, which tables.yaml describes")
    write_table(findings.findings(frames, found.stances, coder), "findings", folder)
    nodes, edges = frames["nodes"], frames["edges"]
    contents = [write(nodes, edges, found.title) for write in (gexf, graphml)]
    contents += [
        dl(matrix(edges[edges.network == kind]))
        for kind in ("congruence", "conflict")
    ]
    contents += [
        write(frames["chronology"], frames["disagreements"], found.names(), found.title)
        for write in (timelinejs, icalendar)
    ]
    for name, content in zip(EXPORTS, contents, strict=True):
        write_file(folder / name, content.encode())
    write_file(folder / "datapackage.json", datapackage(folder, found.title).encode())


def changes(new, since, folder, as_told=False):
    """What new tables say otherwise than the report in the folder `since`: as a table and as a feed. Where they are the same, or `as_told`, what was said there stays."""
    published, said = (
        since / "data/processed",
        [since / "reports/changes.csv", since / "reports/changes.atom"],
    )
    if (as_told or publishing.contents(published) == publishing.contents(new)) and all(
        path.exists() for path in said
    ):
        for path in said:
            shutil.copy(path, folder)
        return
    from dispute import changes
    from dispute.run import manifest
    from helpers.case.tables import read_tables

    try:
        found = (
            changes.changes(read_tables(published), read_tables(new))
            if title(published) == title(new)
            else changes.NONE
        )
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ):  # none published, or of another shape
        found = changes.NONE
    (folder / "changes.csv").write_text(
        found.to_csv(index=False, lineterminator="\n"), encoding="utf-8"
    )
    (folder / "changes.atom").write_text(
        changes.atom(found, title(new), "changes.html", f"{manifest.day(EPOCH)}T00:00:00Z"),
        encoding="utf-8",
    )


def source(found, frames, coder, given, processed, pages, news, folder):
    """The folder that Sphinx reads: the one place that knows the pages of the site.

    `given`: the parameters of each notebook. `processed`, `news`: the folders of `tables` and `changes`; `pages`: of each `page`, by notebook.
    """
    import pandas as pd

    from dispute import changes
    from dispute.exchange.datapackage import datapackage
    from dispute.exchange.spreadsheets import spreadsheet
    from dispute.site import pages as made_pages
    from helpers.case.files import write_file

    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    downloads = Path(shutil.copytree(processed, folder / "extra" / "data"))
    for table in downloads.glob(
        "*.csv"
    ):  # data/processed is exact; what a reader opens by a click is safe in a spreadsheet
        write_file(table, spreadsheet(table.read_text(encoding="utf-8")).encode())
    write_file(downloads / "datapackage.json", datapackage(downloads, found.title).encode())
    shutil.copy(news / "changes.atom", downloads)
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((folder / "_pages").iterdir())
    }
    books = {
        book: json.loads((made / f"{book}.ipynb").read_text(encoding="utf-8"))
        for book, made in pages.items()
    }
    told = pd.read_csv(news / "changes.csv", dtype=str, keep_default_na=False).reindex(
        columns=changes.COLUMNS, fill_value=""
    )
    for name, text in made_pages.sources(
        found, frames, templates, coder, books, given, EXPORTS | ADDED, told
    ).items():
        write_file(folder / name, text.encode())


def site(title, source, folder, work, failed):
    """The site, built by Sphinx from the folder `source`; nothing of a notebook is executed. `work` is for what is left over, `failed` for what Sphinx said."""
    title = title.translate({ord("<"): "‹", ord(">"): "›"})  # the theme sets it without escaping
    asked = [
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-d",
        str(work),
        "-D",
        f"project={title}",
        "-D",
        f"html_title={title}",
        str(source),
        str(folder),
    ]
    done = subprocess.run(
        [sys.executable, "-c", SPHINX, *asked],
        env={**os.environ, **notebooks.FIXED},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        failed.mkdir(parents=True, exist_ok=True)
        (failed / "site.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        raise Failed(
            f"the site could not be built (kept in {failed / 'site.txt'}):\n"
            + "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        )
    (failed / "site.txt").unlink(missing_ok=True)


def brief(found, frames, coder, least, folder):
    """The brief, typeset; a mean stance needs `least` statements."""
    from dispute import brief

    printed = brief.content(
        found, frames, coder, brief.citation(yaml.safe_load(CITATION.read_text(encoding="utf-8")))
    )
    (folder / "brief.pdf").write_bytes(
        brief.typeset(
            BRIEF.read_text(encoding="utf-8"), printed, brief.pictures(found, frames, coder, least)
        )
    )


def manifest(found, given, inputs, outputs, folder, beside=True):
    """The record of the run, plain and as an RO-Crate; `beside` says whether the inputs lie in the folder that the crate describes."""
    from dispute.run import manifest

    record = manifest.manifest(found, given, inputs, outputs)
    for name, content in (
        ("manifest.json", record),
        ("ro-crate-metadata.json", manifest.crate(found, record, EPOCH, beside)),
    ):
        (folder / name).write_text(
            json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
