"""Asking an endpoint: its settings, whose machine it is, patience, the budget, what is kept."""

import json
import socket
import threading

import pytest

from dispute.proposing import addresses, asking
from dispute.proposing.addresses import resolve
from dispute.proposing.asking import Asker, Question, Result
from dispute.proposing.budget import Budget, SpentError, reckoned
from dispute.proposing.client import FailedError
from dispute.proposing.endpoints import Endpoint, read_endpoint
from dispute.proposing.kept import Answer, Kept, key_of
from dispute.proposing.parts import Part
from dispute.proposing.progress import Progress
from helpers.case.problems import CaseError

SECRET = "sk-very-secret-1234"


def endpoint(**more):
    given = {"name": "mine", "base_url": "http://x/v1", "model": "m", "temperature": 0}
    return Endpoint(**{**given, "key_env": "MINE_API_KEY", "max_tokens": 50, **more})


# Settings.


def test_every_fault_of_the_settings_is_told_at_once_and_no_key_is_shown(tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(
        f"""
proposers:
  one: {{base_url: "http://me:{SECRET}@x/v1", model: m, temperature: 3, api_key: {SECRET}}}
  two: {{base_url: "https://x/v1?key={SECRET}", model: "", temperature: 0, max_tokens: 1.5}}
  rules: {{base_url: "ftp://x", model: m, temperature: 0, modle: x, parallel: 0}}
  ../x: 3
"""
    )
    with pytest.raises(CaseError) as told:
        read_endpoint(file, "one", ["requests=0"])
    words = str(told.value)
    for place in (
        "proposers.one.base_url",
        "proposers.one.temperature: found '3'; expected a number from 0 to 2",
        "proposers.one.api_key: found an unknown name; expected the key in the environment "
        "(ONE_API_KEY), and in no file",
        "proposers.two.base_url",
        "proposers.two.model",
        "proposers.two.max_tokens",
        "proposers.rules.base_url",
        "proposers.rules.modle",
        "did you mean model?",
        "proposers.rules.parallel",
        "found 'rules'",
        "found '../x'",
        "--budget: found 'requests=0'",
    ):
        assert place in words, words
    assert SECRET not in words


def test_a_key_comes_from_the_environment_alone(tmp_path, monkeypatch):
    file = tmp_path / "config.yaml"
    line = "  my-own.model: {base_url: 'http://[::1]:8080/v1', model: m, temperature: 0.5}\n"
    file.write_text("proposers:\n" + line)
    mine = read_endpoint(file, "my-own.model", ["tokens=7"])
    assert (mine.key_env, mine.host, mine.port, mine.tokens) == (
        "MY_OWN_MODEL_API_KEY",
        "::1",
        8080,
        7,
    )
    assert mine.key() == ""
    monkeypatch.setenv("MY_OWN_MODEL_API_KEY", SECRET)
    assert mine.key() == SECRET and SECRET not in repr(mine)
    monkeypatch.setenv("MY_OWN_MODEL_API_KEY", f"{SECRET}\r\nX-Other: 1")
    with pytest.raises(ValueError, match="MY_OWN_MODEL_API_KEY: found letters") as told:
        mine.key()
    assert SECRET not in str(told.value)


# Whose machine it is.


@pytest.mark.parametrize(
    "numbers, is_here",
    [
        (["127.0.0.1"], True),
        (["::1", "127.0.0.1"], True),
        (["::ffff:127.0.0.1"], True),
        (["127.0.0.1", "203.0.113.9"], False),
        (["192.168.1.4"], False),
        (["0.0.0.0"], False),
        (["::ffff:203.0.113.9"], False),
        (["fe80::1%eth0"], False),
    ],
)
def test_a_name_is_of_this_machine_where_all_its_numbers_are(monkeypatch, numbers, is_here):
    found = [(0, 0, 0, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)
    assert resolve("localhost", 80) == (addresses.Place(tuple(numbers), is_here))


def test_a_name_that_nobody_has_is_told(monkeypatch):
    def nobody(*_, **__):
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", nobody)
    with pytest.raises(ValueError, match="no host is called nowhere"):
        resolve("nowhere.example", 80)


# Patience.


def asker(tmp_path, answer, budget=None, **more):
    """An asker of a function; `waited` are the seconds that it slept."""
    waited = []
    made = Asker(
        answer, endpoint(**more), Kept(tmp_path / "kept"), budget or Budget(), {}, waited.append
    )
    return made, waited


def questions(number):
    for one in range(number):
        yield Question(f"a{one:02}", Part(1, 1, 0, 9), [{"role": "user", "content": f"q{one}"}])


def failing(*failures):
    """Failures one after the other, then an answer."""
    left = list(failures)

    def answer(messages, form):
        if left:
            raise left.pop(0)
        return Answer("{}", "stop", 10)

    return answer


def test_what_may_be_better_later_is_asked_again_and_waits_longer_each_time(tmp_path):
    busy = [FailedError("busy (500)", again=True) for _ in range(3)]
    mine, waited = asker(tmp_path, failing(*busy))
    (result,) = mine.results(questions(1))
    assert result.answer.words == "{}" and [round(wait) for wait in waited] == [1, 2, 4]
    assert mine.budget.requests == 4 and mine.budget.tokens == 10


def test_as_long_as_the_endpoint_asks_to_wait_one_waits_but_not_without_end(tmp_path):
    mine, waited = asker(tmp_path, failing(FailedError("many (429)", again=True, wait=7.0)))
    (result,) = mine.results(questions(1))
    assert result.answer and [round(wait) for wait in waited] == [7]
    mine, waited = asker(tmp_path / "b", failing(FailedError("many (429)", again=True, wait=9e5)))
    results = list(mine.results(questions(5)))
    assert not any(result.answer for result in results) and waited == []
    assert mine.budget.requests == 1 and "asks to wait 900000 seconds" in mine.stopped


def test_one_that_fails_each_time_is_given_up_and_the_others_are_answered(tmp_path):
    def answer(messages, form):
        if messages[0]["content"] == "q1":
            raise FailedError("no answer", again=True, unknown=True)
        return Answer("{}", "stop", 10)

    mine, _ = asker(tmp_path, answer)
    results = {result.article_id: result for result in mine.results(questions(3))}
    assert [bool(results[name].answer) for name in ("a00", "a01", "a02")] == [True, False, True]
    assert results["a01"].failure == "no answer" and mine.budget.requests == 2 + asking.TRIES


def test_where_nothing_helps_nothing_more_is_asked(tmp_path):
    mine, _ = asker(tmp_path, failing(*[FailedError("no key (401)", hopeless=True)] * 9))
    results = list(mine.results(questions(9)))
    assert {result.failure for result in results} == {"no key (401)"}
    assert mine.budget.requests <= mine.endpoint.parallel


def test_an_endpoint_that_takes_no_schema_is_asked_in_words_from_then_on(tmp_path):
    forms = []

    def answer(messages, form):
        forms.append(form)
        if form is not None:
            raise FailedError("not taken (400)", form=True)
        return Answer("{}", "stop", 10)

    mine, _ = asker(tmp_path, answer, parallel=1)
    assert all(result.answer for result in mine.results(questions(3)))
    assert forms == [{}, None, None, None]


# The budget.


def test_the_next_request_is_reckoned_with_the_longest_answer_before_it_is_sent():
    messages = [{"role": "user", "content": "ab" * 30}]
    assert reckoned(messages) == 20 + 16
    budget = Budget(tokens=100)
    budget.take(60)
    with pytest.raises(SpentError):
        budget.take(41)
    budget.settle(60, 20)
    budget.take(80)
    assert budget.words() == "20 of 100 tokens" and budget.requests == 2


@pytest.mark.parametrize("limits", [{"requests": 4}, {"tokens": 250}])
def test_a_budget_stops_before_it_is_passed_whatever_runs_at_once(tmp_path, limits):
    asked, lock = [], threading.Lock()

    def answer(messages, form):
        with lock:
            asked.append(messages)
        return Answer("{}", "stop", 50)

    mine, _ = asker(tmp_path, answer, Budget(**limits), parallel=8, max_tokens=30)
    results = list(mine.results(questions(40)))
    assert 0 < len(asked) <= 5 and len(results) == 40
    assert mine.budget.tokens == 50 * len(asked) <= 250
    assert {result.failure for result in results if not result.answer} == {"the budget is used up"}
    again, _ = asker(tmp_path, answer, Budget(requests=1), parallel=8)
    n_before = len(asked)
    known = [result for result in again.results(questions(40)) if result.was_kept]
    assert len(known) == 0 and len(asked) == n_before + 1, "another max_tokens is another question"


def test_a_disk_that_is_full_ends_the_asking(tmp_path):
    asked = []

    def answer(messages, form):
        asked.append(messages)
        return Answer("{}", "stop", 10)

    def full(key, answer):
        raise OSError(28, "No space left on device")

    mine, _ = asker(tmp_path, answer, parallel=2)
    mine.kept.put = full
    with pytest.raises(OSError, match="No space left"):
        list(mine.results(questions(50)))
    assert len(asked) <= 2, "what cannot be kept is not asked for"


# What is kept.


def test_an_answer_is_kept_whole_or_not_there_by_all_that_was_asked(tmp_path):
    kept = Kept(tmp_path)
    key = key_of({"model": "m", "messages": []})
    assert kept.get(key) is None and key != key_of({"model": "n", "messages": []})
    kept.put(key, Answer("a \ud800 ü", "stop", 3))
    (path,) = tmp_path.rglob("*.json")
    assert Kept(tmp_path).get(key) == ("a \ud800 ü", "stop", 3)
    for broken in ("", "{", "[]", '{"words": 1, "ended": "", "tokens": 1}'):
        path.write_text(broken)
        assert kept.get(key) is None
    half = path.with_name(f".{path.name}.77")
    half.write_text(json.dumps({"words"[:3]: 1}))
    Kept(tmp_path).clear_halves()
    assert not half.exists()


def test_progress_is_told_in_numbers_now_and_then():
    lines = []
    part = Part(1, 1, 0, 9)
    often, seldom = Progress(lines.append, every=0), Progress(lines.append, every=99)
    for result in (
        Result("secret-name", part, Answer("words", "stop", 1)),
        Result("secret-name", part, Answer("words", "stop", 1), was_kept=True),
        Result("secret-name", part, None, "it failed"),
    ):
        often.take(result)
        seldom.take(result)
    assert lines == [
        "1 answer, 0 kept from before …",
        "1 answer, 1 kept from before …",
        "1 answer, 1 kept from before, 1 not answered …",
    ]
