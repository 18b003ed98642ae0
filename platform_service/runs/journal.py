"""The truth about hosted runs: for each a stream of events in SQL, written only by the attempt that is in charge.

What steps gave is kept in a second stream. A worker that was believed lost and comes back finds another attempt in
charge and can write nothing any more, so no effect of a run happens twice.
"""

import asyncio
import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import func, select

from agent.ports.money import MICRO_USD
from agent.ports.projects import RunRecord
from agent.ports.runs import KeptStep
from platform_service.errors import NotFound, Refused, RunThere
from platform_service.live.notices import notify
from platform_service.runs.around import readable
from platform_service.runs.values import Around, HostedRun, PostedRun, RunEvent, RunRequest, State
from platform_service.sql import events, ledger, projects, runs, scenes
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Event
from platform_service.sql.team_tables import events as events_table
from platform_service.sql.transaction import Transaction

MARKS = ("posted", "begun", "cancelling", "ended")
"""The kinds of events that a run's state follows from; all others tell of its progress."""
MOST_ATTEMPTS = 10
ALL = 100_000
Wish = Literal["go on", "cancel", "stop"]


class Superseded(Exception):
    """The run has ended, or another attempt is in charge of it."""


@dataclass(frozen=True)
class Attempt:
    """One worker's try at a run."""

    run_id: str
    number: int
    posted: PostedRun


async def post(transaction: Transaction, asked: RunRequest, by: str, correlation_id: str) -> HostedRun:
    """Accept a request; raises NotFound, Refused."""
    await projects.project(transaction, asked.project_id)
    version = 0
    if asked.scene_id is not None:
        head = await scenes.head(transaction, asked.scene_id)
        if head.project_id != asked.project_id:
            raise Refused("This scene belongs to another project.", "Nothing was started.", "Name its own project.")
        version = head.version if asked.scene_version is None else asked.scene_version
        if version > head.version:
            raise Refused("The scene has no such version yet.", "Nothing was started.", "Save it first.")
    await asyncio.to_thread(readable, asked.around)
    today = asked.today or datetime.now(UTC).date()
    bare = asked.model_copy(update={"around": Around()})
    posted = PostedRun(asked=bare, scene_version=version, today=today, by=by, correlation_id=correlation_id)
    run_id = asked.id or uuid.uuid4().hex
    await _refuse_second(transaction, run_id)
    await events.append(transaction, _stream(run_id), "posted", posted.model_dump(mode="json"))
    if asked.around != Around():
        await events.append(transaction, _kept(run_id), "around", asked.around.model_dump(mode="json"))
    return await standing(transaction, run_id)


async def standing(transaction: Transaction, run_id: str) -> HostedRun:
    """How a run stands; raises NotFound for one that was not posted here."""
    marks = await _marks(transaction, run_id)
    posted = PostedRun.model_validate(marks[0].document)
    last = select(func.max(events_table.c.position)).where(
        transaction.mine(events_table), events_table.c.stream == _stream(run_id)
    )
    result = marks[-1].document if marks[-1].kind == "ended" else None
    cost = await ledger.cost_of(transaction, run_id)
    return HostedRun(
        id=run_id,
        project_id=posted.asked.project_id,
        request=posted.asked.request,
        by=posted.by,
        scene_id=posted.asked.scene_id,
        scene_version=posted.scene_version,
        priority=posted.asked.priority,
        state=_state(marks),
        attempts=sum(mark.kind == "begun" for mark in marks),
        position=(await transaction.execute(last)).scalar_one(),
        cost_usd=cost.micro_usd / MICRO_USD,
        held_usd=cost.held_micro_usd / MICRO_USD,
        model_calls=cost.calls,
        result=result,
        created=marks[0].created,
    )


async def told(transaction: Transaction, run_id: str, after: int, limit: int) -> tuple[RunEvent, ...]:
    """What happened in a run after a position; raises NotFound."""
    await _marks(transaction, run_id)
    found = await events.after(transaction, _stream(run_id), after, limit)
    return tuple(RunEvent(**event.model_dump(include=set(RunEvent.model_fields))) for event in found)


async def cancel(transaction: Transaction, run_id: str) -> HostedRun:
    """Ask a run to end; one that nobody has begun ends at once. One that has ended stays as it is."""
    await _locked(transaction, run_id)
    marks = await _marks(transaction, run_id)
    state = _state(marks)
    if state == "queued":
        await _end(transaction, run_id, CANCELLED, PostedRun.model_validate(marks[0].document))
    elif state == "running":
        await events.append(transaction, _stream(run_id), "cancelling", {})
    return await standing(transaction, run_id)


