"""SQLite in one go: a whole transaction on one thread, since each way between threads costs more than a statement."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection

from platform_service.sql.database import Found, Work
from platform_service.sql.transaction import Transaction

Value = TypeVar("Value")
READERS = 2


class _Straight:
    """A connection as a transaction uses it: what is awaited of it is there already."""

    def __init__(self, connection: Connection) -> None:
        self.dialect = connection.dialect
        self._connection = connection

    async def execute(self, *arguments: Any) -> Any:
        """Run a statement."""
        return self._connection.execute(*arguments)


class StraightSqlite:
    """Threads of their own for one file: one that writes, and two that read."""

    def __init__(self, file: Path, prepare: Callable[[Any, Any], None]) -> None:
        self._engine: Engine = create_engine(f"sqlite:///{file}", pool_size=1 + READERS)
        event.listen(self._engine, "connect", prepare)
        self._writer = ThreadPoolExecutor(1, "sqlite write")
        self._readers = ThreadPoolExecutor(READERS, "sqlite read")

    async def read(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` on what the database is at one moment."""
        return await _finished(self._readers, lambda: self._done("BEGIN", tenant, work))

    async def write(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work`, and commit it."""
        return await _finished(self._writer, lambda: self._done("BEGIN IMMEDIATE", tenant, work))

    def close(self) -> None:
        """Let go of threads and connections."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()

    def _done(self, begin: str, tenant: str, work: Work[Found]) -> Found:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(begin)
            try:
                found: Found = _driven(work(Transaction(cast(AsyncConnection, _Straight(connection)), tenant)))
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
