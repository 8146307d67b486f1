"""Files that are put in their place whole."""

import os


def write_file(path, content):
    """Put bytes at a path: written beside it, then moved, so that a reader meets the old or the new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    os.replace(beside, path)
