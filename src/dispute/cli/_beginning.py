"""How the program begins: with names of files in UTF-8, whatever the locale."""

import os
import sys


def begin_in_utf8() -> None:
    """Begin this process anew where Python reads names of files in another encoding than UTF-8.

    So it is with `PYTHONUTF8=0` in the locale C, and in locales of the last century. A name beyond
    ASCII would be another one there, in tables and records, and could not be written in UTF-8. The
    processes that this one starts begin alike.
    """
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])
