"""Stance tables, changes, contradictions and disputed facts.

Every cell resolves to its passages, and the ways come out as the articles tell them.
"""

from itertools import product

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from helpers.analysis import stances
from helpers.analysis.positions import change_pairs, contradictions
from helpers.case.load import coded, load
from helpers.case.schema import columns
from helpers.figures import matrix, tiles
from helpers.figures.quotes import facing

SCALE = pd.DataFrame(
    {"stance": [-2, 0, 1, 2], "side": ["against", "neutral", "conditional", "for"]}
)
YES_NO = pd.DataFrame({"stance": [0, 1], "side": ["against", "for"], "label": ["no", "yes"]})
PERIODS = pd.DataFrame({"period": ["p", "q"], "label": ["First", "Second"]})


def said(
    number,
    speaker,
    stance,
    day,
    issue="bridge",
    behalf="",
    period="p",
    latest=None,
    coder="c",
    article="a",
):
    return {
        "statement_id": f"s{number}",
        "speaker": speaker,
        "on_behalf_of": behalf,
        "issue": issue,
        "stance": stance,
        "period": period,
        "coder": coder,
        "date_edtf": day,
        "earliest": day,
        "latest": day if latest is None else latest,
        "article_id": article,
        "start": number,
        "gloss": "",
        "lang": "en",
        "quote": f"words {number}",
    }


def frame(*rows):
    return pd.DataFrame(rows, columns=list(said(0, "", 0, "")))


# --- tables


def test_a_spokesman_counts_for_himself_and_apart_for_the_one_he_speaks_for():
    table = stances.stance_table(
        frame(
            said(1, "counsel", -2, "2019-01-01", behalf="agency"),
            said(2, "agency", 2, "2019-01-02"),
        ),
        SCALE,
    )
    cells = {(row.actor_id, row.capacity): (row.n, row.mean_stance) for row in table.itertuples()}
    assert cells == {
        ("agency", "represented"): (1, -2),
        ("agency", "speaker"): (1, 2),
        ("counsel", "speaker"): (1, -2),
    }


def test_counts_always_stand_and_no_mean_or_share_is_made_of_too_few():
    three = frame(
        said(1, "a", 1, "2019-01-01"), said(2, "a", 0, "2019-01-02"), said(3, "a", -2, "2019-01-02")
    )
    row = stances.stance_table(three, SCALE, least=3).iloc[0]
    assert (row.n, row.n_for, row.n_conditional, row.n_against, row.n_neutral) == (3, 0, 1, 1, 1)
    assert row.share_conditional == row.share_against == 1 / 3 and row.share_for == 0
    assert row.statement_ids == "s1;s2;s3"
    row = stances.stance_table(three, SCALE, least=4).iloc[0]
    assert (row.n, row.n_against) == (3, 1)
    assert row[["mean_stance", "share_for", "share_conditional", "share_against"]].isna().all()


def test_camps_and_publishers_count_every_passage_once():
    rows = frame(
        said(1, "counsel", -2, "2019-01-01", behalf="agency"),
        said(2, "mayor", 2, "2019-01-02", article="b"),
        said(3, "passer-by", 2, "2019-01-02"),
    )
    camps = {"counsel": "bar", "agency": "state", "mayor": "town", "passer-by": ""}
    groups = stances.group_table(rows, SCALE, camps, {"a": "Post", "b": ""})
    by_camp = groups[groups.grouping == "camp"].set_index("group")
    by_publisher = groups[groups.grouping == "publisher"].set_index("group")
    assert by_camp.statement_ids.to_dict() == {"": "s3", "state": "s1", "town": "s2"}
    assert by_publisher.n.to_dict() == {"": 1, "Post": 2}
    assert groups.groupby("grouping").n.sum().tolist() == [3, 3]


