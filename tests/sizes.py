"""Whole runs of made cases: `python tests/bench.py sizes [ARTICLES …]`, and `change [ARTICLES]`.

`sizes` runs a made case cold, as a user does, and then once more step by step in one process, so
that each step has its own processor seconds and memory. `change` tells what a run costs after one
note, one row or one article has changed, beside a cold one. Both work on a copy of the project.
Processor seconds and memory are those of a process and of all that it started.
"""

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import made_case
import psutil

ROOT = Path(__file__).resolve().parents[1]
PROJECT = [
    "CITATION.cff",
    "config.yaml",
    "notebooks",
    "requirements.lock",
    "src",
]
# The sizes that are compared, and by how much an article may cost more in the larger one.
ARTICLES, MOST = (200, 2000), 1.5
CHANGED = 500
# Of so many articles a second coder reads one.
SECOND = 10
RUN = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
MEGA = 1_000_000


class Cost(NamedTuple):
    """What something cost: wall and processor seconds, and the most memory at one time, in MB."""

    wall: float
    processor: float
    memory: float


class Watch:
    """The most memory that a process and all it started hold together, looked at often."""

    def __init__(self, process: int) -> None:
        self.process = psutil.Process(process)
        self.most = 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while not self.ended.wait(0.05):
            self.most = max(self.most, self._held())

    def _held(self) -> float:
        held = 0
        try:
            family = [self.process, *self.process.children(recursive=True)]
        except psutil.Error:
            return 0.0
        for one in family:
            try:
                held += one.memory_info().rss
            except psutil.Error:
                continue
        return held / MEGA

    def stop(self) -> float:
        """The most so far, in MB."""
        self.ended.set()
        self.thread.join()
        return self.most


