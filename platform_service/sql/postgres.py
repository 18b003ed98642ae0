"""The truth in PostgreSQL: every transaction carries its tenant, and the server itself keeps tenants apart."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from platform_service.errors import DatabaseAway, Refused, ServiceError, UnsafeRole
from platform_service.sql.database import Database, Found, Work
from platform_service.sql.straight import Straight, Way
from platform_service.sql.transaction import Transaction

CONNECT_S = 5
POOL_WAIT_S = 10
DEADLINES = "-c statement_timeout=20000 -c lock_timeout=8000 -c idle_in_transaction_session_timeout=30000"
AWAY_STATES = ("08", "57P", "53", "55P03", "25006", "40", "57014")
"""SQLSTATEs of a server that is down, full, starting, read-only or too busy; the request may simply be sent again."""

SETTLED_BY_KEY = "What was saved before is safe; whether this request was stored is settled by its key."
ONE_MOMENT: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
READERS, WRITERS = 2, 4
"""Transactions in one go, at once: each is short, and a tenant's saves share one."""
SET_TENANT = text("SELECT set_config('app.tenant', :tenant, true)")
ROLE = text(
    "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
    " AND tablename = 'projects' AND tableowner = current_user) FROM pg_roles WHERE rolname = current_user"
)


class PostgresDatabase(Database):
    """A PostgreSQL database that this service shares with its replicas."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        """`url` is `postgresql://...`, of the service's own role, which owns nothing."""
        self._engine = _engine(url, connections)
        self._seeing = self._engine.execution_options(**ONE_MOMENT)
        straight = create_engine(_at(url), pool_size=READERS + WRITERS, **_options())
        self._straight = Straight(
            Way(straight.execution_options(**ONE_MOMENT), _as_tenant, READERS), Way(straight, _as_tenant, WRITERS)
        )

    async def close(self) -> None:
        """Let go of every connection."""
        await asyncio.to_thread(self._straight.close)
        await self._engine.dispose()

    async def read(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in one go on what the database is at one moment."""
        with server_errors_told("Nothing was changed."):
            return await self._straight.read(tenant, work)

    async def write(self, tenant: str, work: Work[Found]) -> Found:
        """Do `work` in one go, and commit it."""
        with server_errors_told(SETTLED_BY_KEY):
            return await self._straight.write(tenant, work)

    async def check_role(self) -> None:
        """Raise UnsafeRole when the server would not keep tenants apart for the role of this service."""
        with server_errors_told("Nothing was started."):
            async with self._seeing.connect() as connection:
                above_policies, owner = (await connection.execute(ROLE)).one()
        if above_policies or owner:
            raise UnsafeRole(
                "The database role of the service owns the tables or stands above row-level security.",
                "Nothing was started.",
                "Give the service a role of its own and name it with `platform_service migrate --grant-to`.",
            )

    @asynccontextmanager
    async def reading(self, tenant: str) -> AsyncIterator[Transaction]:
        """A transaction of a tenant that sees one moment of the database and changes nothing."""
        with server_errors_told("Nothing was changed."):
            async with self._seeing.connect() as connection:
                await connection.execute(SET_TENANT, {"tenant": tenant})
                yield Transaction(connection, tenant)

    @asynccontextmanager
    async def writing(self, tenant: str) -> AsyncIterator[Transaction]:
        """A transaction of a tenant: committed when the block ends, rolled back when it raises."""
        with server_errors_told(SETTLED_BY_KEY):
            async with self._engine.begin() as connection:
                await connection.execute(SET_TENANT, {"tenant": tenant})
                yield Transaction(connection, tenant)


def _engine(url: str, connections: int) -> AsyncEngine:
    return create_async_engine(_at(url), pool_size=connections, max_overflow=connections, **_options())


def _at(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")


def _options() -> dict[str, Any]:
    connect = {"options": DEADLINES, "connect_timeout": CONNECT_S}
    return {"pool_timeout": POOL_WAIT_S, "pool_pre_ping": True, "connect_args": connect}


def _as_tenant(connection: Connection, tenant: str) -> None:
    connection.execute(SET_TENANT, {"tenant": tenant})


@contextmanager
def server_errors_told(kept: str) -> Iterator[None]:
    """Turn what the driver raises about the server into a problem that a client can act on."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        told = told_plainly(error, kept)
        if told is None:
            raise
        raise told from error


def told_plainly(error: BaseException, kept: str) -> ServiceError | None:
    """The problem that a driver's error stands for; None for a mistake of our own."""
    if isinstance(error, DataError):
        return Refused(
            "A text is too long or holds a character that cannot be stored.",
            "Nothing was changed.",
            "Correct the text.",
        )
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    lost = isinstance(error, DBAPIError) and (error.connection_invalidated or not state)
    if lost or isinstance(error, PoolTimeout | OSError) or state.startswith(AWAY_STATES):
        return DatabaseAway(
            "The database does not answer just now.", kept, "Send the same request with the same key again."
        )
    return None
