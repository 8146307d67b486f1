"""What changed between two sets of tables: nothing says nothing, and each kind of change is said once, with its evidence."""

import xml.etree.ElementTree as ET

import pytest

from dispute import changes
from helpers.case.tables import read_tables


@pytest.fixture
def tables(root):
    return read_tables(root / "data/processed")


def altered(tables, table, frame):
    return {**tables, table: frame}


def test_nothing_changed_says_nothing(tables):
    assert (
        changes.changes(tables, tables).empty
        and list(changes.changes(tables, tables)) == changes.COLUMNS
    )
    assert (
        changes.atom(
            changes.changes(tables, tables), "T", "https://x.invalid/", "2020-01-01T00:00:00Z"
        ).count("<entry>")
        == 0
    )


@pytest.mark.parametrize(
    "table, key",
    [
        ("statements", "statement_id"),
        ("event_mentions", "mention_id"),
        ("relations", "relation_id"),
    ],
)
def test_new_withdrawn_moved_and_recoded_units_are_told_with_their_id(tables, table, key):
    frame, unit = tables[table], tables[table][key].iloc[3]
    fewer = altered(tables, table, frame[frame[key] != unit])
    gone, new = changes.changes(tables, fewer), changes.changes(fewer, tables)
    assert (
        gone.evidence.tolist() == new.evidence.tolist() == [unit]
        and gone.sentence[0].startswith("Withdrawn")
        and new.sentence[0].startswith("New")
    )
    moved = changes.changes(
        tables,
        altered(
            tables,
            table,
            frame.assign(start=frame.start.where(frame[key] != unit, frame.start + 1)),
        ),
    )
    assert moved.evidence.tolist() == [unit] and moved.sentence[0].startswith("Moved")
    coded = changes.changes(
        tables,
        altered(
            tables, table, frame.assign(date_edtf=frame.date_edtf.where(frame[key] != unit, "1999"))
        ),
    )
    assert coded.evidence.tolist() == [unit] and "→ 1999" in coded.sentence[0]


def test_articles_edges_and_positions_are_told(tables):
    articles, edges, stances = tables["articles"], tables["edges"], tables["stance_table"]
    told = changes.changes(altered(tables, "articles", articles.iloc[1:]), tables)
    assert (
        told.kind.tolist() == ["article"]
        and articles.title.iloc[0] in told.sentence[0]
        and told.evidence[0] == articles.article_id.iloc[0]
    )
    edge = edges[edges.network == "relation"].edge_id.iloc[0]
    told = changes.changes(altered(tables, "edges", edges[edges.edge_id != edge]), tables)
    units = tables["edge_evidence"].loc[lambda e: e.edge_id == edge, "unit_id"]
    assert told.sentence[0].startswith("New edge") and set(told.evidence[0].split(";")) == set(
        units
    )
    told = changes.changes(
        tables,
        altered(
            tables,
            "stance_table",
            stances.assign(mean_stance=stances.mean_stance.where(stances.index != 0, -9.0)),
        ),
    )
    assert (
        told.kind.tolist() == ["position"]
        and "→ -9.00" in told.sentence[0]
        and told.evidence[0] == stances.statement_ids[0]
    )


def test_an_edge_that_turned_is_told_once(tables):
    edges = tables["edges"]
    pairs = {
        network: {
            frozenset(p)
            for p in zip(*(edges[edges.network == network][c] for c in ("source", "target")))
        }
        for network in ("congruence", "conflict")
    }
    a, b = sorted(sorted(pairs["congruence"] - pairs["conflict"], key=sorted)[0])
    chosen = edges.edge_id.isin(
        [
            e.edge_id
            for e in edges.itertuples()
            if e.network == "congruence" and {e.source, e.target} == {a, b}
        ]
    )
    turned = edges.assign(
        network=edges.network.where(~chosen, "conflict"),
        edge_id=edges.edge_id.where(~chosen, "turned"),
    )
    told = changes.changes(tables, altered(tables, "edges", turned))
    assert len(told) == 1 and "who did agree, now disagree" in told.sentence[0] and told.evidence[0]


