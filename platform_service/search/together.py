"""Searches that come at once are done at once: one pass over all vectors serves them all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.ports.library import Query
from platform_service.embedding.products import MOST_AT_ONCE

WORKERS = 2
"""While one group is put in order, the next is looked for: these need different things of the machine."""
GATHER_S = 0.004
Told = bytes | Exception
"""A result as JSON, or why there is none."""


@dataclass(frozen=True)
class _Waiting:
    query: Query
    answer: "asyncio.Future[bytes]"


class Together:
    """A search that comes alone waits for nobody; those that come while others are under way gather for a moment."""

    def __init__(self, told_all: Callable[[Sequence[Query]], list[Told]]) -> None:
        self._told_all = told_all
        self._waiting: list[_Waiting] = []
        self._under_way = 0
        self._workers: set[asyncio.Task[None]] = set()

    async def search(self, query: Query) -> bytes:
        """The result as JSON; raises NotFound."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(query, answer))
        if len(self._workers) < WORKERS:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            if len(self._waiting) < self._under_way:
                await asyncio.sleep(GATHER_S)
            taken = self._taken()
            if not taken:
                continue
            self._under_way += len(taken)
            try:
                told = await asyncio.to_thread(self._told_all, [waiting.query for waiting in taken])
            except Exception as error:  # whatever it is, those who wait have to hear of it
                told = [error] * len(taken)
            finally:
                self._under_way -= len(taken)
            for waiting, answer in zip(taken, told, strict=True):
                if waiting.answer.done():
                    continue
                if isinstance(answer, bytes):
                    waiting.answer.set_result(answer)
                else:
                    waiting.answer.set_exception(answer)

    def _taken(self) -> list[_Waiting]:
        """Half of all that are asked for, so that both workers have about the same to do."""
        waiting = [one for one in self._waiting if not one.answer.done()]
        count = min(MOST_AT_ONCE, (len(waiting) + self._under_way + 1) // WORKERS)
        self._waiting = waiting[count:]
        return waiting[:count]
