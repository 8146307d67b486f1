"""Exports: tables to text that Gephi, yEd, visone, UCINET, TimelineJS and calendars read; the files are written elsewhere.

networkx's writers are not used: they know no graph with directed and undirected edges together, and its GEXF bears the date of the day.
"""

import csv
import html
import io
import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta

import pandas as pd

from helpers.analysis.chronology import kind
from helpers.case.cells import UNFIT
from helpers.dates.edtf import is_vague
from helpers.figures.style import CAMPS, DIRECTED, QUIET, camps_by_size

NODES = {
    "label": "string",
    "kind": "string",
    "camp": "string",
    "community": "integer",
    "n_statements": "integer",
    "n_relations": "integer",
}
EDGES = {
    "edge_id": "string",
    "label": "string",
    "network": "string",
    "relation": "string",
    "sign": "integer",
    "weight": "double",
    "n_evidence": "integer",
    "n_articles": "integer",
}
GROUPS = {
    "reported": "Reported by the articles",
    "claimed": "Claimed",
    "context": "From outside the articles",
}
BASES = {
    "stated": "The date is printed whole in an article.",
    "resolved": "The date was worked out from the words of an article.",
    "approximate": "The text gives the date only roughly.",
    "external": "The date comes from an outside source.",
    "undated": "No date is known.",
}
STAMP = "19700101T000000Z"  # iCalendar asks when an entry was made; the same tables give the same bytes, so it is no clock


