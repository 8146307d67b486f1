"""Stop at once when a person or the system says so, with all processes that were started."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from dispute.run.sockets import clear_own
from helpers.words import printable


def stoppable(words: Callable[[], str], place: Path | None = None) -> None:
    """On Ctrl-C or SIGTERM stop, remove the folder `place`, and say `words()`.

    What is unfinished stands apart, and the next run clears it away.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        import psutil  # comes with ipykernel

        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
        clear_own()
        if place:
            shutil.rmtree(place, ignore_errors=True)
        print(printable(f"stopped: {words()}"), file=sys.stderr, flush=True)
        os._exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
