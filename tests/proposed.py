"""A made-up codebook on a salt works, and what the rules propose by it, for the tests of them."""

import pandas as pd

from helpers.proposing.reader import Codebook, Rules

ACTORS = [
    (
        "amina-sefu",
        "Amina Sefu",
        "person",
        "green-shore",
        "",
        "She leads the Green Shore Alliance.",
    ),
    ("peter-lund", "Peter Lund", "person", "", "", "Minister for the environment; he is a lawyer."),
    ("grace-mwita", "Grace Mwita", "person", "", "", "A resident of Tarina."),
    ("lucy-ward", "Lucy Ward", "person", "tarina-salt", "", "A lawyer."),
    ("john-otto", "John Otto", "person", "tarina-salt", "", "Director of the salt works."),
    ("tarina-salt", "Tarina Salt Company", "organisation", "tarina-salt", "", "It runs the works."),
    ("green-shore", "Green Shore Alliance", "organisation", "green-shore", "", ""),
    ("council", "Tarina Council", "organisation", "", "", "The elected council of the district."),
    ("high-court", "High Court", "court", "", "", ""),
    ("residents", "Residents", "group", "", "never", "People who live beside the works."),
    ("fishermen", "Fishermen of Tarina", "group", "", "never", ""),
    ("serikali", "Serikali", "organisation", "", "word", "The government."),
]
AFFILIATIONS = [
    ("john-otto", "tarina-salt", "Managing Director"),
    ("amina-sefu", "green-shore", "chairwoman"),
    ("peter-lund", "serikali", "environment minister"),
]
ALIASES = [
    ("the firm", "tarina-salt", "wire", ""),
    ("Bi Sefu", "amina-sefu", "habari", ""),
    ("wakazi", "residents", "habari", "word"),
]
ISSUES = [
    ("close-works", "Close the works", "The salt works should be closed."),
    (
        "water-spoiled",
        "Water spoiled",
        "The salt works has spoiled the drinking water of the wells.",
    ),
    ("pay-families", "Compensation", "Families who lost their wells should be paid compensation."),
    ("licence-lawful", "Licence lawful", "The licence of the company was granted lawfully."),
]
STANCES = [(-2, "against"), (0, "neutral"), (1, "conditional"), (2, "for")]
RULES = [
    ("body-or-person", "Where a lead gives a body a stance, the person who speaks for it has it."),
    ("dare", "A demand to see the permit (`show us the permit`) is `licence-lawful`."),
]
PUBLISHED = "2021-05-14"  # a Friday


def codebook(aliases=ALIASES, rules=RULES, coded=(), examples=None):
    """The codebook. `examples`: of issues, their examples as the table of issues has them."""
    issues = pd.DataFrame(ISSUES, columns=["issue", "label", "proposition"])
    if examples is not None:
        issues["examples"] = [examples.get(issue, "") for issue in issues.issue]
    return Codebook(
        actors=pd.DataFrame(ACTORS, columns=["actor_id", "name", "kind", "camp", "match", "about"]),
        aliases=pd.DataFrame(aliases, columns=["alias", "actor_id", "article_id", "match"]),
        affiliations=pd.DataFrame(AFFILIATIONS, columns=["actor_id", "organisation", "role"]),
        issues=issues,
        stances=pd.DataFrame(STANCES, columns=["stance", "side"]),
        rules=pd.DataFrame(rules, columns=["rule", "text"]),
        coded=coded,
    )


READER = Rules(codebook())


def said(text, article="a", languages="en", furniture=(), published=PUBLISHED, rules=READER):
    """The statements that are proposed for a text, as dictionaries."""
    return rules.read(article, text, furniture, published, languages).statements


def happened(text, article="a", languages="en"):
    """The event mentions that are proposed for a text."""
    return READER.read(article, text, (), PUBLISHED, languages).event_mentions


def one(text, **given):
    """The one statement that is proposed for a text."""
    found = said(text, **given)
    assert len(found) == 1, [(row["speaker"], row["quote"]) for row in found]
    return found[0]
