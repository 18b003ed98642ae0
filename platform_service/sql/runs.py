"""Runs and what creators thought of them, in SQL."""

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.ports.projects import Feedback, RunRecord
from platform_service.errors import NotFound, Refused
from platform_service.sql import projects
from platform_service.sql.database import now
from platform_service.sql.tables import feedback, runs


async def save(connection: AsyncConnection, run: RunRecord) -> RunRecord:
    """Keep a run; saving it again replaces it."""
    await projects.project(connection, run.project_id)
    query = select(runs.c.project_id).where(runs.c.id == run.id)
    home = (await connection.execute(query)).scalar_one_or_none()
    if home is not None and home != run.project_id:
        raise Refused("This run belongs to another project.", "It was not changed.", "Save it under a new id.")
    moment = now()
    changed = {"document": run.model_dump_json(), "outcome": run.outcome, "updated": moment}
    values = {"id": run.id, "project_id": run.project_id, "created": moment, **changed}
    await connection.execute(upsert(runs).values(values).on_conflict_do_update(["id"], set_=changed))
    return run


async def runs_of(connection: AsyncConnection, project_id: str, limit: int) -> tuple[RunRecord, ...]:
    """The runs of a project, newest first."""
    await projects.project(connection, project_id)
    query = (
        select(runs.c.document)
        .where(runs.c.project_id == project_id)
        .order_by(runs.c.created.desc(), runs.c.id)
        .limit(limit)
    )
    return tuple(RunRecord.model_validate_json(text) for text in (await connection.execute(query)).scalars())


async def give_feedback(connection: AsyncConnection, given: Feedback) -> Feedback:
    """Keep what the creator thought of a run."""
    known = (await connection.execute(select(runs.c.id).where(runs.c.id == given.run_id))).scalar_one_or_none()
    if known is None:
        raise NotFound(f"There is no run {given.run_id}.", "Nothing was changed.", "Save the run first.")
    await connection.execute(insert(feedback).values(**given.model_dump(), created=now()))
    return given


async def feedback_of(connection: AsyncConnection, run_id: str) -> tuple[Feedback, ...]:
    """What was said about a run, oldest first."""
    query = select(feedback).where(feedback.c.run_id == run_id).order_by(feedback.c.number)
    return tuple(
        Feedback(run_id=row.run_id, verdict=row.verdict, reason=row.reason, asset_id=row.asset_id)
        for row in await connection.execute(query)
    )
