"""A server on the loopback that speaks OpenAI's and Anthropic's wire formats with scripted answers and faults."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from tests.model_server import anthropic_wire, openai_wire
from tests.model_server.asked import Asked, Provider, Script, plain
from tests.model_server.exchange import Exchange, read_request
from tests.model_server.faults import FAULTS, Fault
from tests.model_server.reply import Reply


class ModelServer:
    """Runs in a thread of its own between `with` and its end; safe to ask from any loop or thread.

    `script` may be replaced at any moment; `asked` keeps every request in order.
    """

    def __init__(self, script: Script = plain) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self._faults: dict[Provider, tuple[Fault, int | None]] = {}
        self._refusing: set[Provider] = set()
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="model-server", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._ports: dict[Provider, int] = {}
        self._closed_port = 0

    # -- what tests say ----------------------------------------------------------------------------

    def break_with(self, provider: Provider, fault: str, times: int | None = None) -> None:
        """From now on (or `times` times), this provider has that fault; see `FAULTS`."""
        with self._lock:
            self._faults[provider] = (FAULTS[fault], times)

    def mend(self, provider: Provider | None = None) -> None:
        """No fault any more."""
        with self._lock:
            if provider is None:
                self._faults.clear()
            else:
                self._faults.pop(provider, None)

    def base_url(self, provider: Provider) -> str:
        """What to configure as the provider's base URL; a closed port while its fault is "refused"."""
        broken = self._faults.get(provider)
        port = self._closed_port if broken and broken[0].refuses else self._port
        return f"http://127.0.0.1:{port}/{provider}" + ("/v1" if provider == "openai" else "")

    def urls(self) -> Mapping[Provider, str]:
        """The base URLs of both."""
        return {"openai": self.base_url("openai"), "anthropic": self.base_url("anthropic")}

    def asked_of(self, provider: Provider) -> list[Asked]:
        """The requests to one provider."""
        return [asked for asked in self.asked if asked.provider == provider]

    # -- life --------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the model server did not start")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._loop is not None and self._stopping is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        held = socket.socket()
        held.bind(("127.0.0.1", 0))  # bound and never listening: connections are refused
        self._closed_port = held.getsockname()[1]
        tasks: set[asyncio.Task[None]] = set()

        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            try:
                await self._meet(reader, writer)
            finally:
                tasks.discard(task)

        server = await asyncio.start_server(met, "127.0.0.1", 0, limit=2**20)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        held.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self._stopping is not None
        exchange = Exchange(reader, writer, self._stopping)
        try:
            asked = await read_request(reader)
            if asked is not None:
                await self._answer(asked, exchange)
        except (ConnectionError, OSError):
            pass  # the client has left
        finally:
            await exchange.close()

    async def _answer(self, asked: Asked, exchange: Exchange) -> None:
        with self._lock:
            self.asked.append(asked)
            fault = self._next_fault(asked.provider)
        wire = anthropic_wire if asked.provider == "anthropic" else openai_wire
        if asked.operation == "unknown":
            await exchange.send(wire.error(404, f"no such path {asked.path}"))
            return
        answer = self.script(asked)
        if fault is None:
            await exchange.send(wire.reply_to(asked, answer))
            return
        reply: Reply = wire.reply_to(asked, fault.twist(asked, answer))
        await fault.send(asked, fault.mar(reply), exchange)

    def _next_fault(self, provider: Provider) -> Fault | None:
        fault, times = self._faults.get(provider, (None, None))
        if times is not None:
            if times <= 0:
                return None
            self._faults[provider] = (FAULTS[fault.name], times - 1) if fault else self._faults[provider]
        return fault
