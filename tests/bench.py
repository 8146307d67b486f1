"""Benchmarks: `make bench`; `python tests/bench.py grow` for the growth of each step alone.

Each measurement runs in a process of its own, so that its peak memory is its own.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ACTORS, ISSUES, SCALE = 1000, 300, [-2, 0, 1, 2]


def made(number):
    """Made statements: actors and issues by a Zipf-like law, so that some speak much and most little, as in the press."""
    random = np.random.default_rng(7)
    share = lambda n: (lambda w: w / w.sum())(1 / np.arange(1, n + 1))
    return pd.DataFrame(
        {
            "speaker": np.char.add("a", random.choice(ACTORS, number, p=share(ACTORS)).astype(str)),
            "issue": np.char.add("i", random.choice(ISSUES, number, p=share(ISSUES)).astype(str)),
            "stance": random.choice(SCALE, number),
        }
    ), pd.DataFrame({"stance": SCALE})


def sparse(number):
    from helpers.analysis import networks

    frame, stances = made(number)
    start = time.perf_counter()
    matrix, _ = networks.weights(frame, stances, "congruence", "average")
    return time.perf_counter() - start, float(matrix.sum())


def cube(number):
    """The plain way: the whole actor by issue by stance array, and one einsum for each pair of stances."""
    frame, _ = made(number)
    start = time.perf_counter()
    codes = [pd.Categorical(frame[c]) for c in ("speaker", "issue", "stance")]
    x = np.zeros([len(c.categories) for c in codes])
    np.add.at(x, tuple(c.codes for c in codes), 1)
    total = np.zeros((x.shape[0], x.shape[0]))
    for k, one in enumerate(SCALE):
        for q, other in enumerate(SCALE):
            total += (1 - abs(one - other) / 4) * np.einsum("ij,hj->ih", x[:, :, k], x[:, :, q])
    active = x.sum(axis=(1, 2))
    total = 2 * total / (active[:, None] + active[None, :])
    np.fill_diagonal(total, 0)
    return time.perf_counter() - start, float(total.sum())


def from_counts(number, normalisation):
    """A network from counts of (actor, issue, stance, span): the time from the counts on."""
    from helpers.analysis import counts, networks

    frame, stances = made(number)
    counted = counts.tally(frame)
    del frame
    start = time.perf_counter()
    x = counts.from_counts(counted, stances)
    matrix = networks.weights_of(x, stances, "congruence", normalisation)
    return time.perf_counter() - start, float(matrix.sum())


def cube_of_counts(number, normalisation):
    """The plain way from the same counts: the whole array, and products of all of it."""
    from helpers.analysis import counts

    frame, _ = made(number)
    counted = counts.tally(frame)
    del frame
    start = time.perf_counter()
    codes = [pd.Categorical(counted[c]) for c in ("actor_id", "issue", "stance")]
    x = np.zeros([len(c.categories) for c in codes])
    x[tuple(c.codes for c in codes)] = counted.n
    apart = 1 - np.abs(np.subtract.outer(SCALE, SCALE)) / 4
    flat, active = x.reshape(len(x), -1), x.sum(axis=(1, 2))
    total = (x @ apart).reshape(len(x), -1) @ flat.T
    divisor = (active[:, None] + active[None, :]) / 2
    if normalisation == "jaccard":
        shared = flat @ (flat > 0).T
        divisor = 2 * divisor - shared - shared.T + flat @ flat.T
    total /= divisor
    np.fill_diagonal(total, 0)
    return time.perf_counter() - start, float(total.sum())


def resolver(number):
    """The articles of the case again and again, a table of time expressions made of each; what counts is characters read."""
    from pathlib import Path

    from helpers.case import load as case
    from helpers.dates import resolve

    real = case.load(Path(__file__).resolve().parents[1] / "data/raw")
    articles = [
        (real.texts[a], published, real.furniture[a])
        for a, published in zip(real.articles.article_id, real.articles.published)
        if len(published) == 10
    ]
    resolve.expressions("It rained on Monday.")  # the lexicon is compiled once
    start, read = time.perf_counter(), 0
    for n in range(number):
        text, published, furniture = articles[n % len(articles)]
        resolve.expressions(text, published, furniture=furniture)
        read += len(text)
    return time.perf_counter() - start, read


MEASURED = {
    "sparse": sparse,
    "cube": cube,
    "from_counts": from_counts,
    "cube_of_counts": cube_of_counts,
    "resolver": resolver,
}


def one(name, number, *how):
    seconds, check = MEASURED[name](int(number), *how)
    print(json.dumps([seconds, check, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def run(name, number, *how):
    return json.loads(
        subprocess.run(
            [sys.executable, __file__, name, str(number), *how],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


def seconds(*command, folder):
    start = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(folder) / "src")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - start


def runs(times=3):
    """The plain way (papermill for each notebook in turn, then nbconvert) and `dispute run`, one after the other, on a copy of the project; the median of each."""
    tools, root = Path(sys.executable).parent, Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as place:
        folder, taken = Path(place), {}
        for part in (
            "CITATION.cff",
            "config.yaml",
            "data/raw",
            "notebooks",
            "reports/source",
            "requirements.lock",
            "src",
        ):
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (root / part).is_dir() else shutil.copy)(root / part, folder / part)
        books = sorted((folder / "notebooks").glob("*.ipynb"))
        run = [
            sys.executable,
            "-c",
            "import sys; from dispute.cli.main import main; sys.exit(main(['run']))",
        ]

        def measure(name, *commands):
            taken.setdefault(name, []).append(
                sum(seconds(*command, folder=folder) for command in commands)
            )

        def edited(path, old, new):
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

        for number in range(times):
            measure(
                "plain: papermill for each, nbconvert",
                *(
                    [
                        tools / "papermill",
                        book,
                        folder / f"out_{book.name}",
                        "-p",
                        "out_dir",
                        "tables",
                    ]
                    for book in books
                ),
                [
                    tools / "jupyter",
                    "nbconvert",
                    "--to",
                    "html",
                    *(folder / f"out_{book.name}" for book in books),
                ],
            )
            for part in (
                ".cache",
                "reports/site",
                "reports/notebooks",
                "reports/figures",
                "data/processed",
            ):
                shutil.rmtree(folder / part, ignore_errors=True)
            measure("dispute run, cold: checks, tables, site and manifest too", run)
            measure("nothing to do", run)
            edited(books[0], "**Parameters.**", f"**Parameters {number}.**")
            measure("prose of one notebook changed", run)
            edited(folder / "src/helpers/analysis/stances.py", '"""', f'"""{number} ')
            measure("a helper of one notebook changed", run)
            edited(books[0], f"**Parameters {number}.**", "**Parameters.**")
            measure("Python alone", [sys.executable, "-c", "pass"])
    print(
        f"\nfrom the notebooks to the pages, median of {times} (seconds)\n| way | seconds |\n|---|---|"
    )
    for name, values in taken.items():
        print(f"| {name} | {statistics.median(values):.2f} |")


def main():
    runs()
    print(
        f"\none-mode congruence, average; {ACTORS} actors, {ISSUES} issues, {len(SCALE)} stances (seconds; peak memory of the whole process, data included)"
    )
    print("| statements | helper | plain cube | helper, MiB | cube, MiB |\n|---|---|---|---|---|")
    for number in (10**4, 10**5, 10**6):
        (quick, check, lean), (slow, other, fat) = run("sparse", number), run("cube", number)
        assert abs(check - other) < 1e-6 * abs(other), "the two ways disagree"
        print(f"| {number:,} | {quick:.2f} s | {slow:.2f} s | {lean:.0f} | {fat:.0f} |", flush=True)
    print(
        "\nthe same from 10^7 statements that are counted already (seconds, from the counts on)\n"
        "| normalisation | helper | plain numpy |\n|---|---|---|"
    )
    for how in ("average", "jaccard"):
        (quick, check, _), (slow, other, _) = (
            run(name, 10**7, how) for name in ("from_counts", "cube_of_counts")
        )
        assert abs(check - other) < 1e-6 * abs(other), "the two ways disagree"
        print(f"| {how} | {quick:.2f} | {slow:.2f} |", flush=True)
    grown = subprocess.run([sys.executable, __file__, "grow"]).returncode
    print(
        "\ntime expressions of articles, resolved\n| articles | articles a second | MB a second | peak memory, MiB |\n|---|---|---|---|"
    )
    for number in (100, 2000):
        seconds, read, memory = run("resolver", number)
        print(
            f"| {number:,} | {number / seconds:,.0f} | {read / seconds / 1e6:.2f} | {memory:.0f} |",
            flush=True,
        )

    return grown


if __name__ == "__main__":
    if sys.argv[1:2] == ["grow"]:
        from grow import grow

        sys.exit(1 if grow(*sys.argv[2:]) else 0)
    sys.exit(one(*sys.argv[1:]) if sys.argv[1:] else main())
