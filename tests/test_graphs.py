"""Networks for other programs: what the formats ask for, and each table read back.

What reads back is another program's reader, or a small one of this file.
"""

import io
import re
import xml.etree.ElementTree as ET

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispute.exchange.graphs import dl, gexf, graphml, matrix, matrix_csv, positions
from helpers.case.schema import fields
from helpers.case.tables import read_tables
from helpers.figures.style import DIRECTED

G = "{http://gexf.net/1.3}"
V = "{http://gexf.net/1.3/viz}"
M = "{http://graphml.graphdrawing.org/xmlns}"
Y = "{http://www.yworks.com/xml/graphml}"
NAMES = fields("edges")["network"]["enum"]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NMTOKEN = re.compile(r"[\w.:-]+", re.ASCII)
VALUES = {"string": r".*", "integer": r"-?\d+", "int": r"-?\d+", "double": r"-?\d+\.\d{6}"}
WRITERS = pytest.mark.parametrize("write", [gexf, graphml], ids=["gexf", "graphml"])


def nodes(*names, camps=None):
    """Actors a, b, … with names."""
    frame = pd.DataFrame(
        {
            "actor_id": [chr(97 + i) for i in range(len(names))],
            "name": names,
            "kind": "person",
            "camp": camps or [""] * len(names),
        }
    )
    return frame.assign(
        n_statements=pd.array(range(len(names)), "Int64"),
        n_relations=pd.array([0] * len(names), "Int64"),
    )


def edges(*rows):
    """Edges of (network, source, target, relation, sign, weight)."""
    frame = pd.DataFrame(
        [(f"{n}:{s}--{r}({g})--{t}", n, s, t, r, g, w) for n, s, t, r, g, w in rows],
        columns=["edge_id", "network", "source", "target", "relation", "sign", "weight"],
    )
    return frame.assign(
        sign=frame.sign.astype("Int64"),
        weight=frame.weight.astype("Float64"),
        n_evidence=3,
        n_articles=2,
    )


PEOPLE = nodes("Ann", "Bo", "Cy", camps=["red", "", "red"])
TIES = edges(
    ("relation", "b", "a", "meets", 1, 1),
    ("relation", "a", "b", "accuses", -1, 2),
    ("relation", "a", "b", "meets", 0, 1),
    ("relation", "a", "b", "meets", 1, 5),
)
VIEWS = edges(("conflict", "a", "b", "", pd.NA, 1 / 3), ("conflict", "b", "c", "", pd.NA, 2))
MIXED = pd.concat([VIEWS, TIES], ignore_index=True)


def checked_gexf(text):
    """The root of a GEXF text that keeps the rules of the format."""
    root = ET.fromstring(text)
    assert text.startswith(HEAD + "<gexf ")
    assert root.tag == G + "gexf" and root.get("version") == "1.3"
    assert "lastmodifieddate" not in text
    assert [child.tag for child in root] == [G + "meta", G + "graph"]
    graph = root[1]
    parts = ["attributes", "attributes", "nodes", "edges"]
    assert [child.tag for child in graph] == [G + part for part in parts]

    declared = {}
    for group in graph.findall(G + "attributes"):
        declared[group.get("class")] = {item.get("id"): item.get("type") for item in group}
    assert set(declared) == {"node", "edge"}
    names = declared["node"].keys() | declared["edge"].keys()
    assert not {"label", "weight", "edge_id"} & names, "these have a place of their own"
    types = {*declared["node"].values(), *declared["edge"].values()}
    assert types <= {"string", "integer", "double"}

    ids = check_ids(graph.findall(f"{G}nodes/{G}node"), graph.findall(f"{G}edges/{G}edge"))
    for scope in ("node", "edge"):
        for element in graph.iter(G + scope):
            check_gexf_values(element, declared[scope])
    for edge in graph.iter(G + "edge"):
        assert edge.get("type") in ("directed", "undirected") and edge.get("kind")
        assert re.fullmatch(VALUES["double"], edge.get("weight"))
    colours = list(graph.iter(V + "color"))
    assert len(colours) == len(ids)
    for colour in colours:
        assert set(colour.attrib) == {"r", "g", "b"}
        assert all(0 <= int(value) <= 255 for value in colour.attrib.values())
    kinds = [(e.get("source"), e.get("target"), e.get("kind")) for e in graph.iter(G + "edge")]
    assert len(set(kinds)) == len(kinds), "Gephi would make one of two parallel edges"
    return root


