"""Handlers of who settles the passes and owns the codebook: none of them without --adjudicate.

Thin, as those of `handlers`: each asks a room and decides nothing itself.
"""

import asyncio
import json
from functools import cached_property
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from dispute.desk import side_by_side
from dispute.desk.agreeing import Agreeing
from dispute.desk.codebook import Codebook
from dispute.desk.handlers import NAME, Api, Route
from dispute.desk.pairs import Asked, Pair, RefusedError, StaleError
from dispute.desk.room import Desk
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

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """What was refused: a sentence, and the problems by their fields where there are any."""
        error = kwargs.get("exc_info", (None, None))[1]
        if isinstance(error, StaleError):
            self.set_status(409)
            self.finish(json.dumps({"told": str(error), "version": self.owner.settling.version}))
        elif isinstance(error, RefusedError | CaseError):
            self.set_status(422)
            problems = [_shown(problem) for problem in error.problems]
            self.finish(json.dumps({"told": str(error), "problems": problems}))
        else:
            super().write_error(status_code, **kwargs)

    def log_exception(self, *args: Any) -> None:
        """What a person is told on the page is no error of the program."""
        if not isinstance(args[1], StaleError | RefusedError | CaseError):
            super().log_exception(*args)

    def asked(self) -> dict[str, Any]:
        """The body of a write, of somebody who has seen the state there is."""
        try:
            body = json.loads(self.request.body)
        except ValueError:
            raise web.HTTPError(400, "the body is no JSON") from None
        if not isinstance(body, dict):
            raise web.HTTPError(400, "the body is no object")
        self.owner.settling.expect(str(body.get("seen", "")))
        return body


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
        self.owner.settling.refresh()
        self.answer(side_by_side.overview(self.owner.settling))


class ApiSettleArticle(OwnersApi):
    """The passes of an article side by side."""

    @web.authenticated
    def get(self, article: str) -> None:
        """Its lines, and its pairs in the order of the text."""
        self.owner.settling.refresh()
        settling = self.owner.settling
        if article not in settling.raw.texts:
            raise web.HTTPError(404)
        pairs = side_by_side.of_article(settling, article)
        text = side_by_side.text_of(settling, article)
        self.answer({"version": settling.version, "id": article, **text, "pairs": pairs})


class ApiAgreement(OwnersApi):
    """Agreement as it grows; measured beside the loop of the server, which serves on meanwhile."""

    @web.authenticated
    async def get(self) -> None:
        """Between passes, by issue, by coder; the rules that the disagreements touch."""
        agreeing = self.owner.agreeing
        self.answer(await asyncio.get_running_loop().run_in_executor(None, agreeing.told))


class Deciding(OwnersApi):
    """An address that changes the decisions on a pair."""

    def answer_with(self, pair: Pair) -> None:
        """The pair as it is now."""
        settling = self.owner.settling
        shown = side_by_side.shown(settling, pair)
        said = {"version": settling.version, **settling.steps, "pair": shown}
        self.answer({**said, "article": pair.article})


class ApiDecide(Deciding):
    """A decision, or one taken back."""

    @web.authenticated
    def post(self) -> None:
        """Taken, or refused with every problem."""
        body = self.asked()
        ids = body.get("ids")
        if not isinstance(ids, list):
            raise web.HTTPError(400, "ids is no list")
        unit, _, *names = Asked._fields
        cells = (str(body.get(name) or "") for name in names)
        asked = Asked(str(body.get(unit) or ""), tuple(map(str, ids)), *cells)
        self.answer_with(self.owner.settling.decide(asked))


class ApiUndecide(Deciding):
    """The last decision undone, or done again."""

    @web.authenticated
    def post(self, way: str) -> None:
        """One step."""
        self.asked()
        settling = self.owner.settling
        self.answer_with(settling.undo() if way == "undo" else settling.redo())


class ApiTables(OwnersApi):
    """The codebook with its changes, suggestions, and what is to be looked at again."""

    @web.authenticated
    def get(self) -> None:
        """As the files are now."""
        self.owner.settling.refresh()
        self.answer(self.owner.codebook.told())


class ApiChange(OwnersApi):
    """An edit of the codebook."""

    @web.authenticated
    def post(self) -> None:
        """Put down with its reason, or refused with every problem."""
        body = self.asked()
        before, after = body.get("before"), body.get("after")
        if not all(isinstance(row, dict | None) for row in (before, after)) or before == after:
            raise web.HTTPError(400, "before and after are rows or null, and not the same")
        said = str(body.get("table") or ""), before, after, str(body.get("reason") or "")
        self.owner.codebook.change(*said, looks=body.get("looks") is not False)
        self.answer(self.owner.codebook.told())


class ApiTake(OwnersApi):
    """A suggestion of a coder taken into the codebook."""

    @web.authenticated
    def post(self) -> None:
        """Put down with its reason, or refused."""
        body = self.asked()
        names = ("coder", "suggestion", "reason")
        self.owner.codebook.take(*(str(body.get(name) or "") for name in names))
        self.answer(self.owner.codebook.told())


class ApiLook(OwnersApi):
    """Units that were coded before a change have been looked at again."""

    @web.authenticated
    def post(self) -> None:
        """Put down with the day."""
        body = self.asked()
        ids = body.get("ids")
        if not isinstance(ids, list):
            raise web.HTTPError(400, "ids is no list")
        self.owner.codebook.look(str(body.get("change") or ""), list(map(str, ids)))
        self.answer(self.owner.codebook.told())


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
