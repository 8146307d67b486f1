"""The conformance suite (tests/conformance), read and put to this project's own functions.

`CASES`: each case by its id. `found` computes what a case asks for; `conforms` compares.
"""

import json
import math
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

FOLDER = Path(__file__).parent / "conformance"
FILES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
    if path.stem != "schema"
}
CASES = {case["id"]: case for file in FILES.values() for case in file["cases"]}
FIELDS = ["statement_id", "speaker", "issue", "stance", "article_id", "earliest", "latest"]

Tables = tuple[pd.DataFrame, pd.DataFrame]


def found(case: dict) -> Any:
    """What this project computes for a case, in the form of `expected`."""
    statements = pd.DataFrame(case["statements"], columns=_fields(case["statements"]))
    stances = pd.DataFrame({"stance": case["stances"]})
    return COMPUTED[case["measure"]]((statements, stances), **case["parameters"])


def _fields(statements: list[dict]) -> list[str]:
    return list(statements[0]) if statements else FIELDS


def conforms(case: dict) -> bool:
    return alike(found(case), case["expected"])


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same, numbers to nine places."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)
    return one is other or one == other


def room(name: str) -> Any:
    """A room of the project, as it is now: the mutations put others in its place."""
    return import_module(f"helpers.{name}")


def table(frame: pd.DataFrame) -> dict:
    return {"rows": list(frame.index), "columns": list(frame), "values": frame.to_numpy().tolist()}


def number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def one_mode(tables: Tables, **parameters: Any) -> dict:
    return table(room("analysis.networks").one_mode(*tables, **parameters))


def two_mode(tables: Tables, **parameters: Any) -> dict:
    return table(room("analysis.networks").two_mode(*tables, **parameters))


def deduplicate(tables: Tables, **parameters: Any) -> list[str]:
    return list(room("analysis.networks").deduplicate(tables[0], **parameters).statement_id)


def windows(tables: Tables, **parameters: Any) -> list[dict]:
    return [
        {"first": one.first, "last": one.last, "statements": list(one.statements.statement_id)}
        for one in room("analysis.networks").windows(tables[0], **parameters)
    ]


def one_mode_of(tables: Tables, **parameters: Any) -> dict:
    return table(room("change.variables").one_mode(*tables, **parameters))


def two_mode_of(tables: Tables, **parameters: Any) -> dict:
    parameters = {"normalisation": "none", **parameters}
    return table(room("change.variables").two_mode(*tables, **parameters))


def filtered(tables: Tables, include: dict, exclude: dict) -> list[str]:
    return list(room("change.variables").filtered(tables[0], include, exclude).statement_id)


def kernel_weight(tables: Tables, shape: str, delta: float) -> float:
    return float(room("change.kernels").kernel_weight(shape, delta))


def smoothed(tables: Tables, **parameters: Any) -> dict:
    return table(room("change.kernels").smoothed(*tables, **parameters))


def edge_changes(tables: Tables, normalisation: str, **windows: Any) -> list[list[str]]:
    spans = room("analysis.networks").windows(tables[0], **windows)
    table = room("change.edge_changes").edge_changes(spans, tables[1], normalisation)
    return table[["source", "target", "change", "first"]].to_numpy().tolist()


def network(
    tables: Tables, measure: str = "congruence", normalisation: str = "none"
) -> pd.DataFrame:
    return room("analysis.networks").one_mode(*tables, measure, normalisation)


def both(tables: Tables, normalisation: str) -> list[pd.DataFrame]:
    return [network(tables, measure, normalisation) for measure in ("congruence", "conflict")]


def balance(tables: Tables, camps: dict, normalisation: str) -> float | None:
    return number(room("change.balance").balance(*both(tables, normalisation), pd.Series(camps)))


def ei_index(tables: Tables, camps: dict, **of: str) -> float | None:
    """Of the network as a frame; that of its edges must be the same."""
    square = network(tables, **of)
    value = number(room("change.balance").ei_index(square, pd.Series(camps)))
    source, target = np.triu_indices(len(square), 1)
    ends = {"source": square.index[source], "target": square.index[target]}
    edges = pd.DataFrame({**ends, "weight": square.to_numpy()[source, target]})
    assert alike(room("analysis.structure").polarisation(edges, camps), value)
    return value


def modularity(tables: Tables, camps: dict, **of: str) -> float | None:
    return number(room("change.balance").modularity(network(tables, **of), pd.Series(camps)))


def groups(camps: pd.Series) -> list[list[str]]:
    """Camps as lists of their actors, without the names of the camps."""
    return sorted(sorted(some) for some in camps.index.groupby(camps).values())


def balance_over_time(
    tables: Tables, camps: dict, normalisation: str, **windows: Any
) -> list[list]:
    spans = room("analysis.networks").windows(tables[0], **windows)
    table = room("change.balance").balance_over_time(
        spans, tables[1], pd.Series(camps), normalisation, draws=0
    )
    rows = table[table.measure == "balance"]
    return [[first, number(value)] for first, value in zip(rows["first"], rows.value, strict=True)]


