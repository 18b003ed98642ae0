"""What follows the truth in the background: text vectors for assets that have none, and the index on disk."""

import asyncio
import logging

from platform_service.embedding.meaning import Meaning
from platform_service.errors import ServiceError
from platform_service.library import Library
from platform_service.search.asset_text import described
from platform_service.search.lance_index import IndexBroken, LanceIndex
from platform_service.sql import assets
from platform_service.sql.database import TenantDatabase

log = logging.getLogger(__name__)
TOGETHER = 64
RETRY_S = 5.0
SETTLE_S = 1.0
"""The index is opened so long after the start: its library costs a second of processor time to import."""
TIDY_AFTER_ROWS = 2_000
QUIET_S = 0.3


class Keeper:
    """One background task; nothing waits for it, and all it makes may be deleted."""

    def __init__(self, database: TenantDatabase, library: Library, meaning: Meaning, index: LanceIndex) -> None:
        self._database = database
        self._library = library
        self._meaning = meaning
        self._index = index
        self._called = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._written = 0
        self._since_tidy = 0
        self._late: list[str] = []
        """Assets that were written to the index before they had their text vector."""
        self._whole = True
        """The whole index has to be compared with the library, not only what is new."""

    def call(self, whole: bool = False) -> None:
        """Something was added, or (`whole`) the index has to be looked through."""
        self._whole = self._whole or whole
        self._called.set()

    def call_from_thread(self, why: str) -> None:
        """The index was found broken by a search: look through it soon."""
        if self._loop is not None:
            log.warning("the index has to be looked through: %s", why)
            self._loop.call_soon_threadsafe(self.call, True)

    async def run(self) -> None:
        """Go on until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.to_thread(self._meaning.load)
        finally:
            self._library.meaning_settled.set()
        await self._library.ready()
        if self._meaning.state == "ready":
            await self._library.make_ready()
        settled = asyncio.create_task(asyncio.sleep(SETTLE_S))
        while True:
            self._called.clear()
            try:
                await self._embed_all()
                await settled
                await self._follow()
            except IndexBroken as error:
                await self._repair(error)
            except ServiceError as error:
                log.warning("the index waits: %s", error.what)
                await asyncio.sleep(RETRY_S)
                continue
            await self._called.wait()

    async def _embed_all(self) -> None:
        if self._meaning.state != "ready":
            return
        while True:
            async with self._database.reading() as transaction:
                waiting = await assets.not_embedded(transaction, self._meaning.name, TOGETHER)
            if not waiting:
                return
            texts = [described(asset) for asset in waiting]
            vectors = await asyncio.to_thread(self._meaning.embed, texts)
            ids = [asset.id for asset in waiting]
            async with self._database.writing() as transaction:
                await assets.store_text_vectors(transaction, self._meaning.name, ids, vectors)
            await self._library.embedded(ids, vectors)
            self._late += ids

    async def _follow(self) -> None:
        """Write what the index lacks: only the new rows, or after a full comparison what differs."""
        if self._whole or not self._index.is_there:
            self._whole = False
            await asyncio.to_thread(self._compare)
            return
        late, self._late = self._late, []
        total, rows = await asyncio.to_thread(self._library.index_rows, self._written, late)
        if rows:
            await asyncio.to_thread(self._index.write, rows)
            self._written = total
            self._since_tidy += len(rows)
        await self._tidy()

    async def _tidy(self) -> None:
        """Full text finds a row only once it is folded in: when it is quiet, or when many wait."""
        if self._since_tidy < TIDY_AFTER_ROWS:
            await asyncio.sleep(QUIET_S)
        if self._since_tidy and (self._since_tidy >= TIDY_AFTER_ROWS or not self._called.is_set()):
            self._since_tidy = 0
            await asyncio.to_thread(self._index.tidy)

    def _compare(self) -> None:
        there = self._index.open()
        total, rows = self._library.index_rows(0)
        wanted = {row.id: row for row in rows}
        if not there:
            self._index.rebuild(rows)
        else:
            changed = [row for row in rows if there.get(row.id) != row.digest]
            self._index.write(changed, [i for i in there if i not in wanted])
            if changed:
                self._index.tidy()
        self._written = total
        self._late = []

    async def _repair(self, error: IndexBroken) -> None:
        log.warning("the index is rebuilt: %s", error)
        try:
            self._written, rows = await asyncio.to_thread(self._library.index_rows, 0)
            await asyncio.to_thread(self._index.rebuild, rows)
        except IndexBroken as again:
            self._index.state = "failed"
            log.error("search goes on without the index on disk: %s", again)
