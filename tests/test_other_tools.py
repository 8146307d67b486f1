"""What validators and readers of other people ask of our files, as far as it is quick.

The validators themselves run in `make prove` (`tests/prove/test_other_tools.py`).
"""

import json
import re
from dataclasses import replace

import yaml

from dispute.exchange.datapackage import datapackage
from dispute.run import manifest, notebooks
from helpers.case.licences import KNOWN

PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
RECORD = {
    "inputs": {"notebooks/1_corpus.ipynb": 64 * "a", "data/raw/case.yaml": 64 * "b"},
    "outputs": {"data/processed/edges.csv": 64 * "c", "reports/brief.pdf": 64 * "d"},
    "versions": {"python": "3.12.1"},
}


def test_each_table_of_the_package_has_the_profile_that_the_package_asks_of_it(root, real):
    package = json.loads(datapackage(root / "data/processed", real))
    assert package["profile"] == "tabular-data-package"
    profiles = {resource["profile"] for resource in package["resources"]}
    assert profiles == {"tabular-data-resource"}


def crated(case, published="2001-09-09"):
    """The entities of a crate by their ids, and what its context adds to RO-Crate 1.1."""
    made = manifest.crate(case, RECORD, published)
    context, added = made["@context"]
    assert context == "https://w3id.org/ro/crate/1.1/context"
    return {entity["@id"]: entity for entity in made["@graph"]}, added


def test_the_crate_of_a_run_is_a_process_run_crate(real):
    entities, _ = crated(real)
    assert entities["./"]["conformsTo"] == {"@id": PROCESS}
    assert entities[PROCESS]["@type"] == "CreativeWork" and entities[PROCESS]["version"] == "0.5"
    run = entities["#run"]
    assert run["endTime"] == "2001-09-09T00:00:00+00:00" and run["description"]
    assert run["instrument"] == {"@id": "notebooks/1_corpus.ipynb"}
    assert "SoftwareSourceCode" in entities["notebooks/1_corpus.ipynb"]["@type"]


def test_every_word_of_the_crate_is_in_its_context(root, real):
    path = root / "tests/prove/contexts/ro-crate-1.1.jsonld"
    known = set(json.loads(path.read_text(encoding="utf-8"))["@context"])
    entities, added = crated(replace(real, address="https://x.example/", version="1"))
    used = {name for entity in entities.values() for name in entity if name[0] != "@"}
    types = {entity["@type"] for entity in entities.values() if isinstance(entity["@type"], str)}
    assert used | types <= known | set(added)
    assert not set(added) - used, "the context adds nothing that is not used"


def test_the_crate_of_a_case_that_says_nothing_of_itself(real):
    nothing = {"authors": (), "licence": "", "rights": "", "subtitle": "", "question": ""}
    entities, _ = crated(replace(real, **nothing, citation=""))
    root, run = entities["./"], entities["#run"]
    assert "author" not in root and "agent" not in run
    assert root["description"] == real.title
    licence = entities[root["license"]["@id"]]
    assert licence["@id"].startswith("#") and "no licence" in licence["description"]


def test_a_notebook_says_that_it_becomes_a_python_file(root):
    """`jupyter nbconvert --to script` writes .txt where it does not."""
    for path in [*root.glob("notebooks/*.ipynb"), *root.glob("tests/*.ipynb")]:
        book = notebooks.read(path)
        assert book.metadata.language_info.file_extension == ".py", path.name
        assert notebooks.cleaned(book).metadata.language_info.file_extension == ".py"


def test_our_citation_is_as_zenodo_takes_it(root):
    """Of its metadata, Zenodo asks one licence in a word, and a title of three letters."""
    cff = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["license"] in {licence.id for licence in KNOWN}
    assert len(cff["title"]) >= 3 and all(author["name"] for author in cff["authors"])


def test_no_stored_output_holds_an_address_a_size_of_a_figure_or_a_warning(root):
    for path in [*root.glob("notebooks/*.ipynb"), *root.glob("tests/*.ipynb")]:
        cells = notebooks.read(path).cells
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        assert outputs, path.name
        said = "\n".join(_words(output) for output in outputs)
        assert not re.search(r"0x[0-9a-f]{6}|<Figure size|\bWarning\b", said), path.name


def _words(output):
    """What an output says, without its pictures."""
    shown = output.get("data", {"text/plain": output.get("text", "")})
    return "\n".join(words for kind, words in shown.items() if not kind.startswith("image/"))
