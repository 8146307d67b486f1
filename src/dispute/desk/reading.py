"""Reading: what the page gets of the case, an article and the codebook.

One coder's folder is read and no other, so that what another coded is never sent. (Only how others
number their rows is looked at, in `tables`, so that no id is given twice.)
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from dispute.desk.proposed import TAKEN, Proposals
from dispute.desk.second_looks import Looks, own_looks
from dispute.desk.tables import Row, Table, id_column
from helpers.case.cells import Places, cell_problem
from helpers.case.coder_folders import read_parted
from helpers.case.folder import PROPOSALS, SAMPLE, earlier_layout, stray_paths
from helpers.case.problems import FIRST_ROW, CaseError, Problem, shown
from helpers.case.raw_case import RawCase, read_raw_case
from helpers.case.raw_tables import lines_of
from helpers.case.schema import (
    BY_CODER,
    CODED,
    CODER,
    columns,
    fields,
    file_columns,
    optional,
)
from helpers.case.suggestions import with_suggestions
from helpers.dates.edtf import wording
from helpers.dates.resolve import Reading, reader

Data = dict[str, Any]
# The tables of the codebook that the page gets.
SHOWN = ("actors", "aliases", "issues", "stances", "relation_types", "rules")


class Library:
    """The case as a coder reads it: articles and codebook, and `proposals` where asked for.

    Raises CaseError with every fault.
    """

    def __init__(self, folder: Path, coder: str, proposals: bool = False) -> None:
        if strays := stray_paths(folder) or earlier_layout(folder):
            raise CaseError(strays)
        self.folder, self.coder, self.has_proposals = folder, coder, proposals
        self.stamp = self._stamp()
        raw, problems = read_raw_case(folder, only=coder, proposals=proposals)
        problems += _without_own_ids(raw.tables, coder)
        if problems:
            raise CaseError(sorted(set(problems)))
        self.raw: RawCase = raw
        self.articles = {
            row["article_id"]: row
            for row in raw.tables["articles"].to_dict("records")
            if row["article_id"] in raw.texts
        }
        self.drawn = {
            article: int(place)
            for _, (article, place) in raw.rows("sample", "article_id", "place")
            if place.isdecimal() and int(place)
        }
        self.proposals = Proposals(raw)
        self._dates = lru_cache(16)(self._reader)

    def faults_of_form(self) -> list[Problem]:
        """What keeps the coder's tables from being read, or their rows from being told apart."""
        read = {table: read_parted(self.folder, table, [self.coder]) for table in BY_CODER}
        problems = [problem for parted in read.values() for problem in parted.problems]
        frames = {table: parted.frame for table, parted in read.items()}
        return [*problems, *_without_own_ids(frames, self.coder)]

    def is_old(self) -> bool:
        """Whether a file of the codebook, of proposals, the sample or the articles changed."""
        return self.stamp != self._stamp()

    def _stamp(self) -> list[tuple[str, int, int]]:
        paths = [*self.folder.glob("codebook/*"), self.folder / "articles", self.folder / SAMPLE]
        if self.has_proposals:
            paths += self.folder.glob(f"{PROPOSALS}/*/*")
        found = [(path, path.stat()) for path in sorted(paths) if path.exists()]
        return [(str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found]

    def with_suggestions(self, suggested: Table) -> RawCase:
        """The case with the coder's own suggestions among the rows of the codebook."""
        rows = [row | {"coder": self.coder} for row in suggested.rows.values()]
        frame = pd.DataFrame(rows, columns=columns("suggestions", "raw"), dtype=object)
        tables = self.raw.tables | {"suggestions": frame}
        places: dict[str, Places] = {"suggestions": [("", 0)] * len(rows)}
        return with_suggestions(RawCase(tables, self.raw.files, {}, {}, places=places))

    # ---- articles

    def head(self, article: str, tables: Mapping[str, Table]) -> Data:
        """An article in a line of the list; empty where there is none of that id."""
        if article not in self.articles:
            return {}
        return self._head(article, tables, own_looks(self.raw, self.coder, tables))

    def _head(self, article: str, tables: Mapping[str, Table], looks: Looks) -> Data:
        row = self.articles[article]
        own = {unit.table: tables[unit.table].of_article(article) for unit in CODED.values()}
        state = "done" if article in tables["progress"].rows else "begun"
        return {
            "id": article,
            "title": row["title"] or article,
            "publisher": row["publisher"] or "",
            "published": row["published"] or "",
            "state": state if state == "done" or any(own.values()) else "not begun",
            "proposed": len(self.proposals.left(article, tables[TAKEN])),
            "drawn": self.drawn.get(article, 0),
            "looks": looks.get(article, {}),
            "share": self._share(article, own),
            "counts": {table: len(rows) for table, rows in own.items()},
        }

    def heads(self, tables: Mapping[str, Table]) -> list[Data]:
        """The list of articles: those drawn for a sample first, in the order of the drawing.

        The others in the order of time, those without a date at the end.
        """
        looks = own_looks(self.raw, self.coder, tables)
        heads = [self._head(article, tables, looks) for article in self.articles]
        return sorted(heads, key=_turn)

    def _share(self, article: str, own: Mapping[str, list[Row]]) -> float:
        """The share of the article's own words that lies in a passage."""
        aside = [(one.start, one.end) for one in self.raw.furniture[article]]
        marked = [span for rows in own.values() for span in map(_span, rows) if span]
        length = len(self.raw.texts[article]) - _covered(aside)
        return round((_covered(aside + marked) - _covered(aside)) / length, 4) if length else 0.0

    def article(self, article: str, tables: Mapping[str, Table]) -> Data:
        """An article with its lines, and what the coder marked in it."""
        head = self.head(article, tables)
        rows = {table: one.of_article(article) for table, one in tables.items()}
        speakers = Counter(row["speaker"] for row in rows["statements"])
        return head | {
            "languages": (self.articles[article]["language"] or "").split(";"),
            "lines": numbered_lines(self.raw.texts[article]),
            "length": len(self.raw.texts[article]),
            "furniture": [[one.start, one.end] for one in self.raw.furniture[article]],
            "rows": rows,
            "proposed": self.proposals.of_article(article, tables[TAKEN]),
            "speakers": [speaker for speaker, _ in speakers.most_common()],
        }

    # ---- dates

    def date(self, article: str, start: int, end: int) -> Data:
        """The resolver's own reading of the date of a passage; empty where it finds none."""
        read = self._dates(article)(start, end, "")
        if not read.date_edtf:
            return {}
        return {
            "edtf": read.date_edtf,
            "basis": read.basis,
            "words": read.words,
            "reason": read.reason,
            "wording": wording(read.date_edtf),
            "others": [{"edtf": one, "reason": why} for one, why in read.alternatives],
        }

    def _reader(self, article: str) -> Callable[[int, int, str], Reading]:
        row = self.articles[article]
        return reader(
            self.raw.texts[article],
            row["published"] or "",
            self.raw.furniture[article],
            language=(row["language"] or "en").split(";"),
        )


def _without_own_ids(tables: Mapping[str, pd.DataFrame], coder: str) -> Iterator[Problem]:
    """The rows of a coder whose id is none, or that of a row above."""
    for table, file in BY_CODER.items():
        name, seen = id_column(table), set[str]()
        for row, own in enumerate(tables[table][name], start=FIRST_ROW):
            if not own or own in seen:
                place = file.replace(CODER, coder), row, name
                yield Problem(*place, shown(own or ""), "a value of its own")
            seen.add(own)


def worded(edtf: str) -> Data:
    """A date in words, or what is wrong with it."""
    if problem := cell_problem({"type": "edtf"}, edtf, may_be_empty=False):
        return {"problem": problem}
    return {"wording": wording(edtf)}


def codebook(raw: RawCase, examples: Mapping[str, list[Data]], events: list[Data]) -> Data:
    """The codebook at hand. `examples`: by issue; `events`: those that the coder has named."""
    tables = {name: raw.tables[name].to_dict("records") for name in SHOWN}
    aliases: dict[str, dict[str, None]] = {}
    for row in tables["aliases"]:
        aliases.setdefault(row["actor_id"], {})[row["alias"]] = None
    actors = [_actor(row, list(aliases.get(row["actor_id"], ()))) for row in tables["actors"]]
    return {
        "actors": actors,
        "issues": [_issue(row, tables["rules"], examples) for row in tables["issues"]],
        "stances": tables["stances"],
        "relation_types": tables["relation_types"],
        "events": events,
        "rules": tables["rules"],
        "columns": {table: _described(table) for table in BY_CODER},
    }


def _actor(row: Row, aliases: list[str]) -> Data:
    about = {name: row[name] or "" for name in ("name", "kind", "about")}
    return {"id": row["actor_id"], "aliases": aliases, **about}


def _issue(row: Row, rules: list[Row], examples: Mapping[str, list[Data]]) -> Data:
    """An issue with the rules that name it."""
    name = row["issue"]
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    said = {column: row[column] or "" for column in ("label", "proposition", "issue_kind")}
    own = [rule["rule"] for rule in rules if word.search(rule["text"] or "")]
    words = row.get("examples") or ""
    return {"id": name, "rules": own, "examples": examples.get(name, []), "words": words, **said}


def _described(table: str) -> list[Data]:
    described, may_be_empty = fields(table, "raw"), optional(table, "raw")
    return [
        {
            "name": name,
            "meaning": described[name]["description"],
            "type": described[name]["type"],
            "values": described[name].get("enum", []),
            "in": described[name].get("in", ""),
            "list": bool(described[name].get("list")),
            "required": name not in may_be_empty,
        }
        for name in file_columns(table)
    ]


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a text, each with its start in code points and without its line end."""
    found, start = [], 0
    for line in lines_of(text):
        found.append((start, line.rstrip("\r\n")))
        start += len(line)
    return found


def _turn(head: Data) -> tuple[bool, int, str, str]:
    """Where an article stands in the list: the drawn ones first."""
    return not head["drawn"], head["drawn"], head["published"] or "9999", head["id"]


def _span(row: Row) -> tuple[int, int] | None:
    if row["start"].isdecimal() and row["end"].isdecimal():
        return int(row["start"]), int(row["end"])
    return None


def _covered(spans: list[tuple[int, int]]) -> int:
    """How many code points lie in some spans."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
