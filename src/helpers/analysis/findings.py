"""Findings: the sentences of the front page, made from the processed tables, each with the ids behind it."""

import pandas as pd

from helpers.analysis import networks
from helpers.dates import edtf as dates
from helpers.words import counted

COLUMNS = ["finding_id", "sentence", "page", "evidence"]
WORDS = {"date_edtf": "date", "date_basis": "basis of the date"}


def findings(tables, stances, coder):
    """Up to six sentences, as the `findings` table: on the corpus, the network, the chronology, the stances, a change of position, the agreement of the coders.

    Where the tables hold nothing to say there is no sentence.

    `tables` are the processed tables by name; `stances` is the codebook's scale; `coder` is the pass the derived tables were made from.
    """
    statements = tables["statements"].loc[lambda f: (f.coder == coder) | (coder == "all")]
    made = {
        "corpus": _corpus(tables, statements),
        "network": _network(tables, statements),
        "chronology": _chronology(tables),
        "stances": _stances(tables, statements, stances),
        "change": _change(tables, stances) or _opposed(tables),
        "agreement": _agreement(tables),
    }
    return pd.DataFrame(
        [
            (f"{number}-{name}", *row)
            for number, (name, row) in enumerate(made.items(), start=1)
            if row
        ],
        columns=COLUMNS,
    )


def _names(tables):
    return dict(zip(tables["actors"].actor_id, tables["actors"].name)), dict(
        zip(tables["issues"].issue, tables["issues"].label)
    )


def _corpus(tables, statements):
    articles = tables["articles"]
    first, last = articles.loc[articles.earliest.idxmin()], articles.loc[articles.latest.idxmax()]
    named, unnamed = (
        articles.publisher[articles.publisher != ""].nunique(),
        int((articles.publisher == "").sum()),
    )
    aside = f" ({unnamed} of unknown publisher)" if unnamed else ""
    return (
        f"{counted(len(articles), 'article')} of {counted(named, 'named publisher')}{aside}, the first of {dates.wording(first.published)} and the last of {dates.wording(last.published)}, "
        f"hold {counted(len(statements), 'statement')} by {counted(statements.speaker.nunique(), 'actor')} on {counted(statements.issue.nunique(), 'issue')}.",
        "1_corpus",
        ";".join(articles.article_id),
    )


def _network(tables, statements):
    edges, evidence, (names, labels) = tables["edges"], tables["edge_evidence"], _names(tables)
    said, used = [], []
    for network, words in (
        ("conflict", "{} and {} have the heaviest line of disagreement (on {})"),
        ("congruence", "{} and {} the heaviest of agreement (on {})"),
    ):
        chosen = edges[edges.network == network]
        if chosen.empty:
            continue
        edge = networks.heaviest(chosen, 1).iloc[0]
        ids = evidence.loc[evidence.edge_id == edge.edge_id, "unit_id"]
        issues = (
            statements.loc[statements.statement_id.isin(ids)]
            .issue.value_counts()
            .sort_index()
            .sort_values(ascending=False, kind="stable")
            .index
        )
        said.append(
            words.format(
                names[edge.source],
                names[edge.target],
                _list([f"“{labels[i]}”" for i in issues[:2]]),
            )
        )
        used += list(ids)
    return (
        (_upper("; ".join(said)) + ".", "2_actor_network", ";".join(sorted(set(used))))
        if said
        else None
    )


def _chronology(tables):
    events = tables["events"]
    if events.empty:
        return None
    exact, rivals = (
        events[(events.earliest == events.latest) & (events.earliest != "")],
        events[events.n_readings > 1],
    )
    told = (
        "none can be dated in more than one way"
        if rivals.empty
        else f"{counted(len(rivals), 'event')} can be dated in more than one way, and every reading stands"
    )
    claimed, lent = (events.voice == "claimed").sum(), (exact.date_basis == "external").sum()
    return (
        f"The articles tell of {counted(len(events), 'event')}, {claimed} of them only as somebody's claim; {len(exact)} can be dated to the day ({lent} of these only by an outside source), {len(events) - len(exact)} cannot; {told}.",
        "3_chronology",
        ";".join(rivals.event_id),
    )


