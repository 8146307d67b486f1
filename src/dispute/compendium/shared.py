"""What every compendium has alike: the notebooks, the lock of what they need, the program.

Notebooks and lock live at the top of the project, and nowhere else. A wheel holds a copy, which
`setup.py` makes while it is built: so this room asks for Python alone.
"""

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

HERE = Path(__file__).parent
# Where they are in a wheel.
PACKED = "packed"
LOCK = "requirements.lock"
# The name that this program is installed by, and the folder of a compendium that holds its wheel.
NAME, PROGRAM = "server-dispute", "program"


def shared_files() -> dict[str, bytes]:
    """Notebooks and lock by their path in a compendium; from the wheel, or from a checkout."""
    packed = HERE / PACKED
    return read_shared(packed if packed.is_dir() else HERE.parents[2])


def read_shared(project: Path) -> dict[str, bytes]:
    """The same from a folder of the project. Raises OSError where one is missing."""
    files = {LOCK: (project / LOCK).read_bytes()}
    for path in sorted((project / "notebooks").glob("*.ipynb")):
        files[f"notebooks/{path.name}"] = without_outputs(path.read_bytes())
    return files


def without_outputs(notebook: bytes) -> bytes:
    """A notebook as it is before it ran: no outputs, and no word of whose they were."""
    content = json.loads(notebook)
    content["metadata"].pop("dispute", None)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def program() -> dict[str, bytes]:
    """The wheel that this program was installed from, by its path in a compendium.

    So a compendium can be built elsewhere with the very same program, which no registry has.
    Empty where it was installed otherwise, or the wheel is there no more.
    """
    try:
        said = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # a checkout that is not installed
        return {}
    address = urlsplit(said.get("url", ""))
    path = Path(url2pathname(address.path))
    if address.scheme != "file" or path.suffix != ".whl" or not path.is_file():
        return {}
    wheel = path.read_bytes()
    known = said.get("archive_info", {}).get("hashes", {}).get("sha256")
    is_the_same = known in (None, sha256(wheel).hexdigest())
    return {f"{PROGRAM}/{path.name}": wheel} if is_the_same else {}
