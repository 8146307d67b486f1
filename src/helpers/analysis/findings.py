"""Findings: the sentences of the front page, made from the processed tables, each with its ids."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from helpers.analysis.evidence import behind
from helpers.analysis.networks import deduplicate
from helpers.analysis.rankings import CAUTION, ranking
from helpers.analysis.stances import by_side
from helpers.case.schema import columns
from helpers.dates.edtf import wording
from helpers.words import and_joined, counted

VARIABLES = {"date_edtf": "date", "date_basis": "basis of the date"}


class Finding(NamedTuple):
    """A sentence, the page (notebook) that shows it, and the ids behind it, parted by ";"."""

    sentence: str
    page: str
    evidence: str


@dataclass(frozen=True)
class _Basis:
    """What the findings rest on."""

    tables: Mapping[str, pd.DataFrame]
    # Those of the pass from which the derived tables were made.
    statements: pd.DataFrame
    stances: pd.DataFrame
    # actor_id to name, issue to label.
    names: Mapping[str, str]
    labels: Mapping[str, str]
    # actor_id to kind.
    kinds: Mapping[str, str]


def findings(tables: Mapping[str, pd.DataFrame], stances: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Up to six sentences, as the table `findings`.

    On the corpus, the network, the chronology, the stances, a change of position, and the agreement
    of the coders. Where the tables hold nothing to say there is no sentence.

    `tables` are the processed tables by name; `stances` is the codebook's scale; `coder` is the
    pass the derived tables were made from (`all`: every one).
    """
    statements, actors, issues = tables["statements"], tables["actors"], tables["issues"]
    basis = _Basis(
        tables,
        statements[(statements.coder == coder) | (coder == "all")],
        stances,
        names=dict(zip(actors.actor_id, actors.name, strict=True)),
        labels=dict(zip(issues.issue, issues.label, strict=True)),
        kinds=dict(zip(actors.actor_id, actors.kind, strict=True)),
    )
    by_name = {
        "corpus": _corpus(basis),
        "network": _network(basis),
        "chronology": _chronology(basis),
        "stances": _contested(basis),
        "change": _change(basis) or _opposed(basis),
        "agreement": _agreement(basis),
    }
    rows = [
        (f"{number}-{name}", *finding)
        for number, (name, finding) in enumerate(by_name.items(), start=1)
        if finding
    ]
    return pd.DataFrame(rows, columns=columns("findings"))


def _corpus(basis: _Basis) -> Finding:
    articles, statements = basis.tables["articles"], basis.statements
    named = articles.publisher[articles.publisher != ""]
    unnamed = len(articles) - len(named)
    publishers = counted(named.nunique(), "named publisher")
    if unnamed:
        publishers += f" ({unnamed} of unknown publisher)"
    sentence = (
        f"{counted(len(articles), 'article')} of {publishers}, "
        f"{_days_of(articles)}"
        f"hold {counted(len(statements), 'statement')} "
        f"by {counted(statements.speaker.nunique(), 'actor')} "
        f"on {counted(statements.issue.nunique(), 'issue')}."
    )
    return Finding(sentence, "1_corpus", ";".join(articles.article_id))


def _days_of(articles: pd.DataFrame) -> str:
    """Of which days the articles are, in words; those of an open date are counted."""
    whole = articles[(articles.earliest != "") & (articles.latest != "")]
    if whole.empty:
        return "all of no day that is known, "
    first = whole.loc[whole.earliest.idxmin()]
    last = whole.loc[whole.latest.idxmax()]
    words = f"the first of {wording(first.published)} and the last of {wording(last.published)}, "
    unknown = len(articles) - len(whole)
    return words + (f"{unknown} of them of no day that is known, " if unknown else "")


