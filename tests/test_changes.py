"""What changed between two sets of tables.

Nothing says nothing, and each kind of change is said once, with its evidence.
"""

import shutil
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from dispute import cli
from dispute.changes import COLUMNS, atom, changes, first_of_each
from dispute.changes.listing import LISTED
from dispute.changes.wording import Change
from dispute.exchange.feeds import IN_SITE, Leads, leads, linked
from dispute.run.products.changes import NEWS, write_changes
from helpers.analysis.evidence import behind
from helpers.case.schema import columns

NOON = "2020-01-01T00:00:00Z"
TO = Leads("https://x.invalid/changes.html", "https://x.invalid/changes.atom")


def altered(tables, table, frame):
    """The tables with another frame in the place of one."""
    return {**tables, table: frame}


def with_cell(frame, row, **cells):
    """The frame with other values in the cells of one row, which is given by its condition."""
    return frame.assign(
        **{column: frame[column].where(~row, value) for column, value in cells.items()}
    )


def test_nothing_changed_says_nothing(tables):
    nothing = changes(tables, tables)
    assert nothing.empty and list(nothing) == COLUMNS
    assert "<entry>" not in atom(nothing, "T", TO, NOON)


@pytest.mark.parametrize(
    "table, key",
    [
        ("statements", "statement_id"),
        ("event_mentions", "mention_id"),
        ("relations", "relation_id"),
    ],
)
def test_new_withdrawn_moved_and_recoded_units_are_told_with_their_id(tables, table, key):
    frame = tables[table]
    unit = frame[key].iloc[3]
    is_unit = frame[key] == unit

    fewer = altered(tables, table, frame[~is_unit])
    gone, new = changes(tables, fewer), changes(fewer, tables)
    assert gone.evidence.tolist() == new.evidence.tolist() == [unit]
    assert gone.sentence[0].startswith("Withdrawn") and new.sentence[0].startswith("New")

    elsewhere = with_cell(frame, is_unit, start=frame.start + 1)
    moved = changes(tables, altered(tables, table, elsewhere))
    assert moved.evidence.tolist() == [unit] and moved.sentence[0].startswith("Moved")

    redated = with_cell(frame, is_unit, date_edtf="1999")
    coded = changes(tables, altered(tables, table, redated))
    assert coded.evidence.tolist() == [unit] and "→ 1999" in coded.sentence[0]


def test_a_new_article_is_told(tables):
    articles = tables["articles"]
    told = changes(altered(tables, "articles", articles.iloc[1:]), tables)
    assert told.kind.tolist() == ["article"]
    assert articles.title.iloc[0] in told.sentence[0]
    assert told.evidence[0] == articles.article_id.iloc[0]


def test_a_new_edge_is_told_with_what_is_behind_it(tables):
    edges = tables["edges"]
    for network in ("relation", "conflict"):
        edge = edges[edges.network == network].edge_id.iloc[0]
        told = changes(altered(tables, "edges", edges[edges.edge_id != edge]), tables)
        assert told.sentence[0].startswith("New edge")
        assert told.evidence[0].split(";") == behind(tables)[edge]


def test_tables_published_before_edges_were_composed_are_read_too(tables):
    edges = tables["edges"]
    edge = edges[edges.network == "conflict"].edge_id.iloc[0]
    rows = [(edge, "statement", unit, "") for unit in behind(tables)[edge]]
    listed = pd.DataFrame(rows, columns=columns("edge_evidence"))
    old = {**tables, "edge_evidence": listed}
    del old["edge_issues"], old["cells"]
    told = changes(old, altered(tables, "edges", edges[edges.edge_id != edge]))
    assert told.sentence[0].startswith("Edge gone")
    assert told.evidence[0] == ";".join(listed.unit_id)


def test_another_mean_stance_is_told(tables):
    stances = tables["stance_table"]
    other = with_cell(stances, stances.index == 0, mean_stance=-9.0)
    told = changes(tables, altered(tables, "stance_table", other))
    assert told.kind.tolist() == ["position"]
    assert "→ -9.00" in told.sentence[0]
    assert told.evidence[0] == stances.statement_ids[0]


def pairs(edges, network):
    """The pairs of actors in a network."""
    of_network = edges[edges.network == network]
    return set(map(frozenset, zip(of_network.source, of_network.target, strict=True)))


