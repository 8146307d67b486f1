"""A whole article coded at the desk, by keys alone and by mouse alone, gives the rows of a file.

And what is done can be undone, is there after a reload, and is not overwritten by another window.
"""

import pytest
from desk_in_chromium import CASES, TABLES, ByKeys, ByMouse, Paper, expect, names_in, read_rows

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
    expect(desk.saved, EXPECTED)
    assert kind is ByMouse or coder.clicks == 0
    for count in ("keys", "clicks", "cells"):
        record_property(count, getattr(coder, count) / len(rows))
    print(
        f"{kind.__name__} a passage: {coder.keys / 10} keys, {coder.clicks / 10} clicks,"
        f" {coder.cells / 10} cells typed"
    )
    assert coder.cells / len(rows) < SPREADSHEET / 10
    assert coder.clicks / len(rows) < 10 and (kind is ByMouse or coder.keys / len(rows) < 80)


def press(page, *keys):
    """Press keys in the text, each after what the one before did was saved."""
    for key in keys:
        page.keyboard.press(key)
        page.evaluate("new Promise(done => setTimeout(done, 150))")
        page.locator("#state.saved").wait_for()


def begun(served, sat_at, count):
    """A desk at which the first statements of the article are coded."""
    desk = served()
    page = sat_at(desk)
    coder = coder_at(page, desk, ByKeys)
    for row in EXPECTED["statements"][:count]:
        coder.code("statements", row)
    return desk, page, coder


def test_edges_split_merge_and_remove_and_all_of_it_undone_and_done_again(served, sat_at):
    desk, page, coder = begun(served, sat_at, 2)
    first, second = [(int(row["start"]), int(row["end"])) for row in EXPECTED["statements"][:2]]
    start = first[0]
    text = coder.paper.text

    def words():
        return [text[slice(*span)] for span in desk.spans() if span != second]

    for keys, expected in (
        ("]", "It is as safe as any keeper,"),
        ("[[", "It is as safe as any"),
        ("}}", "It is as safe as any ke"),
        ("{", "It is as safe as any k"),
    ):
        coder.go(start + 3)
        press(page, *keys)
        expect(words, [expected])
    page.keyboard.press("o")
    press(page, "{")
    expect(words, ["“It is as safe as any k"])
    coder.go(start + 5)
    press(page, "x")
    expect(words, ["“It is", "as safe as any k"])
    assert [row["stance"] for row in desk.rows("statements")] == ["2", "2", "-3"]
    coder.go(start + 1)
    press(page, "m")
    expect(words, ["“It is as safe as any k"])
    coder.go(start + 1)
    press(page, "Delete")
    expect(desk.spans, [second])
    last, steps = desk.saved(), 0
    while page.locator("#undo").is_enabled():
        press(page, "u" if steps % 2 else "Control+z")
        steps += 1
    assert steps == 12 and page.locator("#passages li").count() == 0
    expect(lambda: desk.rows("statements"), [])
    for step in range(steps):
        press(page, "U" if step % 2 else "Control+Shift+z")
    expect(desk.saved, last)
    assert page.locator("#redo").is_disabled()
    page.locator("#undo").click()
    page.locator("#redo:enabled").wait_for()
    expect(words, ["“It is as safe as any k"])


def test_a_reload_in_the_middle_loses_nothing_that_was_saved(served, sat_at):
    desk, page, coder = begun(served, sat_at, 2)
    coder.go(int(EXPECTED["statements"][2]["start"]))
    page.keyboard.press("s")
    page.locator("#form").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#text[data-ready]").wait_for()
    assert page.locator("#passages li").count() == 2
    expect(lambda: desk.rows("statements"), EXPECTED["statements"][:2])
    press(page, "u")
    expect(lambda: desk.rows("statements"), EXPECTED["statements"][:1])
    for row in EXPECTED["statements"][1:]:
        coder.code("statements", row)
    expect(lambda: desk.rows("statements"), EXPECTED["statements"])


def test_two_windows_are_told_of_each_other_and_neither_overwrites(served, sat_at):
    sat_at.expected.append("409")
    desk, _, coder = begun(served, sat_at, 1)
    second = sat_at(desk)
    coder.code("statements", EXPECTED["statements"][1])
    other = coder_at(second, desk, ByKeys)
    row = EXPECTED["statements"][5]
    other.go(int(row["start"]))
    other.go(int(row["end"]), "Shift+")
    other.press("s")
    other.tab_until(".speaker *")
    other.pick("speaker", other.names[row["speaker"]])
    other.pick("issue", other.names[row["issue"]])
    other.press(other.names["stances", row["stance"]])
    assert other.proposes(row)
    other.press("Enter")
    second.locator("#told").wait_for()
    assert second.locator("#told p").inner_text() and second.locator("#form").is_visible()
    expect(lambda: desk.rows("statements"), EXPECTED["statements"][:2])
    second.locator("#told button").click()
    second.locator("#told").wait_for(state="hidden")
    assert second.locator("#passages li").count() == 2
    second.locator("#form .save").click()
    other.saved()
    kept = [EXPECTED["statements"][n] for n in (0, 1, 5)]
    expect(lambda: desk.rows("statements"), kept)


def test_the_text_takes_no_letter_and_nothing_that_is_dropped_or_pasted(served, sat_at):
    desk = served()
    page = sat_at(desk)
    before = page.locator("#text").inner_text()
    for key in ("q", "Enter", "Backspace", "Control+x", "Control+v", "Control+b", "Tab"):
        page.locator("#text").focus()
        page.keyboard.press("Control+a")
        page.keyboard.press(key)
        page.keyboard.press("Escape")
    page.locator("#text").focus()
    page.keyboard.insert_text("words")
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "語", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.insertText", {"text": "語"})
    assert page.locator("#text").inner_text() == before
    assert desk.saved() == {table: [] for table in TABLES}
