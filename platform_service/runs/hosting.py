"""How a service gets its runs done: a team's service only queues them; an embedded one carries them out itself."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from platform_service.embedding.meaning import Meaning
from platform_service.identity.caller import LOCAL
from platform_service.runs import journal
from platform_service.runs.environment import prepare_environment
from platform_service.runs.values import HostedRun
from platform_service.sql.imports import Asked, ImportProgress, asked_of, left_off
from platform_service.sql.transaction import Transaction
from platform_service.tenancy import Tenancy, TenantParts

if TYPE_CHECKING:  # what carries runs out is imported when one is posted
    from platform_service.runs.agents import Agents
    from platform_service.runs.queues import Poster, Queues

log = logging.getLogger(__name__)
EMBEDDED = "embedded"
CLOSING_S = 3.0


class Hosting(Protocol):
    """What routes need of it."""

    async def accepted(self, transaction: Transaction, run: HostedRun) -> None:
        """A run is being accepted in this transaction."""
        ...

    def committed(self, run: HostedRun) -> None:
        """A run was accepted."""
        ...

    async def import_accepted(self, transaction: Transaction, import_id: str) -> None:
        """An import is being accepted in this transaction."""
        ...

    def import_committed(self, parts: TenantParts, progress: ImportProgress, asked: Asked) -> None:
        """An import was accepted."""
        ...

    async def forget(self, tenant: str, run_ids: Sequence[str]) -> None:
        """These runs were erased."""
        ...

    async def look_back(self) -> None:
        """Take up what a service that ended before left open."""
        ...

    async def close(self) -> None:
        """Let go."""
        ...


class TeamHosting:
    """Queues each run in the transaction that accepts it; workers do the rest."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._poster: Poster | None = None
        self._making = asyncio.Lock()

    async def accepted(self, transaction: Transaction, run: HostedRun) -> None:
        """Queue it."""
        poster = await self._made()
        await transaction.connection.run_sync(poster.post_within, transaction.tenant, run.id, run.priority)

    def committed(self, run: HostedRun) -> None:
        """Nothing is left to do."""

    async def import_accepted(self, transaction: Transaction, import_id: str) -> None:
        """Queue it."""
        poster = await self._made()
        await transaction.connection.run_sync(poster.post_import_within, transaction.tenant, import_id)

    def import_committed(self, parts: TenantParts, progress: ImportProgress, asked: Asked) -> None:
        """Nothing is left to do."""

    async def forget(self, tenant: str, run_ids: Sequence[str]) -> None:
        """Take them out of the queue's tables, too; one that is under way ends at its next step."""
        if run_ids:
            await asyncio.to_thread((await self._made()).forget, tenant, run_ids)

    async def look_back(self) -> None:
        """Workers look after each other."""

    async def close(self) -> None:
        """Let go of the queue."""
        if self._poster is not None:
            await asyncio.to_thread(self._poster.close)

    async def _made(self) -> "Poster":
        async with self._making:
            if self._poster is None:
                self._poster = await asyncio.to_thread(_poster, self._address)
            return self._poster


class EmbeddedHosting:
    """Queues runs in a file and carries them out in this process; opened with the first run."""

    def __init__(
        self,
        tenancy: Tenancy,
        data_folder: Path,
        happened: Callable[[str, str], None],
        meaning: Meaning,
    ) -> None:
        self._happened = happened
        self._tenancy = tenancy
        self._meaning = meaning
        self._checkpoints = data_folder / "run-checkpoints.sqlite3"
        self._address = f"sqlite:///{data_folder / 'run-queue.sqlite3'}"
        self._opening = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._agents: Agents | None = None
        self._queues: Queues | None = None
        self._poster: Poster | None = None

    async def accepted(self, transaction: Transaction, run: HostedRun) -> None:
        """The queue is another file: it is told after the commit, and again after a restart if that got lost."""

    def committed(self, run: HostedRun) -> None:
        """Queue it soon."""
        self._soon([run])

    async def import_accepted(self, transaction: Transaction, import_id: str) -> None:
        """It is begun after the commit."""

    def import_committed(self, parts: TenantParts, progress: ImportProgress, asked: Asked) -> None:
        """Begin at once: there is one machine to do it, this one, and the row in SQL is what is gone on from."""
        parts.importer.start(progress, asked)

    async def forget(self, tenant: str, run_ids: Sequence[str]) -> None:
        """Take them out of the queue's file, where there is one."""
        if run_ids and self._poster is not None:
            await asyncio.to_thread(self._poster.forget, tenant, run_ids)

    async def look_back(self) -> None:
        """Queue again the runs that have not ended, and go on with imports."""
        parts = await self._tenancy.of(LOCAL)
        async with parts.database.reading() as transaction:
            left = await journal.unended(transaction)
            imports_left = [(one, await asked_of(transaction, one.import_id)) for one in await left_off(transaction)]
        for progress, asked in imports_left:
            parts.importer.start(progress, asked)
        if left:
            self._soon(left)

    async def close(self) -> None:
        """Stop; what is under way goes on after the next start."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._queues is not None:
            await self._queues.close(CLOSING_S)
        if self._poster is not None:
            await asyncio.to_thread(self._poster.close)
        if self._agents is not None:
            await self._agents.close()

    def _soon(self, runs: Sequence[HostedRun]) -> None:
        task = asyncio.create_task(self._queue(runs), name="queue runs")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _queue(self, runs: Sequence[HostedRun]) -> None:
        try:
            poster = await self._opened()
            for run in runs:
                await asyncio.to_thread(poster.post, LOCAL, run.id, run.priority)
        except Exception:
            log.exception("runs could not be queued; they are taken up at the next start")

    async def _opened(self) -> "Poster":
        async with self._opening:
            if self._poster is None:
                agents = await asyncio.to_thread(_agents, self._checkpoints, self._meaning)
                from platform_service.runs.queues import HOSTED_RUN, Queues
                from platform_service.runs.runner import Runner

                runner = Runner(self._tenancy, agents, EMBEDDED, self._happened)
                self._agents, self._queues = agents, Queues(self._address, EMBEDDED, {HOSTED_RUN: runner.carry_out})
                await self._queues.open()
                self._poster = await asyncio.to_thread(_poster, self._address)
            return self._poster


def _poster(address: str) -> "Poster":
    from platform_service.runs.queues import Poster

    return Poster(address)


def _agents(checkpoints: Path, meaning: Meaning) -> "Agents":
    prepare_environment()
    import platform_service.runs.queues  # noqa: F401 - imported off the loop, since it takes half a second
    from platform_service.runs.agents import Agents

    return Agents(lambda _tenant: checkpoints, meaning)
