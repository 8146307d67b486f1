"""UIMA CAS as XMI: what INCEpTION and WebAnno export, a document and an annotator a file.

Places count UTF-16 units. A span of a layer is a passage; each of its features is a code
(`feature.value`), or a field of a statement by its name. A project goes out as a ZIP archive with a
folder for each coder and the type system.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from dispute.exchange.offsets import units
from dispute.exchange.passages.archives import ALL, packed, parsed, unpacked
from dispute.exchange.passages.mapping import BY_CODE, FIELDS, Meanings
from dispute.exchange.passages.record import Document, Project, Record
from helpers.case.cells import UNFIT

CAS = "http:///uima/cas.ecore"
XMI = "http://www.omg.org/XMI"
OWN = "http:///webanno/custom.ecore"
TYPES = "http://uima.apache.org/resourceSpecifier"
LAYER = "Statement"
# Layers that a program makes of a text, and what says what a document is.
MADE = ("/de/tudarmstadt/ukp/", "/uima/", "/org/dkpro/")
METADATA = "DocumentMetaData"
PLACE = re.compile("[0-9]{1,9}")
# Archives within archives.
DEPTH = 2
# Attributes of an annotation that are no features.
PLAIN = {f"{{{XMI}}}id", "sofa", "begin", "end"}


def read(files: Mapping[str, bytes]) -> Project:
    """The project of some files. Raises ValueError for what is no CAS."""
    inside: dict[str, bytes] = {}
    for name, content in files.items():
        for path, one in _opened(name, content):
            inside[path] = one
            if sum(map(len, inside.values())) > ALL:
                raise ValueError("an archive that unpacks to more than a project of codings holds")
    project = Project()
    texts: dict[str, str] = {}
    for name in sorted(inside):
        root = parsed(inside[name])
        text, document, coder = _about(root, name)
        if texts.setdefault(document, text) != text:
            raise ValueError(f"{document[:80]!r}: two texts of that name with other words")
        for element in root:
            if record := _record(element, document, coder, project):
                project.records.append(record)
    if not texts:
        raise ValueError("no CAS as XMI; expected files that end with .xmi")
    project.documents = [Document(name, text) for name, text in texts.items()]
    return project


def _opened(name: str, content: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The CAS files of an archive, with those of archives in it: INCEpTION makes one a person."""
    if not content.startswith(b"PK\x03\x04"):
        if name.lower().endswith(".xmi"):
            yield name, content
    elif depth < DEPTH:
        for path, one in unpacked(content).items():
            within = path if depth == 0 else f"{name.rpartition('.')[0]}/{path}"
            yield from _opened(within, one, depth + 1)


def _about(root: Element, name: str) -> tuple[str, str, str]:
    """Text, document and annotator of a CAS: by its metadata, else by its path."""
    sofas = root.findall(f"{{{CAS}}}Sofa")
    if root.tag != f"{{{XMI}}}XMI" or len(sofas) != 1:
        raise ValueError(f"{name[-80:]!r}: {len(sofas)} texts; expected a CAS with one")
    text = sofas[0].get("sofaString") or ""
    said = next((one for one in root if one.tag.endswith(f"}}{METADATA}")), Element("none"))
    folder, _, file = name.rpartition("/")
    document = said.get("documentTitle") or file[:-4]
    coder = said.get("documentId") or ""
    return text, document, coder if coder not in ("", document) else folder.rpartition("/")[2]


def _record(element: Element, document: str, coder: str, project: Project) -> Record | None:
    """A span of a layer as a record; what a program made of the text is counted."""
    space, _, layer = element.tag[1:].partition("}")
    if space.startswith((CAS, XMI)) or "begin" not in element.keys():
        return None
    if any(part in space for part in MADE):
        if layer not in (METADATA, "DocumentAnnotation"):
            project.left[f"annotation| of the layer {layer[:60]}"] += 1
        return None
    places = [element.get("begin") or "", element.get("end") or ""]
    if not all(map(PLACE.fullmatch, places)):
        raise ValueError(f"{layer[:60]} of {document[:60]}: {places}; expected two whole numbers")
    features = {key: one for key, one in element.items() if key not in PLAIN and one}
    codes = [f"{key}.{one}" for key, one in features.items() if key not in FIELDS]
    return Record(
        document,
        int(places[0]),
        int(places[1]),
        "UTF-16",
        codes=tuple(codes) or (() if features else (layer,)),
        coder=coder,
        attributes={key: one for key, one in features.items() if key in FIELDS},
        place=f"{layer} {element.get(f'{{{XMI}}}id', '')} of {document}",
    )


# Out.


def write(project: Project) -> bytes:
    """A project as a ZIP archive of XMI files and their type system."""
    files = {"TypeSystem.xml": _type_system()}
    texts = {one.name: one.text or "" for one in project.documents}
    for (coder, document), own in project.by_document().items():
        files[f"{coder}/{document}.xmi"] = _cas(own, texts[document])
    return packed(files)


def _cas(records: list[Record], text: str) -> bytes:
    """The CAS of one document and one coder."""
    spaces = {"xmlns:xmi": XMI, "xmlns:cas": CAS, "xmlns:custom": OWN, "xmi:version": "2.0"}
    root = Element("xmi:XMI", spaces)
    SubElement(root, "cas:NULL", {"xmi:id": "0"})
    meanings = Meanings()
    for number, record in enumerate(records, start=2):
        assert record.start is not None and record.end is not None
        fields = dict(record.attributes)
        for code in record.codes:
            fields |= meanings.of(code) or {}
        places = {"begin": units(text, record.start), "end": units(text, record.end)}
        plain = {key: str(one) for key, one in places.items()}
        known = {key: UNFIT.sub("", fields[key]) for key in FIELDS if key in fields}
        identity = {"xmi:id": str(number), "sofa": "1"}
        SubElement(root, f"custom:{LAYER}", {**identity, **plain, **known})
    sofa = {"xmi:id": "1", "sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text/plain"}
    SubElement(root, "cas:Sofa", {**sofa, "sofaString": UNFIT.sub("\ufffd", text)})
    members = " ".join(str(number) for number in range(2, 2 + len(records)))
    SubElement(root, "cas:View", {"sofa": "1", "members": members})
    return _document(root)


def _type_system() -> bytes:
    """The description of the layer, as INCEpTION asks for it beside the files."""
    root = Element("typeSystemDescription", xmlns=TYPES)
    layer = SubElement(SubElement(root, "types"), "typeDescription")
    features = Element("features")
    for name in (*BY_CODE, *(field for field in FIELDS if field not in BY_CODE)):
        feature = SubElement(features, "featureDescription")
        for tag, words in _feature(name):
            SubElement(feature, tag).text = words
    SubElement(layer, "name").text = f"webanno.custom.{LAYER}"
    SubElement(layer, "description").text = "A statement of a speaker on an issue."
    SubElement(layer, "supertypeName").text = "uima.tcas.Annotation"
    layer.append(features)
    return _document(root)


def _feature(name: str) -> Iterator[tuple[str, str]]:
    yield "name", name
    yield "description", ""
    yield "rangeTypeName", "uima.cas.String"


def _document(root: Element) -> bytes:
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