def check_gexf_values(element, types):
    values = element.findall(f"{G}attvalues/{G}attvalue")
    assert len({value.get("for") for value in values}) == len(values) > 0
    for value in values:
        assert value.get("value")
        assert re.fullmatch(VALUES[types[value.get("for")]], value.get("value"))


def checked_graphml(text):
    """The root of a GraphML text that keeps the rules of the format."""
    root = ET.fromstring(text)
    assert text.startswith(HEAD + "<graphml ") and root.tag == M + "graphml"
    keys = {
        key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.findall(M + "key")
    }
    assert [child.tag for child in root] == [M + "desc", *[M + "key"] * len(keys), M + "graph"]
    assert keys.pop("node_graphics") == ("node", None)
    assert {kind for _, kind in keys.values()} == {"string", "int", "double"}
    graph = root[-1]
    assert graph.get("edgedefault") in ("directed", "undirected")
    check_ids(graph.findall(M + "node"), graph.findall(M + "edge"))
    for element in graph:
        assert NMTOKEN.fullmatch(element.get("id"))
        data = element.findall(M + "data")
        assert len({value.get("key") for value in data}) == len(data) > 0
        if element.tag == M + "node":
            assert [child.tag for child in data.pop()] == [Y + "ShapeNode"]
        for value in data:
            scope, kind = keys[value.get("key")]
            assert M + scope == element.tag
            assert value.text and re.fullmatch(VALUES[kind], value.text)
    assert {edge.get("directed") for edge in graph.findall(M + "edge")} <= {"true", "false"}
    return root


def check_ids(node_elements, edge_elements):
    """Ids are there once, those of nodes in order, and each edge ends in nodes. Returns the ids."""
    ids = [element.get("id") for element in node_elements]
    edge_ids = [element.get("id") for element in edge_elements]
    assert ids == sorted(set(ids)) and len(set(edge_ids)) == len(edge_ids)
    for edge in edge_elements:
        assert {edge.get("source"), edge.get("target")} <= set(ids)
    return ids


CHECKS = {gexf: checked_gexf, graphml: checked_graphml}


def read(write, text):
    """A text as networkx reads it, which must tell a GEXF 1.3 by itself."""
    file = io.BytesIO(text.encode())
    return nx.read_gexf(file) if write is gexf else nx.read_graphml(file, force_multigraph=True)


def compare(graph, frame, people):
    """A graph of networkx holds the rows of the tables."""
    labels = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert labels == dict(zip(people.actor_id, people.name, strict=True))
    for row in people.itertuples():
        data = graph.nodes[row.actor_id]
        assert (data["kind"], data.get("camp", "")) == (row.kind, row.camp)
        assert (data["n_statements"], data["n_relations"]) == (row.n_statements, row.n_relations)
    found = {
        data.get("edge_id", data.get("id")): ((source, target), data)
        for source, target, data in graph.edges(data=True)
    }
    assert len(found) == graph.number_of_edges() and set(found) == set(frame.edge_id)
    for row in frame.itertuples():
        ends, data = found[row.edge_id]
        forth, back = (row.source, row.target), (row.target, row.source)
        assert ends == forth or (not graph.is_directed() and ends == back)
        assert data["weight"] == pytest.approx(row.weight, abs=5e-7)
        label = row.relation or row.network
        if getattr(row, "account", "stated") == "claimed":
            label += " (claimed)"
            assert data["claimants"] == row.claimants != ""
        assert (data["network"], data["label"]) == (row.network, label)
        assert data.get("relation", "") == row.relation
        assert data.get("sign") == (None if pd.isna(row.sign) else row.sign)
        assert (data["n_evidence"], data["n_articles"]) == (row.n_evidence, row.n_articles)


def elements(root, name):
    """All elements of a name, whatever their namespace."""
    return [element for element in root.iter() if element.tag.endswith("}" + name)]


@WRITERS
@pytest.mark.parametrize("frame, directed", [(TIES, True), (VIEWS, False)], ids=["ties", "views"])
def test_networkx_reads_back_what_was_written(write, frame, directed):
    text = write(PEOPLE, frame, "a title")
    CHECKS[write](text)
    graph = read(write, text)
    assert graph.is_directed() == directed and (graph.is_multigraph() or not directed)
    compare(graph, frame, PEOPLE)


