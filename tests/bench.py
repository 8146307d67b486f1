"""Benchmarks: `make bench`; `python tests/bench.py grow`, `sizes` or `change` for one alone.

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
import sizes

ACTORS, ISSUES, SCALE = 1000, 300, [-2, 0, 1, 2]
ROOT = Path(__file__).resolve().parents[1]
PROJECT = [*sizes.PROJECT, "data/raw"]
BUILT = [".cache", "reports/site", "reports/notebooks", "reports/figures", "data/processed"]
TOOLS = Path(sys.executable).parent
RUN = [sys.executable, "-c", "import sys; from dispute.cli import main; sys.exit(main(['run']))"]
RUNS_TITLE = "from the notebooks to the pages, median of {times} (seconds)"
NETWORK_TITLE = (
    f"one-mode congruence, average; {ACTORS} actors, {ISSUES} issues, {len(SCALE)} stances "
    "(seconds; peak memory of the whole process, data included)"
)


def zipf(number):
    """Shares of the first, second, … of a number of things: some many, most few."""
    shares = 1 / np.arange(1, number + 1)
    return shares / shares.sum()


def made(number):
    """Made statements: some actors speak much and most little, as in the press."""
    random = np.random.default_rng(7)
    actors = random.choice(ACTORS, number, p=zipf(ACTORS)).astype(str)
    issues = random.choice(ISSUES, number, p=zipf(ISSUES)).astype(str)
    frame = pd.DataFrame(
        {
            "speaker": np.char.add("a", actors),
            "issue": np.char.add("i", issues),
            "stance": random.choice(SCALE, number),
        }
    )
    return frame, pd.DataFrame({"stance": SCALE})


def sparse(number):
    """The helper: seconds, and the sum of its weights."""
    from helpers.analysis.networks import weights

    frame, stances = made(number)
    start = time.perf_counter()
    matrix, _ = weights(frame, stances, "congruence", "average")
    return time.perf_counter() - start, float(matrix.sum())


def cube(number):
    """The plain way: the whole actor by issue by stance array, and one einsum for each pair."""
    frame, _ = made(number)
    start = time.perf_counter()
    codes = [pd.Categorical(frame[column]) for column in ("speaker", "issue", "stance")]
    x = np.zeros([len(code.categories) for code in codes])
    np.add.at(x, tuple(code.codes for code in codes), 1)
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
    matrix = networks.weights_of(x, "congruence", normalisation)
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
    """The articles of the case again and again, a table of time expressions made of each.

    What counts is characters read.
    """
    from helpers.case.load import load
    from helpers.dates.resolve import expressions

    case = load(ROOT / "data/raw")
    days = zip(case.articles.article_id, case.articles.published, strict=True)
    articles = [
        (case.texts[article], day, case.furniture[article])
        for article, day in days
        if len(day) == 10
    ]
    expressions("It rained on Monday.")  # the lexicon is compiled once
    start, read = time.perf_counter(), 0
    for turn in range(number):
        text, published, furniture = articles[turn % len(articles)]
        expressions(text, published, furniture=furniture)
        read += len(text)
    return time.perf_counter() - start, read


def robustness(draws):
    """The findings of the published case, with margins, choices and simulated errors.

    What counts is the findings that are shown.
    """
    from helpers.analysis.finding_basis import basis
    from helpers.analysis.finding_tables import tables
    from helpers.analysis.findings import findings
    from helpers.case.load import load

    case = load(ROOT / "data/raw")
    start = time.perf_counter()
    given = basis(case)
    found = findings(given, draws)
    tables(found, given, draws)
    return time.perf_counter() - start, len(found.shown)


def moving_windows(number):
    """Moving windows of 30 days over five years, beside their networks: seconds of both."""
    from helpers.analysis.networks import weights, windows

    random = np.random.default_rng(7)
    frame, stances = made(number)
    days = np.datetime64("2015-01-01") + random.integers(5 * 365, size=number)
    frame = frame.assign(earliest=days.astype(str), latest=days.astype(str))
    start = time.perf_counter()
    spans = windows(frame, "moving", 30, "day")
    parted = time.perf_counter() - start
    for span in spans:
        weights(span.statements, stances, "congruence", "average")
    return parted, time.perf_counter() - start - parted


def hundred():
    """Congruence and conflict of 100 actors on 40 issues, whose stances follow no camps."""
    from helpers.analysis.networks import one_mode

    frame, _ = made(2 * 10**4)
    few = frame[(frame.speaker.str[1:].astype(int) < 100) & (frame.issue.str[1:].astype(int) < 40)]
    ends = pd.DataFrame({"stance": [min(SCALE), max(SCALE)]})
    few = few[few.stance.isin(ends.stance)]
    return [one_mode(few, ends, measure, "average") for measure in ("congruence", "conflict")]


def camps_given(number):
    """The balance of so many camps: seconds, and the balance."""
    from helpers.change.balance import balance

    both = hundred()
    camps = pd.Series(np.arange(len(both[0])) % number, both[0].index)
    start = time.perf_counter()
    value = balance(*both, camps)
    return time.perf_counter() - start, value


def camps_found(number):
    """The best of so many camps: seconds, and how far below the bound their balance is."""
    from helpers.change.camp_search import best_camps

    both = hundred()
    start = time.perf_counter()
    _, value, bound, _ = best_camps(*both, number)
    return time.perf_counter() - start, bound - value


def backbone(number):
    """The nested backbone of 100 actors and 40 issues; what counts is the loss of all of it."""
    from helpers.change.backbone import nested

    random = np.random.default_rng(7)
    frame, stances = made(number)
    frame["speaker"] = np.char.add("a", random.integers(100, size=number).astype(str))
    frame["issue"] = np.char.add("i", random.choice(40, number, p=zipf(40)).astype(str))
    frame["article_id"] = np.arange(number) // 5
    start = time.perf_counter()
    table = nested(frame, stances)
    return time.perf_counter() - start, float(table.absolute.iloc[-1])


MEASURES = {
    "backbone": backbone,
    "sparse": sparse,
    "cube": cube,
    "from_counts": from_counts,
    "cube_of_counts": cube_of_counts,
    "resolver": resolver,
    "robustness": robustness,
    "camps_given": camps_given,
    "camps_found": camps_found,
    "moving_windows": moving_windows,
}


def measure_here(name, number, *how):
    """Print what a measurement gives in this process: seconds, its check, peak memory in MiB."""
    seconds, check = MEASURES[name](int(number), *how)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, check, peak]))


def measure(name, number, *how):
    """What a measurement gives in a process of its own."""
    command = [sys.executable, __file__, name, str(number), *how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def seconds(*command, folder):
    """How long a command takes in a folder of a project."""
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


def copy_project(folder):
    """What a run needs, in a folder of its own."""
    for part in PROJECT:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)


def edit(path, old, new):
    """Change a file once."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def plain_way(books, folder):
    """papermill for each notebook in turn, then nbconvert; seconds."""
    outs = [folder / f"out_{book.name}" for book in books]
    taken = 0
    for book, out in zip(books, outs, strict=True):
        taken += seconds(TOOLS / "papermill", book, out, "-p", "out_dir", "tables", folder=folder)
    return taken + seconds(TOOLS / "jupyter", "nbconvert", "--to", "html", *outs, folder=folder)


