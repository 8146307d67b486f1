"""Exports: what the formats ask for, and each table read back by another program's reader or by a small one of this file."""

import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispute.exchange.calendars import STAMP, icalendar
from dispute.exchange.entries import GROUPS
from dispute.exchange.graphs import dl, gexf, graphml
from dispute.exchange.timelinejs import timelinejs
from helpers.case.cells import UNFIT
from helpers.case.tables import read_tables
from helpers.dates import edtf as dates
from helpers.figures import style as palette

REPO = Path(__file__).parents[1]
G, V, M = (
    "{http://gexf.net/1.3}",
    "{http://gexf.net/1.3/viz}",
    "{http://graphml.graphdrawing.org/xmlns}",
)
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
    assert (
        text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<gexf ')
        and root.tag == G + "gexf"
        and root.get("version") == "1.3"
    )
    assert "lastmodifieddate" not in text and [child.tag for child in root] == [
        G + "meta",
        G + "graph",
    ]
    graph = root[1]
    assert [child.tag for child in graph] == [
        G + "attributes",
        G + "attributes",
        G + "nodes",
        G + "edges",
    ]
    declared = {
        a.get("class"): {x.get("id"): x.get("type") for x in a}
        for a in graph.findall(G + "attributes")
    }
    assert set(declared) == {"node", "edge"} and not {"label", "weight", "edge_id"} & set().union(
        *declared.values()
    ), "a place of its own"
    assert set().union(*map(dict.values, declared.values())) <= {"string", "integer", "double"}
    ids = check_ids(graph.findall(f"{G}nodes/{G}node"), graph.findall(f"{G}edges/{G}edge"))
    for scope in ("node", "edge"):
        for element in graph.iter(G + scope):
            values = element.findall(f"{G}attvalues/{G}attvalue")
            assert len({value.get("for") for value in values}) == len(values) > 0
            for value in values:
                assert value.get("value") and re.fullmatch(
                    VALUES[declared[scope][value.get("for")]], value.get("value")
                )
    for edge in graph.iter(G + "edge"):
        assert (
            edge.get("type") in ("directed", "undirected")
            and re.fullmatch(VALUES["double"], edge.get("weight"))
            and edge.get("kind")
        )
    for colour in graph.iter(V + "color"):
        assert set(colour.attrib) == {"r", "g", "b"} and all(
            0 <= int(value) <= 255 for value in colour.attrib.values()
        )
    assert len(list(graph.iter(V + "color"))) == len(ids)
    kinds = [(e.get("source"), e.get("target"), e.get("kind")) for e in graph.iter(G + "edge")]
    assert len(set(kinds)) == len(kinds), "Gephi would make one of two parallel edges"
    return root


def checked_graphml(text):
    """The root of a GraphML text that keeps the rules of the format."""
    root = ET.fromstring(text)
    assert (
        text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<graphml ')
        and root.tag == M + "graphml"
    )
    keys = {
        key.get("id"): (key.get("for"), key.get("attr.type")) for key in root.findall(M + "key")
    }
    assert [child.tag for child in root] == [M + "desc", *[M + "key"] * len(keys), M + "graph"]
    assert {kind for _, kind in keys.values()} == {"string", "int", "double"}
    graph = root[-1]
    assert graph.get("edgedefault") in ("directed", "undirected")
    check_ids(graph.findall(M + "node"), graph.findall(M + "edge"))
    for element in graph:
        assert NMTOKEN.fullmatch(element.get("id"))
        data = element.findall(M + "data")
        assert len({value.get("key") for value in data}) == len(data) > 0
        for value in data:
            scope, kind = keys[value.get("key")]
            assert (
                M + scope == element.tag and value.text and re.fullmatch(VALUES[kind], value.text)
            )
    assert {edge.get("directed") for edge in graph.findall(M + "edge")} <= {"true", "false"}
    return root


