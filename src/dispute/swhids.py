"""SWHIDs (ISO/IEC 18670) of a release and its parts: git's own hashes, under their kinds.

No committed file can name the commit that it is in, so they are told by a command.
"""

import subprocess
from pathlib import Path
from typing import NamedTuple

# What of a compendium is cited apart, where the commit holds it.
PARTS = ("data/raw", "data/processed", "notebooks", "src", "reports/brief.pdf")
KINDS = {"commit": "rev", "tree": "dir", "blob": "cnt", "tag": "rel"}


class Swhid(NamedTuple):
    """What is named, and its SWHID; a part says of which commit it is, and where it lies in it."""

    name: str
    swhid: str


def swhids(folder: Path) -> list[Swhid]:
    """The SWHIDs of the last commit in a folder: its tags, the commit, its tree, and its parts.

    A tag without words of its own is only a name, and has none. Raises ValueError where the folder
    is not the top of a repository of git, or git names things by another hash than SHA-1.
    """
    if not (folder / ".git").exists():
        raise ValueError(f"{folder}: found no repository; expected one, with a commit")
    commit = _asked(folder, "rev-parse", "--verify", "HEAD").strip()
    if len(commit) != 40:
        raise ValueError(f"{folder}: found hashes of another kind; SWHIDs are made of SHA-1")
    listed = "--format=%(objecttype) %(objectname) %(refname:short)"
    tags = _asked(folder, "for-each-ref", "--points-at=HEAD", listed, "refs/tags").splitlines()
    found = [("release", "tag", line.split()[1]) for line in tags if line.startswith("tag ")]
    found += [("commit", "commit", commit)]
    found += [("all files", "tree", _asked(folder, "rev-parse", "HEAD^{tree}").strip())]
    whole = [Swhid(name, _swhid(kind, value)) for name, kind, value in found]
    parts = [
        line.split(maxsplit=3) for line in _asked(folder, "ls-tree", "HEAD", *PARTS).split("\n")
    ]
    return whole + [
        Swhid(path, f"{_swhid(kind, value)};anchor={_swhid('commit', commit)};path=/{path}")
        for _, kind, value, path in filter(None, parts)
    ]


def changed(folder: Path) -> int:
    """How many files differ from the last commit, or are in none."""
    return len(_asked(folder, "status", "--porcelain").splitlines())


def _swhid(kind: str, value: str) -> str:
    return f"swh:1:{KINDS[kind]}:{value}"


def _asked(folder: Path, *words: str) -> str:
    """What git says; raises ValueError with its last line where it refuses."""
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"{folder}: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout
