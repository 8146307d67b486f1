"""Networks: the laws of the measures, the evidence behind every edge, and the real case's edges recomputed from their statements."""
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import case, networks

SCALE = pd.DataFrame({"stance": [-2, 0, 1, 2]})
ROW = st.tuples(st.sampled_from("abcde"), st.sampled_from(["i", "j", "k"]), st.sampled_from([-2, 0, 1, 2]))


def statements(rows):
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance"])
    return frame.assign(statement_id=[f"s{i:03}" for i in range(len(frame))], article_id="x")


def by_hand(frame, measure):
    """The definition, pair by pair of statements."""
    actors = sorted(set(frame.speaker))
    total = pd.DataFrame(0.0, index=actors, columns=actors)
    for a in frame.itertuples():
        for b in frame.itertuples():
            if a.speaker != b.speaker and a.issue == b.issue:
                apart = abs(a.stance - b.stance) / 4
                total.at[a.speaker, b.speaker] += apart if measure == "conflict" else 1 - apart
    return total


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(["congruence", "conflict"]))
def test_the_measure_is_the_sum_over_pairs_of_statements(rows, measure):
    frame = statements(rows)
    found = networks.one_mode(frame, SCALE, measure, "none")
    np.testing.assert_allclose(found, by_hand(frame, measure), atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(["none", "average"]), st.randoms())
def test_laws_of_the_measures(rows, normalisation, random):
    frame = statements(rows)
    congruence, conflict = (networks.one_mode(frame, SCALE, m, normalisation) for m in ("congruence", "conflict"))
    np.testing.assert_allclose(congruence, congruence.T)
    assert (np.diag(congruence) == 0).all() and (np.diag(conflict) == 0).all() and (congruence.to_numpy() >= 0).all()
    counts = pd.crosstab(frame.speaker, frame.issue)
    ignored = (counts @ counts.T).to_numpy(dtype=float, copy=True)
    np.fill_diagonal(ignored, 0)
    if normalisation == "none":
        np.testing.assert_allclose(congruence + conflict, ignored, atol=1e-12)
    shuffled = frame.sample(frac=1, random_state=random.randint(0, 9999))
    np.testing.assert_allclose(networks.one_mode(shuffled, SCALE, "congruence", normalisation), congruence)
    renamed = networks.one_mode(frame.assign(speaker="z" + frame.speaker), SCALE, "congruence", normalisation)
    np.testing.assert_allclose(renamed.to_numpy(), congruence.to_numpy())


def test_an_unknown_measure_or_normalisation_is_refused():
    with pytest.raises(ValueError, match="expected congruence or conflict"):
        networks.one_mode(statements([("a", "i", 2)]), SCALE, "closeness")
    with pytest.raises(ValueError, match="none or average"):
        networks.one_mode(statements([("a", "i", 2)]), SCALE, "conflict", "softmax")


def test_no_statement_gives_no_edge():
    edges, evidence = networks.discourse_edges(statements([]), SCALE)
    assert edges.empty and evidence.empty
    assert list(edges) == networks.EDGES


@pytest.mark.parametrize("measure", ["congruence", "conflict"])
def test_every_edge_of_the_real_case_is_recomputed_from_its_evidence(real, measure):
    frame = case.coded(real, "statements", "adjudicated")
    edges, evidence = networks.discourse_edges(frame, real.stances, measure, "none")
    assert len(edges) > 20
    for edge in edges.itertuples():
        behind = frame[frame.statement_id.isin(evidence.loc[evidence.edge_id == edge.edge_id, "unit_id"])]
        assert set(behind.speaker) == {edge.source, edge.target}
        assert by_hand(behind, measure).at[edge.source, edge.target] == pytest.approx(edge.weight)
        assert edge.n_evidence == len(behind) and edge.n_articles == behind.article_id.nunique()


def test_every_stated_tie_of_the_real_case_is_its_mentions(real):
    frame = case.coded(real, "relations", "adjudicated")
    edges, evidence = networks.relation_edges(frame)
    assert edges.weight.sum() == len(frame) == len(evidence) and edges.edge_id.is_unique
    joined = evidence.merge(edges, on="edge_id").merge(frame, left_on="unit_id", right_on="relation_id", suffixes=("", "_said"))
    assert (joined.source == joined.source_said).all() and (joined.target == joined.target_said).all() and (joined.relation == joined.relation_said).all()


def test_nodes_are_those_who_speak_or_are_tied(real):
    said, tied = (case.coded(real, name, "adjudicated") for name in ("statements", "relations"))
    nodes = networks.nodes(real.actors, said, tied)
    assert set(nodes.actor_id) == {*said.speaker, *tied.source, *tied.target}
    assert nodes.n_statements.sum() == len(said) and nodes.n_relations.sum() == 2 * len(tied)