def check_ids(found_nodes, found_edges):
    ids, edge_ids = (
        [element.get("id") for element in found] for found in (found_nodes, found_edges)
    )
    assert ids == sorted(set(ids)) and len(set(edge_ids)) == len(edge_ids)
    assert {edge.get(end) for edge in found_edges for end in ("source", "target")} <= set(ids)
    return ids


CHECKS = {gexf: checked_gexf, graphml: checked_graphml}


def read(write, text):
    """A text as networkx reads it, which must tell a GEXF 1.3 by itself."""
    return (
        nx.read_gexf(io.BytesIO(text.encode()))
        if write is gexf
        else nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    )


def compare(graph, frame, people):
    """A graph of networkx holds the rows of the tables."""
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == dict(
        zip(people.actor_id, people.name)
    )
    for row in people.itertuples():
        data = graph.nodes[row.actor_id]
        assert (data["kind"], data.get("camp", ""), data["n_statements"], data["n_relations"]) == (
            row.kind,
            row.camp,
            row.n_statements,
            row.n_relations,
        )
    found = {
        d.get("edge_id", d["id"] if "id" in d else None): ((s, t), d)
        for s, t, d in graph.edges(data=True)
    }
    assert len(found) == graph.number_of_edges() and set(found) == set(frame.edge_id)
    for row in frame.itertuples():
        ends, data = found[row.edge_id]
        assert ends == (row.source, row.target) or (
            not graph.is_directed() and ends == (row.target, row.source)
        )
        assert (
            data["weight"] == pytest.approx(row.weight, abs=5e-7)
            and data["network"] == row.network
            and data["label"] == (row.relation or row.network)
        )
        assert data.get("relation", "") == row.relation and data.get("sign") == (
            None if pd.isna(row.sign) else row.sign
        )
        assert (data["n_evidence"], data["n_articles"]) == (row.n_evidence, row.n_articles)


@WRITERS
@pytest.mark.parametrize("frame,directed", [(TIES, True), (VIEWS, False)], ids=["ties", "views"])
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
    found = {
        (e.get("source"), e.get("target"), told[e.get("type") or e.get("directed")])
        for e in root.iter()
        if e.tag.endswith("}edge")
    }
    assert found == {
        ("a", "b", False),
        ("b", "c", False),
        ("b", "a", True),
        ("a", "b", True),
        ("c", "a", True),
    }
    with pytest.raises(
        nx.NetworkXError, match="(?i)directed"
    ):  # the reason why graphs.py writes by itself
        read(write, text)


@WRITERS
def test_no_edges_and_no_nodes(write):
    graph = read(write, write(PEOPLE, TIES[:0], "t"))
    assert (len(graph), graph.number_of_edges()) == (3, 0)
    CHECKS[write](write(PEOPLE, VIEWS[:0], "t"))
    CHECKS[write](write(PEOPLE[:0], VIEWS[:0], "t"))


@WRITERS
def test_the_same_rows_give_the_same_bytes_in_whatever_order(write):
    first = write(PEOPLE, MIXED, "t")
    before = PEOPLE.copy(), MIXED.copy()
    assert first == write(
        PEOPLE.sample(frac=1, random_state=1), MIXED.sample(frac=1, random_state=2), "t"
    )
    pd.testing.assert_frame_equal(PEOPLE, before[0])
    pd.testing.assert_frame_equal(MIXED, before[1])
    ids = [e.get("id") for e in ET.fromstring(first).iter() if e.tag.endswith("}edge")]
    assert len(ids) == len(MIXED) and [i.split(".28.")[0].split("(")[0] for i in ids] == [
        i.split("(")[0] for i in sorted(MIXED.edge_id)
    ]


@WRITERS
def test_names_and_titles_may_hold_anything(write):
    names = ["<b> & \"Q\" 'q'", "é 😀 ‏עברית", "bell\x07\x00\x1b\ufffe\ud800end"]
    text = write(nodes(*names), TIES, "<t> & \x0b]]>")
    root = CHECKS[write](text)
    text.encode("utf-8")
    labels = [d["label"] for _, d in read(write, text).nodes(data=True)]
    assert labels == [names[0], names[1], "bellend"]
    assert (
        next(e.text for e in root.iter() if e.tag.endswith(("description", "desc"))) == "<t> & ]]>"
    )


