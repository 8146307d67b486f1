"""A small fuzzer over case folders: `make fuzz` prints the table, `tests/test_fuzz.py` runs a part of it.

Each kind of bad input is one function that spoils a copy of the made-up case. What follows must be one of two: the case is refused, every problem with its file
and what was expected; or it is taken, and whatever stands in it is shown as plain text.
"""

import csv
import hashlib
import io
import os
import random
import shutil
import sys
import tempfile
from collections import defaultdict
from html.parser import HTMLParser
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
    "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\ntitle: [*b, *b, *b]\n",
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


def a_file(spoil):
    def spoiled(folder, dice):
        path = dice.choice(tables(folder))
        path.write_bytes(spoil(path.read_bytes(), dice))

    return spoiled


def a_cell(values, fit=lambda column: True):
    """A cell of a column that `fit` picks."""

    def spoiled(folder, dice):
        read = {
            path: list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
            for path in tables(folder)
        }
        path, column = dice.choice(
            [
                (path, column)
                for path, rows in read.items()
                if len(rows) > 1
                for column in range(len(rows[0]))
                if fit(rows[0][column])
            ]
        )
        rows = read[path]
        rows[dice.randrange(1, len(rows))][column] = dice.choice(values)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8", newline="")

    return spoiled


def a_sidecar(folder, dice):
    path = dice.choice([folder / "case.yaml", *sorted((folder / "articles").glob("*.yaml"))])
    words = dice.choice(YAMLS)
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if line.partition(":")[0] != words.partition(":")[0]
    ]
    path.write_text(dice.choice(["".join(kept) + words, words]), encoding="utf-8")


def an_article(spoil):
    """The text changes, and its SHA-256 in the sidecar with it."""

    def spoiled(folder, dice):
        path = dice.choice(sorted((folder / "articles").glob("*.txt")))
        before = path.read_bytes()
        after = spoil(before, dice)
        path.write_bytes(after)
        sidecar = path.with_suffix(".yaml")
        sidecar.write_text(
            sidecar.read_text(encoding="utf-8").replace(
                hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()
            ),
            encoding="utf-8",
        )

    return spoiled


def an_id(folder, dice):
    """An article whose name plays tricks, with everything that points to it."""
    old, new = (
        dice.choice(sorted(path.stem for path in (folder / "articles").glob("*.txt"))),
        dice.choice([name for name in PATHS if "/" not in name and len(name) < 100]),
    )
    for ending in (".txt", ".yaml"):
        (folder / "articles" / f"{old}{ending}").rename(folder / "articles" / f"{new}{ending}")
    for path in tables(folder):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def a_period(folder, dice):
    path = folder / "codebook/periods.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "hearings", dice.choice(["all", "unplaced", "2019", "a/b", "ALL"])
        ),
        encoding="utf-8",
    )


def a_link(folder, dice):
    path = dice.choice(
        [*tables(folder), *sorted((folder / "articles").iterdir()), folder / "case.yaml"]
    )
    outside = folder.parent / f"outside{path.suffix}"
    shutil.move(path, outside)
    path.symlink_to(dice.choice([outside, Path("/etc/passwd"), Path("/nowhere"), path]))


def a_folder_link(folder, dice):
    part = dice.choice(["articles", "codebook", "coding"])
    shutil.move(folder / part, folder.parent / part)
    (folder / part).symlink_to(folder.parent / part)


def no_file(folder, dice):
    path = dice.choice(
        [*tables(folder), *sorted((folder / "articles").iterdir()), folder / "case.yaml"]
    )
    path.unlink()
    dice.choice(
        [lambda: None, path.mkdir, lambda: os.mkfifo(path), lambda: path.write_bytes(b"")]
    )()


