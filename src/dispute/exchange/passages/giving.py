"""A case as a project of coded passages: what goes out to other tools, and what cannot."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from dispute.exchange.passages.mapping import BY_CODE, FIELDS, NOTED, code_of
from dispute.exchange.passages.record import Document, Project, Record
from dispute.exchange.wording import Tally, sentences
from helpers.case.load import Case
from helpers.case.schema import columns

# What a document says of itself besides its text. Leave to send it is given in a case, by its
# owner, and travels with no file.
NOT_SAID = ("article_id", "sha256", "send")
ABOUT = [name for name in columns("articles", "raw") if name not in NOT_SAID]
# What the codebook says of codes: of actors, of issues, of stances.
OF_ISSUES = ("label", "proposition", "issue_kind", "examples")
SAID = ("name", "kind", "camp", "about", *OF_ISSUES, "side", "stance", "meaning", "note")
# Tables of a case, and what a row of each is called.
UNHELD = {
    "event_mentions": "event mention",
    "relations": "relation mention",
    "affiliations": "affiliation",
    "aliases": "printed name",
    "relation_types": "relation type",
    "periods": "period",
    "decisions": "decision",
    "context_events": "context event",
    "rules": "rule",
    "findings": "finding",
    "questions": "question for discussion",
    "sentences": "sentence on a finding",
    "story": "step of the story",
}


def project_of(case: Case, coders: Sequence[str]) -> tuple[Project, list[str]]:
    """The articles of a case and the statements of some coders, and sentences on what is left out.

    Without coders, those of all passes. Raises ValueError for one that the case does not have.
    """
    known = list(case.coders.coder)
    for coder in coders:
        if coder not in known:
            raise ValueError(f"coder {coder!r}: expected one of {', '.join(known)}")
    chosen = list(dict.fromkeys(coders)) or case.passes()
    rows = [row for row in case.statements.itertuples() if row.coder in chosen]
    project = Project(
        title=case.title,
        documents=list(_documents(case)),
        records=[_record(row) for row in rows],
    )
    said = dict(_said_of_codes(case))
    used = {code for record in project.records for code in record.codes}
    project.codes = {code: fields for code, fields in said.items() if code in used}
    return project, sentences("Not carried", _not_carried(case, len(rows)))


def _documents(case: Case) -> Iterator[Document]:
    for row in case.articles.itertuples():
        about = {name: str(getattr(row, name)) for name in ABOUT}
        yield Document(row.article_id, case.texts[row.article_id], about)


def _record(row: Any) -> Record:
    given = {name: str(getattr(row, name)) for name in FIELDS}
    codes = [code_of({"issue": given["issue"], "stance": given["stance"]})]
    codes += [code_of({name: given[name]}) for name in BY_CODE[2:] if given[name]]
    attributes = {name: given[name] for name in NOTED if given[name]}
    return Record(
        row.article_id,
        int(row.start),
        int(row.end),
        quote=row.quote,
        codes=tuple(codes),
        coder=row.coder,
        attributes=attributes,
    )


def _said_of_codes(case: Case) -> Iterator[tuple[str, dict[str, str]]]:
    """Every code that the codebook allows, with what it says of it."""
    for issue in case.issues.itertuples():
        said = {name: str(getattr(issue, name)) for name in OF_ISSUES}
        for stance in case.stances.itertuples():
            words = {"side": stance.side, "stance": stance.label, "meaning": stance.meaning}
            yield code_of({"issue": issue.issue, "stance": str(stance.stance)}), said | words
    for name in BY_CODE[2:]:
        for actor in case.actors.itertuples():
            said = {one: getattr(actor, one) for one in ("name", "kind", "camp", "about", "note")}
            yield code_of({name: actor.actor_id}), said


def _not_carried(case: Case, taken: int) -> Iterator[Tally]:
    yield Tally(len(case.statements) - taken, "statement", " of other coders")
    for table, noun in UNHELD.items():
        yield Tally(len(getattr(case, table)), noun)
    yield Tally(sum(map(len, case.furniture.values())), "span", " of page furniture")


def unheld_notes(project: Project) -> list[str]:
    """Sentences on what is known of statements besides their codes, for a format without notes."""
    counts = Counter(name for record in project.records for name in record.attributes)
    return sentences(
        "Not carried", (Tally(number, "statement", f": {name}") for name, number in counts.items())
    )
