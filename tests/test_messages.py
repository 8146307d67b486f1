"""Messages: every text of glossary and exercise has its translation, and no other has."""

import re

import pytest
from babel.messages.pofile import read_po

from dispute.exercise.sheet import TEMPLATES, WHERE
from dispute.messages import FOLDER, languages, words
from dispute.site import prose

CALL = re.compile(r'_\("([^"]*)"\)')
MARK = re.compile(r"`[^`]*`|\*[^*]*\*|<[^>]*>|\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def texts(root):
    """Every text that is asked for in another language."""
    templates = [*TEMPLATES.glob("*.html"), root / "src/dispute/templates/pages/glossary.html"]
    asked = {text for path in templates for text in CALL.findall(path.read_text(encoding="utf-8"))}
    glossary = (root / "src/dispute/templates/glossary.md").read_text(encoding="utf-8")
    defined = prose.definitions(glossary)
    meanings = re.findall(r"^: (.*)", glossary, re.M)
    return asked | {WHERE, *meanings, *(word for word, _, _ in defined)}


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_text_and_no_other(language, texts):
    with open(FOLDER / f"{language}.po", "rb") as file:
        catalog = read_po(file, locale=language)
    assert {entry.id for entry in catalog if entry.id} == texts
    assert all(entry.string.strip() for entry in catalog if entry.id)


@pytest.mark.parametrize("language", languages())
def test_a_translation_keeps_numbers_code_and_emphasis(language, texts):
    told = words(language).told
    for text in texts:
        assert sorted(MARK.findall(told(text))) == sorted(MARK.findall(text)), text


def test_english_is_as_it_is_and_an_unknown_language_is_refused():
    assert words("en").told("Actor") == "Actor" and not words("en").is_translated
    assert words("sw").told("Actor") == "Mhusika" and words("sw").told("new") == "new"
    with pytest.raises(ValueError, match="expected one of en, sw"):
        words("xx")


def test_the_glossary_leads_to_itself_in_each_language_with_the_same_places(published):
    pages = [published["glossary.html"], published["glossary.sw.html"]]
    places = [re.findall(r'<dt id="([^"]*)"', page) for page in pages]
    assert places[0] == places[1] and len(places[0]) > 20
    assert 'href="glossary.sw.html" lang="sw"' in pages[0]
    assert 'href="glossary.html" lang="en"' in pages[1]
    assert '<div lang="sw">' in pages[1] and "haijasomwa na mhariri" in pages[1]
