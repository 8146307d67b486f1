"""Whole reports in the hands of other people's tools: validators, and readers of networks.

Three reports: the published case, a made-up one whose names are hostile, and a new compendium in
which nothing is coded. No host is asked: what the validator of crates wants to fetch is kept in
`contexts`.
"""

import ast
import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import frictionless
import igraph
import networkx as nx
import pytest
import requests
import yaml
from rocrate_validator import models, services
from test_own_case import say
from test_project import copied, dispute, few_draws

from dispute.run.products.downloads import ADDED, EXPORTS
from helpers.case.schema import fields
from helpers.case.tables import read_tables
from helpers.figures.style import DIRECTED

HOSTILE = " & <b> \"Q\" 'q' 😀 張偉"
ADDRESS = "https://skerry.example/light/"
CONTEXTS = Path(__file__).parent / "contexts"
NETWORKS = fields("edges")["network"]["enum"]
ATOM = "{http://www.w3.org/2005/Atom}"
# What a run cannot know: where program and authors are found, and who publishes.
UNKNOWN = {
    "The Application SHOULD have a url",
    "The SoftwareApplication id SHOULD be an absolute URI",
    "The `publisher` property of a `Root Data Entity` SHOULD be an `Organization`",
    "The organization SHOULD have a URL.",
}
NO_AUTHOR = {
    "The Action SHOULD have an agent that is a Person or Organization",
    "The Root Data Entity SHOULD have a link to a Contextual Entity representing the `author` of "
    "the RO-Crate",
}


def built(folder):
    run = dispute(folder, "run")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def published(root, place):
    return built(copied(root, place))


def hostile(root, place):
    """A copy of the made-up case at an address, every second name of an actor a trap."""
    folder = copied(root, place)
    case = folder / "data/raw"
    shutil.rmtree(folder / "data")
    shutil.copytree(root / "tests/cases/lighthouse", case)
    more = {"authors": [f"Ada{HOSTILE}", "Jun"], "licence": f"mine{HOSTILE}", "address": ADDRESS}
    say(case, title=f"The light{HOSTILE}", question=f"Who?{HOSTILE}", **more)
    path = case / "codebook/actors.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows[::2]:
        row["name"] += HOSTILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    few_draws(folder)
    return built(folder)


def empty(root, place):
    """A compendium as `dispute new` makes it."""
    copied(root, place)
    new = dispute(place, "new", "own", "--title", f"A case{HOSTILE}")
    assert new.returncode == 0, new.stderr
    shutil.copytree(place / "src", place / "own/src")
    return built(place / "own")


@pytest.fixture(scope="module", params=[published, hostile, empty], ids=lambda make: make.__name__)
def report(request, root, tmp_path_factory):
    return request.param(root, tmp_path_factory.mktemp(request.param.__name__))


def test_frictionless_finds_no_fault_in_the_tables(report):
    for folder in ("data/processed", "reports/site/data"):
        found = frictionless.validate(str(report / folder / "datapackage.json"))
        assert found.flatten(["title", "note"]) == [], folder
        others = {*EXPORTS, *ADDED}  # matrices, and what changed
        tables = {path.name for path in (report / folder).glob("*.csv")} - others
        assert {task.place for task in found.tasks} == tables


def test_frictionless_follows_the_links_between_tables_and_lets_empty_cells_be(root, tmp_path):
    folder = shutil.copytree(root / "data/processed", tmp_path / "tables")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    links = {
        resource["name"]: resource["schema"]["foreignKeys"] for resource in package["resources"]
    }
    assert "on_behalf_of" in {link["fields"] for link in links["statements"]}
    frame = read_tables(folder, ["statements"])["statements"]
    assert (frame.on_behalf_of.fillna("") == "").any()
    path = folder / "statements.csv"
    speaker = frame.speaker.iloc[0]
    path.write_text(path.read_text("utf-8").replace(f",{speaker},", ",nobody,"), "utf-8")
    found = frictionless.validate(str(folder / "datapackage.json")).flatten(["type"])
    assert ["foreign-key"] in found


def test_the_feed_is_announced_and_its_links_lead_to_pages_that_exist(report):
    site = report / "reports/site"
    for page in site.rglob("*.html"):
        links = re.findall(r'<link rel="alternate" [^>]*href="([^"]+)"', page.read_text("utf-8"))
        assert [(page.parent / link).resolve() for link in links] == [site / "data/changes.atom"]
    for feed in (report / "reports/changes.atom", site / "data/changes.atom"):
        root = ET.parse(feed).getroot()
        links = {(link.get("rel"), link.get("href")) for link in root.iter(f"{ATOM}link")}
        targets = {}
        for relation, address in links:
            near = address.startswith(ADDRESS)
            place = site / address.removeprefix(ADDRESS) if near else feed.parent / address
            targets[relation] = place.resolve()
        assert targets["alternate"] == site / "changes.html"
        assert targets["self"] in (feed, site / "data/changes.atom") and len(links) == 2
        assert all(path.is_file() for path in targets.values())


