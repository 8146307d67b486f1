"""Networks: the laws of the measures, duplicates, windows and filters."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.analysis import networks
from helpers.analysis.counts import count, from_counts, placed, tally

GRADED, YES_NO, GAPS = ([-2, 0, 1, 2], [-1, 1], [-3, 1, 7])


def scale(values):
    return pd.DataFrame({"stance": values})


def statements(rows):
    frame = pd.DataFrame(rows, columns=["speaker", "issue", "stance"])
    return frame.assign(
        statement_id=[f"s{i:03}" for i in range(len(frame))],
        article_id="x",
        earliest="2019-05-01",
        latest="2019-05-01",
        on_behalf_of="",
    )


@st.composite
def codings(draw, scales=(GRADED, YES_NO, GAPS), max_size=14):
    """A scale of stances and some statements on it."""
    values = draw(st.sampled_from(scales))
    row = st.tuples(
        st.sampled_from("abcde"), st.sampled_from(["i", "j", "k"]), st.sampled_from(values)
    )
    return scale(values), statements(draw(st.lists(row, min_size=1, max_size=max_size)))


# --- the measures


def counts(frame, stances):
    """X as a plain array, written from the definition."""
    actors = sorted(set(frame.speaker))
    issues = sorted(set(frame.issue))
    values = sorted(stances.stance)
    x = np.zeros((len(actors), len(issues), len(values)))
    for row in frame.itertuples():
        x[actors.index(row.speaker), issues.index(row.issue), values.index(row.stance)] += 1
    return x, values


def pair_adds(measure, values):
    """What a pair of stances adds to a measure, by their places on the scale."""
    width = (max(values) - min(values)) or 1

    def adds(k, q):
        apart = abs(values[k] - values[q]) / width
        return {
            "ignore": 1,
            "congruence": 1 - apart,
            "conflict": apart,
            "subtract": 1 - 2 * apart,
        }[measure]

    return adds


def total(one, other, adds):
    """The sum over all issues and pairs of stances; `one` and `other` are issues by stances."""
    issues, stances = one.shape
    return sum(
        one[j, k] * other[j, q] * adds(k, q)
        for j in range(issues)
        for k in range(stances)
        for q in range(stances)
    )


def by_definition(frame, stances, measure, normalisation):
    """The formulas of the plan, loop by loop."""
    x, values = counts(frame, stances)
    adds = pair_adds(measure, values)
    itself = pair_adds("ignore" if measure == "ignore" else "congruence", values)
    weights = np.zeros((len(x), len(x)))
    for a, one in enumerate(x):
        for b, other in enumerate(x):
            if a == b:
                continue
            active = one.sum(), other.sum()
            divisor = {
                "none": 1,
                "average": sum(active) / 2,
                "activity_product": active[0] * active[1],
                "jaccard": one[other == 0].sum() + other[one == 0].sum() + (one * other).sum(),
                "cosine": math.sqrt(total(one, one, itself) * total(other, other, itself)),
            }[normalisation]
            weights[a, b] = total(one, other, adds) / divisor if divisor else 0
    return weights


@settings(max_examples=60, deadline=None)
@given(codings(), st.sampled_from(networks.MEASURES), st.sampled_from(networks.NORMALISATIONS))
def test_every_measure_and_normalisation_is_its_definition(coding, measure, normalisation):
    stances, frame = coding
    matrix = networks.one_mode(frame, stances, measure, normalisation)
    expected = by_definition(frame, stances, measure, normalisation)
    np.testing.assert_allclose(matrix, expected, atol=1e-9)


@settings(max_examples=50, deadline=None)
@given(codings(), st.sampled_from(networks.NORMALISATIONS), st.integers(0, 9999))
def test_laws(coding, normalisation, seed):
    stances, frame = coding
    matrices = {
        measure: networks.one_mode(frame, stances, measure, normalisation)
        for measure in networks.MEASURES
    }
    agree, differ = matrices["congruence"], matrices["conflict"]
    for matrix in matrices.values():
        np.testing.assert_allclose(matrix, matrix.T, atol=1e-12)
        assert (np.diag(matrix) == 0).all()
    # The cosine of `ignore` is taken over issues, that of the others over stances.
    if normalisation != "cosine":
        np.testing.assert_allclose(agree + differ, matrices["ignore"], atol=1e-9)
    np.testing.assert_allclose(agree - differ, matrices["subtract"], atol=1e-9)
    shuffled = frame.sample(frac=1, random_state=seed)
    renamed = frame.assign(speaker="z" + frame.speaker, issue="y" + frame.issue)
    for other in (shuffled, renamed):
        again = networks.one_mode(other, stances, "congruence", normalisation)
        np.testing.assert_allclose(again.to_numpy(), agree.to_numpy(), atol=1e-9)
    bounded = {
        "activity_product": ["ignore", "congruence", "conflict"],
        "cosine": ["ignore", "congruence"],
        "jaccard": ["congruence"] if len(stances) == 2 else [],
    }.get(normalisation, [])
    assert all(matrices[measure].to_numpy().max() <= 1 + 1e-9 for measure in bounded)


@settings(max_examples=60, deadline=None)
@given(codings())
def test_two_mode_measures_are_their_definitions(coding):
    stances, frame = coding
    x, values = counts(frame, stances)
    bits = [2 ** (len(values) - 1 - k) for k in range(len(values))]
    expected = {
        "ignore": x.sum(axis=2),
        "subtract": (x * values).sum(axis=2),
        "combine": ((x > 0) * bits).sum(axis=2),
    }
    for measure, table in expected.items():
        np.testing.assert_allclose(networks.two_mode(frame, stances, measure), table)
    of_actor, of_issue = x.sum(axis=(1, 2))[:, None], x.sum(axis=(0, 2))[None, :]
    for measure in ("ignore", "subtract"):
        by_actor = networks.two_mode(frame, stances, measure, "activity")
        by_issue = networks.two_mode(frame, stances, measure, "prominence")
        np.testing.assert_allclose(by_actor, expected[measure] / of_actor)
        np.testing.assert_allclose(by_issue, expected[measure] / of_issue)


@settings(max_examples=60, deadline=None)
@given(codings(scales=[YES_NO]))
def test_combine_agrees_with_the_sign_of_subtract(coding):
    stances, frame = coding
    combine = networks.two_mode(frame, stances, "combine")
    subtract = networks.two_mode(frame, stances, "subtract")
    assert ((combine == 1) <= (subtract > 0)).all().all()
    assert ((combine == 2) <= (subtract < 0)).all().all()
    assert ((subtract > 0) <= combine.isin([1, 3])).all().all()
    assert set(combine.to_numpy().flat) <= {0, 1, 2, 3}


def test_two_numbers_are_summed_as_any_others():
    """DNA sums integers; its yes and no are -1 and 1 as stances."""
    for low, high, total in [(0, 1, 1), (-1, 1, -1), (-2, 2, -2), (2, 5, 9)]:
        frame = statements([("a", "i", low), ("a", "i", low), ("a", "i", high)])
        assert networks.two_mode(frame, scale([low, high]), "subtract").at["a", "i"] == total


def test_an_isolate_has_a_row_of_zeros_and_an_empty_actor_has_none():
    frame = statements([("a", "i", 2), ("", "i", 2)])
    assert networks.one_mode(frame, scale(GRADED), actors=["b"]).to_dict() == {
        "a": {"a": 0, "b": 0},
        "b": {"a": 0, "b": 0},
    }
    assert networks.two_mode(frame, scale(GRADED)).index.tolist() == ["a"]


def test_no_statement_is_a_network_of_nobody():
    assert networks.one_mode(statements([]), scale(GRADED), "subtract", "jaccard").empty


@pytest.mark.parametrize(
    "call",
    [
        lambda f, s: networks.one_mode(f, s, "closeness"),
        lambda f, s: networks.one_mode(f, s, "conflict", "softmax"),
        lambda f, s: networks.two_mode(f, s, "congruence"),
        lambda f, s: networks.two_mode(f, s, "ignore", "jaccard"),
        lambda f, s: networks.deduplicate(f, "decade"),
        lambda f, s: networks.windows(f, "rolling"),
        lambda f, s: networks.windows(f, "fixed", 1, "moon"),
    ],
)
def test_an_unknown_choice_names_the_known_ones(call):
    with pytest.raises(ValueError, match="expected one of"):
        call(statements([("a", "i", 2)]), scale(GRADED))


# --- which statements


def dated(*days):
    """Statements of one actor on one issue, on these days, in two articles by turns."""
    return pd.DataFrame(
        {
            "statement_id": [f"s{i}" for i in range(len(days))],
            "speaker": "a",
            "issue": "i",
            "stance": 2,
            "earliest": days,
            "latest": days,
            "article_id": [f"x{i % 2}" for i in range(len(days))],
        }
    )


@pytest.mark.parametrize(
    "per, kept",
    [
        ("include", 6),
        ("range", 1),
        ("article", 2),
        ("month", 4),  # March 2022 and March 2023 are two months
        ("week", 3),  # the last day of 2019 and the first of 2020 are one ISO week
        ("year", 4),
    ],
)
def test_duplicates_are_counted_once_in_a_span_with_its_year(per, kept):
    frame = dated(
        "2022-03-02", "2023-03-01", "2019-12-31", "2020-01-01", "2023-03-02", "2022-03-03"
    )
    assert len(networks.deduplicate(frame, per)) == kept


def test_the_earliest_is_kept_and_another_stance_is_no_duplicate_unless_stances_are_ignored():
    frame = dated("2022-03-03", "2022-03-02", "2022-03-04").assign(stance=[2, 2, -2])
    assert networks.deduplicate(frame, "month").statement_id.tolist() == ["s1", "s2"]
    assert networks.deduplicate(frame, "month", by_stance=False).statement_id.tolist() == ["s1"]


def test_of_one_article_the_stance_that_stands_first_is_kept_whatever_its_id():
    frame = dated("2022-03-02", "2022-03-02").assign(
        article_id="x", statement_id=["s10", "s9"], start=[400, 30]
    )
    assert networks.deduplicate(frame, "article").statement_id.tolist() == ["s9"]


def test_a_statement_whose_date_spans_two_months_has_no_duplicate():
    frame = dated("2022-03-31", "2022-03-31", "").assign(latest=["2022-04-01", "2022-03-31", ""])
    assert len(networks.deduplicate(frame, "month")) == 3


def bounds_and_sizes(windows):
    return [(window.first, window.last, len(window.statements)) for window in windows]


def test_windows_say_what_bounds_them_and_hold_whole_dates_only():
    frame = dated("2022-01-15", "2022-02-01", "2022-04-30", "").assign(
        latest=["2022-01-15", "2022-02-03", "2022-05-01", ""]
    )
    assert bounds_and_sizes(networks.windows(frame, "fixed", 2, "month")) == [
        ("2022-01-01", "2022-02-28", 2),
        ("2022-03-01", "2022-04-30", 0),
        ("2022-05-01", "2022-05-31", 0),
    ]
    assert bounds_and_sizes(networks.windows(frame, "moving", 2, "month")) == [
        ("2022-01-01", "2022-02-28", 2),
        ("2022-02-01", "2022-03-31", 1),
        ("2022-03-01", "2022-04-30", 0),
        ("2022-04-01", "2022-05-31", 1),
    ]
    assert bounds_and_sizes(networks.windows(frame, "cumulative", 3, "month")) == [
        ("2022-01-01", "2022-03-31", 2),
        ("2022-01-01", "2022-05-31", 3),
    ]
    assert networks.windows(frame[3:], "fixed") == []


def test_a_window_longer_than_all_there_is_holds_all():
    frame = dated("2022-01-15", "2022-02-01")
    for kind in networks.WINDOWS:
        assert bounds_and_sizes(networks.windows(frame, kind, 9)) == [
            ("2022-01-01", "2022-02-28", 2)
        ]
    with pytest.raises(ValueError, match="size 0"):
        networks.windows(frame, "fixed", 0)


# --- from counts


def many(number):
    """Statements of 200 actors on 40 issues in five years, some without an actor."""
    random = np.random.default_rng(11)
    frame = pd.DataFrame(
        {
            "speaker": random.choice(["", *(f"a{n}" for n in range(200))], number),
            "issue": random.choice([f"i{n}" for n in range(40)], number),
            "stance": random.choice(GRADED, number),
            "year": random.choice(["2015", "2016", "2017", "2018", "2019"], number),
        }
    )
    return frame, scale(GRADED)


@pytest.mark.parametrize("measure", networks.MEASURES)
@pytest.mark.parametrize("normalisation", networks.NORMALISATIONS)
def test_a_network_of_counts_is_that_of_the_statements(measure, normalisation):
    frame, stances = many(10**5)
    expected, actors = networks.weights(frame, stances, measure, normalisation)
    # The counts of two parts, one after the other, as of two machines.
    parts = [tally(frame[:40_000], span="year"), tally(frame[40_000:], span="year")]
    counted = from_counts(pd.concat(parts), stances)
    made = networks.weights_of(counted, measure, normalisation)
    assert counted.actors == actors
    np.testing.assert_allclose(made.toarray(), expected.toarray(), rtol=0, atol=1e-8)


@pytest.mark.parametrize("measure", networks.MEASURES)
@pytest.mark.parametrize("normalisation", networks.NORMALISATIONS)
@pytest.mark.parametrize("values", [GRADED, GAPS])
def test_plain_and_sparse_products_are_one(measure, normalisation, values, monkeypatch):
    frame, _ = many(4000)
    frame = frame.assign(stance=np.resize(values, len(frame)))
    counted = tally(frame)
    sparse = networks.weights_of(from_counts(counted, scale(values)), measure, normalisation)
    monkeypatch.setattr("helpers.analysis.counts.FEW", 0)
    x = from_counts(counted, scale(values))
    assert x._is_full()
    plain = networks.weights_of(x, measure, normalisation)
    np.testing.assert_allclose(plain.toarray(), sparse.toarray(), rtol=0, atol=1e-9)


@pytest.mark.parametrize("measure", networks.MEASURES)
@pytest.mark.parametrize("normalisation", networks.NORMALISATIONS)
def test_a_small_x_is_plain_and_gives_the_same_network(measure, normalisation, monkeypatch):
    frame, _ = many(300)
    frame = frame.assign(stance=np.resize(GAPS, len(frame)))
    frame["speaker"] = frame.speaker.str.slice(0, 2)
    small = count(frame, scale(GAPS), "speaker")
    assert isinstance(small.by_stance[0], np.ndarray)
    made = networks.weights_of(small, measure, normalisation)
    table = networks.two_mode(frame, scale(GAPS))
    monkeypatch.setattr("helpers.analysis.counts.SMALL", 0)
    large = count(frame, scale(GAPS), "speaker")
    assert not isinstance(large.by_stance[0], np.ndarray)
    expected = networks.weights_of(large, measure, normalisation)
    np.testing.assert_array_equal(made.toarray(), expected.toarray())
    pd.testing.assert_frame_equal(table, networks.two_mode(frame, scale(GAPS)))


def test_an_x_of_other_than_whole_numbers_is_sparse():
    """Its sums depend on their order, and a library of plain matrices chooses its own."""
    rows = pd.DataFrame({"actor_id": ["a", "b"], "issue": "i", "stance": 1})
    counts = placed(rows, scale([1])).counts(np.array([0.5, 2]))
    assert not isinstance(counts.by_stance[0], np.ndarray)


def test_the_counts_of_some_spans_are_those_of_their_statements():
    frame, stances = many(2000)
    counted = tally(frame, span="year")
    assert counted.n.sum() == len(frame) and not counted.duplicated(list(counted)[:-1]).any()
    early = frame[frame.year < "2017"]
    expected, _ = networks.weights(early, stances, "conflict", "average")
    some = from_counts(counted[counted.span < "2017"], stances)
    made = networks.weights_of(some, "conflict", "average")
    np.testing.assert_allclose(made.toarray(), expected.toarray())


def test_what_is_neither_agreement_nor_conflict_is_no_tie():
    """On -1, 0, 2: three times d = 1/3, which adds 1/3 each, and once d = 1, which takes 1: 0."""
    pairs = [(-1, 0), (-1, 0), (-1, 2), (-1, 0)]
    rows = [
        (who, f"i{n}", said[n_who])
        for n, said in enumerate(pairs)
        for n_who, who in enumerate("ab")
    ]
    some = pd.DataFrame(rows, columns=["speaker", "issue", "stance"])
    network = networks.one_mode(some, pd.DataFrame({"stance": [-1, 0, 2]}), "subtract")
    assert not network.to_numpy().any()
