"""Findings in words: each kind has its sentence, made from its slots and dates alone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from helpers.analysis.coded_rows import Row
from helpers.analysis.predicates import Binding
from helpers.dates.edtf import wording
from helpers.words import and_joined, counted, spelled

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
# What some and others do, of what should be done and of claims of fact.
DISPUTE = {False: ("support", "oppose"), True: ("affirm", "deny")}
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
        words += as_told(counted_rows, names)
    mark = "Exploratory: " if binding.exploratory else ""
    return f"{mark}{words}."


def as_told(rows: Sequence[Row], names: Names) -> str:
    """By whose word alone it stands, in brackets."""
    if not rows or not all(row.teller for row in rows):
        return ""
    return f" (as told by {tellers(rows, names)})"


def _position(b: Binding, rows: Sequence[Row], names: Names) -> str:
    when = f"in the period “{names.periods.get(b.period, b.period)}”, " if b.period else ""
    takes, _ = verbs(b, rows, names)
    return f"{when}{names.actor(b.actor_id)} {takes} {names.issue(b.issue)}"


def verbs(b: Binding, rows: Sequence[Row], names: Names) -> tuple[str, str]:
    """What is done on each side of the issue of a finding; empty of a kind that has no sides."""
    if b.kind == "position":
        return names.verb(b.issue, b.side), ""
    if b.kind == "opposed":
        agrees = "for" if any(row.side == "for" for row in rows) else "conditional"
        return names.verb(b.issue, agrees), names.verb(b.issue, "against")
    if b.kind == "disputed":
        return DISPUTE[b.issue in names.facts]
    if b.kind == "change":
        return names.past(b.issue, b.side), names.past(b.issue, b.other_side)
    return "", ""


def _opposed(b: Binding, rows: Sequence[Row], names: Names) -> str:
    one, other = names.actor(b.actor_id), names.actor(b.other_id)
    agrees, refuses = verbs(b, rows, names)
    return f"{one} {agrees} and {other} {refuses} {names.issue(b.issue)}"


def _disputed(b: Binding, rows: Sequence[Row], names: Names) -> str:
    some, others = verbs(b, rows, names)
    return f"{names.issue(b.issue)} is disputed: some {some} it, others {others} it"


def voice(b: Binding, rows: Sequence[Row], names: Names) -> str:
    """The actor of a change of position, and who else spoke for the actor."""
    actor = names.actor(b.actor_id)
    spoken = {row.actor for row in rows} - {b.actor_id}
    if not spoken:
        return actor
    others = and_joined(sorted(names.actor(one) for one in spoken))
    return f"{actor}, or who spoke for {actor} ({others}),"


def _change(b: Binding, rows: Sequence[Row], names: Names) -> str:
    old = [row for row in rows if row.side == b.side]
    new = [row for row in rows if row.side != b.side]
    first, later = verbs(b, rows, names)
    return (
        f"{voice(b, rows, names)} first {first} ({dates(old)}) and later {later} "
        f"({dates(new)}) {names.issue(b.issue)}"
    )


def dates(rows: Iterable[Row]) -> str:
    """The dates of some rows in words, in the order of time, each once."""
    ordered = sorted(rows, key=lambda row: (row.earliest or row.latest, row.latest))
    known = list(dict.fromkeys(row.date_edtf for row in ordered))
    if len(known) > 2:
        return f"{wording(known[0])} to {wording(known[-1])}"
    return and_joined([wording(date) for date in known])


def _order(b: Binding, rows: Sequence[Row], names: Names) -> str:
    one, other = (as_account(event, rows, names) for event in (b.event_id, b.other_event_id))
    return f"by every reading of the dates, this came first: {one}; and this later: {other}"


def as_account(event: str, rows: Sequence[Row], names: Names) -> str:
    """An event in words, and whose claim it is, where no article tells it in its own voice."""
    told = [row for row in rows if row.about == event]
    return f"{account(event, rows)}{as_told(told, names)}"


def account(event: str, rows: Sequence[Row]) -> str:
    """An event as its first mention tells it, an article's own voice before a claim."""
    told = [row for row in rows if row.about == event]
    own = [row for row in told if not row.teller] or told
    words = own[0].words.strip().rstrip(".") if own else event
    return f"“{words}”"


def _only_by_claim(b: Binding, rows: Sequence[Row], names: Names) -> str:
    return f"only a claim of {tellers(rows, names)} says: {account(b.event_id, rows)}"


def tellers(rows: Sequence[Row], names: Names) -> str:
    """Who tells some rows, by name."""
    every = dict.fromkeys(row.teller for row in rows if row.teller)
    return and_joined([names.actor(teller) for teller in every])


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
    return f"only a claim of {tellers(rows, names)} says: {tie}"


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
        return f"{words.rstrip('.')}; this {rests_on(size, is_exact)}."
    most = "" if is_exact else "at most "
    return f"{words} To end it, {most}{size} coded rows must be otherwise."


def rests_on(size: int, is_exact: bool) -> str:
    """The margin in short: the passages without which a finding ends."""
    most = "" if is_exact else "at most "
    return f"rests on {most}{spelled(size)} passage{'s' if size != 1 else ''}"
