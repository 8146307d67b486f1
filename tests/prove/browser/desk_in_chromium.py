"""A desk that is served, and two coders who sit at it: one with keys alone, one with a mouse.

Each counts what it does. Where a caret or a word stands is asked of the page as paragraph and place
in it, and reckoned in Python, so that nothing of the page's own offsets is taken for granted.
"""

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

CASES = Path(__file__).resolve().parents[2] / "cases"
SOURCE = Path(__file__).resolve().parents[3] / "src"
TABLES = ("statements", "event_mentions", "relations")
KEYS = {"statements": "s", "event_mentions": "e", "relations": "r"}
# Where the selection begins and ends: the paragraph and the place in it.
ENDS = """() => {
  const lines = [...document.querySelectorAll("#text p")], chosen = getSelection();
  const line = node => lines.findIndex(line => line.contains(node));
  const at = (node, n) => [line(node), node.nodeType === 3 ? n : 0];
  return [at(chosen.anchorNode, chosen.anchorOffset), at(chosen.focusNode, chosen.focusOffset)];
}"""
# The left side of the letter at a place in the window, or the right side of the one before it.
CORNER = """([line, n, right]) => {
  const words = document.querySelectorAll("#text p")[line].firstChild;
  const range = document.createRange();
  range.setStart(words, right ? n - 1 : n);
  range.setEnd(words, right ? n : n + 1);
  const boxes = range.getClientRects(), box = boxes[right ? boxes.length - 1 : 0];
  return [right ? box.right - 0.5 : box.left + 0.5, (box.top + box.bottom) / 2];
}"""
IDS = ("statement_id", "mention_id", "relation_id")
# What is coded by keys of its own; all else is filled in field by field.
CODED = (
    "speaker",
    "issue",
    "stance",
    "source",
    "relation",
    "target",
    "sign",
    "event_id",
    "description",
)
NOT_FILLED = (
    "article_id",
    "quote",
    "start",
    "end",
    "date_edtf",
    "date_basis",
    "date_words",
    "lang",
)


def case_in(folder, article="harbour-debate"):
    """The made-up case with one article more, which nobody has coded."""
    case = folder / "case"
    shutil.copytree(CASES / "lighthouse", case)
    for name in (f"{article}.txt", f"{article}.yaml"):
        shutil.copy(CASES / "desk" / name, case / "articles" / name)
    return case


