"""A case of the earlier layout brought over: from one file for all coders to a folder for each.

Once, `coding/statements.csv` held the rows of all coders, the adjudicated ones among them, and
`coding/adjudication.csv` what was decided. Now each coder has a folder, and the adjudicated set
follows from the passes and the decisions. No word of the coding changes: the adjudicated rows that
come out are compared with those that were stored, cell by cell, and where one cannot be had by
decisions, nothing is written.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from helpers.case import anchors, rules
from helpers.case import decided_fields as of
from helpers.case.adjudication import adjudicate, adjudicated_coder, carried_out, grouped, passes
from helpers.case.decided_fields import Decision, Record
from helpers.case.decisions import decisions_text
from helpers.case.files import csv_text, settle, settle_all, write_into
from helpers.case.folder import CODING, DECISIONS, EARLIER, earlier_layout, stray_paths
from helpers.case.owners import expect_replaceable
from helpers.case.problems import CaseError, Problem
from helpers.case.raw_case import RawCase, raw_table_problems, read_raw_case
from helpers.case.raw_tables import read_csv
from helpers.case.schema import BY_CODER, CODED, CODER, Unit, columns, columns_with

TABLES = {unit.table: BY_CODER[unit.table] for unit in CODED.values()}
OLD = f"{CODING}/adjudication.csv"
OLD_COLUMNS = ["unit", "pass_a", "pass_b", "adjudicated", "decision", "note"]
UNSAID = "as in the adjudicated set of the earlier layout, which gave no reason"
# Where the folder stands while the new one takes its place.
BEFORE = f"{CODING}-before"


class Group(NamedTuple):
    """Units of the passes that are one passage, why they were decided so, and the passes."""

    unit: str
    members: list[Record]
    reason: str
    n_passes: int

    @property
    def is_everywhere(self) -> bool:
        """Whether every pass marked it."""
        return len({member["coder"] for member in self.members}) == self.n_passes


def migrate(folder: Path) -> list[str]:
    """Bring the case in a folder over; gives sentences on what was done.

    Where there is nothing to bring over nothing is done. Raises CaseError, with nothing changed,
    where the coding has faults or holds what decisions cannot express; OSError where a file cannot
    be written. Stopped between the two moves at the end, the next call puts `coding-before` back.
    """
    _restore(folder)
    if strays := stray_paths(folder):
        raise CaseError(strays)
    if not earlier_layout(folder):
        said = ["The case has a folder for each coder already; nothing was changed."]
        left = f"{BEFORE} is left of an earlier call and can be removed."
        return [*said, left] if (folder / BEFORE).exists() else said
    raw = _read_earlier(folder)
    decisions, problems = _decisions_of(raw, folder)
    if problems:
        raise CaseError(problems)
    _replace(folder, _files(raw, decisions))
    coders = sorted(set().union(*(_coders(raw, table) for table in TABLES)))
    return [
        f"A folder for each coder: {', '.join(coders)}.",
        f"{DECISIONS}: {len(decisions)} decisions; the rest follows from the passes by rule.",
    ]


def _restore(folder: Path) -> None:
    """Where a migration was stopped between its two moves, what it had moved goes back."""
    if (folder / BEFORE).is_dir() and not (folder / CODING).exists():
        os.rename(folder / BEFORE, folder / CODING)


def _read_earlier(folder: Path) -> RawCase:
    """The case with the rows of all coders, from the earlier files. Raises CaseError."""
    raw, _ = read_raw_case(folder)
    tables, files, problems = {}, dict(raw.files), list[Problem]()
    for table, file in TABLES.items():
        files[table] = name = file.replace(f"{CODER}/", "")
        read = read_csv(folder / name, name, columns(table, "raw"), ["rules", "proposed_by"])
        problems += read.problems if read.is_there else []
        tables[table] = read.frame
    raw = RawCase(raw.tables | tables, files, raw.texts, raw.furniture, raw.unread)
    placed = anchors.with_positions(raw)
    if not problems:
        for rule in (raw_table_problems, *anchors.RULES, *rules.RULES):
            problems += rule(placed)
    if problems:
        raise CaseError(sorted(set(problems)))
    return raw


def _coders(raw: RawCase, table: str) -> list[str]:
    """Those who marked rows of a table, the adjudicated set aside."""
    decided = adjudicated_coder(raw)
    return sorted(set(raw.tables[table].coder) - {decided})


def _files(raw: RawCase, decisions: Sequence[Decision]) -> dict[str, bytes]:
    """The new files of the coding, by their paths within `coding/`."""
    files = {}
    for table, file in TABLES.items():
        frame = raw.tables[table]
        spare = "" if frame.rules.any() else "rules"
        names = [name for name in columns_with(table) if name != spare]
        for coder in _coders(raw, table):
            rows = frame[frame.coder == coder][names].itertuples(index=False, name=None)
            path = file.replace(CODER, coder).removeprefix(f"{CODING}/")
            files[path] = csv_text([names, *rows]).encode()
    if adjudicated_coder(raw):
        files[DECISIONS.removeprefix(f"{CODING}/")] = decisions_text(decisions).encode()
    return files


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the new folder of the coding in the place of the earlier one, by two moves."""
    expect_replaceable(folder / CODING)
    with TemporaryDirectory(dir=folder, prefix=".coding-") as beside:
        made = Path(beside) / CODING
        shutil.copytree(folder / CODING, made, symlinks=True)
        for name in EARLIER:
            (made.parent / name).unlink(missing_ok=True)
        for name, content in files.items():
            write_into(made, name, content)
        settle_all(made)
        os.rename(folder / CODING, folder / BEFORE)
        try:
            os.rename(made, folder / CODING)
        except BaseException:
            os.rename(folder / BEFORE, folder / CODING)
            raise
    settle(folder)
    shutil.rmtree(folder / BEFORE)


