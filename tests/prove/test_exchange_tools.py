"""What goes out is read by the tools themselves, each in an environment of its own.

They come from the package registry, in the versions that are named here: none is needed elsewhere.
"""

import json
import subprocess
import sys

import pytest
from exchanged import GO, LAMP, TAA, call, made

# What is installed, and what the tool does with a file: it prints what it reads as JSON.
TAGUETTE = """
import json, sys
from taguette import convert, database, extract
db = database.connect("sqlite:///" + sys.argv[1])()
users = {}
for command in db.query(database.Command).all():
    users[command.payload["highlight_id"]] = command.user_login
found = []
for one in db.query(database.Highlight).all():
    words = extract.extract(one.document.contents, one.start_offset, one.end_offset)
    assert words == one.snippet, words
    tags = sorted(tag.path for tag in one.tags)
    found.append([users[one.id], convert.html_to_plaintext(words), tags])
print(json.dumps(found))
"""
CASSIS = """
import io, json, sys, zipfile
from cassis import load_cas_from_xmi, load_typesystem
files = zipfile.ZipFile(sys.argv[1])
types = load_typesystem(io.BytesIO(files.read("TypeSystem.xml")))
found = []
for name in files.namelist():
    if name.endswith("harbour.xmi"):
        cas = load_cas_from_xmi(io.BytesIO(files.read(name)), typesystem=types)
        for one in cas.select("webanno.custom.Statement"):
            tags = ["issue." + one.issue + "." + one.stance, "speaker." + one.speaker]
            more = [("on_behalf_of", one.on_behalf_of), ("quoted_by", one.quoted_by)]
            tags += [key + "." + value for key, value in more if value]
            found.append([name.split("/")[0], one.get_covered_text(), sorted(tags)])
print(json.dumps(found))
"""
# qc holds the standard's schema; what it says is checked against that first.
QC = """
import importlib.resources, io, json, sys, zipfile
import xml.etree.ElementTree as ET
from xmlschema import validate
files = zipfile.ZipFile(sys.argv[1])
schema = importlib.resources.files("qualitative_coding") / "refi_qda" / "schema.xsd"
validate(io.BytesIO(files.read("project.qde")), str(schema))
root = ET.fromstring(files.read("project.qde"))
q = "{urn:QDA-XML:project:1.0}"
names = {one.get("guid"): one.get("name") for one in root.iter() if one.get("name")}
found = []
for source in root.iter(q + "TextSource"):
    path = "Sources/" + source.get("plainTextPath").replace("internal://", "")
    text = files.read(path).decode()
    for one in source.iter(q + "PlainTextSelection"):
        words = text[int(one.get("startPosition")) : int(one.get("endPosition"))]
        tags = sorted(names[ref.get("targetGUID")] for ref in one.iter(q + "CodeRef"))
        found.append([names[one.get("creatingUser")], words, tags])
print(json.dumps(found))
"""
TOOLS = {
    "taguette": (["taguette==1.5.2", "setuptools<81"], TAGUETTE, "out.sqlite3"),
    "cassis": (["dkpro-cassis==0.12.0"], CASSIS, "out.cas.zip"),
    "qc": (["qualitative-coding==1.7.8"], QC, "out.qdpx"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_reads_what_goes_out(capsys, tmp_path, tool):
    packages, script, name = TOOLS[tool]
    case = made(tmp_path / "case")
    assert call(capsys, "export", case, tmp_path / name)[0] == 0
    uv = [sys.executable, "-m", "uv"]
    venv = [*uv, "venv", "-q", "--python", sys.executable, "own"]
    subprocess.run(venv, cwd=tmp_path, check=True)
    install = [*uv, "pip", "install", "-q", "--python", "own", *packages]
    subprocess.run(install, cwd=tmp_path, check=True)
    done = subprocess.run(
        ["own/bin/python", "-c", script, name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    lamp, cafe, against = "issue.keep-lamp.2", "issue.keep-cafe.2", "issue.keep-lamp.-2"
    zoe, juma, board = "speaker.zoe-olund", "speaker.juma-mosi", "speaker.board"
    expected = [
        ["ann", LAMP, [lamp, zoe]],
        ["ann", LAMP, [cafe, zoe]],
        ["ann", TAA, [against, juma]],
        ["ann", GO, [against, "quoted_by.juma-mosi", board]],
        ["ben", TAA, [against, "on_behalf_of.board", juma]],
        ["ben", "lamp", [lamp, zoe]],
    ]
    # Taguette shows a line end of a page as a blank line, or none; qc has its own.
    assert sorted([who, " ".join(words.split()), sorted(tags)] for who, words, tags in found) == (
        sorted([who, " ".join(words.split()), sorted(tags)] for who, words, tags in expected)
    )
