"""Rules of proposals: of which texts they are, and what coders did with them.

A rule is one function that yields its problems; `RULES` lists them. Quotes, ids and dates of
proposals are judged as those of coded rows are (`anchors`, `cells`, `rules`).
"""

from collections.abc import Iterator
from dataclasses import replace

from helpers.case.articles import digest_of
from helpers.case.doubts import Doubt
from helpers.case.problems import FIRST_ROW, Problem, shown
from helpers.case.raw_case import RawCase
from helpers.case.schema import CODED, PROPOSED

# A proposer, and an article or a proposal.
Named = tuple[str, str]


def stale(raw: RawCase) -> set[Named]:
    """Proposers with the articles whose text is another now than the one that was read."""
    return {
        (proposer, article)
        for _, (proposer, article, digest) in _texts_read(raw)
        if digest != digest_of(raw.texts[article])
    }


def _texts_read(raw: RawCase) -> Iterator[tuple[int, tuple[str, ...]]]:
    for row, cells in raw.rows("proposed_articles", "proposer", "article_id", "sha256"):
        if cells[1] in raw.texts:
            yield row, cells


def _texts_are_those_that_were_read(raw: RawCase) -> Iterator[Problem]:
    """No text was changed after a proposer read it."""
    changed = stale(raw)
    for row, (proposer, article, digest) in _texts_read(raw):
        if (proposer, article) in changed:
            now = digest_of(raw.texts[article])
            expected = (
                f"{now[:12]}… as the text has now: it was changed after it was read; propose anew"
            )
            file = raw.files["proposed_articles"]
            yield Problem(file, row, article, f"{digest[:12]}…", expected)


def _proposals_are_of_articles_read(raw: RawCase) -> Iterator[Problem]:
    """A proposal is of an article that its proposer says it read."""
    rows = raw.rows("proposed_articles", "proposer", "article_id")
    read = {cells for _, cells in rows}
    sheets = {proposer for _, (proposer,) in raw.rows("proposers", "proposer")}
    for table in PROPOSED:
        for row, (proposer, article) in raw.rows(table, "proposer", "article_id"):
            if proposer in sheets and (proposer, article) not in read:
                expected = "an article that is among the `articles` of its proposer.yaml"
                yield Problem(raw.files[table], row, "article_id", shown(article), expected)


def _what_was_taken_is_a_unit_of_the_coder(raw: RawCase) -> Iterator[Problem]:
    """What came of a proposal is a unit of the same coder and article; of a rejected one, none."""
    units = _units(raw)
    columns = ("row_id", "coder", "article_id", "done")
    for row, (name, coder, article, done) in raw.rows("taken", *columns):
        file = raw.files["taken"]
        if done == "rejected" and name:
            expected = "nothing: of a rejected proposal comes no row"
            yield Problem(file, row, "row_id", shown(name), expected)
        elif name and (name, coder, article) not in units:
            expected = f"a statement or event mention of {coder} in {article}, or nothing"
            yield Problem(file, row, "row_id", shown(name), expected)


def _units(raw: RawCase) -> set[tuple[str, ...]]:
    """The units of coders that can come of a proposal: id, coder and article."""
    found: set[tuple[str, ...]] = set()
    for kind in PROPOSED.values():
        rows = raw.rows(CODED[kind].table, CODED[kind].id, "coder", "article_id")
        found.update(cells for _, cells in rows)
    return found


def _a_proposal_is_taken_once(raw: RawCase) -> Iterator[Problem]:
    """A coder does one thing with a proposal."""
    known: dict[tuple[str, ...], int] = {}
    for row, cells in raw.rows("taken", "coder", "proposer", "proposal_id"):
        if known.setdefault(cells, row) != row:
            _, number = raw.places["taken"][known[cells] - FIRST_ROW]
            expected = f"one row for each proposal; row {number} is of this one"
            yield Problem(raw.files["taken"], row, "proposal_id", shown(cells[2]), expected)


RULES = (
    _texts_are_those_that_were_read,
    _proposals_are_of_articles_read,
    _what_was_taken_is_a_unit_of_the_coder,
    _a_proposal_is_taken_once,
)


def with_doubts(raw: RawCase) -> RawCase:
    """The case with a doubt for what was taken from a proposal that is there no more.

    It is no fault: proposals are made anew, and what a person did stays.
    """
    if raw.unread & {*PROPOSED, "proposers"}:
        return raw
    there: set[tuple[str, ...]] = set()
    for table in PROPOSED:
        there.update(cells for _, cells in raw.rows(table, "proposer", "proposal_id"))
    proposers = {proposer for proposer, _ in there}
    doubts = [
        Doubt(*raw.places["taken"][row - FIRST_ROW], "proposal_id", shown(cells[1]), _NO_MORE)
        for row, cells in raw.rows("taken", "proposer", "proposal_id")
        if cells[0] in proposers and cells not in there
    ]
    return replace(raw, doubts=(*raw.doubts, *doubts))


_NO_MORE = "a proposal that is there: it seems that they were made anew since"
