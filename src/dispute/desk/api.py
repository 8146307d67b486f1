"""Api: one class an address of data. Each asks the desk and decides nothing itself."""

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from dispute.desk import handlers, reading
from dispute.desk.handlers import Api
from dispute.desk.room import Desk
from dispute.desk.sent import name_of, refuse, whole_number

Route = tuple[str, type[JupyterHandler], dict[str, Any]]
# The name of an article in an address.
NAME = r"([^/]+)"


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


class ApiExamples(Api):
    """The coder's own passages on each issue."""

    @web.authenticated
    def get(self) -> None:
        """As they are now."""
        self.tell(self.desk.examples)


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
        "/?": handlers.Articles,
        f"/article/{NAME}": handlers.Article,
        "/settle": handlers.Settle,
        "/codebook": handlers.Codebook,
        f"/static/{NAME}": handlers.Static,
        "/api/articles": ApiArticles,
        f"/api/article/{NAME}": ApiArticle,
        "/api/codebook": ApiCodebook,
        "/api/examples": ApiExamples,
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