def read_table(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def filled(row):
    """The cells of a row that hold something, its id aside."""
    return {name: cell for name, cell in row.items() if cell and name not in IDS}


def read_rows(file):
    """The rows of a table of one coder, without their ids; none where there is no file."""
    rows = read_table(file) if file.exists() else []
    return sorted(map(filled, rows), key=lambda row: (row["article_id"], int(row["start"])))


def names_in(case):
    """What a coder types or reads for an id, and the key of each stance."""
    names = {}
    for table, key, column in (("actors", "actor_id", "name"), ("issues", "issue", "label")):
        for row in read_table(case / f"codebook/{table}.csv"):
            names[row[key]] = row[column]
    for number, row in enumerate(read_table(case / "codebook/stances.csv"), start=1):
        names["stances", row["stance"]] = str(number)
    return names


class Desk:
    """`dispute desk` in a process of its own, on a case of its own."""

    def __init__(self, case, coder="cleo", *more):
        self.case, self.coder = case, coder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        call = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
        words = ["desk", str(case), "--coder", coder, "--port", port, "--no-browser", *more]
        self.process = subprocess.Popen(
            [sys.executable, "-c", call, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        heard = []
        for line in self.process.stdout:
            heard.append(line)
            if found := re.search(r"http://\S+token=\w+", line):
                self.address = found[0]
                break
        else:
            raise AssertionError("".join(heard))
        self.root = self.address.partition("?")[0]

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    def rows(self, table):
        return read_rows(self.case / "coding" / self.coder / f"{table}.csv")

    def saved(self):
        return {table: self.rows(table) for table in TABLES}

    def spans(self):
        return [(int(row["start"]), int(row["end"])) for row in self.rows("statements")]


def expect(ask, expected, seconds=5):
    """The tables are written a moment after a step was saved: ask until they are as expected."""
    until = time.monotonic() + seconds
    while (found := ask()) != expected and time.monotonic() < until:
        time.sleep(0.05)
    assert found == expected, f"{found}\n{expected}"


class Paper:
    """The text of an article: code points of the file, and lines as the page has them."""

    def __init__(self, file):
        self.text = file.read_bytes().decode("utf-8")
        self.starts, start = [], 0
        for line in self.text.splitlines(keepends=True):
            self.starts.append(start)
            start += len(line)
        self.lines = [line.rstrip("\r\n") for line in self.text.splitlines(keepends=True)]

    def offset(self, line, within):
        """The code point at a place that JavaScript counts in UTF-16."""
        units = self.lines[line].encode("utf-16-le")[: 2 * within]
        return self.starts[line] + len(units.decode("utf-16-le"))

    def place(self, offset):
        line = max(n for n, start in enumerate(self.starts) if start <= offset)
        inside = self.text[self.starts[line] : offset]
        return line, len(inside.encode("utf-16-le")) // 2


class Coder:
    """What both have in common: a window, a paper, a codebook in words, and counts."""

    def __init__(self, page, paper, names):
        self.page, self.paper, self.names = page, paper, names
        self.keys = self.clicks = self.cells = 0

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words):
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.cells += 1

    def field(self, name):
        return self.page.locator(f".field.{name}")

    def saved(self):
        """Wait until a passage is shown as saved."""
        self.page.locator("#form").wait_for(state="hidden")
        assert self.page.locator("#state").get_attribute("class") == "saved"

    def proposes(self, row):
        """Whether the date that is proposed is the one of a row."""
        self.page.locator(".proposed button").first.wait_for()
        words = self.page.locator(".proposed").inner_text()
        day = f"({row['date_edtf']})" if "date_edtf" in row else "no date"
        return all(part in words for part in (day, row["date_basis"], row.get("date_words", "")))

    def extras(self, row, taken):
        """What is still to be filled in of a row; a date that was taken has brought its words."""
        done = CODED + NOT_FILLED + (("date_note",) if taken else ())
        more = {name: cell for name, cell in row.items() if name not in done}
        if not taken and "date_words" in row:
            more["date_words"] = row["date_words"]
        return more


class ByKeys(Coder):
    """A coder without a mouse."""

    def caret(self):
        return self.paper.offset(*self.page.evaluate(ENDS)[1])

    def go(self, target, shift=""):
        """Move the caret, or with shift the end of the selection, by few keys."""
        missed = 0
        for _ in range(400):
            away = target - self.caret()
            if not away:
                return
            on = away > 0
            if abs(away) > 110 and not missed:
                self.press(f"{shift}{'ArrowDown' if on else 'ArrowUp'}")
            elif abs(away) > 6 and missed < 2:
                self.press(f"Control+{shift}{'ArrowRight' if on else 'ArrowLeft'}")
            else:
                self.press(f"{shift}{'ArrowRight' if on else 'ArrowLeft'}")
            missed += (target - self.caret() > 0) != on
        raise AssertionError(f"the caret does not get to {target}: {self.caret()}")

    def tab_until(self, there, key="Tab"):
        """Press Tab until something is true of what has the focus."""
        for _ in range(50):
            if self.page.evaluate(f"document.activeElement.matches({there!r})"):
                return
            self.press(key)
        raise AssertionError(f"no {there}")

    def code(self, table, row):
        """One passage: its words, then field by field, then Enter."""
        self.go(int(row["start"]))
        self.go(int(row["end"]), "Shift+")
        self.press(KEYS[table])
        for name in ("speaker", "issue", "source", "relation", "target", "event_id"):
            if name in row:
                self.tab_until(f".{name} *")
                self.pick(name, self.names.get(row[name], row[name].replace("-", " ")))
        if "stance" in row:
            self.press(self.names["stances", row["stance"]])
        if "description" in row:
            self.type(row["description"])
            self.press("Enter")
        if row["lang"] != "en":
            self.tab_until(".lang *")
            self.press("End")
        takes = self.proposes(row)
        for name, cell in self.extras(row, takes).items():
            self.fill(name, cell)
        self.date(row, takes)
        self.saved()

    def pick(self, name, words):
        """Type until the list has the words first, then Enter."""
        first = self.field(name).locator("[aria-selected=true] .name")
        for letter in words:
            if first.count() and first.inner_text() == words:
                break
            self.page.keyboard.type(letter)
            self.keys += 1
        self.press("Enter")

    def fill(self, name, cell):
        if not self.field(name).is_visible():
            self.tab_until("summary")
            self.press("Enter")
        self.tab_until(f".{name} *")
        if self.field(name).locator(".picker").count():
            self.pick(name, self.names.get(cell, cell))
        else:
            self.type(cell)

    def date(self, row, takes):
        """The date last: taken as proposed by Enter, or typed."""
        self.tab_until(".date_edtf input", "Shift+Tab")
        if takes:
            self.press("Enter")
            return
        if "date_edtf" in row:
            self.type(row["date_edtf"])
        self.press("Tab")
        self.type(row["date_basis"][0])
        self.press("Control+Enter")


class ByMouse(Coder):
    """A coder who drags and clicks; only words are typed."""

    def click(self, place):
        place.click()
        self.clicks += 1

    def drag(self, start, end):
        first = self.page.evaluate(CORNER, [*self.paper.place(start), False])
        last = self.page.evaluate(CORNER, [*self.paper.place(end), True])
        self.page.mouse.move(*first)
        self.page.mouse.down()
        self.page.mouse.move(*last, steps=4)
        self.page.mouse.up()
        self.clicks += 1

    def code(self, table, row):
        """One passage: dragged over, its kind clicked, then field by field, then Save."""
        self.drag(int(row["start"]), int(row["end"]))
        self.click(self.page.locator(f".code [data-table={table}]"))
        for name in ("speaker", "issue", "source", "relation", "target", "event_id"):
            if name in row:
                self.choose(name, row[name])
        if "stance" in row:
            number = self.names["stances", row["stance"]]
            self.click(self.field("stance").locator("label").nth(int(number) - 1))
        if "description" in row:
            self.write("description", row["description"])
        if row["lang"] != "en":
            self.field("lang").locator("select").select_option(row["lang"])
            self.clicks += 2
        takes = self.proposes(row)
        if takes:
            self.click(self.page.locator(".proposed button").first)
        elif row["date_basis"] == "undated":
            self.click(self.page.get_by_role("button", name="Undated"))
        else:
            if "date_edtf" in row:
                self.write("date_edtf", row["date_edtf"])
            self.field("date_basis").locator("select").select_option(row["date_basis"])
            self.clicks += 2
        for name, cell in self.extras(row, takes).items():
            self.fill(name, cell)
        self.click(self.page.locator("#form .save"))
        self.saved()

    def choose(self, name, value):
        """A click on the name in the list; who is not in sight is typed first."""
        words = self.names.get(value, value)
        place = self.field(name)
        if not place.locator(".drop").is_visible():
            self.click(place.locator("input"))
        option = place.get_by_role("option").filter(has_text=words)
        if not option.count():
            self.type(words)
        self.click(option.first)

    def write(self, name, words):
        self.click(self.field(name).locator("input, textarea").first)
        self.type(words)

    def fill(self, name, cell):
        if not self.field(name).is_visible():
            self.click(self.page.locator("#form summary"))
        if self.field(name).locator(".picker").count():
            self.choose(name, cell)
        elif self.field(name).locator("select").count():
            self.field(name).locator("select").select_option(cell)
            self.clicks += 2
        else:
            self.write(name, cell)
