"""Proposals by a language model at an endpoint: asked, held to the text, and put together."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from dispute.proposing.answers import read_answer
from dispute.proposing.asking import Ask, Asker, Result
from dispute.proposing.calls import Asked, questions
from dispute.proposing.checks import Codebook, Reading
from dispute.proposing.client import Client
from dispute.proposing.files import Proposals, numbered
from dispute.proposing.forms import LISTS
from dispute.proposing.parts import Part
from dispute.proposing.rows import Made, rows_of


@dataclass
class Outcome:
    """What came of a call: proposals, why articles were not answered (`failed`), and numbers."""

    proposals: Proposals
    failed: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    kept: int = 0
    ambiguous: int = 0
    repeated: int = 0

    @property
    def told(self) -> str:
        """What a person should know of the answers, in numbers."""
        told = [f"{len(self.proposals.tables['refused'])} refused (refused.csv says why)"]
        if self.ambiguous:
            told.append(f"{self.ambiguous} with words that stand several times")
        if self.repeated:
            told.append(f"{self.repeated} said twice")
        return ", ".join(told)


def propose_by_endpoint(
    asked: Asked, tell: Callable[[Result], None], ask: Ask | None = None
) -> Outcome:
    """What a model proposes; articles of which a part was not answered are left out.

    `tell` is called for each answer that comes; `ask` asks instead of the endpoint. Raises
    ValueError where the package is missing that asks, or what should be the key is none.
    """
    asked.kept.clear_halves()
    with ExitStack() as ends:
        if ask is None:
            client = ends.enter_context(closing(Client(asked.endpoint, asked.place)))
            ask = client.ask
        asker = Asker(ask, asked.endpoint, asked.kept, asked.budget(), asked.prompts.form)
        gathering = _Gathering(asked)
        for result in asker.results(questions(asked, asked.articles)):
            tell(result)
            gathering.take(result)
        return gathering.outcome


class _Gathering:
    """Answers as they come, each article put together as soon as all of it is there."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.outcome = Outcome(Proposals(asked.about))
        self._known = Codebook.of(asked.case)
        self._there: defaultdict[str, list[Result]] = defaultdict(list)

    def take(self, result: Result) -> None:
        """Take in what came of one question."""
        article, outcome = result.article_id, self.outcome
        outcome.asked += result.answer is not None and not result.was_kept
        outcome.kept += result.was_kept
        if result.answer is None:
            outcome.failed.setdefault(article, result.failure)
        self._there[article].append(result)
        if len(self._there[article]) == result.part.of:
            results = sorted(self._there.pop(article), key=lambda one: one.part)
            if article not in outcome.failed:
                self._put(article, self._made(article, results))
                self._count(article, results)

    def _made(self, article: str, results: Iterable[Result]) -> Made:
        case = self.asked.case
        furniture = tuple(case.furniture[article])
        languages = tuple(self.asked.prompts.said[article].languages.split(";"))

        def read(part: Part) -> Reading:
            return Reading(case.texts[article], furniture, languages, part)

        answers = [(read(one.part), read_answer(one.answer)) for one in results if one.answer]
        return rows_of(answers, self._known)

    def _put(self, article: str, made: Made) -> None:
        """Put what was made of an article to the proposals."""
        said = self.outcome.proposals
        self.outcome.ambiguous += made.ambiguous
        self.outcome.repeated += made.repeated
        said.articles[article] = self.asked.digests[article]
        for table in LISTS:
            said.tables[table] += numbered(table, article, made.tables[table])
        said.tables["refused"] += [
            {"article_id": article, "kind": one.kind, "found": one.found, "why": one.why}
            for one in made.refused
        ]

    def _count(self, article: str, results: Iterable[Result]) -> None:
        """Count what was asked for an article, but for what earlier proposals have counted."""
        said, before = self.outcome.proposals, self.asked.before
        counted = (
            before is not None
            and before.about.maker == said.about.maker
            and before.articles.get(article) == said.articles[article]
        )
        for result in results:
            if result.answer and not (counted and result.was_kept):
                said.about = said.about.with_answers(1, result.answer.tokens)
