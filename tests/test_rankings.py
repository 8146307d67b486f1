"""Rankings: only what rests on two articles on each side, parties apart from courts and groups."""

import pandas as pd

from helpers.analysis.edges import discourse_edges
from helpers.analysis.rankings import ranking
from helpers.case.load import coded

KINDS = {"ada": "person", "bea": "organisation", "crowd": "group", "court": "court"}
SCALE = pd.DataFrame({"stance": [-2, 2], "side": ["against", "for"]})


def said(*rows):
    """Statements for the proposition, of (speaker, article)."""
    frame = pd.DataFrame(rows, columns=["speaker", "article_id"])
    frame["statement_id"] = [f"s{number}" for number in range(len(frame))]
    return frame.assign(issue="lamp", stance=2, earliest="", latest="")


def ranked(*rows):
    edges, _ = discourse_edges(said(*rows), SCALE, "congruence")
    return ranking(edges, KINDS, 10)


def ends(edges):
    return [{edge.source, edge.target} for edge in edges.itertuples()]


def test_one_article_of_either_side_makes_a_line_and_no_rank():
    thin = ranked(("ada", "x"), ("ada", "y"), ("bea", "x"), ("bea", "x"), ("bea", "x"))
    assert thin.parties.empty and thin.n_thin == 1
    assert thin.thin_words().startswith("1 more pair rests on fewer than 2 articles")
    enough = ranked(("ada", "x"), ("ada", "y"), ("bea", "x"), ("bea", "z"))
    assert ends(enough.parties) == [{"ada", "bea"}]
    assert (enough.n_thin, enough.thin_words()) == (0, "")


def test_courts_and_unnamed_groups_stand_in_a_list_of_their_own():
    every = [(actor, article) for actor in KINDS for article in "xy"]
    both = ranked(*every)
    assert ends(both.parties) == [{"ada", "bea"}]
    assert len(both.apart) == 5
    assert both.both().among.tolist() == ["parties"] + 5 * ["with a court or an unnamed group"]


def test_the_published_numbers_of_articles_are_those_of_the_statements_that_agree(real):
    """Counted by hand, pair by pair: in how many articles each side takes a stance both share."""
    statements = coded(real, "statements", real.coder, "all")
    edges, _ = discourse_edges(statements, real.stances, "congruence")
    widest = max(real.stances.stance) - min(real.stances.stance)
    for edge in edges.itertuples():
        of = {end: statements[statements.speaker == end] for end in (edge.source, edge.target)}
        for one, other, number in (
            (edge.source, edge.target, edge.n_source_articles),
            (edge.target, edge.source, edge.n_target_articles),
        ):
            met = of[one].merge(of[other], on="issue", suffixes=("", "_other"))
            adding = met[(met.stance - met.stance_other).abs() < widest]
            assert adding.article_id.nunique() == number
