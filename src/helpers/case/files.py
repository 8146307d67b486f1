"""Files that are put in their place whole."""

import os
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Put bytes at a path, and make its folder where there is none.

    They are written beside it, then moved, so that a reader meets the old or the new file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    os.replace(beside, path)
