"""What a wheel holds beside the packages: notebooks and lock, for `dispute new`.

They live at the top of the project and nowhere else. They are copied while a wheel is built.
"""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PROJECT = Path(__file__).resolve().parent
sys.path.insert(0, str(PROJECT / "src"))

from dispute.compendium.shared import PACKED, read_shared  # noqa: E402


class WithShared(build_py):
    """The packages, and what every compendium has alike."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name, content in read_shared(PROJECT).items():
            path = Path(self.build_lib, "dispute/compendium", PACKED, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


setup(cmdclass={"build_py": WithShared})
