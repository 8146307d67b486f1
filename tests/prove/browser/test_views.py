"""The views move together: a state in the address, figures that fit, keys, panels, what one takes.

A state is set once, in a form or in the address, and network, chronology, stances and their tables
show what fits.
"""

from urllib.parse import parse_qs, urlparse

import pytest

VIEWS = ("network", "chronology", "stances")
MARKS = ".pane.broad a.edge, .pane.broad a.entry, .pane.broad a.cell"
# What is shown of the figures and tables of a page: the addresses of marks, the words of rows.
SHOWN = """marks => [
  [...document.querySelectorAll(marks)].filter(mark => mark.getClientRects().length)
    .map(mark => mark.getAttribute("href")).sort(),
  [...document.querySelectorAll("main tbody tr")].filter(row => row.getClientRects().length)
    .map(row => row.textContent.trim()),
]"""
# The figures that are seen and wider than what is around them.
TOO_WIDE = """() => [...document.querySelectorAll("svg")]
  .filter(svg => svg.getClientRects().length)
  .filter(svg => svg.getBoundingClientRect().width
    > svg.parentElement.getBoundingClientRect().width + 1)
  .map(svg => svg.id)"""
# The figures of which some words stand outside the drawing.
OUTSIDE = """() => [...document.querySelectorAll("svg.explorable")]
  .filter(svg => svg.getClientRects().length)
  .filter(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text:not(.silent)")].some(text => {
      const at = text.getBoundingClientRect();
      return at.width && (at.left < frame.left - 2 || at.right > frame.right + 2);
    });
  })
  .map(svg => svg.id)"""
# The marks in rows of words that do not stand in the middle of their place.
STRAY = """() => [...document.querySelectorAll("ul.rows .mark")]
  .filter(mark => mark.getClientRects().length)
  .filter(mark => {
    const [place, drawn] = [mark, mark.querySelector("g > *")]
      .map(one => one.getBoundingClientRect());
    return Math.hypot(place.left + place.right - drawn.left - drawn.right,
      place.top + place.bottom - drawn.top - drawn.bottom) > 4;
  }).length"""
CUT = """() => [...document.querySelectorAll("svg text")]
  .filter(text => text.textContent.includes("…")).map(text => text.textContent)"""


def in_state(page, state):
    """What the same page shows with a state in its address."""
    page.goto(page.url.partition("?")[0].partition("#")[0] + (f"?{state}" if state else ""))
    return page.evaluate(SHOWN, MARKS)


def options(page, key):
    """The values that one can choose of a kind."""
    every = page.locator(f".state select[name={key}] option").all()
    return [one.get_attribute("value") for one in every][1:]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("key", ["issue", "period", "camp", "certainty", "account"])
def test_what_is_chosen_stands_in_the_address_and_the_address_restores_it(opened, view, key):
    page = opened(view)
    whole = page.evaluate(SHOWN, MARKS)
    value = options(page, key)[-1]
    page.locator(f".state select[name={key}]").select_option(value)
    assert parse_qs(urlparse(page.url).query) == {key: [value]}
    chosen = page.evaluate(SHOWN, MARKS)
    assert in_state(page, f"{key}={value}") == chosen
    assert page.locator(f".state select[name={key}]").input_value() == value
    if (view, key) != ("chronology", "issue"):
        assert chosen != whole, "nothing moved"
    page.get_by_role("button", name="all again").click()
    page.wait_for_function("!location.search")
    assert page.evaluate(SHOWN, MARKS) == whole


@pytest.mark.parametrize("place", [0, -1])
def test_on_a_phone_a_panel_does_not_cover_the_actor_it_tells_of(opened, place):
    page = opened("network", width=390)
    node = page.locator(".pane.slim a.node").nth(place)
    node.evaluate(f"node => node.scrollIntoView({{ block: '{'start' if place else 'end'}' }})")
    node.focus()
    page.keyboard.press("Enter")
    page.locator(".panel h2").wait_for()
    panel, actor = page.locator(".panel").bounding_box(), node.bounding_box()
    above = actor["y"] + actor["height"] <= panel["y"]
    assert above or panel["y"] + panel["height"] <= actor["y"]


