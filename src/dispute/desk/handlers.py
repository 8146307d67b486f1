"""Handlers: one class a page of the desk, and what those of data (`api`) share with them.

Each asks the desk and decides nothing itself.

Every method wants the token or its cookie; what changes something wants the cookie against forged
requests too.
"""

import json
from collections.abc import Callable
from http.client import responses
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web
from tornado.ioloop import IOLoop

from dispute.desk import pages
from dispute.desk.room import Desk
from dispute.desk.sent import RefusedError, refuse

# So many seconds after a step the tables are written: steps that follow at once are written once.
SOON = 0.2


class OfTheDesk(JupyterHandler):
    """What all addresses share."""

    desk: Desk

    def initialize(self, desk: Desk) -> None:  # type: ignore[override]
        """All handlers get the one desk there is."""
        self.desk = desk

    @property
    def root(self) -> str:
        """The address of the desk, with a slash behind."""
        return str(self.base_url) + "desk/"


class Page(OfTheDesk):
    """A page. The cookie against forged requests is set with it."""

    def show(self, name: str, **values: object) -> None:
        """Answer with a page."""
        assert self.xsrf_token  # asked for, the cookie is set
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        desk = self.desk
        shown = {"coder": desk.coder, "adjudicates": desk.adjudicates, **values}
        shown["proposals"] = desk.library.has_proposals
        self.finish(pages.page(name, self.root, **shown))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A page without the token, which Jupyter's own would hold."""
        reason = responses.get(status_code, "refused")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(pages.page("refused", self.root, status=status_code, reason=reason))


class Api(OfTheDesk, APIHandler):
    """An address of data, asked by the script of a page."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """What was refused, in a sentence where there is one."""
        error = kwargs.get("exc_info", (None, None))[1]
        message = getattr(error, "log_message", None) or responses.get(status_code, "refused")
        self.finish(json.dumps({"told": message}))

    def tell(self, ask: Callable[[], object]) -> None:
        """Answer with what is asked of the desk, or with why it is refused."""
        assert self.xsrf_token  # asked for, the cookie is set
        try:
            said = ask()
        except RefusedError as error:
            self.set_status(error.status)
            said = error.said
        except OSError as error:
            self.set_status(507)
            said = {"told": f"this could not be saved: {error.strerror or 'the disk says no'}"}
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(said, ensure_ascii=False, separators=(",", ":")))

    def looked(self, ask: Callable[[], object]) -> Callable[[], object]:
        """The same, when what others changed meanwhile has been taken in."""

        def look_and_ask() -> object:
            self.desk.look()
            return ask()

        return look_and_ask

    def sent(self) -> dict[str, Any]:
        """What was sent. Raises RefusedError for what is no JSON object."""
        try:
            said = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise refuse("a JSON object") from None
        if not isinstance(said, dict):
            raise refuse("a JSON object")
        return said

    def tell_saved(self, do: Callable[[dict[str, Any]], object]) -> None:
        """Do what was sent, and have the tables written soon."""
        self.tell(lambda: do(self.sent()))
        waiting = self.settings.get("desk_write")
        if waiting is None:
            self.settings["desk_write"] = IOLoop.current().call_later(SOON, self._write)

    def _write(self) -> None:
        self.settings["desk_write"] = None
        self.desk.write_tables()


class Articles(Page):
    """The list of articles."""

    @web.authenticated
    def get(self) -> None:
        """Each with its state and the share that is coded."""
        self.show("articles", articles=self.desk.heads()["articles"])


class Article(Page):
    """The desk for one article."""

    @web.authenticated
    def get(self, article: str) -> None:
        """The page is empty: its script asks for the article."""
        try:
            self.show("article", article=self.desk.head(article))
        except RefusedError as error:
            raise web.HTTPError(error.status) from None


class Owners(Page):
    """A page of who settles and owns the codebook: there is none without --adjudicate."""

    name = ""

    @web.authenticated
    def get(self) -> None:
        """The page is empty: its script asks for what it shows."""
        if not self.desk.adjudicates:
            raise web.HTTPError(404)
        self.show(self.name)


class Settle(Owners):
    """The page to settle passes."""

    name = "settle"


class Codebook(Owners):
    """The page to keep the codebook."""

    name = "codebook"


class Static(OfTheDesk):
    """The stylesheet and the script."""

    @web.authenticated
    def get(self, name: str) -> None:
        """One of the files there are."""
        if name not in pages.STATIC:
            raise web.HTTPError(404)
        self.set_header("Content-Type", pages.STATIC[name])
        self.set_header("Cache-Control", "no-cache")
        self.finish(pages.static(name))
