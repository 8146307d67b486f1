"""A corpus of made-up articles on one process and on two: seconds, and the memory of a worker.

    python tests/bench_corpus.py [ARTICLES]

It wants the extra `corpus`. Articles are short (a headline and two sentences), so that the bench
does not take an hour; no two are the same. Memory is looked at every half second: that of the
largest worker in the last tenth of the run beside the first tenth (after the first part stands).
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

CASE = "tests/cases/lighthouse"
CALL = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"
WHO = ["Elin Marsh", "Jonas Hart", "Tobias Renn", "The Harbour Board", "Mira Solvik"]
SAID = ["said on {} that the lighthouse at Cape Skerry should be automated", "opposed it on {}"]


def write(path, number):
    with open(path, "w", encoding="utf-8") as file:
        for place in range(number):
            day = (
                f"{1 + place % 28} {['March', 'May', 'July'][place % 3]} {1900 + place // 84 % 120}"
            )
            said = [f"{WHO[(place + at) % 5]} {SAID[at].format(day)}." for at in (0, 1)]
            text = f"News {place} from {place * 7919 % 100_003}\n\n{' '.join(said)}\n"
            row = {"text": text, "date": f"2019-0{1 + place % 9}-1{place % 9}"}
            file.write(json.dumps(row) + "\n")


def run(corpus, out, workers):
    """Seconds of a run, and the memory of its largest worker every half second, in MB."""
    words = ["corpus", str(corpus), str(out), "--case", CASE, "--workers", str(workers)]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", CALL, *words])
    memory = []
    while process.poll() is None:
        if any(out.glob("parts/part-*")):
            memory.append(_largest(process.pid))
        time.sleep(0.5)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - start, [one for one in memory if one]


def _largest(pid):
    try:
        workers = psutil.Process(pid).children(recursive=True)
        return max((one.memory_info().rss for one in workers), default=0) / 2**20
    except psutil.Error:
        return 0


def main():
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with TemporaryDirectory() as folder:
        corpus, seconds = Path(folder) / "news.jsonl", {}
        write(corpus, number)
        for workers in (2, 1):
            seconds[workers], memory = run(corpus, Path(folder) / f"out-{workers}", workers)
            tenth = max(len(memory) // 10, 1)
            first, last = max(memory[:tenth]), max(memory[-tenth:])
            print(
                f"{workers} at once: {seconds[workers]:.0f} s, {first:.0f} MB at first, {last:.0f}"
                f" MB at last ({last / first:.3f})",
                flush=True,
            )
        print(f"{number:,} articles, two against one: {seconds[1] / seconds[2]:.2f}")


if __name__ == "__main__":
    main()
