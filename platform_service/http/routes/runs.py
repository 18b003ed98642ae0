"""Runs of workflows, and what creators thought of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from agent.ports.projects import Feedback, RunRecord
from platform_service.context.injecting import take_in, with_context
from platform_service.errors import Refused, RoleTooLow
from platform_service.http.bodies import Id
from platform_service.http.parts import Parts, Whole
from platform_service.http.problems import correlation_of
from platform_service.http.roles import CREATOR, VIEWER, Calling
from platform_service.http.working import Mine
from platform_service.http.writes import Once
from platform_service.live.notices import EVERYONE, notify
from platform_service.runs import journal
from platform_service.runs.values import HostedRun, RunEvent, RunRequest
from platform_service.sql import runs
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["runs"])


@router.post("/v1/runs", dependencies=[CREATOR], status_code=202, response_model=HostedRun)
async def start(body: RunRequest, request: Request, whole: Whole, caller: Calling, mine: Mine, once: Once) -> Response:
    """Run a request on the platform; ask for the run by its id. What comes of it is a proposal, never a change.

    What it does not say of its session is taken from the session's context.
    """
    session_id = body.session_id or str(request.scope.get("session_id", ""))
    asked = body.model_copy(update={"session_id": session_id})
    if session_id:
        asked = with_context(asked, await mine.of_session(session_id))
    accepted: list[HostedRun] = []

    async def effect(transaction: Transaction) -> HostedRun:
        run = await journal.post(transaction, asked, caller.user, correlation_of(request))
        if session_id:
            await take_in(transaction, mine, asked)
        await whole.hosting.accepted(transaction, run)
        accepted.append(run)
        return run

    answer = await once.run(effect, 202)
    for run in accepted:
        whole.hosting.committed(run)
        if session_id:
            await mine.settled("working", session_id)
            await mine.settled("history", session_id)
    return answer


@router.get("/v1/runs/{run_id}", dependencies=[VIEWER])
async def one(run_id: Id, parts: Parts) -> HostedRun:
    """How a run stands that was posted here, and its result once it has ended."""
    async with parts.database.reading() as transaction:
        return await journal.standing(transaction, run_id)


@router.get("/v1/runs/{run_id}/events", dependencies=[VIEWER])
async def happened(
    run_id: Id,
    parts: Parts,
    since: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 200,
) -> list[RunEvent]:
    """What happened in a run after a position, oldest first."""
    async with parts.database.reading() as transaction:
        return list(await journal.told(transaction, run_id, since, limit))


@router.delete("/v1/runs/{run_id}", dependencies=[CREATOR], response_model=HostedRun)
async def cancel(run_id: Id, whole: Whole, caller: Calling, once: Once) -> Response:
    """Ask a run of one's own to end, or anybody's as a curator; one that has ended stays as it is."""

    async def effect(transaction: Transaction) -> HostedRun:
        run = await journal.standing(transaction, run_id)
        if run.by != caller.user and not caller.may("curator"):
            raise RoleTooLow("This run is somebody else's.", "It goes on.", "Ask them, or a curator.")
        return await journal.cancel(transaction, run_id)

    answer = await once.run(effect)
    whole.live.run_happened((await whole.tenancy.about(caller.tenant)).prefix, run_id)
    return answer


@router.put("/v1/runs/{run_id}", dependencies=[CREATOR], response_model=RunRecord)
async def save(run_id: Id, body: RunRecord, once: Once) -> Response:
    """Keep a run; saving it again replaces its outcome."""

    async def effect(transaction: Transaction) -> RunRecord:
        if body.id != run_id:
            raise Refused("The run in the body has another id than the path.", "Nothing was changed.")
        return await runs.save(transaction, body)

    return await once.run(effect)


@router.get("/v1/projects/{project_id}/runs", dependencies=[VIEWER])
async def of_project(
    project_id: Id, parts: Parts, limit: Annotated[int, Query(ge=1, le=1_000)] = 100
) -> list[RunRecord]:
    """The runs of a project, newest first."""
    async with parts.database.reading() as transaction:
        return list(await runs.runs_of(transaction, project_id, limit))


@router.post("/v1/feedback", dependencies=[CREATOR], status_code=201, response_model=Feedback)
async def give_feedback(body: Feedback, caller: Calling, once: Once) -> Response:
    """Keep what the creator thought of a run's proposal, whole or one work of it."""

    async def effect(transaction: Transaction) -> Feedback:
        given = await runs.give_feedback(transaction, body)
        if body.verdict == "approved" and body.asset_id is None:
            about = {"run_id": body.run_id, "project_id": await runs.project_of(transaction, body.run_id)}
            await notify(transaction, "approved", EVERYONE, caller.user, **about)
        return given

    return await once.run(effect, 201)


@router.get("/v1/runs/{run_id}/feedback", dependencies=[VIEWER])
async def feedback(run_id: Id, parts: Parts) -> list[Feedback]:
    """What was said about a run, oldest first."""
    async with parts.database.reading() as transaction:
        return list(await runs.feedback_of(transaction, run_id))
