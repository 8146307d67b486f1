"""The map of sides: who stands on which side of the issues that the question is about."""

from collections import Counter
from itertools import chain
from typing import Any, NamedTuple

import pandas as pd

from dispute.brief.addresses import Addresses
from dispute.site.lookups import Site
from helpers.analysis.stances import side_of
from helpers.figures import legend
from helpers.words import and_joined, counted

# Issues on the map, and names on a side.
ISSUES, NAMES = 4, 5


Name = dict[str, str]


class Place(NamedTuple):
    """Where an actor stands on an issue: the side, how many articles say so, and whose word it is.

    `for_whom` are those for whom the actor speaks, `tellers` by whose word alone it is known.
    """

    actor: str
    side: str
    articles: int
    for_whom: list[str]
    tellers: list[str]


def sides(site: Site, addresses: Addresses) -> dict[str, Any]:
    """The map as the template prints it.

    `columns`: sign and meaning of each side that anybody takes; `rows`: issue, proposition, and the
    names on each of these sides.
    """
    statements = site.tables["statements"]
    if site.coder != "all":
        statements = statements[statements.coder == site.coder]
    places = {issue: _places(site, statements, issue) for issue in _issues(site, statements)}
    taken = {place.side for place in chain.from_iterable(places.values())}
    columns = [side for side in legend.SIDES if side in taken]
    marks = [[legend.SIDES[side].sign, legend.SIDES[side].meaning] for side in columns]
    rows = []
    for issue, some in places.items():
        named = [_named(site, some, side, addresses) for side in columns]
        row = {"issue": site.labels[issue], "proposition": site.proposition(issue)}
        rows.append(row | {"sides": named})
    return {"columns": marks, "rows": rows}


def _issues(site: Site, statements: pd.DataFrame) -> list[str]:
    """The issues that the question is about; then, where these are few, the busiest."""
    heard = statements.groupby("issue").speaker.nunique()
    first = [issue for issue in site.case.first_issues if issue in heard.index]
    busiest = heard.sort_values(ascending=False, kind="stable").index
    return list(dict.fromkeys([*first, *busiest]))[:ISSUES]


def _places(site: Site, statements: pd.DataFrame, issue: str) -> list[Place]:
    places = []
    for actor, own in statements[statements.issue == issue].groupby("speaker"):
        told = set(own.quoted_by.fillna(""))
        whom = set(own.on_behalf_of.fillna("").replace(actor, ""))
        place = Place(
            actor=str(actor),
            side=_side(site, own),
            articles=own.article_id.nunique(),
            for_whom=[] if "" in whom else sorted(map(site.name, whom)),
            tellers=[] if "" in told else sorted(map(site.name, told)),
        )
        places.append(place)
    return sorted(places, key=lambda one: (-one.articles, site.in_order(one.actor)))


def _side(site: Site, own: pd.DataFrame) -> str:
    """The side of an actor: `both` where it takes two that are opposed."""
    taken = Counter(site.sides[stance] for stance in own.stance)
    side = side_of(taken["for"], taken["conditional"], taken["against"])
    return "conditional" if side == "for" and not taken["for"] else side


def _named(site: Site, places: list[Place], side: str, addresses: Addresses) -> list[Name]:
    here = [place for place in places if place.side == side]
    names = [
        {"name": _words(site, place), "link": addresses.page(f"people/{place.actor}")}
        for place in here[:NAMES]
    ]
    more = {"name": f"and {len(here) - NAMES} more", "link": addresses.page("stances")}
    return [*names, more] if len(here) > NAMES else names


def _words(site: Site, place: Place) -> str:
    """A name, for whom it speaks, in how many articles, and by whose word alone."""
    notes = [f"for {and_joined(place.for_whom)}"] if place.for_whom else []
    notes += (
        [counted(place.articles, "article").replace(" ", "\u00a0")] if place.articles > 1 else []
    )
    notes += [f"as told by {and_joined(place.tellers)}"] if place.tellers else []
    name = site.name(place.actor)
    return f"{name} ({'; '.join(notes)})" if notes else name
