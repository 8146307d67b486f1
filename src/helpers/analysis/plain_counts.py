"""Plain counts of the corpus, the chronology and agreement: sentences, and no findings."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.schema import columns
from helpers.dates.edtf import wording
from helpers.words import counted

VARIABLES = {"date_edtf": "date", "date_basis": "basis of the date"}


class Count(NamedTuple):
    """A sentence, the page (notebook) that shows it, and the ids behind it, parted by ";"."""

    sentence: str
    page: str
    evidence: str


Tables = Mapping[str, pd.DataFrame]


def plain_counts(tables: Tables, coder: str) -> pd.DataFrame:
    """Up to three sentences as rows of the table `findings`, of the kind `count`, without margin.

    On the corpus, the chronology, and the agreement of the coders. Where the tables hold nothing to
    say there is no sentence. `tables` are the processed tables by name; `coder` is the pass the
    derived tables were made from (`all`: every one).
    """
    made = {
        "count-corpus": _corpus(tables, coder),
        "count-chronology": _chronology(tables),
        "count-agreement": _agreement(tables),
    }
    rows = [
        {"finding_id": name, "kind": "count", **count._asdict()}
        for name, count in made.items()
        if count
    ]
    frame = pd.DataFrame(rows, columns=columns("findings")).astype(object).fillna("")
    return frame.assign(margin=pd.array([pd.NA] * len(frame), dtype="Int64"))


def _corpus(tables: Tables, coder: str) -> Count:
    articles, every = tables["articles"], tables["statements"]
    if articles.empty:
        return Count("The case has no article yet.", "1_corpus", "")
    statements = every[(every.coder == coder) | (coder == "all")]
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
    return Count(sentence, "1_corpus", ";".join(articles.article_id))


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


def _chronology(tables: Tables) -> Count | None:
    events = tables["events"]
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
    return Count(sentence, "3_chronology", ";".join(rivals.event_id))


def _agreement(tables: Tables) -> Count | None:
    agreement = tables["agreement"]
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
    return Count(sentence, "4_stance_tables", "")


def _alpha_words(row: Any) -> str:
    """An alpha of the table `agreement` in words: `date of event mentions: 0.61 (interval …)`."""
    variable = VARIABLES.get(row.variable, row.variable)
    words = f"{variable} of {row.unit.replace('-', ' ')}s: {row.value:.2f}"
    if pd.notna(row.low):
        words += f" (interval {row.low:.2f} to {row.high:.2f})"
    return words
