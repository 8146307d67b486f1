"""Two passes settled at the desk, by keys alone and by mouse alone, and the codebook kept there."""

import csv
from importlib.resources import files

import pytest
from desk_in_chromium import CASES, case_in, read_table
from test_every_page import faults

from helpers.case.edited_rows import with_rows
from helpers.case.load import check

DECISIONS = "coding/adjudicated/decisions.csv"
EXPECTED = (CASES / "lighthouse" / DECISIONS).read_text(encoding="utf-8")
HEADER = EXPECTED.splitlines(keepends=True)[0]
# As the page leads through what is undecided, with what it does not ask for where one is there.
ORDER = [("a-m03;b-m03", name) for name in ("date", "alt_date", "date_note")]
ORDER += [("b-r06", ""), ("a-s03;b-s03", "stance")]
ARTICLES = {"a-s03;b-s03": "skerry-post"}
SCRIPT = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def in_order():
    """The decisions of the file, in the order in which they are taken at the desk."""
    rows = {(row["ids"], row["field"]): row for row in csv.DictReader(EXPECTED.splitlines())}
    assert len(rows) == len(ORDER)
    return [rows[key] for key in ORDER]


@pytest.fixture
def settling(served, sat_at, tmp_path):
    """The made-up case with nothing decided, at the desk of who settles it."""
    case = case_in(tmp_path)
    (case / DECISIONS).write_text(HEADER, encoding="utf-8")
    desk = served(case, "olga", "--adjudicate")

    def sit(where="settle", **options):
        page = sat_at(desk, **options)
        page.goto(f"{desk.root}{where}")
        page.locator("#state.saved").wait_for()
        return page

    return desk, sit


def decided(desk):
    return (desk.case / DECISIONS).read_text(encoding="utf-8")


def saved(page):
    page.locator("#decision").wait_for(state="hidden")
    page.locator("#state.saved").wait_for()


class ByKeys:
    """Who settles without a mouse."""

    def __init__(self, page):
        self.page, self.press = page, page.keyboard.press

    def here(self, row):
        """Whether the pair of a row is chosen."""
        head = self.page.locator("#pair thead").inner_text()
        return all(name in head for name in row["ids"].split(";"))

    def decide(self, row):
        for key in ["n", *["k"] * 9]:
            if self.here(row):
                break
            self.press(key)
            self.page.wait_for_timeout(200)
        assert self.here(row)
        if row["ids"] in ARTICLES:
            assert self.page.url.endswith(ARTICLES[row["ids"]])
        self.to_field(row["field"])
        self.press({"neither": "0", "own": "o", "pass-a": "1", "pass-b": "2"}[row["take"]])
        if row["take"] == "own":
            self.press("Control+a")
            self.page.keyboard.type(row["value"])
            self.press("Tab")
        self.page.keyboard.type(row["reason"])
        self.press("Enter")
        saved(self.page)

    def to_field(self, field):
        name = field.replace("_", " ") or "the row itself"
        here = self.page.locator("#pair tr.here th")
        head = self.page.locator("#pair tbody th").get_by_text(name, exact=True)
        if not head.count():
            self.press("f")
        for key in ["ArrowDown"] * 40 + ["ArrowUp"] * 40:
            if here.inner_text().removeprefix("≠ ") == name:
                return
            self.press(key)
        raise AssertionError(f"no field {name}")


class ByMouse:
    """Who settles with a mouse; only words are typed."""

    def __init__(self, page):
        self.page = page

    def decide(self, row):
        article = ARTICLES.get(row["ids"], "norvale-courier")
        if not self.page.url.endswith(article):
            self.page.locator("#articles").select_option(article)
            self.page.locator(f"#both[data-ready={article}]").wait_for()
        words = {"a-m03;b-m03": "surprised", "b-r06": "defended", "a-s03;b-s03": "listens"}
        self.click_word(words[row["ids"]])
        name = row["field"].replace("_", " ") or "the row itself"
        line = self.page.locator("#pair tbody tr").filter(
            has=self.page.get_by_text(name, exact=True)
        )
        if not line.count():
            self.page.locator(".every").click()
        if row["take"] in ("neither", "own"):
            line.get_by_role(
                "button", name=f"{ {'neither': 'leave out', 'own': 'own'}[row['take']] }: {name}"
            ).click()
        else:
            line.locator("td button").nth(["pass-a", "pass-b"].index(row["take"])).click()
        if row["take"] == "own":
            self.page.locator("#decision [name=value]").fill(row["value"])
        self.page.locator("#decision [name=reason]").fill(row["reason"])
        self.page.locator("#decision .save").click()
        saved(self.page)

    def click_word(self, word):
        """Click the middle of a word in the text."""
        at = self.page.evaluate(
            """word => {
              const lines = [...document.querySelectorAll("#both p")];
              const line = lines.find(one => one.textContent.includes(word));
              const range = document.createRange(), start = line.textContent.indexOf(word);
              range.setStart(line.firstChild, start);
              range.setEnd(line.firstChild, start + word.length);
              line.scrollIntoView({block: "center"});
              const box = range.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }""",
            word,
        )
        self.page.mouse.click(*at)


