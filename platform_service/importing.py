"""Imports in the background: outcomes of the ingest are committed in small batches, and progress is told."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platform_service.errors import QuotaReached, ServiceError
from platform_service.ingest.pipeline import Ingest, Known
from platform_service.ingest.results import AlreadyThere, IngestedAsset, Outcome
from platform_service.ingest.results import BadFile as Unreadable
from platform_service.ingest.run import IngestRun
from platform_service.sql import assets, imports
from platform_service.sql.database import TenantDatabase
from platform_service.sql.imports import BadFile, ImportProgress
from platform_service.sql.tenants import NO_QUOTAS, Quotas
from platform_service.sql.transaction import Transaction
from platform_service.uploads.originals import Originals

log = logging.getLogger(__name__)
BATCH = 16
FLUSH_AFTER_S = 0.5
MOST_BAD_TOLD = 1_000
AWAY, AGAIN_S = 503, 1.0

Added = Callable[[Sequence[assets.NewAsset]], Awaitable[None]]
Ended = Callable[[Transaction, ImportProgress], Awaitable[None]]


async def _nobody_is_told(_transaction: Transaction, _progress: ImportProgress) -> None:
    """Nothing follows."""


@dataclass
class _Running:
    run: IngestRun
    progress: ImportProgress
    before: int = 0
    """Works that a former try has added, and that this one finds there."""
    goes_on_later: bool = False
    waiting: list[Outcome] = field(default_factory=list)
    flushed_s: float = field(default_factory=time.monotonic)

    def counted(self, added: int, there: int) -> ImportProgress:
        """With so many works more; what a former try added was counted then."""
        again = min(self.before, there)
        self.before -= again
        told = self.progress
        return told.model_copy(
            update={"added": told.added + added, "already_there": told.already_there + there - again}
        )


class Importer:
    """Runs imports; what a batch committed stays, whatever happens after."""

    def __init__(
        self,
        database: TenantDatabase,
        ingest: Ingest,
        added: Added,
        known: Known,
        quotas: Quotas = NO_QUOTAS,
        originals: Originals | None = None,
    ) -> None:
        self._originals = originals
        self.on_end: Ended = _nobody_is_told
        """Told of an import's end within the transaction that notes it."""
        self._database = database
        self._ingest = ingest
        self._added = added
        self._known = known
        self.quotas = quotas
        self._running: dict[str, _Running] = {}
        self._failed: dict[str, ImportProgress] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether an import runs."""
        return bool(self._running)

    def start(self, progress: ImportProgress, asked: imports.Asked) -> None:
        """Begin an import that was noted in SQL, or go on with it."""
        task = asyncio.create_task(self._to_the_end(progress, asked), name=f"import {progress.import_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def carry_out(self, progress: ImportProgress, asked: imports.Asked) -> None:
        """Import to the end; raises ServiceError where the stores are away, and then it can be done again.

        What a former try committed is counted once.
        """
        known = await self._known_of(asked)
        begun = progress.model_copy(update={"state": "scanning", "done": 0, "already_there": 0})
        self._running[progress.import_id] = running = _Running(self._run(asked, known), begun, progress.added)
        try:
            await self._follow(running)
        except ServiceError as error:
            if error.status >= AWAY:
                raise
            await self._fail(running, error)
        except Exception as error:
            await self._fail(running, error)
        finally:
            running.run.cancel()
            self._running.pop(progress.import_id, None)

    def progress(self, import_id: str) -> ImportProgress | None:
        """How far an import is that runs or failed here; None when only SQL knows it."""
        running = self._running.get(import_id)
        return self._failed.get(import_id) if running is None else running.progress

    def cancel(self, import_id: str) -> bool:
        """Stop an import after the files in hand; False when it does not run."""
        running = self._running.get(import_id)
        if running is None:
            return False
        running.run.cancel()
        return True

    async def close(self) -> None:
        """Stop all imports and wait until what they hold is committed; they go on after the next start."""
        for running in self._running.values():
            running.goes_on_later = True
            running.run.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=20.0)

    async def _to_the_end(self, progress: ImportProgress, asked: imports.Asked) -> None:
        while True:
            try:
                await self.carry_out(progress, asked)
                return
            except ServiceError as error:
                log.warning("import %s waits: %s", progress.import_id, error.what)
                await asyncio.sleep(AGAIN_S)

    def _run(self, asked: imports.Asked, known: Known) -> IngestRun:
        if not asked.files:
            return self._ingest.start([Path(path) for path in asked.paths], recursive=asked.recursive, known=known)
        original = self._originals.there if self._originals is not None else lambda _: None
        return self._ingest.start_kept({Path(one.name): one.id for one in asked.files}, original, known=known)

    async def _known_of(self, asked: imports.Asked) -> Known:
        """What is there: of sent files SQL is asked, since what another service imported may not be here yet."""
        if not asked.files:
            return self._known
        async with self._database.reading() as transaction:
            there = await assets.known(transaction, [one.id for one in asked.files])
        return lambda asset_id: asset_id in there or self._known(asset_id)

    async def _follow(self, running: _Running) -> None:
        while outcomes := await asyncio.to_thread(running.run.take, BATCH):
            running.waiting += outcomes
            self._tell(running)
            full = len(running.waiting) >= BATCH
            if full or time.monotonic() - running.flushed_s > FLUSH_AFTER_S:
                await self._flush(running)
        await self._flush(
            running, None if running.goes_on_later else {"state": running.run.state, "seconds_left": None}
        )

    async def _flush(self, running: _Running, ended: dict[str, object] | None = None) -> None:
        """Commit what is waiting together with how far the import is; count only what is committed."""
        found = [one for one in running.waiting if isinstance(one, IngestedAsset)]
        there = [one for one in running.waiting if isinstance(one, AlreadyThere)]
        new = [assets.NewAsset(one.asset, one.original, one.features, one.mean_colour) for one in found]
        async with self._database.writing() as transaction:
            fitting = await self._within_quota(transaction, new)
            stored = await assets.add(transaction, fitting)
            await assets.note_locations(transaction, [(one.id, one.original) for one in there])
            progress = running.counted(len(stored), len(there) + len(found) - len(stored))
            progress = progress.model_copy(update=ended or {})
            is_wanted = await imports.note(transaction, progress)
            if ended and is_wanted:
                await self.on_end(transaction, progress)
        if stored:
            await self._added(stored)
        running.progress = progress
        if not is_wanted and not ended:
            running.run.cancel()
        if len(fitting) < len(new):
            raise QuotaReached(
                f"Your team may keep {self.quotas.assets} works.", "", "Ask for a larger quota, then import again."
            )
        running.waiting.clear()
        running.flushed_s = time.monotonic()

    async def _within_quota(self, transaction: Transaction, new: list[assets.NewAsset]) -> list[assets.NewAsset]:
        if self.quotas.assets is None:
            return new
        there, _ = await assets.page(transaction, 0, 1)
        return new[: max(0, self.quotas.assets - there)]

    def _tell(self, running: _Running) -> None:
        seen, told = running.run.progress, running.progress
        fresh = [BadFile(path=str(one.original), why=one.why) for one in running.waiting if isinstance(one, Unreadable)]
        running.waiting = [one for one in running.waiting if not isinstance(one, Unreadable)]
        running.progress = told.model_copy(
            update={
                "state": "running",
                "done": seen.done,
                "total": seen.total,
                "rate_per_s": round(seen.rate_per_s, 2),
                "seconds_left": None if seen.seconds_left is None else round(seen.seconds_left, 1),
                "bad": tuple({one.path: one for one in (*told.bad, *fresh)}.values())[:MOST_BAD_TOLD],
            }
        )

    async def _fail(self, running: _Running, error: Exception) -> None:
        running.run.cancel()
        log.exception("import %s failed", running.progress.import_id)
        what = error.what if isinstance(error, ServiceError) else f"An unexpected error: {error}"
        advice = error.advice if isinstance(error, ServiceError) else ""
        told = f"{what} {running.progress.added} works were kept. {advice or 'Import the folder again.'}".strip()
        running.progress = running.progress.model_copy(update={"state": "failed", "error": told, "seconds_left": None})
        self._failed[running.progress.import_id] = running.progress
        try:
            async with self._database.writing() as transaction:
                if await imports.note(transaction, running.progress):
                    await self.on_end(transaction, running.progress)
        except ServiceError:
            log.warning("the failure of import %s could not be stored", running.progress.import_id)
