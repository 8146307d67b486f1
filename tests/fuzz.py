"""A small fuzzer over case folders.

`python tests/fuzz.py` prints the table, `tests/test_fuzz.py` runs a part of it. Each kind of bad
input is one function that spoils a copy of the made-up case. What follows must be one of two: the
case is refused, every problem with its file and what was expected; or it is taken, and whatever
stands in it is shown as plain text.
"""

import csv
import hashlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

CASE = Path(__file__).parent / "cases/lighthouse"
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><b>x</b>",
    "[x](javascript:alert(1))",
    "```{raw} html\n<b>x</b>\n```",
    "{eval-rst}`x`",
    "{{ x }}",
    "$\\frac{1}$",
    "&lt;b&gt;",
    "<!-- x",
    "\u202eabc",
    "a\u0000b",
]
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.invalid")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
]
PATHS = [
    "..",
    ".",
    "../../etc/passwd",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "~",
    "con",
    "a.",
    ".a",
    "a..b",
    "%2e%2e",
    "A",
    "é",
    "a b",
    "x" * 300,
    "all",
    "unplaced",
    "adjudicated",
    "-p",
]
NUMBERS = [
    "1e400",
    "9" * 40,
    "-1",
    "NaN",
    "inf",
    "0x10",
    "٣",
    "²",
    "1.5",
    "1_000",
    " 1",
    "True",
    "-0",
    "00",
]
DATES = [
    "2019-02-30",
    "2019-13",
    "0000",
    "-5000",
    "9999-12-31",
    "Y17E8",
    "2019-21",
    "2019-XX",
    "20XX",
    "2019/2018",
    "../..",
    "/",
    "2019-02-25T10:00:00",
    "2019-02-25~/..",
    "{2019,2020}",
    "[2019..]",
    "today",
    "2019-3-1",
    "1e3",
    "2019-02-2X?",
]
YAMLS = [
    "authors: 5\n",
    "1: one\n",
    "2019-01-01: a day\n",
    "true: x\n",
    "null: x\n",
    "[1, 2]: x\n",
    "title: [a, b]\n",
    "title: {a: b}\n",
    "language: {a: b}\n",
    "furniture: yes\n",
    "furniture: [1, {start: a}]\n",
    "furniture: [{start: true, end: 5}]\n",
    "furniture: {start: 0}\n",
    "title: !!python/object/apply:os.system ['touch spoiled']\n",
    "a: &a [x, x, x, x, x, x, x, x, x]\n"
    "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
    "title: [*b, *b, *b]\n",
    "title: &t [*t]\n",
    "published: 2019-02-30\n",
    "captured: 5.5\n",
    "sha256: 5\n",
    "authors: {a: b}\n",
    'title: "\\0"\n',
    "question: 5\n",
    "- a\n- b\n",
    "title: 'a\n",
    "\t\n",
    "title: ~\n",
    "language: 5\n",
    "title: 2019-01-01\n",
    "authors: [1, [2]]\n",
    "% \n",
]


def tables(folder):
    return sorted(folder.rglob("*.csv"))


def texts(folder):
    return sorted((folder / "articles").glob("*.txt"))


def anything(folder):
    """Every file of a case."""
    return [*tables(folder), *sorted((folder / "articles").iterdir()), folder / "case.yaml"]


def read_rows(path):
    text = path.read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def write_rows(path, rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def replace(path, old, new):
    text = path.read_bytes().decode("utf-8")
    path.write_bytes(text.replace(old, new).encode())


def digest(content):
    return hashlib.sha256(content).hexdigest()


def a_file(spoil):
    """A table whose bytes `spoil` changes."""

    def spoiled(folder, dice):
        path = dice.choice(tables(folder))
        path.write_bytes(spoil(path.read_bytes(), dice))

    return spoiled


def a_cell(values, fit=lambda column: True):
    """A cell of a column that `fit` picks."""

    def spoiled(folder, dice):
        cells = []
        for path in tables(folder):
            header, *rows = read_rows(path)
            if rows:
                cells += [(path, place) for place, name in enumerate(header) if fit(name)]
        path, place = dice.choice(cells)
        rows = read_rows(path)
        rows[dice.randrange(1, len(rows))][place] = dice.choice(values)
        write_rows(path, rows)

    return spoiled


def a_sidecar(folder, dice):
    """A line of `case.yaml` or of a sidecar that is odd, beside the others or alone."""
    path = dice.choice([folder / "case.yaml", *sorted((folder / "articles").glob("*.yaml"))])
    words = dice.choice(YAMLS)
    name = words.partition(":")[0]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.partition(":")[0] != name]
    path.write_text(dice.choice(["".join(kept) + words, words]), encoding="utf-8")