@pytest.mark.parametrize(
    "unit, expected, shown",
    [
        ("case", ["p", "p", "p", "q"], ["p", "q"]),
        (
            "month",
            ["2019-01", "unplaced", "unplaced", "2019-05"],
            ["2019-01", "2019-02", "2019-03", "2019-04", "2019-05", "unplaced"],
        ),
        (
            "quarter",
            ["2019-q1", "2019-q1", "unplaced", "2019-q2"],
            ["2019-q1", "2019-q2", "unplaced"],
        ),
        ("year", ["2019", "2019", "unplaced", "2019"], ["2019", "unplaced"]),
    ],
)
def test_periods_of_the_case_or_the_calendar_and_empty_ones_are_named(unit, expected, shown):
    rows = frame(
        said(1, "a", 2, "2019-01-01"),
        said(2, "a", 2, "2019-01-20", latest="2019-02-02"),
        said(3, "a", 2, ""),
        said(4, "a", 2, "2019-05-01", period="q"),
    )
    placed = stances.by_calendar(rows, unit)
    assert placed.period.tolist() == expected
    assert list(stances.periods(placed, unit, PERIODS)) == shown


def test_an_unknown_calendar_unit_is_refused():
    with pytest.raises(ValueError, match=r"fortnight.*`month`"):
        stances.by_calendar(frame(said(1, "a", 2, "2019-01-01")), "fortnight")


def test_a_table_is_told_in_the_order_of_the_periods_with_its_numbers():
    rows = frame(
        said(1, "a", 2, "2019-05-01", period="q"),
        said(2, "a", 2, "2019-01-01"),
        said(3, "a", -2, "2019-01-01"),
        said(4, "a", 1, "2019-01-01"),
    )
    table = stances.stance_table(rows, SCALE, 3)
    told = stances.told(table, ["actor_id", "issue"], {"p": "First", "q": "Second"})
    words = "First: 1 for, 1 conditional, 1 against (mean 0.33); Second: 1 for"
    assert told.loc[("a", "bridge"), "passages"] == words


# --- changes


def ways(*rows):
    changes = change_pairs(frame(*rows))
    return list(zip(changes.from_statements, changes.to_statements, strict=True))


def test_a_change_needs_a_later_date_and_another_stance():
    assert ways(
        said(1, "a", -2, "2018-08-31"),
        said(2, "a", -2, "2018-09-01"),
        said(3, "a", 2, "2019-09-22"),
        said(4, "a", 2, "2019-09-23"),
    ) == [("s2", "s3")]
    assert ways(said(1, "a", -2, "2018-08-31"), said(2, "a", 2, "2018-08-31")) == []
    assert ways(said(1, "a", -2, ""), said(2, "a", 2, "2018-08-31")) == []


def test_there_and_back_is_two_changes():
    assert ways(
        said(1, "a", -2, "2018-01-01"),
        said(2, "a", 2, "2018-02-01"),
        said(3, "a", -2, "2018-03-01"),
    ) == [("s1", "s2"), ("s2", "s3")]


def test_a_vague_statement_in_the_middle_hides_no_change():
    assert ways(
        said(1, "a", -2, "2018-01-01"),
        said(2, "a", 0, "2018-01-01", latest="2018-12-31"),
        said(3, "a", 2, "2018-06-01"),
    ) == [("s1", "s3")]


def test_open_dates_are_open_on_their_side_only():
    until = said(1, "a", -2, "", latest="2018-09-21")
    assert ways(until, said(2, "a", 2, "2018-09-22")) == [("s1", "s2")]
    assert ways(until, said(2, "a", 2, "2018-09-21")) == []
    assert ways(said(1, "a", -2, "2018-01-01", latest=""), said(2, "a", 2, "2019-01-01")) == []


def test_own_words_and_words_of_spokesmen_are_one_voice_with_their_names():
    rows = frame(
        said(1, "agency", -2, "2018-01-01"),
        said(2, "counsel", 2, "2019-01-01", behalf="agency"),
        said(3, "clerk", 2, "2019-01-01", behalf="agency"),
    )
    changes = change_pairs(rows)
    assert changes[["actor_id", "from_speaker", "to_speaker", "to_statements"]].values.tolist() == [
        ["agency", "agency", "clerk", "s3"],
        ["agency", "agency", "counsel", "s2"],
    ]