@WRITERS
def test_directed_and_undirected_edges_stand_together_each_telling_its_own(write):
    offices = edges(("affiliation", "c", "a", "", pd.NA, 1))
    text = write(PEOPLE, pd.concat([MIXED, offices], ignore_index=True), "t")
    root = CHECKS[write](text)
    told = {"true": True, "false": False, "directed": True, "undirected": False}
    directions = {
        (edge.get("source"), edge.get("target"), told[edge.get("type") or edge.get("directed")])
        for edge in elements(root, "edge")
    }
    assert directions == {
        ("a", "b", False),
        ("b", "c", False),
        ("b", "a", True),
        ("a", "b", True),
        ("c", "a", True),
    }
    # The reason why graphs.py writes by itself.
    with pytest.raises(nx.NetworkXError, match=r"(?i)directed"):
        read(write, text)


@WRITERS
def test_no_edges_and_no_nodes(write):
    graph = read(write, write(PEOPLE, TIES[:0], "t"))
    assert (len(graph), graph.number_of_edges()) == (3, 0)
    CHECKS[write](write(PEOPLE, VIEWS[:0], "t"))
    CHECKS[write](write(PEOPLE[:0], VIEWS[:0], "t"))


@WRITERS
def test_the_same_rows_give_the_same_bytes_in_whatever_order(write):
    people, mixed = PEOPLE.copy(), MIXED.copy()
    first = write(people, mixed, "t")
    shuffled = people.sample(frac=1, random_state=1), mixed.sample(frac=1, random_state=2)
    assert first == write(*shuffled, "t")
    pd.testing.assert_frame_equal(people, PEOPLE)
    pd.testing.assert_frame_equal(mixed, MIXED)

    ids = [edge.get("id") for edge in elements(ET.fromstring(first), "edge")]
    starts = [identity.split(".28.")[0].split("(")[0] for identity in ids]
    assert starts == [identity.split("(")[0] for identity in sorted(MIXED.edge_id)]


@WRITERS
def test_names_and_titles_may_hold_anything(write):
    names = ["<b> & \"Q\" 'q'", "é 😀 ‏עברית", "bell\x07\x00\x1b\ufffe\ud800end"]
    text = write(nodes(*names), TIES, "<t> & \x0b]]>")
    root = CHECKS[write](text)
    text.encode("utf-8")
    labels = [data["label"] for _, data in read(write, text).nodes(data=True)]
    assert labels == [names[0], names[1], "bellend"]
    (title,) = elements(root, "description") + elements(root, "desc")
    assert title.text == "<t> & ]]>"


def is_allowed(character):
    """Whether a character may stand in XML 1.0."""
    return (
        character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character >= "\U00010000"
    )


@settings(max_examples=80, deadline=None)
@given(
    st.text(st.characters(), max_size=12).map(lambda text: f"x{text}x"),
    st.sampled_from([gexf, graphml]),
)
def test_a_name_comes_back_without_what_xml_forbids(name, write):
    allowed = "".join(filter(is_allowed, name))
    graph = read(write, write(nodes(name), VIEWS[:0], name))
    assert graph.nodes["a"]["label"] == re.sub("[\t\n\r ]+", " ", allowed)


@WRITERS
def test_faulty_tables_are_refused(write):
    with pytest.raises(ValueError, match=r"end in no node: conflict:b--\(<NA>\)--c"):
        write(PEOPLE[:2], VIEWS, "t")
    with pytest.raises(ValueError, match="twice: relation:"):
        write(PEOPLE, pd.concat([TIES, TIES[:1]]), "t")
    with pytest.raises(ValueError, match="twice: a"):
        write(pd.concat([PEOPLE, PEOPLE[:1]]), TIES, "t")


def test_a_camp_has_one_colour_and_no_camp_is_grey():
    camps = ["x", "", "y", "y", "x", "y"]
    root = checked_gexf(gexf(nodes(*"ABCDEF", camps=camps), VIEWS[:0], "t"))
    colours = []
    for element in root.iter(V + "color"):
        red, green, blue = (int(element.get(channel)) for channel in "rgb")
        colours.append(f"#{red:02X}{green:02X}{blue:02X}")
    expected = {"y": "#0072B2", "x": "#D55E00", "": "#8A8A8A"}
    assert colours == [expected[camp] for camp in camps]


