"""Handlers: one class an address of the desk. Each asks the desk and decides nothing itself.

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

from dispute.desk import pages, reading
from dispute.desk.room import Desk
from dispute.desk.sent import RefusedError, name_of, refuse, whole_number

Route = tuple[str, type[JupyterHandler], dict[str, Any]]
# The name of an article in an address.
NAME = r"([^/]+)"
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
        shown = {"coder": self.desk.coder, "adjudicates": self.desk.adjudicates, **values}
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


class ApiArticles(Api):
    """The list of articles as data."""

    @web.authenticated
    def get(self) -> None:
        """With version and coder."""
        self.tell(self.looked(self.desk.heads))


class ApiArticle(Api):
    """An article with what the coder marked in it."""

    @web.authenticated
    def get(self, article: str) -> None:
        """Its lines, furniture and rows."""
        self.tell(self.looked(lambda: self.desk.article(article)))


class ApiCodebook(Api):
    """The codebook at hand."""

    @web.authenticated
    def get(self) -> None:
        """Actors, issues, scale, kinds of tie, rules, columns."""
        self.tell(self.looked(self.desk.codebook))


class OfPassage(Api):
    """What is asked of a passage: an article, start and end."""

    def passage(self) -> tuple[str, int, int]:
        """The passage of the address."""
        start, end = (whole_number(self.get_query_argument(name)) for name in ("start", "end"))
        return self.get_query_argument("article"), start, end


class ApiNear(OfPassage):
    """Who is named near a passage."""

    @web.authenticated
    def get(self) -> None:
        """The nearest first."""
        self.tell(lambda: self.desk.near(*self.passage()))


class ApiDate(OfPassage):
    """The date of a passage, as the resolver reads it."""

    @web.authenticated
    def get(self) -> None:
        """With its reason and wording; empty where it finds none."""
        self.tell(lambda: self.desk.date(*self.passage()))


class ApiWording(Api):
    """A date in words."""

    @web.authenticated
    def get(self) -> None:
        """Or what is wrong with it."""
        self.tell(lambda: reading.worded(self.get_query_argument("edtf", strip=False)))


class ApiCheck(Api):
    """A row that is being typed."""

    @web.authenticated
    def post(self) -> None:
        """Its problems, and the row with what follows filled in. Nothing is saved."""
        self.tell(self._checked)

    def _checked(self) -> object:
        said = self.sent()
        table, row = str(said.get("table")), said.get("row")
        if table not in self.desk.sitting.tables or not isinstance(row, dict):
            raise refuse("a table by coder and a row of it")
        name = name_of(table, row) or self.desk.sitting.tables[table].next_id()
        return self.desk.check(table, row, name)


class ApiStep(Api):
    """A step."""

    @web.authenticated
    def post(self) -> None:
        """Saved when it is answered."""
        self.tell_saved(self.desk.step)


class ApiUndo(Api):
    """The last step back."""

    @web.authenticated
    def post(self) -> None:
        """Saved when it is answered."""
        self.tell_saved(self.desk.undo)


class ApiRedo(Api):
    """What was undone last, again."""

    @web.authenticated
    def post(self) -> None:
        """Saved when it is answered."""
        self.tell_saved(self.desk.redo)


class ApiSuggest(Api):
    """What the codebook lacks."""

    @web.authenticated
    def post(self) -> None:
        """Saved when it is answered."""
        self.tell_saved(self.desk.suggest)


def addresses(desk: Desk) -> list[Route]:
    """Every address of the desk."""
    routes: dict[str, type[JupyterHandler]] = {
        "/?": Articles,
        f"/article/{NAME}": Article,
        "/settle": Settle,
        "/codebook": Codebook,
        f"/static/{NAME}": Static,
        "/api/articles": ApiArticles,
        f"/api/article/{NAME}": ApiArticle,
        "/api/codebook": ApiCodebook,
        "/api/near": ApiNear,
        "/api/date": ApiDate,
        "/api/wording": ApiWording,
        "/api/check": ApiCheck,
        "/api/step": ApiStep,
        "/api/undo": ApiUndo,
        "/api/redo": ApiRedo,
        "/api/suggest": ApiSuggest,
    }
    return [(f"/desk{path}", handler, {"desk": desk}) for path, handler in routes.items()]
