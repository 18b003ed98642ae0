"""The only module that knows httpx: requests to the platform, with deadlines, retries of reads, and one error."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx
import structlog
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from agent.ports.errors import PortError

_WORTH_ANOTHER_TRY = (408, 425, 429)
"""Refusals that may pass: a time-out, too many requests."""

_ANSWERS_WITHIN_S = 3.0


@dataclass(frozen=True)
class Access:
    """How to reach a platform: a Unix socket, a loopback port or an address, and the token that it wants."""

    token: str
    socket: str | None = None
    port: int | None = None
    url: str | None = None
    """The address of a team's platform; the embedded one has a socket or a port."""

    @property
    def base(self) -> str:
        """The address that paths are added to."""
        if self.url is not None:
            return self.url
        return "http://localhost" if self.socket else f"http://127.0.0.1:{self.port}"


class PlatformUnreachable(PortError):
    """No answer came: the platform is down, starting, the line was cut, or it has a new token since a restart."""


class TokenRefused(PlatformUnreachable):
    """The platform does not take the token: it has run out, or the platform was started anew."""


class Refused(PortError):
    """The platform will not do this, however often it is asked."""

    transient = False


class Conflict(PortError):
    """The write was based on something that has changed since; `problem` is the platform's answer."""

    transient = False

    def __init__(self, what: str, problem: Mapping[str, Any]) -> None:
        super().__init__(what, str(problem.get("kept", "")), str(problem.get("advice", "")))
        self.problem = problem


@dataclass(frozen=True)
class Answer:
    """A successful answer: its body and its headers, names in lower case."""

    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class PlatformHttp:
    """A client of one platform; unreachable until `connect`, which is called again after every restart."""

    def __init__(self, timeout_s: float = 20.0) -> None:
        self._timeout_s = timeout_s
        self._client: httpx.AsyncClient | None = None
        self._access: Access | None = None
        self.is_refused = False
        """Whether the platform has refused the token since `connect`: another one is needed."""
        self.session_id = uuid4().hex
        """Names this program's session to the platform: what comes back to us by the live line is known by it."""

    @property
    def access(self) -> Access:
        """How the platform is reached now; raises PlatformUnreachable before the first `connect`."""
        if self._access is None:
            raise PlatformUnreachable("The platform is not connected yet.")
        return self._access

    def _client_of(self, access: Access) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(uds=access.socket, retries=0)
        headers = {"Authorization": f"Bearer {access.token}", "X-Session-Id": self.session_id}
        limits = httpx.Timeout(self._timeout_s, connect=2.0)
        return httpx.AsyncClient(
            base_url=access.base, transport=transport, headers=headers, timeout=limits, trust_env=False
        )

    @property
    def _is_team(self) -> bool:
        return self._access is not None and self._access.url is not None

    async def connect(self, access: Access) -> None:
        """Talk to this platform from now on."""
        before, self._access, self.is_refused = self._access, access, False
        if self._client is not None and before is not None and replace(before, token="") == replace(access, token=""):
            self._client.headers["Authorization"] = f"Bearer {access.token}"  # what is under way goes on
            return
        old, self._client = self._client, self._client_of(access)
        if old is not None:
            await old.aclose()

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def get(self, path: str, params: Mapping[str, str | int] | None = None) -> Answer:
        """Read; retried briefly while the platform is unreachable."""
        return await self._retried("GET", path, None, params, {})

    async def once(self, path: str) -> Answer:
        """Read without any retry, to see whether the platform answers."""
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN_S):
                return await self._once("GET", path, None, None, {"X-Correlation-Id": uuid4().hex})
        except TimeoutError as error:
            raise PlatformUnreachable("The platform does not answer.") from error

    async def ask(self, path: str, body: object) -> Answer:
        """A read that needs a body (search, lookup); retried like `get`."""
        return await self._retried("POST", path, body, None, {})

    async def write(self, method: str, path: str, body: object, key: str) -> Answer:
        """Write with an idempotency key, so that a retry after a lost answer has no second effect."""
        return await self._retried(method, path, body, None, {"Idempotency-Key": key})

    async def send(self, path: str, content: bytes, params: Mapping[str, str | int]) -> Answer:
        """Put bytes that may be put again without harm; not retried here."""
        return await self._once("PUT", path, content, params, {"X-Correlation-Id": uuid4().hex})

    async def _retried(
        self,
        method: str,
        path: str,
        body: object,
        params: Mapping[str, str | int] | None,
        headers: dict[str, str],
    ) -> Answer:
        headers = {"X-Correlation-Id": _correlation_id(), **headers}
        attempts = AsyncRetrying(
            retry=retry_if_exception_type(PlatformUnreachable),
            stop=stop_after_attempt(9 if self._is_team else 4),
            wait=wait_exponential_jitter(multiplier=0.1, max=1.0),
            reraise=True,
        )
        async for attempt in attempts:
            with attempt:
                return await self._once(method, path, body, params, headers)
        raise AssertionError("unreachable: the last attempt re-raises")

    async def _once(
        self,
        method: str,
        path: str,
        body: object,
        params: Mapping[str, str | int] | None,
        headers: dict[str, str],
    ) -> Answer:
        try:
            content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            media = "application/octet-stream" if isinstance(body, bytes) else "application/json"
            sent = {**headers, **({"Content-Type": media} if content is not None else {})}
            if self._client is None:
                raise httpx.ConnectError("not connected yet")
            answer = await self._client.request(method, path, content=content, params=params, headers=sent)
        except (httpx.TransportError, RuntimeError) as error:
            raise PlatformUnreachable(
                "The team's platform did not answer." if self._is_team else "The library service did not answer.",
                kept="Everything approved is kept on this computer.",
                advice="It is asked again by itself." if self._is_team else "It is being restarted; try again soon.",
                correlation_id=headers["X-Correlation-Id"],
            ) from error
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self.is_refused = True
            raise TokenRefused(
                "The team's platform does not take the old token any more."
                if self._is_team
                else "The library service was restarted by another window.",
                kept="Everything approved is kept on this computer.",
                advice="The line to it is being renewed; try again in a moment.",
                correlation_id=headers["X-Correlation-Id"],
            )
        if answer.is_success:
            return Answer(answer.content, {name.lower(): value for name, value in answer.headers.items()})
        raise _problem(answer, headers["X-Correlation-Id"])


