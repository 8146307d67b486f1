"""An article of two coders becomes one set: each codes blind, then what differs is settled."""

import test_desk_settle as settle
from desk_in_chromium import ByKeys, Paper, case_in, expect, names_in, read_table
from test_desk_coding import EXPECTED

from helpers.case.load import check, load

ARTICLE, DECISIONS = "harbour-debate", settle.DECISIONS
FIRST = [row | {"note": "of the first alone"} for row in EXPECTED["statements"][:3]]
# The second sees two of the three, and one of them otherwise.
SECOND = [row | {"note": "of the second alone"} for row in FIRST[:2]]
SECOND[1] = SECOND[1] | {"stance": "-2"}
REASON = "as the words have it"


def codes(page, desk, rows):
    """A coder codes rows by keys."""
    coder = ByKeys(page, Paper(desk.case / f"articles/{ARTICLE}.txt"), names_in(desk.case))
    for row in rows:
        coder.code("statements", row)


def own(desk):
    return [row for row in desk.rows("statements") if row["article_id"] == ARTICLE]


def listening(page, heard):
    page.on("response", lambda answer: heard.append(answer))


def test_two_code_blind_and_what_differs_is_settled(served, sat_at, tmp_path):
    case = case_in(tmp_path)
    decided = (case / DECISIONS).read_text(encoding="utf-8")
    first = served(case, "pass-a")
    codes(sat_at(first, ARTICLE), first, FIRST)
    expect(lambda: own(first), FIRST)

    second, heard = served(case, "pass-b"), []
    page = sat_at(second, ARTICLE)
    listening(page, heard)
    page.reload()
    page.locator("#text[data-ready]").wait_for()
    codes(page, second, SECOND)
    expect(lambda: own(second), SECOND)
    bodies = "".join(answer.text() for answer in heard if answer.status == 200)
    assert "of the second alone" in bodies
    assert "of the first alone" not in bodies and "pass-a" not in bodies and '"a-s' not in bodies

    ids = {}
    for coder in ("pass-a", "pass-b"):
        rows = read_table(case / f"coding/{coder}/statements.csv")
        ids[coder] = [row["statement_id"] for row in rows if row["article_id"] == ARTICLE]
    (_, a_two, a_three), (_, b_two) = ids["pass-a"], ids["pass-b"]
    assert len(check(case)) == 2
    desk = served(case, "olga", "--adjudicate")
    page = sat_at(desk, ARTICLE)
    page.goto(f"{desk.root}settle#{ARTICLE}")
    page.locator("#state.saved").wait_for()
    who = settle.ByKeys(page)
    who.decide({"ids": f"{a_two};{b_two}", "field": "stance", "take": "pass-b", "reason": REASON})
    who.decide({"ids": a_three, "field": "", "take": "pass-a", "reason": REASON})
    assert "nothing is undecided in any article" in page.locator("#state").inner_text()

    lines = (case / DECISIONS).read_text(encoding="utf-8").splitlines()
    new = [line for line in lines if line not in decided.splitlines()]
    assert new == [
        f"statement,{a_two};{b_two},stance,pass-b,,,,{REASON}",
        f"statement,{a_three},,pass-a,,,,{REASON}",
    ]
    assert set(decided.splitlines()) < set(lines) and check(case) == []
    made = load(case).statements
    settled = made[(made.coder == "adjudicated") & (made.article_id == ARTICLE)]
    assert settled.sort_values("start").stance.tolist() == [2, -2, 3]
    assert settled.quote.tolist().count(FIRST[2]["quote"]) == 1
