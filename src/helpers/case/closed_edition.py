"""The closed edition of a case: its codes and their places, and few words of each article.

A coded passage shows its first words, a sentence of a coder or of the codebook what it has of its
own. No run of an article's words is longer than `LONGEST`, and of no article a greater share is
shown than `edition` in `case.yaml` says (`closed 0.03`; `closed` alone: `SHARE`). The words are
given out in a fixed order, so that two rooms show the same ones: names, headlines, the words that
the answer quotes, the first words of statements, what happened (as it is told in the coding that is
read), the first words of other passages, then all other texts. Of the passages of an article each
shows as many as there is room for, or none.

A name is not cut: names are everybody's, and found again in the texts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.case.article_words import COUNTED, WORD, ArticleWords, unescaped
from helpers.case.schema import SCHEMA, fields

if TYPE_CHECKING:
    from helpers.case.model import Case

# Words in a row of an article that may be shown, and the share of all its words where a case says
# no other. Passages may show `MORE`: their first words are too few to be known again. Names
# beside a passage make runs longer, and runs of five words happen by chance: room is left for both.
LONGEST, SHARE, MORE = 10, 0.05, 0.03
# How many first words of a passage are shown, and of a quotation in a sentence, at most.
FIRST, QUOTED = (3, 2, 0), 4
CUT = "[…]"
NOTE = (
    "This is the closed edition: in place of the words of a passage it shows the first ones at"
    " most, and no article is republished. Each passage has its place (characters of the article's"
    " text, whose SHA-256 is told), so that whoever has the articles can read all of it."
)
# What is not cut: names, and what is looked for in the texts.
WHOLE = set("name alias printed publisher origin place date_words number_words number_of".split())
# What a case says of itself in words.
SAID = ("title", "subtitle", "question", "rights", "citation", "guide")
QUOTES = ("quote", "other_quote")


class Passage(NamedTuple):
    """A part of an article, from one character to before another."""

    article: str
    start: int
    end: int


class Closing:
    """What is shown of the words of some articles: given out once, then known."""

    def __init__(self, case: "Case", share: float = SHARE) -> None:
        self.share = share
        self.words = ArticleWords(case.texts)
        self._shown: dict[str, set[int]] = defaultdict(set)
        self._parts: dict[Passage, range] = {}
        self._places: dict[tuple[str, str], Passage] = {}
        self._give_out(case)

    def cell(self, column: str, cell: str, place: tuple[str, Any, Any] | None = None) -> str:
        """What is shown of a cell. `place`: article, start and end of the passage it quotes."""
        if column in WHOLE or not isinstance(cell, str):
            return cell
        if column not in QUOTES:
            return self.text(cell)
        found = self.place(cell, *place) if place else None
        return self._passage(found) if found else self.quotation(cell)

    def text(self, text: str) -> str:
        """A text in which each run that may not be shown is cut after its first words."""
        pieces, done = [], 0
        for start, end in self.cuts(text):
            pieces += [text[done:start], f" {CUT}"]
            done = end
        return "".join([*pieces, text[done:]])

    def cuts(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of what is cut from a text: of each such run all but its first words."""
        text = unescaped(text)
        for run in self.words.runs(text):
            words = run.last - run.first
            if words > LONGEST or not self._are_given(text[run.start : run.end]):
                kept = list(WORD.finditer(text, run.start, run.end))[COUNTED - 2]
                yield kept.end(), run.end

    def quotation(self, words: str) -> str:
        """The first words of a few that a sentence quotes."""
        found = list(WORD.finditer(words))
        return words if len(found) <= QUOTED else words[: found[QUOTED - 1].end()]

    def place(self, quote: str, article: str, start: Any, end: Any) -> Passage | None:
        """The passage of a quote: by its numbers, or that of a unit with the same words."""
        if article not in self.words.texts:
            return None
        if str(start).isdigit() and str(end).isdigit():
            return Passage(article, int(start), int(end))
        return self._places.get((article, quote))

    def _passage(self, passage: Passage) -> str:
        """What is shown of a passage, with marks for what is cut."""
        text, spans = self.words.texts[passage.article], self.words.spans[passage.article]
        words = self.words.between(*passage)
        part = self._parts.get(passage, words[:0])
        if not part:
            return CUT
        is_first, is_last = part.start == words.start, part.stop == words.stop
        start = passage.start if is_first else spans[part.start][0]
        end = passage.end if is_last else spans[part.stop - 1][1]
        return " ".join([CUT] * (not is_first) + [text[start:end]] + [CUT] * (not is_last))

    # Giving out.

    def _are_given(self, words: str) -> bool:
        """Give a run of words in each article that has them, or in none."""
        places = self.words.everywhere(words)
        fits = all(self._fits(*place, self.share) for place in places.items())
        if fits:
            self._show(words)
        return fits

    def _show(self, words: str) -> None:
        for article, places in self.words.everywhere(words).items():
            self._shown[article] |= places

    def _fits(self, article: str, words: Collection[int], share: float) -> bool:
        shown = self._shown[article] | set(words)
        most = share * len(self.words.words[article])
        return shown == self._shown[article] or len(shown) <= most

    def _is_given(self, article: str, words: Collection[int]) -> bool:
        """Give words of a passage, unless they are too many."""
        fits = self._fits(article, words, self.share + MORE if self.share else 0)
        if fits:
            self._shown[article] |= set(words)
        return fits

    def _give_out(self, case: "Case") -> None:
        said = list(_passages(case.statements))
        others = [one for frame in _frames(case).values() for one in _passages(frame)]
        words = {one: self._whole(one) for one in [*said, *others]}
        self._places = {(one.article, quote): one for one, quote in words.items()}
        for frame in _frames(case).values():
            self._give_names(frame)
        for title in case.articles.title:
            self.text(title)
        self._give_quotations(case, words)
        self._give_first_words(said)
        told = case.event_mentions
        for sentence in told.description[told.coder == case.coder]:
            self.text(sentence)
        self._give_first_words(others)

    def _give_names(self, frame: pd.DataFrame) -> None:
        """Give the words of what is not cut, whatever room there is."""
        for column in WHOLE & set(frame):
            for cell in frame[column].dropna().unique():
                self._show(cell)

    def _whole(self, passage: Passage) -> str:
        return self.words.texts[passage.article][passage.start : passage.end]

    def _give_quotations(self, case: "Case", passages: dict[Passage, str]) -> None:
        """Give the words that sentences quote; the passages that hold them show these."""
        for quote in pd.unique(case.sentences[list(QUOTES)].to_numpy().ravel()):
            few = self.quotation(quote) if isinstance(quote, str) else ""
            for passage in [one for one, whole in passages.items() if few and quote in whole]:
                start = passage.start + passages[passage].index(quote)
                words = self.words.between(passage.article, start, start + len(few))
                if passage not in self._parts and self._is_given(passage.article, words):
                    self._parts[passage] = words

    def _give_first_words(self, passages: list[Passage]) -> None:
        """Give as many first words of each passage as there is room for in its article."""
        by_article: dict[str, dict[Passage, range]] = defaultdict(dict)
        for passage in passages:
            if passage not in self._parts:
                by_article[passage.article][passage] = self.words.between(*passage)
        for article, whole in by_article.items():
            for count in FIRST:
                parts = {passage: words[:count] for passage, words in whole.items()}
                if self._is_given(article, set(chain.from_iterable(parts.values()))):
                    self._parts |= parts
                    break


