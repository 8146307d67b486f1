"""What the desk does besides: actors found, words taken, second readings, what is done, a kill."""

import pytest
from desk_in_chromium import ByKeys, ByMouse, Paper, case_in, expect, names_in, read_table
from test_desk_coding import EXPECTED, begun, press

LOOKS = "change_id,unit,unit_id,looked\nc0001,statement,a-s01,\nc0001,statement,b-s01,\n"
CHANGES = "change_id,date,table,key,column,before,after,reason\n"
CHANGES += "c0001,2019-07-02,issues,automate,label,a,b,the label is clearer\n"


def chosen_words(page):
    return page.evaluate("getSelection().toString()")


def coder_of(page, desk, article, kind=ByKeys):
    return kind(page, Paper(desk.case / f"articles/{article}.txt"), names_in(desk.case))


def test_a_slash_finds_where_an_actor_is_named_and_the_next_place(served, sat_at):
    page = sat_at(served())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    for words, found in [("harbour b", "Harbour Board"), ("harbour b", "Harbour Board")]:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        assert chosen_words(page) == found
        page.keyboard.press("/")
    page.keyboard.type("renn")
    page.keyboard.press("Enter")
    assert chosen_words(page) == "Tobias Renn"
    assert "is named here" in page.locator("#state").inner_text()
    page.keyboard.press("s")
    page.locator("#form blockquote").wait_for()
    assert page.locator("#form blockquote").inner_text() == "Tobias Renn"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#form").wait_for(state="hidden")


def test_a_slash_finds_a_name_where_a_word_begins_and_not_within_one(served, sat_at, tmp_path):
    case = case_in(tmp_path)
    with (case / "codebook/actors.csv").open("a", encoding="utf-8") as actors:
        actors.write("radio,ra,organisation,,\n")
    page = sat_at(served(case))
    page.keyboard.press("/")
    page.keyboard.type("ra")
    page.keyboard.press("Enter")
    line = "getSelection().anchorNode.data.slice(getSelection().anchorOffset).slice(0, 11)"
    assert page.evaluate(line) == "ran aground"


@pytest.mark.parametrize("kind", [ByKeys, ByMouse])
def test_a_passage_takes_the_words_that_are_selected(served, sat_at, kind):
    desk, page, coder = begun(served, sat_at, 1)
    start = coder.paper.text.index("chair Mira Solvik said")
    span = start, start + len("chair Mira Solvik said")
    if kind is ByKeys:
        coder.go(span[0] - 30)
        page.keyboard.press("p")
        page.locator("#passages [aria-current]").wait_for()
        coder.go(span[0])
        coder.go(span[1], "Shift+")
        press(page, "w")
    else:
        page.locator("#passages button").click()
        coder_of(page, desk, "harbour-debate", ByMouse).drag(*span)
        page.get_by_role("button", name="the passage takes the selected words").click()
        page.locator("#form .save").click()
    expect(desk.spans, [span])
    press(page, "u")
    expect(lambda: desk.rows("statements"), EXPECTED["statements"][:1])


@pytest.mark.parametrize("kind", [ByKeys, ByMouse])
def test_another_reading_of_a_date_is_kept_as_the_second(served, sat_at, kind):
    desk = served()
    page = sat_at(desk, "island-mirror")
    coder = coder_of(page, desk, "island-mirror", kind)
    start = coder.paper.text.rindex("June")
    keeps = page.get_by_role("button", name="Keep as second reading")
    if kind is ByKeys:
        coder.go(start)
        coder.go(start + 4, "Shift+")
        coder.press("s")
        coder.pick("speaker", "Mira Solvik")
        coder.pick("issue", coder.names["automate"])
        coder.press("6")
        keeps.wait_for()
        coder.press("Shift+Tab")
        assert page.evaluate("document.activeElement.textContent") == "Keep as second reading"
        coder.press("Enter")
        coder.press("Enter")
    else:
        coder.drag(start, start + 4)
        coder.click(page.locator(".code [data-table=statements]"))
        coder.choose("speaker", "mira-solvik")
        coder.choose("issue", "automate")
        coder.click(coder.field("stance").locator("label").nth(5))
        coder.click(keeps)
        coder.click(page.get_by_role("button", name="Take", exact=True))
        coder.click(page.locator("#form .save"))
    coder.saved()
    expect(lambda: len(desk.rows("statements")), 1)
    (row,) = desk.rows("statements")
    assert (row["date_edtf"], row["date_basis"], row["date_words"]) == (
        "2019-06",
        "resolved",
        "June",
    )
    assert row["alt_date_edtf"] == "2018-06" and "2018 is the year" in row["alt_date_note"]


