"""A whole article coded at the desk, by keys alone and by mouse alone, gives the rows of a file.

And what is done can be undone, is there after a reload, and is not overwritten by another window.
"""

import pytest
from desks import CASES, TABLES, ByKeys, ByMouse, Paper, names_in, read_rows

EXPECTED = {table: read_rows(CASES / "desk" / f"{table}.csv") for table in TABLES}
# Cells that a passage costs in a spreadsheet.
SPREADSHEET = 45


def in_order():
    """Every row of the file with its table, in the order of the text."""
    rows = [(table, row) for table in TABLES for row in EXPECTED[table]]
    return sorted(rows, key=lambda pair: int(pair[1]["start"]))


def coder_at(page, desk, kind):
    return kind(page, Paper(desk.case / "articles/harbour-debate.txt"), names_in(desk.case))


@pytest.mark.parametrize("kind", [ByKeys, ByMouse])
def test_a_whole_article_gives_the_rows_of_the_file(served, sat_at, kind, record_property):
    desk = served()
    coder = coder_at(sat_at(desk), desk, kind)
    rows = in_order()
    assert len(rows) == 10
    for table, row in rows:
        coder.code(table, row)
    assert desk.saved() == EXPECTED
    assert kind is ByMouse or coder.clicks == 0
    for count in ("keys", "clicks", "cells"):
        record_property(count, getattr(coder, count) / len(rows))
    print(
        f"{kind.__name__} a passage: {coder.keys / 10} keys, {coder.clicks / 10} clicks,"
        f" {coder.cells / 10} cells typed"
    )
    assert coder.cells / len(rows) < SPREADSHEET / 5