def best_camps(tables: Tables, number: int, normalisation: str) -> dict:
    best = room("change.camp_search").best_camps(*both(tables, normalisation), number)
    return {"camps": groups(best.camps), "balance": best.balance}


def p_value(tables: Tables, observed: float, drawn: list[float]) -> dict:
    given = iter([observed, *drawn])
    [row] = (
        room("change.chance")
        .chance_table(lambda _: {"number": next(given)}, tables[0], len(drawn))
        .to_dict("records")
    )
    return {"p": row["p"], "error": row["error"]}


def shuffled_margins(tables: Tables, seed: int) -> dict:
    dealt = room("change.chance").shuffled(tables[0], seed)
    columns = {
        "speaker": dealt.speaker,
        "issue": dealt.issue,
        "stance": dealt.issue + " " + dealt.stance.astype(str),
    }
    return {name: column.value_counts().to_dict() for name, column in columns.items()}


def shuffled_ways(tables: Tables, draws: int) -> list[str]:
    ways = set()
    for seed in range(draws):
        dealt = room("change.chance").shuffled(tables[0], seed)
        rows = zip(dealt.speaker, dealt.issue, dealt.stance, strict=True)
        ways.add(", ".join(sorted(" ".join(map(str, row)) for row in rows)))
    return sorted(ways)


def snapshots(networks: Iterable[tuple[str, str, pd.DataFrame]]) -> list:
    return [room("change.phases").Snapshot(*one) for one in networks]


def distance(tables: Tables, kind: str, first: dict, second: dict) -> float:
    given, stances = tables
    networks = []
    for chosen in (first, second):
        ids = chosen["statements"]
        some = given if ids == "all" else given[given.statement_id.isin(ids)]
        of = network((some, stances), chosen["measure"], chosen["normalisation"])
        networks.append(("", "", of))
    return float(room("change.phases").distances(snapshots(networks), kind)[0, 1])


def silhouette(tables: Tables, distances: list, states: list) -> float:
    apart = np.array(distances, dtype=float)
    return room("change.phases").silhouette(apart, np.array(states))


def states_modularity(tables: Tables, distances: list, states: list) -> float | None:
    apart = np.array(distances, dtype=float)
    return number(room("change.phases").modularity(apart, np.array(states)))


def divisions(tables: Tables, distances: list, linkage: str, number: int) -> list[int]:
    apart = np.array(distances, dtype=float)
    table, states = room("change.phases").divisions(apart, linkage)
    return states[list(table.number).index(number)].tolist()


def shared_by_neighbours(tables: Tables, **windows: Any) -> float:
    spans = room("analysis.networks").windows(tables[0], **windows)
    made = snapshots((one.first, one.last, pd.DataFrame()) for one in spans)
    return room("change.phases").shared_by_neighbours(made, tables[0])


def nested_backbone(tables: Tables, kind: str, **of: str) -> list[list]:
    table = room("change.backbone").nested(*tables, kind, **of)
    return [list(row) for row in zip(table.issue, table[kind], strict=True)]


def backbone_set(tables: Tables, number: int, kind: str, **of: str) -> list:
    table = room("change.backbone").exact(*tables, kind, **of).set_index("number")
    issues = table.issues[number]
    return [issues.split("; ") if issues else [], table[kind][number]]


def merges(tables: Tables, **of: str) -> list[float]:
    return room("change.found_camps").merges(network(tables, **of)).height.tolist()


def cut(tables: Tables, number: int, **of: str) -> list[list[str]]:
    found_camps = room("change.found_camps")
    return groups(found_camps.cut(found_camps.merges(network(tables, **of)), number))


def louvain(tables: Tables, **of: str) -> list[list[str]]:
    return groups(room("change.found_camps").louvain(network(tables, **of)))


def adjusted_rand(tables: Tables, found: dict, given: dict) -> float | None:
    return number(room("change.found_camps").adjusted_rand(pd.Series(found), pd.Series(given)))


def correspondence(tables: Tables, **of: Any) -> dict:
    table = room("analysis.networks").two_mode(*tables, **of)
    result = room("change.correspondence").correspondence(table)
    places = result.places[result.places.axis == 1]
    sides = {
        f"{side}s": dict(zip(some.label, some.coordinate, strict=True))
        for side, some in places.groupby("side")
    }
    axes = result.inertia
    return {"inertia": axes.inertia.sum(), "share": axes.share[0], **sides}


# What computes each measure has its name.
COMPUTED: dict[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (
        one_mode,
        two_mode,
        deduplicate,
        windows,
        one_mode_of,
        two_mode_of,
        filtered,
        kernel_weight,
        smoothed,
        edge_changes,
        balance,
        ei_index,
        modularity,
        balance_over_time,
        best_camps,
        p_value,
        shuffled_margins,
        shuffled_ways,
        distance,
        silhouette,
        states_modularity,
        divisions,
        shared_by_neighbours,
        nested_backbone,
        backbone_set,
        merges,
        cut,
        louvain,
        adjusted_rand,
        correspondence,
    )
}