def exchange_code(url: str, code: str) -> tuple[str, str, float]:
    """A token, the code's successor and the token's life in seconds; raises Refused or PlatformUnreachable. Blocks."""
    try:
        answer = httpx.post(
            f"{url}/v1/identity/token", json={"refresh_code": code}, timeout=_ANSWERS_WITHIN_S * 2, trust_env=False
        )
        if answer.is_client_error and answer.status_code not in _WORTH_ANOTHER_TRY:
            raise Refused(str(answer.json().get("detail", "The code was not accepted.")))
        answer.raise_for_status()
        given = answer.json()
        return str(given["access_token"]), str(given["refresh_code"]), float(given["expires_in_s"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise PlatformUnreachable("The platform did not answer.") from error


def _correlation_id() -> str:
    """That of the turn for which the platform is asked, as it stands in the logs too; else a new one."""
    return str(structlog.contextvars.get_contextvars().get("correlation_id") or uuid4().hex)


def _problem(answer: httpx.Response, correlation_id: str) -> PortError:
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    what = str(problem.get("detail") or problem.get("title") or f"The platform answered {answer.status_code}.")
    if answer.status_code == httpx.codes.CONFLICT:
        return Conflict(what, problem)
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:  # as while a store is started again: asked once more
        return PlatformUnreachable(what, str(problem.get("kept", "")), str(problem.get("advice", "")), correlation_id)
    kind = Refused if answer.is_client_error and answer.status_code not in _WORTH_ANOTHER_TRY else PortError
    return kind(
        what,
        kept=str(problem.get("kept", "")),
        advice=str(problem.get("advice", "")),
        correlation_id=str(problem.get("correlation_id", correlation_id)),
    )
