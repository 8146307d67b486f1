"""YAML files of `name: value` lines, read strictly: a name that stands twice is a fault, for only one of its values could count."""

from pathlib import Path

import yaml


class _Strict(yaml.SafeLoader):
    pass


def _once(loader, node, deep=False):
    names = [loader.construct_object(key, deep=True) for key, _ in node.value]
    if twice := [name for number, name in enumerate(names) if name in names[:number]]:
        raise yaml.constructor.ConstructorError(
            None, None, f"{twice[0]!r} stands twice", node.start_mark
        )
    return yaml.SafeLoader.construct_mapping(loader, node, deep)


_Strict.construct_mapping = _once


def read(path):
    """The content of a YAML file and an empty text; or None and what was found instead of `name: value` lines, in words."""
    try:
        content = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_Strict)
        if isinstance(content, dict):
            return content, ""
        return None, "nothing" if content is None else "no mapping"
    except OSError as error:
        return None, error.strerror or "no file"
    except (
        ValueError,
        yaml.YAMLError,
        RecursionError,
    ) as error:  # bytes that are no text, a day that is none
        return None, " ".join(str(error).split())[:300]
