"""A project of coded passages as rows of a case: a new one, or one that is there already.

Nothing here writes. What cannot be told without guessing is a problem, and all are told at once.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dispute.exchange.counting import Counting
from dispute.exchange.offsets import Span
from dispute.exchange.passages.anchoring import Article, UnplacedError, place, way_of_file
from dispute.exchange.passages.codebook import Names, Row
from dispute.exchange.passages.coders import Coders
from dispute.exchange.passages.documents import Articles, as_yaml
from dispute.exchange.passages.drafts import Draft, drafts_of
from dispute.exchange.passages.mapping import Meanings
from dispute.exchange.passages.record import Document, Project
from dispute.exchange.passages.stances import Scale
from dispute.exchange.wording import Tally
from helpers.case.load import Case
from helpers.case.problems import Problem, shown, shown_cell

ACTORS = ("speaker", "on_behalf_of", "quoted_by")
# What makes a statement the same as another of its coder.
SAME = ("coder", "article_id", "start", "end", *ACTORS, "issue", "stance")


@dataclass
class Taken:
    """Rows by raw table, new files by path, and what is told; nothing is sound with a problem."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def take(
    project: Project,
    meanings: Meanings,
    case: Case | None,
    file: str,
    coder: str = "",
    title: str = "",
) -> Taken:
    """What of a project joins a case; None is one that is to be made, with `title`.

    `file` is the name of the file in problems, `coder` whoever coded what names nobody.
    """
    return _Taking(project, meanings, case, file, coder).taken(title)


