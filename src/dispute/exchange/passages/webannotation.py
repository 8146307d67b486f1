"""W3C Web Annotation (JSON-LD), and what the API of Hypothes.is gives.

An annotation has words with what stands around them (TextQuoteSelector), places
(TextPositionSelector: code points by the standard, UTF-16 units in Hypothes.is), tags and a
comment. Neither holds the text itself.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dispute.exchange.notes import as_note, from_note
from dispute.exchange.offsets import Unit
from dispute.exchange.passages.mapping import NOTED
from dispute.exchange.passages.record import Project, Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Annotations of a file, and characters of words, of what stands around them and of a source.
MOST, LONGEST, AROUND = 200_000, 100_000, 32
# Depth of the document.
DEPTH = 40
EXPECTED = "annotations as JSON-LD, or what Hypothes.is gives"

Node = Mapping[str, Any]


def read(files: Mapping[str, bytes]) -> Project:
    """The annotations of a file. Raises ValueError for what is none."""
    (content,) = files.values()
    project = Project()
    for number, node in enumerate(_annotations(_json(content)), start=1):
        if number > MOST:
            raise ValueError(f"more than {MOST} annotations")
        if not isinstance(node, dict):
            raise ValueError(f"annotation {number}: {str(node)[:40]!r}; expected an object")
        record = _hypothesis(node, number) if "uri" in node else _annotation(node, number)
        if record is None:
            project.left["annotation| of a whole page, or a reply"] += 1
        else:
            project.records.append(record)
    return project


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON ({str(error)[:80]}); expected {EXPECTED}") from error


def _refuse(name: str) -> None:
    raise ValueError(f"the number {name}")


def _annotations(document: Any) -> list[Any]:
    """The annotations of a document: a list, a collection, a page of one, or one alone."""
    for _ in range(DEPTH):
        if isinstance(document, list):
            return document
        if not isinstance(document, dict):
            break
        if document.get("type") == "Annotation" or "target" in document:
            return [document]
        names = ("items", "rows", "annotations", "@graph", "first")
        document = next((document[name] for name in names if name in document), None)
    raise ValueError(f"no annotations; expected {EXPECTED}")


def _annotation(node: Node, number: int) -> Record | None:
    """A Web Annotation as a record; None where it selects no words."""
    target = _first(node.get("target"))
    source = target.get("source") or target.get("id") or ""
    source = source if isinstance(source, str) else _first(source).get("id")
    creator = node.get("creator")
    name = creator if isinstance(creator, str) else _name(_first(creator))
    codes, comments = [], []
    for body in _list(node.get("body")) + _list(node.get("bodyValue")):
        value = body if isinstance(body, str) else _first(body).get("value")
        if isinstance(body, dict) and body.get("purpose") in ("tagging", "classifying"):
            codes.append(_text(value, number))
        elif value:
            comments.append(_text(value, number))
    return _record(target, _text(source, number), number, codes, comments, name, "code point")


def _hypothesis(node: Node, number: int) -> Record | None:
    """An annotation of Hypothes.is as a record."""
    user = _text(node.get("user"), number).removeprefix("acct:").partition("@")[0]
    tags = [_text(tag, number) for tag in _list(node.get("tags"))]
    document = _first(node.get("document"))
    title = next(iter(_list(document.get("title"))), "")
    source = _text(title or node.get("uri"), number)
    comments = [_text(node.get("text"), number)]
    target = _first(node.get("target"))
    return _record(target, source, number, tags, comments, user, "UTF-16")


def _record(
    target: Node,
    source: str,
    number: int,
    codes: list[str],
    comments: list[str],
    coder: str,
    unit: Unit,
) -> Record | None:
    quote = before = after = ""
    start = end = None
    for selector, refines in _selectors(target.get("selector")):
        if selector.get("type") == "TextQuoteSelector":
            names = ("exact", "prefix", "suffix")
            quote, before, after = (_text(selector.get(name), number) for name in names)
            if refines:
                start = end = None
        elif selector.get("type") == "TextPositionSelector":
            first, last = (_place(selector.get(name), number) for name in ("start", "end"))
            if refines and quote:
                before, after = before + quote[:first], quote[last:] + after
                quote = quote[first:last]
            else:
                within = (start or 0) if refines else 0
                start, end = within + first, within + last
    if not quote and start is None:
        return None
    document = (
        source.partition("#")[0].rstrip("/").rpartition("/")[2] if "://" in source else source
    )
    return Record(
        document.removeprefix("urn:article:"),
        start,
        end,
        unit,
        quote,
        before,
        after,
        tuple(code for code in codes if code),
        coder,
        from_note("\n".join(filter(None, comments)), NOTED),
        f"annotation {number}",
    )


def _selectors(value: Any) -> Iterator[tuple[Node, bool]]:
    """All selectors, and whether each refines another: its places count from where that begins."""
    waiting = [(one, False) for one in _list(value)]
    for _ in range(DEPTH):
        if not waiting:
            return
        selector, refines = waiting.pop(0)
        if isinstance(selector, dict):
            yield selector, refines
            waiting += [(one, True) for one in _list(selector.get("refinedBy"))]
            waiting += [(one, refines) for one in _list(selector.get("items"))]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Node:
    """The first of some objects; a text is the id of one."""
    some = _list(value)
    if some and isinstance(some[0], str):
        return {"id": some[0]}
    return some[0] if some and isinstance(some[0], dict) else {}


def _name(creator: Node) -> str:
    name = creator.get("nickname") or creator.get("name") or creator.get("id") or ""
    return name if isinstance(name, str) else ""


def _text(value: Any, number: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f"annotation {number}: {str(value)[:40]!r}; expected a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"annotation {number}: half of a character") from error
    return value


def _place(value: Any, number: int) -> int:
    if type(value) is not int or not 0 <= value < 10**9:
        raise ValueError(f"annotation {number}: the place {str(value)[:40]}; expected a number")
    return value


# Out.


def write(project: Project) -> bytes:
    """A project as an annotation collection."""
    texts = {one.name: one.text or "" for one in project.documents}
    nodes = []
    for number, record in enumerate(project.records, start=1):
        text = texts[record.document]
        assert record.start is not None and record.end is not None
        bodies = [_body("tagging", code) for code in record.codes]
        if note := as_note(record.attributes):
            bodies.append(_body("commenting", note))
        selectors = [
            {
                "type": "TextQuoteSelector",
                "exact": record.quote,
                "prefix": text[max(0, record.start - AROUND) : record.start],
                "suffix": text[record.end : record.end + AROUND],
            },
            {"type": "TextPositionSelector", "start": record.start, "end": record.end},
        ]
        nodes.append(
            {
                "id": f"urn:statement:{record.attributes.get('statement_id', number)}",
                "type": "Annotation",
                "motivation": "classifying",
                "creator": {"type": "Person", "nickname": record.coder},
                "body": bodies,
                "target": {"source": f"urn:article:{record.document}", "selector": selectors},
            }
        )
    page = {"type": "AnnotationPage", "startIndex": 0, "items": nodes}
    collection = {
        "@context": CONTEXT,
        "type": "AnnotationCollection",
        "label": project.title,
        "total": len(nodes),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
