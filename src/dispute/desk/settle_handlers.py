"""Handlers of who settles the passes and owns the codebook: none of them without --adjudicate.

Thin, as those of `handlers`: each asks a room and decides nothing itself.
"""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from dispute.desk import side_by_side
from dispute.desk.agreeing import Agreeing
from dispute.desk.api import NAME, Route
from dispute.desk.codebook import Codebook
from dispute.desk.handlers import Api
from dispute.desk.pairs import Asked, NotTakenError, Pair, StaleError
from dispute.desk.room import Desk
from dispute.desk.sent import RefusedError, refuse
from dispute.desk.settling import Settling
from helpers.case.problems import CaseError, Problem


class Owner:
    """The rooms of who settles; each is made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def settling(self) -> Settling:
        """The passes side by side. Raises CaseError where they are not sound."""
        return Settling(self.desk.folder)

    @cached_property
    def agreeing(self) -> Agreeing:
        """How far the passes agree."""
        return Agreeing(self.settling)

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook, to be edited."""
        return Codebook(self.settling)


class OwnersApi(Api):
    """What the addresses of this room share."""

    owner: Owner

    def initialize(self, desk: Desk, owner: Owner) -> None:  # type: ignore[override]
        """All handlers get the one desk and the one owner there are."""
        super().initialize(desk)
        self.owner = owner

    def tell(self, ask: Callable[[], object]) -> None:
        """Answer with what is asked of the rooms, or with why it is not taken."""
        super().tell(lambda: self._said(ask))

    def _said(self, ask: Callable[[], object]) -> object:
        try:
            return ask()
        except StaleError as error:
            told = {"told": str(error), "version": self.owner.settling.version}
            raise RefusedError(409, told) from None
        except (NotTakenError, CaseError) as error:
            problems = [_shown(problem) for problem in error.problems]
            raise RefusedError(422, {"told": str(error), "problems": problems}) from None

    def seen(self) -> dict[str, Any]:
        """What was sent by somebody who has seen the state there is."""
        sent = self.sent()
        self.owner.settling.expect(str(sent.get("seen", "")))
        return sent


def _shown(problem: Problem) -> dict[str, Any]:
    return {
        "field": problem.column,
        "place": problem.place,
        "found": problem.found,
        "expected": problem.expected,
    }


class ApiSettle(OwnersApi):
    """The articles with what is undecided, and what may be chosen."""

    @web.authenticated
    def get(self) -> None:
        """As the files are now."""
        self.tell(self._overview)

    def _overview(self) -> object:
        self.owner.settling.refresh()
        return side_by_side.overview(self.owner.settling)


class ApiSettleArticle(OwnersApi):
    """The passes of an article side by side."""

    @web.authenticated
    def get(self, article: str) -> None:
        """Its lines, and its pairs in the order of the text."""
        self.tell(lambda: self._article(article))

    def _article(self, article: str) -> object:
        settling = self.owner.settling
        settling.refresh()
        if article not in settling.raw.texts:
            raise RefusedError(404, {"told": "there is no such article"})
        pairs = side_by_side.of_article(settling, article)
        text = side_by_side.text_of(settling, article)
        return {"version": settling.version, "id": article, **text, "pairs": pairs}


class ApiAgreement(OwnersApi):
    """Agreement as it grows; measured beside the loop of the server, which serves on meanwhile."""

    @web.authenticated
    async def get(self) -> None:
        """Between passes, by issue, by coder; the rules that the disagreements touch."""
        loop = asyncio.get_running_loop()
        measured = loop.run_in_executor(None, lambda: self.owner.agreeing.told())
        await asyncio.wait([measured])
        self.tell(measured.result)


class Deciding(OwnersApi):
    """An address that changes the decisions on a pair."""

    def decided(self, pair: Pair) -> object:
        """The pair as it is now."""
        settling = self.owner.settling
        shown = side_by_side.shown(settling, pair)
        said = {"version": settling.version, **settling.steps, "pair": shown}
        return {**said, "article": pair.article}


class ApiDecide(Deciding):
    """A decision, or one taken back."""

    @web.authenticated
    def post(self) -> None:
        """Saved when it is answered."""
        self.tell(self._decide)

    def _decide(self) -> object:
        sent = self.seen()
        unit, _, *names = Asked._fields
        cells = (str(sent.get(name) or "") for name in names)
        asked = Asked(str(sent.get(unit) or ""), tuple(_listed(sent, "ids")), *cells)
        return self.decided(self.owner.settling.decide(asked))


class ApiUndecide(Deciding):
    """The last decision undone, or done again."""

    @web.authenticated
    def post(self, way: str) -> None:
        """One step; saved when it is answered."""
        self.tell(lambda: self._step(way))

    def _step(self, way: str) -> object:
        self.seen()
        settling = self.owner.settling
        return self.decided(settling.undo() if way == "undo" else settling.redo())


class ApiTables(OwnersApi):
    """The codebook with its changes, suggestions, and what is to be looked at again."""

    @web.authenticated
    def get(self) -> None:
        """As the files are now."""
        self.tell(self._tables)

    def _tables(self) -> object:
        self.owner.settling.refresh()
        return self.owner.codebook.told()


class ApiChange(OwnersApi):
    """An edit of the codebook."""

    @web.authenticated
    def post(self) -> None:
        """Put down with its reason when it is answered."""
        self.tell(self._change)

    def _change(self) -> object:
        sent = self.seen()
        before, after = sent.get("before"), sent.get("after")
        if not all(isinstance(row, dict | None) for row in (before, after)):
            raise refuse("rows or null before and after")
        said = str(sent.get("table") or ""), before, after, str(sent.get("reason") or "")
        self.owner.codebook.change(*said, looks=sent.get("looks") is not False)
        return self.owner.codebook.told()


class ApiTake(OwnersApi):
    """A suggestion of a coder taken into the codebook."""

    @web.authenticated
    def post(self) -> None:
        """Put down with its reason when it is answered."""
        self.tell(self._take)

    def _take(self) -> object:
        sent = self.seen()
        names = ("coder", "suggestion", "reason")
        self.owner.codebook.take(*(str(sent.get(name) or "") for name in names))
        return self.owner.codebook.told()


class ApiLook(OwnersApi):
    """Units that were coded before a change have been looked at again."""

    @web.authenticated
    def post(self) -> None:
        """Put down with the day when it is answered."""
        self.tell(self._look)

    def _look(self) -> object:
        sent = self.seen()
        self.owner.codebook.look(str(sent.get("change") or ""), _listed(sent, "ids"))
        return self.owner.codebook.told()


def _listed(sent: dict[str, Any], name: str) -> list[str]:
    """A list of texts that was sent. Raises RefusedError for anything else."""
    given = sent.get(name)
    if not isinstance(given, list):
        raise refuse(f"a list of {name}")
    return list(map(str, given))


def owners_addresses(desk: Desk) -> list[Route]:
    """The addresses of who settles; none where the desk is only to code."""
    if not desk.adjudicates:
        return []
    routes: dict[str, type[JupyterHandler]] = {
        "settle": ApiSettle,
        f"settle/{NAME}": ApiSettleArticle,
        "agreement": ApiAgreement,
        "decide": ApiDecide,
        "decide/(undo|redo)": ApiUndecide,
        "codebook/tables": ApiTables,
        "codebook/change": ApiChange,
        "take": ApiTake,
        "look": ApiLook,
    }
    given = {"desk": desk, "owner": Owner(desk)}
    return [(f"/desk/api/{path}", handler, given) for path, handler in routes.items()]