def an_article(spoil):
    """The text changes, and its SHA-256 in the sidecar with it."""

    def spoiled(folder, dice):
        path = dice.choice(texts(folder))
        before = path.read_bytes()
        after = spoil(before, dice)
        path.write_bytes(after)
        replace(path.with_suffix(".yaml"), digest(before), digest(after))

    return spoiled


def an_id(folder, dice):
    """An article whose name plays tricks, with everything that points to it."""
    old = dice.choice([path.stem for path in texts(folder)])
    new = dice.choice([name for name in PATHS if "/" not in name and len(name) < 100])
    for ending in (".txt", ".yaml"):
        (folder / "articles" / f"{old}{ending}").rename(folder / "articles" / f"{new}{ending}")
    for path in tables(folder):
        replace(path, old, new)


def a_period(folder, dice):
    name = dice.choice(["all", "unplaced", "2019", "a/b", "ALL"])
    replace(folder / "codebook/periods.csv", "hearings", name)


def a_link(folder, dice):
    path = dice.choice(anything(folder))
    outside = folder.parent / f"outside{path.suffix}"
    shutil.move(path, outside)
    path.symlink_to(dice.choice([outside, Path("/etc/passwd"), Path("/nowhere"), path]))


def a_folder_link(folder, dice):
    part = dice.choice(["articles", "codebook", "coding"])
    shutil.move(folder / part, folder.parent / part)
    (folder / part).symlink_to(folder.parent / part)


def no_file(folder, dice):
    """Nothing, a folder, a pipe or an empty file in the place of a file."""
    path = dice.choice(anything(folder))
    path.unlink()
    instead = [lambda: None, path.mkdir, lambda: os.mkfifo(path), lambda: path.write_bytes(b"")]
    dice.choice(instead)()


def put(content, dice, what):
    """Something in the midst of a file."""
    at = dice.randrange(len(content) + 1)
    return content[:at] + what + content[at:]


def rows_alone(content):
    """A table without its header."""
    return b"".join(content.splitlines(keepends=True)[1:])


def other_lines(content, dice):
    return dice.choice(
        [b"\n" + content, content + b"\n\n", content + b",,,\n", rows_alone(content)]
    )


def other_bytes(content, dice):
    return dice.choice(
        [
            b"\xef\xbb\xbf" + content,
            content.replace(b"\n", b"\r\n"),
            b"\0" + content,
            b"",
            content + b"x" * 3_000_000,
            content + b"\xff",
        ]
    )


def has_ids(column):
    return column.endswith("_id") or column in ("issue", "period", "coder", "speaker", "camp")


def has_numbers(column):
    return column in ("start", "end", "stance", "sign")


def has_dates(column):
    return "edtf" in column or column.startswith("valid")


