"""A polite client: pages of the network, within bounds that no page can move.

One request a second; robots.txt is obeyed (RFC 9309); a page has a size and a time at most, and
redirects are few. A name is resolved once: every address that it has must be a public one, and the
one that was looked at is the one that is connected to. The name stays what TLS is checked by.
Proxies of the environment are not used: behind one, nobody here would know what is connected to.
"""

import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from dispute.intake.drafts import RefusedError
from dispute.intake.own_network import is_own

AGENT = "dispute/0.1 (research on news articles; one request a second)"
# What robots.txt calls us by.
PRODUCT = "dispute"
# Seconds between requests, of one wait, of a whole answer; the longest pause a site may ask for.
PAUSE, WAIT, WHOLE, LONGEST_PAUSE = 1.0, 20.0, 60.0, 60.0
# Bytes of a page, as sent and as unpacked, and of robots.txt; redirects; characters of an address.
BYTES, ROBOTS, REDIRECTS, ADDRESS = 10_000_000, 500_000, 5, 2_000
# What is not kept of the headers: a session is nobody's business.
SECRET = {"set-cookie", "set-cookie2"}
MOVED = (301, 302, 303, 307, 308)


class Page(NamedTuple):
    """What came from an address: `body` is unpacked; `addresses` are all that led to it."""

    addresses: tuple[str, ...]
    fetched: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """A header by its name in small letters; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def charset(self) -> str:
        """The encoding that the sender names; empty where it names none."""
        kind = self.header("content-type")
        found = re.search(r"charset\s*=\s*[\"']?([\w-]+)", kind, re.IGNORECASE)
        return found[1] if found else ""


@dataclass
class Client:
    """Fetches pages, and remembers when it last asked and what each robots.txt said.

    `own_network` lets it connect to addresses of one's own network as well.
    """

    own_network: bool = False
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _last: float = 0.0
    _rules: dict[tuple[str, str], str] = field(default_factory=dict)

    def fetch(self, address: str) -> Page:
        """The page of an address. Raises RefusedError, with the reason in words."""
        return self._follow(address, asks_robots=True)

    def _follow(self, address: str, asks_robots: bool) -> Page:
        addresses = [address]
        while True:
            parts = _parts(addresses[-1])
            pause = self._allowed_pause(parts) if asks_robots else PAUSE
            page = self._ask(parts, pause, BYTES if asks_robots else ROBOTS)
            place = page.header("location")
            if page.status not in MOVED or not place:
                return page._replace(addresses=tuple(addresses))
            if len(addresses) > REDIRECTS:
                raise RefusedError(f"more than {REDIRECTS} redirects; expected a page")
            addresses.append(urljoin(addresses[-1], place).partition("#")[0])

    def _allowed_pause(self, parts: SplitResult) -> float:
        """How long to wait before a page; raises RefusedError where robots.txt forbids it."""
        from protego import Protego

        home = (parts.scheme, parts.netloc)
        if home not in self._rules:
            self._rules[home] = self._robots(parts)
        rules = Protego.parse(self._rules[home])
        if not rules.can_fetch(parts.geturl(), PRODUCT):
            raise RefusedError("its robots.txt asks programs to leave this page alone")
        delay = rules.crawl_delay(PRODUCT) or 0
        if delay > LONGEST_PAUSE:
            raise RefusedError(f"its robots.txt asks for {delay:g} seconds before each page")
        return max(PAUSE, delay)

    def _robots(self, parts: SplitResult) -> str:
        """The rules of a site: none where it has no robots.txt, all forbidden where it fails."""
        page = self._follow(f"{parts.scheme}://{parts.netloc}/robots.txt", asks_robots=False)
        if 400 <= page.status < 500:
            return ""
        if page.status != 200:
            raise RefusedError(f"its robots.txt is not to be had (status {page.status})")
        return page.body.decode("utf-8", errors="replace")

    def _ask(self, parts: SplitResult, pause: float, most: int) -> Page:
        """One request and its answer, without redirects."""
        connected = _addresses(parts, self.own_network)
        time.sleep(max(0.0, self._last + pause - time.monotonic()))
        self._last = time.monotonic()
        try:
            with closing(_Pinned(parts, connected, self.context)) as connection:
                with _ended_after(WHOLE, connection):
                    return _answer(connection, parts, most)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            words = str(error) or type(error).__name__
            raise RefusedError(f"{parts.netloc} gave no page: {words[:200]}") from error


class _Pinned(http.client.HTTPConnection):
    """A connection to one of some addresses that were looked at, by the name that was asked for."""

    def __init__(
        self, parts: SplitResult, addresses: list[str], context: ssl.SSLContext | None
    ) -> None:
        secure = parts.scheme == "https"
        super().__init__(parts.hostname or "", parts.port or (443 if secure else 80))
        self.addresses = addresses
        self.context = context if secure else None
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        """Connect to the first address that answers; nothing is resolved again."""
        fault = OSError("no address")
        for address in self.addresses:
            try:
                self.sock = socket.create_connection((address, self.port), timeout=WAIT)
                break
            except OSError as error:
                fault = error
        else:
            raise fault
        if self.context:
            self.sock = self.context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def _parts(address: str) -> SplitResult:
    """The parts of an address, as they are asked for; raises RefusedError for what is none."""
    expected = "expected an address such as https://paper.example/2019/03/story"
    safe = "%/:=&?~+!$,;'@()*[]|"
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
        path, query = quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe)
    except ValueError as error:
        raise RefusedError(f"no address ({error}); {expected}") from error
    if parts.scheme not in ("http", "https") or not host or len(address) > ADDRESS:
        raise RefusedError(f"no address of a page; {expected}")
    if parts.username is not None:
        raise RefusedError(f"a name or password in the address; {expected}")
    if not re.fullmatch(r"[0-9a-z._:-]+", host):
        raise RefusedError(f"no name of a host; {expected}")
    host = f"[{host}]" if ":" in host else host
    return SplitResult(parts.scheme, f"{host}:{port}" if port else host, path, query, "")


def _addresses(parts: SplitResult, own_network: bool) -> list[str]:
    """Every address of a host. Raises RefusedError where one is of one's own network."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"no host is called {parts.hostname}") from error
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    own = [address for address in addresses if is_own(address)]
    if own and not own_network:
        told = f"{parts.hostname} leads into one's own network ({own[0]})"
        raise RefusedError(f"{told}; expected a public address, or --own-network")
    return addresses