@pytest.mark.parametrize("view", VIEWS)
def test_an_actor_moves_figures_and_tables_of_every_view(opened, view):
    page = opened(view)
    marks, rows = in_state(page, "actor=iebc")
    assert marks and rows
    for mark in page.locator(MARKS).all():
        if mark.is_visible():
            assert "iebc" in mark.get_attribute("data-actors").split()
    for row in page.locator("main tbody tr[data-actors]").all():
        assert row.is_visible() == ("iebc" in row.get_attribute("data-actors").split())


def test_days_keep_the_events_that_lie_there_and_the_axis_reaches_over_them(opened):
    page = opened("chronology")
    page.locator(".state input[name=from]").fill("2022-08-22")
    page.locator(".state input[name=to]").fill("2022-08-31")
    kept = [mark for mark in page.locator("#timeline a.entry").all() if mark.is_visible()]
    assert 1 < len(kept) < 20
    days = [mark.get_attribute("data-days") for mark in kept]
    assert all(day[:10] <= "2022-08-31" and day[-10:] >= "2022-08-22" for day in days)
    ends = [mark.locator(".at").get_attribute("transform") for mark in kept]
    places = [float(end.removeprefix("translate(").split()[0]) for end in ends]
    figure = page.locator("#timeline")
    left, right = (float(figure.get_attribute(f"data-{side}")) for side in ("left", "right"))
    assert min(places) == left and max(places) > (left + right) / 2
    assert page.locator("main tbody tr:visible").count() == len(kept)
    assert "from=2022-08-22" in page.url and "to=2022-08-31" in page.url


def test_the_state_goes_along_to_the_other_views(opened):
    page = opened("network")
    in_state(page, "actor=iebc&period=petition")
    page.locator("header nav").get_by_role("link", name="Stances").click()
    page.wait_for_url("**/stances.html?actor=iebc&period=petition")
    page.wait_for_function("document.querySelector('.state [name=actor]').value === 'IEBC'")
    assert page.locator("#matrix a.cell:visible").count()


@pytest.mark.parametrize("typed", ["IEBC", "electoral", "iebc"])
def test_an_actor_is_found_by_part_of_any_name(opened, typed):
    page = opened("network")
    page.locator(".state input[name=actor]").fill(typed)
    page.keyboard.press("Tab")
    page.wait_for_url("**?actor=*")
    assert "actor=iebc" in page.url


def test_nobody_of_a_name_is_said_and_everybody_is_shown(opened):
    page = opened("stances")
    whole = page.evaluate(SHOWN, MARKS)
    page.locator(".state input[name=actor]").fill("zzzz")
    page.keyboard.press("Tab")
    page.locator(".state output", has_text="Nobody is called").wait_for()
    assert page.evaluate(SHOWN, MARKS) == whole


def test_the_strongest_25_lines_are_seen_and_a_reader_can_have_more(opened):
    page = opened("network")
    lines = page.locator("#net-co-mention a.edge:not(.off)")
    every = page.locator("#net-co-mention a.edge").count()
    assert lines.count() == 25 < every
    page.locator(".state input[name=lines]").fill(str(every))
    page.keyboard.press("Tab")
    assert lines.count() == every
    page.locator(".state input[name=lines]").fill("5")
    page.keyboard.press("Tab")
    assert lines.count() == 5 and page.locator("#net-co-mention a.node.faint").count()


def test_rows_without_a_cell_are_folded(opened):
    page = opened("stances")
    matrix, names = page.locator("#matrix"), page.locator("#matrix a.label:visible")
    whole, every = matrix.bounding_box()["height"], names.count()
    in_state(page, "actor=iebc")
    assert names.all_text_contents() == ["IEBC"] and every > 10
    assert matrix.bounding_box()["height"] < whole / 2
    page.get_by_role("button", name="all again").click()
    page.wait_for_function("!location.search")
    assert names.count() == every and matrix.bounding_box()["height"] == whole


def test_a_cell_of_one_period_stands_for_the_cell(opened):
    page = opened("stances")
    whole = page.locator("#matrix a.cell:visible").count()
    in_state(page, "period=petition")
    shown = page.locator("#matrix a.cell:visible").count()
    assert 0 < shown < whole
    assert page.locator("#matrix a.cell.when:visible").count() == shown


@pytest.mark.parametrize("view", ["index", *VIEWS])
def test_without_script_all_figures_and_words_are_there(opened, view):
    page = opened(view, java_script_enabled=False)
    with_script = opened(view)
    assert page.locator("main figure").count() == with_script.locator("main figure").count()
    assert page.locator(MARKS).count() == with_script.locator(MARKS).count()
    rows = page.locator("main tbody tr")
    assert rows.count() == with_script.locator("main tbody tr").count()
    assert all(row.is_visible() for row in rows.all())


