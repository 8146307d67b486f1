"""Proposals for the case of the lighthouse, written by hand: some right, some wrong or of nothing.

Of `skerry-post` two passages are found well (one of them exactly), one with a longer quote and no
speaker; one proposal is of nothing. Of `norvale-courier` one is found exactly, and one is too short
to count. `island-mirror` was read, and nothing is proposed in it.
"""

import csv
import hashlib

import yaml

from helpers.case.schema import file_columns

ARTICLES = ("island-mirror", "norvale-courier", "skerry-post")
BASE = {
    "date_basis": "undated",
    "speech": "indirect",
    "lang": "en",
    "why": "“said” reports speech.",
}
DAY = {"date_edtf": "2019-03-06", "date_basis": "stated", "date_words": "6 March 2019"}
STATEMENTS = [
    {"proposal_id": "norvale-courier-p001", "speaker": "jonas-hart", "issue": "automate"}
    | {"stance": "3", "speech": "direct"}
    | {"quote": "I have seen the new lamp at work, and I now want it at Cape Skerry"},
    {"proposal_id": "norvale-courier-p002", "speaker": "tobias-renn", "issue": "automate"}
    | {"stance": "-3", "speech": "direct", "quote": "We will not"},
    {"proposal_id": "skerry-post-p001", "speaker": "harbour-board", "issue": "automate"}
    | {"stance": "3", "quote": "The Harbour Board wants to switch off the old lighthouse"},
    {"proposal_id": "skerry-post-p002", "speaker": "mira-solvik", "issue": "automate", **DAY}
    | {"issues": "automate;pensions", "stance": "3", "speech": "direct"}
    | {"quote": "The keepers must come down"},
    {"proposal_id": "skerry-post-p003", "speaker": "mira-solvik", "issue": "automate"}
    | {"quote": "She promised that every keeper would be paid until retirement."},
    {"proposal_id": "skerry-post-p004", "printed": "he", "issue": "automate", "stance": "-3", **DAY}
    | {"speech": "direct"}
    | {"quote": "“No lamp replaces a man who listens to the sea,” he said the same evening"},
]
MENTIONS = [
    {"proposal_id": "norvale-courier-e001", "participants": "jonas-hart", "date_words": "On Friday"}
    | {"date_edtf": "2019-06-07", "date_basis": "resolved"}
    | {"quote": "On Friday Jonas Hart surprised the assembly"},
    {"proposal_id": "skerry-post-e001", "date_edtf": "2018-11-30", "date_basis": "stated"}
    | {"quote": "the night of 30 November 2018, when the trial lamp failed"},
]


def write(path, table, rows):
    """A raw table with some rows, each by its cells that are filled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, file_columns(table), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def placed(folder, row):
    """A proposal with its article, and where its quote stands."""
    article = row["proposal_id"].rpartition("-")[0]
    text = (folder / f"articles/{article}.txt").read_text(encoding="utf-8")
    start = text.index(row["quote"])
    end = start + len(row["quote"])
    return {**BASE, **row, "article_id": article, "start": str(start), "end": str(end)}


def propose(folder, proposer="rules", statements=STATEMENTS, mentions=MENTIONS, **sheet):
    """Put proposals into a copy of the made-up case; `sheet`: lines of the sheet, otherwise."""
    home = folder / "proposals" / proposer
    write(
        home / "statements.csv", "proposed_statements", [placed(folder, one) for one in statements]
    )
    own = [placed(folder, one) for one in mentions]
    for one in own:
        one.pop("speech")
    write(home / "event_mentions.csv", "proposed_event_mentions", own)
    read = {
        article: hashlib.sha256((folder / f"articles/{article}.txt").read_bytes()).hexdigest()
        for article in ARTICLES
    }
    content = {"by": "rules", "version": "1", "model": "", "prompt": "", "made": "2026-11-26"}
    content |= {"blind": True, "articles": read}
    text = yaml.safe_dump(content | sheet, sort_keys=False)
    (home / "proposer.yaml").write_text(text, encoding="utf-8")
    return folder