def gexf(nodes, edges, title):
    """GEXF 1.3, for Gephi. Each edge tells its direction; `kind` keeps parallel edges apart; a node has the colour of its camp.

    `nodes` and `edges`: columns of the tables; `camp` and `community` may be missing.
    Raises ValueError where an id comes twice or an edge ends in no node.
    """
    nodes, edges = _records(nodes, edges)
    root = ET.Element(
        "gexf",
        {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"},
    )
    ET.SubElement(ET.SubElement(root, "meta"), "description").text = _clean(title)
    graph = ET.SubElement(root, "graph", mode="static", defaultedgetype=_default(edges))
    built_in = {"label", "edge_id", "weight"}  # GEXF has places of its own for these
    declared = {
        scope: [name for name in columns if name not in built_in]
        for scope, columns in (("node", NODES), ("edge", EDGES))
    }
    for scope, columns in (("node", NODES), ("edge", EDGES)):
        group = ET.SubElement(graph, "attributes", {"class": scope})
        for name in declared[scope]:
            ET.SubElement(group, "attribute", id=name, title=name, type=columns[name])
    colours, group = _colours(nodes), ET.SubElement(graph, "nodes")
    for node in nodes:
        element = ET.SubElement(group, "node", id=node["id"], label=node["label"])
        _attvalues(element, node, declared["node"])
        red, green, blue = bytes.fromhex(colours[node["camp"]][1:])
        ET.SubElement(element, "viz:color", r=str(red), g=str(green), b=str(blue))
    group = ET.SubElement(graph, "edges")
    for edge in edges:
        kind = " ".join(filter(None, (edge["network"], edge["relation"], edge["sign"])))
        ends = {name: edge[name] for name in ("id", "source", "target", "label", "weight")}
        element = ET.SubElement(
            group, "edge", ends, type="directed" if _directed(edge) else "undirected", kind=kind
        )
        _attvalues(element, edge, declared["edge"])
    return _document(root)


def graphml(nodes, edges, title):
    """GraphML 1.0, for Gephi, yEd, visone and networkx. Each edge tells its direction; networkx refuses a graph of both.

    An XML id may not hold all characters of `edge_id`: the others stand there as their code point between dots, and `edge_id` is an
    attribute besides. Input and ValueError as in `gexf`.
    """
    nodes, edges = _records(nodes, edges)
    root = ET.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    ET.SubElement(root, "desc").text = _clean(title)
    for scope, columns in (("node", NODES), ("edge", EDGES)):
        for name, kind in columns.items():
            ET.SubElement(
                root,
                "key",
                {
                    "id": f"{scope}_{name}",
                    "for": scope,
                    "attr.name": name,
                    "attr.type": kind.replace("integer", "int"),
                },
            )
    graph = ET.SubElement(root, "graph", edgedefault=_default(edges))
    for node in nodes:
        _data(ET.SubElement(graph, "node", id=node["id"]), node, "node", NODES)
    for edge in edges:
        token = re.sub(r"[^\w:-]", lambda found: f".{ord(found[0]):x}.", edge["id"], flags=re.ASCII)
        element = ET.SubElement(
            graph,
            "edge",
            id=token,
            source=edge["source"],
            target=edge["target"],
            directed=str(_directed(edge)).lower(),
        )
        _data(element, edge, "edge", EDGES)
    return _document(root)


def matrix(edges):
    """The undirected edges of one network as a square frame of weights, actors in the order of their ids, zero where there is none."""
    both = pd.concat(
        [
            edges[["source", "target", "weight"]],
            edges[["source", "target", "weight"]].rename(
                columns={"source": "target", "target": "source"}
            ),
        ]
    )
    return (
        both.pivot(index="source", columns="target", values="weight")
        .astype(float)
        .fillna(0.0)
        .sort_index()
        .sort_index(axis=1)
    )


def dl(matrix):
    """A labelled frame as a full matrix in UCINET's DL: one mode where rows and columns have the same labels, else two.

    Within its quotes DL has no way to write a double quote or a new line: they become a single quote and a blank.
    Raises ValueError where two labels are the same, also by this, or where a number is missing.
    """
    if matrix.isna().any(axis=None):
        raise ValueError("a cell of the matrix is empty; expected a number in every cell")
    rows, columns = (
        ['"' + _clean(label).replace('"', "'") + '"' for label in labels]
        for labels in (matrix.index, matrix.columns)
    )
    if again := _repeated(rows) + _repeated(columns):
        raise ValueError(f"labels that come twice: {', '.join(again)}")
    size = f"N={len(rows)}" if rows == columns else f"NR={len(rows)}, NC={len(columns)}"
    numbers = [" ".join(map(_number, row)) for row in matrix.itertuples(index=False, name=None)]
    return "\n".join(
        [
            "DL",
            size,
            "FORMAT = FULLMATRIX DIAGONAL PRESENT",
            "ROW LABELS:",
            *rows,
            "COLUMN LABELS:",
            *columns,
            "DATA:",
            *numbers,
            "",
        ]
    )


def timelinejs(entries, disagreements, names, title):
    """The chronology as the JSON of TimelineJS 3 (timeline.knightlab.com). Dates are the bounds; how sure they are stands in `display_date` and the text.

    `entries` and `disagreements`: columns of the tables `chronology` and `disagreements`; `names`: actor_id to name. What has no date can be no event there: the title's text tells it.
    """
    slide = lambda headline, lines: {
        "headline": html.escape(headline),
        "text": "".join(f"<p>{html.escape(line)}</p>" for line in lines),
    }
    events, undated = [], []
    for entry in entries.itertuples():
        text = slide(_headline(entry), _told(entry, disagreements, names))
        if _address(entry):
            text["text"] += f'<p><a href="{html.escape(_address(entry))}">source</a></p>'
        if first := entry.earliest or entry.latest:
            end = {"end_date": _parts(entry.latest)} if entry.latest > first else {}
            events.append(
                {
                    "unique_id": entry.entry_id,
                    "group": GROUPS[kind(entry)],
                    "start_date": _parts(first),
                    **end,
                    "display_date": entry.wording,
                    "text": text,
                }
            )
        else:
            undated += [_headline(entry), *_told(entry, disagreements, names)]
    told = ["Without a date, and so not on the line:", *undated] if undated else []
    return (
        json.dumps(
            {"scale": "human", "title": {"text": slide(title, told)}, "events": events},
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def icalendar(entries, disagreements, names, title):
    """The chronology as an iCalendar file (RFC 5545): whole days, the end exclusive. What has no date is a VJOURNAL, which needs none.

    What is no sure day is TENTATIVE and says so in its summary and description. Input as in `timelinejs`.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//dispute//chronology//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(title)}",
    ]
    for entry in entries.itertuples():
        first, last = entry.earliest or entry.latest, entry.latest or entry.earliest
        sure = (
            first == last
            and entry.earliest == entry.latest
            and kind(entry) != "claimed"
            and "date" not in entry.matters.split(";")
        )
        sure = (
            sure
            and not is_vague(entry.date_edtf)
            and (entry.layer == "context" or entry.date_basis in ("stated", "resolved"))
        )
        component = "VEVENT" if first else "VJOURNAL"
        name = (
            entry.entry_id if entry.layer == "corpus" else f"{entry.date_edtf} {entry.event}"
        )  # rows of a file may move
        lines += [
            f"BEGIN:{component}",
            f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'{title}/{name}')}",
            f"DTSTAMP:{STAMP}",
        ]
        if first:
            lines += [
                f"DTSTART;VALUE=DATE:{first.replace('-', '')}",
                f"STATUS:{'CONFIRMED' if sure else 'TENTATIVE'}",
                "TRANSP:TRANSPARENT",
            ]
            if last < date.max.isoformat():
                lines.append(
                    f"DTEND;VALUE=DATE:{(date.fromisoformat(last) + timedelta(1)).isoformat().replace('-', '')}"
                )
        summary = _headline(entry) + ("" if sure else f" ({entry.wording})")
        told = "\n".join(_told(entry, disagreements, names))
        lines += [
            f"SUMMARY:{_escaped(summary)}",
            f"DESCRIPTION:{_escaped(told)}",
            f"CATEGORIES:{_escaped(GROUPS[kind(entry)])}",
        ]
        lines += [f"URL:{_address(entry)}"] if _address(entry) else []
        lines.append(f"END:{component}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _headline(entry):
    """What happened, marked where it is only claimed or comes from outside."""
    return {"claimed": "Claimed: ", "context": "From outside: "}.get(kind(entry), "") + _clean(
        entry.event
    )


def _told(entry, disagreements, names):
    """What a date or a colour cannot say, as sentences."""
    lines = [f"When: {entry.wording}. {BASES[entry.date_basis]}"]
    if kind(entry) == "claimed":
        lines.append(
            f"A claim by {', '.join(names.get(actor, actor) for actor in entry.claimants.split(';'))}; no article tells it in its own voice."
        )
    for matter in filter(None, entry.matters.split(";")):
        sides = disagreements[
            ("corpus." + disagreements.event_id == entry.entry_id)
            & (disagreements.matter == matter)
        ]
        lines.append(f"The accounts differ ({matter}): {'; or '.join(sides.wording)}.")
    return [_clean(line) for line in [*lines, f"Source: {entry.source_text}."]]


def _address(entry):
    """The address of the outside source where it is one of the web, else nothing."""
    return entry.source_url if re.fullmatch(r"https?://[!-~]+", entry.source_url) else ""


def _parts(day):
    return dict(zip(("year", "month", "day"), map(int, day.split("-"))))


def _escaped(text):
    """A TEXT value of RFC 5545 (3.3.11)."""
    text = re.sub(r"([\\;,])", r"\\\1", UNFIT.sub("", text))
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


def _folded(line):
    """A content line in parts of at most 75 octets, no character split (RFC 5545, 3.1)."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            parts, size = [*parts, " "], 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)


def _records(nodes, edges):
    """The rows of both in the order of their ids, as dicts of text; a cell that is empty stays empty."""
    nodes = nodes.assign(id=nodes["actor_id"], label=nodes["name"]).sort_values("id")
    edges = edges.assign(
        id=edges["edge_id"],
        label=edges["relation"].fillna("").where(lambda r: r != "", edges["network"]),
    ).sort_values("id")
    if again := _repeated(nodes.id) + _repeated(edges.id):
        raise ValueError(f"ids that come twice: {', '.join(again)}")
    if loose := list(edges.id[~(edges.source.isin(nodes.id) & edges.target.isin(nodes.id))]):
        raise ValueError(f"edges that end in no node: {', '.join(loose)}")
    ends = {"id": "string", "source": "string", "target": "string"}
    return (
        [
            {name: _text(row.get(name), kind) for name, kind in columns.items()}
            for row in frame.to_dict("records")
        ]
        for frame, columns in ((nodes, {"id": "string", **NODES}), (edges, {**ends, **EDGES}))
    )


def _text(value, kind):
    return (
        ""
        if pd.isna(value)
        else f"{value:.6f}"
        if kind == "double"
        else str(int(value))
        if kind == "integer"
        else _clean(value)
    )


def _clean(text):
    return re.sub("[\t\n\r ]+", " ", UNFIT.sub("", str(text)))


def _number(value):
    value = round(float(value), 6)
    return str(int(value)) if value.is_integer() else f"{value:.6f}"


def _repeated(labels):
    return sorted(label for label, count in Counter(labels).items() if count > 1)


def _directed(edge):
    return edge["network"] in DIRECTED


def _default(edges):
    """The direction of the graph. Each edge tells its own, but some programs hold one for all."""
    return "directed" if edges and all(map(_directed, edges)) else "undirected"


def _colours(nodes):
    """camp to colour, the largest camp first, as in the figures; grey for no camp."""
    order = camps_by_size(node["camp"] for node in nodes)
    return {camp: CAMPS[i % len(CAMPS)] for i, camp in enumerate(order)} | {"": QUIET}


def _attvalues(element, record, names):
    values = ET.SubElement(element, "attvalues")
    for name in filter(record.get, names):
        ET.SubElement(values, "attvalue", {"for": name, "value": record[name]})


def _data(element, record, scope, names):
    for name in filter(record.get, names):
        ET.SubElement(element, "data", key=f"{scope}_{name}").text = record[name]


def _document(root):
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def spreadsheet(content):
    """CSV text in which no cell is a formula to a spreadsheet: a text that begins with = + - @, a tab or a carriage return gets an apostrophe before it (OWASP, CSV injection)."""
    rows = [
        [
            "'" + cell
            if cell[:1] in tuple("=+-@\t\r") and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
            else cell
            for cell in row
        ]
        for row in csv.reader(io.StringIO(content, newline=""))
    ]
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()
