"""Runs and what creators thought of them, in SQL."""

from sqlalchemy import insert, select

from agent.ports.projects import Feedback, RunRecord
from platform_service.errors import NotFound, Refused
from platform_service.sql import projects
from platform_service.sql.database import now
from platform_service.sql.tables import feedback, runs
from platform_service.sql.transaction import Transaction


async def save(transaction: Transaction, run: RunRecord) -> RunRecord:
    """Keep a run; saving it again replaces it."""
    await projects.project(transaction, run.project_id)
    await transaction.lock(f"run {run.id}")
    query = select(runs.c.project_id).where(transaction.mine(runs), runs.c.id == run.id)
    home = (await transaction.execute(query)).scalar_one_or_none()
    if home is not None and home != run.project_id:
        raise Refused("This run belongs to another project.", "It was not changed.", "Save it under a new id.")
    moment = now()
    changed = {"document": run.model_dump_json(), "outcome": run.outcome, "updated": moment}
    key = {"tenant": transaction.tenant, "id": run.id}
    new = transaction.upsert(runs).values(**key, project_id=run.project_id, created=moment, **changed)
    await transaction.execute(new.on_conflict_do_update(index_elements=["tenant", "id"], set_=changed))
    return run


async def project_of(transaction: Transaction, run_id: str) -> str:
    """The project that a run belongs to; empty for a run that is not there."""
    query = select(runs.c.project_id).where(transaction.mine(runs), runs.c.id == run_id)
    return str((await transaction.execute(query)).scalar_one_or_none() or "")


async def runs_of(transaction: Transaction, project_id: str, limit: int) -> tuple[RunRecord, ...]:
    """The runs of a project, newest first."""
    await projects.project(transaction, project_id)
    query = (
        select(runs.c.document)
        .where(transaction.mine(runs), runs.c.project_id == project_id)
        .order_by(runs.c.created.desc(), runs.c.id)
        .limit(limit)
    )
    return tuple(RunRecord.model_validate_json(text) for text in (await transaction.execute(query)).scalars())


async def give_feedback(transaction: Transaction, given: Feedback) -> Feedback:
    """Keep what the creator thought of a run."""
    query = select(runs.c.id).where(transaction.mine(runs), runs.c.id == given.run_id)
    known = (await transaction.execute(query)).scalar_one_or_none()
    if known is None:
        raise NotFound(f"There is no run {given.run_id}.", "Nothing was changed.", "Save the run first.")
    await transaction.execute(insert(feedback).values(tenant=transaction.tenant, **given.model_dump(), created=now()))
    return given


async def feedback_of(transaction: Transaction, run_id: str) -> tuple[Feedback, ...]:
    """What was said about a run, oldest first."""
    query = select(feedback).where(transaction.mine(feedback), feedback.c.run_id == run_id).order_by(feedback.c.number)
    return tuple(
        Feedback(run_id=row.run_id, verdict=row.verdict, reason=row.reason, asset_id=row.asset_id)
        for row in await transaction.execute(query)
    )