def share_of(edition: str) -> float:
    """The share of an article's words that an edition shows, between 0 and 1."""
    return float(edition.partition(" ")[2] or SHARE)


def closed(case: "Case") -> "Case":
    """A case of which few words of the articles are shown; all numbers come out as before.

    The texts stay, so that names and places can be found in them: who shows words takes them from
    the tables.
    """
    closing = Closing(case, share_of(case.edition))
    frames = {}
    for name, frame in _frames(case).items():
        frames[name] = _closed(frame, name, closing)
    notes = (*map(closing.text, case.notes), NOTE)
    said: dict[str, Any] = {name: closing.text(getattr(case, name)) for name in SAID}
    return replace(case, notes=notes, **said, **frames)


def _closed(frame: pd.DataFrame, name: str, closing: Closing) -> pd.DataFrame:
    places: Iterable[Any] = [None] * len(frame)
    if {"article_id", "start", "end"} <= set(frame):
        places = list(zip(frame.article_id, frame.start, frame.end, strict=True))
    elif "article_id" in frame:
        places = [(article, "", "") for article in frame.article_id]
    shown = {}
    for column in free_columns(name, frame):
        cells = zip(frame[column], places, strict=True)
        shown[column] = pd.Series(
            [closing.cell(column, cell, place) for cell, place in cells],
            index=frame.index,
            dtype=frame[column].dtype,
        )
    return frame.assign(**shown)


def free_columns(table: str, given: Iterable[str]) -> list[str]:
    """The columns of a raw table that hold free words: no number, date, id or list of ids.

    What the schema does not describe is free as well.
    """
    described = fields(table, "raw") if table in SCHEMA["raw"] else fields("coding_differences")
    bound = {"pattern", "in", "enum"}
    return [
        name
        for name in given
        if name not in described
        or (described[name]["type"] == "string" and not bound & set(described[name]))
    ]


def _frames(case: "Case") -> dict[str, pd.DataFrame]:
    """The tables of a case, each by its field."""
    return {name: one for name, one in vars(case).items() if isinstance(one, pd.DataFrame)}


def _passages(frame: pd.DataFrame) -> Iterator[Passage]:
    """Every passage of a table, coded or proposed, once; none of a table of another kind."""
    if {*Passage._fields[1:], "article_id", "quote"} <= set(frame):
        for row in frame[["article_id", "start", "end"]].drop_duplicates().itertuples(index=False):
            yield Passage(row.article_id, int(row.start), int(row.end))
