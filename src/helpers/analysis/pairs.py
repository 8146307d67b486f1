"""Pairs: what two actors share on each issue, and in how many articles; on `counts`.

A pair is given by the places of its actors in the counts, the lower one as `source`. A statement
*adds* to a pair if the other actor has a statement on the same issue with which the kernel is not
0. Nothing here repeats a statement for the actors whom it meets: what is multiplied are counts.
"""

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.counts import Counts

# Appearances of an actor in an article that are multiplied at a time: it bounds the memory.
BLOCK = 4096


def shared_issues(counts: Counts, kernel: np.ndarray) -> pd.DataFrame:
    """The issues on which two actors add to a measure: one row a pair and issue.

    `kernel`: what two stances add, as `networks.kernel` gives it. Columns source, target, issue
    (places in `counts`), `part` (the sum that the issue adds, before any division), `n_evidence`
    (statements that add), and `source_stances`, `target_stances` (the stances of these statements,
    parted by ";").
    """
    adds = kernel != 0
    # One bit for each stance; of a scale with more stances than bits, numbers without an end.
    kind = np.int64 if len(counts.scale) < 63 else object
    bits = np.array([1 << place for place in range(len(counts.scale))], dtype=kind)
    rows = [
        _on_one_issue(issue, who, x, kernel, adds, bits) for issue, who, x in counts.issuewise()
    ]
    if not rows:
        names = ["source", "target", "issue", "part", "n_evidence"]
        return pd.DataFrame(columns=[*names, "source_stances", "target_stances"])
    shared = pd.concat(rows, ignore_index=True)
    for end in ("source_stances", "target_stances"):
        shared[end] = _stances_in_words(shared[end], counts.scale)
    return shared


def _on_one_issue(
    issue: int,
    who: np.ndarray,
    x: np.ndarray,
    kernel: np.ndarray,
    adds: np.ndarray,
    bits: np.ndarray,
) -> pd.DataFrame:
    """The pairs of those who speak to an issue; `x`: these actors by stances."""
    # answers[b, k]: whether b has a stance that adds something to stance k.
    answers = (x > 0).astype(float) @ adds > 0
    one, other = np.triu_indices(len(who), 1)
    of_one, of_other = x[one] * answers[other], x[other] * answers[one]
    number = (of_one + of_other).sum(axis=1).astype(int)
    shared = pd.DataFrame(
        {
            "source": who[one],
            "target": who[other],
            "issue": issue,
            "part": (x @ kernel @ x.T)[one, other],
            "n_evidence": number,
            "source_stances": (of_one > 0) @ bits,
            "target_stances": (of_other > 0) @ bits,
        }
    )
    return shared[number > 0]


def _stances_in_words(bits: pd.Series, scale: list[int]) -> pd.Series:
    """Sets of stances, each a number with one bit a stance, as text: `0;2`."""
    words = {}
    for number in bits.unique():
        stances = [stance for place, stance in enumerate(scale) if number >> place & 1]
        words[number] = ";".join(map(str, stances))
    return bits.map(words)


def articles_behind(
    counts: Counts, statements: pd.DataFrame, actor: str, kernel: np.ndarray, pairs: pd.DataFrame
) -> pd.DataFrame:
    """In how many articles a statement adds to each pair (source, target).

    Columns n_articles, and of each side alone n_source_articles, n_target_articles; a row for each
    of `pairs`. `statements` are those that were counted, `actor` the column of their actors.

    The articles of two actors are those of the one and those of the other, less those with a
    statement of both.
    """
    appearances, cells = _appearances(counts, statements, actor)
    answers = _answers(counts, kernel)
    one_sided = _articles_of_one(appearances, cells, answers)
    source, target = pairs.source.to_numpy(), pairs.target.to_numpy()
    of_source = one_sided[source, target].astype(int)
    of_target = one_sided[target, source].astype(int)
    both = _articles_of_both(appearances, cells, answers)[source, target]
    return pd.DataFrame(
        {
            "n_articles": of_source + of_target - both,
            "n_source_articles": of_source,
            "n_target_articles": of_target,
        }
    )


def _appearances(
    counts: Counts, statements: pd.DataFrame, actor: str
) -> tuple[pd.DataFrame, sparse.csr_array]:
    """Who appears in which article (who, article: codes), and in which cells there.

    A cell is a stance on an issue, of those of one stance after another.
    """
    counted = statements[(statements[actor] != "") & (statements.issue != "")]
    counted = counted[counted.stance.isin(counts.scale)]
    who = pd.Categorical(counted[actor], categories=counts.actors).codes.astype(int)
    article = pd.factorize(counted.article_id)[0]
    issue = pd.Categorical(counted.issue, categories=counts.issues).codes.astype(int)
    stance = np.searchsorted(counts.scale, counted.stance.to_numpy(int))
    appearances = pd.DataFrame({"who": who, "article": article})
    row = appearances.groupby(["who", "article"], sort=True).ngroup().to_numpy()
    appearances = appearances.drop_duplicates().sort_values(["who", "article"], ignore_index=True)
    shape = (len(appearances), len(counts.scale) * len(counts.issues))
    ones = np.ones(len(row))
    cells = sparse.csr_array((ones, (row, stance * len(counts.issues) + issue)), shape=shape)
    return appearances, cells


def _answers(counts: Counts, kernel: np.ndarray) -> sparse.csr_array:
    """Cells by actors: 1 where the actor has a statement that adds something to the cell."""
    x = [sparse.csr_array(part) for part in counts.by_stance]
    by_stance = []
    for row in kernel != 0:
        answering = [part for part, adds in zip(x, row, strict=True) if adds]
        by_stance.append(sum(answering, x[0] * 0).T)
    return _as_ones(sparse.vstack(by_stance, format="csr"))


def _articles_of_one(
    appearances: pd.DataFrame, cells: sparse.csr_array, answers: sparse.csr_array
) -> np.ndarray:
    """Actors by actors: the articles in which the first has a statement that adds to the second."""
    size = answers.shape[1]
    total = np.zeros((size, size))
    for start in range(0, len(appearances), BLOCK):
        who = appearances.who.to_numpy()[start : start + BLOCK]
        shape = (size, len(who))
        actors = sparse.csr_array((np.ones(len(who)), (who, np.arange(len(who)))), shape=shape)
        total += actors @ _as_ones(cells[start : start + BLOCK] @ answers)
    return total


def _articles_of_both(
    appearances: pd.DataFrame, cells: sparse.csr_array, answers: sparse.csr_array
) -> np.ndarray:
    """Actors by actors: the articles in which each has a statement that adds to the other."""
    size = answers.shape[1]
    rows = appearances.assign(row=appearances.index)
    met = rows.merge(rows, on="article", suffixes=("", "_other"))
    met = met[met.who < met.who_other]
    by_actor = answers.T.tocsr()
    adding = np.ones(len(met), dtype=bool)
    for row, partner in ((met.row, met.who_other), (met.row_other, met.who)):
        in_common = cells[row.to_numpy()] * by_actor[partner.to_numpy()]
        adding &= np.asarray(in_common.sum(axis=1)) > 0
    both = np.zeros((size, size), dtype=int)
    np.add.at(both, (met.who[adding], met.who_other[adding]), 1)
    return both


def _as_ones(matrix: sparse.csr_array) -> sparse.csr_array:
    """The matrix with 1 wherever it is not 0."""
    matrix.eliminate_zeros()
    matrix.data[:] = 1
    return matrix
