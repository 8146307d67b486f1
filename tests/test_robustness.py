"""The number of a pair, its curve, the figures, and the issues that a question is about."""

import pandas as pd
import pytest
from rows import SCALE, coding, says

from helpers.analysis.finding_basis import basis
from helpers.analysis.networks import deduplicate, weights
from helpers.analysis.pair_weight import NORMALISATIONS, curve, weight
from helpers.analysis.predicates import Binding
from helpers.analysis.views import View
from helpers.case.load import check, coded, load
from helpers.figures.robustness import specification_curve, what_ends


@pytest.mark.parametrize("normalisation", NORMALISATIONS)
@pytest.mark.parametrize("duplicates", ["article", "include"])
def test_the_number_of_a_pair_is_the_weight_of_its_line(real, duplicates, normalisation):
    published = basis(real).published
    statements = deduplicate(coded(real, "statements", ""), duplicates)
    matrix, actors = weights(statements, real.stances, "congruence", normalisation)
    view = View(duplicates=duplicates)
    for one, other in [(0, 1), (2, 5), (3, len(actors) - 1)]:
        binding = Binding("pair", actor_id=actors[one], other_id=actors[other])
        number = weight(binding, published, view, normalisation=normalisation)
        assert number == pytest.approx(float(matrix[one, other]))


def agreeing(number):
    """Two who agree on every issue, and others who stand on either side."""
    for place in range(number):
        issue, side = f"i{place}", ("for", "against")[place % 2]
        for actor in ("ann", "bo"):
            yield says(actor, side, issue, article=f"a{place}")
        for actor, other in zip("cdef", ("for", "against", "for", "against"), strict=True):
            yield says(actor, other, issue, article=f"b{place}")


def test_a_curve_tells_agreement_from_chance():
    pair = Binding("pair", actor_id="ann", other_id="bo")
    whole = coding(*agreeing(12))
    made = curve(pair, {"all": whole}, draws=99)
    assert made.p <= 0.05 and all(point.z > 1 for point in made.points)
    assert [point.z for point in made.points] == sorted(point.z for point in made.points)
    assert made == curve(pair, {"all": whole}, draws=99), "the same seed, the same curve"
    apart = Binding("pair", actor_id="c", other_id="d")
    assert curve(apart, {"all": whole}, draws=99).p > 0.5


def test_stances_are_dealt_within_an_issue():
    same = coding(*(says(actor, "for", article=actor) for actor in ("ann", "bo", "cy")))
    made = curve(Binding("pair", actor_id="ann", other_id="bo"), {"all": same}, draws=9)
    assert made.p == 1 and {point.z for point in made.points} == {0.0}
    assert made.points[0].weight > 0 and set(SCALE) >= {2}


FINDINGS = pd.DataFrame({"finding_id": ["f"], "sentence": ["A backs B."], "margin": [2]})
TRIED = pd.DataFrame(
    [("f", "coder", "pass-a", "yes"), ("f", "article", "x", "no"), ("f", "article", "y", "yes")],
    columns=["finding_id", "choice", "level", "holds"],
)


def test_a_figure_marks_what_ends_each_finding():
    axes = what_ends(FINDINGS, TRIED).axes[0]
    words = [text.get_text() for text in axes.texts]
    assert {"A backs B.", "2", "pass-a", "article\nleft out"} <= set(words)
    marks = [line.get_marker() for line in axes.lines if line.get_marker() not in ("None", None)]
    assert marks == ["o", "X"]


def test_a_figure_of_nothing_says_so():
    figures = [what_ends(FINDINGS.head(0), TRIED), specification_curve(pd.DataFrame())]
    words = [figure.axes[0].texts[0].get_text() for figure in figures]
    assert words == ["No finding is shown.", "No finding with a number is shown."]


def test_the_issues_of_the_question_come_first_and_are_known(broken):
    path = broken / "case.yaml"
    written = path.read_text(encoding="utf-8")
    issues = load(broken).issues.issue.tolist()
    path.write_text(f"{written}first_issues: [{issues[-1]}]\n", encoding="utf-8")
    order = basis(load(broken)).order
    assert min(order, key=order.get) == issues[-1] and set(order) == set(issues)
    path.write_text(f"{written}first_issues: [no-issue]\n", encoding="utf-8")
    (problem,) = check(broken)
    assert problem.column == "first_issues" and "no-issue" in problem.found
