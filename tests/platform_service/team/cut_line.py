"""A line between a desktop and its platform that can be cut without a word, as when a network goes away."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any

PART = 65_536


class CutLine:
    """Passes connections of a port of loopback on to another; while it is cut, nothing passes and nobody is told."""

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._loop = asyncio.new_event_loop()
        self._whole = asyncio.Event()
        self._whole.set()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._in_vain: set[asyncio.StreamWriter] = set()
        """Opened while the line was cut: they end with the cut, since no network would have let them through."""
        self._passing: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="cut line", daemon=True)
        self._thread.start()
        self.port: int = self._done(self._listen())

    @property
    def url(self) -> str:
        """What a desktop is given instead of the platform's own address."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """From now on nothing passes."""
        self._loop.call_soon_threadsafe(self._whole.clear)

    def mend(self) -> None:
        """Let pass again, also what was on its way."""
        self._done(self._mend())

    def close(self) -> None:
        """End everything."""
        self._done(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _done(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._opened, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _mend(self) -> None:
        self._whole.set()
        for writer in self._in_vain:
            writer.transport.abort()
        self._in_vain.clear()

    async def _end(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _opened(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        if not self._whole.is_set():
            self._in_vain.add(writer)
            return
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._to_port)
        self._open.add(to_writer)
        for one, other in ((reader, to_writer), (to_reader, writer)):
            task = asyncio.create_task(self._pass(one, other))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while part := await reader.read(PART):
                await self._whole.wait()
                writer.write(part)
                await writer.drain()
            await self._whole.wait()
            writer.close()
        self._open.discard(writer)
