"""Asking many questions at once: with patience, within a budget, and none of them twice.

An answer is kept as soon as it is there. So a kill loses only what was under way, and the same
call goes on from there.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, NamedTuple

from dispute.proposing.budget import Budget, SpentError, reckoned
from dispute.proposing.client import FailedError
from dispute.proposing.endpoints import Endpoint
from dispute.proposing.kept import Answer, Kept, key_of
from dispute.proposing.parts import Part

Messages = Sequence[Mapping[str, str]]
Ask = Callable[[Messages, Mapping[str, Any] | None], Answer]

# How often one question is asked; seconds before the second time, doubled before each other one;
# the longest that an endpoint may ask to wait.
TRIES, FIRST_WAIT, LONGEST_WAIT = 5, 1.0, 120.0

ENDED = "the call has ended"


class Question(NamedTuple):
    """What is asked: of which part of which article, in which words."""

    article_id: str
    part: Part
    messages: Messages


class Result(NamedTuple):
    """What came of a question: an answer, or (None) why there is none; whether it was kept."""

    article_id: str
    part: Part
    answer: Answer | None
    failure: str = ""
    was_kept: bool = False


def asked_of(endpoint: Endpoint, messages: Messages) -> dict[str, Any]:
    """All that an answer depends on."""
    return {
        "address": endpoint.base_url,
        "model": endpoint.model,
        "temperature": float(endpoint.temperature),
        "max_tokens": endpoint.max_tokens,
        "messages": list(messages),
    }


@dataclass
class Asker:
    """Asks an endpoint by `ask`, keeps each answer, and stops where the budget would be passed.

    `form` is the schema that answers are held to. `wait` sleeps so many seconds.
    """

    ask: Ask
    endpoint: Endpoint
    kept: Kept
    budget: Budget
    form: Mapping[str, Any]
    wait: Callable[[float], object] = time.sleep

    def __post_init__(self) -> None:
        self.stopped = ""
        self._takes_form = True
        self._not_before = 0.0

    def results(self, questions: Iterable[Question]) -> Iterator[Result]:
        """What comes of some questions, as it comes; several are under way at once."""
        waiting, lock = iter(questions), threading.Lock()
        results: SimpleQueue[Result | None] = SimpleQueue()

        def work() -> None:
            try:
                while True:
                    with lock:
                        question = next(waiting, None)
                    if question is None:
                        return
                    results.put(self.result(question))
            except BaseException:
                self.stopped = self.stopped or ENDED
                raise
            finally:
                results.put(None)

        with ThreadPoolExecutor(self.endpoint.parallel) as pool:
            futures = [pool.submit(work) for _ in range(self.endpoint.parallel)]
            try:
                for _ in futures:
                    yield from iter(results.get, None)
                for future in futures:
                    future.result()  # raises what went wrong in it
            except BaseException:
                self.stopped = self.stopped or ENDED
                raise

    def result(self, question: Question) -> Result:
        """What comes of one question."""
        article_id, part, messages = question
        key = key_of(asked_of(self.endpoint, messages))
        if answer := self.kept.get(key):
            return Result(article_id, part, answer, was_kept=True)
        if self.stopped:
            return Result(article_id, part, None, self.stopped)
        try:
            answer = self._patiently(messages)
        except SpentError:
            self.stopped = "the budget is used up"
            return Result(article_id, part, None, self.stopped)
        except FailedError as error:
            if error.hopeless:
                self.stopped = str(error)
            return Result(article_id, part, None, str(error))
        self.kept.put(key, answer)
        return Result(article_id, part, answer)

    def _patiently(self, messages: Messages) -> Answer:
        """An answer, asked for again after a while where that may help."""
        pause = FIRST_WAIT
        for number in range(1, TRIES + 1):
            self._wait_for_the_others()
            try:
                return self._in_either_form(messages)
            except FailedError as error:
                wait = pause if error.wait is None else error.wait
                if wait > LONGEST_WAIT:
                    told = f"{error}; it asks to wait {wait:.0f} seconds"
                    raise FailedError(told, hopeless=True) from None
                if not error.again or number == TRIES or self.stopped:
                    raise
                self._not_before = max(self._not_before, time.monotonic() + wait)
                pause *= 2
        raise AssertionError("a question is asked at least once")

    def _wait_for_the_others(self) -> None:
        """Where an endpoint asked one of us to wait, all wait."""
        left = self._not_before - time.monotonic()
        if left > 0:
            self.wait(left)

    def _in_either_form(self, messages: Messages) -> Answer:
        """An answer held to the schema; in words alone where the endpoint takes no schema."""
        if self._takes_form:
            try:
                return self._once(messages, self.form)
            except FailedError as error:
                if not error.form:
                    raise
        answer = self._once(messages, None)
        self._takes_form = False
        return answer

    def _once(self, messages: Messages, form: Mapping[str, Any] | None) -> Answer:
        """One request, within the budget."""
        prompt = reckoned(messages)
        aside = prompt + self.endpoint.max_tokens
        self.budget.take(aside)
        took = aside
        try:
            answer = self.ask(messages, form)
            took = answer.tokens or prompt + reckoned([{"content": answer.words}])
        except FailedError as error:
            took = aside if error.unknown else 0
            raise
        finally:
            self.budget.settle(aside, took)
        return answer._replace(tokens=took)
