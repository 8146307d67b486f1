"""What the views and pages promise holds for other cases: made up, of sentences, and bare.

`lighthouse` is the made-up case of the tests. `sentences` has issues that are whole sentences and
has been to Discourse Network Analyzer and back. `bare` has no event, no relation, no camp, no
period, one issue and one coder.
"""

import csv
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from urllib.parse import parse_qs, urlparse

import pytest
from test_every_page import OPEN_ALL, faults, faults_of_colour
from test_project import copied, dispute, few_draws
from test_views import CUT, MARKS, OUTSIDE, SHOWN, TOO_WIDE, VIEWS, in_state, options

SENTENCES = {
    "automate": "The lighthouse at Cape Skerry should be automated within two years and its"
    " keepers withdrawn, even if ships are then warned by nobody but a lamp in fog and ice.",
    "lamp-safe": "An automatic lamp that is tested for a whole winter is as safe for ferries and"
    " fishing boats as a light with keepers who live below the tower.",
    "pensions": "The keepers who are withdrawn should be paid by the Harbour Board until they"
    " retire, and so should their widows.",
}
# By what the views of each case can be filtered from a list: there are two values at least.
ASKED = {
    "lighthouse": ["issue", "period", "camp", "certainty", "account"],
    "sentences": ["issue", "camp"],
    "bare": ["certainty"],
}
# The addresses of the marks that name an actor, without the cells of single periods.
OF_ACTOR = """(marks, actor) => marks
  .filter(mark => !mark.matches(".when") && mark.dataset.actors?.split(" ").includes(actor))
  .map(mark => mark.getAttribute("href")).sort()"""
# Pairs of words in a figure of which one is printed over the other.
OVERPRINTED = """() => {
  const corners = text => {
    const box = text.getBBox(), turn = text.getScreenCTM();
    return [[0, 2], [1, 2], [1, -2], [0, -2]].map(([right, in_]) => {
      const x = box.x + right * box.width, y = in_ > 0 ? box.y + in_ : box.y + box.height + in_;
      return [turn.a * x + turn.c * y + turn.e, turn.b * x + turn.d * y + turn.f];
    });
  };
  /* two oblongs lie apart if a side of one of them has the other wholly behind it */
  const apart = (one, other) => [one, other].some(box => [0, 1, 2, 3].some(side => {
    const [[x, y], [right, down]] = [box[side], box[(side + 1) % 4]];
    const along = corner => corner[0] * (down - y) - corner[1] * (right - x);
    const [these, those] = [one.map(along), other.map(along)];
    return Math.max(...these) <= Math.min(...those) || Math.max(...those) <= Math.min(...these);
  }));
  const over = [];
  for (const svg of document.querySelectorAll("svg.explorable")) {
    const texts = [...svg.querySelectorAll("text:not(.silent)")]
      .filter(text => text.getClientRects().length);
    const boxes = texts.map(corners);
    texts.forEach((text, n) => texts.slice(n + 1).forEach((other, m) => {
      if (!apart(boxes[n], boxes[n + 1 + m])) over.push([text.textContent, other.textContent]);
    }));
  }
  return over;
}"""


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)


def rewrite(path, change):
    """Put in place of each row of a table what `change` makes of it; None leaves it out."""
    names, rows = rows_of(path)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in map(change, rows) if row)


def lighthouse(project, case):
    shutil.copytree(project / "lighthouse", case)


def sentences(project, case):
    """Sentences for labels; then out to a database of DNA, and in again."""
    long = shutil.copytree(project / "lighthouse", project / "long")

    def say(row):
        return row | dict.fromkeys(["label", "proposition"], SENTENCES[row["issue"]])

    rewrite(long / "codebook/issues.csv", say)
    for words in (["export", str(long), "long.dna"], ["import", "long.dna", str(case)]):
        told = dispute(project, *words)
        assert told.returncode == 0, told.stderr


def bare(project, case):
    """Without all that a case can be without."""
    shutil.copytree(project / "lighthouse", case)
    for coder in ("pass-b", "adjudicated"):
        shutil.rmtree(case / "coding" / coder)
    empty = ["findings", "search", "corrections", "context_events", "codebook/events"]
    empty += ["codebook/affiliations", "codebook/periods", "codebook/relation_types"]
    empty += ["coding/pass-a/event_mentions", "coding/pass-a/relations"]
    for name in empty:
        rewrite(case / f"{name}.csv", lambda row: None)
    one = {"codebook/coders": ("coder", "pass-a"), "codebook/issues": ("issue", "automate")}
    one["coding/pass-a/statements"] = ("issue", "automate")
    for name, (column, value) in one.items():
        rewrite(case / f"{name}.csv", lambda row, c=column, v=value: row if row[c] == v else None)
    rewrite(case / "codebook/actors.csv", lambda row: row | {"camp": ""})


CASES = {make.__name__: make for make in (lighthouse, sentences, bare)}


def site_of(project):
    """The site of the case in a project, with few draws."""
    few_draws(project)
    run = dispute(project, "run", "--case", "case", "--into", "report")
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "report/reports/site"


@pytest.fixture(scope="session")
def sites(root, tmp_path_factory):
    """The site of each case, built in a copy of the project."""

    # Folders first: the factory is not made for threads.
    folders = {name: tmp_path_factory.mktemp(name) for name in CASES}

    def report(name):
        project = copied(root, folders[name])
        shutil.copytree(root / "tests/cases/lighthouse", project / "lighthouse")
        CASES[name](project, project / "case")
        return site_of(project)

    with ThreadPoolExecutor(2) as workers:
        return dict(zip(CASES, workers.map(report, CASES), strict=True))


