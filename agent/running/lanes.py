"""Interactive runs go before background ones: a background step starts only while nobody is waiting for an answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """Lives on one event loop. `run` is held for a whole interactive run, `step` around each step of any run."""

    def __init__(self, steps_at_once: int = 4) -> None:
        self._interactive = 0
        self._free = asyncio.Event()
        self._free.set()
        self._slots = asyncio.Semaphore(steps_at_once)
        self._background_slot = asyncio.Semaphore(1)

    @asynccontextmanager
    async def run(self, *, background: bool) -> AsyncIterator[None]:
        """While an interactive run is in here, no background step starts."""
        if background:
            yield
            return
        self._interactive += 1
        self._free.clear()
        try:
            yield
        finally:
            self._interactive -= 1
            if not self._interactive:
                self._free.set()

    @asynccontextmanager
    async def step(self, *, background: bool) -> AsyncIterator[None]:
        """Wait for a turn: interactive steps share a few slots, background steps one, and only when all is quiet."""
        if not background:
            async with self._slots:
                yield
            return
        async with self._background_slot:
            await self._free.wait()
            yield
