"""A corpus on Dask: the same bytes after every kill, bad articles as faults, and a real cluster."""

import gzip
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from dispute.cli import main
from dispute.corpus.engine import opened
from dispute.corpus.over_articles import over_articles
from dispute.corpus.parts import Parts
from dispute.corpus.records import JSON, Record

WHO = ["Elin Marsh", "Jonas Hart", "Tobias Renn", "The Harbour Board"]
SAID = "said on Tuesday that the lighthouse at Cape Skerry should be automated"
ARTICLES, PART, MOMENTS = 240, 20, 10
CALL = "import sys; from dispute.cli import main; sys.exit(main(sys.argv[1:]))"


def rows(number):
    for place in range(number):
        text = f"News {place}\n\n{WHO[place % 4]} {SAID}. {WHO[(place + 1) % 4]} was against it.\n"
        yield {"text": text, "date": f"2019-0{1 + place % 6}-11", "publisher": "Skerry Post"}


@pytest.fixture(scope="module")
def case(root):
    return str(root / "tests/cases/lighthouse")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(ARTICLES)), encoding="utf-8")
    return path


def words(corpus, out, case, *more):
    return ["corpus", str(corpus), str(out), "--case", case, "--articles", str(PART), *more]


def bytes_of(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def whole(corpus, case, tmp_path_factory):
    """What comes of the corpus when nothing happens."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert main(words(corpus, out, case, "--workers", "2")) == 0
    return bytes_of(out)


def test_every_article_has_a_row_and_the_counts_are_those_of_the_rows(whole, tmp_path):
    for name, content in whole.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    parts = pa.concat_tables(pq.read_table(path) for path in sorted(tmp_path.glob("parts/*")))
    assert parts.num_rows == ARTICLES and set(parts["fault"].to_pylist()) == {""}
    counted = sum(cell["n"] for cells in parts["counts"].to_pylist() for cell in cells)
    assert pq.read_table(tmp_path / "counts.parquet")["n"].to_numpy().sum() == counted >= ARTICLES
    assert parts["names"].to_pylist()[0][0]["actor_id"] == "elin-marsh"


def begun(corpus, out, case, *more):
    command = [sys.executable, "-c", CALL, *words(corpus, out, case, *more)]
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def after(out, number, process):
    """Wait until so many parts stand, or the process has ended."""
    while process.poll() is None and len(list(out.glob("parts/part-*.parquet"))) < number:
        time.sleep(0.01)


def children(process):
    """The processes that read articles: the children of the command's own."""
    try:
        below = psutil.Process(process.pid).children(recursive=True)
        return sorted(one.pid for one in below if "spawn_main" in " ".join(one.cmdline()))
    except psutil.Error:
        return []


def test_a_group_that_is_killed_at_any_moment_goes_on_to_the_same_bytes(
    corpus, case, whole, tmp_path
):
    out = tmp_path / "out"
    for moment in range(MOMENTS):
        process = begun(corpus, out, case, "--workers", "2")
        after(out, moment + 1, process)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert main(words(corpus, out, case, "--workers", "2")) == 0
    assert bytes_of(out) == whole


def test_workers_that_are_killed_cost_nothing_but_their_parts(corpus, case, whole, tmp_path):
    out = tmp_path / "out"
    process, killed = begun(corpus, out, case, "--workers", "2"), 0
    for moment in range(MOMENTS):
        after(out, moment + 1, process)
        for child in children(process)[moment % 2 :][:1]:
            killed += 1
            os.kill(child, signal.SIGKILL)
    assert process.wait(timeout=120) == 0, process.stderr.read().decode()
    assert killed >= MOMENTS // 2
    assert bytes_of(out) == whole


# --- a cluster


def dask(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster():
    """A function that starts a scheduler with a worker; all are killed at the end."""
    started = []

    def start(port):
        address = f"tcp://127.0.0.1:{port}"
        here = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        started.append(dask("scheduler", *here))
        worker = [
            "--nthreads",
            "1",
            "--no-dashboard",
            "--host",
            "127.0.0.1",
            "--death-timeout",
            "9",
        ]
        started.append(dask("worker", address, *worker))
        for _ in range(400):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    return address, started[-2]
            time.sleep(0.05)
        raise TimeoutError("no scheduler answers")

    yield start
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def test_a_real_cluster_gives_the_same_bytes(corpus, case, whole, tmp_path, cluster):
    address, _ = cluster(free_port())
    assert main(words(corpus, tmp_path / "out", case, "--scheduler", address)) == 0
    assert bytes_of(tmp_path / "out") == whole


@pytest.mark.parametrize("moment", [1, 5, 9])
def test_a_scheduler_that_dies_ends_the_command_and_a_new_one_goes_on(
    corpus, case, whole, tmp_path, cluster, moment
):
    out, port = tmp_path / "out", free_port()
    address, scheduler = cluster(port)
    process = begun(corpus, out, case, "--scheduler", address)
    after(out, moment, process)
    os.killpg(scheduler.pid, signal.SIGKILL)
    struck = time.monotonic()
    status = process.wait(timeout=30)
    assert time.monotonic() - struck < 10
    told = process.stderr.read().decode()
    if status:  # it may have been done already
        assert status == 1 and told.splitlines() == ["the scheduler does not answer any more"]
    assert main(words(corpus, out, case, "--workers", "2")) == 0
    assert bytes_of(out) == whole


def test_a_scheduler_that_stands_still_ends_the_command(corpus, case, tmp_path, cluster):
    out, port = tmp_path / "out", free_port()
    address, scheduler = cluster(port)
    process = begun(corpus, out, case, "--scheduler", address)
    after(out, 1, process)
    os.killpg(scheduler.pid, signal.SIGSTOP)
    struck = time.monotonic()
    assert process.wait(timeout=30) in (0, 1)  # it may have been done already
    assert time.monotonic() - struck < 15


# --- bad articles


class Deadly:
    """A function of which one record ends the process."""

    def __call__(self, batch):
        for record in batch:
            if record.content == b"poison":
                os._exit(7)
        return pa.table({"article_id": [record.article_id for record in batch]})

    def lost(self, record):
        return pa.table({"article_id": [f"lost {record.article_id}"]})


def test_an_article_that_ends_its_process_is_found_and_the_others_are_read(tmp_path):
    names = [f"{number:02}" for number in range(18)]
    records = [Record(name, JSON, b"poison" if name == "09" else b"") for name in names]
    batches = [records[:6], records[6:12], records[12:]]
    parts = Parts(tmp_path / "out", {})
    parts.begin()
    with opened("here", 2) as engine:
        over_articles(Deadly(), batches, engine, parts)
    found = pa.concat_tables(pq.read_table(path) for path in parts.paths())
    names[9] = "lost 09"
    assert found["article_id"].to_pylist() == names


def test_bad_articles_are_faults_and_the_form_of_the_file_does_not_matter(case, tmp_path):
    good = [json.dumps(row).encode() for row in rows(3)]
    bad = [b'{"text": 5}', b"\xff\xfe", b"{", b'{"text": "a", "date": 7}', b"[]"]
    lines = b"\n".join([*good, *bad]) + b"\n"
    tables = []
    for name, content in {
        "plain.jsonl": lines,
        "packed.jsonl.gz": gzip.compress(lines),
        "other.jsonl.zst": zstandard.compress(lines),
    }.items():
        (tmp_path / name).write_bytes(content)
        out = tmp_path / f"out-{name}"
        assert main(words(tmp_path / name, out, case, "--workers", "1")) == 0
        tables.append(pq.read_table(next(out.glob("parts/*"))).drop_columns("article_id"))
        assert pq.read_table(out / "faults.parquet").num_rows == len(bad)
    assert tables[0] == tables[1] == tables[2]
    pq.write_table(pa.Table.from_pylist(list(rows(3))), tmp_path / "rows.parquet")
    out = tmp_path / "out-rows"
    assert main(words(tmp_path / "rows.parquet", out, case, "--workers", "1")) == 0
    there = pq.read_table(next(out.glob("parts/*"))).drop_columns("article_id")
    assert there == tables[0].slice(0, 3)


def test_what_cannot_be_is_refused_all_at_once_and_nothing_is_written(
    corpus, case, tmp_path, capsys
):
    nowhere = ["--scheduler", f"tcp://127.0.0.1:{free_port()}"]
    assert main(words(tmp_path / "none", tmp_path / "out", "no-case", *nowhere)) == 2
    told = capsys.readouterr().err
    assert "the scheduler does not answer" in told and "no-case" in told and "none" in told
    assert not (tmp_path / "out").exists()


def test_a_folder_of_another_corpus_is_refused_and_stays(corpus, case, tmp_path, capsys):
    small = tmp_path / "small.jsonl"
    small.write_text(json.dumps(next(rows(1))) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    assert main(words(small, out, case, "--workers", "1")) == 0
    before = bytes_of(out)
    assert main(words(corpus, out, case)) == 2
    assert "found another corpus (files)" in capsys.readouterr().err
    assert bytes_of(out) == before
    shutil.rmtree(out)