@pytest.mark.parametrize("view", ["index", *VIEWS])
def test_figures_fit_a_desk_and_a_phone(opened, view):
    wide, slim = opened(view), opened(view, width=390)
    for page in (wide, slim):
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(CUT) == []
    assert slim.evaluate("document.documentElement.scrollWidth") <= 390
    assert slim.locator(".pane.broad:visible").count() == 0


@pytest.mark.parametrize("state", ["", "period=petition", "actor=iebc"])
def test_a_phone_shows_the_same_stances(opened, state):
    wide, slim = opened("stances"), opened("stances", width=390)
    in_state(wide, state)
    in_state(slim, state)

    def shown(page, cells, number):
        return sorted(
            (cell.get_attribute("href"), cell.locator(number).text_content())
            for cell in page.locator(cells).all()
        )

    assert slim.evaluate(STRAY) == 0
    rows = shown(slim, "ul.rows a.cell:visible", ".n")
    assert rows == shown(wide, "#matrix a.cell:visible", "text")


@pytest.mark.parametrize(
    "view, figure",
    [("network", "#net-conflict"), ("chronology", "#timeline"), ("stances", "#matrix")],
)
def test_a_figure_is_one_stop_and_arrow_keys_lead_through_it(opened, view, figure):
    page = opened(view)
    inside = page.locator(f"{figure} a[tabindex='0']")
    assert inside.count() == 1
    inside.focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        here = page.locator(f"{figure} a:focus")
        seen.append(here.get_attribute("href"))
        assert here.get_attribute("aria-label") or here.text_content(), "no spoken name"
    assert seen[0] == seen[2] and len(set(seen)) >= 4
    page.keyboard.press("Tab")
    assert not page.evaluate("figure => document.activeElement.closest(figure)", figure)


def test_few_stops_lie_before_the_tables(opened):
    stops = opened("network").evaluate(
        """() => [...document.querySelectorAll("main figure a, main figure button, .state *")]
          .filter(one => one.tabIndex >= 0 && one.getClientRects().length).length"""
    )
    assert stops <= 60


def test_a_node_opens_a_panel_by_mouse_and_by_keys(opened):
    page = opened("network")
    node = page.locator("#net-conflict a.node[data-actors=iebc]")
    node.focus()
    assert page.locator(".preview").inner_text().startswith("IEBC")
    page.keyboard.press("Enter")
    panel = page.locator(".panel")
    panel.locator("h2").wait_for()
    assert panel.locator("h2").inner_text() == "IEBC"
    assert panel.locator(".stance").count() and panel.locator("q").count()
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.dataset.actors") == "iebc"
    node.locator("path, circle").first.click()
    panel.get_by_role("button", name="show only this actor").click()
    assert "actor=iebc" in page.url
    panel.locator("h2 a").click()
    page.wait_for_url("**/people/iebc.html")


def test_one_figure_can_stand_in_another_page(opened):
    page = opened("network")
    in_state(page, "actor=iebc")
    shown = page.locator("#net-conflict a.edge:not(.off)").count()
    in_state(page, "actor=iebc&embed=conflict")
    assert page.locator("header").is_hidden() and page.locator("h1").bounding_box()["x"] < -300
    assert page.locator("main figure:visible").count() == 1
    assert page.locator("#net-conflict a.edge:not(.off)").count() == shown


@pytest.mark.parametrize("kind, begins", [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_figure_can_be_taken_away_as_it_is_shown(opened, kind, begins):
    page = opened("stances")
    page.locator("#figure-stances .take summary").click()
    with page.expect_download() as loading:
        page.locator(f"#figure-stances [data-save={kind}]").click()
    content = loading.value.path().read_bytes()
    assert content.startswith(begins) and len(content) > 5000
    assert loading.value.suggested_filename == f"matrix.{kind}"


@pytest.mark.parametrize("view", ["index", *VIEWS])
def test_each_figure_names_its_tables_and_can_be_taken(opened, view):
    figures = opened(view).locator("main figure:has(svg)").all()
    assert figures
    for figure in figures:
        figure.locator(".take summary").click()
        assert figure.locator(".take a").first.get_attribute("href").endswith(".csv")
        assert figure.locator("[data-save=svg]").is_visible()
