"""Handlers: one class an address of the desk. Each asks a room and decides nothing itself."""

import json
from http.client import responses
from typing import Any

from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado import web

from dispute.desk import pages
from dispute.desk.room import Desk

Route = tuple[str, type[JupyterHandler], dict[str, Any]]
# The name of an article in an address.
NAME = r"([^/]+)"


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

    def answer(self, said: object) -> None:
        """Answer with data."""
        assert self.xsrf_token
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(said, ensure_ascii=False, separators=(",", ":")))


class Articles(Page):
    """The list of articles."""

    @web.authenticated
    def get(self) -> None:
        """Each with its state and the share that is coded."""
        self.show("articles", articles=self.desk.library.articles())


class Article(Page):
    """The desk for one article."""

    @web.authenticated
    def get(self, article: str) -> None:
        """The page is empty: its script asks for the article."""
        found = self.desk.library.head(article)
        if not found:
            raise web.HTTPError(404)
        self.show("article", article=found)


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
        self.answer(
            {
                "version": "0",
                "coder": self.desk.coder,
                "articles": self.desk.library.articles(),
            }
        )


class ApiArticle(Api):
    """An article with what the coder marked in it."""

    @web.authenticated
    def get(self, article: str) -> None:
        """Its lines, furniture and rows."""
        found = self.desk.library.article(article)
        if not found:
            raise web.HTTPError(404)
        self.answer(found)


class ApiCodebook(Api):
    """The codebook at hand."""

    @web.authenticated
    def get(self) -> None:
        """Actors, issues, scale, kinds of tie, rules, columns."""
        self.answer(self.desk.library.codebook())


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
    }
    return [(f"/desk{path}", handler, {"desk": desk}) for path, handler in routes.items()]
