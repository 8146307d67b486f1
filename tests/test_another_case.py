"""Another case, made up or imported, through the whole suite.

Its site knows nothing of the published case, and its bytes are proved.
"""

import re
import shutil
from urllib.parse import unquote, urldefrag

import pytest
from test_dna import debate, laid
from test_pages import Reader
from test_project import built, copied, dispute

from dispute.exchange import dna


def report(root, folder, fill, coder):
    """A report of another case in a copy of the project: `fill` puts the case into a folder."""
    copied(root, folder)
    shutil.rmtree(folder / "data")
    fill(folder / "data/raw")
    config = (folder / "config.yaml").read_text(encoding="utf-8")
    config = re.sub(
        "draws: [0-9]+", "draws: 5", re.sub("(?m)^coder: [a-z-]+", f"coder: {coder}", config)
    )
    (folder / "config.yaml").write_text(config, encoding="utf-8")
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


@pytest.mark.parametrize("which", ["made_up", "imported"])
def test_it_gives_a_whole_site_with_no_word_of_the_published_one(real, which, request):
    site = request.getfixturevalue(which) / "reports/site"
    read = {
        path: Reader(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
        if "_static" not in path.parts
    }
    persons = real.actors[real.actors.kind == "person"].name
    words = {word for name in persons for word in name.split() if len(word) > 4} | {
        name for name in real.actors.name if " " in name
    }
    known = [
        (path.name, word)
        for path, reader in read.items()
        for word in {"Kenya", "Nairobi", "Odinga", "Swahili", *words}
        if re.search(rf"\b{word}\b", " ".join(reader.words))
    ]
    lost = [
        (path.name, link)
        for path, reader in read.items()
        for link in reader.links
        if not re.match("[a-z]+:", link)
        for address, place in [urldefrag(link)]
        for target in [
            (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
        ]
        if not target.exists()
        or (place and target in read and unquote(place) not in read[target].ids)
    ]
    assert len(read) > 15 and known == [] and lost == [], (known[:9], lost[:9])


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
