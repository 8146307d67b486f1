"""Web Annotations and Hypothes.is: files written by hand after the standard and after the API.

The first is in the words of the W3C's data model (2017), the second as api.hypothes.is answers a
search; neither was made by our writer.
"""

import json
import unicodedata

import pytest
from exchanged import GO, LAMP, OTHER, TAA, TEXT, call, files_in, made, said
from test_exchange_refi import MAP

from dispute.exchange.passages import webannotation
from dispute.exchange.passages.giving import project_of
from helpers.case.load import load


def places(quote, text=TEXT, size=4):
    encoding = {4: "utf-32-le", 2: "utf-16-le"}[size]
    start = text.index(quote)
    return [len(text[:end].encode(encoding)) // size for end in (start, start + len(quote))]


def standard():
    """Three annotations: by places, by words with what stands around them, and of a page."""
    start, end = places(TAA)
    again = OTHER.index(GO, 5)
    return [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": "http://example.org/anno1",
            "type": "Annotation",
            "creator": {"id": "http://example.org/ann", "type": "Person", "name": "Ann A."},
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": "Against the lamp"},
                {"type": "TextualBody", "purpose": "tagging", "value": "Juma"},
                {"type": "TextualBody", "value": "he is angry", "format": "text/plain"},
            ],
            "target": {
                "source": "http://example.org/harbour.html",
                "selector": {
                    "type": "TextPositionSelector",
                    "start": start,
                    "end": end,
                },
            },
        },
        {
            "type": "Annotation",
            "creator": "ben",
            "body": {"type": "TextualBody", "purpose": "tagging", "value": "issue.keep-lamp.-2"},
            "bodyValue": "speaker unknown",
            "target": {
                "source": "paper",
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": GO,
                        "prefix": OTHER[again - 12 : again],
                        "suffix": ", it writes again",
                    }
                ],
            },
        },
        {"type": "Annotation", "body": "nice", "target": "http://example.org/harbour.html"},
    ]


def hypothesis():
    """One highlight on a page that shows the text with other marks, and a reply."""
    shown = unicodedata.normalize("NFC", LAMP).replace("\r\n", " ")
    start, end = places(GO, size=2)
    about = {"user": "acct:ann@hypothes.is", "uri": "https://post.example/2020/harbour"}
    page = {"title": ["Harbour news"]}
    quoted = {"type": "TextQuoteSelector", "exact": shown, "prefix": "“", "suffix": "”"}
    range_ = {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0}
    return {
        "total": 3,
        "rows": [
            {
                **about,
                "id": "a1",
                "text": "both",
                "tags": ["For the lamp", "Zoë"],
                "document": page,
                "target": [{"source": about["uri"], "selector": [range_, quoted]}],
            },
            {
                **about,
                "id": "a2",
                "text": "",
                "tags": ["Against the lamp", "The board"],
                "document": page,
                "target": [
                    {
                        "selector": [
                            {"type": "TextPositionSelector", "start": start, "end": end},
                            {"type": "TextQuoteSelector", "exact": GO},
                        ]
                    }
                ],
            },
            {**about, "text": "no", "tags": [], "references": ["a1"], "document": page},
        ],
    }


def brought(capsys, case, document):
    file = case.parent / "notes.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    (case.parent / "notes.json.map.yaml").write_text(MAP, encoding="utf-8")
    return call(capsys, "import", file, case)


