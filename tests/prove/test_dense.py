"""A dense made-up case: fifty articles with sixty statements each, and a network of everybody."""

import re

import pytest
from chain import made
from made_case import make
from test_another_case import leads_nowhere
from test_pages import Reader, repeated

MOST = 500_000


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dense")
    case = make(folder / "case", 50, each=60, n_actors=120, n_issues=30)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        made(case, folder / "made", coder="reader")
    return folder / "made/site"


@pytest.fixture(scope="module")
def pages(site):
    return {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_no_page_is_too_heavy(pages, site):
    heavy = {
        path.relative_to(site).as_posix(): len(text.encode())
        for path, text in pages.items()
        if len(text.encode()) > MOST
    }
    assert heavy == {}


def test_pages_are_parted_and_every_link_leads_somewhere(pages, site):
    assert (site / "ties/conflict/2.html").exists() and (site / "stances-2.html").exists()
    readers = {path: Reader(text) for path, text in pages.items()}
    for path, reader in readers.items():
        assert not reader.open and not reader.astray and repeated(pages[path]) == [], path
        inside = [link for link in reader.links if not re.match("[a-z]+:", link)]
        lost = [link for link in inside if leads_nowhere(link, path, readers)]
        assert [link for link in lost if not link.endswith("data/brief.pdf")] == [], path


def test_what_is_not_shown_is_counted_and_linked(pages, site):
    for name in ("ties/conflict", "people/actor-0001"):
        parts = [site / f"{name}.html", *(site / name).glob("*.html")]
        text = "".join(pages[part] for part in parts)
        rest = re.findall(r'class="left-out">.*?data/edges.csv', text, flags=re.S)
        assert rest and re.search(r"\d+\s(others|more\sties)", rest[0]), name
