"""One call to an endpoint before anything is sent: what it asks, may send, and costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from dispute.proposing.addresses import Place, resolve
from dispute.proposing.asking import Question, asked_of
from dispute.proposing.budget import Budget, reckoned
from dispute.proposing.endpoints import Endpoint
from dispute.proposing.files import About, Proposals, expect_mergeable, read_proposals
from dispute.proposing.kept import Kept, key_of
from dispute.proposing.parts import parts
from dispute.proposing.prompts import Prompts
from dispute.run.draft import ANSWERS
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem

# Where a project keeps the answers, a folder for each proposer; git knows nothing of it.
HOME = Path(".cache") / ANSWERS


@dataclass(frozen=True)
class Asked:
    """What one call asks of an endpoint.

    `articles`: what is sent; `left_out`: the articles that may not be sent to where it is.
    `before`: what the same proposer proposed earlier.
    """

    folder: Path
    case: Case
    articles: list[str]
    left_out: list[str]
    endpoint: Endpoint
    place: Place
    prompts: Prompts
    kept: Kept
    before: Proposals | None

    @cached_property
    def digests(self) -> dict[str, str]:
        """article_id to the SHA-256 of its text."""
        articles = self.case.articles
        return dict(zip(articles.article_id, articles.sha256, strict=True))

    @property
    def about(self) -> About:
        """Who proposes; nothing is counted yet."""
        return About("model", model=self.endpoint.model, prompt=self.prompts.digest)

    def budget(self) -> Budget:
        """The budget of the call; nothing is spent yet."""
        return Budget(self.endpoint.requests, self.endpoint.tokens)


class Planned(NamedTuple):
    """What would be sent of an article: characters, parts, tokens at most, answers that are kept.

    `may`: it may be sent to where the endpoint is.
    """

    article_id: str
    may: bool
    characters: int
    parts: int
    tokens: int
    kept: int


def prepare(folder: Path, case: Case, articles: list[str], endpoint: Endpoint) -> Asked:
    """All that a call needs; nothing is sent yet.

    Raises CaseError for templates that cannot be used, and for earlier proposals that would stand
    beside others; ValueError where the endpoint has no address.
    """
    place = resolve(endpoint.host, endpoint.port)
    leave = set(case.articles.article_id[case.articles.send == "yes"])
    left_out = [] if place.is_here else [one for one in articles if one not in leave]
    asked = Asked(
        folder,
        case,
        [one for one in articles if one not in left_out],
        left_out,
        endpoint,
        place,
        Prompts(case, folder),
        Kept(HOME / endpoint.name),
        read_proposals(folder, endpoint.name),
    )
    expect_mergeable(asked.before, asked.about, asked.articles, case.texts)
    return asked


def expect_leave(asked: Asked, named: bool) -> None:
    """Raise CaseError for articles without leave, where they are `named`, or none has it."""
    if asked.left_out and (named or not asked.articles):
        expected = f"`send: yes`, for {asked.endpoint.host} is not this machine"
        raise CaseError(
            [
                Problem(f"articles/{article}.yaml", 0, "send", "no leave", expected)
                for article in asked.left_out
            ]
        )


def questions(asked: Asked, articles: Iterable[str]) -> Iterator[Question]:
    """What is asked for some articles: a question for each part."""
    for article in articles:
        for part in parts(asked.case.texts[article]):
            yield Question(article, part, asked.prompts.messages(article, part))


def plan(asked: Asked) -> Iterator[Planned]:
    """What would be sent of each article. Nothing is sent."""
    endpoint = asked.endpoint
    for article in sorted([*asked.articles, *asked.left_out]):
        each = list(questions(asked, [article]))
        keys = [key_of(asked_of(endpoint, question.messages)) for question in each]
        known = [asked.kept.get(key) is not None for key in keys]
        tokens = [reckoned(question.messages) + endpoint.max_tokens for question in each]
        yield Planned(
            article,
            article not in asked.left_out,
            len(asked.case.texts[article]),
            len(each),
            sum(number for number, is_kept in zip(tokens, known, strict=True) if not is_kept),
            sum(known),
        )
