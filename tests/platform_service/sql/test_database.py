"""What happens when the disk is full, read-only or broken: a plain problem, and nothing half-done."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from platform_service.errors import DiskFails, DiskFull, DiskReadOnly
from platform_service.sql import projects
from platform_service.sql.database import Database
from platform_service.sql.migrate import bring_up_to_date, revision
from platform_service.sql.sqlite import SqliteDatabase, told_plainly
from platform_service.sql.transaction import Transaction


@pytest.fixture
async def database(tmp_path: Path):
    bring_up_to_date(tmp_path / "library.sqlite3")
    opened = SqliteDatabase(tmp_path / "library.sqlite3")
    yield opened
    await opened.close()


async def names(database: Database) -> list[str]:
    async with database.reading("local") as connection:
        return [project.name for project in await projects.all_projects(connection)]


async def create(database: Database, *new: str) -> None:
    async with database.writing("local") as connection:
        for name in new:
            await projects.create(connection, name)


async def test_the_promised_pragmas_hold(database):
    async with database.reading("local") as connection:
        found = [
            (await connection.connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 2, 1, 5000]


async def test_a_full_disk_is_told_and_the_transaction_leaves_nothing(database):
    async with database.writing("local") as connection:
        await projects.create(connection, "Before")
        pages = (await connection.connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
    full = SqliteDatabase(database.file)

    @event.listens_for(full._engine.sync_engine, "connect")
    def no_more_room(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFull) as told:
        await create(full, *(f"Too much {number}" + "x" * 200 for number in range(2_000)))
    await full.close()
    assert told.value.status == 507
    assert told.value.kept
    assert told.value.advice
    assert await names(database) == ["Before"]
    async with database.writing("local") as connection:
        await projects.create(connection, "After")
    assert sorted(await names(database)) == ["After", "Before"]


async def test_a_read_only_database_is_told(database):
    read_only = SqliteDatabase(database.file)

    @event.listens_for(read_only._engine.sync_engine, "connect")
    def forbid(connection, _record):
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(DiskReadOnly):
        await create(read_only, "No")
    await read_only.close()
    assert await names(database) == []


async def test_an_error_in_the_middle_of_a_write_leaves_nothing(database):
    async def half() -> None:
        async with database.writing("local") as connection:
            await projects.create(connection, "Half")
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    assert await names(database) == []


def test_a_damaged_file_is_told(tmp_path):
    file = tmp_path / "library.sqlite3"
    bring_up_to_date(file)
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 8_000)
    with pytest.raises(DiskFails):
        revision(file)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (sqlite3.OperationalError("database or disk is full"), DiskFull),
        (OSError(28, "No space left on device"), DiskFull),
        (OSError(122, "Disk quota exceeded"), DiskFull),
        (sqlite3.OperationalError("attempt to write a readonly database"), DiskReadOnly),
        (PermissionError(13, "Permission denied"), DiskReadOnly),
        (sqlite3.OperationalError("disk I/O error"), DiskFails),
        (sqlite3.OperationalError("database is locked"), DiskFails),
        (ValueError("something else"), type(None)),
    ],
)
def test_every_way_a_disk_fails_has_its_words(error, kind):
    assert isinstance(told_plainly(error, "kept"), kind)


async def test_what_waits_for_something_else_is_no_work_for_one_go(database):
    async def waits(_transaction: Transaction) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError):
        await database.write("local", waits)
    await create(database, "After")
    assert await names(database) == ["After"]