def processor_seconds(whose: int = resource.RUSAGE_CHILDREN) -> float:
    """Those of this process (RUSAGE_SELF), or of those it started that have ended."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def here() -> dict[str, str]:
    """The environment of a run on a copy of the project: its own code before any other."""
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "OMP_NUM_THREADS": "1"}
    return {**os.environ, "PYTHONPATH": "src", **fixed}


def run(folder: Path, *words: str) -> Cost:
    """`dispute run` in a folder, as a user calls it."""
    start, before = time.perf_counter(), processor_seconds()
    command = [sys.executable, "-c", RUN, "run", *words]
    with open(folder / "said.txt", "w", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=folder, env=here(), stdout=said, stderr=said)
        watch = Watch(process.pid)
        status = process.wait()
    assert status == 0, (folder / "said.txt").read_text(encoding="utf-8")
    wall = time.perf_counter() - start
    return Cost(wall, processor_seconds() - before, watch.stop())


def project(place: Path, articles: int) -> tuple[Path, float]:
    """A copy of the project with a made case in `case`, and how long it took to make that."""
    for part in PROJECT:
        source, target = ROOT / part, place / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    start = time.perf_counter()
    made_case.make(place / "case", articles, second=SECOND)
    return place, time.perf_counter() - start


# ---- step by step


class InTurn:
    """Threads that are none: what is given to them is done at once, so that it can be measured."""

    def __init__(self, number: int = 1) -> None:
        pass

    def __enter__(self) -> "InTurn":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def submit(self, action: Callable[..., Any], *given: Any) -> Future:
        done: Future = Future()
        try:
            done.set_result(action(*given))
        except Exception as error:
            done.set_exception(error)
        return done


def steps_here(case: str) -> None:
    """Make every step of a run in this process, one after the other; prints their costs as JSON."""
    from dispute.run import graph
    from dispute.run.settings import read
    from dispute.run.steps import Steps

    graph.ThreadPoolExecutor = InTurn
    costs: dict[str, Cost] = {}
    begun: list[tuple[float, float, Watch]] = []

    def both() -> float:
        return processor_seconds() + processor_seconds(resource.RUSAGE_SELF)

    def tell(event: str, step: str, why: str) -> None:
        if event == "run":
            begun.append((time.perf_counter(), both(), Watch(os.getpid())))
        elif event == "made":
            start, before, watch = begun.pop()
            wall = time.perf_counter() - start
            costs[step] = Cost(wall, both() - before, watch.stop())

    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        steps = Steps(work / "steps", work, tell)
        graph.Graph(steps, read(case_dir=case), work, Path(".")).parts()
    print(json.dumps(costs))


def by_step(folder: Path) -> dict[str, Cost]:
    """The costs of each step of a cold run, made one after the other in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "case"]
    done = subprocess.run(command, cwd=folder, env=here(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    costs = json.loads(done.stdout.splitlines()[-1])
    return {step: Cost(*cost) for step, cost in costs.items()}


# ---- what came of it


def pixels(path: Path) -> int:
    """The pixels of a PNG, from its head."""
    head = path.read_bytes()[:24]
    return int.from_bytes(head[16:20], "big") * int.from_bytes(head[20:24], "big")


def made(folder: Path) -> dict[str, str]:
    """What a run made, in words: how much, and the largest of each kind."""
    site, figures = folder / "reports/site", folder / "reports/figures"
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    books = [path.stat().st_size for path in (folder / "reports/notebooks").glob("*.ipynb")]
    tables = {path.name: path.stat().st_size for path in (folder / "data/processed").iterdir()}
    heaviest = max(tables, key=lambda name: tables[name])
    pictures = {path.name: pixels(path) for path in figures.glob("*.png")}
    largest = max(pictures, key=lambda name: pictures[name])
    return {
        "pages": f"{len(pages):,}, the largest {max(pages) / 1000:,.0f} kB",
        "site": f"{whole / MEGA:.1f} MB",
        "notebooks": f"{sum(books) / MEGA:.1f} MB, the largest {max(books) / 1000:,.0f} kB",
        "pictures": f"{len(pictures)}, the largest {pictures[largest] / MEGA:.1f} megapixels",
        "tables": f"{sum(tables.values()) / MEGA:.1f} MB, {heaviest} {tables[heaviest] / MEGA:.1f}",
    }


# ---- the two benchmarks


def sizes(*words: str) -> int:
    """Print what runs of some sizes cost and make; returns how many steps grow too much."""
    numbers = [int(word) for word in words] or list(ARTICLES)
    whole: dict[int, Cost] = {}
    parts: dict[int, dict[str, Cost]] = {}
    for number in numbers:
        with tempfile.TemporaryDirectory() as place:
            folder, took = project(Path(place), number)
            whole[number] = run(folder, "--case", "case")
            parts[number] = by_step(folder)
            print(f"\n{number:,} articles (made in {took:.1f} s): a cold run of the made case")
            cost = whole[number]
            print(f"| seconds | {cost.wall:.0f}, of a processor {cost.processor:.0f} |\n|---|---|")
            print(f"| memory | {cost.memory:,.0f} MB |")
            for what, told in made(folder).items():
                print(f"| {what} | {told} |", flush=True)
    return _compared(numbers, whole, parts)


def _compared(numbers: list[int], whole: dict[int, Cost], parts: dict[int, dict[str, Cost]]) -> int:
    """Print the steps at each size, in processor milliseconds an article, and memory."""
    print("\nprocessor milliseconds an article, and MB at most, by step (one after the other)")
    print(f"| step | {' | '.join(f'{number:,} articles' for number in numbers)} |")
    print(f"|---|{'---|' * len(numbers)}")
    for step in parts[numbers[0]]:
        cells = [parts[number][step] for number in numbers]
        told = [
            f"{1000 * cost.processor / number:.1f} ms, {cost.memory:,.0f} MB"
            for cost, number in zip(cells, numbers, strict=True)
        ]
        print(f"| {step} | {' | '.join(told)} |")
    each = [whole[number].processor / number for number in numbers]
    told = [
        f"{1000 * one:.1f} ms, {whole[n].memory:,.0f} MB"
        for n, one in zip(numbers, each, strict=True)
    ]
    print(f"| the whole run, steps side by side | {' | '.join(told)} |")
    ratio = max(each[1:], default=0) / each[0]
    mark = f": more than {MOST}" if ratio > MOST else ""
    print(f"\nan article of the largest case against one of the smallest: {ratio:.2f}{mark}")
    return int(ratio > MOST)


@contextmanager
def edited(path: Path, column: str, value: str, row: int = 0):
    """One cell of a table changed, and back again."""
    before = path.read_bytes()
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = value
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    yield
    path.write_bytes(before)


@contextmanager
def without_last(case: Path, articles: int):
    """A case without its last article and all that is coded in it; then whole again."""
    last = f"article-{articles:05}"
    aside = Path(shutil.copytree(case, case.with_name("aside")))
    for path in (case / "articles").glob(f"article-{articles:05}.*"):
        path.unlink()
    for path in case.rglob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if last not in line.strip().split(",")]
        path.write_text("".join(kept), encoding="utf-8")
    yield
    shutil.rmtree(case)
    aside.rename(case)


def change(*words: str) -> int:
    """Print what a run costs after a change, beside a cold one."""
    number = int(words[0]) if words else CHANGED
    with tempfile.TemporaryDirectory() as place:
        folder, _ = project(Path(place), number)
        said = folder / "case/coding/reader/statements.csv"
        with without_last(folder / "case", number):
            cold = run(folder, "--case", "case")
        print(f"\n{number - 1:,} articles, then one change (processor seconds; of the cold run)")
        print("| change | seconds | of cold | what was made again |\n|---|---|---|---|")
        print(f"| none: cold | {cold.processor:.1f} | 1 | all |", flush=True)
        _tell("one article more", cold, folder)
        with edited(said, "note", "a second thought"):
            _tell("one note", cold, folder)
        _tell("the note back: all is kept", cold, folder)
        with edited(said, "stance", "0"):
            _tell("one row: another stance", cold, folder)
    return 0


def _tell(what: str, cold: Cost, folder: Path) -> None:
    """Run, and print what it cost and which steps it made."""
    log = folder / "reports/log.jsonl"
    log.unlink()
    cost = run(folder, "--case", "case")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    steps = [line for line in lines if line["event"] == "made"]
    steps.sort(key=lambda line: -line["seconds"])
    again = ", ".join(f"{line['step']} {line['seconds']:.1f}" for line in steps)
    share = cost.processor / cold.processor
    print(f"| {what} | {cost.processor:.1f} | {share:.2f} | {again or 'nothing'} |", flush=True)


if __name__ == "__main__":
    steps_here(sys.argv[1])