def test_an_edge_that_turned_is_told_once(tables):
    edges = tables["edges"]
    only_agree = pairs(edges, "congruence") - pairs(edges, "conflict")
    a, b = sorted(min(only_agree, key=sorted))
    joins = edges.source.isin([a, b]) & edges.target.isin([a, b])
    chosen = joins & (edges.network == "congruence")
    turned = with_cell(edges, chosen, network="conflict", edge_id="turned")
    told = changes(tables, altered(tables, "edges", turned))
    assert len(told) == 1
    assert "who did agree, now disagree" in told.sentence[0] and told.evidence[0]


def test_a_tie_of_another_sign_is_told_once(tables):
    edges = tables["edges"]
    hostile = edges[(edges.network == "relation") & (edges.sign == -1)].edge_id.iloc[0]
    turned = with_cell(edges, edges.edge_id == hostile, sign=1, edge_id="turned")
    told = changes(tables, altered(tables, "edges", turned))
    assert len(told) == 1
    assert told.sentence[0].startswith("Edge of another sign, -1 → 1: ")


def test_a_passage_that_was_renamed_only_is_not_told(tables):
    statements = tables["statements"]
    renamed = statements.assign(statement_id="x" + statements.statement_id)
    assert changes(tables, altered(tables, "statements", renamed)).empty

    recoded = with_cell(statements, statements.index == 3, statement_id="x1", issue="other")
    told = changes(tables, altered(tables, "statements", recoded))
    assert [sentence.split()[0] for sentence in told.sentence] == ["New", "Withdrawn"]


@pytest.mark.parametrize(
    "table, column",
    [
        ("statements", "on_behalf_of"),
        ("statements", "quoted_by"),
        ("event_mentions", "place"),
        ("event_mentions", "polarity"),
        ("relations", "according_to"),
    ],
)
def test_what_else_was_coded_is_told_with_the_page_of_its_article(tables, table, column):
    frame = tables[table]
    recoded = with_cell(frame, frame.index == 2, **{column: "otherwise"})
    told = changes(tables, altered(tables, table, recoded))
    assert len(told) == 1
    assert f"{column} " in told.sentence[0] and "→ otherwise" in told.sentence[0]
    assert told.page[0] == f"evidence/{frame.article_id[2]}.html"


def test_events_from_outside_are_told_by_their_words(tables):
    entries = tables["chronology"]
    outside = entries.index[entries.layer == "context"][0]
    redated = with_cell(entries, entries.index == outside, date_edtf="1999")
    told = changes(tables, altered(tables, "chronology", redated))
    assert len(told) == 1
    assert "dated otherwise" in told.sentence[0] and "→ 1999" in told.sentence[0]

    fewer = altered(tables, "chronology", entries.drop(index=outside))
    gone, new = changes(tables, fewer), changes(fewer, tables)
    assert gone.sentence[0].split(":")[0] == "Event from outside withdrawn"
    assert new.sentence[0].split(":")[0] == "New event from outside"


def test_a_change_of_position_that_comes_or_goes_is_told(tables):
    before, after = tables["statements"].statement_id[:2]
    turn = dict.fromkeys(columns("position_changes"), "iebc") | {
        "issue": "open-servers",
        "from_stance": -2,
        "to_stance": 2,
        "from_date_edtf": "2022-08-31",
        "to_date_edtf": "2023-09-22",
        "from_statements": before,
        "to_statements": after,
    }
    more = altered(tables, "position_changes", pd.DataFrame([turn]))
    fewer = altered(tables, "position_changes", tables["position_changes"].iloc[:0])
    came, went = changes(fewer, more), changes(more, fewer)
    assert len(came) == len(went) == 1
    assert came.sentence.str.startswith("A change of position: ").all()
    assert went.sentence.str.startswith("No longer told").all()
    assert set(";".join(came.evidence).split(";")) <= set(tables["statements"].statement_id)


def test_the_feed_is_atom_and_holds_every_sentence_as_text(tables):
    fewer = tables["statements"].iloc[2:].copy()
    fewer.iloc[:5, fewer.columns.get_loc("speaker")] = "<b>&"
    told = changes(tables, altered(tables, "statements", fewer))
    root = ET.fromstring(atom(told, "A & B", TO, NOON))
    names = {"atom": "http://www.w3.org/2005/Atom"}
    entries = root.findall("atom:entry", names)
    titles = [entry.findtext("atom:title", namespaces=names) for entry in entries]
    assert titles == told.sentence.tolist()
    identities = {entry.findtext("atom:id", namespaces=names) for entry in entries}
    assert len(identities) == len(told) > 3