def _decisions_of(raw: RawCase, folder: Path) -> tuple[list[Decision], list[Problem]]:
    """Decisions from which the stored adjudicated set follows, and what they cannot express."""
    coder = adjudicated_coder(raw)
    coders = passes(raw)
    if not coder:
        return [], []
    placed = anchors.with_positions(raw)
    read = read_csv(folder / OLD, OLD, OLD_COLUMNS, [])
    if read.problems and read.is_there:
        raise CaseError(read.problems)
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for unit, kind in CODED.items():
        frame = placed.tables[kind.table]
        stored = {row[kind.id]: row for row in frame[frame.coder == coder].to_dict("records")}
        notes = read.frame[read.frame.unit == unit].to_dict("records")
        groups = list(grouped(placed, unit, coders))
        kept = _assigned(unit, groups, stored, notes)
        given = {row[kind.id] for row in kept.values()}
        problems += [
            _of_no_unit(name, raw.files[kind.table]) for name in stored if name not in given
        ]
        for number, members in enumerate(groups):
            ids = [member[kind.id] for member in members]
            one = Group(unit, members, _reason(ids, notes), len(coders))
            decisions += _of_group(placed, one, kept.get(number))
    return decisions, problems or list(_not_the_same(placed, decisions, coder))


def _of_no_unit(name: str, file: str) -> Problem:
    found = f"the adjudicated {name}, which is no unit of a pass, or a second one for one unit"
    return Problem(file, 0, "", found, "an adjudicated row for one unit of the passes")


def _reason(ids: Sequence[str], notes: Sequence[Record]) -> str:
    """Why the units of a pair were decided so: every note that names one of them, each once."""
    said = [row["note"] for row in notes if {row["pass_a"], row["pass_b"]} & set(ids)]
    return " | ".join(dict.fromkeys(filter(None, said)))


def _assigned(
    unit: str,
    groups: Sequence[Sequence[Record]],
    rows: Mapping[str, Record],
    notes: Sequence[Record],
) -> dict[int, Record]:
    """The stored rows by the group of units they were made from; each group has one at most.

    First come the rows whose named units are a whole group, then those that share one with it.
    """
    name = CODED[unit].id
    home = {}
    for place, members in enumerate(groups):
        home.update(dict.fromkeys([member[name] for member in members], place))
    ranked = []
    for number, note in enumerate(notes):
        if note["adjudicated"] in rows:
            named = [home[one] for one in (note["pass_a"], note["pass_b"]) if one in home]
            for place in dict.fromkeys(named):
                ranked.append((-named.count(place), number, place, note))
    kept: dict[int, Record] = {}
    done: set[str] = set()
    for _, _, place, note in sorted(ranked, key=lambda one: one[:3]):
        if note["adjudicated"] not in done and place not in kept:
            kept[place] = rows[note["adjudicated"]]
            done.add(note["adjudicated"])
    return kept


