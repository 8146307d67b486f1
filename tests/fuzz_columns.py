"""A fuzzer over every column of a case, its sidecars, `case.yaml` and the settings.

`python tests/fuzz_columns.py CHECKS CHAINS` prints a table of what came of it. Each seed spoils a
copy of the made-up case in one to three places. What is then refused must be told clearly; what is
not refused must go through all that a run makes. The places are drawn from `tables.yaml`, so that a
new column is not missed.
"""

import csv
import io
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from contextlib import chdir
from pathlib import Path

import yaml
from chain import BOOKS, ROOT, made
from fuzz import CASE, DATES, FORMULAS, MARKUP, NUMBERS, PATHS, clear, harmless, read_rows

from dispute.run import settings
from dispute.run.choices import all_problems
from dispute.run.notebooks import parameters
from helpers.case.load import load
from helpers.case.metadata import LISTS, NAMES
from helpers.case.schema import CODER, SCHEMA, columns, fields, file_columns

# The tables that the case has, but that of the articles, whose cells are in their sidecars.
TABLES = [
    table
    for table, spec in SCHEMA["raw"].items()
    if table != "articles" and (CASE / spec["file"]).exists()
]
SIDECAR = [*columns("articles", "raw")[1:], "furniture"]
WORDS = [
    "",
    " ",
    "\u00a0\u200b",
    "\u3164",
    "one\rtwo",
    "one\ntwo",
    "one\r\ntwo\r\n",
    "\ttab",
    " blanks around ",
    "a;b",
    ";",
    "a | b",
    "'quoted'",
    '"quoted"',
    "“typographic”",
    "—",
    "#1",
    "a,b",
    "x" * 250,
    "x" * 3000,
    "word " * 400,
    "張偉",
    "عَلِيّ بن محمد",
    "e\u0301" * 20,
    "👩‍👩‍👧‍👦",
    "\U0001f30a" * 40,
    "\ufeffx",
    "\u2028",
    "\u2066x\u2069",
    "\x1b[31m",
    "\x7f",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "\uffff",
    "NaN",
    "nan",
    "None",
    "null",
    "NA",
    "true",
    "0",
    "-0",
    "1e5",
    "all",
    "unplaced",
    "__proto__",
    "../x",
    "$\\alpha$ $$",
    "`x`",
    "```",
    "---",
    "% comment",
    "{{ 7*7 }}",
    "{% raw %}",
    "#let x = 1",
    "\\write18{x}",
    "<!-- ",
    "]]>",
    "&amp;&#0;",
    "http://x.invalid/a b",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
]
EDTF = [
    "2019",
    "2019-03",
    "2019-03-08?",
    "2019-03~",
    "2019-03-08%",
    "2019-21",
    "2019-33",
    "201X",
    "20XX",
    "2019-03-2X",
    "2019-03-08/2019-03-10",
    "2019-03-08/..",
    "../2019-03-08",
    "/2019",
    "2019/",
    "[2019-03-08,2019-03-09]",
    "{2019,2020}",
    "0001",
    "0001-01-01",
    "9999-12-31",
    "9999",
    "1582-10-15",
    "2019-03-08T10:00:00",
    "2019-03-08T24:00:00",
    "2019-02-29",
    "2020-02-29",
    "2018-12-31/2019-01-01",
    "..",
    "../..",
    "1000/2999",
]
FIGURES = ["0", "1", "-1", "7", "999999999", "-999999999", "1000000000", "0.5", "1.000000001"]
FIGURES += ["999999999999999", "1e3", "1e400", "9" * 400, "\u0663", "03", "+1"]
ODD = ["NaN", ".inf", "-.inf", "true", "null", "[]", "{}", "[a]", "{a: b}", "2019-01-01", "0x1f"]
ODD += [
    "1:30:00",
    "1_000",
    "~",
    "!!str 1",
    "&a x",
    "*a",
    "'",
    "\t",
    "- a",
    "|",
    ">-",
    "? a",
    "!!x 1",
]