def test_the_feed_keeps_the_rules_of_atom(tables):
    """RFC 4287, as far as our feeds use it; no validator of feeds is in the registry."""
    told = changes(tables, altered(tables, "statements", tables["statements"].iloc[2:]))
    text = atom(told, "A & <B> 😀", IN_SITE, NOON, ["Ada", "Jun"])
    root = ET.fromstring(text)
    name = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.iter(f"{name}entry")):
        for one in ("id", "title", "updated"):
            assert len(element.findall(name + one)) == 1
        alternate = [link for link in element.findall(f"{name}link") if link.get("rel") != "self"]
        assert [link.attrib for link in alternate] == [
            {"rel": "alternate", "type": "text/html", "href": "../changes.html"}
        ]
    (itself,) = [link for link in root.iter(f"{name}link") if link.get("rel") == "self"]
    assert itself.get("href") == "changes.atom" and itself.get("type") == "application/atom+xml"
    assert len(root.findall(f"{name}author")) == 2
    ids = [element.text for element in root.iter(f"{name}id")]
    assert len(set(ids)) == len(ids) and all(one.startswith("urn:uuid:") for one in ids)
    assert {element.text for element in root.iter(f"{name}updated")} == {NOON}
    # The same feed at another place: only its links are other ones.
    address = "https://x.example/"
    there = leads(address, IN_SITE)
    assert there == (f"{address}changes.html", f"{address}data/changes.atom")
    assert leads("https://doi.org/10.1/x", IN_SITE) == IN_SITE == leads("", IN_SITE)
    moved = linked(text, there)
    assert moved == atom(told, "A & <B> 😀", there, NOON, ["Ada", "Jun"])
    assert linked(moved, IN_SITE) == text
    with pytest.raises(ValueError, match="no feed"):
        linked("<feed", IN_SITE)


def test_the_verb_says_what_changed_between_two_folders(root, tmp_path, capsys):
    new, old = str(root / "data/processed"), str(tmp_path / "old")
    shutil.copytree(new, old)
    assert cli.main(["changes", old, new]) == 0
    assert capsys.readouterr().out == "nothing has changed\n"

    path = tmp_path / "old/statements.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    assert cli.main(["changes", old, new]) == 0
    assert capsys.readouterr().out.startswith("New statement in ")

    assert cli.main(["changes", str(tmp_path), new]) == 2


def test_findings_that_come_go_or_stand_otherwise_are_told_with_what_ends_them(tables):
    frame = tables["findings"]
    first = frame.iloc[0]
    is_first = frame.finding_id == first.finding_id
    fewer = altered(tables, "findings", frame[~is_first])
    (new,) = changes(fewer, tables).sentence
    assert new == f"New finding: {first.sentence} {first.ended_by}"
    (gone,) = changes(tables, fewer).sentence
    assert gone == f"No longer found: {first.sentence}"
    other = altered(tables, "findings", with_cell(frame, is_first, ended_by="Not in pass-b."))
    (otherwise,) = changes(tables, other).sentence
    assert "Not in pass-b. Before:" in otherwise
    counts = altered(tables, "findings", frame[frame.kind != "count"])
    assert changes(tables, counts).empty, "a count is no finding"


def test_of_many_changes_of_a_kind_the_first_are_told_and_the_rest_counted():
    edges = [Change("edge", f"Edge {n}", "") for n in range(LISTED + 12)]
    rows = [(f"{n:04}", *change) for n, change in enumerate([*edges, Change("event", "E", "")])]
    many = pd.DataFrame(rows, columns=COLUMNS)
    first, more = first_of_each(many)
    assert first.sentence.tolist() == [*(f"Edge {n}" for n in range(LISTED)), "E"]
    assert more == ["12 more of the kind edge"]
    text = atom(many, "T", TO, NOON)
    assert text.count("<entry>") == LISTED + 2 and "And 12 more of the kind edge." in text
    assert first_of_each(first)[1] == []


@pytest.mark.parametrize("name", ["network.gexf", "actors_by_day.csv"])
def test_what_was_said_stays_where_nothing_new_is_to_be_told(root, tmp_path, name):
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(root / "data/processed", old / "data/processed")
    (old / "reports").mkdir()
    for said in NEWS:
        shutil.copy(root / "reports" / said, old / "reports")
    (old / "data/processed" / name).write_text("of an earlier program")
    new.mkdir()
    write_changes(root / "data/processed", old, new, lambda: "2026-01-01")
    assert (new / "changes.csv").read_bytes() == (root / "reports/changes.csv").read_bytes()