@WRITERS
def test_optional_columns(write):
    if write is gexf:
        plain = read(gexf, gexf(PEOPLE.drop(columns="camp"), VIEWS, "t"))
        assert "camp" not in plain.nodes["a"] and "community" not in plain.nodes["a"]
    grouped = PEOPLE.assign(community=pd.array([2, None, 1], "Int64"))
    graph = read(write, write(grouped, VIEWS, "t"))
    assert [data.get("community") for _, data in graph.nodes(data=True)] == [2, None, 1]


def test_edge_ids_of_graphml_stay_distinct():
    ids = [
        "relation:a--x(+1)--b",
        "relation:a--x(-1)--b",
        "relation:a--x.28.-1.29.--b",
        "relation:a--x 1--b",
    ]
    frame = edges(*[("relation", "a", "b", "x", 1, 1)] * 4).assign(edge_id=ids)
    root = checked_graphml(graphml(PEOPLE, frame, "t"))
    assert len({edge.get("id") for edge in root.iter(M + "edge")}) == 4
    kept = [data.text for data in root.iter(M + "data") if data.get("key") == "edge_edge_id"]
    assert kept == sorted(ids)


def parsed(text):
    """A DL full matrix as a frame, and whether it is one-mode."""
    lines = iter(text.split("\n"))
    assert next(lines) == "DL"
    size = dict(re.findall(r"(\w+)=(\d+)", next(lines)))
    n_rows, n_columns = int(size.get("NR", size.get("N"))), int(size.get("NC", size.get("N")))
    assert next(lines) == "FORMAT = FULLMATRIX DIAGONAL PRESENT"
    assert next(lines) == "ROW LABELS:"
    rows = [unquoted(next(lines)) for _ in range(n_rows)]
    assert next(lines) == "COLUMN LABELS:"
    columns = [unquoted(next(lines)) for _ in range(n_columns)]
    assert next(lines) == "DATA:"
    numbers = []
    for _ in range(n_rows):
        numbers.append([float(cell) for cell in next(lines).split(" ") if cell])
        assert len(numbers[-1]) == n_columns
    assert list(lines) == [""]
    cells = np.array(numbers).reshape(n_rows, n_columns)
    return pd.DataFrame(cells, rows, columns), "N" in size


def unquoted(line):
    return re.fullmatch('"([^"]*)"', line)[1]


def test_dl_as_ucinet_writes_it():
    frame = pd.DataFrame([[0, 1 / 3], [2.0, -0.0000001]], index=["a", "b c"], columns=["a", "b c"])
    assert dl(frame).splitlines() == [
        "DL",
        "N=2",
        "FORMAT = FULLMATRIX DIAGONAL PRESENT",
        "ROW LABELS:",
        '"a"',
        '"b c"',
        "COLUMN LABELS:",
        '"a"',
        '"b c"',
        "DATA:",
        "0 0.333333",
        "2 0",
    ]
    assert dl(frame).endswith("\n")


def test_dl_of_two_modes():
    frame = pd.DataFrame([[1, -2, 0.5]], index=["only, one"], columns=["x", "y", "z"])
    back, one_mode = parsed(dl(frame))
    assert not one_mode and "NR=1, NC=3" in dl(frame)
    pd.testing.assert_frame_equal(back, frame.astype(float))

    crossed = pd.DataFrame([[1, 2], [3, 4]], index=["a", "b"], columns=["b", "a"])
    assert not parsed(dl(crossed))[1]


LABEL_CHARACTERS = st.characters(
    codec="utf-8", exclude_characters='"', exclude_categories=["Cc", "Cn", "Zl", "Zp"]
).filter(lambda character: character != " ")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(LABEL_CHARACTERS, max_size=8), min_size=1, max_size=5, unique=True),
    st.data(),
)
def test_dl_comes_back(labels, data):
    cell = st.integers(-99, 99) | st.floats(-9999, 9999)
    row = st.lists(cell, min_size=len(labels), max_size=len(labels))
    cells = [data.draw(row) for _ in labels]
    frame = pd.DataFrame(cells, index=labels, columns=labels, dtype=float)
    back, one_mode = parsed(dl(frame))
    assert one_mode
    pd.testing.assert_frame_equal(back, frame, check_exact=False, rtol=0, atol=5.1e-7)


