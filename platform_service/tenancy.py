"""The parts that belong to one tenant, opened when the tenant is first served and let go when others need the room."""

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from platform_service.context.store import ContextStore, forget_expired
from platform_service.embedding.meaning import Meaning
from platform_service.importing import Importer
from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.pool import DecoderPool
from platform_service.ingest.renditions import RenditionFolder
from platform_service.keeping import Keeper
from platform_service.library import Library
from platform_service.live.notices import notify
from platform_service.operations.retention import keep_swept
from platform_service.search.associations import Associations
from platform_service.search.index_places import IndexPlace
from platform_service.search.lance_index import IndexBroken, LanceIndex
from platform_service.sql import imports, receipts
from platform_service.sql.assets import NewAsset
from platform_service.sql.database import Database, TenantDatabase
from platform_service.sql.imports import ImportProgress
from platform_service.sql.tenants import Quotas, Tenant
from platform_service.sql.transaction import Transaction
from platform_service.uploads.originals import Originals
from platform_service.uploads.taking import Open

RECEIPTS_KEPT_DAYS = 14
KNOWN_S = 15.0
"""So long a tenant's registration is believed without reading it again."""


@dataclass(frozen=True)
class Folders:
    """Where a tenant's derived files lie, on disk or elsewhere; all of them may be deleted at any moment."""

    index: Path | IndexPlace
    renditions: Path | RenditionFolder
    imports: Path | None = None
    """Where imports may come from; None is anywhere on this machine."""
    originals: Originals | None = None
    """Where sent pictures lie; without it none are taken."""


@dataclass
class TenantParts:
    """One tenant's library and what works on it."""

    tenant: str
    database: TenantDatabase
    library: Library
    ingest: Ingest
    importer: Importer
    index: LanceIndex
    keeper: Keeper
    imports_from: Path | None
    originals: Originals | None
    quotas: Quotas
    context: ContextStore
    uploads: Open = field(default_factory=Open)
    is_swept: bool = False
    """Whether what is past its time is deleted daily: a team's; a creator's own runs are kept."""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self) -> None:
        """Forget what is past its time, then begin to load."""
        moment = datetime.now(UTC)
        async with self.database.writing() as transaction:
            await forget_expired(transaction)
            await receipts.forget_before(transaction, _iso(moment - timedelta(days=RECEIPTS_KEPT_DAYS)))
        self.tasks = [
            asyncio.create_task(self.library.load(), name="load the library"),
            asyncio.create_task(self.keeper.run(), name="keep vectors and index"),
        ]
        if self.is_swept:
            self.tasks.append(asyncio.create_task(keep_swept(self.database, self.originals), name="sweep"))

    async def close(self) -> None:
        """Stop imports and background work."""
        await self.importer.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.context.close()


@dataclass(frozen=True)
class Shared:
    """What all tenants' parts are made of."""

    database: Database
    pool: DecoderPool
    meaning: Meaning
    table: Associations
    folders: Callable[[Tenant], Folders]
    context: Callable[[Tenant, TenantDatabase], ContextStore]
    follow_s: float | None = None
    """How often to look for what other replicas did."""

    def parts_of(self, about: Tenant) -> TenantParts:
        """The parts of a tenant; nothing runs yet."""
        database, folders = self.database.of(about.id), self.folders(about)
        index = LanceIndex(folders.index)

        def spelled_like(word: str) -> list[str]:
            try:
                return index.spelled_like(word)
            except IndexBroken as error:
                keeper.call_from_thread(str(error))
                return []

        library = Library(database, self.table, self.meaning.queries, spelled_like, self.follow_s)
        keeper = Keeper(database, library, self.meaning, index)
        ingest = Ingest(folders.renditions, pool=self.pool)

        async def added(new: Sequence[NewAsset]) -> None:
            await library.added(new)
            keeper.call()

        importer = Importer(database, ingest, added, library.has, about.quotas, folders.originals)
        importer.on_end = _tell_of_import
        return TenantParts(
            about.id,
            database,
            library,
            ingest,
            importer,
            index,
            keeper,
            folders.imports,
            folders.originals,
            about.quotas,
            self.context(about, database),
            is_swept=self.follow_s is not None,
        )


Registered = Callable[[TenantDatabase], Awaitable[Tenant]]
"""Looks a tenant up where tenants are registered; raises NotAllowed."""


class Tenancy:
    """All tenants that are served just now."""

    def __init__(self, shared: Shared, registered: Registered, *, most: int = 32) -> None:
        self._shared = shared
        self._registered = registered
        self._known: dict[str, tuple[float, Tenant]] = {}
        self._most = most
        self._open: OrderedDict[str, TenantParts] = OrderedDict()
        self._opening = asyncio.Lock()

    async def about(self, tenant: str) -> Tenant:
        """The registration of a tenant whose name was verified; raises NotAllowed when it is not active."""
        read_s, known = self._known.get(tenant, (float("-inf"), None))
        if known is None or time.monotonic() - read_s > KNOWN_S:
            self._known.pop(tenant, None)
            known = await self._registered(self._shared.database.of(tenant))
            self._known[tenant] = (time.monotonic(), known)
        return known

    async def of(self, tenant: str) -> TenantParts:
        """The parts of a tenant whose name was verified; opened if they are not."""
        found = self._open.get(tenant)
        if found is None:
            async with self._opening:
                found = self._open.get(tenant) or await self._opened(tenant)
        self._open.move_to_end(tenant)
        found.quotas = found.importer.quotas = (await self.about(tenant)).quotas
        return found

    async def close(self) -> None:
        """Stop everything."""
        while self._open:
            _, parts = self._open.popitem()
            await parts.close()

    async def _opened(self, tenant: str) -> TenantParts:
        while len(self._open) >= self._most:
            idle = next((name for name, parts in self._open.items() if not parts.importer.is_busy), None)
            if idle is None:
                break
            await self._open.pop(idle).close()
        parts = self._shared.parts_of(await self.about(tenant))
        await parts.open()
        self._open[tenant] = parts
        return parts


async def _tell_of_import(transaction: Transaction, progress: ImportProgress) -> None:
    by = (await imports.asked_of(transaction, progress.import_id)).by
    told = {"import_id": progress.import_id, "state": progress.state, "added": progress.added, "bad": len(progress.bad)}
    await notify(transaction, "import_ended", by, by, **told)


def workers() -> int:
    """How many decoder processes this machine gets."""
    return max(1, min(4, os.cpu_count() or 1))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