def one_round(number, books, folder):
    """Each way once: its name and seconds, one after the other."""
    yield "plain: papermill for each, nbconvert", plain_way(books, folder)
    for part in BUILT:
        shutil.rmtree(folder / part, ignore_errors=True)
    yield (
        "dispute run, cold: checks, tables, site and manifest too",
        seconds(*RUN, folder=folder),
    )
    yield "nothing to do", seconds(*RUN, folder=folder)
    edit(books[0], "**Parameters.**", f"**Parameters {number}.**")
    yield "prose of one notebook changed", seconds(*RUN, folder=folder)
    edit(folder / "src/helpers/analysis/stances.py", '"""', f'"""{number} ')
    yield "a helper of one notebook changed", seconds(*RUN, folder=folder)
    edit(books[0], f"**Parameters {number}.**", "**Parameters.**")
    yield "Python alone", seconds(sys.executable, "-c", "pass", folder=folder)


def bench_runs(times=3):
    """The plain way and `dispute run`, one after the other, on a copy of the project."""
    taken = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy_project(folder)
        books = sorted((folder / "notebooks").glob("*.ipynb"))
        for number in range(times):
            for name, value in one_round(number, books, folder):
                taken.setdefault(name, []).append(value)
    print(f"\n{RUNS_TITLE.format(times=times)}")
    print("| way | seconds |\n|---|---|")
    for name, values in taken.items():
        print(f"| {name} | {statistics.median(values):.2f} |")