def write_rows_quoted(path, rows):
    """Every cell in quotation marks, so that a lone carriage return is kept."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8"))


def value_for(field, dice):
    """A value for a column, mostly of its type."""
    pools = {
        "edtf": [*EDTF, *DATES],
        "integer": [*FIGURES, *NUMBERS],
        "number": [*FIGURES, *NUMBERS],
    }
    own = pools.get(field["type"], WORDS)
    if "enum" in field and dice.random() < 0.5:
        own = [str(choice) for choice in field["enum"]]
    elif field.get("pattern") == "id" and dice.random() < 0.5:
        own = PATHS
    elif own is WORDS and dice.random() < 0.3:
        own = [*MARKUP, *FORMULAS]
    return dice.choice(own if dice.random() < 0.85 else [*WORDS, *EDTF, *FIGURES])


def files_of(folder, table):
    """The files of a table: of one that each coder has, those of all coders."""
    return sorted(folder.glob(SCHEMA["raw"][table]["file"].replace(CODER, "*")))


def a_column(folder, dice):
    """A cell of any column, or all of them: of one pass, or of all, so that they agree."""
    table = dice.choice(TABLES)
    column = dice.choice(file_columns(table))
    field = fields(table, "raw")[column]
    paths = files_of(folder, table)
    rows = read_rows(paths[0])[1:]
    if not rows:
        return f"{table}.{column}"
    if dice.random() < 0.3:
        paths = [dice.choice(paths)]
    value = value_for(field, dice)
    again, one = dice.random() < 0.25, dice.randrange(len(rows))
    other = dice.randrange(len(rows))
    chosen = range(len(rows)) if dice.random() < 0.1 else [one]
    old = ""
    for path in paths:
        header, *rows = read_rows(path)
        if column not in header:
            # A column that a file may lack.
            header.append(column)
            rows = [[*row, ""] for row in rows]
        place = header.index(column)
        value = rows[other][place] if again else value
        old = rows[one][place]
        for number in chosen:
            rows[number][place] = value
        write_rows_quoted(path, [header, *rows])
    if dice.random() < 0.6 and old and value:
        _rename(folder, field, column, old, value)
    return f"{table}.{column}"


def _rename(folder, field, column, old, value):
    """Put the new value wherever others point to the old one, so that it may pass the check."""
    for table in TABLES:
        for path in files_of(folder, table):
            header, *rows = read_rows(path)
            for name, other in fields(table, "raw").items():
                linked = field.get("in") and other.get("in") == field["in"]
                if name not in header or not (linked or name == column):
                    continue
                place = header.index(name)
                for row in rows:
                    parts = row[place].split(";")
                    row[place] = ";".join(value if one == old else one for one in parts)
            write_rows_quoted(path, [header, *rows])


def some_rows(folder, dice):
    """A table without rows, without one, with one twice, or in another order."""
    table = dice.choice(TABLES)
    path = dice.choice(files_of(folder, table))
    header, *rows = read_rows(path)
    kind = dice.choice(["none", "one less", "one more", "order"])
    if kind == "none":
        rows = []
    elif kind == "one less" and rows:
        rows.pop(dice.randrange(len(rows)))
    elif kind == "one more" and rows:
        again = list(dice.choice(rows))
        again[0] = f"{again[0]}-again"
        rows.append(again)
    else:
        dice.shuffle(rows)
    write_rows_quoted(path, [header, *rows])
    return f"{table}: rows"


def yaml_value(dice):
    if dice.random() < 0.4:
        return dice.choice(ODD)
    words = dice.choice([*WORDS, *MARKUP, *EDTF, *DATES, *FIGURES])
    return yaml.safe_dump(words, allow_unicode=dice.random() < 0.5, width=10**9).splitlines()[0]


def a_line(path, name, value):
    """Set a line of a YAML file; its value goes to the next name that begins a line."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(rf"(?ms)^{name}:.*?(?=^[a-z_]|\Z)", "", text)
    path.write_text(f"{name}: {value}\n{text}", encoding="utf-8")


def a_sidecar(folder, dice):
    path = dice.choice(sorted((folder / "articles").glob("*.yaml")))
    name = dice.choice([one for one in SIDECAR if one != "sha256" or dice.random() < 0.3])
    value = yaml_value(dice)
    if name == "published" and dice.random() < 0.7:
        value = f'"{dice.choice(EDTF)}"' if dice.random() < 0.8 else ""
    elif name == "furniture" and dice.random() < 0.7:
        ends = dice.sample([*range(0, 200, 20), 10**6, -1, "true", "1.5"], 2)
        value = f"[{{start: {ends[0]}, end: {ends[1]}, what: {yaml_value(dice)}}}]"
    a_line(path, name, value)
    return f"sidecar.{name}"


