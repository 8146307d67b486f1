"""How a reader gets from a mark to the words: by mouse, by keyboard, without JavaScript.

And search, print; and no link leads nowhere. What filters move is in `test_views.py`.
"""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

import pytest

# The middle of a line in the window, where a click meets it.
MIDDLE = """line => {
  const middle = line.getPointAtLength(line.getTotalLength() / 2);
  const at = middle.matrixTransform(line.getScreenCTM());
  return [at.x, at.y];
}"""
SEEN = """name => {
  const at = document.getElementById(name)?.getBoundingClientRect();
  return Boolean(at) && at.top < innerHeight && at.bottom >= 0;
}"""
# The first link of a place that leads to words, and the words that stand at a place.
TO_WORDS = "a.stance, a.cite"
WORDS = "q, blockquote"
ROUTES = [
    ("network", "#net-conflict a.edge:not(.off)", "ties/conflict.html"),
    ("network", "#net-relation a.edge:not(.off)", "ties/relation.html"),
    ("chronology", "#timeline a.entry.reported", "events.html"),
    ("stances", "#matrix a.cell:not(.when)", "people/"),
    ("index", "#front-network a.edge", "ties/conflict.html"),
]


def lands(page):
    """Whether the address names a place that is on the page and in the window."""
    name = unquote(urldefrag(page.url)[1])
    return bool(name) and page.evaluate(SEEN, name)


def press_until(page, key, selector, most):
    """Press a key until the focus is on an element that fits."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
        page.keyboard.press(key)


def press_tab_until(page, selector, most):
    """Move the focus on until it is on an element that fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break


def place(page):
    """What the address of a page names."""
    return page.locator(f"[id='{unquote(urldefrag(page.url)[1])}']")


@pytest.mark.parametrize("start, mark, middle", ROUTES)
def test_a_click_on_a_mark_and_at_most_one_more_lead_to_the_words(opened, start, mark, middle):
    page = opened(start)
    chosen = page.locator(mark).first
    chosen.scroll_into_view_if_needed()
    if "edge" in mark:
        page.mouse.click(*chosen.locator(".line").evaluate(MIDDLE))
    else:
        chosen.click()
    page.wait_for_url(f"**/{middle}**")
    assert lands(page)
    if not place(page).locator(WORDS).count():
        page.goto(place(page).locator(TO_WORDS).first.evaluate("link => link.href"))
        assert lands(page)
    assert place(page).locator(WORDS).first.inner_text()
    if "/evidence/" not in page.url:
        page.goto(place(page).locator("a.cite").first.evaluate("link => link.href"))
    assert "/evidence/" in page.url and lands(page)
    assert place(page).locator("blockquote").inner_text()


