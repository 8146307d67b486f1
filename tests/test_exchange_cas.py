"""UIMA CAS: a file of the library dkpro-cassis, and the shape of what goes out."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from exchanged import GO, LAMP, TAA, call, files_in, made, said
from test_exchange_refi import archive

from dispute.exchange.passages import cas
from dispute.exchange.passages.giving import project_of
from helpers.case.load import load

FILE = "tests/cases/exchange/cassis.xmi"
MAP = """
codes:
  position.for: {issue: keep-lamp, stance: 2}
  position.against: {issue: keep-lamp, stance: -2}
  who.Zoë: {speaker: zoe-olund}
  who.Juma: {speaker: juma-mosi}
  who.The board: {speaker: board}
"""


def taken(capsys, file, case, *options):
    """Import a file with the mapping file beside it."""
    mapping = case.parent / "means.yaml"
    mapping.write_text(MAP, encoding="utf-8")
    return call(capsys, "import", file, case, "--map", mapping, *options)


def test_a_file_of_cassis_is_read(root, capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    status, words = taken(capsys, root / FILE, case)
    assert status == 0, words
    assert [(one[0], one[4], one[5], one[9], one[10]) for one in said(case, "note")] == [
        ("ann", LAMP, "zoe-olund", 2, "both at once"),
        ("ann", TAA, "juma-mosi", -2, ""),
        ("ann", GO, "board", -2, ""),
    ]
    assert "Not used: 1 annotation of the layer Sentence." in words
    assert "1 coding with the code 'weight.3', of which nothing says what it means" in words


def test_archives_within_an_archive_are_those_of_annotators(root, capsys, tmp_path):
    content = (root / FILE).read_bytes().replace(b' documentId="ann"', b"")
    inner = archive(**{"harbour_xmi": content, "TypeSystem_xml": "<x/>"})
    (tmp_path / "all.zip").write_bytes(archive(**{"annotation/harbour_txt/ben_zip": inner}))
    case = made(tmp_path / "case", coding={})
    status, words = taken(capsys, tmp_path / "all.zip", case, "--as", "uima-cas")
    assert status == 0, words
    assert {one[0] for one in said(case)} == {"ben"}


def test_what_goes_out_names_its_layer_and_counts_utf16(tmp_path):
    out, _ = project_of(load(made(tmp_path / "case")), [])
    with zipfile.ZipFile(io.BytesIO(cas.write(out))) as zipped:
        assert zipped.namelist()[:2] == ["TypeSystem.xml", "ann/harbour.xmi"]
        root = ElementTree.fromstring(zipped.read("ann/harbour.xmi"))
        types = ElementTree.fromstring(zipped.read("TypeSystem.xml"))
    assert types[0][0][0].text == "webanno.custom.Statement"
    text = next(one.get("sofaString") for one in root if one.tag.endswith("Sofa"))
    first = next(one for one in root if one.tag.endswith("Statement"))
    encoded = text.encode("utf-16-le")
    span = encoded[2 * int(first.get("begin")) : 2 * int(first.get("end"))]
    assert span.decode("utf-16-le") == LAMP


HEAD = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore">'
SOFA = '<cas:Sofa sofaString="a"/>'
HOSTILE = {
    "entities": ('<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD, "a document type or entities"),
    "no text": (HEAD + "</xmi:XMI>", "0 texts; expected a CAS with one"),
    "another kind": ("<html/>", "expected a CAS with one"),
    "cut off": (HEAD + SOFA, "no XML"),
    "huge places": (
        HEAD + SOFA + f'<a begin="0" end="{10**30}"/></xmi:XMI>',
        "expected two whole numbers",
    ),
    "an encoding of its own": ('<?xml version="1.0" encoding="x-no"?><a/>', "cannot be read"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_a_line(capsys, tmp_path, kind):
    content, told = HOSTILE[kind]
    (tmp_path / "x.xmi").write_text(content, encoding="utf-8")
    before = files_in(tmp_path)
    status, words = call(capsys, "import", tmp_path / "x.xmi", tmp_path / "new")
    assert status == 2 and told in words and words.count("\n") == 1, words
    assert files_in(tmp_path) == before