KINDS = {
    "byte order mark": a_file(lambda b, _: b"\xef\xbb\xbf" + b),
    "CRLF": a_file(lambda b, _: b.replace(b"\n", b"\r\n")),
    "CR alone": a_file(lambda b, _: b.replace(b"\n", b"\r")),
    "semicolons": a_file(lambda b, _: b.replace(b",", b";")),
    "tabs": a_file(lambda b, _: b.replace(b",", b"\t")),
    "quote left open": a_file(lambda b, d: put(b, d, b',"')),
    "stray quote": a_file(lambda b, d: put(b, d, b'"')),
    "NUL": a_file(lambda b, d: put(b, d, b"\0")),
    "huge field": a_file(lambda b, d: put(b, d, b"x" * 2_000_000)),
    "Latin-1": a_file(lambda b, _: b.decode().replace("e", "é").encode("latin-1", "replace")),
    "UTF-16": a_file(lambda b, _: b.decode().encode("utf-16")),
    "random bytes": a_file(lambda b, d: put(b, d, d.randbytes(9))),
    "cut off": a_file(lambda b, d: b[: d.randrange(len(b))]),
    "rows twice (duplicate ids)": a_file(lambda b, _: b + rows_alone(b)),
    "column twice or unknown": a_file(
        lambda b, d: b.replace(b",", d.choice([b",note,", b",x,"]), 1)
    ),
    "line removed or added": a_file(other_lines),
    "markup in a cell": a_cell(MARKUP),
    "formula in a cell": a_cell(FORMULAS),
    "path trick in a cell": a_cell(PATHS, has_ids),
    "odd number in a cell": a_cell(NUMBERS, has_numbers),
    "odd date in a cell": a_cell(DATES, has_dates),
    "empty cell": a_cell([""]),
    "sidecar and case.yaml": a_sidecar,
    "article: markup": an_article(lambda b, d: b + d.choice(MARKUP).encode()),
    "article: formula": an_article(lambda b, d: b + b"\n" + d.choice(FORMULAS).encode()),
    "article: BOM, CRLF, NUL, empty, huge, not UTF-8": an_article(other_bytes),
    "path trick as article id": an_id,
    "period named all, unplaced …": a_period,
    "link out of the folder": a_link,
    "linked folder": a_folder_link,
    "missing, folder, pipe or empty file": no_file,
}