@settings(max_examples=80, deadline=None)
@given(
    st.text(st.characters(), max_size=12).map(lambda s: f"x{s}x"),
    st.sampled_from([gexf, graphml]),
)
def test_a_name_comes_back_without_what_xml_forbids(name, write):
    allowed = "".join(
        c
        for c in name
        if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
    )
    assert read(write, write(nodes(name), VIEWS[:0], name)).nodes["a"]["label"] == re.sub(
        "[\t\n\r ]+", " ", allowed
    )


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
    found = [
        "#{:02X}{:02X}{:02X}".format(*(int(c.get(channel)) for channel in "rgb"))
        for c in root.iter(V + "color")
    ]
    assert found == [{"y": "#0072B2", "x": "#D55E00", "": "#8A8A8A"}[camp] for camp in camps]


def test_optional_columns():
    plain = read(gexf, gexf(PEOPLE.drop(columns="camp"), VIEWS, "t"))
    assert "camp" not in plain.nodes["a"] and "community" not in plain.nodes["a"]
    grouped = PEOPLE.assign(community=pd.array([2, None, 1], "Int64"))
    for write in (gexf, graphml):
        assert [
            d.get("community") for _, d in read(write, write(grouped, VIEWS, "t")).nodes(data=True)
        ] == [2, None, 1]


def test_edge_ids_of_graphml_stay_distinct():
    ids = [
        "relation:a--x(+1)--b",
        "relation:a--x(-1)--b",
        "relation:a--x.28.-1.29.--b",
        "relation:a--x 1--b",
    ]
    frame = edges(*[("relation", "a", "b", "x", 1, 1)] * 4).assign(edge_id=ids)
    root = checked_graphml(graphml(PEOPLE, frame, "t"))
    assert len({e.get("id") for e in root.iter(M + "edge")}) == 4
    assert [d.text for d in root.iter(M + "data") if d.get("key") == "edge_edge_id"] == sorted(ids)


def parsed(text):
    """A DL full matrix as a frame, and whether it is one-mode."""
    lines = text.split("\n")
    assert (
        lines[0] == "DL" and lines[2] == "FORMAT = FULLMATRIX DIAGONAL PRESENT" and lines[-1] == ""
    )
    size = dict(re.findall(r"(\w+)=(\d+)", lines[1]))
    rows, columns = int(size.get("NR", size.get("N"))), int(size.get("NC", size.get("N")))
    assert (
        lines[3] == "ROW LABELS:"
        and lines[4 + rows] == "COLUMN LABELS:"
        and lines[5 + rows + columns] == "DATA:"
        and len(lines) == 7 + 2 * rows + columns
    )
    labels = [
        re.fullmatch('"([^"]*)"', line)[1]
        for line in lines[4 : 4 + rows] + lines[5 + rows : 5 + rows + columns]
    ]
    numbers = [
        [float(cell) for cell in line.split(" ") if cell] for line in lines[6 + rows + columns : -1]
    ]
    assert all(len(row) == columns for row in numbers)
    return pd.DataFrame(
        np.array(numbers).reshape(rows, columns), labels[:rows], labels[rows:]
    ), "N" in size


def test_dl_as_ucinet_writes_it():
    frame = pd.DataFrame([[0, 1 / 3], [2.0, -0.0000001]], index=["a", "b c"], columns=["a", "b c"])
    assert (
        dl(frame)
        == 'DL\nN=2\nFORMAT = FULLMATRIX DIAGONAL PRESENT\nROW LABELS:\n"a"\n"b c"\nCOLUMN LABELS:\n"a"\n"b c"\nDATA:\n0 0.333333\n2 0\n'
    )