def _network(basis: _Basis) -> Finding | None:
    """The heaviest pairs of parties that rest on two articles on each side."""
    edges, statements_of = basis.tables["edges"], behind(basis.tables)
    clauses = []
    ids: set[str] = set()
    for network, words in (
        ("conflict", "have the heaviest line of disagreement"),
        ("congruence", "the heaviest of agreement"),
    ):
        first = ranking(edges[edges.network == network], basis.kinds, 1).parties
        if first.empty:
            continue
        edge = first.iloc[0]
        said = statements_of[edge.edge_id]
        pair = f"{basis.names[edge.source]} and {basis.names[edge.target]}"
        clauses.append(f"{pair} {words} (on {_main_issues(basis, said)})")
        ids.update(said)
    if not clauses:
        return None
    sentence = f"{'; '.join(clauses)}. {CAUTION}"
    return Finding(sentence[:1].upper() + sentence[1:], "2_actor_network", _joined(ids))


def _main_issues(basis: _Basis, ids: Collection[str]) -> str:
    """The one or two issues of most of these statements, in words."""
    said = basis.statements[basis.statements.statement_id.isin(ids)]
    sizes = said.issue.value_counts().sort_index()
    ordered = sizes.sort_values(ascending=False, kind="stable").index
    return " and ".join(f"“{basis.labels[issue]}”" for issue in ordered[:2])


def _chronology(basis: _Basis) -> Finding | None:
    events = basis.tables["events"]
    if events.empty:
        return None
    exact = events[(events.earliest == events.latest) & (events.earliest != "")]
    rivals = events[events.n_readings > 1]
    claimed = (events.voice == "claimed").sum()
    lent = (exact.date_basis == "external").sum()
    readings = "none can be dated in more than one way"
    if len(rivals):
        several = counted(len(rivals), "event")
        readings = f"{several} can be dated in more than one way, and every reading stands"
    sentence = (
        f"The articles tell of {counted(len(events), 'event')}, "
        f"{claimed} of them only as somebody's claim; "
        f"{len(exact)} can be dated to the day ({lent} of these only by an outside source), "
        f"{len(events) - len(exact)} cannot; {readings}."
    )
    return Finding(sentence, "3_chronology", ";".join(rivals.event_id))


def _contested(basis: _Basis) -> Finding | None:
    """The issue of which the weaker side has most positions; of equal ones that of most in all.

    A position is a stance of a speaker on an issue in one article, in however many passages.
    """
    positions = deduplicate(basis.statements, "article")
    sides = positions.assign(side=by_side(positions, basis.stances))
    counts = sides.groupby("issue").side.value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=["for", "conditional", "against"], fill_value=0)
    weaker = counts[["for", "against"]].min(axis=1)
    ranked = counts.assign(weaker=weaker, total=counts.sum(axis=1))[weaker > 0]
    if ranked.empty:
        return None
    ranked = ranked.sort_values(["weaker", "total"], ascending=False, kind="stable")
    issue, numbers = ranked.index[0], ranked.iloc[0]
    chosen = sides[(sides.issue == issue) & sides.side.isin(["for", "conditional", "against"])]
    agreeing = f"{counted(int(numbers['for']), 'position')} for it"
    if numbers.conditional:
        agreeing += f", {numbers.conditional} on a condition"
    sentence = (
        f"The most contested issue is “{basis.labels[issue]}”: "
        f"{agreeing} and {numbers.against} against, "
        f"by {counted(chosen.speaker.nunique(), 'actor')} "
        f"in {counted(chosen.article_id.nunique(), 'article')}."
    )
    return Finding(sentence, "4_stance_tables", _joined(chosen.statement_id))


def _change(basis: _Basis) -> Finding | None:
    """The change of position that goes farthest on the scale, the first of equal ones."""
    changes = basis.tables["position_changes"]
    if changes.empty:
        return None
    step = (changes.to_stance - changes.from_stance).abs()
    change = changes.loc[step.astype(float).idxmax()]
    sentence = (
        f"{basis.names[change.actor_id]} changed on “{basis.labels[change.issue]}” "
        f"from {_end(basis, change, 'from')} to {_end(basis, change, 'to')}"
    )
    if len(changes) > 1:
        sentence += f"; one of {len(changes)} changes of position seen in the articles"
    ids = f"{change.from_statements};{change.to_statements}"
    return Finding(f"{sentence}.", "4_stance_tables", ids)


