"""Stance tables, changes and contradictions: every cell resolves to its statements."""
import pandas as pd

from helpers import case, stances

SCALE = pd.DataFrame({"stance": [-2, 0, 1, 2], "side": ["against", "neutral", "for", "for"]})


def said(number, speaker, stance, day, issue="bridge", behalf="", period="p"):
    return {"statement_id": f"s{number}", "speaker": speaker, "on_behalf_of": behalf, "issue": issue, "stance": stance, "period": period,
            "date_edtf": day, "earliest": day, "latest": day, "article_id": "a", "start": number}


def test_a_spokesman_counts_for_himself_and_apart_for_the_one_he_speaks_for():
    table = stances.stance_table(pd.DataFrame([said(1, "counsel", -2, "2023-01-01", behalf="agency"), said(2, "agency", 2, "2023-01-02")]), SCALE)
    cells = {(row.actor_id, row.capacity): (row.n, row.mean_stance) for row in table.itertuples()}
    assert cells == {("agency", "represented"): (1, -2), ("agency", "speaker"): (1, 2), ("counsel", "speaker"): (1, -2)}


def test_shares_come_with_their_n_and_conditional_counts_as_for():
    row = stances.stance_table(pd.DataFrame([said(1, "a", 1, "2023-01-01"), said(2, "a", 0, "2023-01-02"), said(3, "a", -2, "2023-01-02")]), SCALE).iloc[0]
    assert (row.n, row.n_for, row.n_against, row.n_neutral) == (3, 1, 1, 1)
    assert row.share_for == row.share_against == 1 / 3 and row.statement_ids == "s1;s2;s3"


def test_a_change_needs_a_later_date_and_a_new_stance():
    changes = stances.position_changes(pd.DataFrame([said(1, "a", -2, "2022-08-31"), said(2, "a", -2, "2022-09-01"), said(3, "a", 2, "2023-09-22"), said(4, "a", 2, "2023-09-23")]))
    assert changes[["from_statement", "to_statement", "from_stance", "to_stance"]].values.tolist() == [["s2", "s3", -2, 2]]
    same_day = pd.DataFrame([said(1, "a", -2, "2022-08-31"), said(2, "a", 2, "2022-08-31")])
    assert stances.position_changes(same_day).empty
    assert stances.position_changes(pd.DataFrame([said(1, "a", -2, ""), said(2, "a", 2, "2022-08-31")])).empty


def test_both_sides_within_a_period_is_a_contradiction_and_a_neutral_word_is_none():
    frame = pd.DataFrame([said(1, "a", -2, "2023-01-01"), said(2, "a", 1, "2023-01-01"), said(3, "a", 0, "2023-01-01"), said(4, "b", 2, "2023-01-01"), said(5, "a", 2, "2024-01-01", period="q")])
    assert stances.contradictions(frame, SCALE)[["statement_for", "statement_against"]].values.tolist() == [["s2", "s1"]]


def test_no_statement_gives_empty_tables():
    none = pd.DataFrame([said(1, "a", 2, "2023")])[:0]
    assert stances.stance_table(none, SCALE).empty and stances.position_changes(none).empty and stances.contradictions(none, SCALE).empty


def test_every_cell_of_the_real_case_resolves_to_its_statements(real):
    frame = case.coded(real, "statements", "adjudicated").set_index("statement_id")
    table = stances.stance_table(frame.reset_index(), real.stances)
    sides = dict(zip(real.stances.stance, real.stances.side))
    for row in table.itertuples():
        behind = frame.loc[row.statement_ids.split(";")]
        voice = behind.speaker if row.capacity == "speaker" else behind.on_behalf_of
        assert (voice == row.actor_id).all() and (behind.issue == row.issue).all() and (behind.period == row.period).all()
        assert row.n == len(behind) and abs(row.mean_stance - behind.stance.mean()) < 1e-12
        assert row.n_for == (behind.stance.map(sides) == "for").sum() and row.n_for + row.n_against + row.n_neutral == row.n
    assert set(";".join(table.statement_ids).split(";")) == set(frame.index)
