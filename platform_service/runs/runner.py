"""Carries a hosted run out: takes charge of it, lets the agent work, tells its progress, and ends it once."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from agent.events import StepChanged, TurnEnded, TurnEvent
from agent.intent import Intent
from agent.running.steps import UnreadableSteps, steps_from_plain
from agent.running.terms import Terms
from platform_service.context.injecting import keep_understood
from platform_service.context.service import PersonContext
from platform_service.errors import NotFound, ServiceError
from platform_service.operations.logs import AT, CORRELATION
from platform_service.runs.around import intent_of, seen, workflow_of
from platform_service.runs.journal import Attempt, RunJournal, Superseded
from platform_service.runs.plain import context_of, record_of, result_of, told_of
from platform_service.runs.ports import INSIDE
from platform_service.runs.values import Around, PostedRun
from platform_service.sql import scenes
from platform_service.sql.database import TenantDatabase
from platform_service.tenancy import Tenancy
from scene.document import scene_from_plain
from scene.scene import Scene

if TYPE_CHECKING:
    from platform_service.runs.agents import Agents

log = logging.getLogger(__name__)
LOOK_EVERY_S = 0.5
"""So often a worker looks whether a run is to be cancelled."""
STORES_BACK_S = 0.5
AWAY = 503
BROKEN = ServiceError(
    "Something went wrong inside the platform while working on this.", "The scene is as it was before.", "Try again."
)

T = TypeVar("T")


@dataclass
class Progress:
    """How far one attempt is in this worker."""

    attempt: Attempt
    journal: RunJournal
    happened: Callable[[], None]
    """Called after each event that was committed, for those who follow the run."""
    ended: TurnEnded | None = None
    told: int = 0
    understood_here: bool = True
    """Else its client had understood it, and that was kept when it was posted."""


class Runner:
    """Runs of all tenants, on the loop that the tenants' parts live on."""

    def __init__(
        self,
        tenancy: Tenancy,
        agents: "Agents",
        worker: str,
        happened: Callable[[str, str], None] = lambda prefix, run_id: None,
    ) -> None:
        """`happened` is told a tenant's prefix and a run of which an event was committed."""
        self._tenancy = tenancy
        self._happened = happened
        self._agents = agents
        self._worker = worker
        self._here: dict[str, asyncio.Lock] = {}

    async def carry_out(self, tenant: str, run_id: str) -> None:
        """Do what is left of a run; returns when it has ended or when another attempt is in charge."""
        try:
            parts = await patiently(lambda: self._tenancy.of(tenant))
            prefix = (await patiently(lambda: self._tenancy.about(tenant))).prefix
            journal = RunJournal(parts.database)
            attempt = await patiently(lambda: journal.begin(run_id, self._worker))
        except NotFound:
            log.warning("a run was queued that nobody posted: %s", run_id)
            return
        self._happened(prefix, run_id)
        if attempt is None:
            return
        log.info("run %s: attempt %s", run_id, attempt.number)
        progress = Progress(attempt, journal, lambda: self._happened(prefix, run_id))
        here = self._here.setdefault(run_id, asyncio.Lock())
        async with here:  # an attempt of ours that was taken for lost notices soon that this one is in charge
            with suppress(Superseded, NotFound):  # not found: it was erased meanwhile
                await self._attend(tenant, progress)
        if not here.locked():
            self._here.pop(run_id, None)

    async def _attend(self, tenant: str, progress: Progress) -> None:
        """Let the agent work while looking out for a cancellation."""
        work = asyncio.create_task(self._work(tenant, progress), name=f"run {progress.attempt.run_id}")
        try:
            while not (await asyncio.wait([work], timeout=LOOK_EVERY_S))[0]:
                wish = await patiently(lambda: progress.journal.wish(progress.attempt))
                if wish != "go on":
                    work.cancel()
                    await asyncio.wait([work])
        finally:
            work.cancel()
            await asyncio.wait([work])
        if not work.cancelled() and (error := work.exception()) is not None:
            log.error("run %s went wrong", progress.attempt.run_id, exc_info=error)
            progress.ended = _impossible(progress.attempt, BROKEN)
        ended = progress.ended or _cancelled(progress.attempt)
        record = record_of(progress.attempt, ended)
        await patiently(lambda: progress.journal.end(progress.attempt, result_of(ended), record))
        progress.happened()
        if ended.outcome in ("proposed", "asked", "acted") and record.intent and progress.understood_here:
            await patiently(lambda: self._keep_understood(tenant, progress.attempt.posted, record.intent))

    async def _keep_understood(self, tenant: str, posted: PostedRun, understood: dict[str, Any]) -> None:
        """The next request of the session starts from it."""
        asked, parts = posted.asked, await self._tenancy.of(tenant)
        if not asked.session_id or not posted.by:
            return
        mine = PersonContext(parts.database, parts.context, posted.by)
        async with parts.database.writing() as transaction:
            kept = await keep_understood(transaction, mine, asked.session_id, asked.project_id, understood)
        if kept:
            await mine.settled("working", asked.session_id)

    async def _work(self, tenant: str, progress: Progress) -> None:
        attempt, journal = progress.attempt, progress.journal
        parts = await patiently(lambda: self._tenancy.of(tenant))
        try:
            around = await patiently(lambda: journal.around(attempt.run_id))
            stored = await patiently(lambda: _scene(parts.database, attempt.posted))
            scene = await asyncio.to_thread(seen, around, stored)
        except ServiceError as error:
            progress.ended = _impossible(attempt, error)
            return
        progress.understood_here = around.intent is None
        CORRELATION.set(attempt.posted.correlation_id)
        AT.set(_at(tenant, attempt))
        terms = await patiently(lambda: _terms(attempt, journal, around))
        INSIDE.set(around.folders)
        context = context_of(attempt.run_id, attempt.posted, around, scene)
        async with self._agents.of(parts, attempt, journal) as agent:
            async for event in agent.run(attempt.posted.asked.request, context, terms=terms):
                await self._tell(progress, event)

    async def _tell(self, progress: Progress, event: TurnEvent) -> None:
        if isinstance(event, TurnEnded):
            progress.ended = event
            return
        if isinstance(event, StepChanged) and event.step.state in ("done", "failed"):
            step = event.step
            fields = {"tool": step.tool, "state": step.state, "ms": round(1_000 * step.seconds)}
            log.info("tool call", extra={"fields": fields})
        told = told_of(event)
        if told is None:
            return
        progress.told += 1
        kind, document = told
        document = {**document, "number": progress.told}
        await patiently(lambda: progress.journal.tell(progress.attempt, kind, document))
        progress.happened()


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until the stores are there: a run waits for them, as long as its worker lives."""
    while True:
        try:
            return await ask()
        except ServiceError as error:
            if error.status < AWAY:
                raise
            log.warning("a run waits: %s", error.what)
            await asyncio.sleep(STORES_BACK_S)


async def _scene(database: TenantDatabase, posted: PostedRun) -> Scene:
    if posted.asked.scene_id is None:
        return Scene()
    async with database.reading() as transaction:
        stored = await scenes.at_version(transaction, posted.asked.scene_id, posted.scene_version)
    if stored.document is None:
        return Scene()
    try:
        return await asyncio.to_thread(scene_from_plain, stored.document)
    except ValueError as error:
        raise ServiceError(
            f"The stored scene cannot be read: {error}.", "It was not changed.", "Save it again."
        ) from error


async def _terms(attempt: Attempt, journal: RunJournal, around: Around) -> Terms:
    background = attempt.posted.asked.priority == "background"
    given = Terms(intent_of(around), workflow_of(around))
    terms = replace(given, background=background, resumed=attempt.number > 1)
    if not terms.resumed:
        return terms
    (intent, workflow), _ = await journal.kept(attempt.run_id)
    try:
        return replace(
            terms,
            intent=Intent.model_validate_json(intent) if intent else terms.intent,
            workflow=steps_from_plain(json.loads(workflow)) if workflow else terms.workflow,
        )
    except (ValidationError, UnreadableSteps, ValueError):
        log.warning("what was planned of run %s cannot be read; it is planned anew", attempt.run_id)
        return terms


def _at(tenant: str, attempt: Attempt) -> dict[str, str]:
    asked = attempt.posted.asked
    named = {"tenant": tenant, "user": attempt.posted.by, "run": attempt.run_id, "session": asked.session_id}
    named |= {"project": asked.project_id, "scene": asked.scene_id or ""}
    return {name: value for name, value in named.items() if value}


def _cancelled(attempt: Attempt) -> TurnEnded:
    return TurnEnded(attempt.run_id, "cancelled", text="Stopped. Nothing was changed.")


def _impossible(attempt: Attempt, error: ServiceError) -> TurnEnded:
    return TurnEnded(attempt.run_id, "failed", text=error.what, kept=error.kept, advice=error.advice)
