"""The transport below LiteLLM: bounded, unpacked by nobody, redirected nowhere; it notes what was seen of each call."""

from collections.abc import AsyncIterator
from contextvars import ContextVar
from urllib.request import getproxies, proxy_bypass

import httpx

from agent.models.trouble import Seen

MOST_BYTES = 8 * 2**20
"""More of an answer than this is not read."""
seen_of_call: ContextVar[Seen] = ContextVar("seen_of_call")
"""Where the transport notes what it sees; set for each call."""


class BoundedTransport(httpx.AsyncBaseTransport):
    """Refuses what no honest provider sends: packed, redirected or endless answers."""

    def __init__(self, inner: httpx.AsyncBaseTransport, most_bytes: int = MOST_BYTES) -> None:
        self._inner, self._most_bytes = inner, most_bytes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, note, and look at the head of what comes back."""
        seen = seen_of_call.get(Seen())
        request.headers["accept-encoding"] = "identity"
        try:
            response = await self._inner.handle_async_request(request)
        except httpx.TimeoutException as error:
            seen.sent = not isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout))
            raise
        except httpx.TransportError as error:
            seen.sent = not isinstance(error, httpx.ConnectError)
            raise httpx.ReadError(str(error), request=request) from None  # one kind, which no client tries again itself
        except BaseException:
            seen.sent = True
            raise
        seen.sent = True
        seen.unfit = self._unfit(response)
        if seen.unfit:
            await response.aclose()
            raise httpx.ReadError(seen.unfit, request=request)
        seen.status, seen.retry_after = response.status_code, response.headers.get("retry-after", "")
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Bounded(response.stream, self._most_bytes, seen)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _unfit(self, response: httpx.Response) -> str:
        if 300 <= response.status_code < 400:
            return "sent us elsewhere (a redirect, which is not followed)"
        if response.headers.get("content-encoding", "identity").strip().casefold() not in ("", "identity"):
            return "sent a packed answer, which was not asked for"
        length = response.headers.get("content-length", "0")
        return "sent far too long an answer" if length.isdigit() and int(length) > self._most_bytes else ""


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, most_bytes: int, seen: Seen) -> None:
        self._inner, self._most_bytes, self._seen = inner, most_bytes, seen

    async def __aiter__(self) -> AsyncIterator[bytes]:
        count = 0
        try:
            async for part in self._inner:
                count += len(part)
                if count > self._most_bytes:
                    self._seen.unfit = "sent far too long an answer"
                    break
                yield part
        except httpx.RemoteProtocolError as error:
            raise httpx.ReadError(str(error)) from None
        if self._seen.unfit:
            raise httpx.ReadError(self._seen.unfit)

    async def aclose(self) -> None:
        await self._inner.aclose()


def transport_to(url: str) -> BoundedTransport:
    """A transport to that address, through the system's proxy where one is set for it."""
    parts = httpx.URL(url)
    proxy = None if proxy_bypass(parts.host) else getproxies().get(parts.scheme)
    return BoundedTransport(httpx.AsyncHTTPTransport(retries=0, proxy=proxy))
