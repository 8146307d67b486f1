"""Pages one can read: their lines and their height, what opens, what is cited, where focus is."""

import re

import pytest

# The longest line of the running text of a page, and where it stands.
LONGEST = """() => {
  let longest = [0, ""];
  const blocks = "main p, main li, main dd, main blockquote, main figcaption, main summary";
  for (const block of document.querySelectorAll(blocks)) {
    const range = document.createRange();
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let length = 0, end = Infinity;
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement.closest(`${blocks}, pre, table, svg`) !== block) continue;
      for (const word of text.data.matchAll(/\\S+/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        for (const at of range.getClientRects()) {
          /* a line begins where the words step back */
          if (at.left < end - 2) length = 0;
          length += word[0].length / range.getClientRects().length + (length && at.left > end + 1);
          end = at.right;
          if (length > longest[0]) longest = [length, block.textContent.trim().slice(0, 60)];
        }
      }
    }
  }
  return longest;
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
HEIGHT = "document.documentElement.scrollHeight"
# Whether an element in focus shows it, by an outline of two pixels or more.
SHOWS_FOCUS = """() => {
  const focus = document.activeElement, style = getComputedStyle(focus);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [focus.tagName, focus.closest("main") !== null, seen, focus.outerHTML.slice(0, 80)];
}"""


def names(site, folder=""):
    """The pages of the site, or of one of its folders, without their endings."""
    return sorted(
        path.relative_to(site).as_posix().removesuffix(".html")
        for path in (site / folder).rglob("*.html")
    )


def visit(page, site, name):
    page.goto(f"{site.as_uri()}/{name}.html")


def test_no_line_is_longer_than_80_characters(opened, site):
    page, long = opened(), []
    for name in names(site):
        visit(page, site, name)
        page.evaluate(OPEN_ALL)
        length, words = page.evaluate(LONGEST)
        if length > 80:
            long.append((name, length, words))
    assert long == []


def test_an_article_is_at_most_6000_pixels_high_and_the_method_15000_on_a_phone(opened, site):
    page = opened()
    for name in names(site, "evidence"):
        visit(page, site, name)
        assert page.evaluate(HEIGHT) <= 6000, name
    phone = opened("method", width=390)
    assert phone.evaluate(HEIGHT) <= 15_000


def test_nothing_is_wider_than_a_window_of_320_pixels(opened, site):
    """This is also what a window of 1280 pixels shows at 400 %."""
    page, wide = opened(width=320), []
    for name in names(site):
        visit(page, site, name)
        page.evaluate(OPEN_ALL)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide.append((name, width))
    assert wide == []


def an_article(site):
    """The page of an article, and the place of its fifth passage."""
    name = names(site, "evidence")[0]
    text = (site / f"{name}.html").read_text(encoding="utf-8")
    return name, re.findall(r'<details>.*?<div id="([^"]+)">', text, re.S)[4]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_passage_is_folded_and_opens_where_its_address_leads(opened, site, scripts):
    name, anchor = an_article(site)
    page = opened(name, java_script_enabled=scripts)
    words = page.locator(f"[id='{anchor}'] blockquote")
    assert not words.is_visible()
    page.goto(f"{page.url}#{anchor}")
    assert words.is_visible() and words.bounding_box()["y"] < 900


def test_a_passage_opens_by_the_keyboard(opened, site):
    name, anchor = an_article(site)
    page = opened(name)
    page.locator(f"details:has(> [id='{anchor}']) > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(f"[id='{anchor}'] blockquote").is_visible()


def test_paper_shows_every_passage_whole_and_the_addresses_of_links(opened, site):
    page = opened(an_article(site)[0], java_script_enabled=False)
    page.emulate_media(media="print")
    quotes = page.locator("ol.coded blockquote")
    assert quotes.count() and all(quote.is_visible() for quote in quotes.all())
    page = opened("events")
    page.emulate_media(media="print")
    link = page.locator("main a[href^=http]").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert link.get_attribute("href") in shown


def test_a_citation_is_copied_with_article_date_and_offsets(opened, site):
    name, anchor = an_article(site)
    page = opened(f"{name}")
    page.goto(f"{page.url}#{anchor}")
    passage = page.locator(f"[id='{anchor}']")
    passage.get_by_text("Cite this passage").click()
    passage.get_by_role("button", name="Copy in words").click()
    passage.get_by_role("button", name="Copied").wait_for()
    page.locator("header input[name=q]").focus()
    page.keyboard.press("Control+v")
    copied = page.locator("header input[name=q]").input_value()
    assert page.locator("h1").inner_text() in copied
    assert re.search(r"\b20\d\d\b.*characters \d+ to \d+ .*swh:1:cnt:[0-9a-f]{40};bytes=", copied)


def test_without_script_a_citation_is_text(opened, site):
    page = opened("stances", java_script_enabled=False)
    page.get_by_text("Cite this page").click()
    cited = page.locator("main > .citing")
    assert cited.locator("> p").is_visible() and cited.locator("> pre").first.is_visible()


def test_a_search_for_cite_finds_how(opened):
    page = opened()
    page.locator("header input[name=q]").fill("cite")
    page.keyboard.press("Enter")
    page.locator("#results[data-done]").wait_for()
    links = page.locator("#results a")
    assert "cite.html" in [link.get_attribute("href").partition("#")[0] for link in links.all()]


@pytest.mark.parametrize("name", ["index", "search", "stances", "people", "an article"])
def test_the_page_is_few_steps_away_and_focus_is_seen_at_each(opened, site, name):
    page = opened(an_article(site)[0] if name == "an article" else name)
    before = 0
    for step in range(40):
        page.keyboard.press("Tab")
        tag, within, seen, html = page.evaluate(SHOWS_FOCUS)
        if tag == "BODY":
            break
        assert seen, html
        before = before or step * within
    assert 0 < before <= 15


def test_the_first_step_skips_to_the_page(opened):
    page = opened("people")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(SHOWS_FOCUS)[1]
