"""Learned: issues ranked by how often their coded passages have a word, where that is better.

Multinomial naive Bayes (McCallum and Nigam 1998) with add-half smoothing: small, deterministic, and
each ranking can say which words made it. It is used outside blind passes alone, in cases of thirty
coded articles and more, and only where it beats the rules on articles that it has not seen.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from helpers.proposing.issues import MOST, Candidate, Issues, Ranking, words_of
from helpers.proposing.stems import stems

# Of so many coded articles at least something is learned; they are parted in so many folds.
ENOUGH, FOLDS = 30, 5
# Added to each count, so that a word that was not seen rules nothing out.
SMOOTHED = 0.5
# A candidate has at least this share of the best one's probability.
SHARE = 0.05

# An article, an issue and a passage that was coded on it.
Coded = tuple[str, str, str]


class Learned:
    """What coded passages tell of the words of each issue."""

    def __init__(self, issues: Iterable[str], coded: Iterable[Coded]) -> None:
        """`issues`: all of the codebook, in its order."""
        self.issues = list(issues)
        self.words: dict[str, Counter[str]] = {issue: Counter() for issue in self.issues}
        self.passages: Counter[str] = Counter()
        for _, issue, passage in coded:
            if issue in self.words:
                self.words[issue].update(set(stems(passage)))
                self.passages[issue] += 1
        self.known = frozenset(word for words in self.words.values() for word in words)
        self.totals = {issue: sum(words.values()) for issue, words in self.words.items()}

    def ranked(self, counts: Mapping[str, float]) -> list[Candidate]:
        """The issues that a passage may be on, the best first; none where no word is known.

        `counts`: its words as stems, each with what it counts for.
        """
        said = {word: weight for word, weight in counts.items() if word in self.known}
        if not said:
            return []
        logs = {issue: self._log(issue, said) for issue in self.issues}
        best = max(logs.values())
        order = sorted(self.issues, key=lambda issue: -round(logs[issue], 9))
        chosen = [one for one in order[:MOST] if math.exp(logs[one] - best) >= SHARE]
        return [
            Candidate(one, math.exp(logs[one] - best), self._telling(one, said)) for one in chosen
        ]

    def _log(self, issue: str, said: Mapping[str, float]) -> float:
        """The logarithm of how likely an issue is, up to what all issues share."""
        passages = sum(self.passages.values()) + SMOOTHED * len(self.issues)
        log = math.log((self.passages[issue] + SMOOTHED) / passages)
        for word, weight in said.items():
            log += weight * math.log(self._share(issue, word))
        return log

    def _share(self, issue: str, word: str) -> float:
        total = self.totals[issue] + SMOOTHED * len(self.known)
        return (self.words[issue][word] + SMOOTHED) / total

    def _telling(self, issue: str, said: Mapping[str, float]) -> tuple[str, ...]:
        """The words that speak for an issue, those that do so most first."""
        own = [(-self._share(issue, word), word) for word in said if self.words[issue][word]]
        return words_of(sorted(own))


def better(issues: pd.DataFrame, rules: pd.DataFrame, coded: Sequence[Coded]) -> bool:
    """Whether learning beats the rules on articles that were not looked at.

    By the passages of each fold of articles, read by what was coded in the others: in how many an
    issue that was coded comes first. `issues`, `rules`: tables of the codebook. False where fewer
    than `ENOUGH` articles are coded.
    """
    articles = sorted({article for article, _, _ in coded})
    if len(articles) < ENOUGH:
        return False
    learned_right = rules_right = 0
    for fold in range(FOLDS):
        aside = set(articles[fold::FOLDS])
        others = [one for one in coded if one[0] not in aside]
        passages = _passages(one for one in coded if one[0] in aside)
        learned = Learned(issues.issue, others)
        by_rules = Issues(issues, rules, [(issue, passage) for _, issue, passage in others])
        learned_right += _right(learned.ranked, passages)
        rules_right += _right(by_rules.ranked, passages)
    return learned_right > rules_right


def _passages(coded: Iterable[Coded]) -> dict[tuple[str, str], set[str]]:
    """Each passage of an article with all issues that it was coded on."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article, issue, passage in coded:
        found[article, passage].add(issue)
    return found


def _right(ranking: Ranking, passages: Mapping[tuple[str, str], set[str]]) -> int:
    """In how many passages an issue that was coded comes first."""
    right = 0
    for (_, passage), issues in passages.items():
        ranked = ranking(dict.fromkeys(stems(passage), 1.0))
        right += bool(ranked) and ranked[0].issue in issues
    return right
