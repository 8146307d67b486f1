"""The record of a run: the manifest, and the same as an RO-Crate."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispute.run.steps import Inputs, digest

if TYPE_CHECKING:
    from helpers.case.load import Case

# As given from outside; the notebooks run with a fixed one.
EPOCH = os.environ.get("SOURCE_DATE_EPOCH", "")


CITATION = Path("CITATION.cff")


def dated_by() -> str:
    """What the day of a report depends on besides its case, as one text."""
    return EPOCH or (digest(CITATION) if CITATION.is_file() else "")


def day_of(case: Case) -> str:
    """The ISO day of a report of a case; see `manifest.day`."""
    from dispute.run.manifest import day

    return day(case, EPOCH, CITATION)


def write_record(
    case: Case,
    given: Mapping[str, Mapping[str, Any]],
    inputs: Inputs,
    outputs: Inputs,
    folder: Path,
    beside: bool = True,
) -> None:
    """Write manifest.json and ro-crate-metadata.json.

    `given` are the parameters of each notebook, `inputs` and `outputs` SHA-256 by path. `beside`
    says whether the inputs lie in the folder that the crate describes.
    """
    from dispute.run.manifest import crate, manifest

    record = manifest(case, given, inputs, outputs)
    described = crate(case, record, day_of(case), beside)
    for name, content in (("manifest.json", record), ("ro-crate-metadata.json", described)):
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / name).write_text(text, encoding="utf-8")
