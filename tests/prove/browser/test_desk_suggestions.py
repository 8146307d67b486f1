"""What the codebook lacks is suggested on the spot, in the coder's own folder, and used at once."""

from desk_in_chromium import ByKeys, Paper, expect, filled, names_in, read_table


def suggestions(desk):
    file = desk.case / f"coding/{desk.coder}/suggestions.csv"
    rows = read_table(file) if file.exists() else []
    return list(map(filled, rows))


def at_words(page, desk, words, key):
    """A coder who has selected words and pressed the key of a kind."""
    paper = Paper(desk.case / "articles/harbour-debate.txt")
    coder = ByKeys(page, paper, names_in(desk.case))
    start = paper.text.index(words)
    coder.go(start)
    coder.go(start + len(words), "Shift+")
    coder.press(key)
    return coder


def test_a_new_actor_a_new_issue_and_another_name_are_suggested_and_used(served, sat_at):
    desk = served()
    page = sat_at(desk)
    codebook = {file.name: file.read_bytes() for file in desk.case.glob("codebook/*")}
    coder = at_words(page, desk, "Keeper N", "s")
    coder.type("Keeper Núñez")
    coder.press("Enter")
    page.locator("#suggest[open]").wait_for()
    assert page.evaluate("document.activeElement.value") == "Keeper Núñez"
    coder.press("Enter")
    page.locator("#suggest").wait_for(state="hidden")
    coder.type("Who pays")
    coder.press("Enter")
    page.locator("#suggest[open]").wait_for()
    coder.press("Tab")
    coder.press("Tab")
    coder.type("The state should pay the keepers.")
    coder.press("Tab")
    coder.press("Tab")
    coder.press("Enter")
    page.locator("#suggest").wait_for(state="hidden")
    assert page.locator(".field.issue input").input_value() == "Who pays"
    coder.press("7")
    coder.date({"date_basis": "undated"}, takes=False)
    coder.saved()
    expect(lambda: len(desk.rows("statements")), 1)
    (row,) = desk.rows("statements")
    assert (row["speaker"], row["issue"], row["stance"]) == ("keeper-nunez", "who-pays", "3")
    actor, issue = suggestions(desk)
    assert (actor["suggests"], actor["actor_id"], actor["name"]) == (
        "actor",
        "keeper-nunez",
        "Keeper Núñez",
    )
    assert issue["proposition"] == "The state should pay the keepers."
    assert codebook == {file.name: file.read_bytes() for file in desk.case.glob("codebook/*")}


def test_another_name_and_an_affiliation_are_suggested(served, sat_at):
    desk = served()
    page = sat_at(desk)
    coder = at_words(page, desk, "Elin Marsh, spokeswoman of the Harbour Board", "a")
    for name in ("Elin Marsh", "Harbour Board"):
        coder.pick("actor_id" if name == "Elin Marsh" else "organisation", name)
    coder.type("spokeswoman")
    coder.press("Enter")
    coder.saved()
    expect(lambda: len(suggestions(desk)), 1)
    (one,) = suggestions(desk)
    assert (one["suggests"], one["actor_id"], one["organisation"], one["role"], one["quote"]) == (
        "affiliation",
        "elin-marsh",
        "harbour-board",
        "spokeswoman",
        "Elin Marsh, spokeswoman of the Harbour Board",
    )
    assert page.locator("#passages .affiliation").count() == 1
    coder = at_words(page, desk, "Coast minister", "s")
    coder.type("Coast minister")
    coder.press("Enter")
    form = page.locator("#suggest form").nth(1)
    form.locator("select").select_option("jonas-hart")
    form.locator("button.save").click()
    page.locator("#suggest").wait_for(state="hidden")
    assert page.locator(".field.speaker input").input_value() == "Jonas Hart"
    expect(lambda: {row["suggests"] for row in suggestions(desk)}, {"affiliation", "alias"})
