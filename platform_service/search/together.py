"""Searches that come at once are done at once: one pass over all vectors serves them all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.ports.library import Query

MOST_TOGETHER = 12
Told = bytes | Exception
"""A result as JSON, or why there is none."""


@dataclass(frozen=True)
class _Waiting:
    query: Query
    answer: "asyncio.Future[bytes]"


class Together:
    """Takes what waits whenever a thread is free; a search that comes alone waits for nobody."""

    def __init__(self, told_all: Callable[[Sequence[Query]], list[Told]]) -> None:
        self._told_all = told_all
        self._waiting: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def search(self, query: Query) -> bytes:
        """The result as JSON; raises NotFound."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(query, answer))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            taken = [waiting for waiting in taken if not waiting.answer.done()]
            try:
                told = await asyncio.to_thread(self._told_all, [waiting.query for waiting in taken])
            except Exception as error:  # whatever it is, those who wait have to hear of it
                told = [error] * len(taken)
            for waiting, answer in zip(taken, told, strict=True):
                if waiting.answer.done():
                    continue
                if isinstance(answer, bytes):
                    waiting.answer.set_result(answer)
                else:
                    waiting.answer.set_exception(answer)