def test_what_is_done_and_what_is_looked_at_again_is_said_by_keys(served, sat_at, tmp_path):
    case = case_in(tmp_path)
    (case / "codebook/changes.csv").write_text(CHANGES, encoding="utf-8")
    (case / "codebook/second_looks.csv").write_text(LOOKS, encoding="utf-8")
    desk = served(case, "pass-a")
    progress = case / "coding/pass-a/progress.csv"

    def done():
        return [row["change_id"] for row in read_table(progress)] if progress.exists() else None

    page = sat_at(desk, "skerry-post")
    marked = page.locator("#passages li", has_text="Look again")
    assert marked.count() == 1 and "the label is clearer" in marked.inner_text()
    assert page.locator("#coded").inner_text().endswith(", 1 to look at again")
    page.goto(desk.root)
    line = page.locator("tr", has=page.locator("a[href$=skerry-post]"))
    assert "begun, 1 to look at again" in line.inner_text()
    page.goto(f"{desk.root}article/skerry-post")
    page.locator("#text[data-ready]").wait_for()
    press(page, "d")
    expect(done, ["c0001"])
    assert marked.count() == 0 and "Done on" in page.locator("#done-since").inner_text()
    press(page, "u")
    expect(lambda: marked.count(), 1)
    expect(done, None)
    page.locator("#done").click()
    expect(lambda: marked.count(), 0)
    page.goto(desk.root)
    assert "done" in line.inner_text() and "look" not in line.inner_text()
    page.goto(f"{desk.root}article/skerry-post")
    page.locator("#text[data-ready]").wait_for()
    press(page, "d")
    assert page.locator("#done").inner_text() == "d Article done"
    expect(done, None)


def test_examples_of_an_issue_are_those_of_now(served, sat_at):
    _, page, coder = begun(served, sat_at, 1)

    def examples():
        page.locator(".field.issue input").fill("lamp")
        page.locator("[aria-label=Examples]").first.wait_for()
        return page.locator("[aria-label=Examples]").inner_text()

    coder.go(300)
    page.keyboard.press("s")
    page.locator(".proposed button").first.wait_for()
    assert "It is as safe as any keeper" in examples() and "for:" in examples()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    coder.go(int(EXPECTED["statements"][0]["start"]) + 3)
    press(page, "]")
    coder.go(300)
    page.keyboard.press("s")
    page.locator(".proposed button").first.wait_for()
    assert "It is as safe as any keeper," in examples()


def test_a_kill_loses_nothing_that_was_shown_as_saved(served, sat_at):
    sat_at.expected += ["ERR_CONNECTION", "failed:"]
    desk, page, coder = begun(served, sat_at, 2)
    desk.process.kill()
    desk.process.wait(20)
    press_on(page)
    page.locator("#state.wrong").wait_for()
    assert "does not answer" in page.locator("#state").inner_text()
    assert page.locator("#passages li").count() == 2
    again = served(desk.case)
    page = sat_at(again)
    assert page.locator("#passages li").count() == 2
    expect(lambda: again.rows("statements"), EXPECTED["statements"][:2])
    press(page, "u")
    coder = coder_of(page, again, "harbour-debate")
    coder.code("statements", EXPECTED["statements"][1])
    expect(lambda: again.rows("statements"), EXPECTED["statements"][:2])


def press_on(page):
    """Somebody removes the first passage at a desk that is dead."""
    page.locator("#passages button").first.focus()
    page.keyboard.press("p")
    page.keyboard.press("Delete")
