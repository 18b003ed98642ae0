"""The door every request passes: size, host, origin, rate, credential; local is no reason to trust."""

import logging
import re
import time
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from platform_service.errors import HeadersTooLarge, NotAllowed, ServiceError, TooLarge, TooManyRequests, WrongDoor
from platform_service.http.problems import service_problem, unexpected
from platform_service.http.refusals import Refusals
from platform_service.http.trace import Trace, trace_of
from platform_service.http.turns import Turns
from platform_service.identity.caller import Caller
from platform_service.settings import DoorRules

log = logging.getLogger(__name__)
CORRELATION = re.compile(r"[A-Za-z0-9._:-]{1,100}")
SESSION = re.compile(r"[A-Za-z0-9._:-]{1,64}")
REFUSED_SOCKET = 1008
Value = TypeVar("Value")


@dataclass
class Activity:
    """When a client was last heard; the service of a dead desktop ends by it."""

    last_s: float = field(default_factory=time.monotonic)
    open_requests: int = 0


class Entry(Protocol):
    """Who decides whether a request is let in."""

    async def knock(self, address: str) -> Mapping[str, str]:
        """Count a request from an address that proves nobody; gives headers of the answer."""
        ...

    async def admit(self, credential: str, address: str) -> tuple[Caller, Mapping[str, str]]:
        """The caller that a bearer credential proves, and headers of the answer; the address is counted anyway."""
        ...


class Door:
    """ASGI middleware around the whole application."""

    def __init__(
        self,
        app: ASGIApp,
        entry: Entry,
        rules: DoorRules,
        without_token: frozenset[str],
        activity: Activity,
        turns: Turns | None = None,
    ) -> None:
        """With `turns`, tenants take turns."""
        self._app = app
        self._entry = entry
        self._rules = rules
        self._without_token = without_token
        self._activity = activity
        self._refusals = Refusals()
        self._turns = turns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it with a problem."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        is_observed = "trace" in scope
        trace = scope.get("trace") or trace_of(headers.get("traceparent", ""))
        correlation_id = _correlation_id(headers, trace)
        scope["correlation_id"], scope["trace"] = correlation_id, trace
        scope["session_id"] = _session_id(headers)
        sent = _Sent(send, {"x-correlation-id": correlation_id, "traceparent": trace.header})
        self._activity.open_requests += 1
        try:
            await self._let_in(scope, headers, sent)
            await self._pass_on(scope, receive, sent)
            if sent.refused is not None:
                raise sent.refused
        except Exception as error:
            if sent.started:
                raise
            sent.refused = None
            await _answer(error, correlation_id, scope, receive, sent)
        finally:
            self._activity.open_requests -= 1
            self._activity.last_s = time.monotonic()
            if not is_observed and scope["type"] == "http" and scope["method"] != "GET":
                log.info("%s %s, correlation id %s", scope["method"], scope["path"], correlation_id)

    async def _pass_on(self, scope: Scope, receive: Receive, sent: "_Sent") -> None:
        capped, caller = _capped(receive, self._rules.body_limit_bytes, sent), scope.get("caller")
        if self._turns is None or scope["type"] != "http" or not isinstance(caller, Caller):
            await self._app(scope, capped, sent)
            return
        async with self._turns.request(caller.tenant) as turn:
            scope["turn"] = turn
            await self._app(scope, turn.receiving(capped), turn.sending(sent))

    async def _let_in(self, scope: Scope, headers: Mapping[str, str], sent: "_Sent") -> None:
        rules = self._rules
        size_bytes = sum(len(name) + len(value) for name, value in scope["headers"])
        if len(scope["headers"]) > rules.header_limit or size_bytes > rules.header_limit_bytes:
            raise HeadersTooLarge("The request has too many headers.", "Nothing was changed.", "Send fewer of them.")
        if _host(headers.get("host", "")) not in rules.hosts:
            raise WrongDoor("The Host header is not a local one.", "Nothing was changed.", "Ask for localhost.")
        origin = headers.get("origin")
        if origin is not None and _host(origin.partition("://")[2]) not in rules.origins:
            raise WrongDoor("Requests from web pages are not answered.", "Nothing was changed.", "Use the studio.")
        address = _address(scope, headers, rules.trusted_proxies)
        scheme, _, credential = headers.get("authorization", "").partition(" ")
        whose = ("address " + address, "credential " + credential)
        self._check(scope, whose)
        if scope["path"] in self._without_token or scheme != "Bearer":
            sent.headers.update(await self._counted(whose, self._entry.knock(address)))
        if scope["path"] not in self._without_token:
            if scheme != "Bearer":
                raise NotAllowed("The token is missing.", "Nothing was changed.", "Sign in, or attach again.")
            scope["caller"], standing = await self._counted(whose, self._entry.admit(credential, address))
            sent.headers.update(standing)
        if int(headers.get("content-length", "0") or "0") > rules.body_limit_bytes:
            raise _too_large(rules.body_limit_bytes)

    def _check(self, scope: Scope, whose: Sequence[str]) -> None:
        """Refuse at once who was refused a moment ago; one line in the log tells of all of that moment."""
        try:
            for one in whose:
                self._refusals.check(one)
        except TooManyRequests:
            scope["is_told"] = True
            raise

    async def _counted(self, whose: tuple[str, str], asked: Awaitable[Value]) -> Value:
        try:
            return await asked
        except TooManyRequests as error:
            self._refusals.note(whose[0 if error.is_of_address else 1], error)
            raise


class _Sent:
    """Adds our headers to the answer and remembers whether it has begun."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send = send
        self.headers = headers
        self.started = False
        self.refused: ServiceError | None = None
        """Set when the body proved too large while it was read: then the application's own answer is held back."""

    async def __call__(self, message: Message) -> None:
        """Pass a message of the answer on."""
        if self.refused is not None:
            return
        if message["type"] in ("http.response.start", "websocket.accept"):
            self.started = True
            ours = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
            message["headers"] = [*message.get("headers", []), *ours]
        await self._send(message)


async def _answer(error: Exception, correlation_id: str, scope: Scope, receive: Receive, sent: _Sent) -> None:
    if scope["type"] == "websocket":
        await sent({"type": "websocket.close", "code": REFUSED_SOCKET})
        return
    if isinstance(error, ServiceError):
        sent.headers.update(error.headers)
        await service_problem(error, correlation_id)(scope, receive, sent)
        return
    log.exception("unexpected error, correlation id %s", correlation_id)
    await unexpected(correlation_id)(scope, receive, sent)


def _correlation_id(headers: Mapping[str, str], trace: Trace) -> str:
    given = headers.get("x-correlation-id", "")
    return given if CORRELATION.fullmatch(given) else trace.trace_id


def _session_id(headers: Mapping[str, str]) -> str:
    """The session of the creator that a call is part of; nothing where there is none."""
    given = headers.get("x-session-id", "")
    return given if SESSION.fullmatch(given) else ""


def _address(scope: Scope, headers: Mapping[str, str], proxies: int) -> str:
    """Where the request came from: what the outermost of our own proxies saw."""
    if proxies:
        seen = [one.strip() for one in headers.get("x-forwarded-for", "").split(",") if one.strip()]
        if len(seen) >= proxies:
            return seen[-proxies][:64]
    client = scope.get("client")
    return str(client[0]) if client else "local"


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
