"""Checking: the rules of `dispute check` on one row, in the same words, by the field.

Only what the row itself says is judged, and what it points to: never all articles for one row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dispute.desk.tables import Row, id_column
from dispute.intake.languages import likeliest
from helpers.case import anchors, rules, suggestions
from helpers.case.cells import Column, Link, column_problems, links_of
from helpers.case.problems import FIRST_ROW, Problem, shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import BY_CODER, columns, fields, file_columns, optional
from helpers.case.suggestions import HOMES, home_row, key_of

RULES = (*anchors.RULES, *rules.RULES, *suggestions.RULES)
# What the rules of a row ask besides the row itself.
ASKED = ("relation_types", "stances")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field of a row."""

    field: str
    found: str
    expected: str

    @classmethod
    def of(cls, problem: Problem) -> "Fault":
        """That of a problem."""
        return cls(problem.column, problem.found, problem.expected)


class Checker:
    """The rules, and what rows may point to. `raw`: the case as it was read, its codebook whole."""

    def __init__(self, raw: RawCase, coder: str) -> None:
        self.raw = raw
        self.coder = coder
        codebook = {name: frame for name, frame in raw.tables.items() if name not in BY_CODER}
        read = {name: frame for name, frame in codebook.items() if name not in raw.unread}
        self.links = links_of(read, "raw", raw.files)
        self.keys = {table: _keys(raw.tables[table], table) for table in HOMES.values()}
        self.empty = {name: frame.head(0) for name, frame in raw.tables.items()}
        self.empty |= {name: raw.tables[name] for name in ASKED}
        types = raw.tables["relation_types"]
        self.signs = dict(zip(types.relation, types.sign, strict=True))
        articles = raw.tables["articles"]
        tags = [(cell or "").split(";") for cell in articles.language]
        self.languages = dict(zip(articles.article_id, tags, strict=True))

    def with_suggested(self, suggested: Sequence[Row]) -> "Checker":
        """The same where some suggestions count as rows of the codebook."""
        if not suggested:
            return self
        other = object.__new__(Checker)
        other.__dict__.update(vars(self))
        other.links, other.keys = dict(self.links), dict(self.keys)
        for row in suggested:
            table = HOMES[row["suggests"]]
            other.keys[table] = other.keys[table] | {key_of(table, home_row(row))}
            name = f"{table}.{columns(table, 'raw')[0]}"
            if name in other.links:
                file, values = other.links[name]
                other.links[name] = Link(file, values | {row[columns(table, "raw")[0]]})
        return other

    def filled(self, table: str, given: Mapping[str, Any], name: str) -> tuple[Row, list[Fault]]:
        """A row with all columns, what follows from others filled in; and what no row can have.

        The quote is the text's between start and end. Where the row says nothing else, it has the
        language of the article that is likeliest of its words, a tie the sign of its kind, and a
        date that is missing the basis `undated`.
        """
        own = id_column(table)
        faults = [
            Fault(str(column), shown(value), "a text" if column in columns(table, "raw") else _ONE)
            for column, value in given.items()
            if column not in file_columns(table) or not isinstance(value, str)
        ]
        said = {column: given.get(column) for column in file_columns(table)}
        row = {column: cell if isinstance(cell, str) else "" for column, cell in said.items()}
        row[own] = name
        if "quote" in row:
            row["quote"] = self._quote(row)
        if row.get("quote") and "lang" in row and not row["lang"]:
            row["lang"] = likeliest(row["quote"], self.languages[row["article_id"]])
        if "sign" in row and not row["sign"]:
            row["sign"] = self.signs.get(row["relation"], "")
        if "date_basis" in row and not row["date_basis"] + row["date_edtf"]:
            row["date_basis"] = "undated"
        return row, faults

    def _quote(self, row: Row) -> str:
        text = self.raw.texts.get(row["article_id"], "")
        start, end = row["start"], row["end"]
        if not (anchors.PLACE.fullmatch(start) and anchors.PLACE.fullmatch(end)):
            return ""
        return text[int(start) : int(end)] if int(end) <= len(text) else ""

    def faults(self, table: str, row: Row) -> list[Fault]:
        """Everything that is wrong with a row, in the order of its columns."""
        # A suggestion may name what it suggests: an actor is of a camp of its own.
        is_suggestion = row.get("suggests") in HOMES
        links = self.with_suggested([row]).links if is_suggestion else self.links
        found = [*self._of_cells(table, row, links), *self._of_place(row)]
        found += self._of_rules(table, row)
        if table == "suggestions" and not found:
            found += self._of_home(row, links)
        order = [*file_columns(table), ""]
        unique = dict.fromkeys(map(Fault.of, found))
        return sorted(unique, key=lambda one: order.index(one.field.partition(" ")[0]))

    def _of_cells(self, table: str, row: Row, links: Mapping[str, Link]) -> Iterator[Problem]:
        may_be_empty = optional(table, "raw")
        for name, field in fields(table, "raw").items():
            if name in row:
                column = Column(self.raw.files[table], name, field, name in may_be_empty)
                for problem in column_problems([row[name]], column, links):
                    if not (name == "quote" and not row["quote"]):
                        yield problem

    def _of_place(self, row: Row) -> Iterator[Problem]:
        """A row of words has their place, within the text; the quote follows from it."""
        text = self.raw.texts.get(row["article_id"])
        needs = row.get("suggests", "affiliation") == "affiliation"
        if text is None or row.get("quote", "none") or not needs:
            return
        found = f"{shown(row['start'])} and {shown(row['end'])}"
        yield Problem(
            "", 0, "start + end", found, f"start and end with 0 ≤ start < end ≤ {len(text)}"
        )

    def _of_rules(self, table: str, row: Row) -> Iterator[Problem]:
        small = self._small({table: row | {"coder": self.coder}}, row["article_id"])
        file = small.files[table]
        for rule in RULES:
            yield from (problem for problem in rule(small) if problem.file == file)

    def _of_home(self, row: Row, links: Mapping[str, Link]) -> Iterator[Problem]:
        """A suggestion is a sound row of its table of the codebook, and none that it has."""
        table = HOMES[row["suggests"]]
        home = home_row(row)
        key = key_of(table, home)
        yield from self._of_cells(table, home, links)
        if key in self.keys[table]:
            expected = f"a value of its own; {self.raw.files[table]} or a suggestion has it already"
            yield Problem("", 0, columns(table, "raw")[0], shown(" + ".join(key)), expected)
        small = self._small({table: home}, row["article_id"])
        for rule in RULES:
            for problem in rule(small):
                if problem.file == small.files[table] and problem.row == FIRST_ROW:
                    yield problem

    def _small(self, rows: Mapping[str, Row], article: str) -> RawCase:
        """A case of a row or two, and the article that they are of."""
        frames = {
            table: pd.DataFrame([row], columns=columns(table, "raw"), dtype=object)
            for table, row in rows.items()
        }
        texts = {article: self.raw.texts[article]} if article in self.raw.texts else {}
        return replace(self.raw, tables=self.empty | frames, texts=texts, places={})


_ONE = "one of the columns of its table"


def _keys(frame: pd.DataFrame, table: str) -> set[tuple[str, ...]]:
    return {key_of(table, row) for row in frame.to_dict("records")}
