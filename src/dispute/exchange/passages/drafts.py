"""Records as drafts of statements: what their codes mean together, and what is not used.

Some tools put several codes on a passage at once, others one by one. Codes of one coder on one
passage belong together; where that could be read in two ways, nothing is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dispute.exchange.passages.mapping import BY_CODE, NOTED, Fields, Meanings
from dispute.exchange.passages.record import Record
from dispute.exchange.wording import Tally
from helpers.case.problems import Problem

# So many places of what is not used are told.
TOLD = 8


@dataclass(frozen=True)
class Draft:
    """A statement as its file has it: the record of its passage, and its fields by name.

    `codes` says of a field which code gave it.
    """

    record: Record
    fields: Fields
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Read:
    """The drafts of a file, its problems, and sentences on what is not used."""

    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass
class _Meant:
    """What the codes of one or several records mean: the values of each field, with their code.

    An issue has what is known of its record besides: some tools put a note on each code.
    """

    issues: dict[tuple[str, str], tuple[str, Fields]] = field(default_factory=dict)
    others: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, code: str, fields: Fields, known: Mapping[str, str]) -> None:
        for name, value in fields.items():
            if name == "issue":
                noted = {name: one for name, one in known.items() if name in NOTED}
                self.issues[value, fields.get("stance", "")] = code, noted
            elif name != "stance" or "issue" not in fields:
                self.others[name][value] = code

    @property
    def is_whole(self) -> bool:
        return bool(self.issues and self.others["speaker"])


def drafts_of(records: list[Record], meanings: Meanings, file: str) -> Read:
    """The drafts of a file; `file` is its name in the problems."""
    read = Read()
    unknown: Counter[str] = Counter()
    left: Counter[str] = Counter()
    lacking: dict[str, list[str]] = defaultdict(list)
    for code in (code for record in records for code in record.codes):
        fields = meanings.of(code)
        if fields is None:
            unknown[code] += 1
        elif not fields:
            left[code] += 1
    for group in filter(None, _together(records, meanings)):
        _add_drafts(read, lacking, group, _meant(group, meanings), file)
    read.told += [
        f"Not used: {Tally(number, 'coding')} with the code {code!r}, {why}."
        for counts, why in ((unknown, "of which nothing says what it means"), (left, "left out"))
        for code, number in counts.items()
    ]
    for what, places in lacking.items():
        some = ", ".join(places[:TOLD]) + (", …" if len(places) > TOLD else "")
        read.told.append(f"Not used: {Tally(len(places), 'passage')} without {what}: {some}.")
    return read


def _together(records: list[Record], meanings: Meanings) -> Iterator[list[Record]]:
    """Records that make statements together: those of a coder on a passage that are not whole.

    One that names its fields, as a row of a table does, borrows nothing from another.
    """
    groups: dict[tuple, list[Record]] = defaultdict(list)
    for record in records:
        key = record.document, record.start, record.end, record.quote, record.coder
        groups[key].append(record)
    for group in groups.values():
        named = [record for record in group if _given(record, meanings)]
        coded = [record for record in group if not _given(record, meanings)]
        whole = [record for record in coded if _meant([record], meanings).is_whole]
        rest = [record for record in coded if record not in whole]
        yield from ([record] for record in named)
        told = named + whole
        if told and _says_no_more(_meant(rest, meanings), _meant(told, meanings)):
            yield from ([record] for record in whole)
        else:
            yield coded


def _says_no_more(rest: _Meant, whole: _Meant) -> bool:
    """Whether all that some records mean is in others, which are whole by themselves."""
    values = ((name, value) for name, some in rest.others.items() for value in some)
    return not rest.issues and all(value in whole.others[name] for name, value in values)


def _meant(group: list[Record], meanings: Meanings) -> _Meant:
    meant = _Meant()
    for record in group:
        meant.add("", _given(record, meanings), record.attributes)
        for code in record.codes:
            meant.add(code, meanings.of(code) or {}, record.attributes)
    return meant


def _given(record: Record, meanings: Meanings) -> Fields:
    """The fields that a record has by name; `issue.Keep the lamp` in a mapping file means one."""
    fields: Fields = {}
    for name in BY_CODE:
        if value := record.attributes.get(name):
            fields |= meanings.codes.get(f"{name}.{value}", {name: value})
    return fields


def _add_drafts(
    read: Read, lacking: dict[str, list[str]], group: list[Record], meant: _Meant, file: str
) -> None:
    """Put the statements of a group to the drafts, or what it lacks to its like."""
    first = group[0]
    place = first.place or f"{first.document} {first.start}-{first.end}"
    others = meant.others
    stances = list(others.pop("stance", {}))
    speakers = list(others.pop("speaker", {}).items()) or [("", "")]
    if not meant.issues:
        lacking["an issue"].append(place)
    elif not speakers[0][0]:
        lacking["a speaker"].append(place)
    elif doubled := _doubled(meant, speakers, stances):
        expected = "one, or each on a passage of its own; nothing says what belongs together"
        read.problems.append(Problem(file, 0, place, doubled, expected))
    else:
        for (issue, stance), (code, noted) in meant.issues.items():
            stance = stance or "".join(stances)
            if not stance:
                lacking["a stance"].append(place)
                continue
            for speaker, by in speakers:
                given = {name: next(iter(values)) for name, values in others.items()}
                fields = noted | given
                fields |= {"issue": issue, "stance": stance, "speaker": speaker}
                if len(speakers) > 1 or (len(group) == 1 and len(meant.issues) > 1):
                    fields.pop("statement_id", None)
                codes = {name: next(iter(values.values())) for name, values in others.items()}
                read.drafts.append(
                    Draft(first, fields, {**codes, "issue": code, "stance": code, "speaker": by})
                )


def _doubled(meant: _Meant, speakers: list[tuple[str, str]], stances: list[str]) -> str:
    """What a passage has several of, so that nobody knows which belong together; else empty."""
    if len(meant.issues) > 1 and len(speakers) > 1:
        return f"{len(meant.issues)} issues and {len(speakers)} speakers"
    if len(stances) > 1:
        return f"the stances {', '.join(stances)}"
    for name in BY_CODE[3:]:
        if len(meant.others.get(name, {})) > 1:
            return f"{len(meant.others[name])} values of {name}"
    return ""
