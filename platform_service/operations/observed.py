"""What a team's service tells about its requests: one structured line, figures for Prometheus, a span of a trace."""

import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from platform_service.errors import ServiceError
from platform_service.http.trace import Trace, trace_of
from platform_service.http.working import place_in
from platform_service.identity.caller import Caller
from platform_service.operations.figures import Figures
from platform_service.operations.logs import CORRELATION, TRACE

if TYPE_CHECKING:
    from platform_service.operations.tracing import Tracing

log = logging.getLogger("platform_service.requests")
METRICS = "/metrics"
QUIET = ("/v1/health/live", "/v1/health/ready")
"""Asked every second by load balancers; counted, and told only when they fail."""

Admit = Callable[[str], Awaitable[tuple[Caller, Any]]]


class Observed:
    """ASGI middleware around the door: it sees refused requests too, and never what is in them."""

    def __init__(self, app: ASGIApp, figures: Figures, admit: Admit, tracing: "Tracing | None" = None) -> None:
        self._app = app
        self._figures = figures
        self._admit = admit
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and tell about it."""
        if scope["type"] == "http" and scope["path"] == METRICS:
            await (await self._metrics(scope))(scope, receive, send)
        elif scope["type"] == "websocket":
            with self._figures.open_socket():
                await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._observe(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _observe(self, scope: Scope, receive: Receive, send: Send) -> None:
        began_s, status, correlation_id = time.perf_counter(), 500, ""
        span = None if self._tracing is None else self._tracing.begin(_header(scope, b"traceparent"), scope["method"])
        trace = trace_of(_header(scope, b"traceparent")) if span is None else span.trace
        scope["trace"] = trace
        told = TRACE.set(trace.trace_id), CORRELATION.set(_header(scope, b"x-correlation-id")[:100] or trace.trace_id)

        async def sent(message: Message) -> None:
            nonlocal status, correlation_id
            if message["type"] == "http.response.start":
                status = message["status"]
                found = dict(message.get("headers", ()))
                correlation_id = found.get(b"x-correlation-id", b"").decode("latin-1")
            await send(message)

        try:
            with self._figures.under_way():
                await self._app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - began_s
            route = str(getattr(scope.get("route"), "path", "none"))
            self._figures.answered(scope["method"], route, status, seconds)
            if span is not None:
                span.end(route, status, {"session": str(scope.get("session_id", "")), **place_in(scope)})
            if (route not in QUIET and "is_told" not in scope) or status >= 500:
                self._tell(scope, route, status, seconds, correlation_id, trace)
            TRACE.reset(told[0])
            CORRELATION.reset(told[1])

    def _tell(self, scope: Scope, route: str, status: int, seconds: float, correlation_id: str, trace: Trace) -> None:
        caller = scope.get("caller")
        who = {"tenant": caller.tenant, "user": caller.user} if isinstance(caller, Caller) else {}
        who |= place_in(scope)
        more = {"method": scope["method"], "route": route, "status": status, "ms": round(1_000 * seconds, 1)}
        more |= {"correlation_id": correlation_id, "trace_id": trace.trace_id, "session": scope.get("session_id", "")}
        log.log(logging.WARNING if status >= 500 else logging.INFO, "request", extra={"fields": {**more, **who}})

    async def _metrics(self, scope: Scope) -> Response:
        """The figures, for this machine or for an administrator's key; for anyone else there is no such page."""
        if not _is_from_here(scope):
            scheme, _, credential = _header(scope, b"authorization").partition(" ")
            try:
                caller, _ = await self._admit(credential if scheme == "Bearer" else "")
            except ServiceError:
                return PlainTextResponse("Not found", 404)
            if not caller.may("admin"):
                return PlainTextResponse("Not found", 404)
        return Response(await self._figures.page(), media_type=self._figures.media_type)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _is_from_here(scope: Scope) -> bool:
    """Whether the request comes from this machine itself, through no proxy."""
    if any(key in (b"x-forwarded-for", b"forwarded", b"origin") for key, _ in scope["headers"]):
        return False
    client = scope.get("client")
    if not client or not client[0]:
        return True  # a Unix socket, which only the service's own user can open
    try:
        return ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
