"""Questions of a reader: each is answered within two actions from the front page.

An action is a click on a link or a choice in a list. The answer stands with its words or its
source. The site is that of the articles of this project.
"""

import csv

import pytest

SHOWN_ROWS = "main tbody tr:visible"


def asked(page, question):
    """The first action: a question of the front page is clicked."""
    page.locator("ul.questions").get_by_role("link", name=question).click()
    page.wait_for_load_state()
    return page


def followed(link):
    """Follow a link by the keyboard: the middle of one on two lines lies beside it."""
    link.press("Enter")
    link.page.wait_for_load_state()


def test_who_asked_and_who_refused_is_told_at_once_in_their_words(opened):
    page = opened()
    answer = page.locator("ol.answer > li").first
    assert answer.is_visible() and answer.locator("q").count() == 2
    followed(answer.locator("a:has(q)").last)
    assert page.locator(":target blockquote").inner_text()


def test_who_opposed_the_opening_in_february_and_in_what_words(opened):
    page = asked(opened(), "The rallies")
    step = page.locator("section.step:has(:target)")
    said = step.locator(".told:has-text('William Ruto opposes it')")
    assert said.get_by_role("link", name="dismissal of his calls").is_visible()
    assert "23 February 2023" in step.inner_text()
    followed(said.get_by_role("link", name="dismissal of his calls"))
    assert "William Ruto" in page.locator(":target").inner_text()


def test_whether_the_commission_changed_its_mind_when_and_how_it_is_known(opened):
    page = opened()
    told = page.locator("ol.answer > li", has_text="What changed?")
    assert "22 September 2023, by an outside source" in told.inner_text()
    assert "no date" in told.inner_text(), "of the earlier stance"
    followed(told.get_by_role("link", name="available for forensic audit"))
    assert "from an outside source" in page.locator(":target").inner_text()
    page = asked(opened(), "Did anybody change position")
    assert "No change of position can be shown" in page.locator("main").inner_text()
    assert page.locator(":target").is_visible()


def test_the_story_of_a_step_is_the_view_in_its_days(opened):
    page = opened("story")
    step = page.locator("section.step:has(h2#rallies)")
    drawn = step.locator("svg.timeline a.entry").count()
    step.get_by_role("link", name="Chronology of these days").click()
    assert page.locator(SHOWN_ROWS).count() == drawn > 3


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_answer_stands_on_the_first_screen(opened, width, height):
    page = opened(width=width)
    page.set_viewport_size({"width": width, "height": height})
    last = page.locator("ol.answer > li").last.bounding_box()
    assert last["y"] + last["height"] <= height


def test_what_happened_between_two_days(opened, site):
    page = asked(opened(), "Petition, 2022")
    rows = [row.inner_text() for row in page.locator(SHOWN_ROWS).all()]
    with (site / "data/chronology.csv").open(encoding="utf-8", newline="") as file:
        events = [
            row
            for row in csv.DictReader(file)
            if row["earliest"] >= "2022-08-22" and "" < row["latest"] <= "2022-08-31"
        ]
    assert len(events) > 3
    for event in events:
        (row,) = [row for row in rows if event["event"].rstrip(".") in row]
        assert event["wording"] in row and ("Reported" in row or "From outside: " in row)
    page.locator(SHOWN_ROWS).get_by_role("link", name="petitions in court").first.click()
    assert page.locator(":target q").count()


def test_which_dates_are_uncertain_and_why(opened):
    page = asked(opened(), "Which dates are uncertain")
    rows = page.locator(SHOWN_ROWS).all()
    assert 5 < len(rows) < page.locator("main tbody tr").count()
    assert all(row.locator("td .about").inner_text().strip(" ·") for row in rows)
    words = page.locator("main table").inner_text()
    assert "towards the end of March 2023" in words and "the articles give no date" in words


def test_who_stands_with_whom_and_by_whose_account(opened):
    page = asked(opened(), "Who stands with whom")
    accounts = page.locator("table:has(th:text-is('by whose account')) td:last-child")
    assert accounts.count() > 5 and all(account.inner_text() for account in accounts.all())
    page.locator("main table").get_by_role(
        "link", name="Azimio la Umoja and Raila Odinga agree"
    ).click()
    assert page.locator(":target a.stance").count() >= 2


def test_what_congruence_means_shown_with_two_actors(opened):
    page = asked(opened(), "What does it mean that two actors agree")
    assert page.locator(":target").inner_text().startswith("Congruence")
    example = page.locator(":target + dd")
    assert len({who.inner_text() for who in example.locator("li > a:first-child").all()}) == 2
    assert len({stance.inner_text() for stance in example.locator(".stance").all()}) == 1
    assert example.locator("q").count() == 2
    example.locator("a.cite").first.click()
    assert page.locator(":target blockquote").inner_text()


def test_how_sure_the_coding_is(opened):
    page = asked(opened(), "How sure is the coding")
    assert "passes agree" in page.locator(":target").inner_text()
    assert "Krippendorff" in page.locator("main").inner_text()


def test_where_an_article_comes_from_and_how_its_date_is_known(opened):
    page = asked(opened(), "Where do the articles come from")
    page.get_by_role("link", name="IEBC Ready to Open the Election Servers").click()
    known = page.locator("dl.meta").inner_text()
    assert "Switch TV" in known and "September 2023" in known
    assert page.locator("dd:has(+ dt) .about").first.inner_text(), "how the date is known"


def test_what_was_said_in_swahili_and_what_it_means(opened):
    page = asked(opened(), "What was said in Swahili")
    assert page.locator(":target").is_visible()
    said = page.locator("li:has(a:text-is('Raila Odinga')):has(q[lang])")
    assert "Azimio ilishinda kura" in said.first.inner_text()
    assert "Azimio won the vote" in said.first.locator(".gloss").inner_text()


def test_a_search_for_a_language_finds_what_was_said_in_it_and_its_meaning(opened):
    page = opened()
    page.locator("header input[name=q]").fill("Raila Odinga Swahili")
    page.keyboard.press("Enter")
    page.locator("#results[data-done]").wait_for()
    page.locator("#results li a[href*=evidence]").first.click()
    passage = page.locator(":target")
    assert passage.locator("blockquote").is_visible()
    assert "Said in English and Swahili. In English, by the coder:" in passage.inner_text()


def test_how_the_report_and_a_passage_are_cited(opened):
    page = asked(opened(), "How do I cite")
    words = page.locator("main").inner_text()
    assert "The Server Dispute project" in words and "characters " in words
    assert page.locator("main > pre[aria-label='CSL JSON']").count() == 2


def test_every_page_leads_to_how_to_cite_and_from_there_to_a_passage(opened):
    page = opened()
    page.get_by_role("contentinfo").get_by_text("How to cite").click()
    assert page.locator("main cite").first.is_visible()
    page.locator("main a.cite").click()
    assert page.locator(":target").get_by_text("Cite this passage").is_visible()


def test_without_script_the_questions_lead_to_the_same_pages(opened, site):
    page = opened(java_script_enabled=False)
    links = page.locator("ul.questions a")
    for href in [link.get_attribute("href") for link in links.all()]:
        page.goto(f"{site.as_uri()}/{href}")
        assert page.locator("h1").is_visible() and (
            "#" not in href or page.locator(":target").count()
        )