def test_annotations_of_the_standard_are_read(capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    document = standard()
    document[1]["body"] = [
        document[1]["body"],
        {"type": "TextualBody", "purpose": "tagging", "value": "speaker.board"},
    ]
    status, words = brought(capsys, case, document)
    assert status == 0 and "Not used: 1 annotation of a whole page, or a reply." in words, words
    assert [(one[0], one[2], one[4], one[5], one[10]) for one in said(case, "note")] == [
        ("ann", TEXT.index(TAA), TAA, "juma-mosi", "he is angry"),
        ("ben", OTHER.index(GO, 5), GO, "board", "speaker unknown"),
    ]


def test_annotations_of_hypothesis_are_read(capsys, tmp_path):
    case = made(tmp_path / "case", coding={})
    status, words = brought(capsys, case, hypothesis())
    assert status == 0, words
    assert [(one[0], one[4], one[5], one[9], one[10]) for one in said(case, "note")] == [
        ("ann", LAMP, "zoe-olund", 2, "both"),
        ("ann", GO, "board", -2, ""),
    ]


TAA_AT = places(TAA, size=4)
REFINED = {
    "words within words": (
        {"type": "TextQuoteSelector", "exact": f"alijibu: “{TAA}”"},
        {"type": "TextPositionSelector", "start": 10, "end": 10 + len(TAA)},
    ),
    "words within places": (
        {"type": "TextPositionSelector", "start": TAA_AT[0] - 9, "end": TAA_AT[1] + 1},
        {"type": "TextQuoteSelector", "exact": TAA},
    ),
    "places within places": (
        {"type": "TextPositionSelector", "start": TAA_AT[0] - 9, "end": TAA_AT[1] + 1},
        {"type": "TextPositionSelector", "start": 9, "end": 9 + len(TAA)},
    ),
}


@pytest.mark.parametrize("kind", REFINED)
def test_a_selector_that_refines_another_is_read_within_it(kind, capsys, tmp_path):
    outer, inner = REFINED[kind]
    case = made(tmp_path / "case", coding={})
    tags = [{"purpose": "tagging", "value": tag} for tag in ("Against the lamp", "The board")]
    target = {"source": "harbour", "selector": {**outer, "refinedBy": inner}}
    node = {"type": "Annotation", "creator": "ann", "body": tags, "target": target}
    status, words = brought(capsys, case, [node])
    assert status == 0 and [one[4] for one in said(case)] == [TAA], words


def test_what_goes_out_has_the_shape_of_the_standard(tmp_path):
    out, _ = project_of(load(made(tmp_path / "case")), [])
    collection = json.loads(webannotation.write(out))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection" and collection["total"] == 6
    items = collection["first"]["items"]
    assert len({item["id"] for item in items}) == 6
    for item in items:
        assert {"id", "type", "creator", "body", "target"} <= set(item)
        words, place = item["target"]["selector"]
        if item["target"]["source"] == "urn:article:harbour":
            assert TEXT[place["start"] : place["end"]] == words["exact"]
            assert TEXT[: place["start"]].endswith(words["prefix"])


BAD = {
    "no JSON": b"{",
    "another kind": b'{"a": 1}',
    "nested without end": b'{"items": ' * 9_000,
    "no objects": b"[1, 2]",
    "not a number": b'[{"type": "Annotation", "target": {"selector": {"start": NaN}}}]',
    "bytes": b"[\xff]",
}
HUGE = {"type": "TextPositionSelector", "start": 1, "end": 10**30}
HALF = {"type": "TextQuoteSelector", "exact": "\ud83c"}
LONG = {"type": "TextQuoteSelector", "exact": "x" * 200_000}
LIST = {"type": "TextQuoteSelector", "exact": ["x"]}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_annotation_is_refused_in_a_line(capsys, tmp_path, kind):
    file = tmp_path / "x.jsonld"
    file.write_bytes(BAD[kind])
    before = files_in(tmp_path)
    status, words = call(capsys, "import", file, tmp_path / "new")
    assert status == 2 and words.count("\n") == 1 and "expected" in words, words
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("selector", [HUGE, HALF, LONG, LIST])
def test_a_selector_of_another_kind_is_refused(selector):
    node = {"type": "Annotation", "target": {"source": "harbour", "selector": selector}}
    with pytest.raises(ValueError, match="annotation 1: "):
        webannotation.read({"x": json.dumps([node]).encode()})
