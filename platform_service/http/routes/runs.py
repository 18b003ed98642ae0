"""Runs of workflows, and what creators thought of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from agent.ports.projects import Feedback, RunRecord
from platform_service.errors import Refused
from platform_service.http.bodies import Id
from platform_service.http.parts import Parts
from platform_service.http.roles import CREATOR, VIEWER
from platform_service.http.writes import Once
from platform_service.sql import runs
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["runs"])


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
async def give_feedback(body: Feedback, once: Once) -> Response:
    """Keep what the creator thought of a run's proposal, whole or one work of it."""

    async def effect(transaction: Transaction) -> Feedback:
        return await runs.give_feedback(transaction, body)

    return await once.run(effect, 201)


@router.get("/v1/runs/{run_id}/feedback", dependencies=[VIEWER])
async def feedback(run_id: Id, parts: Parts) -> list[Feedback]:
    """What was said about a run, oldest first."""
    async with parts.database.reading() as transaction:
        return list(await runs.feedback_of(transaction, run_id))
