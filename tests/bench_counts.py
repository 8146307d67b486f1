"""From 10^8 statements to a network: time and memory of three ways to count them, in one run.

    python tests/bench_counts.py [STATEMENTS]

It wants the extra `corpus` (DuckDB, PyArrow). The statements are made up and stand in one Parquet
file; each way counts them by actor, issue, stance and year, each in a process of its own, and then
makes the network of agreement by the same rooms: `counts.from_counts` and `networks.weights_of`.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from helpers.analysis.counts import from_counts, tally
from helpers.analysis.networks import weights_of

ACTORS, ISSUES, SCALE, YEARS = 1000, 40, [-2, -1, 0, 1, 2], 10
BLOCK = 10**6
CELL = ["actor_id", "issue", "stance", "span"]


def write(path, number):
    """So many statements as Parquet, a million a row group; names as dictionaries."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = {
        "actor_id": [f"actor-{one:04}" for one in range(ACTORS)],
        "issue": [f"issue-{one:02}" for one in range(ISSUES)],
        "span": [str(2015 + one) for one in range(YEARS)],
    }
    writer = None
    for seed in range(-(-number // BLOCK)):
        random = np.random.default_rng(seed)
        size = min(BLOCK, number - seed * BLOCK)
        columns = {
            name: pa.DictionaryArray.from_arrays(
                # Some are in the news far more often than others.
                (len(known) * random.random(size) ** 3).astype(np.int32),
                known,
            )
            for name, known in names.items()
        }
        table = pa.table({**columns, "stance": random.choice(SCALE, size).astype(np.int8)})
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()


def by_duckdb(path):
    import duckdb

    query = f"select {', '.join(CELL)}, count(*) as n from read_parquet('{path}') group by all"
    with duckdb.connect(config={"memory_limit": "1500MB"}) as base:
        return base.sql(query).df()


def blocks(path):
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path, read_dictionary=["actor_id", "issue", "span"])
    for number in range(file.num_row_groups):
        yield file.read_row_group(number).to_pandas()


def by_numpy(path):
    """One number for each cell, counted in an array of all cells that there can be."""
    sizes = (ACTORS, ISSUES, len(SCALE), YEARS)
    total = np.zeros(np.prod(sizes), dtype=np.int64)
    for block in blocks(path):
        codes = [block[name].cat.codes.to_numpy(np.int64) for name in ("actor_id", "issue")]
        stance = np.searchsorted(SCALE, block.stance)
        cell = np.ravel_multi_index((*codes, stance, block.span.cat.codes.to_numpy()), sizes)
        total += np.bincount(cell, minlength=len(total))
    here = np.flatnonzero(total)
    places = np.unravel_index(here, sizes)
    names = [block[name].cat.categories.to_numpy() for name in ("actor_id", "issue", "span")]
    return pd.DataFrame(
        {
            "actor_id": names[0][places[0]],
            "issue": names[1][places[1]],
            "stance": np.array(SCALE)[places[2]],
            "span": names[2][places[3]],
            "n": total[here],
        }
    )


def by_tally(path):
    """The helper itself, block by block, as the partitions of a corpus are counted and added up."""
    total = None
    for block in blocks(path):
        counted = tally(block, "actor_id", "span").set_index(CELL).n
        total = counted if total is None else total.add(counted, fill_value=0)
    return total.astype(int).reset_index()


WAYS = {"duckdb": by_duckdb, "numpy": by_numpy, "tally": by_tally}


def measured(way, path):
    """One way in this process: seconds to counts and network, memory, and sums to compare."""
    start = time.perf_counter()
    counted = WAYS[way](path)
    between = time.perf_counter()
    stances = pd.DataFrame({"stance": SCALE})
    network = weights_of(from_counts(counted, stances), stances, "congruence", "average")
    end = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{way:8}{between - start:8.1f} s{end - between:8.1f} s{memory:8.0f} MB"
        f"   {counted.n.sum():,} statements, {len(counted):,} cells, weights {network.sum():.6g}"
    )


def main():
    if len(sys.argv) == 3:
        measured(*sys.argv[1:])
        return
    number = int(float(sys.argv[1])) if len(sys.argv) == 2 else 10**8
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statements.parquet"
        write(path, number)
        print(f"{number:,} statements, {path.stat().st_size / 2**20:.0f} MB of Parquet")
        print("          counted   network    memory")
        for way in WAYS:
            subprocess.run([sys.executable, __file__, way, str(path)], check=True)


if __name__ == "__main__":
    main()