def _stances(tables, statements, stances):
    _, labels = _names(tables)
    sides = statements.assign(side=statements.stance.map(dict(zip(stances.stance, stances.side))))
    counts = (
        sides.groupby("issue")
        .side.value_counts()
        .unstack(fill_value=0)
        .reindex(columns=["for", "conditional", "against"], fill_value=0)
    )
    counts = counts[counts[["for", "against"]].min(axis=1) > 0]
    if counts.empty:
        return None
    issue = (
        counts.assign(least=counts[["for", "against"]].min(axis=1), total=counts.sum(axis=1))
        .sort_values(["least", "total"], ascending=False, kind="stable")
        .index[0]
    )
    chosen = sides[(sides.issue == issue) & sides.side.isin(["for", "conditional", "against"])]
    conditional = (
        f", {counts.at[issue, 'conditional']} on a condition"
        if counts.at[issue, "conditional"]
        else ""
    )
    return (
        f"The most contested issue is “{labels[issue]}”: {counted(int(counts.at[issue, 'for']), 'passage')} for it{conditional} and {int(counts.at[issue, 'against'])} against, by {counted(chosen.speaker.nunique(), 'actor')}.",
        "4_stance_tables",
        ";".join(sorted(chosen.statement_id)),
    )


def _change(tables, stances):
    changes, (names, labels) = tables["position_changes"], _names(tables)
    if changes.empty:
        return None
    scale = dict(zip(stances.stance, stances.label))
    step = (changes.to_stance - changes.from_stance).abs()
    change = changes.loc[step.astype(float).idxmax()]
    ends = [
        f"“{scale[stance]}” ({_when(day)}, {counted(ids.count(';') + 1, 'passage')}{'' if speaker == change.actor_id else f', through {names[speaker]}'})"
        for stance, day, speaker, ids in (
            (
                change.from_stance,
                change.from_date_edtf,
                change.from_speaker,
                change.from_statements,
            ),
            (change.to_stance, change.to_date_edtf, change.to_speaker, change.to_statements),
        )
    ]
    moved = changes[["actor_id", "issue"]].drop_duplicates()
    others = (
        f"; one of {len(moved)} changes of position seen in the articles" if len(moved) > 1 else ""
    )
    return (
        f"{names[change.actor_id]} changed on “{labels[change.issue]}” from {ends[0]} to {ends[1]}{others}.",
        "4_stance_tables",
        f"{change.from_statements};{change.to_statements}",
    )


def _opposed(tables):
    pairs, (names, labels) = tables["contradictions"], _names(tables)
    if pairs.empty:
        return None
    actor, issue = (
        pairs.groupby(["actor_id", "issue"])
        .size()
        .sort_values(ascending=False, kind="stable")
        .index[0]
    )
    chosen = pairs[(pairs.actor_id == actor) & (pairs.issue == issue)]
    return (
        f"No change of position can be dated; {names[actor]} stands on both sides of “{labels[issue]}”.",
        "4_stance_tables",
        ";".join(sorted({*chosen.statement_for, *chosen.statement_against})),
    )


def _agreement(tables):
    measured = (
        tables["agreement"].groupby(["unit", "variable", "metric"]).value.min()
    )  # of several pairs of passes, the one that agrees least
    alphas = tables["agreement"][lambda f: f.metric.str.startswith("alpha") & f.value.notna()]
    keys = [
        ("statement", "unit", "share"),
        ("statement", "speaker", "alpha-nominal"),
        ("statement", "issue", "alpha-nominal"),
        ("statement", "stance", "alpha-ordinal"),
    ]
    if not all(key in measured.index and pd.notna(measured[key]) for key in keys):
        return None
    share, *found = (float(measured[key]) for key in keys)
    least = alphas.loc[alphas.value.idxmin()]
    interval = f" (interval {least.low:.2f} to {least.high:.2f})" if pd.notna(least.low) else ""
    return (
        f"The independent coding passes marked the same passage as a statement in {share:.0%} of cases; there Krippendorff's alpha, 1 for perfect agreement, is {found[0]:.2f} for the speaker, {found[1]:.2f} for the issue "
        f"and {found[2]:.2f} for the stance. Of all that was compared, alpha is lowest for the {WORDS.get(least.variable, least.variable)} of {least.unit.replace('-', ' ')}s: {least.value:.2f}{interval}.",
        "4_stance_tables",
        "",
    )


def _when(day):
    """A date in words; one that is only the end of a time says so."""
    return (
        f"at the latest {dates.wording(day.removeprefix('../'))}"
        if day.startswith("../")
        else dates.wording(day)
    )


def _list(words):
    return " and ".join(words)


def _upper(sentence):
    return sentence[:1].upper() + sentence[1:]