def bench_networks():
    """The helper against the plain way, which has to give the same sum."""
    print(f"\n{NETWORK_TITLE}")
    print("| statements | helper | plain cube | helper, MiB | cube, MiB |\n|---|---|---|---|---|")
    for number in (10**4, 10**5, 10**6):
        quick, check, lean = measure("sparse", number)
        slow, other, fat = measure("cube", number)
        assert abs(check - other) < 1e-6 * abs(other), "the two ways disagree"
        print(f"| {number:,} | {quick:.2f} s | {slow:.2f} s | {lean:.0f} | {fat:.0f} |", flush=True)


def bench_counts():
    """Networks from 10^7 statements that are counted already, against plain numpy."""
    print("\nthe same from 10^7 statements, counted already (seconds, from the counts on)")
    print("| normalisation | helper | plain numpy |\n|---|---|---|")
    for how in ("average", "jaccard"):
        quick, check, _ = measure("from_counts", 10**7, how)
        slow, other, _ = measure("cube_of_counts", 10**7, how)
        assert abs(check - other) < 1e-6 * abs(other), "the two ways disagree"
        print(f"| {how} | {quick:.2f} | {slow:.2f} |", flush=True)


def bench_dates():
    """How many articles a second are read for time expressions."""
    print("\ntime expressions of articles, resolved")
    print("| articles | articles a second | MB a second | peak memory, MiB |\n|---|---|---|---|")
    for number in (100, 2000):
        taken, read, peak = measure("resolver", number)
        articles, megabytes = number / taken, read / taken / 1e6
        print(f"| {number:,} | {articles:,.0f} | {megabytes:.2f} | {peak:.0f} |", flush=True)


def bench_findings():
    """What findings, margins and choices cost of the published case, and of a cold run."""
    begun = time.perf_counter()
    seconds(
        TOOLS / "papermill", "notebooks/5_robustness.ipynb", "-", "--no-progress-bar", folder=ROOT
    )
    whole = time.perf_counter() - begun
    here, size, peak = measure("robustness", 200)
    print("\nfindings with margins, choices and 200 draws of simulated errors")
    print("| findings | seconds | the notebook alone, kernel and all | peak memory, MiB |")
    print(f"|---|---|---|---|\n| {size:.0f} | {here:.2f} | {whole:.1f} | {peak:.0f} |", flush=True)


def bench_camps():
    """What balance and the search for camps cost where no camps are."""
    print("\nbalance of 100 actors on 40 issues, whose stances follow no camps")
    print("| camps | of given camps, seconds | best camps, seconds | below the bound |")
    print("|---|---|---|---|")
    for number in (2, 3):
        given, _, _ = measure("camps_given", number)
        searched, gap, _ = measure("camps_found", number)
        print(f"| {number} | {given:.3f} | {searched:.2f} | {gap:.3f} |", flush=True)


def bench_windows():
    """What windows cost beside the networks that are made of them."""
    print("\nmoving windows of 30 days over five years; 100,000 statements")
    print("| windows, seconds | networks, seconds | both by networks |\n|---|---|---|")
    parted, networks, _ = measure("moving_windows", 10**5)
    ratio = (parted + networks) / networks
    print(f"| {parted:.2f} | {networks:.2f} | {ratio:.2f} |", flush=True)


def bench_backbone():
    """What the nested backbone costs."""
    print("\nnested backbone, both losses; 100 actors, 40 issues")
    print("| statements | seconds | peak memory, MiB |\n|---|---|---|")
    for number in (10**4, 10**5):
        taken, _, peak = measure("backbone", number)
        print(f"| {number:,} | {taken:.2f} | {peak:.0f} |", flush=True)


def bench_growth(*steps):
    """What each step, or some, costs at twice the articles; 1 where one grows too much, else 0."""
    # Here, so that what it imports is in no other measurement's memory.
    from grow import grow

    return 1 if grow(*steps) else 0


def bench_sizes(*articles):
    """What whole runs of made cases cost; 1 where an article of the large one costs too much."""
    return 1 if sizes.sizes(*articles) else 0


def bench_change(*articles):
    """What a run costs after one change."""
    return sizes.change(*articles)


def main():
    """All of them; returns whether a step, or a whole run, grows too much."""
    bench_runs()
    bench_networks()
    bench_counts()
    bench_dates()
    bench_findings()
    bench_camps()
    bench_windows()
    bench_backbone()
    bench_change()
    return max(bench_growth(), bench_sizes())


ALONE = {"grow": bench_growth, "sizes": bench_sizes, "change": bench_change}


if __name__ == "__main__":
    verb, *words = sys.argv[1:] or ["all"]
    if verb in MEASURES:
        measure_here(verb, *words)
    elif verb in ALONE:
        sys.exit(ALONE[verb](*words))
    else:
        sys.exit(main())
