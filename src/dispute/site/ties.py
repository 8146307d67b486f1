"""Ties: the edges of the networks, which of them the pages show, how they read, and their words.

A tie is a row that leads to the words of both its actors. All ties of a network stand there while
they are few; of a large one those that are strongest for either of their actors do, and the rest
is counted, with the table that has them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple, cast

from dispute.site.lookups import Site
from dispute.site.networks import NETWORKS, OPINIONS
from dispute.site.passages import Record, Statement, by_edge
from dispute.site.state import State, of_records
from helpers.analysis.by_account import CLAIMED
from helpers.analysis.rankings import Ranking, is_ranked, ranking
from helpers.words import counted, says_that

Edge = dict[str, Any]

# Ties of a network that all stand on its pages; of one with more, as many of each actor.
ALL, STRONGEST = 1000, 20
# Edges that a figure draws, and pairs that a ranking lists, of parties and of the others.
DRAWN, RANKED = 100, 10
# The issues of a tie that are named, and the passages of another tie that are cited.
ISSUES, CITED = 4, 12


class Shared(NamedTuple):
    """An issue that two actors speak to, and on which side each stands there."""

    issue: str
    source_side: str
    target_side: str


class Example(NamedTuple):
    """A tie that shows what its network means: an issue, and a passage of either actor."""

    edge: Edge
    issue: str
    passages: list[Statement]


class Ties:
    """The ties of a case."""

    def __init__(self, site: Site) -> None:
        self.site = site
        edges = site.tables["edges"]
        self.behind = by_edge(site.tables, site.passages)
        self._ranked = set(edges.edge_id[is_ranked(edges)])
        by_network: dict[str, list[Edge]] = defaultdict(list)
        for edge in cast(list[Edge], edges.to_dict("records")):
            by_network[edge["network"]].append(edge)
        self._edges = {
            network: sorted(some, key=self._order) for network, some in by_network.items()
        }
        self.networks = [network for network in NETWORKS if network in self._edges]

    def _order(self, edge: Edge) -> tuple[bool, str, float, str]:
        """The heaviest first; those that are too thin after them, and claims by claimants."""
        claimant = claimant_of(edge)
        return self.is_thin(edge), claimant, -float(edge["weight"]), edge["edge_id"]

    def of(self, network: str) -> list[Edge]:
        """All ties of a network, the heaviest first.

        Those of agreement and disagreement that rest on too few articles come after all others, and
        so do claimed ties, under their claimants.
        """
        return self._edges.get(network, [])

    def shown(self, network: str) -> list[Edge]:
        """The ties of a network that its pages show."""
        return [edge for edge in self.of(network) if edge["edge_id"] in self._shown]

    def is_shown(self, edge: Edge) -> bool:
        """Whether the pages show a tie."""
        return edge["edge_id"] in self._shown

    @cached_property
    def _shown(self) -> set[str]:
        return {edge["edge_id"] for network in self.networks for edge in self._chosen(network)}

    def _chosen(self, network: str) -> Iterator[Edge]:
        every = self.of(network)
        had: Counter[str] = Counter()
        for place, edge in enumerate(every):
            ends = {edge["source"], edge["target"]}
            if len(every) <= ALL or place < DRAWN or min(had[end] for end in ends) < STRONGEST:
                yield edge
            had.update(ends)

    @cached_property
    def _of_actor(self) -> dict[tuple[str, str], list[Edge]]:
        """The ties of a network and an actor."""
        ties: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for network in self.networks:
            for edge in self.of(network):
                for actor in {edge["source"], edge["target"]}:
                    ties[network, actor].append(edge)
        return ties

    def of_actor(self, actor: str, network: str) -> list[Edge]:
        """The ties of an actor in a network, the heaviest first."""
        return self._of_actor.get((network, actor), [])

    def stands(self, actor: str) -> list[tuple[str, Edge | None, Edge | None]]:
        """The others with whom an actor agrees or disagrees, as far as the pages show it.

        Rows of (actor, edge of agreement or None, edge of disagreement or None), in the order of
        names.
        """
        shared: dict[str, dict[str, Edge]] = defaultdict(dict)
        for network in OPINIONS:
            for edge in filter(self.is_shown, self.of_actor(actor, network)):
                other = edge["target"] if edge["source"] == actor else edge["source"]
                shared[other][network] = edge
        rows = [
            (other, both.get("congruence"), both.get("conflict")) for other, both in shared.items()
        ]
        return sorted(rows, key=lambda row: self.site.in_order(row[0]))

    def left_out(self, actor: str) -> int:
        """How many ties of agreement and disagreement of an actor the pages do not show."""
        every = [edge for network in OPINIONS for edge in self.of_actor(actor, network)]
        return sum(not self.is_shown(edge) for edge in every)

    def claims_of(self, actor: str) -> list[Edge]:
        """The ties of others that this actor alone, or with others, claims."""
        return self._claims.get(actor, [])

    @cached_property
    def _claims(self) -> dict[str, list[Edge]]:
        claims: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.of("relation"):
            for actor in claimant_of(edge).split(";"):
                if actor not in (edge["source"], edge["target"]):
                    claims[actor].append(edge)
        return claims

    def ranking(self, network: str, most: int = RANKED) -> Ranking:
        """The pairs of a network that rest on articles enough."""
        edges = self.site.tables["edges"]
        return ranking(edges[edges.network == network], self.site.case.kinds(), most)

    def is_thin(self, edge: Edge) -> bool:
        """Whether an edge of agreement or disagreement has too few articles to be ranked."""
        return edge["network"] in OPINIONS and edge["edge_id"] not in self._ranked

    # Words.

    def reads(self, edge: Edge) -> str:
        """An edge in words."""
        site = self.site
        ends = [site.name(edge["source"]), site.name(edge["target"])]
        if edge["network"] == "relation":
            ends.insert(1, site.verbs[edge["relation"]])
        words = NETWORKS[edge["network"]].edge.format(*ends)
        if edge["account"] != CLAIMED:
            return words
        if edge["network"] == "relation":
            return f"{says_that(site.list_names(edge['claimants']))} {words}"
        return f"{words}, as {site.names_of(edge['claimants'])} alone tells it"

    def title(self, edge: Edge) -> str:
        """What a line of a figure says when it is hovered, focused or read aloud."""
        evidence = counted(edge["n_evidence"], NETWORKS[edge["network"]].evidence)
        title = f"{self.reads(edge)}: {evidence} in {counted(edge['n_articles'], 'article')}"
        if edge["network"] in OPINIONS:
            title += f", weight {float(edge['weight']):.2f}"
        return title

    def state(self, edge: Edge) -> State:
        """By what a tie is filtered: as its line has it, and its row."""
        ends = edge["source"], edge["target"]
        account = "claimed" if edge["account"] == CLAIMED else "own"
        return of_records(self.site, ends, self.cited(edge), account)

    def cited(self, edge: Edge) -> list[Record]:
        """The passages behind an edge, in the order of article and place."""
        return self.behind.get(edge["edge_id"], [])

    def shared(self, edge: Edge) -> list[Shared]:
        """The issues of an edge of agreement or disagreement, what weighs most first."""
        return self._shared.get(edge["edge_id"], [])

    @cached_property
    def _shared(self) -> dict[str, list[Shared]]:
        frame = self.site.tables["edge_issues"]
        frame = frame[frame.edge_id.isin(self._shown)]
        frame = frame.sort_values(["edge_id", "share", "issue"], ascending=[True, False, True])
        shared: dict[str, list[Shared]] = defaultdict(list)
        for row in frame.itertuples():
            sides = self._side(row.source_stances), self._side(row.target_stances)
            shared[row.edge_id].append(Shared(row.issue, *sides))
        return shared

    def example(self, network: str) -> Example | None:
        """The strongest tie of agreement or disagreement of which each side has its own words."""
        for edge in filter(self.is_shown, self.of(network)):
            for shared in self.shared(edge):
                together = shared.source_side == shared.target_side
                one = self._words(edge, edge["source"], shared.issue)
                other = self._words(edge, edge["target"], shared.issue)
                if one and other and together == (network == "congruence"):
                    return Example(edge, shared.issue, [one, other])
        return None

    def _words(self, edge: Edge, actor: str, issue: str) -> Statement | None:
        """The shortest passage behind an edge in which an actor speaks to an issue itself."""
        behind = cast(list[Statement], self.cited(edge))
        own = [p for p in behind if p["speaker"] == actor and p["issue"] == issue]
        return min(own, key=lambda p: (len(p["quote"]), p["id"]), default=None)

    def _side(self, stances: str) -> str:
        """The side of some stances parted by ";": "both" where they differ."""
        sides = {self.site.sides[int(stance)] for stance in filter(None, str(stances).split(";"))}
        return sides.pop() if len(sides) == 1 else "both"


def claimant_of(edge: Edge) -> str:
    """By whose word alone a tie stands, ids parted by ";"; empty for all other edges."""
    claimed = edge["network"] == "relation" and edge["account"] == CLAIMED
    return str(edge["claimants"]) if claimed else ""
