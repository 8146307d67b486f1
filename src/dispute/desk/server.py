"""The server: Jupyter Server with the desk and nothing else of what Jupyter serves.

Token, cross-site protection and `base_url` are Jupyter's. Contents, files, kernels, terminals,
other extensions and the user's configuration are off.
"""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.extension.application import ExtensionApp
from jupyter_server.serverapp import JupyterApp, ServerApp
from jupyter_server.services.contents.manager import ContentsManager
from traitlets.config import Config

from dispute.desk.api import addresses
from dispute.desk.room import Desk

# Nothing is loaded from anywhere but the desk itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Bytes of a request.
MOST = 1_000_000


class Place(NamedTuple):
    """Where the desk is served: address of the machine, port, path before `desk/`, other names."""

    ip: str
    port: int
    base_url: str = "/"
    hosts: Sequence[str] = ()

    def address(self, token: str) -> str:
        """The address to open, with the token; Jupyter hides one that it was given."""
        ip = self.ip if self.ip not in ("", "0.0.0.0", "::") else "127.0.0.1"
        name = f"[{ip}]" if ":" in ip else ip
        return f"http://{name}:{self.port}{self.path}desk/?token={token}"

    @property
    def path(self) -> str:
        """What stands before `desk/`, with a slash at either end."""
        inner = self.base_url.strip("/")
        return f"/{inner}/" if inner else "/"


class NoContents(ContentsManager):
    """A manager of no contents: without it `/files/PATH` would serve the whole folder."""

    def get_extra_handlers(self) -> list[tuple[str, type[JupyterHandler], dict[str, Any]]]:
        """No address of files."""
        return []


class OfOwnConfiguration(JupyterApp):
    """Reads no configuration of the user's: it could take the token away, or the checks."""

    def load_config_file(self, *given: Any, **named: Any) -> None:
        """Neither `jupyter_config` nor a file of its own name."""


class DeskServer(OfOwnConfiguration, ServerApp):
    """A server with nothing to serve of its own but tokens and their cookies."""

    name = "dispute-desk-server"
    default_services = ("auth", "security")  # type: ignore[assignment]


class DeskApp(OfOwnConfiguration, ExtensionApp):
    """The desk as an extension application of that server."""

    name = "dispute-desk"
    extension_url = "/desk/"
    load_other_extensions = False
    serverapp_class = DeskServer
    desk: Desk

    @classmethod
    def get_extension_package(cls) -> str:
        """The module that says which applications there are."""
        return __name__

    def initialize_handlers(self) -> None:
        """The addresses of the desk; all of them get the one desk there is."""
        self.handlers.extend(addresses(self.desk))

    async def _start_jupyter_server_extension(self, serverapp: ServerApp) -> None:
        """What is slow to read is read before somebody waits for it."""
        self.desk.make_ready()

    async def stop_extension(self) -> None:
        """All that was saved stands in the tables when the desk is closed."""
        self.desk.close()


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": __name__, "app": DeskApp}]


def make_server(desk: Desk, place: Place, opens_browser: bool) -> ServerApp:
    """The server, listening; `start` runs it until it is stopped.

    Its token is new, or the one of `JUPYTER_TOKEN`.
    """
    DeskApp.desk = desk
    own = str(files("dispute").joinpath("templates/desk/refused"))
    settings = {
        "ip": place.ip,
        "port": place.port,
        "base_url": place.path,
        "local_hostnames": ["localhost", *place.hosts],
        "port_retries": 0,
        "open_browser": opens_browser,
        "allow_root": True,
        "answer_yes": True,
        "max_body_size": MOST,
        "max_buffer_size": 2 * MOST,
        "contents_manager_class": NoContents,
        "extra_template_paths": [own],
        "log_level": "WARN",
        "root_dir": own,
        "tornado_settings": {"headers": {"Content-Security-Policy": POLICY}},
    }
    server: ServerApp = DeskApp.initialize_server(argv=[], config=Config(ServerApp=settings))
    # The verb tells the address.
    server.log.addFilter(lambda record: "To access the server" not in str(record.msg))
    return server
