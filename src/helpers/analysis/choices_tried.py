"""Choices tried: whether a finding holds where something is decided otherwise than published.

Only choices that can touch the finding are tried (`predicates.choices`), one at a time, then in
pairs. Choices that give the same rows as published are that one, and pairs that give the same rows
are told once. No share of them is given: most choices cannot touch most findings. After Steegen,
Tuerlinckx, Gelman and Vanpaemel (2016), Increasing transparency through a multiverse analysis.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from operator import attrgetter
from typing import Any, NamedTuple

from helpers.analysis.coded_rows import Coding, Row
from helpers.analysis.pair_weight import weight
from helpers.analysis.predicates import KINDS, Binding, choices, counting, limits, touching
from helpers.analysis.views import View
from helpers.words import and_joined

PERIOD_DAYS = 14
# So many levels of one choice are tried in pairs, and so many ends of a kind are told in words.
IN_PAIRS, TOLD = 40, 4
# So many articles are left out in turn at most.
MOST_ARTICLES = 200
JOINT = " + "
# What a predicate sees of a row: not which row it is, nor where it stands.
SEEN = attrgetter(
    *(name for name in Row._fields if name not in {"row_id", "start", "end", "words"})
)


class Level(NamedTuple):
    """One way to decide one choice."""

    choice: str
    name: str


PUBLISHED = Level("published", "")
FIXED = {
    "units": ["maximal"],
    "duplicates": ["include"],
    "actor": ["on_behalf_of", "speaker"],
    "conditional": ["for", "apart"],
    "period": [str(-PERIOD_DAYS), str(PERIOD_DAYS)],
}


class Outcome(NamedTuple):
    """What comes of a finding under some levels: whether it holds, and its number, if any.

    `levels` is empty for the published run.
    """

    levels: tuple[Level, ...]
    holds: bool
    value: float | None

    @property
    def choice(self) -> str:
        """The choices, parted by ` + `; `published` where there is none."""
        return JOINT.join(level.choice for level in self.levels) or PUBLISHED.choice

    @property
    def level(self) -> str:
        """The levels, parted by ` + `."""
        return JOINT.join(level.name for level in self.levels) or PUBLISHED.choice


@dataclass(frozen=True)
class Tried:
    """All that was tried of one finding."""

    binding: Binding
    outcomes: list[Outcome] = field(default_factory=list)

    def passes(self) -> dict[str, bool]:
        """Each pass alone to whether the finding holds in it."""
        alone = [one for one in self.outcomes if one.choice == "coder"]
        return {one.level: one.holds for one in alone}

    def ends(self) -> list[tuple[Level, ...]]:
        """The choices that end it; two together only where neither alone does."""
        ending = [one.levels for one in self.outcomes if not one.holds]
        alone = {levels[0] for levels in ending if len(levels) == 1}
        return [levels for levels in ending if len(levels) == 1 or not alone & set(levels)]


def tried(
    binding: Binding, published: Coding, passes: Mapping[str, Coding], least: int = 1
) -> Tried:
    """A finding under each choice that can touch it, one at a time and in pairs.

    `least`: rows that at least must be otherwise for it to end. Where it is told in more than
    `IN_PAIRS` articles, one with fewer rows cannot end it alone and is not tried.
    `passes`: every pass by its name. Each pass alone is always told; another choice where it gives
    other rows than the published run; two together where they give rows that nothing before gave.
    """
    singles = list(_levels(binding, published, passes, least))
    pairs = [pair for pair in combinations(_few(singles), 2) if pair[0].choice != pair[1].choice]
    result = Tried(binding)
    seen: set[tuple] = set()
    published_alone: set[tuple] = set()
    for levels in [(), *((level,) for level in singles), *pairs]:
        rows, coding, view = _given(binding, levels, published, passes)
        bound = _read_alike(binding, view)
        key = _content(bound, rows, coding, view)
        is_pass = len(levels) == 1 and levels[0].choice == "coder"
        if key in (seen if len(levels) == 2 else published_alone) and not is_pass:
            continue
        seen.add(key)
        published_alone = published_alone or {key}
        is_held = bool(counting(binding, rows, coding, view))
        without = next((name for choice, name in levels if choice == "article"), "")
        value = weight(binding, coding, view, without) if binding.kind == "pair" else None
        result.outcomes.append(Outcome(levels, is_held, value))
    return result


def _levels(
    binding: Binding, published: Coding, passes: Mapping[str, Coding], least: int
) -> Iterator[Level]:
    """Every level of every choice that can touch a finding, the published ones left out."""
    usual = KINDS[binding.kind].view
    for choice in choices(binding):
        if choice == "coder":
            names = list(passes)
        elif choice == "article":
            names = _articles(touching(binding, published), least)
        else:
            names = [name for name in FIXED[choice] if name != getattr(usual, choice, None)]
        yield from (Level(choice, name) for name in names)


def _articles(rows: Iterable[Row], least: int) -> list[str]:
    """The articles of some rows; of many, those of most rows first, and enough to matter."""
    number = Counter(row.article_id for row in rows)
    if len(number) <= IN_PAIRS:
        return sorted(number)
    enough = [article for article, count in number.items() if count >= least]
    return sorted(enough, key=lambda article: (-number[article], article))[:MOST_ARTICLES]


def _few(levels: Sequence[Level]) -> list[Level]:
    """The levels that are tried in pairs: of one choice no more than `IN_PAIRS`."""
    number: dict[str, int] = {}
    kept = []
    for level in levels:
        number[level.choice] = number.get(level.choice, 0) + 1
        if number[level.choice] <= IN_PAIRS:
            kept.append(level)
    return kept


def _given(
    binding: Binding,
    levels: Sequence[Level],
    published: Coding,
    passes: Mapping[str, Coding],
) -> tuple[list[Row], Coding, View]:
    """The rows that can touch a finding, their coding, and how they are read, under some levels."""
    coding, view, without = published, KINDS[binding.kind].view, ""
    changed: dict[str, Any] = {}
    for choice, name in levels:
        if choice == "coder":
            coding = passes[name]
        elif choice == "article":
            without = name
        elif choice == "period":
            changed["shift"] = int(name)
        else:
            changed[choice] = name
    rows = [row for row in touching(binding, coding) if row.article_id != without]
    return rows, coding, view._replace(**changed)


def _read_alike(binding: Binding, view: View) -> Binding:
    """The finding with its sides as they count."""
    return binding._replace(side=view.side(binding.side), other_side=view.side(binding.other_side))


def _content(binding: Binding, rows: Sequence[Row], coding: Coding, view: View) -> tuple:
    """What a predicate sees under some choices: two choices with equal content are one."""
    read = [(SEEN(row), view.names(row)) for row in view.read(rows)]
    return binding, limits(binding, coding, view), tuple(sorted(read))


# ---- in words

WORDS = {
    ("units", "maximal"): "not with passages joined to maximal ones",
    ("duplicates", "include"): "not where every passage counts",
    ("actor", "on_behalf_of"): "not where the one spoken for counts as the actor",
    ("actor", "speaker"): "not where only the speaker counts as the actor",
    ("conditional", "for"): "not where on a condition counts as for",
    ("conditional", "apart"): "not where on a condition counts apart",
    ("period", str(-PERIOD_DAYS)): "not with periods two weeks earlier",
    ("period", str(PERIOD_DAYS)): "not with periods two weeks later",
}
NOTHING = "No choice that was tried ends it."


def ended_by(result: Tried, articles: Mapping[str, str]) -> str:
    """The choices that end a finding, in words. `articles`: article_id to how it is called.

    Where one kind of choice ends it often, the first are told and the others counted.
    """
    ends = result.ends()
    alone = [levels[0] for levels in ends if len(levels) == 1]
    together = [levels for levels in ends if len(levels) == 2]
    parts = []
    for choice in dict.fromkeys(level.choice for level in alone):
        names = [level.name for level in alone if level.choice == choice]
        parts += _alone(choice, names, articles)
    pairs = [f"{_one(one, articles)} and {_one(other, articles)}" for one, other in together]
    parts += [f"not both {words}" for words in pairs[:TOLD]]
    if len(pairs) > TOLD:
        parts.append(f"nor by {len(pairs) - TOLD} more pairs of choices")
    if not parts:
        return NOTHING
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def _alone(choice: str, names: Sequence[str], articles: Mapping[str, str]) -> list[str]:
    """One choice in words, the levels that end the finding together."""
    if choice == "coder":
        return [f"not in {and_joined(list(names)).replace(' and ', ' nor in ')}"]
    if choice != "article":
        return [WORDS[choice, name] for name in names]
    called = [articles.get(name, name) for name in names]
    called[1:] = [name.replace("the article of", "that of") for name in called[1:]]
    more = f", nor without one of {len(called) - TOLD} others" if len(called) > TOLD else ""
    listed = and_joined(called[:TOLD]).replace(" and ", " or ")
    return [f"not without {listed}{more}"]


def _one(level: Level, articles: Mapping[str, str]) -> str:
    """A level within a pair of choices, in words."""
    if level.choice == "coder":
        return f"in {level.name}"
    if level.choice == "article":
        return f"without {articles.get(level.name, level.name)}"
    return WORDS[level.choice, level.name].removeprefix("not ")
