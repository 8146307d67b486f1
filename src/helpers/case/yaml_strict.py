"""YAML files of `name: value` lines, read strictly.

A name that stands twice is a fault, for only one of its values could count.
"""

from pathlib import Path
from typing import Any

import yaml

from helpers.case.problems import Problem


class _Strict(yaml.SafeLoader):
    """The safe loader, which also refuses a name that stands twice in a mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{name!r} stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


def read(path: Path | str) -> tuple[dict[Any, Any] | None, str]:
    """The content of a YAML file, and an empty text.

    Where the file holds no `name: value` lines: None, and what was found instead, in words.
    """
    try:
        content = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_Strict)
    except OSError as error:
        return None, error.strerror or "no file"
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        # A ValueError: bytes that are no text, or a day that is none.
        return None, " ".join(str(error).split())[:300]
    if content is None:
        return None, "nothing"
    if not isinstance(content, dict):
        return None, "no mapping"
    return content, ""


def read_mapping(path: Path, shown_as: str) -> tuple[dict[Any, Any], list[Problem]]:
    """The content of a YAML file, or an empty mapping and the problem that it could not be read.

    `shown_as` is the file's name in the problem.
    """
    content, found = read(path)
    if content is None:
        return {}, [Problem(shown_as, 0, "", found, "a YAML file of `name: value` lines")]
    return content, []
