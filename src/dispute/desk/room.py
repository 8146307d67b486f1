"""The one desk of a process: what its handlers ask, whatever they were sent.

What is refused is a `RefusedError`, with the status of the answer and what it says; then nothing
was changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dispute.desk import near, reading
from dispute.desk.checking import Checker, Fault
from dispute.desk.journal import Journal
from dispute.desk.proposed import TAKEN
from dispute.desk.reading import Data, Library
from dispute.desk.sent import RefusedError, changes_of, suggestion_of
from dispute.desk.sitting import Change, ConflictError, Sitting, Step
from dispute.desk.suggested import taken_away
from dispute.desk.tables import Row
from dispute.intake.languages import likeliest
from helpers.case.problems import CaseError
from helpers.case.raw_case import RawCase

OTHER_WINDOW = "another window has saved something since; look at it, then say it again"


class Desk:
    """A coder's desk on a case. Raises CaseError or ValueError where it cannot be opened."""

    def __init__(
        self, folder: Path, coder: str, adjudicates: bool = False, proposals: bool = False
    ) -> None:
        self.folder, self.coder, self.adjudicates = folder, coder, adjudicates
        self.library = Library(folder, coder, proposals)
        self.journal = Journal(folder, coder, self.library.raw.texts)
        self.sitting: Sitting = self.journal.open()
        self.told = OTHER_WINDOW
        self._read_codebook()

    def make_ready(self) -> None:
        """Read what is slow to read: how languages are told apart, where articles have several."""
        if any(len(tags) > 1 for tags in self.checker.languages.values()):
            likeliest("one two", ("en", "sw"))

    def _read_codebook(self) -> None:
        self.checker = Checker(self.library.raw, self.coder)
        self._suggestions_changed()

    def _suggestions_changed(self) -> None:
        """What counts as the codebook is read anew when it is next asked for."""
        self._book: RawCase | None = None
        self._names: near.Names | None = None

    @property
    def book(self) -> RawCase:
        """The codebook, the coder's own suggestions included."""
        if self._book is None:
            self._book = self.library.with_suggestions(self.sitting.tables["suggestions"])
        return self._book

    # ---- what others change

    def look(self) -> None:
        """Take in what was changed outside the desk. Raises RefusedError where it is unsound."""
        if strangers := self.journal.strangers():
            faults = self.library.faults_of_form()
            if faults:
                told = f"{faults[0]}; until it is mended nothing can be saved"
                raise RefusedError(409, {"told": told, "version": self.sitting.version})
            before = self.journal.n_aside
            self.sitting = self.journal.begin_anew()
            self.told = f"{' and '.join(strangers)} was changed outside the desk and is read anew"
            if self.journal.n_aside > before:
                self.told += "; what did not fit any more is in .desk-aside.jsonl beside it"
            self._suggestions_changed()
        if self.library.is_old():
            self._read_case()

    def _read_case(self) -> None:
        try:
            self.library = Library(self.folder, self.coder, self.library.has_proposals)
        except CaseError as error:
            told = f"{error.problems[0]}; until it is mended nothing can be saved"
            raise RefusedError(409, {"told": told, "version": self.sitting.version}) from None
        self._read_codebook()

    # ---- what the page gets

    def heads(self) -> Data:
        """The list of articles."""
        articles = self.library.heads(self.sitting.tables)
        return {"version": self.sitting.version, "coder": self.coder, "articles": articles}

    def article(self, article: str) -> Data:
        """An article with the coder's rows in it."""
        self._expect_article(article)
        return self._state() | self.library.article(article, self.sitting.tables)

    def head(self, article: str) -> Data:
        """What the page of an article is titled with."""
        self._expect_article(article)
        return self.library.head(article, self.sitting.tables)

    def codebook(self) -> Data:
        """The codebook at hand."""
        events = near.events(self.sitting.tables["event_mentions"])
        return reading.codebook(self.book, self.examples(), events)

    def examples(self) -> Data:
        """Passages of the coder's own on each issue, as they are now."""
        return near.examples(self.sitting.tables["statements"])

    def near(self, article: str, start: int, end: int) -> list[Data]:
        """Who is named near a passage."""
        self._expect_article(article)
        if self._names is None:
            self._names = near.Names(self.library.raw, self.book)
        return self._names.near(article, start, end)

    def date(self, article: str, start: int, end: int) -> Data:
        """The resolver's reading of the date of a passage."""
        self._expect_article(article)
        return self.library.date(article, start, end)

    def _expect_article(self, article: str) -> None:
        if article not in self.library.articles:
            raise RefusedError(404, {"told": "there is no article of that id"})

    def _state(self) -> Data:
        sitting = self.sitting
        said = {"version": sitting.version, "undo": sitting.undo_words}
        return said | {"redo": sitting.redo_words}

    # ---- what the page says

    def check(self, table: str, given: Mapping[str, Any], name: str) -> Data:
        """What is wrong with a row that is being typed, and the row with what follows filled in."""
        checker = self.checker.with_suggested(self._suggested(name))
        row, faults = checker.filled(table, given, name)
        faults += checker.faults(table, row)
        return {"problems": [vars(fault) for fault in dict.fromkeys(faults)], "row": row}

    def step(self, said: Mapping[str, Any]) -> Data:
        """Do a step: all of it, or nothing where a row has a problem."""
        self._expect_version(said)
        asked = changes_of(said, self.sitting.tables)
        with self._conflicts_told():
            self.sitting.expect(asked)
        step = self._judged(asked)
        self.journal.keep(self.sitting, {"step": step.as_data()})
        return self._done(self.sitting.take(step))

    def suggest(self, said: Mapping[str, Any]) -> Data:
        """A row that the codebook lacks, into the coder's suggestions."""
        self._expect_version(said)
        row, words = suggestion_of(said)
        change = {"table": "suggestions", "id": None, "before": None, "after": row}
        done = self.step({"seen": said.get("seen"), "changes": [change], "words": words})
        (name,) = done["rows"]["suggestions"]
        kept = done["rows"]["suggestions"][name]
        columns = {"actor": "actor_id", "issue": "issue", "affiliation": "affiliation_id"}
        return done | {"id": kept[columns.get(kept["suggests"], "actor_id")], "suggestion": name}

    def undo(self, said: Mapping[str, Any]) -> Data:
        """Undo the last step."""
        self._expect_version(said)
        if not self.sitting.done:
            raise RefusedError(409, {"told": "there is nothing to undo", **self._state()})
        self.journal.keep(self.sitting, {"undo": True})
        return self._done(self.sitting.undo())

    def redo(self, said: Mapping[str, Any]) -> Data:
        """Do again what was undone last."""
        self._expect_version(said)
        if not self.sitting.ahead:
            raise RefusedError(409, {"told": "there is nothing to do again", **self._state()})
        self.journal.keep(self.sitting, {"redo": True})
        return self._done(self.sitting.redo())

    def _expect_version(self, said: Mapping[str, Any]) -> None:
        self.look()
        if said.get("seen") != self.sitting.version:
            raise RefusedError(409, {"told": self.told, "version": self.sitting.version})
        self.told = OTHER_WINDOW

    def _judged(self, asked: Step) -> Step:
        """A step with its rows filled in. Raises RefusedError with every problem of every row."""
        problems: list[Data] = []
        changes = []
        for number, change in enumerate(asked.changes):
            if change.after is None:
                changes.append(change)
                continue
            checker = self.checker.with_suggested(self._suggested(change.id, asked))
            row, faults = checker.filled(change.table, change.after, change.id)
            faults += checker.faults(change.table, row)
            problems += [{"change": number, **vars(one)} for one in dict.fromkeys(faults)]
            changes.append(Change(change.table, change.id, change.before, row))
        step, tables = Step(tuple(changes), asked.words), self.sitting.tables
        proposals = self.library.proposals
        faults_of_step = [
            *taken_away(step, tables, self.library.raw),
            *proposals.faults(step, tables[TAKEN]),
        ]
        problems += [{"change": number, **vars(fault)} for number, fault in faults_of_step]
        if problems:
            raise RefusedError(422, {"problems": problems})
        return proposals.followed(step, tables)

    def _suggested(self, name: str, step: Step | None = None) -> list[Row]:
        """The coder's suggestions as they are after a step, but for the one of a name."""
        rows: dict[str, Row | None] = dict(self.sitting.tables["suggestions"].rows)
        for change in step.changes if step else ():
            if change.table == "suggestions":
                rows[change.id] = (
                    change.after and self.checker.filled("suggestions", change.after, change.id)[0]
                )
        known = ("actor", "alias", "issue", "affiliation")
        return [
            row for own, row in rows.items() if row and own != name and row["suggests"] in known
        ]

    @contextmanager
    def _conflicts_told(self) -> Iterator[None]:
        try:
            yield
        except ConflictError as error:
            told = {"told": str(error), "version": self.sitting.version}
            raise RefusedError(409, told) from None

    def _done(self, step: Step) -> Data:
        if any(change.table == "suggestions" for change in step.changes):
            self._suggestions_changed()
        return self._state() | {"rows": self.sitting.changed(step)}

    # ---- the tables

    def write_tables(self) -> None:
        """Put what was saved into the tables, unless somebody else has changed them."""
        if not self.journal.strangers():
            self.journal.write_tables(self.sitting)

    def close(self) -> None:
        """All that was saved stands in the tables, and the journal goes."""
        self.journal.close(self.sitting)


__all__ = ["Desk", "Fault", "RefusedError"]
