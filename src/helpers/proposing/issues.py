"""Issues: which issues a passage may be on, by the words that it shares with them.

An issue is known by its label, its proposition and the examples that the codebook's rules give of
it; outside a blind pass also by what was coded on it before. A word counts the more the fewer
issues have it. Where the codebook has examples of its issues, such as `open the servers`, these
tell most: an example counts where all its words stand in a passage.
"""

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.proposing.lexicon import WORDS, english_verbs, swahili_verbs
from helpers.proposing.mentions import Mention
from helpers.proposing.page import Page
from helpers.proposing.stems import is_looked_at, stem, stems

# What a word counts for by where the issue has it.
PROPOSITION, LABEL, NAME, EXAMPLE, CODED = 1.0, 1.2, 0.8, 0.5, 0.6
# What an example of the issue itself counts for, times the root of the number of its words; and so
# much is left of what single words count for, where a codebook has examples.
PHRASE, BESIDE = 1.3, 0.25
# What a word of a name counts for, and one of the sentence before.
IN_A_NAME, AROUND = 0.4, 0.3
# By so much an issue of what should be gains where something is wished or refused, and one of what
# is the case where nothing is. `WISHED` stands among the words of a passage that does so.
FITS = 1.5
WISHED = "?wished"
SIDES = ("ask", "support", "reject")
KINDS = {"position": True, "fact": False}
# Of an issue with which a passage shares no other words than those of names, so much is left.
BY_NAME = 0.4
# A candidate has at least this share of the best one's score; and so many are told at most.
SHARE, MOST = 0.45, 5
# Below this score nothing is shared that tells.
LEAST = 0.35
SENTENCE = re.compile(r"(?<=[.;])\s+")


class Candidate(NamedTuple):
    """An issue with its score, the words by which it was found, and what an example of it in the
    passage counts for: 0 where there is none."""

    issue: str
    score: float
    words: tuple[str, ...]
    example: float = 0.0


class Example(NamedTuple):
    """An example of an issue: its words as stems, and what it counts for."""

    issue: str
    words: tuple[str, ...]
    worth: float


# What ranks issues: the stems of a passage with their weights in, candidates out.
Ranking = Callable[[Mapping[str, float]], Sequence[Candidate]]


class Issues:
    """The issues of a codebook as words with weights, made once."""

    def __init__(
        self, issues: pd.DataFrame, rules: pd.DataFrame, coded: Iterable[tuple[str, str]] = ()
    ) -> None:
        """`coded`: pairs of an issue and a passage that was coded on it before."""
        weights: dict[str, dict[str, float]] = {}
        rows = zip(issues.issue, issues.label, issues.proposition, strict=True)
        for issue, label, proposition in rows:
            own: dict[str, float] = {}
            _raise(own, proposition, PROPOSITION)
            _raise(own, label, LABEL)
            _raise(own, issue.replace("-", " "), NAME)
            weights[issue] = own
        for issue, words in _examples(rules, weights):
            _raise(weights[issue], words, EXAMPLE)
        for issue, passage_words in _typical(coded, weights).items():
            for word, share in passage_words.items():
                weights[issue][word] = max(weights[issue].get(word, 0.0), CODED * share)
        self.examples: dict[str, list[Example]] = defaultdict(list)
        for example in _of_issues(issues):
            self.examples[example.words[0]].append(example)
        self.wished = {
            issue: KINDS.get(kind)
            for issue, kind in zip(issues.issue, issues.issue_kind, strict=True)
        }
        self.order = {issue: number for number, issue in enumerate(weights)}
        spread = Counter(word for own in weights.values() for word in own)
        count = len(weights)
        self.idf = {word: math.log(1 + count / n) for word, n in spread.items()}
        self.by_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for issue, own in weights.items():
            length = math.sqrt(sum((w * self.idf[word]) ** 2 for word, w in own.items())) or 1.0
            for word, weight in own.items():
                self.by_word[word].append((issue, weight * self.idf[word] / length**0.5))

    def ranked(self, counts: Mapping[str, float]) -> list[Candidate]:
        """The issues that a passage may be on, the best first; none where nothing is shared.

        `counts`: its words as stems, each with what it counts for.
        """
        scores: dict[str, float] = defaultdict(float)
        shared: dict[str, list[tuple[float, str]]] = defaultdict(list)
        bare: set[str] = set()
        for word, weight in counts.items():
            for issue, worth in self.by_word.get(word, ()):
                if weight != IN_A_NAME:
                    bare.add(issue)
                scores[issue] += weight * worth
                shared[issue].append((-weight * worth, word))
        wished = WISHED in counts
        best_of = self._best_examples(counts)
        for issue in {*scores, *best_of}:
            scores[issue] *= 1.0 if issue in bare else BY_NAME
            scores[issue] *= BESIDE if self.examples else 1.0
            if example := best_of.get(issue):
                scores[issue] += example.worth
                shared[issue] += [(-example.worth, word) for word in example.words]
            scores[issue] *= FITS if self.wished.get(issue) is wished else 1.0
        order = sorted(scores, key=lambda issue: (-round(scores[issue], 9), self.order[issue]))
        best = scores[order[0]] if order else 0.0
        enough = max(LEAST, SHARE * best)
        chosen = [issue for issue in order[:MOST] if scores[issue] >= enough]
        chosen += [issue for issue in order if issue in best_of and issue not in chosen]
        return [
            Candidate(
                issue,
                scores[issue],
                words_of(sorted(shared[issue])),
                best_of[issue].worth if issue in best_of else 0.0,
            )
            for issue in chosen
        ]

    def _best_examples(self, counts: Mapping[str, float]) -> dict[str, Example]:
        """Of each issue the example that tells most, of those whose words all stand in a passage;
        what stands around it does not count."""
        found: dict[str, Example] = {}
        inside = {word for word, weight in counts.items() if weight > AROUND}
        for word in inside:
            for one in self.examples.get(word, ()):
                best = found.get(one.issue)
                if inside.issuperset(one.words) and (best is None or _rank(one) > _rank(best)):
                    found[one.issue] = one
        return found


