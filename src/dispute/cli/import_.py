"""`dispute import`: coded passages of another tool into a case."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dispute.cli._next import SETTLE
from dispute.cli._places import expect_new
from dispute.cli._telling import tell
from dispute.cli.check import check_case

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from helpers.case.problems import Problem

# Bytes of one file.
LARGEST = 200_000_000
# The options of DNA: which statement type, and which of its variables plays which role.
OF_DNA = {
    "agreement": "the stance; empty where there is none",
    "concept": "the issue",
    "organization": "for whom is spoken; empty where persons are all the actors",
    "person": "who speaks; empty where organizations are all the actors",
}


def _of_dna(verb: Callable[..., int]) -> Callable[..., int]:
    """Give the options of DNA to a verb."""
    for name, role in OF_DNA.items():
        words = f"Of DNA: the variable of {role}."
        verb = click.option(f"--{name}", default=name, show_default=True, help=words)(verb)
    words = "Of DNA: the statement type; default: the only one."
    return click.option("--statement-type", help=words)(verb)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.argument("case_dir", metavar="CASE")
@click.option("--as", "form", metavar="FORMAT", default="", help="The format; default: the file's.")
@click.option("--map", "mapping", metavar="FILE", help="What the codes mean (YAML).")
@click.option("--coder", default="", help="Who coded what names nobody.")
@click.option("--title", help="Title of a new case; default: that of the file, or its name.")
@click.option("--texts", metavar="DIR", help="The articles of a closed edition; default: CASE.")
@_of_dna
def import_(
    files: tuple[str, ...],
    case_dir: str,
    form: str,
    mapping: str | None,
    coder: str,
    title: str | None,
    texts: str | None,
    **choices: Any,
) -> int:
    """Bring coded passages of another tool, or of coders in clones of their own, into a case.

    CASE is a case, whose rows stay as they are and get new ones below, or a new folder, made from
    a file that holds the texts. Anything wrong is told, and then nothing is written; so is what of
    the file is not used.

    FORMAT is one of: dna, refi-qda, refi-codebook, csv, xlsx, taguette, qualcoder, web-annotation,
    brat, uima-cas.

    Where FILE is the folder of a case, or of a compendium with one, its articles, codebook and
    coders join. What goes against what is there is told, and then nothing is written.

    Where FILE is the folder of a closed edition, CASE becomes the open case, byte for byte: its
    articles are looked for in --texts.

    A mapping file says what a code means; one that lies beside FILE and is called FILE.map.yaml, as
    an export writes it, is read without being named.
    """
    from dispute.editions.opening import is_closed
    from dispute.exchange.passages.formats import DNA

    if is_closed(Path(files[0])):
        if form or mapping or coder or title or len(files) > 1:
            raise ValueError("a closed edition comes alone, with --texts and nothing else")
        return _open(Path(files[0]), Path(case_dir), Path(texts or case_dir))
    if texts:
        raise ValueError("--texts goes with the folder of a closed edition")
    if clones := {name: place for name in files if (place := _case_in(Path(name)))}:
        if len(clones) < len(files):
            raise ValueError("cases and files of other tools together; expected one or the other")
        return _join(clones, Path(case_dir))
    paths = [_found(name) for name in files]
    forms = {path: _format_of(path, form) for path in paths}
    if len(set(forms.values())) > 1:
        several = ", ".join(sorted(set(forms.values())))
        raise ValueError(f"files of several formats ({several}); expected of one")
    form = forms[paths[0]]
    if form != DNA:
        return _take(form, _read(paths), Path(case_dir), mapping, coder, title or "")
    if len(paths) > 1 or mapping or coder:
        raise ValueError("a DNA database comes alone, without --map and --coder")
    return _import_dna(paths[0], Path(case_dir), title, choices)


def _open(closed: Path, folder: Path, texts: Path) -> int:
    """Make the open case of a closed edition, whole or not at all."""
    from dispute.editions.opening import open_files
    from helpers.case.additions import add_to_case, new_case

    made, problems = open_files(closed, texts)
    if not problems and folder.exists():
        new = {name: made[name] for name in made if not _is_same(folder / name, made[name])}
        problems = add_to_case(folder, {}, new)
    elif not problems:
        problems = new_case(folder, {}, made)
    return _refused(problems, closed.as_posix()) if problems else _checked(folder)


def _is_same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _case_in(folder: Path) -> Path | None:
    """The case that a folder is, or that a compendium in it holds."""
    places = [folder, folder / "data/raw"]
    return next((place for place in places if (place / "case.yaml").is_file()), None)


def _join(clones: Mapping[str, Path], folder: Path) -> int:
    """Put what coders did in clones of their own into one case, all or nothing."""
    from helpers.case.additions import add_to_case
    from helpers.case.joining import join
    from helpers.case.load import check_passes, locate

    place = locate(folder)
    if same := [name for name, clone in clones.items() if clone.samefile(place)]:
        raise ValueError(f"{same[0]}: the case itself; expected cases of others")
    joined = join(place, clones)
    rows, files = joined.rows, joined.files
    problems = joined.problems or add_to_case(place, rows, files, check_passes)
    if problems:
        return _refused(problems, folder.as_posix())
    settle = SETTLE.format(folder)
    tell(*joined.told, f"next: dispute check {folder}; where passes differ, {settle}")
    return 0


def _found(name: str) -> Path:
    """The file of a name; a QualCoder project is a folder that holds its database."""
    path = Path(name)
    if (path / "data.qda").is_file():
        path = path / "data.qda"
    if not path.is_file():
        raise ValueError(f"{name}: no such file; expected a file with coded passages")
    return path


def _format_of(path: Path, asked: str) -> str:
    """The format of a file; it is opened only where neither the call nor its name tells it."""
    from dispute.exchange.passages.formats import format_by_content, format_by_name

    known = format_by_name(path.name, asked)
    return known or format_by_content(path.name, next(iter(_read([path]).values())))


def _read(paths: list[Path]) -> dict[Path, bytes]:
    from helpers.case.files import read_bytes

    contents = {}
    for path in paths:
        try:
            contents[path] = read_bytes(path, LARGEST)
        except OSError as error:
            raise ValueError(f"{path}: {error.strerror or error}") from error
    return contents


def _take(
    form: str,
    contents: Mapping[Path, bytes],
    folder: Path,
    mapping: str | None,
    coder: str,
    title: str,
) -> int:
    """Read files of coded passages and put what they hold into a case."""
    from dispute.exchange.passages.formats import FORMATS, joined, read
    from dispute.exchange.passages.mapping import Meanings, read_meanings
    from dispute.exchange.passages.taking import take
    from helpers.case.additions import add_to_case, new_case
    from helpers.case.load import check, check_passes, load_open, locate
    from helpers.words import counted

    first = next(iter(contents))
    named = {path.name: content for path, content in contents.items()}
    groups = [named] if FORMATS[form].together else [{name: one} for name, one in named.items()]
    projects = []
    for group in groups:
        try:
            projects.append(read(form, group))
        except ValueError as error:
            raise ValueError(f"{next(iter(group))}: {error}") from error
    given = first.parent if first.name == "data.qda" else first
    beside = Path(mapping) if mapping else given.with_name(f"{given.name}.map.yaml")
    meanings = Meanings()
    problems: list[Problem] = []
    if mapping or beside.is_file():
        meanings, problems = read_meanings(beside)
    if problems:
        return _refused(problems, first.name)
    is_new = not folder.exists()
    case = None if is_new else load_open(folder)
    taken = take(joined(projects), meanings, case, first.name, coder, title)
    problems = sorted(set(taken.problems))
    if not problems:
        problems = (
            new_case(folder, taken.rows, taken.files)
            if is_new
            else add_to_case(locate(folder), taken.rows, taken.files, check_passes)
        )
    if problems:
        return _refused(problems, first.name)
    tell(*taken.told)
    if is_new:
        return _checked(folder)
    # It was checked with what came in before anything was written, but for what is undecided now.
    is_decided = case is not None and "adjudicated" in set(case.coders.coder_role)
    undecided = len(check(folder)) if is_decided else 0
    state = f"{counted(undecided, 'decision')} left, {SETTLE.format(folder)}" if undecided else ""
    tell(f"{folder}: {state or 'no problem'}")
    return 0


def _refused(problems: list[Problem], file: str) -> int:
    from helpers.case.problems import told

    tell(*told(problems), to=sys.stderr)
    tell(f"{file}: nothing was written", to=sys.stderr)
    return 2


def _checked(folder: Path) -> int:
    """Check a new case, and say how a report is made of it; returns the exit status."""
    status = check_case(folder)
    if not status:
        report = folder.with_name(f"{folder.name}-report")
        tell(shlex.join(["dispute", "run", "--case", str(folder), "--into", str(report)]))
    return status


def _import_dna(source: Path, folder: Path, title: str | None, choices: Mapping[str, Any]) -> int:
    """Make a case of a DNA database, whole or not at all."""
    from tempfile import TemporaryDirectory

    from dispute.exchange.dna import to_case
    from helpers.case.files import make_folder
    from helpers.case.load import check
    from helpers.case.problems import told

    expect_new(folder)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            files, losses = to_case(connection, title=title or source.stem, **choices)
        except ValueError as error:
            raise ValueError(f"{source}: {error}") from error
    with TemporaryDirectory() as elsewhere:
        tried = Path(elsewhere) / "case"
        make_folder(tried, files)
        if problems := check(tried):
            tell(*told(problems), to=sys.stderr)
            tell(f"{source}: what it holds is no sound case: nothing was written", to=sys.stderr)
            return 2
    make_folder(folder, files)
    tell(*losses)
    return _checked(folder)