@pytest.fixture(scope="session", params=CASES)
def site(request, sites):
    return sites[request.param]


@pytest.fixture
def case(request):
    """The name of the case."""
    return request.node.callspec.params["site"]


def views(site):
    """The views in which there is something to filter."""
    return [view for view in VIEWS if 'class="explorable' in text_of(site, view)]


def text_of(site, name):
    return (site / f"{name}.html").read_text(encoding="utf-8")


def some_pages(site):
    """The pages that differ from case to case."""
    of_one = [min((site / folder).glob("*.html")) for folder in ("people", "evidence")]
    return [*VIEWS, "index", "method", *(f"{path.parent.name}/{path.stem}" for path in of_one)]


def visit(page, site, name):
    page.goto(f"{site.as_uri()}/{name}.html")


def test_figures_fit_and_no_words_are_cut_or_printed_over_others(opened, site):
    wide, slim = opened(), opened(width=390)
    for name in some_pages(site):
        for page in (wide, slim):
            visit(page, site, name)
            for fault in (TOO_WIDE, OUTSIDE, OVERPRINTED, CUT):
                assert page.evaluate(fault) == [], name


def test_an_issue_stands_whole_in_the_figure_of_stances(opened, site):
    labels = [row["label"] for row in rows_of(site / "data/issues.csv")[1]]
    texts = opened("stances").locator("#matrix text").all()
    words = [" ".join(text.text_content().split()) for text in texts]
    assert set(labels) <= set(words)


def test_nothing_is_wider_than_a_window_of_320_pixels(opened, site):
    page = opened(width=320)
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_axe_finds_no_fault(opened, site):
    page, every = opened(), []
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for name in some_pages(site):
        visit(page, site, name)
        page.evaluate(axe)
        page.evaluate(OPEN_ALL)
        page.emulate_media(color_scheme="light")
        every += [(name, fault) for fault in faults(page)]
        every += [(name, "dark", fault) for fault in faults_of_colour(page, "dark")]
    assert every == []


def test_what_offers_no_choice_is_not_asked(opened, site, case):
    page = opened()
    for view in views(site):
        visit(page, site, view)
        asked = page.locator(".state:visible select").all()
        assert [one.get_attribute("name") for one in asked] == ASKED[case], view


def test_each_choice_stands_in_the_address_which_restores_it(opened, site, case):
    page, moved = opened(), set()
    for view in views(site):
        visit(page, site, view)
        whole = page.evaluate(SHOWN, MARKS)
        every = [(key, value) for key in ASKED[case] for value in options(page, key)]
        for key, value in every:
            page.locator(f".state select[name={key}]").select_option(value)
            assert parse_qs(urlparse(page.url).query) == {key: [value]}
            chosen = page.evaluate(SHOWN, MARKS)
            assert in_state(page, f"{key}={value}") == chosen, (view, key, value)
            if chosen != whole:
                moved.add(key)
            page.get_by_role("button", name="all again").click()
            page.wait_for_function("!location.search")
            assert page.evaluate(SHOWN, MARKS) == whole, (view, key, value)
    assert moved == set(ASKED[case])


def test_of_one_actor_every_view_shows_what_has_a_part_of_it(opened, site):
    page = opened()
    for view in views(site):
        visit(page, site, view)
        shown = in_state(page, "actor=jonas-hart")[0]
        assert shown == page.locator(MARKS).evaluate_all(OF_ACTOR, "jonas-hart"), view
        assert 0 < len(shown) < page.locator(MARKS).count(), view


@pytest.mark.parametrize(
    "state", ["actor=<script>&period=nope&lines=-3&from=x", "issue='\"&camp=%00&to=2019-99-99"]
)
def test_an_address_that_makes_no_sense_shows_all(opened, site, state):
    page = opened("network")
    whole = page.evaluate(SHOWN, MARKS)
    in_state(page, state)
    if "actor" in state:
        page.get_by_text("Nobody is called “<script>”").wait_for()
    assert page.evaluate(SHOWN, MARKS) == whole


def test_without_script_all_figures_and_rows_are_there(opened, site):
    plain, page = opened(java_script_enabled=False), opened()
    for view in views(site):
        visit(plain, site, view)
        visit(page, site, view)
        for what in ("main figure", MARKS, "main tbody tr"):
            assert plain.locator(what).count() == page.locator(what).count() > 0
        assert all(row.is_visible() for row in plain.locator("main tbody tr").all())
        assert plain.locator(".state").is_hidden()


def test_a_page_says_that_nothing_was_coded(opened, site, case):
    page, full = opened("chronology"), case == "lighthouse"
    assert page.get_by_text("No event was coded.").is_visible() == (not full)
    assert page.locator("figure").count() == page.locator(".state:visible").count() == full
    visit(page, site, "network")
    assert page.locator("#net-relation").count() == full
    has_camps = case != "bare"
    assert bool(page.get_by_label("Camps").count()) == has_camps, "a legend of nothing"


def test_a_figure_is_one_stop_of_the_tab_key_and_arrow_keys_lead_on(opened, site):
    page = opened()
    for view in views(site):
        visit(page, site, view)
        for figure in page.locator(".pane.broad svg.explorable").all():
            stop = figure.locator("a[tabindex='0']")
            stop.focus()
            first = stop.get_attribute("href")
            page.keyboard.press("ArrowRight")
            assert figure.locator("a:focus").get_attribute("href") != first
            assert stop.count() == 1