async def unended(transaction: Transaction) -> tuple[HostedRun, ...]:
    """The runs that have been posted and have not ended, oldest first."""

    def streams_with(kind: str) -> Any:
        named = (events_table.c.stream >= "run:", events_table.c.stream < "run;", events_table.c.kind == kind)
        return select(events_table.c.stream).where(transaction.mine(events_table), *named)

    query = streams_with("posted").where(events_table.c.stream.not_in(streams_with("ended")))
    found = (await transaction.execute(query.order_by(events_table.c.created))).scalars().all()
    return tuple([await standing(transaction, stream.partition(":")[2]) for stream in found])


CANCELLED: Mapping[str, Any] = {"outcome": "cancelled", "text": "Stopped. Nothing was changed.", "proposal": None}
GIVEN_UP: Mapping[str, Any] = {
    "outcome": "failed",
    "text": f"This was begun {MOST_ATTEMPTS} times, and each time its worker was lost.",
    "kept": "The scene is as it was before.",
    "advice": "Ask for less at once, or tell whoever runs the platform.",
}


class RunJournal:
    """What a worker reads and writes of the runs of one tenant."""

    def __init__(self, database: TenantDatabase) -> None:
        self._database = database

    async def begin(self, run_id: str, worker: str) -> Attempt | None:
        """Take charge of a run; None when there is nothing left to do."""
        async with self._database.writing() as transaction:
            await _locked(transaction, run_id)
            marks = await _marks(transaction, run_id)
            posted = PostedRun.model_validate(marks[0].document)
            state, number = _state(marks), 1 + sum(mark.kind == "begun" for mark in marks)
            if state == "cancelling":
                await _end(transaction, run_id, CANCELLED, posted)
            elif state != "ended" and number > MOST_ATTEMPTS:
                await _end(transaction, run_id, GIVEN_UP, posted)
            elif state != "ended":
                await ledger.write_off(transaction, run_id)
                await events.append(transaction, _stream(run_id), "begun", {"attempt": number, "worker": worker})
                return Attempt(run_id, number, posted)
        return None

    async def wish(self, attempt: Attempt) -> Wish:
        """What is to become of an attempt."""
        async with self._database.reading() as transaction:
            marks = await _marks(transaction, attempt.run_id)
        if not _in_charge(marks, attempt):
            return "stop"
        return "cancel" if _state(marks) == "cancelling" else "go on"

    async def tell(self, attempt: Attempt, kind: str, document: dict[str, Any]) -> None:
        """Add to the progress; raises Superseded. Sent again after a lost answer, it is told once."""
        async with self._database.writing() as transaction:
            await self.guard(transaction, attempt)
            last = await self._last(transaction, _stream(attempt.run_id))
            if last is None or (last.kind, last.document) != (kind, document):
                await events.append(transaction, _stream(attempt.run_id), kind, document)

    async def keep_plan(self, attempt: Attempt, intent: str, workflow: str) -> None:
        """Keep what is going to run; raises Superseded."""
        await self._keep(attempt, "plan", {"intent": intent, "workflow": workflow})

    async def keep_step(self, attempt: Attempt, kept: KeptStep) -> None:
        """Keep what a step gave; raises Superseded."""
        body = base64.b64encode(kept.body).decode()
        await self._keep(attempt, "step", {"step_id": kept.step_id, "key": kept.key, "body": body})

    async def kept(self, run_id: str) -> tuple[tuple[str, str], tuple[KeptStep, ...]]:
        """The plan, as intent and workflow, and what its steps gave before."""
        async with self._database.reading() as transaction:
            found = await events.after(transaction, _kept(run_id), 0, ALL)
        plan, steps = ("", ""), {}
        for event in found:
            what = event.document
            if event.kind == "plan":
                plan = (what["intent"], what["workflow"])
            elif event.kind == "step":
                body = base64.b64decode(what["body"])
                steps[what["step_id"]] = KeptStep(what["step_id"], what["key"], body)
        return plan, tuple(steps.values())

    async def around(self, run_id: str) -> Around:
        """What the run was given beyond words and scene."""
        async with self._database.reading() as transaction:
            found = await events.after(transaction, _kept(run_id), 0, 1)
        return Around.model_validate(found[0].document) if found and found[0].kind == "around" else Around()

    async def end(self, attempt: Attempt, result: Mapping[str, Any], record: RunRecord) -> None:
        """The end, with the run's record in the same transaction; raises Superseded.

        Who was told that it will be cancelled gets no proposal any more.
        """
        async with self._database.writing() as transaction:
            await self.guard(transaction, attempt)
            if _state(await _marks(transaction, attempt.run_id)) == "cancelling":
                result, record = CANCELLED, record.model_copy(update={"outcome": CANCELLED["outcome"]})
            spent_usd = (await ledger.cost_of(transaction, attempt.run_id)).micro_usd / MICRO_USD
            await _end(transaction, attempt.run_id, {**result, "cost_usd": spent_usd}, None)
            await runs.save(transaction, record.model_copy(update={"cost_usd": spent_usd}))

    async def _keep(self, attempt: Attempt, kind: str, document: dict[str, Any]) -> None:
        async with self._database.writing() as transaction:
            await self.guard(transaction, attempt)
            await events.append(transaction, _kept(attempt.run_id), kind, document)

    async def guard(self, transaction: Transaction, attempt: Attempt) -> None:
        """Raise Superseded unless this attempt is in charge, and stays so until the transaction ends."""
        await _locked(transaction, attempt.run_id)
        if not _in_charge(await _marks(transaction, attempt.run_id), attempt):
            raise Superseded(attempt.run_id)

    async def _last(self, transaction: Transaction, stream: str) -> Event | None:
        last = select(func.max(events_table.c.position)).where(
            transaction.mine(events_table), events_table.c.stream == stream
        )
        position = (await transaction.execute(last)).scalar_one_or_none() or 0
        found = await events.after(transaction, stream, position - 1, 1)
        return found[0] if found else None