def _of_group(raw: RawCase, group: Group, stored: Record | None) -> Iterator[Decision]:
    """The decisions on one unit from which the stored row follows; None: it was left out."""
    unit, members, reason, _ = group
    ids = tuple(member[CODED[unit].id] for member in members)
    blank = Decision(0, unit, ids, "", "", "", "", "", reason or UNSAID)
    if stored is None:
        yield blank._replace(take="neither", overrides="yes" if group.is_everywhere else "")
        return
    text = raw.texts[members[0]["article_id"]]
    made: dict[str, Decision] = {}
    if not group.is_everywhere:
        made[""] = blank._replace(take=members[0]["coder"])
    for name in of.decidable(unit):
        row, _ = carried_out(unit, members, made, text)
        must = group.is_everywhere and name in of.needed(unit) and of.differ(name, members, unit)
        if must or _unlike(name, row or {}, stored, unit):
            made[name] = _choice(name, members, stored, unit, blank)
    row, _ = carried_out(unit, members, made, text)
    for name, decision in made.items():
        leaves = name != "" and row is not None and of.left(name, members, row, unit)
        yield decision._replace(overrides="yes" if leaves else "")


def _unlike(name: str, row: Record, stored: Record, unit: str) -> bool:
    """Whether a row is another than the stored one in a field, free words letter for letter."""
    # The second reading of a date is looked at apart.
    if name in of.FOLLOW:
        return row[name] != stored[name]
    first = 2 if name == "date" else None
    return of.said(name, row, unit)[:first] != of.said(name, stored, unit)[:first]


def _choice(
    name: str, members: Sequence[Record], stored: Record, unit: str, blank: Decision
) -> Decision:
    """The decision on a field that gives the stored value: a pass's, or an own one."""
    for member in members:
        compared = of.said(name, member, unit) == of.said(name, stored, unit)
        if name == "date":
            # A second reading that only the stored row has is decided apart.
            compared = of.said(name, member, unit)[:2] == of.said(name, stored, unit)[:2]
        if name == "alt_date":
            compared = stored["alt_date_edtf"] != "" and _second(member, stored)
        first = next(one for one in members if one["coder"] == member["coder"])
        if compared and first is member:
            reason = stored["alt_date_note"] if name == "alt_date" else blank.reason
            return blank._replace(field=name, take=member["coder"], reason=reason)
    value, basis = of.in_words(name, stored), ""
    if name == "date":
        value, basis = stored["date_edtf"], stored["date_basis"] if stored["date_edtf"] else ""
    if name == "alt_date":
        reason = stored["alt_date_note"] or blank.reason
        take = "own" if value else "neither"
        return blank._replace(field=name, take=take, value=value, reason=reason)
    return blank._replace(field=name, take="own", value=value, basis=basis)


def _second(member: Record, stored: Record) -> bool:
    """Whether a pass's date is the stored second reading."""
    own = member["alt_date_edtf"]
    given = own if own not in ("", stored["date_edtf"]) else member["date_edtf"]
    return given == stored["alt_date_edtf"]


def _not_the_same(raw: RawCase, decisions: Sequence[Decision], coder: str) -> Iterator[Problem]:
    """Every stored row comes out of the decisions as it stood, but for its id."""
    every = {unit.table: raw.tables[unit.table] for unit in CODED.values()}
    alone = {table: frame[frame.coder != coder] for table, frame in every.items()}
    made = adjudicate(
        RawCase(raw.tables | alone, raw.files, raw.texts, raw.furniture, raw.unread), decisions
    )
    yield from made.told()
    for unit in CODED.values():
        stored = every[unit.table][every[unit.table].coder == coder]
        before = [_told(row, unit) for row in stored.to_dict("records")]
        after = [_told(row, unit) for row in made.rows.get(unit.table, [])]
        for row in sorted(set(before) - set(after)):
            found = f"a row that no decisions give: {', '.join(row)}"
            expected = "adjudicated rows that follow from passes and decisions"
            yield Problem(raw.files[unit.table], 0, "", found, expected)


def _told(row: Record, unit: Unit) -> tuple[str, ...]:
    """All that a row says, whatever its id and coder, and the order of a list."""
    names = [name for name in columns(unit.table, "raw") if name not in (unit.id, "coder")]
    return tuple(of.plain(name, row[name], unit.table) for name in names)