@pytest.mark.parametrize("kind", [ByKeys, ByMouse])
def test_two_passes_are_settled_as_the_file_has_it(settling, kind):
    desk, sit = settling
    page = sit()
    assert len(check(desk.case)) == 3
    who = kind(page)
    for row in in_order():
        who.decide(row)
    assert decided(desk) == EXPECTED
    assert check(desk.case) == []
    assert "nothing is undecided in any article" in page.locator("#state").inner_text()


def test_every_decision_is_undone_and_done_again_by_keys(settling):
    desk, sit = settling
    page = sit()
    who = ByKeys(page)
    states = [decided(desk)]
    for row in in_order()[:3]:
        who.decide(row)
        states.append(decided(desk))
    assert len(set(states)) == 4
    for key, wanted in [("u", states[2]), ("Control+z", states[1]), ("u", states[0])]:
        page.keyboard.press(key)
        page.get_by_text("undone; all is saved").wait_for()
        page.wait_for_timeout(200)
        assert decided(desk) == wanted
    assert page.locator("#undo").is_disabled()
    for key, wanted in [("U", states[1]), ("Control+Shift+z", states[2]), ("U", states[3])]:
        page.keyboard.press(key)
        page.get_by_text("done again; all is saved").wait_for()
        page.wait_for_timeout(200)
        assert decided(desk) == wanted
    page.reload()
    page.locator("#state.saved").wait_for()
    assert page.locator("#undo").is_enabled()