def a_case_yaml(folder, dice):
    name = dice.choice(NAMES)
    value = yaml_value(dice)
    a_line(folder / "case.yaml", name, f"[{value}]" if name in LISTS else value)
    return f"case.yaml.{name}"


def a_setting(folder, dice):
    """A line of the settings, or a parameter of a notebook."""
    path = folder.parent / "config.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    value = dice.choice([*ODD, *EDTF, *FIGURES, "pass-a", "pass-b", "all", "hearings", "decision"])
    try:
        value = yaml.safe_load(value)
    except (yaml.YAMLError, ValueError):
        value = str(value)
    if dice.random() < 0.5:
        name = dice.choice(["coder", "period", "as_of", "cell_seconds", "notebook_seconds"])
        content[name] = value
    else:
        book = dice.choice(BOOKS)
        own = sorted(parameters(book))
        name = dice.choice(own)
        kinds = {"bool": [True, False], "int": [0, 1, 2, 5], "float": [0.0, 0.5, 3.0]}
        known = kinds.get(parameters(book)[name].kind, ["speaker", "on_behalf_of", "year", "month"])
        content["notebooks"].setdefault(book.stem, {})
        content["notebooks"][book.stem] = {
            **(content["notebooks"][book.stem] or {}),
            name: dice.choice([*known, value]),
        }
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return f"config.{name}"


KINDS = {
    "a cell of any column": a_column,
    "rows of a table": some_rows,
    "a line of a sidecar": a_sidecar,
    "a line of case.yaml": a_case_yaml,
    "a setting": a_setting,
}
# How often each kind is drawn.
WEIGHTS = [12, 2, 5, 2, 3]


def spoiled(place, seed):
    """A copy of the case and the settings with one to three faults; their kinds and places."""
    dice = random.Random(f"columns {seed}")
    folder = Path(shutil.copytree(CASE, place / "case"))
    shutil.copy(ROOT / "config.yaml", place / "config.yaml")
    kinds = dice.choices(list(KINDS), WEIGHTS, k=dice.choice([1, 1, 1, 2, 3]))
    return folder, [(kind, KINDS[kind](folder, dice)) for kind in kinds]


def tried(seed, chain=True):
    """What came of a seed: `refused`, `passed` (not gone on with) or `shown`, and its kinds.

    Raises AssertionError, or whatever was raised, for anything else. To be called from the folder
    of the project.
    """
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder, kinds = spoiled(place, seed)
        try:
            outcome = _outcome(place, folder, chain)
        except BaseException as error:
            error.add_note(f"seed {seed}: {kinds}")
            raise
        return outcome, kinds


def _outcome(place, folder, chain):
    asked = settings.read(place / "config.yaml", (), folder)
    # What `dispute check` tells of the case is among them.
    if problems := all_problems(asked):
        assert all(map(clear, problems)), problems
        assert all(len(str(problem)) < 1200 for problem in problems)
        return "refused"
    if not chain:
        return "passed"
    given = {book: asked.parameters(book) for book in asked.books}
    (place / "made").mkdir()
    frames = made(folder, place / "made", given, coder=asked.shared["coder"])
    case = load(folder, asked.shared["as_of"])
    harmless(case)
    for table in ("articles", "actors", "issues", "affiliations"):
        assert len(frames[table]) == len(getattr(case, table)), table
    return "shown"


def main(checks=300, chains=30, first=0):
    """Try so many seeds, and go on with so many of those that pass; print a table."""
    counts = defaultdict(Counter)
    faults, left = [], chains
    with chdir(ROOT):
        for seed in range(first, first + checks):
            try:
                outcome, kinds = tried(seed, chain=left > 0)
            except Exception as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                words = f"{type(error).__name__}: {str(error)[:300]}"
                where = f"{Path(last.filename).name}:{last.lineno}"
                faults.append(f"{words} at {where} {getattr(error, '__notes__', '')}")
                print(faults[-1], flush=True)
                outcome, kinds = "wrong", spoiled(Path(tempfile.mkdtemp()), seed)[1]
            left -= outcome in ("shown", "wrong")
            for kind, _ in kinds:
                counts[kind][outcome] += 1
    print("| kind | tried | refused | passed the check alone | shown harmlessly | wrong |")
    print("|---|---|---|---|---|---|")
    for kind, count in counts.items():
        numbers = [count[name] for name in ("refused", "passed", "shown", "wrong")]
        print(f"| {kind} | {sum(count.values())} | {' | '.join(map(str, numbers))} |")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
