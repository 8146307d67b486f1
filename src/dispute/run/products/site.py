"""The site, built by Sphinx from its source; nothing of a notebook is executed."""

import os
import subprocess
import sys
from pathlib import Path

from dispute.run.environment import FIXED
from dispute.run.products.failed import FailedError

# `notebooks` makes the import of nbformat quick. A process that ends in seconds leaves its garbage
# to the system.
SPHINX = """
import atexit, gc, sys
gc.disable()
atexit.register(gc.freeze)
from dispute.run import notebooks
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""
# How many of the last lines of Sphinx are told.
LINES = 5


def build_site(title: str, source: Path, folder: Path, work: Path, failed: Path) -> None:
    """The site of a folder made by `source`. Raises FailedError where Sphinx says anything.

    `work` is for what is left over, `failed` for what Sphinx said.
    """
    title = title.translate({ord("<"): "‹", ord(">"): "›"})  # the theme sets it without escaping
    words = ["-q", "-W", "--keep-going", "-b", "html", "-d", str(work)]
    words += ["-D", f"project={title}", "-D", f"html_title={title}", str(source), str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", SPHINX, *words],
        env={**os.environ, **FIXED},
        capture_output=True,
        text=True,
        errors="replace",
    )
    kept = failed / "site.txt"
    if not done.returncode:
        kept.unlink(missing_ok=True)
        return
    said = done.stdout + done.stderr
    failed.mkdir(parents=True, exist_ok=True)
    kept.write_text(said, encoding="utf-8")
    last = "\n".join(said.strip().splitlines()[-LINES:])
    raise FailedError(f"the site could not be built (kept in {kept}):\n{last}")
