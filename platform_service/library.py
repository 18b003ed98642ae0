"""The library in memory over the library in SQL: loaded at start, told of every addition, searched from threads."""

import asyncio
import contextlib
import time
from collections.abc import Mapping, Sequence

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
from platform_service.search.together import Together
from platform_service.sql import assets
from platform_service.sql.database import TenantDatabase

PART = 1_000
MEANING_WAIT_S = 5.0


class Follower:
    """Keeps a library in step with what other replicas add to SQL."""

    def __init__(self, database: TenantDatabase, library: "Library", every_s: float) -> None:
        self._database = database
        self._library = library
        self._every_s = every_s
        self._looked_s = time.monotonic()
        self._wordless: set[str] = set()
        self._looking = asyncio.Lock()

    async def catch_up(self) -> None:
        """Look, unless somebody just looked or is looking."""
        if self._looking.locked() or time.monotonic() - self._looked_s < self._every_s:
            return
        async with self._looking:
            await self._library.read_on()
            waiting = [i for i in self._library.without_text(PART + len(self._wordless)) if i not in self._wordless]
            if waiting:
                async with self._database.reading() as transaction:
                    found = await assets.text_vectors(transaction, waiting)
                self._wordless.update(i for i, vector in found.items() if vector is None)
                self._library.set_text(found)
            self._looked_s = time.monotonic()


class Library:
    """Search, facets and feature vectors of all assets."""

    def __init__(
        self,
        database: TenantDatabase,
        table: Associations,
        embed: Embed,
        spelled_like: SpelledLike,
        follow_s: float | None = None,
    ) -> None:
        """`follow_s` is how often to look for what other replicas added; None when there are no others."""
        self._database = database
        self._mirror = Mirror()
        self._search = Search(self._mirror, table, embed, spelled_like)
        self._together = Together(self._search.told_all)
        self._facets: Facets | None = None
        self._loaded = asyncio.Event()
        self._after = 0
        """The number of the last asset that was read from SQL."""
        self.meaning_settled = asyncio.Event()
        """Set once it is known whether there is a sentence embedding: the first search waits for it a moment."""
        self._failure: Exception | None = None
        self._follower = None if follow_s is None else Follower(database, self, follow_s)

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
            await self.read_on()
        except Exception as error:
            self._failure = error
            raise
        finally:
            self._loaded.set()

    async def read_on(self) -> None:
        """Take in what SQL has after the last asset that was read."""
        while True:
            async with self._database.reading() as transaction:
                self._after, stored = await assets.stored_after(transaction, self._after, PART)
            rows = [Row(one.asset, one.visual, one.text) for one in stored]
            if rows:
                await asyncio.to_thread(self._take_in, rows)
            if len(stored) < PART:
                return

    async def make_ready(self) -> None:
        """Make what searches by meaning look at first, before the first of them comes."""
        await asyncio.to_thread(self._search.settle)

    def without_text(self, most: int) -> list[str]:
        """Assets that have no text vector in memory."""
        with self._search.lock:
            rows = np.flatnonzero(~self._mirror.has_text.view)[:most]
            return [self._mirror.ids[row] for row in rows]

    async def added(self, new: Sequence[assets.NewAsset]) -> None:
        """Take in assets that were committed."""
        await self.ready()
        await asyncio.to_thread(self._take_in, [Row(one.asset, one.visual) for one in new])

    async def embedded(self, ids: Sequence[str], vectors: Sequence[NDArray[np.float32] | None]) -> None:
        """Take in text vectors that were committed."""
        await self.ready()
        self.set_text(dict(zip(ids, vectors, strict=True)))

    def set_text(self, vectors: Mapping[str, NDArray[np.float32] | None]) -> None:
        """Give assets in memory their text vectors."""
        with self._search.lock:
            self._mirror.set_text([(i, vector) for i, vector in vectors.items() if vector is not None])

    async def search(self, query: Query) -> SearchResult:
        """Find assets."""
        return SearchResult.model_validate_json(await self.search_told(query))

    async def search_told(self, query: Query) -> bytes:
        """As `search`, spelled as JSON."""
        await self.ready()
        if not self.meaning_settled.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.meaning_settled.wait(), MEANING_WAIT_S)
        return await self._together.search(query)

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
        if self._follower is not None:
            await self._follower.catch_up()

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
