"""The only module that knows websockets: one live line to the platform, with its own heartbeat and one error."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from agent.ports.errors import PortError
from app.platform.http import Access

_OPEN_S = 3.0
_BEAT_EVERY_S, _BEAT_WITHIN_S = 2.0, 4.0
"""A line that was cut without a word is noticed after at most six seconds."""
_LONGEST_BYTES = 16 * 1024 * 1024
_LOG = logging.getLogger("vernissage.line")
_LOG.setLevel(logging.INFO)
"""Below it the library writes the headers of the line, and with them the token."""


class LineLost(PortError):
    """There is no live line just now; what is saved goes on by itself."""


class PlatformSocket:
    """An open line; `say` and `hear` raise LineLost once it is cut."""

    def __init__(self, connection: Any, lost: type[Exception]) -> None:
        self._connection = connection
        self._lost = lost

    async def say(self, message: dict[str, Any]) -> None:
        """Send one message."""
        try:
            await self._connection.send(json.dumps(message))
        except (self._lost, OSError) as error:
            raise _line_lost() from error

    async def hear(self) -> AsyncIterator[dict[str, Any]]:
        """The platform's messages as they come; what is not one is left out."""
        try:
            async for text in self._connection:
                message = json.loads(text)
                if isinstance(message, dict):
                    yield message
        except (self._lost, OSError, ValueError) as error:
            raise _line_lost() from error


@asynccontextmanager
async def opened(access: Access, session_id: str) -> AsyncIterator[PlatformSocket]:
    """A line to the platform until the block ends; raises LineLost."""
    from websockets.asyncio.client import connect, unix_connect  # takes a moment, and is not needed at the start
    from websockets.exceptions import WebSocketException

    headers = {"Authorization": f"Bearer {access.token}", "X-Session-Id": session_id}
    options: dict[str, Any] = {
        "additional_headers": headers,
        "open_timeout": _OPEN_S,
        "ping_interval": _BEAT_EVERY_S,
        "ping_timeout": _BEAT_WITHIN_S,
        "close_timeout": 1.0,
        "max_size": _LONGEST_BYTES,
        "compression": None,
        "proxy": None,
        "logger": _LOG,
    }
    address = f"{_web_socket(access.base)}/v1/live"
    try:
        opening = unix_connect(access.socket, address, **options) if access.socket else connect(address, **options)
        connection = await opening.__aenter__()
    except (WebSocketException, OSError, TimeoutError) as error:
        raise _line_lost() from error
    try:
        yield PlatformSocket(connection, WebSocketException)
    finally:
        await connection.close()


def _web_socket(base: str) -> str:
    return "ws" + base.removeprefix("http")


def _line_lost() -> LineLost:
    return LineLost("The live line to the platform is cut.", "Your edits are kept on this computer.")