@pytest.mark.parametrize("start, mark, middle", ROUTES[1:4])
def test_the_keyboard_leads_to_the_words(opened, start, mark, middle):
    page = opened(start)
    page.locator(f"figure:has({mark.split()[0]}) a.skip").focus()
    press_tab_until(page, mark.split()[0] + " a", 8)
    press_until(page, "ArrowRight", mark, 60)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the mark in focus is not seen"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{middle}**")
    assert lands(page)
    press_tab_until(page, "a.cite", 40)
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/**")
    assert lands(page)


def test_without_javascript_every_mark_is_there_and_leads_on(opened):
    page = opened("network", java_script_enabled=False)
    edge = page.locator("#net-conflict a.edge").last
    page.goto(page.url.rsplit("/", 1)[0] + "/" + edge.get_attribute("href"))
    assert page.locator(":target").inner_text()
    page.locator(":target a.stance").first.click()
    assert "/people/" in page.url and page.locator(":target q").count()
    page = opened("stances", java_script_enabled=False)
    assert page.locator("form.state").is_hidden()
    page.locator("#matrix a.cell:not(.when)").first.click()
    assert "/people/" in page.url and page.locator(":target q").count()


def test_a_figure_can_be_looked_at_closely_and_whole_again(opened):
    figure = opened("network").locator("#figure-conflict")

    def view():
        drawing = figure.locator(".broad svg")
        return [float(n) for n in drawing.get_attribute("viewBox").split()]

    whole = view()
    figure.get_by_role("button", name="Zoom in").click()
    assert view() != whole
    figure.get_by_role("button", name="Show the whole figure").click()
    assert view() == whole


def search(page, words):
    """What a search finds, from the box that stands on every page."""
    page.locator("header input[name=q]").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=**")
    page.locator("#results[data-done]").wait_for()
    return page.locator("#results li")


def test_search_lands_on_the_passage_with_the_word_marked(opened):
    page = opened("people/raila-odinga")
    found = search(page, "MAJAMBAZI")
    assert found.count() >= 1
    passage = found.filter(has=page.locator("mark", has_text=re.compile("majambazi", re.I))).first
    assert passage.locator("p").inner_text()
    passage.locator("a").click()
    page.wait_for_url("**/evidence/**")
    assert lands(page) and "majambazi" in place(page).locator("blockquote").inner_text().lower()


def test_search_finds_a_person_by_every_name_and_before_all_else(opened):
    page = opened()
    for name in ("Chebukati", "chebuchieta"):
        links = [link.get_attribute("href") for link in search(page, name).locator("a").all()]
        assert links[0] == "people/wafula-chebukati.html"
        assert sum("evidence/" in link for link in links) > 1
    assert search(page, "normalisation").first.locator("a").get_attribute("href")
    page.goto(page.url.replace("normalisation", "zzzz"))
    page.locator("#results[data-done]").wait_for()
    assert page.locator("#results").inner_text().startswith("0 places")


def test_search_without_javascript_says_where_to_look(opened):
    page = opened("search", java_script_enabled=False)
    assert "runs none" in page.locator("#results").inner_text()


def test_a_long_list_sorts_and_filters_in_place(opened):
    page = opened("people")
    rows = page.locator("main tbody tr")
    every = rows.count()
    head = page.get_by_role("columnheader", name="statements")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    numbers = [int(row.locator("td").nth(2).inner_text()) for row in rows.all()]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] > 0
    page.get_by_label("keep rows with").fill("smart")
    assert 0 < page.locator("main tbody tr:visible").count() < every
    assert page.locator("output").first.inner_text().endswith(f"of {every} rows")


# The tables of a page of three columns or more that are wider than their frame.
BROAD = """() => [...document.querySelectorAll(".table-scroll > table")]
  .filter(table => table.tHead && table.tHead.rows[0].cells.length > 2)
  .filter(table => table.parentElement.scrollWidth > table.parentElement.clientWidth + 1)
  .map(table => table.caption?.textContent || table.outerHTML.slice(0, 80))"""


def test_on_a_phone_no_broad_table_is_cut_and_each_cell_names_its_column(opened, site):
    page, broad = opened(width=390), []
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        broad += [(path.name, table) for table in page.evaluate(BROAD)]
    assert broad == []
    page.goto(f"{site.as_uri()}/evidence.html")
    named = "cell => getComputedStyle(cell, '::before').content"
    assert page.locator("main td").first.evaluate(named).strip('" ') == "publisher"


def test_a_place_is_not_covered_by_the_form_that_stays_in_sight(opened):
    page = opened("network")
    page.locator(".contents a", has_text="Who agrees").click()
    form, place = page.locator("form.state"), page.locator("h2", has_text="Who agrees")
    bottom = form.bounding_box()["y"] + form.bounding_box()["height"]
    assert bottom <= place.bounding_box()["y"] < 300


def test_the_first_view_is_light(opened):
    """At most 300 kB in 15 requests."""
    page = opened()
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    files = [Path(unquote(urlparse(name).path)) for name in [page.url, *asked]]
    assert len(files) <= 15
    assert sum(file.stat().st_size for file in files) <= 300_000


@pytest.mark.parametrize(
    "name, most",
    [("index", 5), ("network", 7), ("stances", 6), ("evidence/people-daily-2023-02-25", 11)],
)
def test_pages_print(opened, name, most):
    paper = opened(name).pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type /Page\b", paper)) <= most


class Links(HTMLParser):
    """The links of a page, and the ids they can lead to."""

    def __init__(self):
        super().__init__()
        self.links, self.ids = [], set()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids |= {given[key] for key in ("id", "name") if given.get(key)}
        self.links += [given[key] for key in ("href", "src") if given.get(key)]


def is_there(path, link, pages):
    """Whether the link of a page leads out of the site, or to a file and a place that are there."""
    address, place = urldefrag(link)
    if re.match(r"[a-z]+:", address):
        return True
    file = unquote(address.partition("?")[0])
    target = (path.parent / file).resolve() if address else path
    if not target.exists():
        return False
    return not place or target not in pages or unquote(place) in pages[target].ids


def test_no_link_inside_the_site_leads_nowhere(site):
    pages = {path: Links() for path in site.rglob("*.html")}
    assert len(pages) > 20
    for path, page in pages.items():
        page.feed(path.read_text(encoding="utf-8"))
    for path, page in pages.items():
        lost = [link for link in page.links if not is_there(path, link, pages)]
        assert lost == [], path.relative_to(site)