def test_dl_of_two_modes():
    frame = pd.DataFrame([[1, -2, 0.5]], index=["only, one"], columns=["x", "y", "z"])
    back, one_mode = parsed(dl(frame))
    assert not one_mode and "NR=1, NC=3" in dl(frame)
    pd.testing.assert_frame_equal(back, frame.astype(float))
    assert not parsed(
        dl(pd.DataFrame([[1, 2], [3, 4]], index=["a", "b"], columns=["b", "a"]))
    )[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(
                codec="utf-8", exclude_characters='"', exclude_categories=["Cc", "Cn", "Zl", "Zp"]
            ).filter(lambda c: c != " "),
            max_size=8,
        ),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.data(),
)
def test_dl_comes_back(labels, data):
    cell = st.integers(-99, 99) | st.floats(-9999, 9999)
    frame = pd.DataFrame(
        [[data.draw(cell) for _ in labels] for _ in labels],
        index=labels,
        columns=labels,
        dtype=float,
    )
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
def real():
    """The real tables; actors whom no node stands for, but an edge may end in, are added with no statement and no relation."""
    tables = read_tables(REPO / "data/processed")
    people = tables["actors"].merge(
        tables["nodes"].drop(columns=["name", "kind", "camp"]), how="left", on="actor_id"
    )
    return people.fillna({"n_statements": 0, "n_relations": 0}), tables["edges"]


@WRITERS
def test_the_real_tables_come_back(write, real):
    people, ties = real
    CHECKS[write](write(people, ties, "The server dispute"))
    assert {"relation", "conflict", "congruence"} <= set(ties.network)
    for network, part in ties.groupby("network"):
        graph = read(write, write(people, part, "The server dispute"))
        assert graph.is_directed() == (network in palette.DIRECTED)
        compare(graph, part, people)


def test_the_real_conflict_as_dl(real):
    part = real[1][real[1].network == "conflict"]
    both = pd.concat([part, part.rename(columns={"source": "target", "target": "source"})])
    matrix = both.pivot(index="source", columns="target", values="weight").fillna(0)
    back, one_mode = parsed(dl(matrix))
    assert one_mode and back.sum(axis=None) == pytest.approx(2 * part.weight.sum())
    assert all(
        back.at[row.source, row.target] == pytest.approx(row.weight, abs=5e-7)
        for row in part.itertuples()
    )


ENTRY = {
    "entry_id": "corpus.fire",
    "layer": "corpus",
    "voice": "reported",
    "claimants": "",
    "date_edtf": "",
    "date_basis": "resolved",
    "event": "A fire.",
    "matters": "",
    "source_text": "gazette",
    "source_url": "",
}
NO_SIDES = pd.DataFrame(columns=["event_id", "matter", "wording"], dtype=object)


def chronicle(*entries):
    rows = [{**ENTRY, "entry_id": f"corpus.e{i}", **cells} for i, cells in enumerate(entries)]
    return pd.DataFrame(
        [
            {
                **row,
                "wording": dates.wording(row["date_edtf"]),
                **dict(zip(("earliest", "latest"), dates.days(row["date_edtf"]))),
            }
            for row in rows
        ]
    )


ENTRIES = chronicle(
    {"date_edtf": "2019-03-28"},
    {"date_edtf": "2019-03", "date_basis": "approximate"},
    {"date_edtf": "2019-04-21/2019-04-22", "event": "A fire, <b>two days</b>; in the back\\yard."},
    {"date_edtf": "../2019-05-01"},
    {"date_edtf": "2019-06-01", "voice": "claimed", "claimants": "p;q", "matters": "date;whether"},
    {"date_edtf": "2019-06-02", "date_basis": "external"},
    {
        "date_edtf": "2019-07-01~",
        "layer": "context",
        "voice": "",
        "date_basis": "external",
        "source_url": "https://gazette.example/1",
    },
    {"date_basis": "undated", "event": "A flood of no day."},
    {
        "date_edtf": "2019-08-01",
        "layer": "context",
        "voice": "",
        "date_basis": "external",
        "source_url": "javascript:alert(1)",
    },
    {"date_edtf": "9999-12-31"},
)
SIDES = pd.DataFrame(
    {
        "event_id": ["e4"] * 4,
        "matter": ["date", "date", "whether", "whether"],
        "wording": ["1 June 2019", "3 June 2019", "it happened", "it did not happen"],
    }
)
NAMES = {"p": "Pia", "q": "Quin"}