def test_coders_are_not_played_off_against_each_other():
    pair = said(1, "a", -2, "2018-01-01"), said(2, "a", 2, "2019-01-01", coder="d")
    same_day = said(1, "a", -2, "2018-01-01"), said(2, "a", 2, "2018-01-01", coder="d")
    assert ways(*pair) == []
    assert contradictions(frame(*same_day), SCALE).empty


DAYS = st.sampled_from(["", "2019-01-01", "2019-01-02", "2019-01-03", "2019-01-04", "2019-01-05"])


def voiced(rows):
    """Statements of a speaker, perhaps for another; the first or last day may be open."""
    statements = []
    for number, (first, last, stance, (speaker, behalf), period) in enumerate(rows):
        if last:
            first, last = min(first, last), max(first, last)
        statements.append(
            said(number, speaker, stance, first, behalf=behalf, latest=last, period=period)
        )
    return frame(*statements)


ROWS = st.lists(
    st.tuples(
        DAYS,
        DAYS,
        st.sampled_from([-2, 0, 1, 2]),
        st.sampled_from([("x", ""), ("x", "z"), ("z", "")]),
        st.sampled_from(["p", "unplaced"]),
    ),
    max_size=9,
).map(voiced)


def voice(rows, actor):
    """The statements in which an actor is heard."""
    return [row for row in rows.itertuples() if actor in (row.speaker, row.on_behalf_of)]


def earlier(x, y):
    return bool(x.latest and y.earliest and x.latest < y.earliest)


def just_before(x, y, statements):
    return earlier(x, y) and not any(earlier(x, z) and earlier(z, y) for z in statements)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_changes_are_those_of_the_definition(rows):
    """Every pair of single statements, tried against the words of the docstring."""
    expected = set()
    for actor in ("x", "z"):
        statements = voice(rows, actor)
        for y in statements:
            old = [x for x in statements if just_before(x, y, statements)]
            if all(x.stance != y.stance for x in old):
                expected |= {(actor, x.statement_id, y.statement_id) for x in old}
    changes = [
        (change.actor_id, x, y)
        for change in change_pairs(rows).itertuples()
        for x in change.from_statements.split(";")
        for y in change.to_statements.split(";")
    ]
    assert len(changes) == len(set(changes)) and set(changes) == expected


# --- contradictions


def timing_of(x, y):
    """Which of two statements came first, x for the issue and y against it."""
    if earlier(x, y):
        return "for-first"
    if earlier(y, x):
        return "against-first"
    one_day = "" != x.earliest == x.latest == y.earliest == y.latest
    return "same-day" if one_day else "unknown"


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_pair_of_opposites_is_a_contradiction_unless_time_parts_it(rows):
    expected = set()
    for actor in ("x", "z"):
        statements = voice(rows, actor)
        agreeing = [x for x in statements if x.stance > 0]
        opposing = [y for y in statements if y.stance < 0]
        for x, y in product(agreeing, opposing):
            timing = timing_of(x, y)
            shared = x.period == y.period != "unplaced"
            if shared or timing in ("same-day", "unknown"):
                period = x.period if shared else ""
                expected.add((actor, period, timing, x.statement_id, y.statement_id))
    pairs = contradictions(rows, SCALE)
    assert list(pairs.columns) == columns("contradictions")
    shown = pairs[["actor_id", "period", "timing", "statement_for", "statement_against"]]
    assert set(shown.itertuples(index=False, name=None)) == expected
    assert len(pairs) == len(expected)


def test_who_speaks_for_himself_is_heard_once():
    """So organizations are coded that come from DNA: it names them without a person."""
    own = frame(
        said(1, "b", 2, "2019-01-01", behalf="a"), said(2, "a", -2, "2019-01-01", behalf="a")
    )
    assert stances.voices(own).actor_id.tolist() == ["b", "a", "a"]
    pairs = contradictions(own, SCALE)
    assert pairs[["statement_for", "statement_against"]].values.tolist() == [["s1", "s2"]]