@contextmanager
def _ended_after(seconds: float, connection: http.client.HTTPConnection) -> Iterator[None]:
    """End a connection when its time is over, whatever its other side is doing."""
    over = threading.Event()

    def end() -> None:
        over.set()
        with suppress(OSError, TypeError):
            # Not the method of TLS, which would forget its state while it is being read.
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if over.is_set():
            raise RefusedError(f"no whole answer within {seconds:g} seconds")


def _answer(connection: http.client.HTTPConnection, parts: SplitResult, most: int) -> Page:
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    accepted = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"
    headers = {"User-Agent": AGENT, "Accept": accepted, "Accept-Encoding": "gzip"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    fetched = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kept = [(key, value) for key, value in answer.getheaders() if key.lower() not in SECRET]
    page = Page((), fetched, answer.status, tuple(kept), b"")
    if answer.status in MOVED:
        return page
    return page._replace(body=_unpacked(_sent(answer, most), page.header("content-encoding"), most))


def _sent(answer: http.client.HTTPResponse, most: int) -> bytes:
    """The bytes of an answer, as they were sent."""
    parts, size = [], 0
    while part := answer.read(65_536):
        size += len(part)
        if size > most:
            raise RefusedError(f"a page of more than {most / 1_000_000:g} MB")
        parts.append(part)
    if answer.length:
        raise RefusedError(f"a page that ends {answer.length} bytes too early")
    return b"".join(parts)


def _unpacked(sent: bytes, encoding: str, most: int) -> bytes:
    if encoding.lower() in ("", "identity"):
        return sent
    if encoding.lower() not in ("gzip", "x-gzip"):
        raise RefusedError(f"a page packed as {encoding[:40]!r}; expected gzip, or none")
    unpacking = zlib.decompressobj(31)
    content = unpacking.decompress(sent, most + 1)
    if len(content) > most:
        raise RefusedError(f"a page that unpacks to more than {most / 1_000_000:g} MB")
    if not unpacking.eof:
        raise RefusedError("a packed page that ends too early")
    return content