def test_what_all_agree_on_is_left_only_with_a_mark(settling, sat_at):
    sat_at.expected.append("422")
    desk, sit = settling
    page = sit(where="settle#skerry-post")
    page.locator("#pairs button").first.focus()
    page.keyboard.press("Enter")
    ByKeys(page).to_field("stance")
    page.keyboard.press("o")
    page.keyboard.press("Control+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    problem = page.locator(".problem")
    problem.first.wait_for()
    assert "expected a value" in problem.first.inner_text()
    page.keyboard.type("she made it hang on the pensions")
    page.keyboard.press("Enter")
    page.locator(".overrides").wait_for()
    assert decided(desk) == HEADER
    assert page.evaluate("document.activeElement.name") == "overrides"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    saved(page)
    line = "statement,a-s01;b-s01,stance,own,2,,yes,she made it hang on the pensions\n"
    assert decided(desk) == HEADER + line
    assert "own, overrides: she made it" in page.locator("#pair").inner_text()
    page.keyboard.press("Delete")
    page.get_by_text("the decision is taken back").wait_for()
    assert decided(desk) == HEADER


def test_what_another_window_or_hand_changed_is_told_and_not_overwritten(settling, sat_at):
    sat_at.expected.append("409")
    desk, sit = settling
    one, other = sit(), sit()
    date = in_order()[0]
    ByKeys(one).decide(date)
    kept = decided(desk)
    other.keyboard.press("2")
    other.keyboard.type("otherwise")
    other.keyboard.press("Enter")
    other.locator("#told").wait_for()
    assert "another window" in other.locator("#told").inner_text() and decided(desk) == kept
    other.keyboard.press("Enter")
    other.locator("#told").wait_for(state="hidden")
    other.locator("#state.saved").wait_for()
    by_hand = kept.replace(date["reason"].split(",")[0], "by hand")
    (desk.case / DECISIONS).write_text(by_hand, encoding="utf-8")
    other.keyboard.press("0")
    other.keyboard.type("x")
    other.keyboard.press("Enter")
    other.get_by_text("changed by somebody else").first.wait_for()
    assert decided(desk) == by_hand


def test_agreement_grows_with_the_decisions(settling):
    _, sit = settling
    page = sit(where="settle#skerry-post")
    page.keyboard.press("g")
    home = page.locator("#agreement")
    home.locator("table").first.wait_for()
    assert "12 statements, taken in 0 decisions" in home.inner_text()
    assert "(none is named)" in home.inner_text() and "86% of all are in both" in home.inner_text()
    page.keyboard.press("n")
    page.keyboard.press("2")
    page.keyboard.type("as the second has it")
    page.keyboard.press("Enter")
    home.get_by_text("pass-b beside what is settled: 13 statements, taken in 1 decision").wait_for()


SEND = """async ([path, body, marked]) => {
  const mark = /_xsrf=([^;]*)/.exec(document.cookie)[1];
  const headers = marked ? {"X-XSRFToken": mark} : {};
  return (await fetch(path, {method: "POST", body, headers})).status;
}"""


def test_what_is_no_decision_of_this_page_is_refused(settling, sat_at):
    sat_at.expected += ["403", "400", "409"]
    desk, sit = settling
    page = sit()
    paths = ["decide", "decide/undo", "decide/redo", "codebook/change", "take", "look"]
    asked = [("{}", False, 403), ("[]", True, 400), ("{", True, 400), ('{"seen": "x"}', True, 409)]
    for path in paths:
        for body, marked, status in asked:
            address = f"{desk.root}api/{path}"
            assert page.evaluate(SEND, [address, body, marked]) == status, (path, body)
    assert decided(desk) == HEADER
    assert not (desk.case / "codebook/changes.csv").exists()


def test_a_coder_has_no_page_to_settle_at(served, sat_at):
    sat_at.expected.append("404")
    desk = served()
    page = sat_at(desk)
    for path in ("settle", "codebook"):
        assert page.goto(f"{desk.root}{path}").status == 404
    for path in ("api/settle", "api/settle/skerry-post", "api/agreement", "api/codebook/tables"):
        status = page.evaluate("path => fetch(path).then(told => told.status)", desk.root + path)
        assert status == 404


def test_the_codebook_is_edited_with_a_reason_and_what_was_coded_is_looked_at(settling, sat_at):
    sat_at.expected.append("422")
    desk, sit = settling
    row = {"suggestion_id": "x-1", "suggests": "actor", "actor_id": "anna-lie", "kind": "person"}
    content = with_rows(b"", "suggestions", [row | {"name": SCRIPT}])
    (desk.case / "coding/pass-a/suggestions.csv").write_bytes(content)
    page = sit("codebook")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.get_by_role("button", name="lamp-safe").press("Enter")
    page.locator("[name=cell-label]").fill("A safe lamp")
    page.keyboard.press("Enter")
    page.locator(".problem").wait_for()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type(SCRIPT)
    page.keyboard.press("Enter")
    page.locator("#edit").wait_for(state="hidden")
    assert page.locator("#looks li").count() == 6
    assert SCRIPT in page.locator("#changes").inner_text()
    page.get_by_role("button", name="looked at: a-s04").press("Enter")
    page.get_by_role("button", name="all 5 looked at").wait_for()
    page.get_by_role("button", name="take x-1 of pass-a").press("Enter")
    page.keyboard.type("named twice")
    page.keyboard.press("Enter")
    page.locator("#edit").wait_for(state="hidden")
    assert "None is open" in page.locator("#suggestions").inner_text()
    changes = read_table(desk.case / "codebook/changes.csv")
    assert [change["table"] for change in changes] == ["issues", "actors"]
    assert read_table(desk.case / "codebook/actors.csv")[-1]["name"] == SCRIPT
    assert len(check(desk.case)) == 3


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_no_fault(settling, scheme, width):
    _, sit = settling
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page = sit(color_scheme=scheme, width=width)
    page.evaluate(axe)
    found = list(faults(page))
    page.keyboard.press("f")
    page.keyboard.press("g")
    page.locator("#agreement table").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    page.locator("#decision").wait_for()
    found += faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(page.url.partition("settle")[0] + "codebook")
    page.locator("#state.saved").wait_for()
    page.evaluate(axe)
    found += faults(page)
    page.get_by_role("button", name="automate").click()
    found += faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
