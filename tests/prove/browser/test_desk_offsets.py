"""Where words stand is counted in code points of the file, whatever the words are.

Random ranges are selected in a text of emoji, joined and coloured ones, decomposed accents, words
from right to left, and lines that end in CR LF; what the page makes of each is what Python makes.
"""

import hashlib
import random
import shutil

from desk_in_chromium import CASES, Paper, case_in

TEXT = "\r\n".join(
    [
        "The night of the ferry 🌊",
        "",
        "Mlinzi Amani alisema: “Taa lazima ibaki.” 👨‍👩‍👧‍👦 stood below 🗼🏽, \U0001d50a for good.",
        "\tN\u0303u\u0301n\u0303ez and Re\u0301ne\u0301 went home (e\u0301te\u0301 🇳🇴🇰🇪).",
        "שלום לכולם said the harbour, مرحبا بالعالم said the sea; 12 שנים ago.",
        "زبان فارسی را می‌نویسم",
        "",
        "A last line, with a no-break\u00a0space and a soft\u00adhyphen",
        "",
    ]
)
# Select each range, press the button that codes it, and note what is then asked of the server.
ASKED = """async ranges => {
  const root = document.querySelector("#text"), asked = [];
  const button = document.querySelector(".code button");
  window.fetch = async address => {
    const given = new URL(address, location).searchParams;
    if (address.includes("near")) asked.push([given.get("start"), given.get("end")].map(Number));
    return Response.json(address.includes("near") ? [] : {});
  };
  const point = ([line, n, kind]) => {
    const words = root.children[line].firstChild;
    if (kind === "text") return [words, n];
    return kind === "line" ? [words.parentElement, n] : [root, line];
  };
  for (const [from, to] of ranges) {
    root.focus();
    getSelection().setBaseAndExtent(...point(from), ...point(to));
    button.click();
    const seen = asked.length;
    for (let wait = 0; wait < 200 && asked.length === seen; wait += 1)
      await new Promise(done => setTimeout(done, 1));
    if (asked.length === seen) asked.push(document.querySelector("#state").textContent);
  }
  return asked;
}"""


def case_with(folder, text):
    case = case_in(folder)
    (case / "articles/night.txt").write_bytes(text.encode())
    words = (CASES / "desk/harbour-debate.yaml").read_text(encoding="utf-8")
    head = words.partition("sha256:")[0]
    digest = hashlib.sha256(text.encode()).hexdigest()
    (case / "articles/night.yaml").write_text(f'{head}sha256: "{digest}"\nfurniture: []\n', "utf-8")
    return case


def points(paper, dice):
    """A random place: as the page is told of it, and as the code point that it is."""
    line = dice.randrange(len(paper.lines))
    kind = dice.choice(["text"] * 6 + ["line", "root"])
    start, words = paper.starts[line], paper.lines[line]
    if kind == "root":
        return [line, 0, kind], start
    if kind == "line":
        side = dice.choice([0, 1])
        return [line, side, kind], start + side * len(words)
    inside = dice.randint(0, len(words))
    units = len(words[:inside].encode("utf-16-le")) // 2
    return [line, units, kind], start + inside


def trimmed(text, start, end):
    words = text[start:end]
    return [start + len(words) - len(words.lstrip()), start + len(words.rstrip())]


def test_hundreds_of_random_ranges_are_where_python_says(tmp_path, served, sat_at):
    case = case_with(tmp_path, TEXT)
    page = sat_at(served(case), "night")
    paper, dice = Paper(case / "articles/night.txt"), random.Random(20)
    assert paper.text == TEXT and len(TEXT) != len(TEXT.encode("utf-16-le")) // 2
    ranges, expected = [], []
    while len(ranges) < 600:
        (one, first), (other, last) = points(paper, dice), points(paper, dice)
        low, high = sorted((first, last))
        if TEXT[low:high].strip():
            ranges.append([one, other])
            expected.append(trimmed(TEXT, low, high))
    found = page.evaluate(ASKED, ranges)
    wrong = [pair for pair in zip(ranges, found, expected, strict=True) if pair[1] != pair[2]]
    assert wrong == []
    shutil.rmtree(case)