def components(text):
    """A reader of iCalendar: the calendar's own properties, and each component as (name, properties with their parameters)."""
    assert (
        text.endswith("\r\n")
        and all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        and "\n" not in text.replace("\r\n", "")
    )
    calendar, found, inside = {}, [], None
    for line in re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]:
        name, value = re.fullmatch(r"([A-Z-]+(?:;VALUE=DATE)?):(.*)", line, re.S).groups()
        if name == "BEGIN" and value != "VCALENDAR":
            inside = (value, {})
        elif name == "END" and value != "VCALENDAR":
            assert inside[0] == value
            found.append(inside)
            inside = None
        else:
            place = calendar if inside is None else inside[1]
            assert name in ("BEGIN", "END") or name not in place, "a property that may stand once"
            place[name] = re.sub(
                r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value
            )
    return calendar, found


def test_a_calendar_has_whole_days_an_exclusive_end_and_says_what_is_not_sure():
    calendar, found = components(icalendar(ENTRIES, SIDES, NAMES, "Fires; and floods"))
    assert (
        calendar["VERSION"] == "2.0"
        and calendar["PRODID"]
        and calendar["X-WR-CALNAME"] == "Fires; and floods"
    )
    assert len({properties["UID"] for _, properties in found}) == len(found) == len(ENTRIES) and {
        properties["DTSTAMP"] for _, properties in found
    } == {STAMP}
    days = {
        entry.entry_id: properties for entry, (_, properties) in zip(ENTRIES.itertuples(), found)
    }
    spans = {
        name: (p.get("DTSTART;VALUE=DATE"), p.get("DTEND;VALUE=DATE")) for name, p in days.items()
    }
    assert spans == {
        "corpus.e0": ("20190328", "20190329"),
        "corpus.e1": ("20190301", "20190401"),
        "corpus.e2": ("20190421", "20190423"),
        "corpus.e3": ("20190501", "20190502"),
        "corpus.e4": ("20190601", "20190602"),
        "corpus.e5": ("20190602", "20190603"),
        "corpus.e6": ("20190701", "20190702"),
        "corpus.e7": (None, None),
        "corpus.e8": ("20190801", "20190802"),
        "corpus.e9": ("99991231", None),
    }
    assert (
        [name for name, _ in found].count("VJOURNAL") == 1
        and found[7][0] == "VJOURNAL"
        and "(no date)" in days["corpus.e7"]["SUMMARY"]
        and "STATUS" not in days["corpus.e7"]
    )
    assert [name for name, p in days.items() if p.get("STATUS") == "CONFIRMED"] == [
        "corpus.e0",
        "corpus.e8",
    ]
    assert (
        "(until 1 May 2019)" in days["corpus.e3"]["SUMMARY"]
        and "(March 2019)" in days["corpus.e1"]["SUMMARY"]
        and "only roughly" in days["corpus.e1"]["DESCRIPTION"]
    )
    assert (
        days["corpus.e4"]["SUMMARY"].startswith("Claimed: ")
        and "A claim by Pia, Quin; no article" in days["corpus.e4"]["DESCRIPTION"]
    )
    assert (
        "(date): 1 June 2019; or 3 June 2019." in days["corpus.e4"]["DESCRIPTION"]
        and "(whether): it happened; or it did not happen." in days["corpus.e4"]["DESCRIPTION"]
    )
    assert days["corpus.e2"]["SUMMARY"].startswith("A fire, <b>two days</b>; in the back\\yard.")
    assert (
        days["corpus.e6"]["URL"] == "https://gazette.example/1"
        and "URL" not in days["corpus.e8"]
        and days["corpus.e8"]["SUMMARY"].startswith("From outside: ")
    )


