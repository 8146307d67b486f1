"""One request to an endpoint, through the package `openai`, and what became of it.

The package is an extra of this program, `model`. It is imported when it is needed.
Nothing that an endpoint says of a failure is told: it may repeat the key, or the article.
"""

import re
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from dispute.proposing.addresses import Place
from dispute.proposing.endpoints import Endpoint
from dispute.proposing.kept import Answer

# Bytes of an answer, however long it may be: those of its tokens, and of what is around them.
LEAST, EACH = 1_000_000, 32
# Seconds to connect.
CONNECT = 10.0
# What an endpoint can mean by a status, in words.
MEANINGS = {
    400: "it does not take the request: the model may be unknown, or the text too long for it",
    401: "it does not take the key",
    402: "it asks for money",
    403: "it does not allow it to this key",
    404: "it has no such address, or no such model",
    413: "the text is too long for it",
    422: "it does not take the request",
}
# Of these another request may be better off; of those none would.
AGAIN = (408, 409, 425, 429)
HOPELESS = (401, 402, 403, 404)


class FailedError(Exception):
    """A request that gave no answer, in words of our own.

    `again`: it may be asked again, after `wait` seconds where that was said. `hopeless`: no other
    request would fare better. `form`: it may be that the schema is not taken. `unknown`: nobody
    knows how many tokens it took.
    """

    def __init__(
        self,
        words: str,
        again: bool = False,
        wait: float | None = None,
        hopeless: bool = False,
        form: bool = False,
        unknown: bool = False,
    ) -> None:
        super().__init__(words)
        self.again, self.wait, self.hopeless = again, wait, hopeless
        self.form, self.unknown = form, unknown


class Client:
    """Asks one endpoint. Raises ValueError where the package is not there."""

    def __init__(self, endpoint: Endpoint, place: Place) -> None:
        try:
            import httpx2
            import openai

            from dispute.proposing.transport import Line, TooMuchError
        except ImportError:
            told = "to ask a model the package openai is needed, and it is not installed"
            raise ValueError(f"{told}; expected it, as by `pip install openai`") from None
        self.endpoint = endpoint
        self._openai, self._too_much = openai, TooMuchError
        most = max(LEAST, EACH * endpoint.max_tokens)
        line = Line(place.addresses, endpoint.key(), most, endpoint.seconds)
        self._http = httpx2.Client(
            transport=line,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(endpoint.seconds, connect=min(CONNECT, endpoint.seconds)),
        )
        # The key is put in by the line, below; no variable of the environment comes in its place.
        self._client = openai.OpenAI(
            api_key="none",
            admin_api_key="none",
            organization="",
            project="",
            webhook_secret="",
            base_url=endpoint.base_url,
            max_retries=0,
            http_client=self._http,
        )

    def ask(self, messages: Sequence[Mapping[str, str]], form: Mapping[str, Any] | None) -> Answer:
        """The answer to some messages, held to a form where one is given. Raises FailedError."""
        openai = self._openai
        wanted: dict[str, Any] = {"messages": messages}
        wanted[self.endpoint.max_tokens_as] = self.endpoint.max_tokens
        if form is not None:
            schema = {"name": "proposals", "strict": True, "schema": form}
            wanted["response_format"] = {"type": "json_schema", "json_schema": schema}
        try:
            said = self._client.chat.completions.create(
                model=self.endpoint.model,
                temperature=self.endpoint.temperature,
                **wanted,
            )
        except self._too_much as error:
            raise FailedError(str(error), unknown=True) from None
        except openai.APITimeoutError:
            told = f"no answer within {self.endpoint.seconds:g} seconds"
            raise FailedError(told, again=True, unknown=True) from None
        except openai.APIStatusError as error:
            raise _of_status(error.status_code, error.response.headers) from None
        except openai.APIConnectionError:
            raise FailedError("no connection, or one that broke off", True, unknown=True) from None
        except (openai.OpenAIError, ValueError, RecursionError, TypeError, AttributeError):
            told = "what came is no answer of the chat API"
            raise FailedError(told, again=True, unknown=True) from None
        return _answer(said)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()


def _of_status(status: int, headers: Mapping[str, str]) -> FailedError:
    """A failure from a status of HTTP, in words of our own."""
    if 300 <= status < 400:
        return FailedError(f"it sends elsewhere ({status}), which is not followed", hopeless=True)
    if status in AGAIN or status >= 500:
        words = "too many requests" if status == 429 else "it failed"
        return FailedError(f"{words} ({status})", True, _wait(headers.get("retry-after", "")))
    words = MEANINGS.get(status, "it does not take the request")
    is_hopeless = status in HOPELESS
    return FailedError(f"{words} ({status})", hopeless=is_hopeless, form=status in (400, 422))


def _wait(words: str) -> float | None:
    """The seconds that `Retry-After` asks for, as a number or as a time; None where it is none."""
    if re.fullmatch("[0-9]{1,6}([.][0-9]{1,6})?", words.strip()):
        return float(words)
    try:
        return max(0.0, parsedate_to_datetime(words).timestamp() - time())
    except (ValueError, TypeError, OverflowError):
        return None


def _answer(said: Any) -> Answer:
    """What was said, as far as it is an answer at all. Raises FailedError where it is none."""
    try:
        choice = said.choices[0]
        words, ended = choice.message.content, choice.finish_reason
        refusal = getattr(choice.message, "refusal", None)
    except (AttributeError, IndexError, TypeError, KeyError):
        told = "what came is no answer of the chat API"
        raise FailedError(told, again=True, unknown=True) from None
    if words is None:
        # An answer without words: the model would not, or had nothing to say.
        words, ended = "", "refusal" if refusal else ended
    if not isinstance(words, str):
        raise FailedError("what came is no answer of the chat API", again=True, unknown=True)
    tokens = getattr(getattr(said, "usage", None), "total_tokens", None)
    if type(tokens) is not int or not 0 < tokens < 1_000_000_000:
        tokens = 0
    return Answer(words, ended if isinstance(ended, str) else "", tokens)