class _Taking:
    """One import: what is known of the case, and what has been made so far."""

    def __init__(
        self, project: Project, meanings: Meanings, case: Case | None, file: str, coder: str
    ) -> None:
        self.project, self.meanings, self.case, self.file = project, meanings, case, file
        self.made = Taken()
        self.actors = Names("an actor", case.names() if case else {}, _other_names(case))
        labels = dict(zip(case.issues.issue, case.issues.label, strict=True)) if case else {}
        self.issues = Names("an issue", labels)
        self.scale = Scale(case)
        self.coders = Coders(meanings, case, coder)
        self.articles = Articles(meanings, case)
        self.way: Counting | None = None
        self.new_ids = self.twice = 0
        self.numbers: dict[str, Iterator[int]] = {}

    def taken(self, title: str) -> Taken:
        """All that joins the case."""
        made, file = self.made, self.file
        made.told += self.project.told
        read = drafts_of(self.project.records, self.meanings, file)
        made.problems += read.problems
        texts = {one.name: one.text for one in self.project.documents}
        self._take_documents({draft.record.document for draft in read.drafts})
        records = [draft.record for draft in read.drafts]
        textless = [one for one in records if texts.get(one.document) is None]
        try:
            self.way, told = way_of_file(textless, self.articles.of)
            made.told += filter(None, [told])
        except ValueError as error:
            self._problem("positions", "no words beside them", str(error))
        rows = [row for draft in read.drafts if (row := self._row(draft, texts))]
        made.rows["statements"] = self._new(rows)
        self._take_codes()
        self._take_codebook()
        if not read.drafts and not self._has_new() and not made.problems:
            self._problem("", "no statement that can be carried", _expected(read.told))
        self._tell(rows, read.told)
        if self.case is None:
            made.files["case.yaml"] = _about(title or self.project.title, file)
        return made

    def _problem(self, place: str, found: str, expected: str) -> None:
        self.made.problems.append(Problem(self.file, 0, place, found, expected))

    def _take_documents(self, needed: set[str]) -> None:
        """Find or make the article of each document; one without a text only where it is needed."""
        known = {one.name: one for one in self.project.documents}
        for name in [*known, *sorted(needed - set(known))]:
            document = known.get(name, Document(name))
            if document.text is not None or name in needed:
                if expected := self.articles.take(document):
                    self._problem("document", shown(name), expected)
        self.made.files |= self.articles.files

    # Statements.

    def _row(self, draft: Draft, texts: Mapping[str, str | None]) -> Row | None:
        """A row of `statements.csv`, or None with its problems told."""
        record, before = draft.record, len(self.made.problems)
        where = record.place or f"{record.document} {record.start}-{record.end}"
        article = self.articles.of.get(record.document)
        row = {**self.meanings.always, **draft.fields}
        row["coder"], expected = self.coders.coder_of(record.coder)
        if expected:
            self._problem("coder", shown_cell(record.coder), expected)
        for name in ACTORS:
            if row.get(name):
                row[name] = self._id(self.actors, row[name], draft.codes.get(name, ""), where, name)
        row["issue"] = self._id(self.issues, row["issue"], draft.codes["issue"], where, "issue")
        said = self.project.codes.get(draft.codes["stance"], {})
        row["stance"], expected = self.scale.stance_of(row["stance"], said)
        if expected:
            self._problem(f"{where}, stance", shown(draft.fields["stance"]), expected)
        span = article and self._span(draft, texts.get(record.document), article, where)
        if not span or not article or len(self.made.problems) > before:
            return None
        row["article_id"] = article.name
        row["quote"] = article.text[span.start : span.end]
        row["start"], row["end"] = str(span.start), str(span.end)
        languages = self.articles.languages[article.name]
        row["lang"] = row.get("lang") or (languages if ";" not in languages else "und")
        if not row.get("date_basis"):
            row["date_basis"] = "resolved" if row.get("date_edtf") else "undated"
            if row.get("date_edtf") and not row.get("date_note"):
                row["date_note"] = f"the date that {self.file} gives"
        return row

    def _id(self, names: Names, value: str, code: str, where: str, column: str) -> str:
        identity, expected = names.id_of(value, self.project.codes.get(code, {}))
        if expected:
            self._problem(f"{where}, {column}", shown(value), expected)
        return identity

    def _span(self, draft: Draft, text: str | None, article: Article, where: str) -> Span | None:
        try:
            return place(draft.record, text, article, self.way)
        except UnplacedError as error:
            record = draft.record
            found = shown(record.quote) if record.quote else f"{record.start}-{record.end}"
            self._problem(where, found, str(error))
            return None

    def _new(self, rows: list[Row]) -> list[Row]:
        """The rows that the case does not have yet, each with an id of its own."""
        old = self.case.statements.astype(str).to_dict("records") if self.case is not None else []
        there = {_key(row, SAME): row for row in old}
        passages = {_key(row, SAME[:-1]): row for row in old}
        ids = {row["statement_id"]: row for row in old}
        kept: list[Row] = []
        met = set()
        for row in rows:
            key = _key(row, (*SAME, "statement_id"))
            if _key(row, SAME) in there or key in met:
                self.twice += key in met
                continue
            met.add(key)
            if other := passages.get(_key(row, SAME[:-1])):
                found = (
                    f"the stance {row['stance']} at {row['article_id']} {row['start']}-{row['end']}"
                )
                expected = f"{other['stance']}, which {row['coder']} has there already"
                self._problem("", found, f"{expected} ({other['statement_id']})")
            wished = row.get("statement_id", "")
            if not wished or wished in ids:
                row["statement_id"] = self._free_id(row["coder"], ids)
                self.new_ids += bool(wished)
            ids[row["statement_id"]] = row
            kept.append(row)
        return kept

    def _free_id(self, coder: str, ids: Mapping[str, Row]) -> str:
        """The next id of a coder's that nothing has yet."""
        numbers = self.numbers.setdefault(coder, itertools.count(1))
        return next(name for number in numbers if (name := f"{coder}-s{number:03}") not in ids)

    # The codebook.

    def _take_codes(self) -> None:
        """Of a file that is a codebook and holds no passages: what its codes mean."""
        codes = {} if self.project.records else self.project.codes
        for code, said in codes.items():
            for name, value in (self.meanings.of(code) or {}).items():
                if name == "stance":
                    _, expected = self.scale.stance_of(value, said)
                    if expected:
                        self._problem(f"code {code}", shown(value), expected)
                else:
                    names = self.issues if name == "issue" else self.actors
                    self._id(names, value, code, f"code {code}", name)

    def _has_new(self) -> bool:
        return any(self.made.rows.values())

    def _take_codebook(self) -> None:
        """Rows for the actors, issues and stances that the codebook does not have yet."""
        rows = self.made.rows
        for identity, said in self.actors.new.items():
            camp = said.get("camp", "")
            rows.setdefault("actors", []).append(
                {
                    "actor_id": identity,
                    "name": said["name"],
                    "kind": said.get("kind") or "person",
                    "camp": camp if camp in self.actors.ids else "",
                    "about": said.get("about", ""),
                    "note": said.get("note", ""),
                }
            )
        for identity, said in self.issues.new.items():
            rows.setdefault("issues", []).append(
                {
                    "issue": identity,
                    "label": said["name"],
                    "proposition": said.get("proposition") or said["name"],
                    "issue_kind": said.get("issue_kind", ""),
                    "examples": said.get("examples", ""),
                }
            )
        rows["stances"] = self.scale.rows()
        rows["coders"] = self.coders.rows
        self.made.rows = {table: some for table, some in rows.items() if some}

    # What is told.

    def _tell(self, rows: list[Row], not_used: list[str]) -> None:
        told, new = self.made.told, self.made.rows.get("statements", [])
        for coder, number in sorted(Counter(row["coder"] for row in new).items()):
            told.append(f"Taken: {Tally(number, 'statement')} of {coder}.")
        texts = sum(name.endswith(".txt") for name in self.made.files)
        if texts:
            told.append(f"Taken: {Tally(texts, 'article')}.")
        if self.twice:
            told.append(f"Not used: {Tally(self.twice, 'statement')} that the file has twice.")
        if there := len(rows) - len(new) - self.twice:
            told.append(f"Not used: {Tally(there, 'statement')} that the case has already.")
        if self.new_ids:
            told.append(f"Decided: {Tally(self.new_ids, 'new id')}, for theirs are taken.")
        told += self._decided()
        told += not_used
        for words, number in self.project.left.items():
            noun, _, rest = words.partition("|")
            told.append(f"Not used: {Tally(number, noun, rest)}.")

    def _decided(self) -> Iterator[str]:
        kinds = [("actors", "actor_id", "actor"), ("issues", "issue", "issue")]
        for table, key, noun in kinds:
            if new := self.made.rows.get(table, []):
                names = ", ".join(row[key] for row in new)
                yield f"Decided: {Tally(len(new), noun)} new in the codebook: {names}."
        unsaid = [row for row in self.actors.new.values() if not row.get("kind")]
        if unsaid:
            yield f"Decided: {Tally(len(unsaid), 'new actor')} taken to be a person."
        yield from self.scale.told()
        for row in self.made.rows.get("coders", []):
            role = row["coder_role"]
            yield f"Decided: {row['coder']} is new in coders.csv, with the role {role}."


def _other_names(case: Case | None) -> Iterator[tuple[str, str]]:
    if case is not None:
        yield from zip(case.aliases.alias, case.aliases.actor_id, strict=True)


def _key(row: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


def _expected(not_used: list[str]) -> str:
    expected = "passages with an issue, a stance and a speaker"
    if not not_used:
        return expected
    return f"{expected}; a mapping file says what a code means (--map). {' '.join(not_used)}"


def _about(title: str, file: str) -> bytes:
    return as_yaml(
        {
            "title": title or file,
            "subtitle": f"Imported from {file}",
            "question": "The file states none.",
        }
    )