def test_a_tie_of_another_sign_is_told_once(tables):
    edges = tables["edges"]
    edge = edges[(edges.network == "relation") & (edges.sign == -1)].iloc[0]
    turned = edges.assign(
        sign=edges.sign.where(edges.edge_id != edge.edge_id, 1),
        edge_id=edges.edge_id.where(edges.edge_id != edge.edge_id, "turned"),
    )
    told = changes.changes(tables, altered(tables, "edges", turned))
    assert len(told) == 1 and told.sentence[0].startswith("Edge of another sign, -1 → 1: ")


def test_a_passage_that_was_renamed_only_is_not_told(tables):
    said = tables["statements"]
    assert changes.changes(
        tables, altered(tables, "statements", said.assign(statement_id="x" + said.statement_id))
    ).empty
    once = said.assign(
        statement_id=said.statement_id.where(said.index != 3, "x1"),
        issue=said.issue.where(said.index != 3, "other"),
    )
    assert [
        words.split()[0]
        for words in changes.changes(tables, altered(tables, "statements", once)).sentence
    ] == ["New", "Withdrawn"]


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
    told = changes.changes(
        tables,
        altered(
            tables,
            table,
            frame.assign(**{column: frame[column].where(frame.index != 2, "otherwise")}),
        ),
    )
    assert (
        len(told) == 1
        and f"{column} " in told.sentence[0]
        and "→ otherwise" in told.sentence[0]
        and told.page[0] == f"evidence/{frame.article_id[2]}.html"
    )


def test_events_from_outside_are_told_by_their_words(tables):
    entries = tables["chronology"]
    outside = entries.index[entries.layer == "context"][0]
    dated = changes.changes(
        tables,
        altered(
            tables,
            "chronology",
            entries.assign(date_edtf=entries.date_edtf.where(entries.index != outside, "1999")),
        ),
    )
    assert (
        len(dated) == 1 and "dated otherwise" in dated.sentence[0] and "→ 1999" in dated.sentence[0]
    )
    fewer = altered(tables, "chronology", entries.drop(index=outside))
    assert [
        changes.changes(*both).sentence[0].split(":")[0]
        for both in ((tables, fewer), (fewer, tables))
    ] == ["Event from outside withdrawn", "New event from outside"]


def test_a_change_of_position_that_comes_or_goes_is_told(tables):
    fewer = altered(tables, "position_changes", tables["position_changes"].iloc[:0])
    came, went = changes.changes(fewer, tables), changes.changes(tables, fewer)
    turns = tables["position_changes"].drop_duplicates(changes.TURN)
    assert (
        len(came) == len(went) == len(turns) > 0
        and came.sentence.str.startswith("A change of position: ").all()
        and went.sentence.str.startswith("No longer told").all()
    )
    assert set(";".join(came.evidence).split(";")) <= set(tables["statements"].statement_id)


def test_the_feed_is_atom_and_holds_every_sentence_as_text(tables):
    fewer = altered(tables, "statements", tables["statements"].iloc[2:].assign(speaker="<b>&"))
    told = changes.changes(tables, fewer)
    feed = ET.fromstring(
        changes.atom(told, "A & B", "https://x.invalid/data.html", "2020-01-01T00:00:00Z")
    )
    atom = "{http://www.w3.org/2005/Atom}"
    assert [
        entry.find(f"{atom}title").text for entry in feed.iter(f"{atom}entry")
    ] == told.sentence.tolist()
    assert (
        len({entry.find(f"{atom}id").text for entry in feed.iter(f"{atom}entry")}) == len(told) > 3
    )


def test_the_verb_says_what_changed_between_two_folders(root, tmp_path, capsys):
    import shutil

    from dispute import cli

    shutil.copytree(root / "data/processed", tmp_path / "old")
    path = tmp_path / "old/statements.csv"
    assert (
        cli.main(["changes", str(tmp_path / "old"), str(root / "data/processed")]) == 0
        and capsys.readouterr().out == "nothing has changed\n"
    )
    path.write_text(
        "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    assert cli.main(
        ["changes", str(tmp_path / "old"), str(root / "data/processed")]
    ) == 0 and capsys.readouterr().out.startswith("New statement in ")
    assert cli.main(["changes", str(tmp_path), str(root / "data/processed")]) == 2