def _stream(run_id: str) -> str:
    return f"run:{run_id}"


def _kept(run_id: str) -> str:
    return f"kept:{run_id}"


async def _refuse_second(transaction: Transaction, run_id: str) -> None:
    await _locked(transaction, run_id)
    there = select(events_table.c.position).where(
        transaction.mine(events_table), events_table.c.stream == _stream(run_id)
    )
    if (await transaction.execute(there.limit(1))).first() is not None:
        raise RunThere("A run of this name was posted before.", "It goes on as it was.", "Ask for it by its name.")


async def _locked(transaction: Transaction, run_id: str) -> None:
    await transaction.lock(f"stream {_stream(run_id)}")


async def _marks(transaction: Transaction, run_id: str) -> list[Event]:
    mine = (transaction.mine(events_table), events_table.c.stream == _stream(run_id), events_table.c.kind.in_(MARKS))
    places = select(events_table.c.position).where(*mine).order_by(events_table.c.position)
    found: list[Event] = []
    for position in (await transaction.execute(places)).scalars().all():
        found += await events.after(transaction, _stream(run_id), position - 1, 1)
    if not found:
        raise NotFound(f"No run {run_id} was posted here.", "Nothing was changed.", "Post it again.")
    return found


def _state(marks: list[Event]) -> State:
    kinds = {mark.kind for mark in marks}
    if "ended" in kinds:
        return "ended"
    if "cancelling" in kinds:
        return "cancelling"
    return "running" if "begun" in kinds else "queued"


def _in_charge(marks: list[Event], attempt: Attempt) -> bool:
    return _state(marks) != "ended" and sum(mark.kind == "begun" for mark in marks) == attempt.number


async def _end(transaction: Transaction, run_id: str, result: Mapping[str, Any], posted: PostedRun | None) -> None:
    """Write the end; with `posted`, also the record that a worker would have written."""
    await events.append(transaction, _stream(run_id), "ended", dict(result))
    asked_by = posted or PostedRun.model_validate((await _marks(transaction, run_id))[0].document)
    told = {"run_id": run_id, "project_id": asked_by.asked.project_id, "outcome": result["outcome"]}
    await notify(transaction, "run_ended", asked_by.by, asked_by.by, **told)
    if posted is not None:
        asked = posted.asked
        record = RunRecord(id=run_id, project_id=asked.project_id, request=asked.request, outcome=result["outcome"])
        spent = await ledger.cost_of(transaction, run_id)
        await runs.save(transaction, record.model_copy(update={"cost_usd": spent.micro_usd / MICRO_USD}))