def test_what_lies_in_no_period_is_no_period():
    far = frame(
        said(1, "a", -2, "2018-01-01", period="unplaced"),
        said(2, "a", 2, "2019-01-01", period="unplaced"),
    )
    assert contradictions(far, SCALE).empty
    undated = frame(
        said(1, "a", -2, "", period="unplaced"), said(2, "a", 2, "2019-01-01", period="unplaced")
    )
    assert contradictions(undated, SCALE)[["period", "timing"]].values.tolist() == [["", "unknown"]]


# --- disputed facts


def test_a_fact_is_disputed_between_parties_and_not_by_one_alone():
    issues = pd.DataFrame({"issue": ["bridge", "toll"], "issue_kind": ["fact", "position"]})
    rows = frame(
        said(1, "a", 2, ""),
        said(2, "b", -2, ""),
        said(3, "c", -2, ""),
        said(4, "a", 2, "", issue="toll"),
        said(5, "b", -2, "", issue="toll"),
        said(6, "a", 1, ""),
    )
    disputed = stances.disputed_facts(rows, SCALE, issues, {"a": "left", "b": "right", "c": ""})
    assert disputed.values.tolist() == [
        ["bridge", "against", "c", 1, "s3"],
        ["bridge", "against", "right", 1, "s2"],
        ["bridge", "for", "left", 1, "s1"],
    ]
    assert stances.disputed_facts(rows, SCALE, issues, dict.fromkeys("abc", "one")).empty
    assert set(stances.disputed_facts(rows, SCALE, issues.assign(issue_kind=""), {}).issue) == {
        "bridge",
        "toll",
    }


def test_no_statement_gives_empty_tables():
    none = frame()
    no_issue = pd.DataFrame(columns=["issue", "issue_kind"])
    table = stances.stance_table(none, SCALE)
    assert table.empty and list(table) == columns("stance_table")
    assert stances.told(table, ["actor_id", "issue"], {}).empty
    assert stances.group_table(none, SCALE, {}, {}).empty
    assert stances.disputed_facts(none, SCALE, no_issue, {}).empty
    assert change_pairs(none).empty
    assert contradictions(none, SCALE).empty
    assert facing([], none, {}) == "<p>None in this selection.</p>"


# --- other codebooks, figures, words


def drawn(figure):
    """The marks of a figure, its key left out: the side it shows, whether filled, its number."""
    (axes,) = figure.axes
    marks = axes.patches[: -len(tiles.KEY)]
    if not marks:
        return []
    side_of_colour = {colour: side for side, colour in tiles.COLOURS.items()}
    sides = [side_of_colour[to_hex(tile.get_edgecolor())] for tile in marks]
    filled = [to_hex(tile.get_facecolor()) != "#ffffff" for tile in marks]
    numbers = [text.get_text() for text in axes.texts if is_number_of_a_tile(text)]
    return list(zip(sides, filled, numbers[-len(marks) :], strict=True))


def is_number_of_a_tile(text):
    return (
        text.get_text().isdigit()
        and text.get_fontsize() == 10
        and text.get_color() in ("white", tiles.INK)
        and text.get_ha() == "center"
    )


def test_a_yes_no_codebook_gives_right_tables_and_figure():
    rows = frame(
        said(1, "a", 0, "2019-01-01"),
        said(2, "a", 0, "2019-01-02"),
        said(3, "b", 1, "2019-01-02"),
        said(4, "a", 1, "2019-02-02"),
    )
    table = stances.stance_table(rows.assign(period="all"), YES_NO, 2)
    numbers = table[["actor_id", "n", "n_for", "n_conditional", "n_against", "n_neutral"]]
    assert numbers.values.tolist() == [["a", 3, 1, 0, 2, 0], ["b", 1, 1, 0, 0, 0]]
    (figure,) = matrix.stance_matrix(table, YES_NO, {}, {"bridge": "Bridge"})
    assert drawn(figure) == [
        ("both", True, "3"),
        ("for", False, "1"),
    ]
    assert ways(*rows.to_dict("records")) == [("s2", "s4")]


