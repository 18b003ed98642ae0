"""A whole transaction in one go, on a thread: a turn of the loop in the middle of one costs more than a statement."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncConnection

from platform_service.sql.database import Found, Work
from platform_service.sql.transaction import Transaction

Value = TypeVar("Value")


@dataclass(frozen=True)
class Way:
    """How transactions of a kind are begun, and how many there may be at once."""

    engine: Engine
    begin: Callable[[Connection, str], object]
    """Called with a connection and the tenant."""
    most: int


class Straight:
    """Threads of their own for reading and for writing."""

    def __init__(self, reading: Way, writing: Way) -> None:
        self._reading, self._writing = reading, writing
        self._readers = ThreadPoolExecutor(reading.most, "sql read")
        self._writers = ThreadPoolExecutor(writing.most, "sql write")

    async def read(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` on what the database is at one moment."""
        return await _finished(self._readers, lambda: _done(self._reading, tenant, work))

    async def write(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work`, and commit it."""
        return await _finished(self._writers, lambda: _done(self._writing, tenant, work))

    def close(self) -> None:
        """Let go of threads and connections."""
        for threads in (self._readers, self._writers):
            threads.shutdown()
        for way in (self._reading, self._writing):
            way.engine.dispose()


class _Connection:
    """A connection as a transaction uses it: what is awaited of it is there already."""

    def __init__(self, connection: Connection) -> None:
        self.dialect = connection.dialect
        self._connection = connection

    async def execute(self, *arguments: Any) -> Any:
        """Run a statement."""
        return self._connection.execute(*arguments)


def _done(way: Way, tenant: str, work: Work[Found]) -> Found:
    with way.engine.connect() as connection:
        try:
            way.begin(connection, tenant)
            transaction = Transaction(cast(AsyncConnection, _Connection(connection)), tenant)
            found: Found = _driven(work(transaction))
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
        return found


async def _finished(threads: ThreadPoolExecutor, act: Callable[[], Value]) -> Value:
    """What a thread gives back; who is cancelled meanwhile waits for it all the same."""
    asked = asyncio.get_running_loop().run_in_executor(threads, act)
    try:
        return await asyncio.shield(asked)
    except asyncio.CancelledError:
        await asyncio.wait([asked])
        raise


def _driven(work: Any) -> Any:
    """Run what never has to wait to its end."""
    steps = cast("Coroutine[Any, Any, Any]", work)
    try:
        steps.send(None)
    except StopIteration as ended:
        return ended.value
    steps.close()
    raise RuntimeError("what is done in one transaction waited for something else")
