"""The truth behind one face: SQLite or PostgreSQL, always as one tenant, with driver errors told plainly."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import TypeVar

from platform_service.sql.transaction import Transaction

Found = TypeVar("Found")
Work = Callable[[Transaction], Awaitable[Found]]
"""What is done in one transaction; it waits for nothing but the transaction."""


def now() -> str:
    """The present time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Database(ABC):
    """A relational store. Open it once, close it at the end; only composition names tenants here."""

    @abstractmethod
    def reading(self, tenant: str) -> AbstractAsyncContextManager[Transaction]:
        """A transaction of a tenant that sees one moment of the database and changes nothing."""

    @abstractmethod
    def writing(self, tenant: str) -> AbstractAsyncContextManager[Transaction]:
        """A transaction of a tenant: committed when the block ends, rolled back when it raises."""

    async def read(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in a reading transaction, in one go where the database allows it."""
        async with self.reading(tenant) as transaction:
            return await work(transaction)

    async def write(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in a writing transaction, in one go where the database allows it."""
        async with self.writing(tenant) as transaction:
            return await work(transaction)

    @abstractmethod
    async def close(self) -> None:
        """Let go of every connection."""

    def of(self, tenant: str) -> "TenantDatabase":
        """The database as one tenant sees it."""
        return TenantDatabase(self, tenant)


class TenantDatabase:
    """What all parts and routes get: a database that knows no other tenant."""

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self.tenant = tenant

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A transaction that sees one moment of the database and changes nothing."""
        async with self._database.reading(self.tenant) as transaction:
            yield transaction

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self._database.writing(self.tenant) as transaction:
            yield transaction

    async def read(self, work: Work[Found]) -> Found:
        """Do `work` in a reading transaction, in one go where the database allows it."""
        return await self._database.read(self.tenant, work)

    async def write(self, work: Work[Found]) -> Found:
        """Do `work` in a writing transaction, in one go where the database allows it; it is durable when this ends."""
        return await self._database.write(self.tenant, work)