def shown(kind, seed):
    """Spoil a copy of the case, read it, and say what came of it: `refused` or `shown`.

    Raises AssertionError, or whatever was raised, for anything else.
    """
    from helpers.case.load import check, load

    dice = random.Random(f"{kind} {seed}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(CASE, Path(place) / "case"))
        KINDS[kind](folder, dice)
        before = set(Path(place).rglob("*"))
        problems = check(folder)
        wrote = set(Path(place).rglob("*")) != before or Path("spoiled").exists()
        assert not wrote, "reading a case wrote a file"
        if problems:
            assert all(map(clear, problems)), problems
            return "refused"
        harmless(load(folder))
        return "shown"


def clear(problem):
    """Whether a problem is one short line that says where, what and what not."""
    line = str(problem)
    says = problem.file and problem.found and problem.expected
    unclear = ("Traceback", "\n", "\0")
    return says and len(line) < 1500 and not any(words in line for words in unclear)


def harmless(case):
    """What a taken case shows of itself holds no live markup, no path and no formula."""
    from dispute.site import prose, references
    from helpers.case.load import coded, described
    from helpers.case.tables import table_text
    from helpers.words import plain

    page = f"{prose.rules(case.guide)} {references.bibtex(case)} {plain(case.title)}".lower()
    for words in ("<script", "<img", "onerror=alert(1)>", "</table><b>"):
        assert words not in page
    articles = described(case)
    assert table_text(articles, "articles")
    assert table_text(case.actors, "actors")
    assert table_text(case.issues, "issues")
    for table in ("statements", "event_mentions", "relations"):
        table_text(coded(case, table), table)
    for name in {
        *articles.article_id,
        *case.actors.actor_id,
        *case.periods.period,
        *case.issues.issue,
        *case.statements.statement_id,
    }:
        assert name == os.path.basename(name), name
        assert not name.startswith((".", "-", "=", "+", "@", "~")), name
        assert len(name) <= 100, name
    assert not {"all", "unplaced"} & set(case.periods.period)


EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> $\\frac{1}{0$ "
    "[x](javascript:alert(1)) {{ x }} `x` =1+1"
)
# The columns in which any text may stand.
FREE = {
    "codebook/actors.csv": ["name", "note"],
    "codebook/issues.csv": ["label", "proposition"],
    "codebook/stances.csv": ["label", "meaning"],
    "codebook/periods.csv": ["label"],
    "codebook/coders.csv": ["note"],
    "codebook/relation_types.csv": ["meaning"],
    "codebook/affiliations.csv": ["role", "note"],
    "coding/pass-a/statements.csv": ["note", "gloss", "date_note"],
    "context_events.csv": ["event", "source"],
    "coding/pass-a/event_mentions.csv": ["description", "place", "number_words", "note", "gloss"],
    "coding/pass-a/relations.csv": ["note"],
    "coding/adjudicated/decisions.csv": ["reason"],
    "codebook/rules.csv": ["text"],
    "findings.csv": ["note"],
    "search.csv": ["query", "note"],
    "corrections.csv": ["what_was", "why"],
}


def hostile(folder):
    """A sound copy of the made-up case, with hostile words wherever a text may stand.

    They are markup, mathematics, templates and a formula.
    """
    shutil.copytree(CASE, folder)
    for file, columns in FREE.items():
        header, *rows = read_rows(folder / file)
        for row in rows:
            for place in map(header.index, columns):
                row[place] = f"={row[place]} {EVIL}"
        write_rows(folder / file, [header, *rows])
    start = hostile_article(folder)
    hostile_statement(folder, start)
    evil = quoted(EVIL)
    (folder / "case.yaml").write_text(
        f"title: {evil}\nsubtitle: {evil}\nquestion: {evil}\nauthors: [{evil}]\n",
        encoding="utf-8",
    )
    (folder / "codebook/README.md").write_text(f"# Rules\n\n{EVIL}\n", encoding="utf-8")


def hostile_article(folder):
    """One article with hostile words in its sidecar and at its end; where they begin there."""
    path = folder / "articles/skerry-post.txt"
    before = path.read_bytes()
    after = before + f"\n\n{EVIL}\n".encode()
    path.write_bytes(after)
    sidecar = path.with_suffix(".yaml")
    replace(sidecar, digest(before), digest(after))
    lines = sidecar.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        name = line.partition(":")[0]
        if name in ("title", "publisher", "published_basis", "rights"):
            lines[number] = f"{name}: {quoted(EVIL)}"
    sidecar.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(before.decode()) + 2


def hostile_statement(folder, start):
    """The hostile words of the article as a statement of both passes."""
    statement = {
        "article_id": "skerry-post",
        "speaker": "mira-solvik",
        "issue": "automate",
        "stance": -3,
        "date_edtf": "2019-03-06",
        "date_basis": "stated",
        "date_words": "6 March 2019",
        "lang": "en",
        "quote": EVIL,
        "start": start,
        "end": start + len(EVIL),
    }
    for path in (folder / "coding").glob("*/statements.csv"):
        statement["statement_id"] = f"evil-{path.parent.name}"
        header, *rows = read_rows(path)
        write_rows(path, [header, *rows, [statement.get(column, "") for column in header]])


def quoted(text):
    """A text as YAML."""
    return "'" + text.replace("'", "''") + "'"


class Live(HTMLParser):
    """What of the hostile words came alive in a page: elements, handlers and addresses."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.inside = ""

    def handle_starttag(self, tag, attributes):
        # A description for machines is data: nothing runs it.
        is_data = ("type", "application/ld+json") in attributes
        self.inside = "" if is_data else tag
        for name, value in attributes:
            if self.is_handler(name, value or "") or self.is_address(name, value or ""):
                self.found.append((tag, name, value))

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script" and "alert(1)" in data:
            self.found.append(("script", "", data[:60]))

    @staticmethod
    def is_handler(name, value):
        return name.startswith("on") and "alert" in value

    @staticmethod
    def is_address(name, value):
        if name not in ("href", "src", "action", "xlink:href"):
            return False
        return value == "x" or "javascript:" in value


def alive(site):
    """Everything of the hostile words that is more than text on a site.

    On its pages what a browser would run or fetch, and every cell of its downloads that a
    spreadsheet would take for a formula.
    """
    found = []
    for page in sorted(site.rglob("*.html")):
        live = Live()
        live.feed(page.read_text(encoding="utf-8"))
        found += [(page.name, *one) for one in live.found]
    for table in sorted(site.rglob("*.csv")):
        for cell in chain.from_iterable(read_rows(table)):
            if cell.startswith(("=", "+", "@", "\t", "\r")):
                found.append((table.name, cell))
    return found


def main(times=60):
    """Try every kind of bad input so many times, and print what came of it as a table."""
    counts = defaultdict(Counter)
    faults = []
    for kind in KINDS:
        for seed in range(times):
            try:
                counts[kind][shown(kind, seed)] += 1
            except Exception as error:
                counts[kind]["FAULT"] += 1
                faults.append(f"{kind} {seed}: {type(error).__name__}: {str(error)[:300]}")
    print("| kind of input | tried | refused | shown as plain text | fault |")
    print("|---|---|---|---|---|")
    for kind, count in counts.items():
        print(f"| {kind} | {times} | {count['refused']} | {count['shown']} | {count['FAULT']} |")
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
