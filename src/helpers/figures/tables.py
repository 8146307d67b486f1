"""Tables to be read: names and labels in place of ids, headings in place of names of columns.

What a column holds is known from `tables.yaml` (`helpers.case.schema`): a column that refers to
actors is shown by their names, one that refers to issues by their labels, and a date in words.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from helpers.case.model import Case
from helpers.case.schema import SCHEMA
from helpers.dates.edtf import wording
from helpers.words import and_joined, counted

# So many rows and columns of a table are shown.
ROWS, COLUMNS = 100, 40
MISSING = "–"
NONE = "None in this selection."
# What an empty cell of these columns means.
EMPTY = {
    "according_to": "the article",
    "camp": "of no camp",
    "published": "undated",
    "publisher": "not identified",
    "quoted_by": "the article",
}
# Lists of EDTF values, for which the schema has no type.
DATE_LISTS = {"own_alternatives"}
# What a reader calls a column, where its name is not a word for it.
HEADINGS = {
    "according_to": "according to",
    "actor_id": "actor",
    "adjusted_rand": "like the codebook's",
    "by_chance": "by chance",
    "claimants": "claimed by",
    "coder_a": "first pass",
    "coder_b": "second pass",
    "date_words": "words of the date",
    "group_no": "group",
    "n": "positions",
    "n_actors": "actors",
    "n_articles": "articles",
    "n_camps": "camps",
    "n_characters": "characters",
    "n_day": "a day",
    "n_furniture": "of them furniture",
    "n_marked": "marked units",
    "n_mentions": "mentions",
    "n_sources": "sources",
    "n_span": "a span",
    "n_undated": "no date",
    "n_units": "units",
    "number_of": "of what",
    "number_words": "number",
    "own_alternatives": "other readings",
    "own_edtf": "resolver",
    "own_reason": "the resolver's reason",
    "account": "by whose account",
    "p_error": "error of p",
    "quoted_by": "as told by",
    "published_basis": "how the date is known",
    "rests_on": "on how little it rests",
    "share_coded": "share coded",
    "valid_from": "since",
    "valid_to": "until",
    "value_a": "by the first",
    "value_b": "by the second",
    "weight_after": "after",
    "weight_before": "before",
    "without_marked": "without marked",
}


@dataclass(frozen=True)
class Readable:
    """A table as a notebook shows it, no cell cut; a sentence where there is no row.

    `frame` is the table itself. Of a large one the first rows and columns are shown, and it is
    said how many more there are, and in which processed table (`whole`). Where there is no HTML,
    one line says how large it is, for a table of long quotes fills a terminal with blanks.
    """

    frame: pd.DataFrame
    none: str = NONE
    whole: str = ""

    def __repr__(self) -> str:
        if self.frame.empty:
            return self.none
        return f"a table of {counted(len(self.frame), 'row')}"

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return f"<p>{escape(self.none)}</p>"
        with pd.option_context("display.max_colwidth", None):
            table = self.frame.iloc[:ROWS, :COLUMNS].to_html()
        more = [
            counted(number - most, noun)
            for number, most, noun in zip(
                self.frame.shape, (ROWS, COLUMNS), ("more row", "more column"), strict=True
            )
            if number > most
        ]
        return _one_line_a_row(table) + said_of_more(more, self.whole)


def said_of_more(more: Sequence[str], whole: str) -> str:
    """A paragraph on what is not shown, and where it is; empty where all is shown."""
    if not more:
        return ""
    where = f": all are in the table {whole}" if whole else ""
    return f"<p>{escape(f'Not shown: {and_joined(list(more))}{where}')}.</p>\n"


def readable(
    frame: pd.DataFrame,
    case: Case | None = None,
    index: str | Sequence[str] = (),
    columns: Sequence[str] | None = None,
    called: dict[str, str] | None = None,
    like: dict[str, str] | None = None,
    digits: int = 2,
    none: str = NONE,
    whole: str = "",
) -> Readable:
    """A table for a reader.

    `case`: where given, its names and labels stand in place of ids (see `named`, also for `like`);
    without one the cells are taken as words. `index`: columns that lead each row. `columns`: the
    others that are shown, in this order. `called`: headings, beside those of `HEADINGS`.
    `digits`: how many decimals a measure is given; what is missing is a dash. `none`: what is said
    in place of a table without rows. `whole`: the processed table that holds all rows, where they
    may be too many to be shown. Raises KeyError for a column that `frame` lacks.
    """
    table = frame if case is None else named(frame, case, like)
    table = rounded(table, digits)
    leading = [index] if isinstance(index, str) else list(index)
    if columns is not None:
        table = table[[*leading, *columns]]
    if leading:
        table = table.set_index(leading)
    headings = HEADINGS | (called or {})
    return Readable(table.rename(columns=headings).rename_axis(index=headings), none, whole)


def named(frame: pd.DataFrame, case: Case, like: dict[str, str] | None = None) -> pd.DataFrame:
    """A table with names and labels in place of ids, and dates in words; its columns as they were.

    `like` says of columns that the schema does not know what they hold: `{"group": "camp"}`.
    Several ids in a cell, parted by `;`, become a list of names. What is no known id stays.
    """
    names = {"actors.actor_id": case.names_apart(), "issues.issue": case.labels()}
    shown = {}
    for column in frame.columns:
        holds = (like or {}).get(column, column)
        field = SCHEMA["fields"].get(holds, {})
        if field.get("in") in names:
            words = _listed(names[field["in"]].get)
        elif field.get("type") == "edtf":
            words = wording
        elif holds in DATE_LISTS:
            words = _listed(wording)
        elif field.get("list"):
            words = _listed(str)
        elif holds in EMPTY:
            words = str
        else:
            continue
        shown[column] = _worded(frame[column], words, EMPTY.get(holds))
    return frame.assign(**shown)


def _listed(name: Callable[[str], str | None]) -> Callable[[str], str]:
    """A function that turns ids parted by `;` into their names parted by commas."""

    def words(cell: str) -> str:
        return ", ".join(name(one) or one for one in cell.split(";") if one)

    return words


def _worded(cells: pd.Series, words: Callable[[str], str], empty: str | None) -> pd.Series:
    """A column of text in words; an empty cell says `empty`, where there is something to say."""
    texts = [words(cell) if cell or empty is None else empty for cell in cells]
    return pd.Series(texts, index=cells.index, dtype=object)


def rounded(frame: pd.DataFrame, digits: int) -> pd.DataFrame:
    """A table with its measures as text of so many decimals; counts and words stay as they are.

    A measure is a column of floats, or one that the schema says is a number.
    """
    shown = {}
    for column in frame.columns:
        field = SCHEMA["fields"].get(column, {})
        if field.get("type") == "number" or pd.api.types.is_float_dtype(frame[column]):
            shown[column] = [_decimals(value, digits) for value in frame[column]]
    return frame.assign(**shown)


def _decimals(value: object, digits: int) -> object:
    """A number as text; text stays as it is."""
    if isinstance(value, str):
        return value
    return MISSING if pd.isna(value) else f"{value:z.{digits}f}"


def counts(parts: dict[str, pd.DataFrame], column: str, order: Iterable[str]) -> pd.DataFrame:
    """How often each value of a column occurs, in several tables.

    `parts`: heading to table. `order`: the values, one row each, also where none occurs.
    """
    found = {heading: part[column].value_counts() for heading, part in parts.items()}
    return pd.DataFrame(found).reindex(order).fillna(0).astype(int)


def crossed(
    frame: pd.DataFrame,
    rows: str | list[str],
    columns: str | list[str],
    values: str,
    order: Iterable[str] | None = None,
) -> pd.DataFrame:
    """A table with a row for each value of `rows` and a column for each of `columns`.

    `values`: what stands in a cell; one that has nothing is empty. `order`: of the columns; those
    that do not occur are left out.
    """
    table = frame.pivot(index=rows, columns=columns, values=values).astype(object)
    if order is not None:
        table = table[[column for column in order if column in table]]
    return table.where(table.notna(), "")


def confused(pairs: pd.DataFrame, case: Case) -> pd.DataFrame:
    """The stances of one pass against those of another: rows the first pass, columns the second.

    `pairs`: rows of `confusion` on the stance of statements. A stance of the codebook has its
    column, also where nobody gave it.
    """
    scale = dict(zip(case.stances.stance, case.stances.label, strict=True))
    numbers = pairs.astype({"value_a": int, "value_b": int})
    table = numbers.pivot_table(
        index=["coder_a", "coder_b", "value_a"],
        columns="value_b",
        values="n",
        aggfunc="sum",
        fill_value=0,
    )
    table = table.reindex(columns=sorted(scale), fill_value=0).rename(columns=scale)
    table = table.rename(index=scale, level="value_a")
    return table.rename_axis(columns=None, index=["first pass", "second pass", "by the first"])


def listed(values: Iterable[str]) -> str:
    """The different values, sorted, in one cell."""
    return ", ".join(sorted(set(values)))


def signed(number: float) -> str:
    """A whole number with its sign: `+2`, `-1`, and `0` without one."""
    return f"{int(number):+d}" if number else "0"


def with_intervals(measures: pd.DataFrame, digits: int = 2) -> list[str]:
    """Each measure with its interval, where it has one: `0.52 (0.10 to 0.80)`.

    `measures`: value, low, high.
    """
    texts = rounded(measures[["value", "low", "high"]], digits)
    return [
        value if low == MISSING else f"{value} ({low} to {high})"
        for value, low, high in texts.itertuples(index=False)
    ]


def _one_line_a_row(html: str) -> str:
    """The HTML of a table with a line for each row in place of one for each cell."""
    return re.sub(r">\n\s*<", "><", html).replace("</tr><", "</tr>\n<") + "\n"
