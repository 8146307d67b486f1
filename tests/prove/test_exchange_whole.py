"""The published case, and the made-up one, out in every format and back, every field of it."""

import shutil

import pytest
import yaml
from exchanged import NOTED, PASSAGES, call, said

from dispute.exchange.passages.formats import FORMATS


def passes_alone(source, folder):
    """A copy of a case without what is decided, so that passes may be added to it."""
    shutil.copytree(source, folder)
    shutil.rmtree(folder / "coding/adjudicated")
    for name in ("findings.csv", "sentences.csv", "story.csv", "questions.csv"):
        (folder / name).unlink(missing_ok=True)
    coders = folder / "codebook/coders.csv"
    lines = coders.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("adjudicated")]
    coders.write_text("".join(kept), encoding="utf-8")
    about = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    about.pop("coder", None)
    (folder / "case.yaml").write_text(yaml.safe_dump(about), encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", PASSAGES)
@pytest.mark.parametrize("name", ["data/raw", "tests/cases/lighthouse"])
def test_every_statement_comes_back(root, capsys, tmp_path, name, form):
    case = passes_alone(root / name, tmp_path / "case")
    bare = passes_alone(root / name, tmp_path / "bare")
    for path in bare.glob("coding/*/statements.csv"):
        path.write_text(path.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    file = tmp_path / f"out{FORMATS[form].ending}"
    assert call(capsys, "export", case, file)[0] == 0
    status, words = call(capsys, "import", file, bare)
    assert status == 0, words
    more = NOTED if FORMATS[form].holds_notes else []
    assert len(said(case)) > 20 and said(bare, *more) == said(case, *more)
