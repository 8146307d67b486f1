"""The endpoints that a project knows: `proposers` in `config.yaml`, read strictly.

    proposers:
      mine:
        base_url: http://localhost:11434/v1
        model: llama3.1:8b
        temperature: 0

A key stands in an environment variable and in no file: `MINE_API_KEY`, or what `key_env` names.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dispute.run.draft import PROPOSERS
from helpers.case.cells import PATTERNS
from helpers.case.problems import CaseError, Problem, nearest, shown
from helpers.case.yaml_strict import read_mapping
from helpers.words import is_visible

RULES = "rules"
BUDGET = ("requests", "tokens")
SECTION = PROPOSERS
# What endpoints call the most tokens of an answer; the second is newer.
LIMIT_NAMES = ("max_tokens", "max_completion_tokens")
# Characters of a model's name and of an address.
LONGEST_MODEL, LONGEST_ADDRESS = 300, 500


@dataclass(frozen=True)
class Endpoint:
    """An endpoint that speaks the OpenAI chat API.

    `max_tokens` is the most of one answer, `max_tokens_as` what the endpoint calls it; `parallel`
    how many requests run at once, `seconds` how long one may take. `requests` and `tokens` are the
    budget of one call; None: without end. `key_env` names the variable that holds the key.
    """

    name: str
    base_url: str
    model: str
    temperature: float
    key_env: str
    max_tokens: int = 4096
    max_tokens_as: str = "max_tokens"
    parallel: int = 2
    seconds: float = 300
    requests: int | None = None
    tokens: int | None = None

    @property
    def port(self) -> int:
        """The port that its address names, or that its scheme has."""
        parts = urlsplit(self.base_url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def host(self) -> str:
        """The name or number of the machine in its address."""
        return urlsplit(self.base_url).hostname or ""

    def key(self) -> str:
        """The key; empty where its variable is not set. Raises ValueError for what is no key."""
        key = os.environ.get(self.key_env, "").strip()
        if not re.fullmatch("[!-~]*", key):
            raise ValueError(f"{self.key_env}: found letters that no key has; expected the key")
        return key


class Setting(NamedTuple):
    """What a name of `proposers` may hold: a test, and what was expected, in words."""

    fits: Callable[[Any], bool]
    expected: str
    must: bool = False


def _whole(least: int, most: int) -> Setting:
    def fits(value: Any) -> bool:
        return type(value) is int and least <= value <= most

    return Setting(fits, f"a whole number from {least} to {most}")


def _number(least: float, most: float, must: bool = False) -> Setting:
    def fits(value: Any) -> bool:
        return type(value) in (int, float) and least <= value <= most

    return Setting(fits, f"a number from {least:g} to {most:g}", must)


def _is_address(value: Any) -> bool:
    """Whether a value is an address of an endpoint: no name, password or question in it."""
    if not isinstance(value, str) or not re.fullmatch("[!-~]+", value):
        return False
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = parts.username is None and not parts.query and not parts.fragment and "?" not in value
    known = parts.scheme in ("http", "https") and re.fullmatch(r"[0-9A-Za-z._:-]+", host)
    return bool(plain and known and len(value) <= LONGEST_ADDRESS)


def _is_model(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST_MODEL:
        return False
    return value.isprintable() and is_visible(value)


def _is_variable(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("[A-Z_][A-Z0-9_]{0,99}", value))


SETTINGS = {
    "base_url": Setting(
        _is_address, "an address such as http://localhost:11434/v1, no name or key in it", True
    ),
    "model": Setting(_is_model, "the name of a model, as the endpoint calls it", True),
    "temperature": _number(0, 2, must=True),
    "max_tokens": _whole(16, 1_000_000),
    "parallel": _whole(1, 64),
    "max_tokens_as": Setting(
        lambda value: value in LIMIT_NAMES, f"one of {', '.join(LIMIT_NAMES)}"
    ),
    "seconds": _number(0.1, 3600),
    "requests": _whole(1, 1_000_000_000),
    "tokens": _whole(1, 1_000_000_000_000),
    "key_env": Setting(_is_variable, "the name of an environment variable, such as MINE_API_KEY"),
}
SECRET = re.compile("key|token$|secret|password", re.IGNORECASE)


def read_endpoint(config: Path | str, name: str, budget: Iterable[str] = ()) -> Endpoint:
    """The endpoint of a name. Raises CaseError with every fault of `proposers` in a file.

    `budget`: words such as `requests=20`, which hold instead of the settings.
    """
    content, problems = read_mapping(Path(config), str(config))
    section = content.get(SECTION) or {}
    if not isinstance(section, dict):
        expected = "a name of a proposer, and its settings, on each line"
        problems.append(Problem(str(config), 0, SECTION, shown(section), expected))
        section = {}
    for called, given in section.items():
        problems += _faults(str(config), called, given)
    if name not in section and not problems:
        names = [str(called) for called in section]
        told = f"rules, or a name of {SECTION} in {config}{nearest(name, names)}"
        if names:
            told += f": {', '.join(names)}"
        problems.append(Problem("--by", 0, "", shown(name), told))
    limits, faults = _limits(budget)
    problems += faults
    if problems:
        raise CaseError(problems)
    own = {"key_env": variable(name), **section[name], **limits}
    return Endpoint(name=name, **own)


def _limits(budget: Iterable[str]) -> tuple[dict[str, int], list[Problem]]:
    """The budget that the words of a call set, and what is wrong with them."""
    limits, faults = {}, []
    for word in budget:
        what, _, number = word.partition("=")
        value = int(number) if re.fullmatch("[0-9]{1,15}", number) else -1
        if what in BUDGET and SETTINGS[what].fits(value):
            limits[what] = value
        else:
            faults.append(Problem("--budget", 0, "", shown(word), "requests=20, or tokens=100000"))
    return limits, faults


def variable(name: str) -> str:
    """The environment variable that holds the key of a proposer, where no other is named."""
    return re.sub("[^A-Z0-9]", "_", name.upper()) + "_API_KEY"


def _faults(file: str, name: Any, given: Any) -> Iterator[Problem]:
    """What is wrong with the settings of one proposer. No value that may be a key is shown."""
    column = f"{SECTION}.{name}"
    fits = isinstance(name, str) and re.fullmatch(PATTERNS["id"].regex, name)
    if not fits or name == RULES:
        expected = f"{PATTERNS['id'].words}; `{RULES}` are those of this program"
        yield Problem(file, 0, SECTION, shown(name), expected)
    if not isinstance(given, Mapping):
        yield Problem(file, 0, column, "no settings", "`name: value` lines")
        return
    for setting in given:
        if setting not in SETTINGS:
            yield Problem(file, 0, f"{column}.{setting}", "an unknown name", _known(setting, name))
    for setting, described in SETTINGS.items():
        value = given.get(setting)
        if setting in given and not described.fits(value):
            found = "another value" if setting in ("base_url", "key_env") else shown(value)
            yield Problem(file, 0, f"{column}.{setting}", found, described.expected)
        elif described.must and setting not in given:
            yield Problem(file, 0, f"{column}.{setting}", "nothing", described.expected)


def _known(setting: object, name: object) -> str:
    if SECRET.search(str(setting)):
        return f"the key in the environment ({variable(str(name))}), and in no file"
    return f"one of {', '.join(SETTINGS)}{nearest(setting, SETTINGS)}"