def _end(basis: _Basis, change: Any, end: str) -> str:
    """One end of a change of position (`from` or `to`) in words."""
    scale = dict(zip(basis.stances.stance, basis.stances.label, strict=True))
    stance, speaker = scale[change[f"{end}_stance"]], change[f"{end}_speaker"]
    passages = counted(change[f"{end}_statements"].count(";") + 1, "passage")
    others = [basis.names[one] for one in speaker.split(";") if one != change.actor_id]
    through = f", through {and_joined(others)}" if others else ""
    return f"“{stance}” ({_when(change[f'{end}_date_edtf'])}, {passages}{through})"


def _when(day: str) -> str:
    """A date in words; one that is only the end of a time says so."""
    if day.startswith("../"):
        return f"at the latest {wording(day.removeprefix('../'))}"
    return wording(day)


def _opposed(basis: _Basis) -> Finding | None:
    """The voice of most contradictions on one issue, the first of equal ones."""
    pairs = basis.tables["contradictions"]
    if pairs.empty:
        return None
    sizes = pairs.groupby(["actor_id", "issue"]).size()
    actor, issue = sizes.sort_values(ascending=False, kind="stable").index[0]
    chosen = pairs[(pairs.actor_id == actor) & (pairs.issue == issue)]
    sentence = (
        f"No change of position can be dated; {basis.names[actor]} "
        f"stands on both sides of “{basis.labels[issue]}”."
    )
    ids = _joined({*chosen.statement_for, *chosen.statement_against})
    return Finding(sentence, "4_stance_tables", ids)


def _agreement(basis: _Basis) -> Finding | None:
    agreement = basis.tables["agreement"]
    # Of several pairs of passes, the one that agrees least.
    least = agreement.groupby(["question", "unit", "variable", "metric"]).value.min()
    keys = [
        ("positions", "statement", "position", "jaccard"),
        ("positions", "statement", "stance", "alpha-nominal"),
        ("matched", "statement", "speaker", "alpha-nominal"),
        ("matched", "statement", "issue", "alpha-nominal"),
        ("matched", "statement", "stance", "alpha-ordinal"),
    ]
    if not all(key in least.index and pd.notna(least[key]) for key in keys):
        return None
    share, position, speaker, issue, stance = (float(least[key]) for key in keys)
    of_passages = agreement[(agreement.question == "matched") & agreement.value.notna()]
    alphas = of_passages[of_passages.metric.str.startswith("alpha")]
    sentence = (
        "Of the positions (who takes which stance on which issue in an article) that one of two "
        f"independent coding passes found, {share:.0%} are in both; Krippendorff's alpha, "
        f"1 for perfect agreement, is {position:.2f}. On the passages that both marked it is "
        f"{speaker:.2f} for the speaker, {issue:.2f} for the issue "
        f"and {stance:.2f} for the stance; of all that is compared on them, it is lowest "
        f"for the {_alpha_words(alphas.loc[alphas.value.idxmin()])}."
    )
    return Finding(sentence, "4_stance_tables", "")


def _alpha_words(row: Any) -> str:
    """An alpha of the table `agreement` in words: `date of event mentions: 0.61 (interval …)`."""
    variable = VARIABLES.get(row.variable, row.variable)
    words = f"{variable} of {row.unit.replace('-', ' ')}s: {row.value:.2f}"
    if pd.notna(row.low):
        words += f" (interval {row.low:.2f} to {row.high:.2f})"
    return words


def _joined(ids: set[str] | pd.Series) -> str:
    return ";".join(sorted(ids))