@settings(deadline=None)
@given(st.text(max_size=120), st.text(max_size=30))
def test_any_text_comes_back_from_a_calendar(event, source):
    _, [(_, properties)] = components(
        icalendar(
            chronicle({"date_edtf": "2019-03-28", "event": event, "source_text": source}),
            NO_SIDES,
            {},
            "t",
        )
    )
    plain = lambda text: re.sub("[\t\n\r ]+", " ", UNFIT.sub("", text))
    assert properties["SUMMARY"] == plain(event) and properties["DESCRIPTION"].endswith(
        plain(f"Source: {source}.")
    )


def test_a_calendars_entries_keep_their_names_when_rows_move():
    uids = lambda entries: {
        p["SUMMARY"]: p["UID"]
        for _, p in components(icalendar(entries, NO_SIDES, {}, "t"))[1]
    }
    outside = chronicle(
        {"layer": "context", "date_edtf": "2019-01-01", "event": "A gale."},
        {"layer": "context", "date_edtf": "2019-01-02", "event": "A calm."},
    )
    assert uids(outside) == uids(outside.iloc[::-1].assign(entry_id=["corpus.x", "corpus.y"]))


def test_timelinejs_keeps_its_format_and_what_is_not_sure():
    """The keys and types of timeline.knightlab.com/docs/json-format.html."""
    made = json.loads(timelinejs(ENTRIES, SIDES, NAMES, "Fires & floods"))
    assert (
        made.keys() == {"scale", "title", "events"}
        and made["scale"] == "human"
        and made["title"]["text"]["headline"] == "Fires &amp; floods"
    )
    assert (
        "A flood of no day." in made["title"]["text"]["text"]
        and len(made["events"]) == len(ENTRIES) - 1
    )
    for event in made["events"]:
        assert event.keys() - {"end_date"} == {
            "unique_id",
            "group",
            "start_date",
            "display_date",
            "text",
        } and event["text"].keys() == {"headline", "text"}
        begin, end = date(**event["start_date"]), event.get("end_date")
        assert (
            (not end or begin < date(**end))
            and event["display_date"]
            and event["group"] in GROUPS.values()
        )
    by = {event["unique_id"]: event for event in made["events"]}
    assert (
        "end_date" not in by["corpus.e0"]
        and by["corpus.e1"]["end_date"] == {"year": 2019, "month": 3, "day": 31}
        and by["corpus.e3"]["display_date"] == "until 1 May 2019"
    )
    assert (
        by["corpus.e4"]["text"]["headline"] == "Claimed: A fire."
        and "1 June 2019; or 3 June 2019" in by["corpus.e4"]["text"]["text"]
    )
    assert (
        "<b>" not in by["corpus.e2"]["text"]["headline"]
        and 'href="https://gazette.example/1"' in by["corpus.e6"]["text"]["text"]
        and "javascript" not in json.dumps(made)
    )


def test_a_chronology_of_nothing_is_written_too():
    calendar, found = components(icalendar(ENTRIES[:0], NO_SIDES, {}, "t"))
    assert found == [] and calendar["VERSION"] == "2.0"
    assert json.loads(timelinejs(ENTRIES[:0], NO_SIDES, {}, "t"))["events"] == []


def test_the_published_chronology_is_in_the_files(root):
    entries = read_tables(root / "data/processed")["chronology"]
    _, found = components((root / "data/processed/chronology.ics").read_bytes().decode())
    events = json.loads(
        (root / "data/processed/chronology.timelinejs.json").read_text(encoding="utf-8")
    )["events"]
    assert len(found) == len(entries) and len({p["UID"] for _, p in found}) == len(entries)
    assert [event["unique_id"] for event in events] == entries[
        (entries.earliest != "") | (entries.latest != "")
    ].entry_id.tolist()
