"""SWHIDs of a release and its parts, against hashes made here by hand."""

import hashlib
import shutil
import subprocess

import pytest

from dispute import cli
from dispute.site.cite import swhid
from dispute.swhids import swhids

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]


def git(folder, *words):
    subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)


def tree(entries):
    """The hash of a tree of git: `entries` are mode, name and hash of each, in their order."""
    body = b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(id) for mode, name, id in entries)
    return hashlib.sha1(b"tree %d\0" % len(body) + body).hexdigest()


@pytest.fixture
def home(root, tmp_path, monkeypatch):
    shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "data/raw")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/a.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("case_dir: data/raw\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_part_has_the_hash_of_its_tree_and_says_where_it_lies(home):
    known = dict(swhids(home))
    blob = swhid("{}").rpartition(":")[2]
    part = known["notebooks"]
    assert part.startswith(f"swh:1:dir:{tree([('100644', 'a.ipynb', blob)])};")
    assert part.endswith(f";anchor={known['commit']};path=/notebooks")
    assert set(known) == {"commit", "all files", "data/raw", "notebooks"}


def test_a_release_is_a_tag_with_words(home):
    git(home, "tag", "only-a-name")
    assert "release" not in dict(swhids(home))
    git(home, "tag", "-a", "v1", "-m", "one")
    assert dict(swhids(home))["release"].startswith("swh:1:rel:")


def test_the_verb_tells_them_and_what_is_not_committed(home, capsys):
    assert cli.main(["verify", "--cite"]) == 0
    said = capsys.readouterr()
    assert "The light at Cape Skerry" in said.out and "swh:1:rev:" in said.out
    assert said.err == ""
    (home / "a word.txt").write_text("x", encoding="utf-8")
    assert cli.main(["verify", "--cite"]) == 0
    assert "1 file not as in that commit" in capsys.readouterr().err


def test_without_a_repository_or_a_commit_it_is_refused(home, capsys):
    shutil.rmtree(home / ".git")
    assert cli.main(["verify", "--cite"]) == 2
    assert "found no repository" in capsys.readouterr().err
    git(home, "init", "-q")
    assert cli.main(["verify", "--cite"]) == 2
    assert "data/raw" not in capsys.readouterr().out
