"""Networks as files that Gephi, yEd, visone, networkx, igraph, UCINET and R read.

GEXF, GraphML, DL, and matrices as CSV.

networkx's writers are not used: they know no graph with directed and undirected edges together,
and its GEXF bears the date of the day. What is made here is text; the files are written elsewhere.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from dispute.exchange.texts import one_line
from helpers.analysis.by_account import CLAIMED
from helpers.case.schema import fields
from helpers.figures.style import CAMPS, DIRECTED, QUIET, camps_by_size

Record = dict[str, str]


def _attributes(table: str, left_out: set[str]) -> dict[str, str]:
    """Columns of a table that a graph carries: name to type, as GEXF calls it."""
    types = {"integer": "integer", "number": "double"}
    return {
        column: types.get(field["type"], "string")
        for column, field in fields(table).items()
        if column not in left_out
    }


# The attributes of a node and of an edge; `label` is what a program shows.
NODES = {"label": "string", **_attributes("nodes", {"actor_id", "name"})}
EDGES = {"edge_id": "string", "label": "string", **_attributes("edges", {"source", "target"})}
# GEXF has places of its own for these.
BUILT_IN = {"label", "edge_id", "weight"}
GEXF = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:viz": "http://gexf.net/1.3/viz",
    "version": "1.3",
}
GRAPHML = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
}
# What yEd draws of a node.
YED = "node_graphics"


def gexf(nodes: pd.DataFrame, edges: pd.DataFrame, title: str, directed: bool | None = None) -> str:
    """GEXF 1.3, for Gephi.

    `nodes` and `edges`: columns of the tables; `camp` and `community` may be missing. Each edge
    tells its direction, `directed` that of the graph; where it is not given, the graph is directed
    if all its edges are. `kind` keeps parallel edges apart; a node has the colour of its camp.

    Raises ValueError where an id comes twice or an edge ends in no node.
    """
    actors, ties = _records(nodes, edges)
    root = ET.Element("gexf", GEXF)
    ET.SubElement(ET.SubElement(root, "meta"), "description").text = one_line(title)
    of_all = _direction_of_all(edges, directed)
    graph = ET.SubElement(root, "graph", mode="static", defaultedgetype=of_all)
    for scope, columns in (("node", NODES), ("edge", EDGES)):
        declared = ET.SubElement(graph, "attributes", {"class": scope})
        for name, kind in columns.items():
            if name not in BUILT_IN:
                ET.SubElement(declared, "attribute", id=name, title=name, type=kind)
    _gexf_nodes(graph, actors)
    return _document(root, ET.SubElement(graph, "edges"), map(_gexf_edge, ties), depth=3)


def _gexf_nodes(graph: ET.Element, actors: list[Record]) -> None:
    colours = _colours(actors)
    group = ET.SubElement(graph, "nodes")
    for actor in actors:
        element = ET.SubElement(group, "node", id=actor["id"], label=actor["label"])
        _gexf_values(element, actor, NODES)
        red, green, blue = bytes.fromhex(colours[actor["camp"]].removeprefix("#"))
        ET.SubElement(element, "viz:color", r=str(red), g=str(green), b=str(blue))


def _gexf_edge(tie: Record) -> ET.Element:
    kind = " ".join(filter(None, (tie["network"], tie["relation"], tie["sign"])))
    ends = {name: tie[name] for name in ("id", "source", "target", "label", "weight")}
    element = ET.Element("edge", ends, type=_direction(tie), kind=kind)
    _gexf_values(element, tie, EDGES)
    return element


def _gexf_values(element: ET.Element, record: Record, names: Iterable[str]) -> None:
    """The attributes that are not empty."""
    values = ET.SubElement(element, "attvalues")
    for name in names:
        if record[name] and name not in BUILT_IN:
            ET.SubElement(values, "attvalue", {"for": name, "value": record[name]})


def graphml(
    nodes: pd.DataFrame, edges: pd.DataFrame, title: str, directed: bool | None = None
) -> str:
    """GraphML 1.0, for Gephi, yEd, visone, networkx and igraph.

    Input and ValueError as in `gexf`. Each edge tells its direction; networkx refuses a graph of
    both, and igraph reads it as if no edge had one. yEd shows no attribute, only its own NodeLabel.
    An XML id may not hold all characters of `edge_id`: the others stand there as their code point
    between dots, and `edge_id` is an attribute besides.
    """
    actors, ties = _records(nodes, edges)
    root = ET.Element("graphml", GRAPHML)
    ET.SubElement(root, "desc").text = one_line(title)
    for scope, columns in (("node", NODES), ("edge", EDGES)):
        for name, kind in columns.items():
            key = {"id": f"{scope}_{name}", "for": scope, "attr.name": name}
            ET.SubElement(root, "key", key | {"attr.type": kind.replace("integer", "int")})
    ET.SubElement(root, "key", {"id": YED, "for": "node", "yfiles.type": "nodegraphics"})
    graph = ET.SubElement(root, "graph", edgedefault=_direction_of_all(edges, directed))
    for actor in actors:
        element = ET.SubElement(graph, "node", id=actor["id"])
        _graphml_values(element, actor, "node", NODES)
        shape = ET.SubElement(ET.SubElement(element, "data", key=YED), "y:ShapeNode")
        ET.SubElement(shape, "y:NodeLabel").text = actor["label"]
    return _document(root, graph, map(_graphml_edge, ties), depth=2)


def _graphml_edge(tie: Record) -> ET.Element:
    ends = {"id": _xml_id(tie["id"]), "source": tie["source"], "target": tie["target"]}
    element = ET.Element("edge", ends, directed=str(_is_directed(tie)).lower())
    _graphml_values(element, tie, "edge", EDGES)
    return element


def _graphml_values(element: ET.Element, record: Record, scope: str, names: Iterable[str]) -> None:
    """The attributes that are not empty."""
    for name in names:
        if record[name]:
            ET.SubElement(element, "data", key=f"{scope}_{name}").text = record[name]


def _xml_id(identity: str) -> str:
    """An id of letters, digits and `_ : -`: what else is in it as its code point between dots."""

    def between_dots(match: re.Match[str]) -> str:
        return f".{ord(match[0]):x}."

    return re.sub(r"[^\w:-]", between_dots, identity, flags=re.ASCII)


def matrix(edges: pd.DataFrame) -> pd.DataFrame:
    """The undirected edges of one network as a square frame of weights.

    `edges`: columns `source`, `target`, `weight`. Actors stand in the order of their ids; there is
    zero where there is no edge.
    """
    there = edges[["source", "target", "weight"]]
    back = there.rename(columns={"source": "target", "target": "source"})
    square = pd.concat([there, back]).pivot(index="source", columns="target", values="weight")
    return square.astype(float).fillna(0.0).sort_index().sort_index(axis=1)


def positions(issue_edges: pd.DataFrame) -> pd.DataFrame:
    """Actors by issues, the mean stance in each cell; missing where an actor says nothing.

    `issue_edges`: columns `actor_id`, `issue`, `weight` (the sum of the stances), `n_evidence`.
    """
    mean = issue_edges.assign(mean=issue_edges.weight / issue_edges.n_evidence)
    return mean.pivot(index="actor_id", columns="issue", values="mean").astype(float)


def matrix_csv(matrix: pd.DataFrame) -> str:
    """A labelled frame of numbers as CSV, ids at its head and side, as `read.csv` of R takes it.

    What is missing is an empty cell.
    """
    return matrix.to_csv(index_label="id", float_format="{:z.6f}".format, lineterminator="\n")


def dl(matrix: pd.DataFrame) -> str:
    """A labelled frame of numbers as a full matrix in UCINET's DL.

    It has one mode where rows and columns have the same labels, else two. Within its quotes DL has
    no way to write a double quote or a new line: they become a single quote and a blank.

    Raises ValueError where two labels are the same, also by this, or where a number is missing.
    """
    if matrix.isna().any(axis=None):
        raise ValueError("a cell of the matrix is empty; expected a number in every cell")
    rows = [_dl_label(label) for label in matrix.index]
    columns = [_dl_label(label) for label in matrix.columns]
    if again := _repeated(rows) + _repeated(columns):
        raise ValueError(f"labels that come twice: {', '.join(again)}")
    size = f"N={len(rows)}" if rows == columns else f"NR={len(rows)}, NC={len(columns)}"
    cells = matrix.itertuples(index=False, name=None)
    numbers = [" ".join(map(_dl_number, row)) for row in cells]
    head = ["DL", size, "FORMAT = FULLMATRIX DIAGONAL PRESENT"]
    labels = ["ROW LABELS:", *rows, "COLUMN LABELS:", *columns]
    return "\n".join([*head, *labels, "DATA:", *numbers, ""])


def _dl_label(label: object) -> str:
    return '"' + one_line(label).replace('"', "'") + '"'


def _dl_number(value: float) -> str:
    value = round(float(value), 6)
    return str(int(value)) if value.is_integer() else f"{value:.6f}"


def _records(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[list[Record], Iterator[Record]]:
    """The rows of both tables as text, in the order of their ids; an empty cell stays empty.

    There may be very many edges: each is put into words when it is asked for.
    """
    nodes = nodes.assign(id=nodes.actor_id, label=nodes["name"]).sort_values("id")
    relation = edges.relation.fillna("")
    label = relation.where(relation != "", edges.network)
    if "account" in edges:
        label = label.mask(edges.account == CLAIMED, label + " (claimed)")
    edges = edges.assign(id=edges.edge_id, label=label).sort_values("id")
    if again := _repeated(nodes.id) + _repeated(edges.id):
        raise ValueError(f"ids that come twice: {', '.join(again)}")
    has_ends = edges.source.isin(nodes.id) & edges.target.isin(nodes.id)
    if loose := list(edges.id[~has_ends]):
        raise ValueError(f"edges that end in no node: {', '.join(loose)}")
    ends = {"id": "string", "source": "string", "target": "string"}
    return list(_as_text(nodes, {"id": "string", **NODES})), _as_text(edges, {**ends, **EDGES})


def _as_text(frame: pd.DataFrame, columns: dict[str, str]) -> Iterator[Record]:
    """The rows of a frame as text: column to cell, for columns that the frame may lack."""
    there = frame.reindex(columns=list(columns))
    for row in there.itertuples(index=False, name=None):
        cells = zip(columns.items(), row, strict=True)
        yield {name: _text(value, kind) for (name, kind), value in cells}


def _text(value: Any, kind: str) -> str:
    """A cell as text: a `double` with six decimals, an `integer` with none."""
    if pd.isna(value):
        return ""
    if kind == "double":
        return f"{value:.6f}"
    if kind == "integer":
        return str(int(value))
    return one_line(value)


def _repeated(labels: Iterable[str]) -> list[str]:
    return sorted(label for label, count in Counter(labels).items() if count > 1)


def _is_directed(tie: Record) -> bool:
    return tie["network"] in DIRECTED


def _direction(tie: Record) -> str:
    return "directed" if _is_directed(tie) else "undirected"


def _direction_of_all(edges: pd.DataFrame, directed: bool | None) -> str:
    """The direction of the graph. Each edge tells its own, but some programs hold one for all."""
    if directed is None:
        directed = len(edges) > 0 and bool(edges.network.isin(DIRECTED).all())
    return "directed" if directed else "undirected"


def _colours(actors: list[Record]) -> dict[str, str]:
    """Camp to colour, the largest camp first, as in the figures; grey for no camp."""
    camps = camps_by_size(actor["camp"] for actor in actors)
    colours = {camp: CAMPS[place % len(CAMPS)] for place, camp in enumerate(camps)}
    return colours | {"": QUIET}


def _document(
    root: ET.Element, group: ET.Element, elements: Iterable[ET.Element], depth: int
) -> str:
    """A document whose elements end one group of it, at a depth.

    Each is written by itself: all of a large network would fill the memory.
    """
    lines = []
    for element in elements:
        ET.indent(element, level=depth)
        lines.append(ET.tostring(element, encoding="unicode"))
    if lines:
        ET.SubElement(group, "here")
    ET.indent(root)
    head, _, tail = ET.tostring(root, encoding="unicode").partition("<here />")
    between = "\n" + depth * "  "
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{between.join(lines)}{tail}\n'
