"""Estimates of all articles from a sample: right on average, exact where all is coded, by hand."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from made_sample import STANCES, population
from scipy import sparse

from helpers.analysis.counts import tally
from helpers.analysis.estimates import design as designs
from helpers.analysis.estimates import of_case, readers, words
from helpers.analysis.estimates.design import Design, design_of
from helpers.analysis.estimates.ties import replicate_weights, tie_estimates
from helpers.analysis.estimates.totals import cells, estimates
from helpers.analysis.networks import one_mode
from helpers.analysis.sampling import draw_sample
from helpers.case.load import check, coded, load

KEY = ["quantity", "actor_id", "issue", "stance"]
MADE = population(120, 3, mean=4)
SAMPLE = draw_sample(MADE.articles, 40, ["month"], 1).query("place > 0")


def found(sample=SAMPLE, machine=MADE.machine):
    return cells(MADE.hand, machine, tally(machine), sample)


def counted(hand, machine, whole, design):
    """One cell, as `Counted`; articles are rows."""
    column = [sparse.csr_array(np.array(values, float)[:, None]) for values in (hand, machine)]
    return designs.counted(design, np.array([float(whole)]), *column)


ONE = sparse.csr_array(np.ones((1, 1)))


def test_a_total_by_hand():
    """Two strata of 3 and 4 articles, two sampled of each: worked on paper."""
    design = Design(np.array([0, 0, 1, 1]), np.array([3.0, 4.0]))
    total = counted([2, 0, 5, 1], [1, 1, 2, 0], 10, design).totals(ONE)
    # What the machine missed: 1, -1 and 3, 1: 3/2 (1 - 1) + 4/2 (3 + 1) = 8.
    assert total.value == [18]
    # 3² (1 - 2/3) 2/2 + 4² (1 - 2/4) 2/2 = 3 + 8.
    assert total.error**2 == pytest.approx([11])
    assert total.machine == [10]
    assert total.hand == [3 / 2 * 2 + 4 / 2 * 6]


def test_of_all_samples_the_mean_is_the_truth_and_the_variance_is_told():
    """Every sample of two and two out of three and four articles is drawn once."""
    hand = np.array([4.0, 0, 1, 2, 7, 0, 3])
    machine = np.array([1.0, 1, 0, 2, 3, 0, 5])
    values, told = [], []
    for one, other in product(combinations(range(3), 2), combinations(range(3, 7), 2)):
        chosen = [*one, *other]
        design = Design(np.array([0, 0, 1, 1]), np.array([3.0, 4.0]))
        total = counted(hand[chosen], machine[chosen], machine.sum(), design).totals(ONE)
        values.append(total.value[0])
        told.append(total.error[0] ** 2)
    assert np.mean(values) == pytest.approx(hand.sum())
    assert np.mean(told) == pytest.approx(np.var(values))


def test_a_ratio_has_the_variance_of_its_residuals():
    design = Design(np.array([0, 0, 0]), np.array([9.0]))
    both = sparse.csr_array(np.array([[2.0, 1], [1, 1], [0, 2]]))
    none = both * 0
    found_here = designs.counted(design, np.zeros(2), both, none)
    over, under = sparse.csr_array([[1.0], [0.0]]), sparse.csr_array([[1.0], [1.0]])
    ratio = found_here.ratios(over, under)
    # Of 7 statements 3; weighed up, 21 and 9. Residuals y - R x: 2 - 9/7, 1 - 6/7, 0 - 6/7.
    assert ratio.value == pytest.approx([3 / 7])
    rest = np.array([2 - 9 / 7, 1 - 6 / 7, -6 / 7])
    variance = 81 * (1 - 3 / 9) * rest.var(ddof=1) / 3
    assert ratio.error == pytest.approx([np.sqrt(variance) / 21])


def test_the_mean_is_that_of_prediction_powered_inference():
    """Numbers of `ppi_py` 0.2.3, printed by

    ppi_mean_pointestimate(Y, F, U, lam=1), ppi_mean_ci(Y, F, U, alpha=.05, lam=1)
    """
    y = np.array([1, 3, 0, 3, 1, 1, 2, 1, 1, 0, 2, 1])
    f = np.array([2, 2, 0, 4, 0, 0, 1, 1, 2, 0, 2, 1])
    u = np.array(list(map(int, "1121133221132022230210222122221222121022")), float)
    point, low, high = 1.70833333, 1.21291669, 2.20374998
    size = len(u)
    design = Design(np.zeros(len(y), int), np.array([float(size)]))
    total = counted(y, f, u.sum(), design).totals(ONE)
    assert total.value / size == pytest.approx([point], abs=1e-8)
    # It takes the articles for a draw from endlessly many, and divides by n.
    n = len(y)
    of_errors = (total.error[0] / size) ** 2 / (1 - n / size) * (n - 1) / n
    width = 1.959964 * np.sqrt(of_errors + u.var() / size)
    assert (point - width, point + width) == pytest.approx((low, high), abs=1e-6)


def test_where_all_is_coded_the_estimate_is_the_truth():
    everything = MADE.articles.assign(stratum="all", n_stratum=len(MADE.articles))
    numbers = estimates(found(everything)).set_index(KEY)
    assert numbers.estimate["all"].item() == len(MADE.hand)
    true = tally(MADE.hand)
    for row in true.itertuples():
        own = numbers.loc[("statements", row.actor_id, row.issue, row.stance)]
        assert (own.estimate, own.low, own.high) == (row.n, row.n, row.n)
    mean = MADE.hand.groupby("issue").stance.mean()
    told = numbers.xs("mean of issue").reset_index().set_index("issue").estimate
    assert told.to_dict() == pytest.approx(mean.to_dict())
    ties = tie_estimates(found(everything), STANCES, draws=0)
    network = one_mode(MADE.hand, STANCES, "congruence", "average")
    for row in ties.itertuples():
        assert row.estimate == pytest.approx(network.at[row.source, row.target])
        assert pd.isna(row.low)


def test_a_machine_that_is_right_leaves_nothing_to_mend():
    numbers = estimates(found(machine=MADE.hand))
    assert (numbers.estimate == numbers.machine).all()
    assert (numbers.se == 0).all()
    # Nobody can tell how often it would be wrong elsewhere.
    assert numbers.low.isna().all()


def test_shares_of_one_actor_and_issue_add_up_to_one():
    numbers = estimates(found())
    shares = numbers[numbers.quantity == "share"].groupby(["actor_id", "issue"]).estimate.sum()
    assert np.allclose(shares, 1)


def test_a_stratum_with_one_article_is_refused():
    alone = SAMPLE.head(1).assign(n_stratum=4)
    with pytest.raises(ValueError, match="one article of the stratum"):
        design_of(alone)
    assert design_of(alone.assign(n_stratum=1)).freedom() == 0


def test_replicate_weights_have_the_mean_and_variance_of_the_design():
    design = design_of(SAMPLE)
    drawn = np.array(list(replicate_weights(design, 4000, 0)))
    assert drawn.min() >= 0
    values = np.random.default_rng(1).poisson(3, len(SAMPLE)).astype(float)
    totals = drawn @ values
    told = design.variance(sparse.csr_array(values[:, None]))[0]
    assert totals.mean() == pytest.approx(design.weights() @ values, rel=0.01)
    assert totals.var() == pytest.approx(told, rel=0.1)


def test_an_actor_in_too_few_articles_has_no_tie():
    ties = tie_estimates(found(), STANCES, draws=20)
    assert len(ties)
    articles = MADE.hand[MADE.hand.article_id.isin(set(SAMPLE.article_id))]
    often = articles.groupby("speaker").article_id.nunique()
    assert {*ties.source, *ties.target} <= set(often.index[often >= 5])
    assert tie_estimates(found(), STANCES, least=100, draws=20).empty


# --- of a case


@pytest.fixture
def sampled(broken):
    """A case of which two articles of three are drawn."""
    rows = ["article_id,stratum,n_stratum,probability,place"]
    places = {"island-mirror": 0, "norvale-courier": 1, "skerry-post": 2}
    rows += [f"{article},all,3,0.666667,{place}" for article, place in places.items()]
    (broken / "sample.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return broken


def done(case, coder, *articles):
    path = case / f"coding/{coder}/progress.csv"
    rows = ["article_id,done_on,change_id"] + [f"{article},2024-05-01," for article in articles]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_a_case_without_a_list_of_what_is_done_is_coded(sampled):
    case = load(sampled)
    read = of_case.readings(case, "pass-a")
    own = coded(case, "statements", "pass-a")
    assert set(read.hand.article_id) == {"norvale-courier", "skerry-post"} & set(own.article_id)
    assert (read.drawn, read.frame, read.in_order, len(read.machine)) == (2, 3, True, 0)


def test_what_is_not_done_is_not_counted_and_the_order_is_told(sampled):
    done(sampled, "pass-a", "skerry-post")
    case = load(sampled)
    read = of_case.readings(case, "pass-a")
    assert read.sample.article_id.tolist() == ["skerry-post"]
    assert not read.in_order and not read.can_tell()
    tables = of_case.tables(read, case.stances, 5, 20)
    assert [len(table) for table in tables.values()] == [0, 0, 0]
    told = words.told(case, read, tables["estimates"], tables["window_validity"])
    assert "1 of these are coded" in told and "not the first of the drawn" in told
    assert "fewer than two of the drawn ones" in told


def test_the_adjudicated_set_has_done_what_all_passes_have(sampled):
    done(sampled, "pass-a", "skerry-post", "norvale-courier")
    done(sampled, "pass-b", "norvale-courier")
    case = load(sampled)
    assert readers.coded_articles(case, "adjudicated") == {"norvale-courier"}
    assert of_case.strata(case, "pass-a").n_coded.tolist() == [2]


def test_strata_are_put_together_until_two_articles_of_each_are_coded():
    sample = pd.DataFrame(
        {"article_id": list("abc"), "stratum": ["x", "x", "y"], "n_stratum": [9, 9, 5]}
    )
    assert set(of_case._in_strata(sample, 14).stratum) == {"all"}
    assert set(of_case._in_strata(sample, 14).n_stratum) == {14}
    assert of_case._in_strata(sample.assign(n_stratum=[9, 9, 1]), 10).stratum.nunique() == 2


def outside(case, totals):
    """Draw two of 40 articles of a corpus outside the case; `totals`: rows of the machine."""
    (case / "sample.csv").write_text(
        "article_id,stratum,n_stratum,probability,place\n"
        "norvale-courier,all,40,0.050000,1\nskerry-post,all,40,0.050000,2\n"
    )
    head = "actor_id,issue,stance,month,n_statements\n"
    (case / "machine_totals.csv").write_text(head + totals)


def test_a_corpus_outside_the_case_brings_its_counts(sampled):
    outside(sampled, "jonas-hart,automate,3,2019-03,70\njonas-hart,automate,3,,5\n")
    (sampled / "machine_counts.csv").write_text(
        "article_id,actor_id,issue,stance,n_statements\nskerry-post,jonas-hart,automate,3,2\n"
    )
    assert check(sampled) == []
    case = load(sampled)
    read = of_case.readings(case, "pass-a")
    assert (read.frame, read.drawn, len(read.machine)) == (40, 2, 2)
    numbers = of_case.tables(read, case.stances, 5, 20)["estimates"].set_index("quantity")
    assert numbers.machine["all"] == 75
    assert numbers.estimate["all"] == 75 + 20 * (len(read.hand) - 2)
    assert of_case.readings(case, "pass-a", period="2019-03").whole.n.tolist() == [70]
    text = (sampled / "sample.csv").read_text().replace("all,40", "all,30", 1)
    (sampled / "sample.csv").write_text(text)
    assert {problem.column for problem in check(sampled)} == {"n_stratum", "probability"}


def test_strata_of_a_corpus_have_the_size_of_the_corpus(sampled):
    outside(sampled, "jonas-hart,automate,3,2019-03,70\n")
    strata = of_case.strata(load(sampled), "pass-a").iloc[0]
    assert (strata.n_stratum, strata.n_drawn, strata.n_coded, strata.probability) == (
        40,
        2,
        2,
        0.05,
    )
