"""The record of a run: what went in, what came out, with which versions (`manifest.json`), and the same as an RO-Crate (w3id.org/ro/crate)."""

import importlib.metadata
import platform
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

CITATION = "https://creativecommons.org/licenses/by/4.0/"


def manifest(case, parameters, inputs, outputs):
    """A dict: the case, the parameters of each notebook, SHA-256 of every input and output by path, versions of Python and of every package it needs, platform."""
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


def crate(case, record, epoch="", beside=True):
    """The manifest as an RO-Crate: the JSON-LD of `ro-crate-metadata.json`, which stands in the folder that the paths of the manifest start from.

    `epoch` (seconds, as SOURCE_DATE_EPOCH) gives the day of publication; without it the last commit does, and only where there is neither, today.
    Data, codings, notebooks and outputs are files with their SHA-256; the run is a CreateAction from the inputs to the outputs. Inputs that do not
    lie in the crate's folder (`beside` is false, or a path leads out of it) are told by name and SHA-256 alone.
    """
    from rocrate.model.contextentity import ContextEntity
    from rocrate.rocrate import ROCrate

    made = ROCrate()
    made.name, made.description = case.title, f"{case.subtitle} {case.question}"
    made.root_dataset["datePublished"] = day(epoch)
    made.root_dataset["license"] = made.add(
        ContextEntity(
            made,
            CITATION,
            {
                "@type": "CreativeWork",
                "name": "CC BY 4.0, for the codings; quoted passages remain their publishers'",
            },
        )
    )
    authors = [
        made.add(
            ContextEntity(made, f"#author-{number}", {"@type": "Organization", "name": str(name)})
        )
        for number, name in enumerate(case.authors, start=1)
    ]
    made.root_dataset["author"] = authors
    python = made.add(
        ContextEntity(
            made,
            "#python",
            {
                "@type": "ComputerLanguage",
                "name": "Python",
                "version": record["versions"]["python"],
            },
        )
    )
    files, workflow = {}, []
    for path, sha256 in {**record["inputs"], **record["outputs"]}.items():
        inside = path in record["outputs"] or (
            beside and not Path(path).is_absolute() and ".." not in Path(path).parts
        )
        notebook = path.endswith(".ipynb") and path in record["inputs"]
        kind = (
            {
                "@type": ["File", "SoftwareSourceCode"] if inside else "SoftwareSourceCode",
                "programmingLanguage": {"@id": python.id},
            }
            if notebook
            else {}
        )
        told = {**kind, "name": Path(path).name, "sha256": sha256, "encodingFormat": _format(path)}
        files[path] = (
            made.add_file(dest_path=path, properties=told)
            if inside
            else made.add(ContextEntity(made, f"#{quote(path)}", {"@type": "CreativeWork", **told}))
        )
        workflow += [files[path]] if notebook else []
    run = {
        "@type": "CreateAction",
        "name": "dispute run",
        "instrument": [{"@id": one.id} for one in workflow],
        "agent": [{"@id": one.id} for one in authors],
        "object": [{"@id": files[path].id} for path in record["inputs"] if path in files],
        "result": [{"@id": files[path].id} for path in record["outputs"] if path in files],
    }
    made.root_dataset["mentions"] = made.add(ContextEntity(made, "#run", run))
    return made.metadata.generate()


def _format(path):
    kinds = {
        ".csv": "text/csv",
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
    return kinds.get(Path(path).suffix, "application/octet-stream")


def _versions():
    """The version of every package that the project asks for, as installed."""
    found = {}
    for line in Path("requirements.lock").read_text(encoding="utf-8").splitlines():
        name = re.match(r"([A-Za-z0-9._-]+)==", line)
        if name:
            try:
                found[name[1]] = importlib.metadata.version(name[1])
            except importlib.metadata.PackageNotFoundError:
                continue  # of another system
    return found


def day(epoch=""):
    """An ISO day: that of `epoch` (seconds), else of the last commit, else today."""
    if not epoch.isdecimal():
        try:
            told = (
                subprocess.run(["git", "log", "-1", "--format=%ct"], capture_output=True, text=True)
                if Path(".git").exists()
                else None
            )
        except OSError:  # a copy of the repository where git itself is not installed
            told = None
        epoch = told.stdout.strip() if told and told.returncode == 0 else ""
    return (
        (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date().isoformat()
    )
