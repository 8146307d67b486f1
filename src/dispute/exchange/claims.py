"""What the articles report only as somebody's claim, as schema.org `Claim`, without a verdict.

The words of schema.org (schema.org/Claim): `author` is who claims, `appearance` the article in
which the claim stands, `claimInterpreter` who read it there: the authors of the coding. Nothing
says whether a claim is true: no `ClaimReview` is made.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.case.load import Case, coded
from helpers.case.schema import CODED

# How schema.org calls what an actor is; a group of unnamed people is an organisation there.
KINDS = {"person": "Person"}
# The column that names the one by whose word alone the article has it.
TELLER = {"statement": "quoted_by", "event-mention": "according_to", "relation": "according_to"}

Node = dict[str, Any]


def claims(case: Case, coder: str) -> str:
    """The claims of a coding as JSON-LD text, in the order of article and place.

    One for each statement with `quoted_by` and each event mention or relation with `according_to`;
    `coder`: the pass, or `all`.
    """
    graph = [_claim(row, unit, case) for unit, row in _told(case, coder)]
    document = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _told(case: Case, coder: str) -> Iterator[tuple[str, Any]]:
    """The coded units that the articles have from somebody, each with its kind."""
    for unit, kind in CODED.items():
        rows = coded(case, kind.table, coder)
        chosen = rows[rows[TELLER[unit]] != ""]
        ordered = chosen.sort_values(["article_id", "start", kind.id], kind="stable")
        for row in ordered.itertuples():
            yield unit, row


def _claim(row: Any, unit: str, case: Case) -> Node:
    identity = getattr(row, CODED[unit].id)
    claim: Node = {
        "@type": "Claim",
        "@id": f"evidence/{row.article_id}.html#{identity}",
        "identifier": identity,
        "text": _text(row, unit, case),
        "author": _actor(getattr(row, TELLER[unit]), case),
        "appearance": _article(row.article_id, case),
        "isBasedOn": {"@type": "Quotation", "text": row.quote, "inLanguage": row.lang},
        "claimInterpreter": [{"@type": "Organization", "name": name} for name in case.authors],
    }
    if row.date_edtf:
        claim["temporalCoverage"] = row.date_edtf
    if getattr(row, "polarity", "") == "denied":
        claim["abstract"] = "The passage denies that this happened."
    return {name: value for name, value in claim.items() if value}


def _text(row: Any, unit: str, case: Case) -> str:
    """What is claimed, in a sentence of the coding."""
    names: Mapping[str, str] = case.names_apart()
    if unit == "event-mention":
        return str(row.description)
    if unit == "relation":
        return f"{names[row.source]} {case.ties()[row.relation]} {names[row.target]}"
    stance = case.scale()[row.stance]
    return f"{names[row.speaker]} on “{case.propositions()[row.issue]}”: {stance}"


def _actor(actor: str, case: Case) -> Node:
    kind = KINDS.get(case.kinds()[actor], "Organization")
    return {"@type": kind, "@id": f"people/{actor}.html", "name": case.names_apart()[actor]}


def _article(article_id: str, case: Case) -> Node:
    """The article in which a claim stands."""
    articles: pd.DataFrame = case.articles
    row = articles[articles.article_id == article_id].iloc[0]
    node: Node = {
        "@type": "NewsArticle",
        "@id": f"evidence/{article_id}.html",
        "headline": row.title,
        "datePublished": row.published,
    }
    if row.publisher:
        node["publisher"] = {"@type": "Organization", "name": row.publisher}
    return {name: value for name, value in node.items() if value}