KINDS = {
    "byte order mark": a_file(lambda b, _: b"\xef\xbb\xbf" + b),
    "CRLF": a_file(lambda b, _: b.replace(b"\n", b"\r\n")),
    "CR alone": a_file(lambda b, _: b.replace(b"\n", b"\r")),
    "semicolons": a_file(lambda b, _: b.replace(b",", b";")),
    "tabs": a_file(lambda b, _: b.replace(b",", b"\t")),
    "quote left open": a_file(lambda b, d: _put(b, d, b',"')),
    "stray quote": a_file(lambda b, d: _put(b, d, b'"')),
    "NUL": a_file(lambda b, d: _put(b, d, b"\0")),
    "huge field": a_file(lambda b, d: _put(b, d, b"x" * 2_000_000)),
    "Latin-1": a_file(lambda b, _: b.decode().replace("e", "é").encode("latin-1", "replace")),
    "UTF-16": a_file(lambda b, _: b.decode().encode("utf-16")),
    "random bytes": a_file(lambda b, d: _put(b, d, d.randbytes(9))),
    "cut off": a_file(lambda b, d: b[: d.randrange(len(b))]),
    "rows twice (duplicate ids)": a_file(
        lambda b, _: b + b"".join(b.splitlines(keepends=True)[1:])
    ),
    "column twice or unknown": a_file(
        lambda b, d: b.replace(b",", d.choice([b",note,", b",x,"]), 1)
    ),
    "line removed or added": a_file(
        lambda b, d: d.choice(
            [b"\n" + b, b + b"\n\n", b + b",,,\n", b"".join(b.splitlines(keepends=True)[1:])]
        )
    ),
    "markup in a cell": a_cell(MARKUP),
    "formula in a cell": a_cell(FORMULAS),
    "path trick in a cell": a_cell(
        PATHS, lambda c: c.endswith("_id") or c in ("issue", "period", "coder", "speaker", "camp")
    ),
    "odd number in a cell": a_cell(NUMBERS, lambda c: c in ("start", "end", "stance", "sign")),
    "odd date in a cell": a_cell(DATES, lambda c: "edtf" in c or c.startswith("valid")),
    "empty cell": a_cell([""]),
    "sidecar and case.yaml": a_sidecar,
    "article: markup": an_article(lambda b, d: b + d.choice(MARKUP).encode()),
    "article: formula": an_article(lambda b, d: b + b"\n" + d.choice(FORMULAS).encode()),
    "article: BOM, CRLF, NUL, empty, huge, not UTF-8": an_article(
        lambda b, d: d.choice(
            [
                b"\xef\xbb\xbf" + b,
                b.replace(b"\n", b"\r\n"),
                b"\0" + b,
                b"",
                b + b"x" * 3_000_000,
                b + b"\xff",
            ]
        )
    ),
    "path trick as article id": an_id,
    "period named all, unplaced …": a_period,
    "link out of the folder": a_link,
    "linked folder": a_folder_link,
    "missing, folder, pipe or empty file": no_file,
}


def _put(content, dice, what):
    at = dice.randrange(len(content) + 1)
    return content[:at] + what + content[at:]


