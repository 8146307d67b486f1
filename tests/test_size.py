"""How large a case is, told before it runs; and what grows with it."""

import grow
import made_case
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dispute import cli
from dispute.run.size import MEASURED, Run, estimate, in_words


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A made case of twelve articles, as the bench of growth gives it to its steps."""
    return grow.Given(made_case.make(tmp_path_factory.mktemp("growth") / "case", 12))


@pytest.mark.parametrize("run", MEASURED)
def test_a_measured_case_is_told_as_measured(run):
    assert estimate(run.statements) == pytest.approx(run)


@given(some.integers(0, 10**8), some.integers(0, 10**8))
def test_more_statements_never_take_less(one, other):
    less, more = estimate(min(one, other)), estimate(max(one, other))
    assert less.seconds <= more.seconds and less.mebibytes <= more.mebibytes


def test_it_is_told_in_rough_words():
    short = "a first run takes roughly 40 seconds and 1.5 GB (on two cores)"
    assert in_words(Run(600, 41.2, 1536)) == short
    assert "roughly 7 minutes" in in_words(Run(10_000, 400, 2100))


def test_check_tells_it_with_the_size_of_the_case(root, capsys):
    assert cli.main(["check", str(root / "tests/cases/lighthouse")]) == 0
    shown = capsys.readouterr().out
    assert "3 articles, 39 statements" in shown and "a first run takes roughly" in shown


@pytest.mark.parametrize("step", grow.STEPS, ids=lambda step: step.__name__)
def test_every_step_of_the_bench_of_growth_runs(small, step):
    """`make bench` is run seldom; what it calls is called here, on twelve articles."""
    step(small)
