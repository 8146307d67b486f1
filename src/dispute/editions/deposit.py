"""The folder of a closed edition: report and data with few words of the articles, and a way back.

The report is built as every report is, of a copy of the case that says `edition: closed`; the files
of the case are closed beside it. All of it is read once more before it gets its place.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import jinja2

from dispute.compendium.shared import shared_files
from dispute.editions.closing import ClosedFile, closed_files
from dispute.editions.opening import FORMAT, RECORD
from dispute.editions.shown_words import described, words_shown
from helpers.case.articles import digest_of
from helpers.case.closed_edition import SHARE, Closing, share_of
from helpers.case.files import settle_all, write_into
from helpers.case.folder import copy_case, locate
from helpers.case.model import Case

RAW = "data/raw"
# Of a report, what a reader needs: the rest is of the machine that made it.
MADE = ("data/processed", "ro-crate-metadata.json", "REPLICATION.md")
OF_REPORTS = "site notebooks figures brief.pdf changes.csv changes.atom manifest.json".split()
# Where names and chance show too much beside a share of the words, the next one is tried.
SHARES = (SHARE, 0.02, 0)
RUN = [sys.executable, "-c", "from dispute.cli import main; exit(main())", "run", "--case", RAW]


def deposit(case_dir: str, case: Case, target: Path, config: Path, place: Path) -> list[str]:
    """Make the folder of a closed edition, whole or not at all; returns what is to be told.

    `case` is the open case in `case_dir`, `config` the settings of its report, `place` a folder to
    work in, on the disk of the target. Raises ValueError where the report could not be built, or
    where something of it shows too many words.
    """
    for share in [share_of(case.edition)] if case.edition else SHARES:
        made = place / str(share)
        shares, faults, left_out = _made(case_dir, case, made, config, share)
        if not faults:
            break
    else:
        raise ValueError("; ".join([*faults, "nothing was written"]))
    write_into(made, "README.md", _readme(case, shares, left_out))
    settle_all(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(made, target)
    told = [f"left out: {name}" for name in left_out]
    return [*told, f"{target}: of each article {described(shares)} of the words"]


def _made(
    case_dir: str, case: Case, made: Path, config: Path, share: float
) -> tuple[dict[str, float], list[str], dict[str, str]]:
    """Make the folder with a share of each article's words, and look at what it shows.

    Returns the shares that are shown, what is too much of them, and what was left out.
    """
    closing = Closing(case, share)
    closed, left_out = closed_files(locate(case_dir), closing)
    for name, file in closed.items():
        write_into(made, f"{RAW}/{name}", file.text.encode())
    write_into(made, RECORD, _record(case, closed, left_out))
    found = words_shown(made, closing.words)
    if not found.faults(closing.words):
        with TemporaryDirectory(dir=made.parent) as place:
            _build(case_dir, case, Path(place), config, share)
            for name in (*MADE, *(f"reports/{part}" for part in OF_REPORTS)):
                _move(Path(place) / name, made / name)
        write_into(made, "config.yaml", config.read_bytes())
        found = words_shown(made, closing.words)
    return found.shares(closing.words), found.faults(closing.words), left_out


def _build(case_dir: str, case: Case, project: Path, config: Path, share: float) -> None:
    """Build the report of a copy of the case, in a folder of its own."""
    copy_case(locate(case_dir), project / RAW)
    if not case.edition:
        with open(project / RAW / "case.yaml", "a", encoding="utf-8") as file:
            file.write(f"\nedition: closed {share}\n")
    for name, content in shared_files().items():
        write_into(project, name, content)
    shutil.copyfile(config, project / "config.yaml")
    status = subprocess.run(RUN, cwd=project, stdout=sys.stderr).returncode
    if status:
        raise ValueError(f"the closed report could not be built (status {status})")


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.rename(source, target)


def _record(case: Case, closed: Mapping[str, ClosedFile], left_out: Mapping[str, str]) -> bytes:
    """What leads back: of each article and file the SHA-256, and the edits that open it."""
    record = {
        "format": FORMAT,
        "articles": {article: digest_of(text) for article, text in case.texts.items()},
        "files": {
            name: {"sha256": file.sha256, "edits": file.edits} for name, file in closed.items()
        },
        "left_out": left_out,
    }
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()


def _readme(case: Case, shares: Mapping[str, float], left_out: Mapping[str, str]) -> bytes:
    """What the folder is, how to read it, and how to open it."""
    template = files("dispute").joinpath("templates/editions/README.md.jinja").read_text("utf-8")
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    rows = [(article, shares[article], digest_of(text)) for article, text in case.texts.items()]
    text = environment.from_string(template).render(
        title=case.title, citation=case.cite(), articles=rows, left_out=sorted(left_out)
    )
    return text.encode()
