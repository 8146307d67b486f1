"""What the project says of itself to machines and to people: one truth in every file."""

import json
import re
import tomllib

import pytest
import yaml

DOCUMENTS = ["REPLICATION.md", "CODE_OF_CONDUCT.md", "SUPPORT.md", "ROADMAP.md", "paper.md"]
DOCUMENTS += ["docs/language-models.md", "docs/api/README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def citation(root):
    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.mark.data
def test_codemeta_says_what_the_other_files_say(root, project, citation, real):
    said = json.loads((root / "codemeta.json").read_text(encoding="utf-8"))
    assert said == {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "identifier": project["name"],
        "name": real.title,
        "description": project["description"],
        "version": project["version"],
        "datePublished": citation["date-released"].isoformat(),
        "license": f"https://spdx.org/licenses/{project['license']}",
        "author": [{"@type": "Organization", "name": name} for name in real.authors],
        "keywords": citation["keywords"],
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {project['requires-python']}",
        "operatingSystem": "Linux",
        "softwareRequirements": project["dependencies"],
        "developmentStatus": "active",
        "readme": "README.md",
        "hasPart": {
            "@type": "Dataset",
            "name": citation["title"],
            "license": f"https://spdx.org/licenses/{citation['license']}",
        },
    }
    assert real.licence == citation["license"] and real.version == citation["version"]
    assert real.version == project["version"]
    assert list(real.authors) == [one["name"] for one in citation["authors"]]


def test_replication_names_the_python_that_the_project_asks_for(root, project):
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in (root / "REPLICATION.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["paper.md", "REPLICATION.md", "README.md"])
def test_it_points_to_what_was_made_with_a_language_model(root, name):
    assert "docs/language-models.md" in (root / name).read_text(encoding="utf-8")


def test_the_readme_names_every_document(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    assert [name for name in DOCUMENTS if name not in text] == []


@pytest.mark.parametrize("name", [*DOCUMENTS, "README.md"])
def test_its_links_lead_to_files(root, name):
    text = re.sub(r"```.*?```|`[^`]*`", "", (root / name).read_text(encoding="utf-8"), flags=re.S)
    home = (root / name).parent
    linked = [one.partition("#")[0] for one in re.findall(r"\]\(([^)\s]+)\)", text)]
    built = ("http", "reports/site")
    local = [one for one in linked if one and not one.startswith(built)]
    assert [one for one in local if not (home / one).exists()] == []


def test_the_paper_cites_what_its_bibliography_holds(root):
    paper = (root / "paper.md").read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^@\w+\{(\w+),", (root / "paper.bib").read_text(encoding="utf-8"))
    assert set(re.findall(r"@(\w+)", paper.partition("---\n\n")[2])) == set(entries)
    head = yaml.safe_load(paper.split("---")[1])
    assert head["bibliography"] == "paper.bib" and head["title"] and head["authors"]
    for part in ("Summary", "Statement of need", "State of the field", "AI usage disclosure"):
        assert f"# {part}\n" in paper
