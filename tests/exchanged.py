"""A case of one text in which places are easily miscounted, for the tests of exchange.

It has an emoji (two UTF-16 units), CR LF, accents that stand apart (NFD) and Swahili.
"""

import csv
import hashlib
import unicodedata
from operator import itemgetter

import yaml

from dispute.cli import main
from dispute.exchange.passages.formats import FORMATS
from helpers.case.files import csv_text

TEXT = (
    "🌊 Harbour news\r\n\r\n"
    + unicodedata.normalize("NFD", "Zoë Ölund said: “The lamp must stay,\r\nand the café too.” ")
    + "🌊🌊 Juma Mosi alijibu: “Taa haifai kabisa, na mlinzi abaki.”\r\n"
    + "The board was asked again. “The lamp must go,” said its chair.\r\n"
)
OTHER = "The lamp must go, the paper writes. The lamp must go, it writes again.\n"
HEADS = {
    "actors": "actor_id,name,kind,camp,note",
    "issues": "issue,label,proposition",
    "stances": "stance,side,label,meaning",
    "coders": "coder,coder_role,note",
}
CODEBOOK = {
    "actors": [
        ("zoe-olund", "Zoë Ölund", "person", "", ""),
        ("juma-mosi", "Juma Mosi", "person", "", ""),
        ("board", "Harbour Board", "organisation", "", ""),
    ],
    "issues": [
        ("keep-lamp", "Keep the lamp", "The lamp should stay."),
        ("keep-cafe", "Keep the café", "The café should stay."),
    ],
    "stances": [
        ("-2", "against", "against", "is against it"),
        ("2", "for", "for", "is for it"),
    ],
    "coders": [("ann", "pass", "Ann A."), ("ben", "pass", "")],
}
HEAD = (
    "statement_id,article_id,speaker,on_behalf_of,quoted_by,issue,stance,date_edtf,date_basis,"
    "date_words,date_note,alt_date_edtf,alt_date_note,lang,quote,start,end,gloss,note"
).split(",")
LAMP = unicodedata.normalize("NFD", "The lamp must stay,\r\nand the café too.")
TAA = "Taa haifai kabisa, na mlinzi abaki."
GO = "The lamp must go"


def row(number, quote, speaker, issue, stance, lang="en", article="harbour", **more):
    """A row of `statements.csv`; a quote that stands twice is the first."""
    text = TEXT if article == "harbour" else OTHER
    start = text.index(quote)
    said = {
        "statement_id": number,
        "article_id": article,
        "speaker": speaker,
        "issue": issue,
        "stance": stance,
        "date_basis": "undated",
        "lang": lang,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        **more,
    }
    return [said.get(name, "") for name in HEAD]


CODING = {
    "ann": [
        row("a-1", LAMP, "zoe-olund", "keep-lamp", 2, note="both at once:\na lamp, and a café"),
        row("a-2", LAMP, "zoe-olund", "keep-cafe", 2, date_edtf="2020-05", date_basis="resolved"),
        row("a-3", TAA, "juma-mosi", "keep-lamp", -2, "sw", gloss="The lamp is of no use."),
        row("a-4", GO, "board", "keep-lamp", -2, quoted_by="juma-mosi"),
    ],
    "ben": [
        row("b-1", TAA, "juma-mosi", "keep-lamp", -2, "sw", on_behalf_of="board"),
        row("b-2", "lamp", "zoe-olund", "keep-lamp", 2),
    ],
}


def made(folder, coding=CODING):
    """The case in a folder; without coding, its articles and codebook alone."""
    for name in ("articles", "codebook", *(f"coding/{coder}" for coder in coding)):
        (folder / name).mkdir(parents=True)
    for name, text, title in (("harbour", TEXT, "Harbour news"), ("paper", OTHER, "The paper")):
        (folder / f"articles/{name}.txt").write_bytes(text.encode())
        known = {
            "title": title,
            "publisher": "The Post",
            "published": "2020-05-02",
            "published_basis": "invented",
            "language": ["en", "sw"] if name == "harbour" else ["en"],
            "rights": "invented for the tests",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        words = yaml.safe_dump(known, allow_unicode=True)
        (folder / f"articles/{name}.yaml").write_text(words, encoding="utf-8")
    for name, rows in CODEBOOK.items():
        content = HEADS[name] + "\n" + csv_text(rows)
        (folder / f"codebook/{name}.csv").write_text(content, encoding="utf-8")
    for coder, rows in coding.items():
        content = csv_text([HEAD, *rows]).encode()
        (folder / f"coding/{coder}/statements.csv").write_bytes(content)
    words = "title: The lamp\nsubtitle: Of one harbour\nquestion: Should it stay?\n"
    (folder / "case.yaml").write_text(words, encoding="utf-8")
    return folder


# What a statement says; ids and notes are what a format may have no place for.
SAID = ["coder", "article_id", "start", "end", "quote", "speaker", "on_behalf_of", "quoted_by"]
SAID += ["issue", "stance"]

# What else is known of one.
NOTED = ["statement_id", "date_edtf", "date_basis", "date_words", "date_note", "alt_date_edtf"]
NOTED += ["alt_date_note", "lang", "gloss", "note"]
# Formats that hold passages; DNA has tests of its own.
PASSAGES = [form for form in FORMATS if form not in ("dna", "refi-codebook")]


def said(folder, *more):
    """The statements of a case as tuples, as its files have them, sorted; numbers are numbers."""
    rows = []
    for path in folder.glob("coding/*/statements.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [{**one, "coder": path.parent.name} for one in csv.DictReader(file)]
    for one in rows:
        one |= {name: int(one[name]) for name in ("start", "end", "stance")}
    return sorted(map(itemgetter(*SAID, *more), rows))


def call(capsys, *words):
    """Run a verb; its status and what it printed."""
    capsys.readouterr()
    status = main([str(word) for word in words])
    seen = capsys.readouterr()
    return status, seen.out + seen.err


def files_in(folder):
    """Every file of a folder with its bytes."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
