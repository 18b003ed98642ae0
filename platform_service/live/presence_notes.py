"""What is to be kept of people's presence, gathered: the latest of each session, all in one go, not too often."""

import asyncio
import contextlib

from platform_service.live.messages import Told
from platform_service.live.presence import Presence, Where

NOTED_EVERY_S = 0.5
"""So often at most a replica notes where its people stand, however many move; who leaves is noted at once."""


class PresenceNotes:
    """Notes in the background; nobody who moves or leaves waits for it."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._latest: dict[Where, Told | None] = {}
        self._urgent = asyncio.Event()
        self._noting: asyncio.Task[None] | None = None
        self._is_closing = False

    def stands(self, where: Where, told: Told) -> None:
        """Somebody stands somewhere."""
        self._latest[where] = told
        self._note_soon()

    def left(self, where: Where) -> None:
        """Somebody left."""
        self._latest[where] = None
        self._urgent.set()
        self._note_soon()

    async def close(self) -> None:
        """Note what is left to be noted."""
        self._is_closing = True
        self._urgent.set()
        if self._noting is not None:
            await asyncio.gather(self._noting, return_exceptions=True)

    def _note_soon(self) -> None:
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note(), name="note who is where")

    async def _note(self) -> None:
        while self._latest:
            news, self._latest = self._latest, {}
            self._urgent.clear()
            await self._presence.put(news)
            if self._is_closing:
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(NOTED_EVERY_S):
                    await self._urgent.wait()
