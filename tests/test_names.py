"""Names in the text: usual names count in every article; `match` tames ordinary words."""

import pandas as pd
import pytest

from dispute.cli import main
from helpers.analysis import actor_names
from helpers.case.doubts import Doubt
from helpers.case.load import load
from helpers.case.problems import Problem

TEXTS = {
    "one": "Tobias Renn spoke.\n\nThe people of the Harbour Board said that Parliament is near.",
    "two": "HARBOUR BOARD SPEAKS\n\nMr Renn and the harbour board met "
    "Tobias\u00a0Renn. People came.",
}
ACTORS = [
    ("board", "Harbour Board", ""),
    ("renn", "Tobias Renn", ""),
    ("people", "People", ""),
    ("parliament", "Parliament", ""),
]
ALIASES = [("Mr Renn", "renn", "two", "")]


def frames(actors=ACTORS, aliases=ALIASES):
    return (
        pd.DataFrame(aliases, columns=["alias", "actor_id", "article_id", "match"]),
        pd.DataFrame(actors, columns=["actor_id", "name", "match"]),
    )


def named(actors=ACTORS, aliases=ALIASES, texts=TEXTS, furniture=None):
    """(article, actor, name) of every name that is found."""
    printed = actor_names.named(texts, furniture or {}, *frames(actors, aliases))
    assert all(
        texts[row.article_id][row.start : row.end] == row.alias for row in printed.itertuples()
    )
    return list(zip(printed.article_id, printed.actor_id, printed.alias, strict=True))


def with_match(actor, match):
    return [(one, name, match if one == actor else way) for one, name, way in ACTORS]


def test_a_usual_name_counts_in_every_article_as_it_is_written():
    assert named() == [
        ("one", "renn", "Tobias Renn"),
        ("one", "board", "Harbour Board"),
        ("one", "parliament", "Parliament"),
        ("two", "renn", "Mr Renn"),
        ("two", "people", "People"),
    ]


def test_word_takes_capitals_blanks_and_apostrophes_alike():
    found = named(with_match("board", "word"))
    assert ("two", "board", "HARBOUR BOARD") in found and ("two", "board", "harbour board") in found
    assert ("two", "renn", "Tobias\u00a0Renn") in named(with_match("renn", "word"))
    texts = {"x": "The Keepers' League and the KEEPERS’\nLEAGUE met; the Leagues did not."}
    league = [("league", "Keepers’ League", "word")]
    assert len(named(league, [], texts)) == 1, "a name does not go over a line end"


def test_never_tames_a_name_that_is_an_ordinary_word():
    assert {actor for _, actor, _ in named(with_match("people", "never"))} == {
        "renn",
        "board",
        "parliament",
    }
    never = [*ALIASES, ("Parliament", "parliament", "one", "never")]
    assert "parliament" not in {actor for _, actor, _ in named(ACTORS, never)}


def test_an_alias_goes_before_the_usual_name_of_another_and_the_longest_before_both():
    aliases = [("People", "board", "two", ""), ("People came", "renn", "two", "")]
    assert ("two", "renn", "People came") in named(ACTORS, aliases)
    assert ("two", "board", "People") in named(ACTORS, aliases[:1])


def test_a_usual_name_that_two_actors_share_counts_for_neither():
    twins = [("a", "Jonas Hart", ""), ("b", "Jonas Hart", "")]
    texts = {"x": "Jonas Hart met Jonas Hart."}
    assert named(twins, [], texts) == []
    assert {actor for _, actor, _ in named(twins, [("Jonas Hart", "b", "x", "")], texts)} == {"b"}


def test_furniture_and_parts_of_words_do_not_count():
    texts = {"x": "Harbour Board\n\nHarbour Boards and a Harbour Board-man"}
    found = named(ACTORS, [], texts, {"x": [(0, 13, "headline", "")]})
    assert found == [("x", "board", "Harbour Board")]


def test_a_case_without_aliases_has_names_and_without_names_has_none():
    assert named(ACTORS, [])
    assert named([], []) == []


def test_a_case_may_say_how_a_name_is_looked_for_or_lack_the_column(broken):
    before = load(broken)
    assert set(before.actors["match"]) == set(before.aliases["match"]) == {""}
    path = broken / "codebook/actors.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{header},match", *[f"{row},never" for row in rows], ""]))
    assert set(load(broken).actors["match"]) == {"never"}
    path.write_text("\n".join([f"{header},match", *[f"{row},alway" for row in rows], ""]))
    assert main(["check", str(broken)]) == 2


def test_every_speaker_of_the_made_up_case_is_named_where_he_speaks(broken):
    case = load(broken)
    assert actor_names.unnamed_speakers(case) == []
    printed = actor_names.named(case.texts, case.furniture, case.aliases, case.actors)
    assert set(printed.article_id) == set(case.texts)


def test_check_warns_where_somebody_speaks_who_is_not_named_and_the_status_is_zero(broken, capsys):
    path = broken / "codebook/actors.csv"
    text = path.read_text(encoding="utf-8").replace("Astrid Lund", "A. Lund")
    path.write_text(text, encoding="utf-8")
    assert main(["check", str(broken)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Warning: ")]
    assert len(lines) == 2, lines
    assert "coding/pass-a/statements.csv, row 6, speaker" in lines[0], lines
    assert "A. Lund" in lines[0] and "skerry-post" in lines[0] and "aliases.csv" in lines[0]
    assert "island-mirror" in lines[1]


def test_a_warning_is_a_class_of_its_own_and_no_problem():
    doubt = Doubt("a.csv", 2, "speaker", "x", "y")
    assert not isinstance(doubt, Problem)
    assert str(doubt) == "Warning: a.csv, row 2, speaker: found x; expected y"


@pytest.mark.data
def test_of_the_published_case_only_a_group_without_a_name_speaks_unnamed(real):
    """ "Some of them", says the article: no name, and no alias."""
    (doubt,) = actor_names.unnamed_speakers(real)
    assert doubt.found.startswith("dissenting-iebc-officials, ")
