"""The truth in one SQLite file: many readers, one writer at a time, and disk errors turned into plain problems."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from platform_service.errors import DiskFails, DiskFull, DiskReadOnly, ServiceError
from platform_service.sql.database import Database, Found, Work
from platform_service.sql.straight import Straight, Way
from platform_service.sql.transaction import Transaction

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
)
READERS = 2
NOT_STORED = "Nothing of this request was stored; everything saved before is safe."


class SqliteDatabase(Database):
    """The database of one data folder."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._engine = _engine(file)
        self._straight = _straight(file)
        self._write_turn = asyncio.Lock()

    async def close(self) -> None:
        """Let go of every connection."""
        await asyncio.to_thread(self._straight.close)
        await self._engine.dispose()

    async def read(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in one go on what the database is at one moment."""
        with disk_errors_told("Nothing was changed."):
            return await self._straight.read(tenant, work)

    async def write(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in one go, and commit it."""
        with disk_errors_told(NOT_STORED):
            async with self._write_turn:
                return await self._straight.write(tenant, work)

    @asynccontextmanager
    async def reading(self, tenant: str) -> AsyncIterator[Transaction]:
        """A transaction of a tenant that sees one moment of the database and changes nothing."""
        with disk_errors_told("Nothing was changed."):
            async with self._engine.connect() as connection:
                await connection.exec_driver_sql("BEGIN")
                yield Transaction(connection, tenant)

    @asynccontextmanager
    async def writing(self, tenant: str) -> AsyncIterator[Transaction]:
        """A transaction of a tenant: committed when the block ends, rolled back when it raises."""
        with disk_errors_told(NOT_STORED):
            async with self._write_turn, self._engine.connect() as connection:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    yield Transaction(connection, tenant)
                except BaseException:
                    await connection.rollback()
                    raise
                await connection.commit()


def _engine(file: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", pool_size=4, max_overflow=8)
    event.listen(engine.sync_engine, "connect", _prepare)
    return engine


def _straight(file: Path) -> Straight:
    engine = create_engine(f"sqlite:///{file}", pool_size=1 + READERS)
    event.listen(engine, "connect", _prepare)
    return Straight(
        Way(engine, lambda connection, _tenant: connection.exec_driver_sql("BEGIN"), READERS),
        Way(engine, lambda connection, _tenant: connection.exec_driver_sql("BEGIN IMMEDIATE"), 1),
    )


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


@contextmanager
def disk_errors_told(kept: str) -> Iterator[None]:
    """Turn what the driver raises about the disk into a problem that a person can act on."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError, OSError) as error:
        told = told_plainly(error, kept)
        if told is None:
            raise
        raise told from error


def told_plainly(error: BaseException, kept: str) -> ServiceError | None:
    """The problem that a driver's or the system's error stands for; None when it is not about the disk."""
    text = str(error).lower()
    if "disk is full" in text or "no space left" in text or "quota exceeded" in text:
        return DiskFull("The disk is full.", kept, "Free some space, then try again.")
    if "readonly" in text or "read-only" in text or "permission denied" in text:
        return DiskReadOnly("The data folder cannot be written.", kept, "Allow writing to the folder, then try again.")
    if any(words in text for words in ("disk i/o error", "unable to open", "malformed", "not a database", "locked")):
        return DiskFails(f"The database does not answer: {error.__cause__ or error}", kept, "Look at the disk.")
    return None
