"""The pages of the desk: no fault for axe, light and dark; markup in a case is shown as text."""

import csv
import hashlib
import shutil
from importlib.resources import files

import pytest
from desk_in_chromium import CASES, read_table
from test_every_page import WITHOUT_CONTRAST, faults, faults_of_colour

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
MARKUP = "<img src=x onerror='window.hacked = 1'><script>window.hacked = 2</script><b>bold</b>"
# Columns of free words, in which anything may stand.
FREE = ("name", "label", "proposition", "meaning", "text", "about", "note", "gloss", "description")
FREE += ("date_note", "place", "role")


def problems(page):
    """What axe finds wrong with a page as it stands, in both schemes of colour."""
    page.evaluate(AXE)
    yield from faults(page, **WITHOUT_CONTRAST)
    for scheme in ("light", "dark"):
        yield from (f"{scheme}: {fault}" for fault in faults_of_colour(page, scheme))
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_axe_finds_no_fault_light_and_dark(served, sat_at, width):
    page = sat_at(served(coder="pass-a"), "skerry-post", width=width)
    found = list(problems(page))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#passages button").nth(5).click()
    page.locator(".proposed button").first.wait_for(state="attached")
    page.locator("#form summary").click()
    page.locator("#codebook summary").click()
    found += problems(page)
    page.locator(".field.issue input").fill("l")
    found += problems(page)
    page.locator(".field.speaker input").fill("Nobody")
    page.get_by_role("option", name="New:").click()
    found += problems(page)
    page.locator("#suggest").get_by_role("button", name="Leave").first.click()
    page.locator("#help").click()
    found += problems(page)
    sat_at.expected.append("404")
    desk = page.url.partition("article")[0]
    for place in ("", "article/none", "settle"):
        page.goto(desk + place)
        found += problems(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").inner_text() == "404: Not Found"
    assert found == []


def spoilt(case):
    """The case with markup in every cell of free words, and in its texts."""
    for file in [*case.glob("codebook/*.csv"), *case.glob("coding/pass-a/*.csv")]:
        rows = read_table(file)
        for row in rows:
            row.update({name: f"{row[name]} {MARKUP}" for name in FREE if name in row})
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return case


def test_markup_in_every_field_is_shown_as_text(tmp_path, served, sat_at):
    case = tmp_path / "case"
    shutil.copytree(CASES / "lighthouse", case)
    text = (case / "articles/skerry-post.txt").read_text(encoding="utf-8") + MARKUP + "\n"
    (case / "articles/skerry-post.txt").write_text(text, encoding="utf-8")
    sidecar = (CASES / "lighthouse/articles/skerry-post.yaml").read_text(encoding="utf-8")
    old = sidecar.partition('sha256: "')[2][:64]
    sidecar = sidecar.replace(old, hashlib.sha256(text.encode()).hexdigest())
    for name in ("title", "publisher"):
        sidecar = sidecar.replace(f'{name}: "', f'{name}: "{MARKUP} ')
    (case / "articles/skerry-post.yaml").write_text(sidecar, encoding="utf-8")
    page = sat_at(served(spoilt(case), "pass-a"), "skerry-post")
    page.locator("#codebook summary").click()
    for passage in page.locator("#passages button").all():
        passage.click()
        page.locator("#form").wait_for()
        for place in page.locator(".picker input:visible").all():
            place.fill("b")
        page.locator("#form").get_by_role("button", name="Leave").click()
    assert page.locator("h1").inner_text().startswith(MARKUP)
    shown = page.locator("main").inner_text()
    assert shown.count(MARKUP) > 20 and MARKUP in page.locator("#text").inner_text()
    assert page.locator("main img, main b, main script").count() == 0
    page.goto(page.url.partition("article")[0])
    assert page.locator("table a", has_text=MARKUP).count() == 1
    assert page.locator("main img, main b, main script").count() == 0
    assert page.evaluate("window.hacked") is None