@pytest.fixture
def no_host(monkeypatch):
    """Nobody is asked: the one address that is fetched has its answer beside this file."""

    def send(session, request, **more):
        assert request.url == "https://w3id.org/ro/crate/1.1/context"
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = 200, request, request.url
        answer.headers["Content-Type"] = "application/ld+json"
        answer._content = (CONTEXTS / "ro-crate-1.1.jsonld").read_bytes()
        return answer

    def connect(*words):
        raise AssertionError(f"a connection is asked for: {words}")

    monkeypatch.setattr(requests.Session, "send", send)
    monkeypatch.setattr(socket.socket, "connect", connect)


def test_the_crate_conforms_to_ro_crate_and_process_run_crate(report, no_host):
    asked = {"rocrate_uri": str(report), "no_cache": True}
    found = services.detect_profiles(services.ValidationSettings(**asked))
    assert [profile.identifier for profile in found] == ["process-run-crate-0.5"]
    asked |= {"profile_identifier": "process-run-crate-0.5"}
    asked |= {"requirement_severity": models.Severity.RECOMMENDED}
    issues = services.validate(services.ValidationSettings(**asked)).get_issues()
    left = {issue.message for issue in issues}
    if report.name == "own":  # a new compendium names no author yet
        left -= NO_AUTHOR
    assert left <= UNKNOWN
    assert {issue.severity.name for issue in issues} <= {"RECOMMENDED"}


def test_networkx_and_igraph_read_one_file_for_each_network(report):
    folder = report / "data/processed"
    tables = read_tables(folder, ["nodes", "edges"])
    people = dict(zip(tables["nodes"].actor_id, tables["nodes"].name, strict=True))
    for network in NETWORKS:
        rows = tables["edges"][tables["edges"].network == network]
        ends = sorted(zip(rows.source, rows.target, rows.relation.fillna(""), strict=True))
        for graph in (
            nx.read_gexf(folder / f"{network}.gexf"),
            nx.read_graphml(folder / f"{network}.graphml"),
            igraph.Graph.Read_GraphML(str(folder / f"{network}.graphml")).to_networkx(
                vertex_attr_hashable="id"
            ),
        ):
            assert graph.is_directed() == (network in DIRECTED)
            assert {node: data["label"] for node, data in graph.nodes(data=True)} == people
            read = [(*pair, data.get("relation") or "") for *pair, data in graph.edges(data=True)]
            if not graph.is_directed():
                read, ends = [sorted(one) for one in read], [sorted(one) for one in ends]
            assert sorted(map(list, read)) == sorted(map(list, ends))


def test_nbconvert_makes_python_of_the_notebooks(report, tmp_path):
    convert = [sys.executable, "-m", "nbconvert", "--log-level", "ERROR", "--to", "script"]
    for folder in ("notebooks", "reports/notebooks", "reports/site/notebooks"):
        books = sorted((report / folder).glob("*.ipynb"))
        subprocess.run([*convert, "--output-dir", tmp_path / folder, *books], check=True)
        made = sorted((tmp_path / folder).iterdir())
        assert [path.name for path in made] == [f"{book.stem}.py" for book in books] != []
        for path in made:
            ast.parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cffconvert(tmp_path_factory):
    """In an environment of its own: it wants an old jsonschema."""
    place = tmp_path_factory.mktemp("cff")
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, "own"], cwd=place, check=True)
    install = [*uv, "pip", "install", "-q", "--python", "own", "cffconvert==2.0.0"]
    subprocess.run([*install, "setuptools<81"], cwd=place, check=True)
    return place / "own/bin/cffconvert"


def test_the_citation_is_valid_and_zenodo_takes_it(report, cffconvert):
    file = ["-i", str(report / "CITATION.cff")]
    subprocess.run([cffconvert, "--validate", *file], check=True)
    made = subprocess.run([cffconvert, "-f", "zenodo", *file], capture_output=True, check=True)
    record = json.loads(made.stdout)
    assert record["creators"] and all(creator["name"] for creator in record["creators"])
    said = yaml.safe_load((report / "CITATION.cff").read_text(encoding="utf-8"))
    assert record["title"] == said["title"]
    if "license" in said:
        assert isinstance(record["license"]["id"], str)
