"""`dispute corpus` where the packages of its extra are not installed."""

import subprocess
import sys

NEEDED = ("cryptography", "dask", "distributed", "duckdb", "pyarrow", "warcio", "zstandard")


def test_it_says_in_a_line_how_to_get_them():
    code = (
        f"import sys\nsys.modules |= dict.fromkeys({NEEDED})\n"
        "from dispute.cli import main\nsys.exit(main(['corpus','a','b','--case','c']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "pip install" in done.stderr


def test_no_verb_imports_them_as_it_begins():
    code = (
        f"import sys\nsys.modules |= dict.fromkeys({NEEDED})\n"
        "from dispute.cli import main\nsys.exit(main(['--help']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0 and "corpus" in done.stdout
