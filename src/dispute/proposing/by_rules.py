"""Proposals by the rules of this program: no model, no network."""

from collections.abc import Iterable

from dispute.proposing.endpoints import RULES
from dispute.proposing.files import About, Proposals, numbered
from helpers.case.model import Case


def propose_by_rules(case: Case, articles: Iterable[str], blind: bool) -> Proposals:
    """What the rules propose for some articles of a case.

    `blind`: what was coded before is not read.
    """
    from helpers.proposing import VERSION, Reader

    digests = dict(zip(case.articles.article_id, case.articles.sha256, strict=True))
    said = Proposals(About(RULES, version=str(VERSION), blind=blind))
    reader = Reader(case, blind=blind)
    for article in articles:
        proposed = reader.read(article)
        said.articles[article] = digests[article]
        for table in ("statements", "event_mentions"):
            rows = getattr(proposed, table).astype(str).to_dict("records")
            said.tables[table] += numbered(table, article, rows)
    return said
