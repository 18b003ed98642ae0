"""The door every request passes: token, host, origin, correlation id, body cap; local is no reason to trust."""

import hmac
import logging
import re
import time
import uuid
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from platform_service.errors import NotAllowed, ServiceError, TooLarge, WrongDoor
from platform_service.http.problems import service_problem, unexpected

log = logging.getLogger(__name__)
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "vernissage"})
CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,100}")


@dataclass
class Activity:
    """When a client was last heard; the service of a dead desktop ends by it."""

    last_s: float = field(default_factory=time.monotonic)
    open_requests: int = 0


class Door:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, token: str, body_limit_bytes: int, activity: Activity) -> None:
        self._app = app
        self._token = token.encode()
        self._body_limit_bytes = body_limit_bytes
        self._activity = activity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        correlation_id = _correlation_id(headers)
        scope["correlation_id"] = correlation_id
        sent = _Sent(send, correlation_id)
        self._activity.open_requests += 1
        try:
            self._check(headers)
            await self._app(scope, _capped(receive, self._body_limit_bytes, sent), sent)
            if sent.refused is not None:
                raise sent.refused
        except Exception as error:
            if sent.started:
                raise
            sent.refused = None
            answer = _answer(error, correlation_id)
            await answer(scope, receive, sent)
        finally:
            self._activity.open_requests -= 1
            self._activity.last_s = time.monotonic()

    def _check(self, headers: dict[str, str]) -> None:
        if _host(headers.get("host", "")) not in LOCAL_HOSTS:
            raise WrongDoor("The Host header is not a local one.", "Nothing was changed.", "Ask for localhost.")
        origin = headers.get("origin")
        if origin is not None and _host(origin.partition("://")[2]) not in LOCAL_HOSTS:
            raise WrongDoor("Requests from web pages are not answered.", "Nothing was changed.", "Use the studio.")
        given = headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), b"Bearer " + self._token):
            raise NotAllowed("The token is missing or not this launch's.", "Nothing was changed.", "Attach again.")
        if int(headers.get("content-length", "0") or "0") > self._body_limit_bytes:
            raise _too_large(self._body_limit_bytes)


class _Sent:
    """Adds the correlation id to the answer and remembers whether it has begun."""

    def __init__(self, send: Send, correlation_id: str) -> None:
        self._send = send
        self._header = (b"x-correlation-id", correlation_id.encode())
        self.started = False
        self.refused: ServiceError | None = None
        """Set when the body proved too large while it was read: then the application's own answer is held back."""

    async def __call__(self, message: Message) -> None:
        """Pass a message of the answer on."""
        if self.refused is not None:
            return
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = [*message.get("headers", []), self._header]
        await self._send(message)


def _answer(error: Exception, correlation_id: str) -> ASGIApp:
    if isinstance(error, ServiceError):
        return service_problem(error, correlation_id)
    log.exception("unexpected error, correlation id %s", correlation_id)
    return unexpected(correlation_id)


def _correlation_id(headers: dict[str, str]) -> str:
    given = headers.get("x-correlation-id", "")
    return given if CORRELATION.fullmatch(given) else uuid.uuid4().hex


def _host(value: str) -> str:
    host = value.partition("/")[0].lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _too_large(limit_bytes: int) -> TooLarge:
    mib = limit_bytes // (1024 * 1024)
    return TooLarge(f"The request's body is over {mib} MiB.", "Nothing was changed.", "Send it in smaller parts.")


def _capped(receive: Receive, limit_bytes: int, sent: _Sent) -> Receive:
    read_bytes = 0

    async def capped() -> Message:
        nonlocal read_bytes
        message = await receive()
        read_bytes += len(message.get("body", b""))
        if read_bytes > limit_bytes:
            sent.refused = _too_large(limit_bytes)
            raise sent.refused
        return message

    return capped
