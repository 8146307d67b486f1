"""Findings in words: each kind has its sentence, made from its slots and dates alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from helpers.analysis.coded_rows import Row
from helpers.analysis.predicates import Binding
from helpers.dates.edtf import wording
from helpers.words import and_joined, counted

# For what should be done, and for claims of fact.
VERBS = {
    "for": "supports",
    "conditional": "supports, on a condition,",
    "against": "opposes",
    "neutral": "takes no side on",
}
OF_FACT = {
    "for": "affirms",
    "conditional": "affirms, on a condition,",
    "against": "denies",
    "neutral": "takes no side on",
}
PAST = {
    "for": "supported",
    "conditional": "supported, on a condition,",
    "against": "opposed",
    "neutral": "took no side on",
}
PAST_OF_FACT = {
    "for": "affirmed",
    "conditional": "affirmed, on a condition,",
    "against": "denied",
    "neutral": "took no side on",
}
NO_CHANGE = "No change of position can be shown from dated words."


class Names(NamedTuple):
    """What ids are called: actors, issues, periods, articles (by their date), ties (as they read).

    `facts` are the issues that are claims of fact: they are affirmed or denied.
    """

    actors: Mapping[str, str]
    issues: Mapping[str, str]
    periods: Mapping[str, str]
    articles: Mapping[str, str]
    ties: Mapping[str, str]
    facts: frozenset[str] = frozenset()

    def verb(self, issue: str, side: str) -> str:
        """What an actor does who takes a side: `supports`, of a fact `affirms`."""
        return (OF_FACT if issue in self.facts else VERBS)[side]

    def past(self, issue: str, side: str) -> str:
        """The same of what is past."""
        return (PAST_OF_FACT if issue in self.facts else PAST)[side]

    def actor(self, name: str) -> str:
        """An actor's name."""
        return self.actors.get(name, name)

    def issue(self, name: str) -> str:
        """An issue's label, in quotation marks."""
        return f"“{self.issues.get(name, name)}”"


def sentence(binding: Binding, counted_rows: Sequence[Row], names: Names) -> str:
    """A finding in words. `counted_rows`: those by which it holds (`predicates.counting`).

    Where all of them are only as somebody tells them, the sentence says who.
    """
    words = SENTENCES[binding.kind](binding, counted_rows, names)
    words = words[:1].upper() + words[1:]
    if binding.kind not in OWN_TELLERS:
        words += _as_told(counted_rows, names)
    mark = "Exploratory: " if binding.exploratory else ""
    return f"{mark}{words}."


def _as_told(rows: Sequence[Row], names: Names) -> str:
    """By whose word alone it stands, in brackets."""
    tellers = dict.fromkeys(row.teller for row in rows)
    if not tellers or "" in tellers:
        return ""
    return f" (as told by {and_joined([names.actor(teller) for teller in tellers])})"


def _position(b: Binding, rows: Sequence[Row], names: Names) -> str:
    when = f"in the period “{names.periods.get(b.period, b.period)}”, " if b.period else ""
    return f"{when}{names.actor(b.actor_id)} {names.verb(b.issue, b.side)} {names.issue(b.issue)}"


def _opposed(b: Binding, rows: Sequence[Row], names: Names) -> str:
    one, other = names.actor(b.actor_id), names.actor(b.other_id)
    sides = {row.side for row in rows}
    verb = names.verb(b.issue, "for" if "for" in sides else "conditional")
    return f"{one} {verb} and {other} {names.verb(b.issue, 'against')} {names.issue(b.issue)}"


def _disputed(b: Binding, rows: Sequence[Row], names: Names) -> str:
    ways = (
        "affirm it, and others deny it"
        if b.issue in names.facts
        else "support it, others oppose it"
    )
    return f"{names.issue(b.issue)} is disputed: some {ways}"


def _change(b: Binding, rows: Sequence[Row], names: Names) -> str:
    voice = names.actor(b.actor_id)
    spoken = {row.actor for row in rows} - {b.actor_id}
    if spoken:
        others = and_joined(sorted(names.actor(actor) for actor in spoken))
        voice += f", or who spoke for {voice} ({others}),"
    old = [row for row in rows if row.side == b.side]
    new = [row for row in rows if row.side != b.side]
    return (
        f"{voice} first {names.past(b.issue, b.side)} ({_dates(old)}) and later "
        f"{names.past(b.issue, b.other_side)} ({_dates(new)}) {names.issue(b.issue)}"
    )


def _dates(rows: Iterable[Row]) -> str:
    """The dates of some rows in words, in the order of time, each once."""
    ordered = sorted(rows, key=lambda row: (row.earliest or row.latest, row.latest))
    dates = list(dict.fromkeys(row.date_edtf for row in ordered))
    if len(dates) > 2:
        return f"{wording(dates[0])} to {wording(dates[-1])}"
    return and_joined([wording(date) for date in dates])


def _order(b: Binding, rows: Sequence[Row], names: Names) -> str:
    one, other = (_as_account(event, rows, names) for event in (b.event_id, b.other_event_id))
    return f"by every reading of the dates, this came first: {one}; and this later: {other}"


def _as_account(event: str, rows: Sequence[Row], names: Names) -> str:
    """An event in words, and whose claim it is, where no article tells it in its own voice."""
    told = [row for row in rows if row.about == event]
    return f"{_told(event, rows)}{_as_told(told, names)}"


def _told(event: str, rows: Sequence[Row]) -> str:
    """An event as its first mention tells it, an article's own voice before a claim."""
    told = [row for row in rows if row.about == event]
    own = [row for row in told if not row.teller] or told
    words = own[0].words.strip().rstrip(".") if own else event
    return f"“{words}”"


def _only_by_claim(b: Binding, rows: Sequence[Row], names: Names) -> str:
    return f"only a claim of {_tellers(rows, names)} says: {_told(b.event_id, rows)}"


def _tellers(rows: Sequence[Row], names: Names) -> str:
    tellers = dict.fromkeys(row.teller for row in rows)
    return and_joined([names.actor(teller) for teller in tellers])


def _pair(b: Binding, rows: Sequence[Row], names: Names) -> str:
    shared = dict.fromkeys(row.about for row in rows)
    issues = [names.issue(issue) for issue in shared]
    one, other = names.actor(b.actor_id), names.actor(b.other_id)
    return (
        f"{one} and {other} take the same side on {counted(len(issues), 'issue')}: "
        f"{and_joined(issues)}"
    )


def _by_claim_tie(b: Binding, rows: Sequence[Row], names: Names) -> str:
    verb = names.ties.get(b.relation, b.relation)
    tie = f"{names.actor(b.actor_id)} {verb} {names.actor(b.other_id)}"
    return f"only a claim of {_tellers(rows, names)} says: {tie}"


SENTENCES: dict[str, Callable[[Binding, Sequence[Row], Names], str]] = {
    "position": _position,
    "opposed": _opposed,
    "disputed": _disputed,
    "change": _change,
    "order": _order,
    "only-by-claim": _only_by_claim,
    "pair": _pair,
    "by-claim-tie": _by_claim_tie,
}
# Those whose sentence names the tellers itself.
OWN_TELLERS = {"order", "only-by-claim", "by-claim-tie"}


def with_margin(words: str, size: int, is_exact: bool) -> str:
    """A sentence with its margin: what rests on one passage says so in itself."""
    if size == 1:
        return f"{words.rstrip('.')}; this rests on one passage."
    most = "" if is_exact else "at most "
    return f"{words} To end it, {most}{size} coded rows must be otherwise."
