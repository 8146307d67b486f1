"""YAML files of `name: value` lines, read strictly and with limits.

A name that stands twice is a fault, for only one of its values could count. What a file of such
lines never needs is refused before anything is built: tags (`!!python/…`), aliases of what holds
more than a word, deep nesting, very many values. So a file of a few lines cannot stand for more
than it holds.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from helpers.case.files import read_bytes
from helpers.case.problems import Problem

# Bytes of a file, values in it, lists within lists, characters of a value that is no text.
BYTES, VALUES, DEPTH, NUMBER = 1_000_000, 20_000, 12, 60
# Values that aliases stand for, all together.
REPEATED = 1_000
# The tags that may be written: of a text, which the quotation marks say as well.
TAGS = {None, "!", "tag:yaml.org,2002:str"}
TOLD = 300


class _Rules(yaml.constructor.SafeConstructor):
    """What is refused besides: a name that stands twice in a mapping, a number without end."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            try:
                twice = name in names
                names.add(name)
            except TypeError:
                raise _fault("a list or mapping as a name", key.start_mark) from None
            if twice:
                raise _fault(f"{name!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        if len(node.value) > NUMBER and node.tag != "tag:yaml.org,2002:str":
            words = f"a number, or a day, of more than {NUMBER} characters"
            raise _fault(words, node.start_mark)
        return super().construct_scalar(node)


class _Strict(_Rules, yaml.SafeLoader):
    """The safe loader with these rules."""


# The same over libyaml, which reads ten times as fast; where PyYAML was built without, the other.
_Quick = type("_Quick", (_Rules, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), {})


def _fault(words: str, mark: yaml.Mark | None) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, words, mark)


def _content(text: str) -> Any:
    """What a text says. Raises YAMLError in the words of the slow loader: both refuse the same."""
    try:
        return _loaded(text, _Quick)
    except yaml.YAMLError:
        return _loaded(text, _Strict)


def _loaded(text: str, loader: Any) -> Any:
    _refuse_tricks(text, loader)
    return yaml.load(text, Loader=loader)


def _refuse_tricks(text: str, loader: Any) -> None:
    """Raise a YAMLError for what would be more, or other, than it looks.

    The text is read as a stream of events, so that nothing is built of it yet.
    """
    depth = values = repeated = 0
    sizes = _Sizes()
    for event in yaml.parse(text, Loader=loader):
        if getattr(event, "tag", None) not in TAGS:
            raise _fault(f"the tag {event.tag}; expected a plain value", event.start_mark)
        depth += _step(event)
        values += 1
        repeated += sizes.take(event)
        if depth > DEPTH:
            raise _fault(f"lists or mappings more than {DEPTH} deep", event.start_mark)
        if values > VALUES:
            raise _fault(f"more than {VALUES} values", event.start_mark)
        if repeated > REPEATED:
            raise _fault("aliases that stand for too much", event.start_mark)


def _step(event: yaml.Event) -> int:
    """By how much an event goes deeper: 1, 0, or -1 for one that ends a list or a mapping."""
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


class _Sizes:
    """How many values each anchor stands for, the aliases within it counted as what they are."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        # Of the collections that are open: their anchor, and the values so far.
        self.open: list[tuple[str | None, int]] = []

    def take(self, event: yaml.Event) -> int:
        """Take in an event; how many values it repeats."""
        if isinstance(event, yaml.AliasEvent):
            # An alias of a collection that is still open would hold itself.
            size = self.known.get(event.anchor, REPEATED + 1)
            self._add(size)
            return size
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append((event.anchor, 1))
        elif isinstance(event, yaml.ScalarEvent):
            self._close(event.anchor, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(*self.open.pop())
        return 0

    def _close(self, anchor: str | None, size: int) -> None:
        if anchor:
            self.known[anchor] = size
        self._add(size)

    def _add(self, size: int) -> None:
        if self.open:
            anchor, before = self.open[-1]
            self.open[-1] = anchor, before + size


def read(path: Path | str) -> tuple[dict[Any, Any] | None, str]:
    """The content of a YAML file, and an empty text.

    Where the file holds no `name: value` lines: None, and what was found instead, in words.
    """
    try:
        text = read_bytes(path, BYTES).decode("utf-8")
        content = _content(text)
    except OSError as error:
        return None, error.strerror or "no file"
    except (ValueError, OverflowError, yaml.YAMLError, RecursionError) as error:
        # A ValueError: bytes that are no text, or a day that is none.
        return None, " ".join(_words(error))[:TOLD]
    if content is None:
        return None, "nothing"
    if not isinstance(content, dict):
        return None, "no mapping"
    return content, ""


def _words(error: Exception) -> Iterator[str]:
    """What an error says: the fault and its line, without the lines of the file around it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        yield from str(error).split()
        return
    yield from filter(None, [error.context, error.problem])
    if error.problem_mark:
        yield f"in line {error.problem_mark.line + 1}, column {error.problem_mark.column + 1}"


def read_mapping(path: Path, shown_as: str) -> tuple[dict[Any, Any], list[Problem]]:
    """The content of a YAML file, or an empty mapping and the problem that it could not be read.

    `shown_as` is the file's name in the problem.
    """
    content, found = read(path)
    if content is None:
        return {}, [Problem(shown_as, 0, "", found, "a YAML file of `name: value` lines")]
    return content, []
