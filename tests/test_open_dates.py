"""Articles whose day is not known, or known to one side only, are usual: they are taken so.

They stand last, are shown as "undated" or "from 4 May 2021", and are left out, with a word, where a
day is needed.
"""

import re
import sqlite3
from contextlib import closing

import pytest
from chain import made
from fuzz import replace

from dispute.exchange.dna import from_case
from helpers.case import selection
from helpers.case.load import as_of, check, described, load
from helpers.dates import resolve
from helpers.dates.edtf import NEVER

DAYS = {"island-mirror": "2019-06-21/2019-06-30", "skerry-post": "2019-03-08"}
DATES = ["", "2021-05-04/..", "../2021-12", "2021/", "/2021", "2021-05~/.."]
WORDS = {
    "": "undated",
    "2021-05-04/..": "from 4 May 2021",
    "../2021-12": "until December 2021",
    "2021/": "from 2021",
    "/2021": "until 2021",
    "2021-05~/..": "from about May 2021",
    "2019-03-08": "8 March 2019",
}


def published(folder, article, value):
    path = folder / f"articles/{article}.yaml"
    text = re.sub("(?m)^published: .*$", f'published: "{value}"', path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def dated(folder, **dates):
    for article, value in dates.items():
        published(folder, article.replace("_", "-"), value)
    return folder


@pytest.mark.parametrize("value", DATES)
def test_such_a_date_is_no_problem(broken, value):
    dated(broken, skerry_post=value)
    assert check(broken) == []
    assert load(broken).articles.published.tolist()[-1] == value


def test_a_line_left_empty_or_away_is_no_date_either(broken):
    for line in ("published:\n", "published: ~\n", ""):
        path = broken / "articles/skerry-post.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("(?m)^published: .*\n", line, text), encoding="utf-8")
        assert check(broken) == [], line
        path.write_text(text, encoding="utf-8")


def test_how_it_is_known_must_be_said_even_then(broken):
    dated(broken, skerry_post="")
    assert check(broken) == []
    path = broken / "articles/skerry-post.yaml"
    text = re.sub("(?m)^published_basis: .*$", "published_basis:", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    (problem,) = check(broken)
    assert problem.column == "published_basis"


@pytest.mark.parametrize("value", WORDS)
def test_it_is_put_into_words(value):
    assert selection.publication(value) == WORDS[value]


def test_open_dates_stand_after_whole_ones_and_none_stands_last(broken):
    dated(broken, island_mirror="2018/..", skerry_post="")
    order = selection.in_order_of_publication(described(load(broken))).article_id.tolist()
    assert order == ["norvale-courier", "island-mirror", "skerry-post"]
    dated(broken, norvale_courier="../2017")
    order = selection.in_order_of_publication(described(load(broken))).article_id.tolist()
    assert order == ["norvale-courier", "island-mirror", "skerry-post"]


def test_where_a_day_is_asked_for_they_are_left_out_with_a_word(broken):
    dated(broken, island_mirror="2019-06-21/..", skerry_post="")
    known = as_of(load(broken), "2019-12-31")
    assert known.articles.article_id.tolist() == ["norvale-courier"]
    (sentence,) = known.left_out
    assert "2 articles" in sentence and "2019-12-31" in sentence
    assert "not known" in sentence
    assert load(broken).left_out == () and as_of(load(broken), "").left_out == ()


def test_an_end_that_is_known_is_a_day_by_which_it_was_published(broken):
    dated(broken, skerry_post="../2019-03")
    known = as_of(load(broken), "2019-04-01")
    assert known.articles.article_id.tolist() == ["skerry-post"]
    assert known.left_out == ()


def test_a_case_without_any_day_is_known_on_no_day_and_it_is_said_so(broken):
    dated(broken, island_mirror="", skerry_post="", norvale_courier="2019/..")
    with pytest.raises(ValueError, match=r"expected nothing: of no article .* is known"):
        as_of(load(broken), "2019-12-31")


@pytest.mark.parametrize("value", ["", "2019-03-08/..", "../2019-03"])
def test_dates_are_resolved_without_a_day_where_none_is_known(broken, value):
    dated(broken, skerry_post=value)
    case = load(broken)
    table = resolve.beside(case.event_mentions, case.articles, case.texts, case.furniture)
    assert len(table) == len(case.event_mentions)


def test_an_export_to_dna_leaves_them_out_with_their_statements(broken):
    dated(broken, skerry_post="")
    case = load(broken)
    with closing(sqlite3.connect(":memory:")) as database:
        told = from_case(case, database, "adjudicated")
        documents = database.execute("SELECT count(*) FROM DOCUMENTS").fetchone()[0]
        held = database.execute("SELECT count(*) FROM STATEMENTS").fetchone()[0]
        lost = database.execute(
            "SELECT count(*) FROM STATEMENTS WHERE DocumentId NOT IN (SELECT ID FROM DOCUMENTS)"
        ).fetchone()[0]
    coded = case.statements[case.statements.coder == "adjudicated"]
    gone = int((coded.article_id == "skerry-post").sum())
    assert (documents, held, lost) == (2, len(coded) - gone, 0)
    words = " ".join(told)
    assert "1 document without a date" in words and f"{gone} statements" in words


def test_an_export_to_dna_without_any_date_is_refused(broken):
    dated(broken, island_mirror="", skerry_post="", norvale_courier="")
    with closing(sqlite3.connect(":memory:")) as database, pytest.raises(ValueError, match="date"):
        from_case(load(broken), database, "adjudicated")


@pytest.mark.long
def test_they_are_shown_last_and_in_words_on_every_page(broken, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    dated(broken, island_mirror="2019-06-21/..", skerry_post="")
    frames = made(broken, tmp_path)
    assert len(frames["articles"]) == 3 and NEVER not in frames["articles"].to_csv()
    counted = frames["findings"].set_index("finding_id").sentence["count-corpus"]
    assert "of 15 June 2019" in counted.replace("perhaps ", "")
    assert "2 of them of no day that is known" in counted
    site = tmp_path / "site"
    listed = (site / "evidence.html").read_text(encoding="utf-8")
    listed = listed.partition("</table>")[0]
    assert "undated" in listed and "from 21 June 2019" in listed and "no date" not in listed
    places = [listed.index(f'evidence/{a}.html">') for a in ("norvale-courier", "skerry-post")]
    assert places == sorted(places)
    page = (site / "evidence/skerry-post.html").read_text(encoding="utf-8")
    assert "undated" in page
    bib = (site / "data/articles.bib").read_text(encoding="utf-8")
    assert "date = {}" not in bib and "2019-06-21/.." in bib


@pytest.mark.long
def test_what_a_day_leaves_out_is_said_on_the_pages(broken, tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    dated(broken, island_mirror="2019-06-21/..", skerry_post="")
    made(broken, tmp_path, as_of="2019-12-31")
    page = (tmp_path / "site/evidence.html").read_text(encoding="utf-8")
    assert "2 articles" in page and "2019-12-31" in page


def test_the_published_case_has_days(real):
    assert all(selection.publication(value) != "undated" for value in real.articles.published)


def test_a_whole_date_is_left_as_it_was(broken):
    replace(broken / "articles/skerry-post.yaml", "2019-03-08", "2019-03-08")
    assert as_of(load(broken), "2019-03-08").articles.article_id.tolist() == ["skerry-post"]
