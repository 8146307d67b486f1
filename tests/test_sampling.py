"""Drawing which articles people code: strata, shares, one seed; a case that keeps the draw."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispute.cli import main
from dispute.desk.room import Desk
from helpers.analysis import sampling
from helpers.case.load import check, load


def articles(*rows):
    names = ["article_id", "published", "publisher"]
    return pd.DataFrame(rows, columns=names)


MANY = articles(
    *(
        (f"a{number:03}", f"2023-{1 + number % 3:02}-05", "Star" if number % 4 else "Herald")
        for number in range(120)
    )
)


def test_strata_are_named_by_their_values():
    dated = articles(
        ("a", "2023-03-21", "Star"),
        ("b", "2023-03~", ""),
        ("c", "2023", "Star"),
        ("d", "", "Star"),
        ("e", "2023-03-01/2023-03-04", "Star"),
        ("f", "2023-21", "Star"),
    )
    names = sampling.strata(dated, ["month", "publisher"])
    assert names.tolist()[:3] == ["2023-03, Star", "2023-03, not known", "not known, Star"]
    assert names.tolist()[3:] == ["not known, Star"] * 3
    assert sampling.strata(dated, ["year"]).tolist()[2] == "2023"
    assert set(sampling.strata(dated, [])) == {sampling.WHOLE}


def test_strata_by_what_is_not_there_are_refused():
    with pytest.raises(ValueError, match="'editor': expected one of year, month"):
        sampling.strata(MANY, ["editor"])


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 60), min_size=1),
    st.integers(2, 200),
)
def test_so_many_are_drawn_and_no_stratum_is_too_small(sizes, number):
    names = pd.Series([name for name, size in sizes.items() for _ in range(size)])
    together = sampling.pooled(names, number)
    sizes = together.value_counts().sort_index()
    given_to = sampling.allocation(sizes, number)
    assert given_to.sum() == min(number, len(names))
    assert (given_to <= sizes).all()
    assert (given_to >= sizes.clip(upper=sampling.LEAST)).all()


def test_a_draw_is_the_same_for_a_seed_and_whatever_the_order():
    one = sampling.draw_sample(MANY, 30, ["month", "publisher"], 4)
    other = sampling.draw_sample(MANY.sample(frac=1, random_state=1), 30, ["month", "publisher"], 4)
    pd.testing.assert_frame_equal(one, other)
    assert not one.equals(sampling.draw_sample(MANY, 30, ["month", "publisher"], 5))


def test_a_draw_keeps_the_probabilities_and_numbers_what_was_drawn():
    frame = sampling.draw_sample(MANY, 30, ["publisher"])
    drawn = frame[frame.place > 0]
    assert sorted(drawn.place) == list(range(1, 31))
    assert drawn.stratum.value_counts().to_dict() == {"Star": 22, "Herald": 8}
    shares = drawn.groupby("stratum").size() / drawn.groupby("stratum").n_stratum.first()
    assert frame.probability.equals(frame.stratum.map(shares))
    assert drawn.sort_values("place").article_id.tolist() != sorted(drawn.article_id)


@pytest.mark.long
def test_each_article_is_drawn_as_often_as_its_probability_says():
    times = pd.Series(0, index=MANY.article_id)
    for seed in range(400):
        drawn = sampling.draw_sample(MANY, 30, ["month"], seed).query("place > 0")
        times[drawn.article_id] += 1
    # Binomial with p = 1/4: 100 of 400, and 8.7 to either side is one standard deviation.
    assert times.between(60, 140).all()


@pytest.mark.parametrize(("rows", "number"), [(MANY, 1), (MANY.head(1), 5)])
def test_fewer_than_two_are_no_sample(rows, number):
    with pytest.raises(ValueError, match="expected at least 2 of 2"):
        sampling.draw_sample(rows, number)


# --- in a case


def drawn(case, *words):
    return main(["draw", str(case), *words])


def test_a_sample_stands_in_the_case_and_is_not_drawn_twice(broken, capsys):
    assert drawn(broken, "--articles", "2", "--seed", "1") == 0
    assert "2 of 3 articles drawn, seed 1" in capsys.readouterr().out
    assert check(broken) == []
    kept = (broken / "sample.csv").read_bytes()
    assert load(broken).sample.place.tolist().count(0) == 1
    assert drawn(broken, "--articles", "3") == 2
    assert "a sample is drawn already" in capsys.readouterr().err
    assert (broken / "sample.csv").read_bytes() == kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--passages", "3"], "go with a FOLDER"),
        (["--read", "--articles", "2"], "go with a FOLDER"),
        ([], "--articles N for a sample"),
        (["--articles", "2", "--strata", "editor"], "expected one of year, month"),
    ],
)
def test_what_is_no_sample_is_refused(broken, capsys, words, told):
    assert drawn(broken, *words) == 2
    assert told in capsys.readouterr().err
    assert not (broken / "sample.csv").exists()


def test_strata_and_a_folder_do_not_go_together(broken, tmp_path, capsys):
    assert drawn(broken, str(tmp_path / "new"), "--articles", "2", "--strata", "month") == 2
    assert "leave FOLDER out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (1, "other", "the rows of the stratum"),
        (2, "4", "3, the rows of the stratum"),
        (3, "0.5", "0.666667: 2 drawn of 3"),
        (3, "often", "a number"),
        (4, "7", "each number from 1 to"),
        (4, "-1", "each number from 1 to"),
    ],
)
def test_a_sample_that_is_none_is_told(broken, column, value, expected):
    assert drawn(broken, "--articles", "2") == 0
    path = broken / "sample.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    rows[1][column] = value
    path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    problems = check(broken)
    assert {problem.file for problem in problems} == {"sample.csv"}
    assert any(expected in problem.expected for problem in problems), problems


def test_the_desk_offers_the_drawn_articles_first_and_in_their_order(broken):
    assert drawn(broken, "--articles", "2", "--seed", "2") == 0
    sample = load(broken).sample
    order = sample[sample.place > 0].sort_values("place").article_id.tolist()
    desk = Desk(broken, "pass-a")
    heads = desk.heads()["articles"]
    desk.close()
    assert [head["id"] for head in heads][:2] == order
    assert [head["drawn"] for head in heads] == [1, 2, 0]
