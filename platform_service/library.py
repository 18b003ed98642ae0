"""The library in memory over the library in SQL: loaded at start, told of every addition, searched from threads."""

import asyncio
import contextlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import Asset, Facets, Query, SearchResult
from platform_service.errors import NotFound
from platform_service.search.asset_text import indexed
from platform_service.search.associations import Associations
from platform_service.search.facets import count_facets
from platform_service.search.lance_index import IndexRow
from platform_service.search.mirror import Mirror, Row
from platform_service.search.search import Embed, Search, SpelledLike
from platform_service.sql import assets
from platform_service.sql.database import TenantDatabase

PART = 1_000
MEANING_WAIT_S = 5.0


class Library:
    """Search, facets and feature vectors of all assets."""

    def __init__(self, database: TenantDatabase, table: Associations, embed: Embed, spelled_like: SpelledLike) -> None:
        self._database = database
        self._mirror = Mirror()
        self._search = Search(self._mirror, table, embed, spelled_like)
        self._facets: Facets | None = None
        self._loaded = asyncio.Event()
        self.meaning_settled = asyncio.Event()
        """Set once it is known whether there is a sentence embedding: the first search waits for it a moment."""
        self._failure: Exception | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether all assets are in memory."""
        return self._loaded.is_set()

    def has(self, asset_id: str) -> bool:
        """Whether the library has that asset; may be called from any thread."""
        return asset_id in self._mirror.row_of

    async def load(self) -> None:
        """Read every asset from SQL; searches wait for it."""
        try:
            after = 0
            while True:
                async with self._database.reading() as transaction:
                    after, stored = await assets.stored_after(transaction, after, PART)
                rows = [Row(one.asset, one.visual, one.text) for one in stored]
                await asyncio.to_thread(self._take_in, rows)
                if len(stored) < PART:
                    break
        except Exception as error:
            self._failure = error
            raise
        finally:
            self._loaded.set()

    async def added(self, new: Sequence[assets.NewAsset]) -> None:
        """Take in assets that were committed."""
        await self.ready()
        await asyncio.to_thread(self._take_in, [Row(one.asset, one.visual) for one in new])

    async def embedded(self, ids: Sequence[str], vectors: Sequence[NDArray[np.float32] | None]) -> None:
        """Take in text vectors that were committed."""
        await self.ready()
        pairs = [(i, vector) for i, vector in zip(ids, vectors, strict=True) if vector is not None]
        with self._search.lock:
            self._mirror.set_text(pairs)

    async def search(self, query: Query) -> SearchResult:
        """Find assets."""
        await self.ready()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.meaning_settled.wait(), MEANING_WAIT_S)
        return await asyncio.to_thread(self._search.find, query)

    async def facets(self) -> Facets:
        """What there is to filter by; counted once until something is added."""
        await self.ready()
        if self._facets is None:
            self._facets = await asyncio.to_thread(self._count)
        return self._facets

    async def features(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Feature vectors, shape (len(ids), dimensions): text embedding where there is one, then colour and texture.

        Raises NotFound when an id is unknown.
        """
        await self.ready()
        return await asyncio.to_thread(self._features, ids)

    async def ready(self) -> None:
        """Wait until all assets are in memory; raises what made the loading fail."""
        await self._loaded.wait()
        if self._failure is not None:
            raise self._failure

    def _take_in(self, rows: Sequence[Row]) -> None:
        with self._search.lock:
            for row in rows:
                self._mirror.add(row)
        self._facets = None

    def index_rows(self, start: int, also: Sequence[str] = ()) -> tuple[int, list[IndexRow]]:
        """How many assets there are, and what the index on disk keeps of those from row `start` on and of `also`."""
        mirror = self._mirror
        with self._search.lock:
            total = len(mirror)
            numbers = sorted({int(row) for row in mirror.rows(also)} | set(range(start, total)))
            documents = [mirror.documents[number] for number in numbers]
            vectors = mirror.text.view[numbers]
        found = (Asset.model_validate_json(document) for document in documents)
        return total, [IndexRow(one.id, indexed(one), vector) for one, vector in zip(found, vectors, strict=True)]

    def _count(self) -> Facets:
        with self._search.lock:
            return count_facets(self._mirror)

    def _features(self, ids: Sequence[str]) -> NDArray[np.float32]:
        mirror = self._mirror
        with self._search.lock:
            unknown = [i for i in ids if i not in mirror.row_of]
            if unknown:
                raise NotFound(
                    f"{len(unknown)} of the assets are not in the library, e.g. {unknown[0]}.",
                    "Nothing was changed.",
                    "Search again.",
                )
            rows = mirror.rows(ids)
            parts = [mirror.visual.view[rows]]
            if mirror.has_text.view.any():
                parts.insert(0, mirror.text.view[rows])
            return np.concatenate(parts, axis=1).astype(np.float32)
