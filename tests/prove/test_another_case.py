"""Another case, made up or imported, through the whole suite.

Its site knows nothing of the published case, and its bytes are proved.
"""

import re
import shutil
from urllib.parse import unquote, urldefrag

import pytest
from test_dna import debate, laid
from test_pages import Reader
from test_project import built, copied, dispute, few_draws

from dispute.exchange import dna
from dispute.run.verify import difference


def report(root, folder, fill, coder):
    """A report of another case in a copy of the project: `fill` puts the case into a folder."""
    copied(root, folder)
    shutil.rmtree(folder / "data")
    fill(folder / "data/raw")
    few_draws(folder, {"coder": coder})
    run = dispute(folder, "run")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module")
def made_up(root, tmp_path_factory):
    return report(
        root,
        tmp_path_factory.mktemp("made up"),
        lambda folder: shutil.copytree(root / "tests/cases/lighthouse", folder),
        "adjudicated",
    )


@pytest.fixture(scope="module")
def imported(root, tmp_path_factory):
    return report(
        root,
        tmp_path_factory.mktemp("imported"),
        lambda folder: laid(dna.to_case(debate(), title="Lamps")[0], folder),
        "zoe-q",
    )


def strange_words(case):
    """Words that only the published case says: its places, and the names in it."""
    persons = case.actors[case.actors.kind == "person"].name
    parts = {word for name in persons for word in name.split() if len(word) > 4}
    names = {name for name in case.actors.name if " " in name}
    return parts | names | {"Kenya", "Nairobi", "Odinga", "Swahili"}


def leads_nowhere(link, path, pages):
    """Whether a link of a page within the site has no target, or no such place in it."""
    address, place = urldefrag(link)
    file = unquote(address.partition("?")[0])
    target = (path.parent / file).resolve() if address else path
    if not target.exists():
        return True
    return bool(place) and target in pages and unquote(place) not in pages[target].ids


@pytest.mark.parametrize("which", ["made_up", "imported"])
def test_it_gives_a_whole_site_with_no_word_of_the_published_one(real, which, request):
    site = request.getfixturevalue(which) / "reports/site"
    files = list(site.rglob("*.html"))
    pages = {path: Reader(path.read_text(encoding="utf-8")) for path in files}
    texts = {path.name: " ".join(page.words) for path, page in pages.items()}
    known = [
        (name, word)
        for word in strange_words(real)
        for name, text in texts.items()
        if re.search(rf"\b{word}\b", text)
    ]
    lost = [
        (path.name, link)
        for path, page in pages.items()
        for link in page.links
        if not re.match("[a-z]+:", link) and leads_nowhere(link, path, pages)
    ]
    assert len(pages) > 15 and known == [] and lost == [], (known[:9], lost[:9])


def test_verify_builds_the_same_bytes_again_and_names_the_place_of_one_changed(made_up):
    """The small case is quick; `.ci/run` verifies the published one."""
    table = made_up / "data/processed/stance_table.csv"
    table.write_bytes(table.read_bytes().replace(b"speaker", b"speakex", 1))
    run = dispute(made_up, "verify")
    told = dict(line.split(": ", 1) for line in run.stdout.splitlines() if ": " in line)
    assert run.returncode == 1, run.stdout + run.stderr
    assert (
        told["data/processed/stance_table.csv"]
        == "row 2, capacity (line 2) is 'speakex', the build makes 'speaker'"
    )
    compared = {path: difference for path, difference in told.items() if path in built(made_up)}
    assert len(compared) == len(built(made_up)) > 50
    assert {path for path, difference in compared.items() if difference != "identical"} == {
        "data/processed/stance_table.csv"
    }, "what follows from the changed byte is not blamed"
    nothing = dispute(made_up, "verify", "--into", "nowhere")
    assert nothing.returncode == 1 and "expected a published report" in nothing.stderr


@pytest.mark.parametrize(
    "name, old, new, told",
    [
        ("a.csv", "a,b\n1,2\n", "a,b\n1,3\n", "row 2, b (line 2) is '2', the build makes '3'"),
        ("a.csv", "a,b\n", "a,b\n1,3\n", "0 rows, the build makes 1"),
        ("a.csv", 'a,"b\n', "a,b\n", "3th character differs"),
        ("a.ipynb", "{}", '{"cells": []}', "2th character differs"),
        ("a.txt", "one\ntwo\n", "one\n", "line 2 is 'two\\n', the build makes nothing"),
        ("a.txt", b"\xff", b"\xfe", "1th byte differs"),
        ("a.txt", "same", "same", ""),
    ],
)
def test_files_that_differ_are_told_by_their_kind(tmp_path, name, old, new, told):
    """A table that is no table and a notebook that is none are told by their characters."""
    for folder, content in (("old", old), ("new", new)):
        (tmp_path / folder).mkdir()
        content = content.encode() if isinstance(content, str) else content
        (tmp_path / folder / name).write_bytes(content)
    assert difference(tmp_path / "new" / name, tmp_path / "old" / name) == told
