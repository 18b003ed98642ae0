"""Both databases that the truth may live in, each migrated and empty."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from platform_service.sql.database import Database
from platform_service.sql.migrate import bring_up_to_date
from platform_service.sql.postgres import PostgresDatabase
from platform_service.sql.sqlite import SqliteDatabase
from tests.platform_service.servers import TEMPLATE


@pytest.fixture(params=["sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """The relational store that a conformance test runs on."""
    if request.param == "sqlite":
        bring_up_to_date(tmp_path / "library.sqlite3")
        database: Database = SqliteDatabase(tmp_path / "library.sqlite3")
        yield database
        await database.close()
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database(TEMPLATE)
    database = PostgresDatabase(server.url(name), connections=4)
    await database.check_role()
    yield database
    await database.close()
    server.drop(name)
