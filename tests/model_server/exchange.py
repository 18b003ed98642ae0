"""One connection of the model server: reading one request, and sending an answer well or badly."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import Iterable
from typing import Any

from tests.model_server.asked import Asked
from tests.model_server.reply import Reply

_MOST_BYTES = 64 * 2**20


async def read_request(reader: asyncio.StreamReader) -> Asked | None:
    """The request, None when the line was closed before one came."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {n.strip().casefold(): v.strip() for n, _, v in (line.partition(":") for line in lines) if n}
        length = min(int(headers.get("content-length", "0")), _MOST_BYTES)
        body = await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    path = first.split()[1]
    try:
        parsed: Any = json.loads(body or b"{}")
    except ValueError:
        parsed = {}
    provider = "anthropic" if "/anthropic/" in path else "openai"
    ends = {"/chat/completions": "chat", "/v1/messages": "chat", "/embeddings": "embed"}
    operation: Any = next((name for end, name in ends.items() if path.split("?")[0].endswith(end)), "unknown")
    return Asked(provider, operation, path, headers, parsed if isinstance(parsed, dict) else {})  # type: ignore[arg-type]


class Exchange:
    """The answering half of a connection, with every way to do it badly."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, stopping: asyncio.Event) -> None:
        self._reader, self._writer, self._stopping = reader, writer, stopping

    async def send(self, reply: Reply) -> None:
        """The answer as it should be."""
        if reply.events:
            await self.head(reply, chunked=True)
            for event in reply.events:
                await self.chunk(event)
            await self.raw(b"0\r\n\r\n")
        else:
            await self.head(reply, length=len(reply.body))
            await self.raw(reply.body)

    async def head(self, reply: Reply, *, chunked: bool = False, length: int | None = None) -> None:
        """Status line and headers."""
        lines = [f"HTTP/1.1 {reply.status} Scripted", "connection: close"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        lines += ["transfer-encoding: chunked"] if chunked else []
        lines += [f"content-length: {length}"] if length is not None else []
        await self.raw(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    async def chunk(self, data: bytes) -> None:
        """One chunk of a chunked body."""
        await self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def raw(self, data: bytes) -> None:
        """These bytes."""
        self._writer.write(data)
        await self._writer.drain()

    async def drip(self, data: Iterable[bytes], pause_s: float) -> None:
        """These bytes, with a pause after each part."""
        for part in data:
            await self.raw(part)
            if await self.pause(pause_s):
                return

    async def pause(self, seconds: float) -> bool:
        """Wait; whether the server is stopping."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return self._stopping.is_set()

    async def hang(self) -> None:
        """Say nothing more until the client leaves or the server stops."""
        gone = asyncio.ensure_future(self._reader.read(1))
        stop = asyncio.ensure_future(self._stopping.wait())
        _, left = await asyncio.wait({gone, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, gone, return_exceptions=True)

    def reset(self) -> None:
        """Cut the line so that the client sees a reset."""
        line = self._writer.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(ConnectionError, OSError):
            self._writer.close()
            await self._writer.wait_closed()
