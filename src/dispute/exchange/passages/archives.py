"""Archives and XML that somebody sent, read with limits; nothing of them is unpacked to a disk."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

# Files in an archive; bytes of one, and of all together; bytes out for a byte in.
FILES, LARGEST, ALL, RATIO = 20_000, 100_000_000, 400_000_000, 1_000
# How deep the elements of a document may lie, and how many there may be.
DEPTH, ELEMENTS = 60, 5_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
STAMP = (1980, 1, 1, 0, 0, 0)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP archive by their names. Raises ValueError for one that is no such file,

    that grows beyond the limits, or that holds names twice, names that lead out, or secrets.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as error:
        raise ValueError(f"no ZIP archive, or a broken one: {error}") from error
    except (NotImplementedError, RuntimeError, OverflowError, UnicodeError) as error:
        raise ValueError(f"a ZIP archive that cannot be read: {error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise ValueError(f"no ZIP archive, or a broken one: {error}") from error
        raise


def _refuse(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > FILES:
        raise ValueError(f"an archive of {len(names)} files; expected at most {FILES}")
    if len(set(names)) < len(names):
        raise ValueError("an archive with two files of one name")
    total = 0
    for entry in entries:
        parts = re.split(r"[/\\]", entry.filename)
        if ".." in parts or parts[0] == "" or ":" in entry.filename:
            raise ValueError(f"a file in the archive that leads out of it: {entry.filename[:80]!r}")
        if entry.flag_bits & 1 or entry.compress_type not in METHODS:
            raise ValueError("an archive that is encrypted, or packed in an unusual way")
        total += entry.file_size
        grows = entry.file_size > RATIO * max(entry.compress_size, 1_000)
        if entry.file_size > LARGEST or total > ALL or grows:
            raise ValueError("an archive that unpacks to more than a project of codings holds")


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of files by their names; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def parsed(content: bytes) -> ElementTree.Element:
    """The root of an XML document. Raises ValueError for one that is none, or that is more.

    A document type is refused, and so every entity with it; nothing outside is asked for.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    builder = ElementTree.TreeBuilder()
    state = {"depth": 0, "count": 0}

    def refuse(*_: object) -> None:
        raise ValueError("XML with a document type or entities; expected XML without")

    def begin(name: str, attributes: dict[str, str]) -> None:
        state["depth"] += 1
        state["count"] += 1
        if state["depth"] > DEPTH or state["count"] > ELEMENTS:
            raise ValueError("XML with too many elements, or too deep ones")
        builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        state["depth"] -= 1
        builder.end(_name(name))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(f"no XML: {error}") from error
    except (LookupError, UnicodeError) as error:
        raise ValueError(f"XML in an encoding that cannot be read: {error}") from error
    return builder.close()


def _name(name: str) -> str:
    """A name as ElementTree has it: `{namespace}name`."""
    return "{" + name if "}" in name else name
