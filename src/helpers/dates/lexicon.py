"""The lexicon: time words of English news (with Swahili day words) and the shapes they stand in.

Words and shapes are data, in `lexicon.yaml`; here they become tables and regular expressions, each
compiled when it is first tried: a text that names no month asks for no rule of months. A rule is a
shape with a name; `anchoring` reads its named groups.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

# What a match of a rule names, by the rule's named groups; None where a group took no part.
Groups = Mapping[str, str | Any]


class Rule(NamedTuple):
    """The shape of a time expression, by its name in `lexicon.yaml`."""

    name: str
    shape: str

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The expression that begins at a place of a text; None where none does."""
        return _compiled(self.shape).match(text, start)


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.I)


def _lowered(words: dict[str, Any]) -> dict[str, Any]:
    return {word.lower(): meaning for word, meaning in words.items()}


def _both_cases(words: Iterable[str]) -> set[str]:
    """Words as they are listed, and with a capital."""
    listed = set(words)
    return listed | {word.capitalize() for word in listed}


# libyaml reads ten times as fast; PyYAML may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LEXICON: dict[str, Any] = yaml.load(
    files("helpers.dates").joinpath("lexicon.yaml").read_bytes(), Loader=_LOADER
)
CLASSES: dict[str, dict[str, Any]] = {**LEXICON["proper"], **LEXICON["words"]}
# What the words of a class stand for; the words in small letters.
WORDS = {name: _lowered(words) for name, words in CLASSES.items()}
# Words beside an expression, by what they tell of it.
BESIDE = {name: frozenset(words) for name, words in LEXICON["beside"].items()}
# Words that may stand in an expression before its head word.
LEADS = _both_cases(
    [
        *LEXICON["leads"],
        *WORDS["ones"],
        *WORDS["tens"],
        *WORDS["ordinal"],
        *WORDS["moja"],
        *re.findall("[A-Za-z]+", " ".join(CLASSES["holiday"])),
    ]
)
# Heads whose plural gives an expression away too.
WITH_PLURAL = ("unit", "weekday")


@cache
def rules_by_head(swahili: bool) -> dict[str, list[Rule]]:
    """The rules to try around a head word, by the word; and by `<name>` for each kind of head.

    Leading words are there too, those that are no head with no rule.
    """
    heads = LEXICON["heads"] | (LEXICON["sw_heads"] if swahili else {})
    rules = _rules()
    by_head: dict[str, list[Rule]] = {}
    for head, names in heads.items():
        rules_of_head = [rules[name] for name in names]
        for form in (*_forms(head), f"<{head}>"):
            by_head.setdefault(form, rules_of_head)
    no_rules: dict[str, list[Rule]] = {word: [] for word in LEADS}
    return no_rules | by_head


@cache
def _rules() -> dict[str, Rule]:
    classes = _expressions() | {"counted": "|".join(sorted(BESIDE["counted"]))}
    rules = {}
    for name, shape in LEXICON["rules"].items():
        rules[name] = Rule(name, r"(?<![\w$£€#@])" + _filled(shape, classes) + r"(?!\w)")
    return rules


def _expressions() -> dict[str, str]:
    """For each class of words, and each part that rules share, the expression it stands for."""
    expressions = {name: _any_of(words) for name, words in CLASSES.items()}
    for name, part in LEXICON["parts"].items():
        expressions[name] = _filled(part, expressions)
    return expressions


def _any_of(words: Iterable[object]) -> str:
    """An expression for any of these words, the longest tried first."""
    by_length = sorted(map(str, words), key=lambda word: (-len(word), word))
    return "|".join(_literally(word) for word in by_length)


def _literally(word: str) -> str:
    return re.escape(word).replace(r"\ ", " ").replace("'", "['’]")


def _filled(shape: str, expressions: dict[str, str]) -> str:
    """A shape with the expression of each `@class` in its place."""
    return re.sub(r"@([a-z]+\d?)", lambda match: f"(?:{expressions[match[1]]})", shape)


def _forms(head: str) -> set[str]:
    """The head words of one kind, with and without a capital, some in the plural too."""
    words = _both_cases(LEXICON["head_words"].get(head) or CLASSES.get(head, {}))
    return words | {word + "s" for word in words} if head in WITH_PLURAL else words
