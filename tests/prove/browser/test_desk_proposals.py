"""What is proposed stands dashed at the desk: accepted, changed or rejected, by keys or mouse."""

import re
import sys
from pathlib import Path

import pytest
from desk_in_chromium import case_in, expect, read_table
from test_desk_pages import problems

sys.path.append(str(Path(__file__).resolve().parents[2]))
from lighthouse_proposals import propose


@pytest.fixture
def desk(tmp_path, served):
    return served(propose(case_in(tmp_path)), "pass-a", "--proposals")


def listed(page):
    return page.locator("#passages .proposal").all_inner_texts()


def choose(page, words):
    """With keys: on to the proposal that says something."""
    for _ in range(30):
        page.keyboard.press("p")
    for _ in range(30):
        page.wait_for_timeout(50)
        if words in page.locator("#passages [aria-current]").inner_text():
            return
        page.keyboard.press("n")
    raise AssertionError(words)


def done(desk):
    file = desk.case / "coding/pass-a/taken.csv"
    rows = read_table(file) if file.exists() else []
    return {row["proposal_id"]: row["done"] for row in rows}


def test_proposals_are_taken_changed_and_rejected_by_one_key_each(desk, sat_at):
    page = sat_at(desk, "skerry-post")
    assert len(listed(page)) == 5
    assert "5 proposed" in page.locator("#coded").inner_text()
    assert page.evaluate("CSS.highlights.get('proposal-0').size") > 0
    choose(page, "The keepers must come down")
    page.keyboard.press("y")
    expect(lambda: done(desk), {"skerry-post-p002": "accepted"})
    choose(page, "The Harbour Board wants")
    page.keyboard.press("Delete")
    expect(lambda: len(done(desk)), 2)
    choose(page, "She promised")
    sat_at.expected.append("422")
    page.keyboard.press("y")
    page.locator("#form .problem", has_text="expected").first.wait_for()
    assert "Proposed by rules." in page.locator("#form .why").inner_text()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(
        lambda: done(desk),
        {
            "skerry-post-p002": "accepted",
            "skerry-post-p001": "rejected",
            "skerry-post-p003": "changed",
        },
    )
    expect(lambda: len(listed(page)), 2)
    by = [row["proposed_by"] for row in read_table(desk.case / "coding/pass-a/statements.csv")]
    assert by.count("rules") == 2
    for _ in range(3):
        page.keyboard.press("u")
        page.wait_for_timeout(200)
    expect(lambda: done(desk), {})
    expect(lambda: len(listed(page)), 5)


def test_proposals_with_a_mouse(desk, sat_at):
    page = sat_at(desk, "skerry-post")
    page.locator("#passages .proposal", has_text="The keepers must").locator("button").click()
    assert page.locator("#form h2").inner_text() == "Proposed statement"
    page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(lambda: done(desk), {"skerry-post-p002": "accepted"})
    page.locator("#passages .proposal", has_text="The Harbour Board wants").locator(
        "button"
    ).click()
    page.get_by_role("button", name="Reject").click()
    expect(lambda: len(done(desk)), 2)
    page.reload()
    page.locator("#text[data-ready]").wait_for()
    assert len(listed(page)) == 3
    page.locator("#passages .proposal", has_text="No lamp replaces").locator("button").click()
    page.get_by_role("button", name="end back by a word").click()
    assert page.locator("#form blockquote").inner_text().endswith("same")
    page.get_by_role("button", name="Leave").click()
    assert len(listed(page)) == 3


def test_a_blind_desk_has_none(tmp_path, served, sat_at):
    page = sat_at(served(propose(case_in(tmp_path)), "pass-a"), "skerry-post")
    assert listed(page) == []
    told = page.request.get(f"{page.url.rpartition('article/')[0]}api/article/skerry-post").json()
    assert told["proposed"] == []


def test_axe_finds_no_fault_in_proposals(desk, sat_at):
    page = sat_at(desk, "skerry-post")
    page.locator("#passages .proposal button").first.click()
    page.locator("#form .why").wait_for()
    assert list(problems(page)) == []