def shown(kind, seed):
    """Spoil a copy of the case, read it, and say what came of it: `refused` or `shown`. Raises AssertionError, or whatever was raised, for anything else."""
    from helpers.case import load as case

    dice = random.Random(f"{kind} {seed}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(CASE, Path(place) / "case"))
        before = set(Path(place).rglob("*"))
        KINDS[kind](folder, dice)
        made = set(Path(place).rglob("*"))
        problems = case.check(folder)
        assert set(Path(place).rglob("*")) == made and not Path("spoiled").exists(), (
            "reading a case wrote a file"
        )
        if problems:
            assert all(
                problem.file
                and problem.found
                and problem.expected
                and "Traceback" not in str(problem)
                and len(str(problem)) < 1500
                for problem in problems
            ), problems
            assert all(
                "\n" not in str(problem) and "\0" not in str(problem) for problem in problems
            ), problems
            return "refused"
        assert before
        harmless(case.load(folder))
        return "shown"


def harmless(found):
    """What a taken case shows of itself as pages and tables holds no live markup, no path and no formula."""
    from dispute.site import pages
    from helpers import words as passages
    from helpers.case import load as case
    from helpers.case.tables import table_text

    page = f"{pages.rules(found.rules)} {pages.bibtex(found)} {passages.plain(found.title)}"
    for words in ("<script", "<img", "onerror=alert(1)>", "</table><b>"):
        assert words not in page.lower()
    articles = case.described(found)
    assert (
        table_text(articles, "articles")
        and table_text(found.actors, "actors")
        and table_text(found.issues, "issues")
    )
    for unit in ("statements", "event_mentions", "relations"):
        table_text(case.coded(found, unit), unit)
    for name in {
        *articles.article_id,
        *found.actors.actor_id,
        *found.periods.period,
        *found.issues.issue,
        *found.statements.statement_id,
    }:
        assert (
            name == os.path.basename(name)
            and not name.startswith((".", "-", "=", "+", "@", "~"))
            and len(name) <= 100
        ), name
    assert not {"all", "unplaced"} & set(found.periods.period)


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> $\\frac{1}{0$ [x](javascript:alert(1)) {{ x }} `x` =1+1"


def hostile(folder):
    """A copy of the made-up case that is sound, and holds markup, mathematics and formulas wherever a text may stand."""
    shutil.copytree(CASE, folder)
    for path, columns in {
        "codebook/actors.csv": ["name", "note"],
        "codebook/issues.csv": ["label", "proposition"],
        "codebook/stances.csv": ["label", "meaning"],
        "codebook/periods.csv": ["label"],
        "codebook/coders.csv": ["note"],
        "codebook/relation_types.csv": ["meaning"],
        "codebook/affiliations.csv": ["role", "note"],
        "coding/statements.csv": ["note", "gloss", "date_note"],
        "context_events.csv": ["event", "source"],
        "coding/event_mentions.csv": ["description", "place", "number_words", "note", "gloss"],
        "coding/relations.csv": ["note"],
        "coding/adjudication.csv": ["note"],
    }.items():
        rows = list(
            csv.DictReader(io.StringIO((folder / path).read_text(encoding="utf-8"), newline=""))
        )
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {**row, **{column: f"={row[column]} {EVIL}" for column in columns}} for row in rows
        )
        (folder / path).write_text(text.getvalue(), encoding="utf-8")
    article, sidecar = folder / "articles/skerry-post.txt", folder / "articles/skerry-post.yaml"
    before = article.read_bytes()
    after = before + f"\n\n{EVIL}\n".encode()
    article.write_bytes(after)
    words = sidecar.read_text(encoding="utf-8").replace(
        hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest()
    )
    sidecar.write_text(
        "".join(
            f"{line[: line.index(':')]}: {_quoted(EVIL)}\n"
            if line.startswith(("title:", "publisher:", "published_basis:", "rights:"))
            else line
            for line in words.splitlines(keepends=True)
        ),
        encoding="utf-8",
    )
    start = len(before.decode()) + 2
    row = {
        "statement_id": "evil",
        "article_id": "skerry-post",
        "coder": "adjudicated",
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
    with open(folder / "coding/statements.csv", "r+", encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
        file.seek(0, os.SEEK_END)
        csv.DictWriter(file, header, restval="", lineterminator="\n").writerow(row)
    with open(folder / "coding/adjudication.csv", "a", encoding="utf-8") as file:
        file.write("statement,,,evil,merged,both passes missed it\n")
    (folder / "case.yaml").write_text(
        f"title: {_quoted(EVIL)}\nsubtitle: {_quoted(EVIL)}\nquestion: {_quoted(EVIL)}\nauthors: [{_quoted(EVIL)}]\n",
        encoding="utf-8",
    )
    (folder / "codebook/README.md").write_text(f"# Rules\n\n{EVIL}\n", encoding="utf-8")


def _quoted(text):
    return "'" + text.replace("'", "''") + "'"


class Live(HTMLParser):
    """What of the hostile words came alive in a page: elements, handlers and addresses."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attributes):
        self.inside = tag
        self.found += [
            (tag, name, value)
            for name, value in attributes
            if (name.startswith("on") and "alert" in (value or ""))
            or (
                name in ("href", "src", "action", "xlink:href")
                and (value == "x" or "javascript:" in (value or ""))
            )
        ]

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "script" and "alert(1)" in data:
            self.found.append(("script", "", data[:60]))


def alive(site):
    """Everything of the hostile words that is more than text on the pages of a site, and every cell of its downloads that is a formula."""
    found = []
    for page in sorted(site.rglob("*.html")):
        live = Live()
        live.feed(page.read_text(encoding="utf-8"))
        found += [(page.name, *one) for one in live.found]
    for table in sorted(site.rglob("*.csv")):
        found += [
            (table.name, cell)
            for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
            for cell in row
            if cell[:1] in ("=", "+", "@", "\t", "\r")
        ]
    return found


def main(times=60):
    result, faults = defaultdict(lambda: defaultdict(int)), []
    for kind in KINDS:
        for seed in range(times):
            try:
                result[kind][shown(kind, seed)] += 1
            except Exception as error:
                result[kind]["FAULT"] += 1
                faults.append(f"{kind} {seed}: {type(error).__name__}: {str(error)[:300]}")
    print(
        "| kind of input | tried | refused | shown as plain text | fault |\n|---|---|---|---|---|"
    )
    for kind, counted in result.items():
        print(
            f"| {kind} | {times} | {counted['refused']} | {counted['shown']} | {counted['FAULT']} |"
        )
    print(*faults, sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