def test_a_seven_point_codebook_gives_right_tables_and_figure(root):
    case = load(root / "tests/cases/lighthouse")
    rows = coded(case, "statements", "adjudicated")
    table = stances.stance_table(rows.assign(period="all"), case.stances)
    cell = table.set_index(["actor_id", "capacity", "issue"]).loc[
        ("jonas-hart", "speaker", "automate")
    ]
    assert cell[["n_for", "n_against", "mean_stance"]].tolist() == [1, 1, 0]
    own = table[table.capacity == "speaker"]
    (figure,) = matrix.stance_matrix(own, case.stances, case.names(), case.labels())
    marks = drawn(figure)
    assert len(marks) == len(own)
    assert {side for side, _, _ in marks} == {"for", "against", "both", "neutral"}
    changes = change_pairs(rows)
    changes = changes[changes.actor_id == "jonas-hart"]
    assert changes[["from_stance", "to_stance"]].values.tolist() == [[-3, 3]]
    disputed = stances.disputed_facts(rows, case.stances, case.issues, case.camps())
    assert disputed.issue.unique().tolist() == ["lamp-safe"]


def test_strength_is_shown_by_fill_and_too_few_are_hollow():
    rows = frame(
        *(said(n, "a", 2, "2019") for n in range(3)),
        *(said(n, "b", stance, "2019") for n, stance in enumerate([0, 0, -2], 3)),
        said(7, "d", 0, "2019"),
        said(8, "e", 1, "2019"),
    )
    table = stances.stance_table(rows.assign(period="all"), SCALE, 3)
    (figure,) = matrix.stance_matrix(table, SCALE, {}, {"bridge": "Bridge", "toll": "Toll"})
    assert drawn(figure) == [
        ("for", True, "3"),
        ("against", True, "3"),
        ("neutral", False, "1"),
        ("for", False, "1"),
    ]
    full, weak = (figure.axes[0].patches[n].get_facecolor() for n in (0, 1))
    assert sum(full[:3]) < sum(weak[:3]) and figure.axes[0].patches[3].get_linestyle() != "-"


def test_panels_name_an_issue_without_statement_and_an_empty_period():
    table = stances.stance_table(frame(said(1, "a", 2, "2019-01-01")), SCALE)
    labels, order = {"bridge": "Bridge", "toll": "Toll"}, {"p": "First", "q": "Second"}
    (figure,) = matrix.stance_periods(table, SCALE, {}, labels, order)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert "nobody speaks to it" in words and "2  Second" in words and len(drawn(figure)) == 1
    empty = stances.stance_table(frame(), SCALE)
    (nothing,) = matrix.stance_matrix(empty, SCALE, {}, {"bridge": "Bridge"})
    assert "nobody speaks to it" in [text.get_text() for text in nothing.axes[0].texts]
    assert nothing.number not in plt.get_fignums()


def test_passages_face_each_other_with_speaker_date_and_id_and_are_harmless():
    rows = frame(
        said(1, "a", 2, "2019-01-01") | {"quote": "<b>yes</b>"},
        said(2, "clerk", -2, "", behalf="a") | {"gloss": "no", "lang": "nb"},
    ).set_index("statement_id")
    blocks = [("A & B", [("for", "s1"), ("against", "s2")])]
    html = facing(blocks, rows, {"a": "Agency", "clerk": "Clerk"})
    assert "&lt;b&gt;yes&lt;/b&gt;" in html and "<b>" not in html and "A &amp; B" in html
    assert "Agency, 1 January 2019" in html and "Clerk for Agency, no date" in html
    assert 'lang="nb"' in html and "[no]" in html


# --- the published case


@pytest.fixture(scope="module")
def published(real):
    return coded(real, "statements", "adjudicated")


