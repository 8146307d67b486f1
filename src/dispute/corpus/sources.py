"""The files of a corpus, and what is wrong with them before any work begins."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

import pyarrow.parquet as pq
import zstandard

from helpers.case.problems import Problem, nearest

JSON, PARQUET, WARC = "JSON lines", "Parquet", "WARC"
PACKED = (".gz", ".zst")
FORMS = {".jsonl": JSON, ".ndjson": JSON, ".parquet": PARQUET, ".warc": WARC}
EXPECTED = ".jsonl or .ndjson (plain, .gz, .zst), .parquet, .warc or .warc.gz"
# So many articles of a file are looked at for the names of its fields.
LOOKED_AT = 100
# Bytes of one article as it stands in its file.
MOST = 16_000_000


@dataclass(frozen=True)
class Fields:
    """The names of the fields in which a corpus has what is needed of an article."""

    text: str = "text"
    date: str = "date"
    address: str = "address"
    publisher: str = "publisher"
    language: str = "language"


def fields_of(named: Iterable[str]) -> Fields:
    """The fields as a person names them, `role=name` each; raises ValueError for another role."""
    roles = vars(Fields())
    pairs = [one.partition("=")[::2] for one in named]
    for role, name in pairs:
        if role not in roles or not name:
            expected = f"ROLE=NAME, the role one of {', '.join(roles)}{nearest(role, roles)}"
            raise ValueError(f"--field {role}={name}: expected {expected}")
    return Fields(**dict(pairs))


class Source(NamedTuple):
    """A file of a corpus: its name within it, where it lies, and its form."""

    name: str
    path: Path
    form: str

    def opened(self) -> IO[bytes]:
        """Its bytes, unpacked."""
        if self.path.suffix == ".gz":
            return io.BufferedReader(gzip.open(self.path))
        file = open(self.path, "rb")
        if self.path.suffix != ".zst":
            return file
        unpacked = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return io.BufferedReader(unpacked)

    def fingerprint(self) -> dict[str, Any]:
        """What tells it from any other file: name, bytes and sha256."""
        with open(self.path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"name": self.name, "bytes": self.path.stat().st_size, "sha256": digest}


def sources_of(place: Path) -> tuple[list[Source], list[str]]:
    """The files of a corpus by their names, and the names of others that are not read.

    `place` is a file or a folder. Raises FileNotFoundError where there is none, and ValueError
    where no file there is one that can be read.
    """
    if not place.exists():
        raise FileNotFoundError(f"{place}: found nothing; expected a file or folder of articles")
    paths = (
        sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else [place]
    )
    found: list[Source] = []
    others: list[str] = []
    for path in paths:
        name = path.relative_to(place).as_posix() if path != place else path.name
        name = name.encode("utf-8", "backslashreplace").decode()
        if form := _form(path):
            found.append(Source(name, path, form))
        elif not path.name.startswith("."):
            others.append(name)
    if not found:
        raise ValueError(f"{place}: found no file of articles; expected {EXPECTED}")
    return found, others


def _form(path: Path) -> str:
    """The form of a file by its ending; empty where it is none that can be read."""
    plain = path.with_suffix("") if path.suffix in PACKED else path
    form = FORMS.get(plain.suffix.lower(), "")
    if plain != path and (form == PARQUET or (form == WARC and path.suffix != ".gz")):
        return ""
    return form


def problems_of(sources: Iterable[Source], fields: Fields) -> list[Problem]:
    """What is wrong with the fields of each file, as far as its first articles show."""
    looked_at = (_problems(source, fields) for source in sources if source.form != WARC)
    return list(chain.from_iterable(looked_at))


def _problems(source: Source, fields: Fields) -> Iterator[Problem]:
    """A field that is not there: the text, or any other one that was named by a person."""
    try:
        names = _names(source)
    except Exception as error:  # each library has its own for a file that is none of its form
        yield Problem(source.name, 0, "", f"{error}", f"a file of {source.form}")
        return
    if not names:
        yield Problem(source.name, 0, "", "no article", "a JSON object on each line")
        return
    usual = Fields()
    for role, name in vars(fields).items():
        wanted = role == "text" or name != getattr(usual, role)
        if wanted and name not in names:
            listed = ", ".join(sorted(names)[:20])
            expected = f"a field {name!r} with the {role}{nearest(name, names)}"
            yield Problem(
                source.name, 0, "", listed, f"{expected}; --field {role}=NAME names another one"
            )


def _names(source: Source) -> set[str]:
    """The names of the fields of a file."""
    if source.form == PARQUET:
        return set(pq.read_schema(source.path).names)
    names: set[str] = set()
    with source.opened() as file:
        for line in islice(iter(lambda: file.readline(MOST), b""), LOOKED_AT):
            with suppress(ValueError, RecursionError):
                article = json.loads(line)
                names |= set(article) if isinstance(article, dict) else set()
    return names
