"""The few verbs a person types: check, refresh, import-dna, export-dna."""
import argparse
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers import case, schema


def main(arguments=None):
    """Run a verb; returns the exit status: 0 all well, 1 a notebook failed, 2 the input or the call is wrong."""
    parser = argparse.ArgumentParser(prog="dispute", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verb = verbs.add_parser("check", help="check a case folder; tell every problem with file and row")
    verb.add_argument("case_dir", nargs="?", default="data/raw", metavar="CASE")
    verb = verbs.add_parser("refresh", help="run notebooks with their own parameters and keep the outputs in them; renew what is made in the README")
    verb.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="default: notebooks/*.ipynb and tests/*.ipynb")
    verb = verbs.add_parser("import-dna", help="make a case folder from a database of Discourse Network Analyzer 3")
    verb.add_argument("file", metavar="FILE.dna")
    verb.add_argument("case_dir", metavar="CASE", help="a new folder")
    verb.add_argument("--title", help="title of the case; default: the name of the file")
    verb.add_argument("--statement-type", help="label of the statement type; default: the only one that has the variables")
    for name, meaning in (("person", "who speaks"), ("organization", "for whom"), ("concept", "the issue"), ("agreement", "the stance; empty where there is none")):
        verb.add_argument(f"--{name}", default=name, metavar="VARIABLE", help=f"variable of {meaning} (default: %(default)s)")
    verb = verbs.add_parser("export-dna", help="write a case as a database of Discourse Network Analyzer 3")
    verb.add_argument("case_dir", metavar="CASE")
    verb.add_argument("file", metavar="FILE.dna", help="a new file")
    verb.add_argument("--coder", default="adjudicated", help="the coding pass to write (default: %(default)s)")
    given = parser.parse_args(arguments)
    run = {"check": lambda: check(given.case_dir), "refresh": lambda: refresh(given.notebooks), "export-dna": lambda: export_dna(given.case_dir, given.file, given.coder),
           "import-dna": lambda: import_dna(given.file, given.case_dir, title=given.title or Path(given.file).stem, statement_type=given.statement_type,
                                            person=given.person, organization=given.organization, concept=given.concept, agreement=given.agreement)}
    try:
        return run[given.verb]()
    except (ValueError, OSError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 2


def check(case_dir):
    """Tell every problem of a case, or what it holds."""
    problems = case.check(case_dir)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in {case_dir}", file=sys.stderr)
        return 2
    found = case.load(case_dir)
    print(f"{case_dir}: {len(found.articles)} articles, {len(found.statements)} statements, {len(found.event_mentions)} event mentions, {len(found.relations)} relation mentions: no problem")
    return 0


def refresh(paths):
    """Run notebooks and keep their outputs in them; renew the README's made parts."""
    from helpers import notebooks  # slow to import, and the other verbs do not need it
    for path in [Path(p) for p in paths] or sorted([*Path("notebooks").glob("*.ipynb"), *Path("tests").glob("*.ipynb")]):
        print(f"running {path} …", flush=True)
        try:
            executed = notebooks.execute(path, {}, Path(".cache/refresh") / path.stem, Path("reports/failed"))
        except notebooks.NotebookError as error:
            print(error, file=sys.stderr)
            return 1
        schema.replace(path, notebooks.as_bytes(executed))
    readme, made = Path("README.md"), schema.load("data/processed").get("findings")
    text = _renewed(readme.read_text(encoding="utf-8"), "dictionary", schema.dictionary())
    if made is not None:
        text = _renewed(text, "findings", "".join(f"- {sentence}\n" for sentence in made.sentence))
    schema.replace(readme, text.encode())
    return 0


def _renewed(text, name, content):
    """The text with what stands between the two marks of a made part renewed."""
    head, begin, rest = text.partition(f"<!-- {name}: made by `make refresh` -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    return head + begin + content + end + tail


def import_dna(file, case_dir, **choices):
    """Make a new case folder, whole or not at all, and tell what of the database it does not hold."""
    from helpers import dna
    source, folder = Path(file), Path(case_dir)
    if not source.is_file():
        raise ValueError(f"{file}: no such file; expected a DNA database")
    _new(folder)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            files, told = dna.to_case(connection, **choices)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from error
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as beside:
        made = Path(beside) / "case"
        for name, content in files.items():
            schema.replace(made / name, content)
        os.rename(made, folder)
    print(*told, sep="\n")
    return check(case_dir)


def export_dna(case_dir, file, coder):
    """Write a new DNA database, whole or not at all, and tell what of the case it does not hold."""
    from helpers import dna_export
    found, target = case.load(case_dir), Path(file)
    _new(target)
    with closing(sqlite3.connect(":memory:")) as connection:
        told = dna_export.from_case(found, connection, coder)
        content = connection.serialize()
    schema.replace(target, content)
    print(*told, sep="\n")
    return 0


def _new(path):
    if path.exists():
        raise ValueError(f"{path}: is there already; expected the name of something new, so that nothing is overwritten")
