"""A learned ranking: only where thirty articles are coded, and only where it beats the rules."""

import pytest
from proposed import codebook, one

from helpers.proposing import Rules
from helpers.proposing.codebook import without_gaps
from helpers.proposing.learned import ENOUGH, Learned, better

BOOK = without_gaps(codebook())
# Passages that were coded on one issue in the words of another, and passages that use their own.
MISLEADING = {
    "licence-lawful": "The salt works should be closed",
    "close-works": "Enough of these grey chimneys, they have to go",
}
PLAIN = {
    "close-works": "The salt works should be closed",
    "pay-families": "Families who lost wells should be paid compensation",
}


def coded(words, count=ENOUGH):
    """Passages of so many articles, the issues in turn."""
    issues = list(words)
    return [
        (f"n{number:03}", issues[number % 2], f"{words[issues[number % 2]]}, he said {number}")
        for number in range(count)
    ]


def test_it_is_learned_where_that_is_better_than_the_rules():
    assert better(BOOK.issues, BOOK.rules, coded(MISLEADING))
    text = "Amina Sefu said the salt works should be closed."
    assert one(text)["issue"] == "close-works"
    learned = Rules(codebook(coded=coded(MISLEADING)))
    assert one(text, rules=learned)["issue"] == "licence-lawful"


def test_the_rules_stay_where_learning_is_no_better():
    assert not better(BOOK.issues, BOOK.rules, coded(PLAIN))
    assert Rules(codebook(coded=coded(PLAIN))).learns is False


@pytest.mark.parametrize("count", [0, 1, ENOUGH - 1])
def test_nothing_is_learned_from_few_articles(count):
    assert not better(BOOK.issues, BOOK.rules, coded(MISLEADING)[:count])


def test_what_an_article_was_coded_on_is_not_looked_at_in_it():
    rows = [("a", "water-spoiled", "The chimneys have to go"), *coded(MISLEADING, 6)]
    text = "“The chimneys have to go at once,” Amina Sefu said."
    assert one(text, rules=Rules(codebook(coded=rows)))["issue"] == "close-works"
    assert one(text, article="b", rules=Rules(codebook(coded=rows[:1])))["issue"] == "water-spoiled"
    assert one(text, article="a", rules=Rules(codebook(coded=rows[:1])))["issue"] == ""


def test_naive_bayes_worked_by_hand():
    """Two passages on one issue, one on another; a word of the first: 2.5/4 to 0.5/3, each
    with its prior (2.5 of 4 to 1.5 of 4)."""
    rows = [("a", "x", "apple"), ("b", "x", "apple"), ("c", "y", "melon")]
    first, second = Learned(["x", "y"], rows).ranked({"appl": 1.0})
    assert (first.issue, second.issue, first.words) == ("x", "y", ("appl",))
    by_hand = (1.5 / 4 * 0.5 / 2) / (2.5 / 4 * 2.5 / 3)
    assert second.score == pytest.approx(by_hand)
