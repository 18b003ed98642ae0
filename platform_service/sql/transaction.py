"""One transaction of one tenant: what every query is given."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Executable, Table, TextClause, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Rows = Sequence[Mapping[str, Any]] | Mapping[str, Any] | None
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
LOCK_ALL = text("SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(CAST(:names AS text[])) AS name")
TYPES: dict[type, str] = {str: "text", int: "integer", bytes: "text"}


class Transaction:
    """A connection inside a transaction, and whose it is; queries take the tenant from here and nowhere else."""

    def __init__(self, connection: AsyncConnection, tenant: str) -> None:
        self.connection = connection
        self.tenant = tenant
        self.is_postgres = connection.dialect.name == "postgresql"

    async def execute(self, statement: Executable, rows: Rows = None) -> CursorResult[Any]:
        """Run a statement; with several rows it runs once for each."""
        return cast("CursorResult[Any]", await self.connection.execute(statement, rows))

    async def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that name the same columns, none of them empty: in one statement, however many there are."""
        if not rows:
            return
        if not self.is_postgres:
            await self.execute(insert(table), rows)
            return
        columns = tuple(rows[0])
        await self.execute(_inserting(table, columns), {"rows": json.dumps(rows, default=bytes.hex)})

    async def ping(self) -> None:
        """Ask for something small: the server answers."""
        await self.connection.execute(text("SELECT 1"))

    def mine(self, table: Table) -> ColumnElement[bool]:
        """The condition that a row belongs to the tenant."""
        return table.c.tenant == self.tenant

    def upsert(self, table: Table) -> sqlite.Insert:
        """An insert that may say what happens when the row is there already; both dialects spell it the same way."""
        return cast("sqlite.Insert", postgresql.insert(table) if self.is_postgres else sqlite.insert(table))

    async def lock_all(self, names: Sequence[str]) -> None:
        """Wait for several names at once; all take them in the same order, so that nobody waits in a ring."""
        if self.is_postgres:
            await self.connection.execute(LOCK_ALL, {"names": sorted({f"{self.tenant}\x1f{name}" for name in names})})

    async def lock(self, name: str) -> None:
        """Wait until no other writing transaction of the tenant holds this name; freed when the transaction ends."""
        if self.is_postgres:  # SQLite has one writer at a time anyway
            await self.connection.execute(LOCK, {"name": f"{self.tenant}\x1f{name}"})


@cache
def _inserting(table: Table, columns: tuple[str, ...]) -> TextClause:
    """PostgreSQL takes all rows as one JSON text, which costs neither side a statement for each."""
    kinds = {name: table.c[name].type.python_type for name in columns}
    given = ", ".join(f"{name} {TYPES[kind]}" for name, kind in kinds.items())
    taken = ", ".join(f"decode({name}, 'hex')" if kind is bytes else name for name, kind in kinds.items())
    rows = f"json_to_recordset(CAST(:rows AS json)) AS given({given})"
    return text(f"INSERT INTO {table.name} ({', '.join(columns)}) SELECT {taken} FROM {rows}")
