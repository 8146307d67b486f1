"""The line to an endpoint: to the addresses that were looked at, within bounds, with our headers.

It comes below the package `openai`, which would else follow redirects, ask proxies of the
environment, and send what other variables of it name.
"""

import time
from collections.abc import Iterator

import httpx2

# Headers that are sent; the key is put in last, and nothing above knows it.
SENT = ("accept", "content-type", "content-length", "host")
AGENT = "dispute"


class TooMuchError(Exception):
    """An answer that is larger, or slower, than any should be; or packed, unasked."""


class Line(httpx2.BaseTransport):
    """A transport that connects to known addresses alone.

    `most` bytes of an answer are read, for `seconds` at most.
    """

    def __init__(self, addresses: tuple[str, ...], key: str, most: int, seconds: float) -> None:
        self.addresses, self.most, self.seconds = addresses, most, seconds
        self._key = key
        self._below = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the first address that is connected to."""
        fault: Exception = httpx2.ConnectError("no address")
        for address in self.addresses:
            try:
                answer = self._below.handle_request(self._ours(request, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                fault = error
                continue
            return self._bounded(answer)
        raise fault

    def close(self) -> None:
        """Close all connections."""
        self._below.close()

    def _ours(self, request: httpx2.Request, address: str) -> httpx2.Request:
        headers = [(name, request.headers[name]) for name in SENT if name in request.headers]
        headers += [("user-agent", AGENT), ("accept-encoding", "identity")]
        if self._key:
            headers.append(("authorization", f"Bearer {self._key}"))
        extensions = dict(request.extensions)
        if request.url.scheme == "https":
            extensions["sni_hostname"] = request.url.host
        return httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=headers,
            stream=request.stream,
            extensions=extensions,
        )

    def _bounded(self, answer: httpx2.Response) -> httpx2.Response:
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            answer.close()
            raise TooMuchError("an answer that is packed, which was not asked for")
        until = time.monotonic() + self.seconds
        stream = _Bounded(answer.stream, self.most, until)
        return httpx2.Response(
            answer.status_code, headers=answer.headers, stream=stream, extensions=answer.extensions
        )


class _Bounded(httpx2.SyncByteStream):
    """The bytes of an answer, until there are too many or it is too late."""

    def __init__(self, stream: object, most: int, until: float) -> None:
        self._stream, self._most, self._until = stream, most, until

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:  # type: ignore[attr-defined]
            size += len(piece)
            if size > self._most:
                raise TooMuchError(f"an answer of more than {self._most / 1_000_000:g} MB")
            if time.monotonic() > self._until:
                raise TooMuchError("an answer that does not end in time")
            yield piece

    def close(self) -> None:
        self._stream.close()  # type: ignore[attr-defined]
