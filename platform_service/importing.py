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

log = logging.getLogger(__name__)
BATCH = 16
FLUSH_AFTER_S = 0.5
MOST_BAD_TOLD = 1_000

Added = Callable[[Sequence[assets.NewAsset]], Awaitable[None]]


@dataclass
class _Running:
    run: IngestRun
    progress: ImportProgress
    waiting: list[Outcome] = field(default_factory=list)
    flushed_s: float = field(default_factory=time.monotonic)


class Importer:
    """Runs imports; what a batch committed stays, whatever happens after."""

    def __init__(
        self, database: TenantDatabase, ingest: Ingest, added: Added, known: Known, quotas: Quotas = NO_QUOTAS
    ) -> None:
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

    def start(self, progress: ImportProgress, paths: Sequence[Path], recursive: bool) -> None:
        """Begin an import that was noted in SQL."""
        run = self._ingest.start(paths, recursive=recursive, known=self._known)
        self._running[progress.import_id] = running = _Running(run, progress)
        task = asyncio.create_task(self._carry_out(running), name=f"import {progress.import_id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

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
        """Stop all imports and wait until what they hold is committed."""
        for running in self._running.values():
            running.run.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=20.0)

    async def _carry_out(self, running: _Running) -> None:
        import_id = running.progress.import_id
        try:
            while outcomes := await asyncio.to_thread(running.run.take, BATCH):
                running.waiting += outcomes
                self._tell(running)
                full = len(running.waiting) >= BATCH
                if full or time.monotonic() - running.flushed_s > FLUSH_AFTER_S:
                    await self._flush(running)
            await self._flush(running, {"state": running.run.state, "seconds_left": None})
        except Exception as error:
            await self._fail(running, error)
        finally:
            self._running.pop(import_id, None)

    async def _flush(self, running: _Running, ended: dict[str, object] | None = None) -> None:
        """Commit what is waiting together with how far the import is; count only what is committed."""
        found = [one for one in running.waiting if isinstance(one, IngestedAsset)]
        there = [one for one in running.waiting if isinstance(one, AlreadyThere)]
        new = [assets.NewAsset(one.asset, one.original, one.features, one.mean_colour) for one in found]
        async with self._database.writing() as transaction:
            fitting = await self._within_quota(transaction, new)
            stored = await assets.add(transaction, fitting)
            await assets.note_locations(transaction, [(one.id, one.original) for one in there])
            progress = _counted(running.progress, len(stored), len(there) + len(found) - len(stored))
            progress = progress.model_copy(update=ended or {})
            await imports.note(transaction, progress)
        if stored:
            await self._added(stored)
        running.progress = progress
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
                "bad": (*told.bad, *fresh)[:MOST_BAD_TOLD],
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
                await imports.note(transaction, running.progress)
        except ServiceError:
            log.warning("the failure of import %s could not be stored", running.progress.import_id)


def _counted(progress: ImportProgress, added: int, there: int) -> ImportProgress:
    return progress.model_copy(
        update={"added": progress.added + added, "already_there": progress.already_there + there}
    )
