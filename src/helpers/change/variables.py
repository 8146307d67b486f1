"""Variables: networks between any two, and filters on any of them.

A variable is a column of the statements: who speaks, for whom, on which issue, in which period.
With `with_attributes` it is also what the codebook says of the speaker or the issue, and what is
known of the article: an actor by a publisher, a camp by an issue, a publisher by a publisher.

Between few values a network says little: two publishers make one tie, and it rests on what a few
articles happened to quote.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.analysis import networks
from helpers.case.model import Case
from helpers.case.problems import nearest

# What the first column of a table is joined with, and what stands before the names of the others.
JOINED = {
    "actor_id": ("speaker", "speaker_"),
    "issue": ("issue", "issue_"),
    "article_id": ("article_id", "article_"),
}
# Texts that name no value which two statements could share.
NO_VARIABLES = ["stance", "quote", "start", "end"]

Filter = Mapping[str, Sequence[str]]


def with_attributes(statements: pd.DataFrame, *tables: pd.DataFrame) -> pd.DataFrame:
    """The statements with what tables know of their speakers, issues and articles.

    The first column of a table is actor_id, issue or article_id; every further one, such as `camp`,
    `kind` or `publisher`, becomes `speaker_camp`, `issue_kind`, `article_publisher`, empty where
    the table says nothing. Raises KeyError for a table of another key.
    """
    for table in tables:
        key, *others = table.columns
        column, before = JOINED[key]
        known = table.drop_duplicates(key).set_index(key)
        for name in others:
            values = statements[column].map(known[name]).fillna("")
            statements = statements.assign(**{before + name.removeprefix(before): values})
    return statements


def described(statements: pd.DataFrame, case: Case) -> pd.DataFrame:
    """`with_attributes` of all that a case knows of its actors, issues and articles."""
    actors, issues, articles = case.actors, case.issues, case.articles
    own = [case.actor_attributes, case.issue_attributes, case.article_attributes]
    return with_attributes(statements, actors, issues, articles, *own)


def read_filter(words: str) -> dict[str, list[str]]:
    """A filter in words: `speaker=ann,ben; issue=bridge` names columns and their values.

    Empty words are no filter. Raises ValueError for a part without a column or without a value.
    """
    chosen: dict[str, list[str]] = {}
    for part in filter(None, map(str.strip, words.split(";"))):
        column, _, listed = part.partition("=")
        values = [value.strip() for value in listed.split(",") if value.strip()]
        if not column.strip() or not values:
            raise ValueError(f"{part!r}: expected COLUMN=VALUE,VALUE; COLUMN=…")
        chosen.setdefault(column.strip(), []).extend(values)
    return chosen


def filtered(statements: pd.DataFrame, include: Filter, exclude: Filter) -> pd.DataFrame:
    """The statements that have, in each column of `include`, one of its values; none of `exclude`.

    Values are compared as they are written in a table; one that no statement has keeps, or leaves
    out, nothing. Raises ValueError for an unknown column.
    """
    kept = pd.Series(True, index=statements.index)
    for values, wanted in ((include, True), (exclude, False)):
        for column, chosen in values.items():
            kept &= written_in(statements, column).isin(chosen) == wanted
    return statements[kept]


def refuse_unknown(statements: pd.DataFrame, values: Filter) -> None:
    """Raise ValueError (`…: expected …`) for a column, or a value of it, that no statement has."""
    for column, chosen in values.items():
        known = sorted(set(written_in(statements, column)) - {""})
        for value in chosen:
            if value not in known:
                expected = f"a value of {column}{nearest(value, known)}"
                raise ValueError(f"{value!r}: expected {expected}")


def busiest(statements: pd.DataFrame, number: int) -> pd.DataFrame:
    """The statements of so many actors and on so many issues at most: those of most statements.

    What is drawn again and again is drawn of these. Equal ones are in the order of their ids.
    """
    for column in ("speaker", "issue"):
        sizes = statements[statements[column] != ""].groupby(column).size()
        most = sizes.sort_values(ascending=False, kind="stable").head(number)
        statements = statements[statements[column].isin(most.index)]
    return statements


def written_in(statements: pd.DataFrame, column: str) -> pd.Series:
    """The values of a variable as text. Raises ValueError (`…: expected …`) for an unknown one."""
    if column not in statements:
        known = [name for name in statements if name not in NO_VARIABLES]
        expected = f"one of {', '.join(known)}{nearest(column, known)}"
        raise ValueError(f"{column!r}: expected {expected}")
    return statements[column].astype(str)


def crossed(statements: pd.DataFrame, rows: str, over: str) -> pd.DataFrame:
    """The statements with the values of `rows` as speakers and those of `over` as issues.

    So every measure of actors on issues is one of any two variables: issues are alike where the
    same speakers take the same stance on both. A statement that has one of the two empty is not
    counted. A variable is tied to itself over nothing. Raises ValueError for an unknown one.
    """
    one, other = (written_in(statements, variable) for variable in (rows, over))
    return statements.assign(speaker=one, issue=other)


def one_mode(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    rows: str = "speaker",
    over: str = "issue",
    measure: str = "congruence",
    normalisation: str = "none",
) -> pd.DataFrame:
    """The network of the values of `rows`, tied over the values of `over` in which they meet.

    The formulas are those of `networks.weights`, i and i' being values of `rows` and j of `over`.
    Raises ValueError as `crossed` does, and for another measure or normalisation.
    """
    return networks.one_mode(crossed(statements, rows, over), stances, measure, normalisation)


def two_mode(
    statements: pd.DataFrame,
    stances: pd.DataFrame,
    rows: str = "speaker",
    columns: str = "issue",
    measure: str = "subtract",
    normalisation: str = "none",
) -> pd.DataFrame:
    """The table of the values of `rows` by those of `columns`, as `networks.two_mode` gives it."""
    return networks.two_mode(crossed(statements, rows, columns), stances, measure, normalisation)