@pytest.mark.parametrize("coder", ["adjudicated", "pass-a", "all"])
@pytest.mark.parametrize("unit", ["case", "quarter"])
def test_every_cell_resolves_to_its_passages(real, coder, unit):
    rows = stances.by_calendar(coded(real, "statements", coder), unit)
    known, camps = rows.set_index("statement_id"), real.camps()
    sides = dict(zip(real.stances.stance, real.stances.side, strict=True))
    whose = known.on_behalf_of.where(known.on_behalf_of != "", known.speaker)
    of = {
        "speaker": known.speaker,
        "represented": known.on_behalf_of,
        "camp": whose.map(camps),
        "publisher": known.article_id.map(real.publishers()),
    }
    table = stances.stance_table(rows, real.stances, 2)
    groups = stances.group_table(rows, real.stances, camps, real.publishers(), 2)
    cells = pd.concat(
        [
            table.rename(columns={"actor_id": "who", "capacity": "by"}),
            groups.rename(columns={"group": "who", "grouping": "by"}),
        ]
    )
    for cell in cells.itertuples():
        ids = cell.statement_ids.split(";")
        behind = known.loc[ids]
        assert (of[cell.by].loc[ids] == cell.who).all()
        assert (behind.issue == cell.issue).all() and (behind.period == cell.period).all()
        counted = [(behind.stance.map(sides) == side).sum() for side in stances.SIDES]
        assert [cell.n_for, cell.n_conditional, cell.n_against, cell.n_neutral] == counted
        assert cell.n == len(behind)
        assert cell.n < 2 or abs(cell.mean_stance - behind.stance.mean()) < 1e-12
        for row in behind.itertuples():
            assert real.texts[row.article_id][row.start : row.end] == row.quote
    for by, part in cells.groupby("by"):
        whole = known.index[of[by] != ""] if by == "represented" else known.index
        assert sorted(";".join(part.statement_ids).split(";")) == sorted(whole)


@pytest.mark.data
def test_the_commission_s_two_stances_are_in_no_order_that_words_give(published, real):
    """Opposed without a time, agreed on a known day: these words date no change."""
    table = stances.stance_table(published, real.stances).set_index(["actor_id", "issue", "period"])
    late = table.loc[[("iebc", "open-servers", "committee")]]
    assert late.n_for.sum() >= 1 and late.n_against.sum() == 0
    undated = table.loc[[("iebc", "open-servers", "unplaced")]]
    assert undated.n_against.sum() == 1 and undated.n_for.sum() == 0
    assert table.loc[("eric-gumbo", "full-image-access", "petition"), "n_against"] == 1
    assert ("michael-ouma", "full-image-access", "petition") not in table.index
    assert change_pairs(published).empty


@pytest.mark.data
def test_opposed_stances_without_an_order_are_told_as_contradictions(published, real):
    opposed = contradictions(published, real.stances)
    for actor, issue in (
        ("iebc", "open-servers"),
        ("kenya-kwanza", "open-servers"),
        ("raila-odinga", "parliamentary-route"),
    ):
        way = opposed[(opposed.actor_id == actor) & (opposed.issue == issue)]
        assert set(way.timing) == {"unknown"} and set(way.period) == {""}


@pytest.mark.data
def test_the_facts_in_dispute_are_those_of_the_articles(published, real):
    disputed = stances.disputed_facts(published, real.stances, real.issues, real.camps())
    parties = set(disputed[["issue", "side", "party"]].itertuples(index=False, name=None))
    assert {
        ("servers-in-use", "for", "kenya-kwanza"),
        ("servers-in-use", "against", "azimio"),
        ("access-given", "for", "iebc"),
        ("access-given", "against", "azimio"),
        ("result-falsified", "for", "azimio"),
        ("result-falsified", "against", "kenya-kwanza"),
    } <= parties
    facts = real.issues[real.issues.issue_kind == "fact"].issue
    assert set(disputed.issue) <= set(facts)
