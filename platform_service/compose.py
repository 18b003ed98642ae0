"""The composition root: every part of the service is made and wired here, and taken down in reverse."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI

from platform_service.embedding.meaning import Meaning
from platform_service.http.app import create_app
from platform_service.importing import Importer
from platform_service.ingest.pipeline import Ingest
from platform_service.keeping import Keeper
from platform_service.library import Library
from platform_service.platform import Platform
from platform_service.search.associations import read_associations
from platform_service.search.lance_index import IndexBroken, LanceIndex
from platform_service.settings import Settings
from platform_service.sql import imports, receipts
from platform_service.sql.assets import NewAsset
from platform_service.sql.database import Database
from resources import folder

RECEIPTS_KEPT_DAYS = 14


def compose(settings: Settings) -> Platform:
    """Make every part; nothing runs yet."""
    database = Database(settings.database_file)
    table = read_associations(folder("search") / "associations.json")
    meaning = Meaning(settings.by_meaning)
    index = LanceIndex(settings.index_folder)

    def spelled_like(word: str) -> list[str]:
        try:
            return index.spelled_like(word)
        except IndexBroken as error:
            keeper.call_from_thread(str(error))
            return []

    library = Library(database, table, meaning.query, spelled_like)
    keeper = Keeper(database, library, meaning, index)
    ingest = Ingest(settings.renditions_folder, workers=max(1, min(4, os.cpu_count() or 1)))

    async def added(new: Sequence[NewAsset]) -> None:
        await library.added(new)
        keeper.call()

    importer = Importer(database, ingest, added, library.has)
    return Platform(settings, database, library, ingest, importer, meaning, index, keeper)


def application(platform: Platform) -> FastAPI:
    """The HTTP application that brings its platform up and down with it."""
    return create_app(platform, _lifespan_of(platform))


def _lifespan_of(platform: Platform) -> Callable[[FastAPI], AsyncIterator[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await _tidy_up(platform.database)
        loading = asyncio.create_task(platform.library.load(), name="load the library")
        keeping = asyncio.create_task(platform.keeper.run(), name="keep vectors and index")
        yield
        await platform.importer.close()
        for task in (loading, keeping):
            task.cancel()
        await asyncio.gather(loading, keeping, return_exceptions=True)
        await asyncio.to_thread(platform.ingest.close)
        await platform.database.close()

    return lifespan  # type: ignore[return-value]


async def _tidy_up(database: Database) -> None:
    """Close what a former service left open."""
    oldest = datetime.now(UTC) - timedelta(days=RECEIPTS_KEPT_DAYS)
    async with database.writing() as connection:
        await imports.close_interrupted(connection)
        await receipts.forget_before(connection, oldest.isoformat(timespec="milliseconds"))
