"""The record of a run: what went in, what came out, with which versions.

It is `manifest.json`, and the same as an RO-Crate (w3id.org/ro/crate), of the profile Process Run
Crate 0.5, which is one of RO-Crate 1.1.
"""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dispute.run.steps import Inputs
from helpers.dates.edtf import bounds

if TYPE_CHECKING:
    from helpers.case.load import Case

FORMATS = {
    ".csv": "text/csv",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
    ".md": "text/markdown",
    ".ipynb": "application/x-ipynb+json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".py": "text/x-python",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".css": "text/css",
    ".js": "text/javascript",
}

RELEASED = re.compile(r"""^date-released: *["']?(\d{4}-\d\d-\d\d)""", re.MULTILINE)

Record = dict[str, Any]

PROCESS = "https://w3id.org/ro/wfrun/process/0.5"
# What is said besides the words of RO-Crate 1.1, and by which vocabulary.
TERMS = {
    "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
    "creditText": "http://schema.org/creditText",
}
NO_LICENCE = {
    "@type": "CreativeWork",
    "name": "none",
    "description": "The case names no licence: it allows nothing but what the law does.",
}
RUN = (
    "The notebooks ran on the case and made its tables, figures, pages and brief. Its time is the "
    "beginning of the day of publication, and not that of a clock, so that equal sources make "
    "equal bytes."
)


def manifest(
    case: Case, parameters: Mapping[str, Mapping[str, Any]], inputs: Inputs, outputs: Inputs
) -> Record:
    """The record of a run, to become JSON.

    The case, the parameters of each notebook, SHA-256 of every input and output by path, versions
    of Python and of every package it needs, and the platform.
    """
    return {
        "case": case.title,
        "parameters": parameters,
        "inputs": inputs,
        "outputs": outputs,
        "versions": {"python": platform.python_version(), **_versions()},
        "platform": {
            "system": platform.system(),
            "release": platform.release(),
            "machine": platform.machine(),
            "python": platform.python_implementation(),
        },
    }


def crate(case: Case, record: Record, published: str, beside: bool = True) -> Record:
    """The manifest as an RO-Crate: the JSON-LD of `ro-crate-metadata.json`.

    That file stands in the folder that the paths of the manifest start from. `published` is the
    day of it (see `day`), and of the end of the run. Data, codings, notebooks and outputs are
    files with their SHA-256; the run is a CreateAction from the inputs to the outputs. Inputs that
    do not lie in the crate's folder (`beside` is false, a path leads out of it, or code is
    installed elsewhere) are told by name and SHA-256 alone.
    """
    from rocrate.rocrate import ROCrate

    made = ROCrate(version="1.1")
    made.metadata.extra_terms = TERMS if case.citation else {"sha256": TERMS["sha256"]}
    made.name = case.title
    made.description = f"{case.subtitle} {case.question}".strip() or case.title
    root = made.root_dataset
    root["datePublished"] = published
    profile = {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    root["conformsTo"] = _add(made, PROCESS, profile)
    _add_what_is_said(made, case)
    authors = [
        _add(made, f"#author-{number}", {"@type": "Organization", "name": str(name)})
        for number, name in enumerate(case.authors, start=1)
    ]
    version = record["versions"]["python"]
    language = {"@type": "ComputerLanguage", "name": "Python", "version": version}
    python = _add(made, "#python", language)
    files = _add_files(made, record, beside, python.id)
    notebooks = [path for path in record["inputs"] if path.endswith(".ipynb")]
    run: Record = {"@type": "CreateAction", "name": "dispute run", "description": RUN}
    run["endTime"] = f"{published}T00:00:00+00:00"
    named = {
        "instrument": [files[path] for path in notebooks],
        "agent": authors,
        "object": [files[path] for path in record["inputs"]],
        "result": [files[path] for path in record["outputs"]],
    }
    run |= {name: _linked(entities) for name, entities in named.items() if entities}
    if authors:
        root["author"] = _linked(authors)
    root["mentions"] = _add(made, "#run", run)
    graph: Record = made.metadata.generate()
    return graph


def _add_what_is_said(made: Any, case: Case) -> None:
    """Licence, version, address and citation of a case, as far as it says them.

    A crate has to have a licence: where the case names none, it is said that there is none.
    """
    from helpers.case.licences import licence_of

    root = made.root_dataset
    if not case.licence:
        root["license"] = _add(made, "#licence", NO_LICENCE)
    else:
        licence = licence_of(case.licence)
        name = ", ".join(filter(None, [f"{licence.title}, for the codings", case.rights]))
        root["license"] = _add(
            made, licence.address or "#licence", {"@type": "CreativeWork", "name": name}
        )
    said = {"version": case.version, "url": case.address, "creditText": case.citation}
    for name, value in said.items():
        if value:
            root[name] = value


def _linked(entities: list[Any]) -> Any:
    """Links to entities, as a crate has them: one stands alone, several in a list."""
    links = [{"@id": entity.id} for entity in entities]
    return links if len(links) > 1 else links[0]


def _add(made: Any, name: str, properties: Record) -> Any:
    """Add an entity that is no file to a crate."""
    from rocrate.model.contextentity import ContextEntity

    return made.add(ContextEntity(made, name, properties))


def _add_files(made: Any, record: Record, beside: bool, language: str) -> dict[str, Any]:
    """Add every input and output to a crate; returns the entities by path."""
    entities = {}
    for path, sha256 in {**record["inputs"], **record["outputs"]}.items():
        inside = path in record["outputs"] or (beside and _is_within(path))
        properties: Record = {}
        if path.endswith(".ipynb") and path in record["inputs"]:
            code = "SoftwareSourceCode"
            properties["@type"] = ["File", code] if inside else code
            properties["programmingLanguage"] = {"@id": language}
            properties["version"] = sha256
        properties["name"] = Path(path).name
        properties["sha256"] = sha256
        properties["encodingFormat"] = _format(path)
        if inside:
            entities[path] = made.add_file(dest_path=path, properties=properties)
        else:
            properties = {"@type": "CreativeWork", **properties}
            entities[path] = _add(made, f"#{quote(path)}", properties)
    return entities


def _is_within(path: str) -> bool:
    """Whether a file lies in the folder of the crate. Code that is installed lies elsewhere."""
    leads_out = Path(path).is_absolute() or ".." in Path(path).parts
    return not leads_out and Path(path).is_file()


def _format(path: str) -> str:
    return FORMATS.get(Path(path).suffix, "application/octet-stream")


def _versions() -> dict[str, str]:
    """The version of every package that the project asks for, as installed.

    A package of another system is not installed, and is left out.
    """
    versions = {}
    for line in Path("requirements.lock").read_text(encoding="utf-8").splitlines():
        if name := re.match(r"([A-Za-z0-9._-]+)==", line):
            try:
                versions[name[1]] = importlib.metadata.version(name[1])
            except importlib.metadata.PackageNotFoundError:
                continue
    return versions


def day(case: Case, epoch: str, citation: Path) -> str:
    """The ISO day of a publication. It is not that of the clock, nor of git: both come and go.

    That of `epoch` (seconds, as SOURCE_DATE_EPOCH); else of the release that CITATION.cff names,
    where that is of this case; else the newest that the case tells of articles and corrections.
    """
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    text = citation.read_text(encoding="utf-8") if citation.is_file() else ""
    if case.title in text and (released := RELEASED.search(text)):
        return released[1]
    told = [*case.articles.published, *case.articles.captured, *case.corrections.date]
    days = [bounds(one)[1] for one in told if one]
    return max((one for one in days if one < date.max), default=date(1970, 1, 1)).isoformat()