def words_of(shared: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    """The words by which an issue was found, as one reads them."""
    return tuple(dict.fromkeys(word.strip("=") for _, word in shared))


class Content:
    """The words of an article as stems, made once; those of actors' names count little."""

    def __init__(self, page: Page, found: Iterable[Mention]) -> None:
        self.page = page
        self.stems = [stem(token.low) for token in page.tokens]
        self.weights = [1.0] * len(self.stems)
        self.wishes = [at for at, token in enumerate(page.tokens) if _wishes(token.low)]
        for one in found:
            if one.kind == "actor":
                self.weights[one.first : one.last] = [IN_A_NAME] * (one.last - one.first)

    def counts(self, start: int, end: int, before: int = -1) -> dict[str, float]:
        """The stems between two places; from `before` on, those in front count a little too."""
        counts: dict[str, float] = {}
        first, last = self.page.token_at(start), self.page.token_at(end)
        self._add(counts, first, last, 1.0)
        at = bisect_left(self.wishes, first)
        if at < len(self.wishes) and self.wishes[at] < last:
            counts[WISHED] = 1.0
        if before >= 0:
            self._add(counts, self.page.token_at(before), first, AROUND)
        return counts

    def printed(self, start: int, end: int, shared: Iterable[str]) -> tuple[str, ...]:
        """The words between two places that have these stems, as they are printed."""
        first, last = self.page.token_at(start), self.page.token_at(end)
        found: dict[str, str] = {}
        for token, own in zip(self.page.tokens[first:last], self.stems[first:last], strict=True):
            found.setdefault(own.strip("="), self.page.text[token.start : token.end])
        return tuple(found[one] for one in shared if one in found)

    def _add(self, counts: dict[str, float], first: int, last: int, weight: float) -> None:
        for word, own in zip(self.stems[first:last], self.weights[first:last], strict=True):
            if word and own * weight > counts.get(word, 0.0):
                counts[word] = own * weight


@lru_cache(50_000)
def _wishes(word: str) -> bool:
    """Whether a word says that something should be or should not, or that somebody wants it."""
    verbs = (*english_verbs().get(word, ()), *swahili_verbs(word))
    return word in WORDS["wishes"] or any(
        verb.does in SIDES and not verb.rest and verb.base not in WORDS["court_acts"]
        for verb in verbs
    )


def _raise(own: dict[str, float], text: str, weight: float) -> None:
    for word in stems(text):
        own[word] = max(own.get(word, 0.0), weight)


def _examples(rules: pd.DataFrame, issues: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """The sentences of the rules that name an issue, each with the issue."""
    for text in rules.text:
        for sentence in SENTENCE.split(text):
            named = [one for one in re.findall(r"`([^`\n]+)`", sentence) if one in issues]
            for issue in named[:1] if len(named) == 1 else ():
                quoted = re.findall(r"`([^`\n]+)`", sentence)
                yield issue, " ".join(one for one in quoted if one not in issues)


def _of_issues(issues: pd.DataFrame) -> Iterable[Example]:
    """The examples that the table of issues has, `;` between them. One with a word that is not
    looked at, as Form 34A, would be found without it, and tells nothing."""
    for issue, examples in zip(issues.issue, issues.examples, strict=True):
        whole = [one for one in examples.split(";") if is_looked_at(one)]
        for words in sorted({tuple(sorted(set(stems(one)))) for one in whole}):
            if words:
                yield Example(issue, words, PHRASE * math.sqrt(len(words)))


def _rank(one: Example) -> tuple[float, tuple[str, ...]]:
    return one.worth, one.words


def _typical(
    coded: Iterable[tuple[str, str]], issues: Mapping[str, object]
) -> dict[str, dict[str, float]]:
    """How large a share of an issue's coded passages has each word; words of one alone aside."""
    texts: dict[str, list[set[str]]] = defaultdict(list)
    for issue, passage in coded:
        if issue in issues:
            texts[issue].append(set(stems(passage)))
    return {issue: _shares(sets) for issue, sets in texts.items()}


def _shares(sets: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(word for words in sets for word in words)
    return {word: n / len(sets) for word, n in counts.items() if n > 1 or len(sets) == 1}