def test_dl_labels_and_faults():
    odd = pd.DataFrame([[1]], index=['the "old", IEBC\nof 2022 & <x>'], columns=["O'Neil 😀\x07"])
    back, _ = parsed(dl(odd))
    assert (*back.index, *back.columns) == ("the 'old', IEBC of 2022 & <x>", "O'Neil 😀")
    with pytest.raises(ValueError, match='twice: "\'"'):
        dl(pd.DataFrame([[1], [2]], index=['"', "'"], columns=["x"]))
    for missing in (np.nan, None, pd.NA):
        with pytest.raises(ValueError, match="a number in every cell"):
            dl(pd.DataFrame({"x": [missing]}, index=["a"]))
    assert parsed(dl(pd.DataFrame()))[0].empty


@pytest.fixture(scope="module")
def published(tables):
    """The published actors and edges.

    Actors whom no node stands for, but an edge may end in, are added with no statement and no
    relation.
    """
    counts = tables["nodes"].drop(columns=["name", "kind", "camp"])
    people = tables["actors"].merge(counts, how="left", on="actor_id")
    return people.fillna({"n_statements": 0, "n_relations": 0}), tables["edges"]


@WRITERS
def test_the_published_tables_come_back(write, published):
    people, ties = published
    CHECKS[write](write(people, ties, "The server dispute"))
    assert {"relation", "conflict", "congruence"} <= set(ties.network)
    for network, part in ties.groupby("network"):
        graph = read(write, write(people, part, "The server dispute"))
        assert graph.is_directed() == (network in DIRECTED)
        compare(graph, part, people)


def test_the_published_conflict_as_dl(published):
    _, ties = published
    part = ties[ties.network == "conflict"]
    both = pd.concat([part, part.rename(columns={"source": "target", "target": "source"})])
    matrix = both.pivot(index="source", columns="target", values="weight").fillna(0)
    back, one_mode = parsed(dl(matrix))
    assert one_mode and back.sum(axis=None) == pytest.approx(2 * part.weight.sum())
    for row in part.itertuples():
        assert back.at[row.source, row.target] == pytest.approx(row.weight, abs=5e-7)


def test_one_file_for_each_network_which_networkx_opens(root, published):
    """None that knows one direction opens the mixed file: these together hold all of it."""
    people, ties = published
    folder = root / "data/processed"
    for reader, ending in ((nx.read_gexf, "gexf"), (nx.read_graphml, "graphml")):
        sizes = {}
        for network in NAMES:
            graph = reader(folder / f"{network}.{ending}")
            assert graph.is_directed() == (network in DIRECTED)
            sizes[network] = graph.number_of_edges()
            compare(graph, ties[ties.network == network], people[people.actor_id.isin(graph)])
            assert len(graph) == len(read_tables(folder, ["nodes"])["nodes"])
        assert sum(sizes.values()) == len(ties)


@WRITERS
def test_a_network_without_an_edge_has_its_direction(write):
    for network in NAMES:
        text = write(PEOPLE, VIEWS[:0], "t", directed=network in DIRECTED)
        assert read(write, text).is_directed() == (network in DIRECTED)


def test_yed_finds_the_names_where_it_looks_for_them():
    names = ['<b> & "Q"', "é 😀 張偉"]
    root = checked_graphml(graphml(nodes(*names), VIEWS[:0], "t"))
    (key,) = [key for key in root.iter(M + "key") if key.get("yfiles.type") == "nodegraphics"]
    labels = [
        data.findtext(f"{Y}ShapeNode/{Y}NodeLabel")
        for data in root.iter(M + "data")
        if data.get("key") == key.get("id")
    ]
    assert labels == names


def test_matrices_for_r_have_ids_at_head_and_side_and_nothing_where_nobody_speaks():
    """a says 2 and -1 on i, in two statements: 0.5; nobody else says anything on it."""
    table = pd.DataFrame(
        [("a", "i", 1, 2), ("a", "j", -2, 1), ("b", "j", 4, 2)],
        columns=["actor_id", "issue", "weight", "n_evidence"],
    )
    written = matrix_csv(positions(table))
    assert written == "id,i,j\na,0.500000,-2.000000\nb,,2.000000\n"


def test_the_published_agreement_as_csv_is_the_matrix_that_ucinet_gets(root, published):
    _, ties = published
    square = matrix(ties[ties.network == "congruence"])
    written = root / "data/processed/matrix-congruence.csv"
    back = pd.read_csv(written, index_col="id")
    assert np.allclose(back, square, atol=5e-7) and back.index.tolist() == list(back)
