"""Projects and canvases in SQL."""

import json
import uuid

from sqlalchemy import RowMapping, func, insert, select, update

from agent.ports.projects import Canvas, Project
from platform_service.errors import NotFound, QuotaReached, Refused
from platform_service.sql.database import now
from platform_service.sql.tables import canvases, projects
from platform_service.sql.transaction import Transaction


async def all_projects(transaction: Transaction) -> tuple[Project, ...]:
    """Every project, last changed first."""
    query = select(projects).where(transaction.mine(projects)).order_by(projects.c.updated.desc(), projects.c.id)
    return tuple(_project(row) for row in (await transaction.execute(query)).mappings())


async def project(transaction: Transaction, project_id: str) -> Project:
    """One project; raises NotFound."""
    row = await _row(transaction, project_id)
    if row is None:
        raise NotFound(f"There is no project {project_id}.", "Nothing was changed.", "Open another project.")
    return _project(row)


async def create(transaction: Transaction, name: str, most: int | None = None) -> Project:
    """A new project; raises QuotaReached when there are `most` already."""
    await _within_quota(transaction, most)
    moment = now()
    made = Project(id=uuid.uuid4().hex, name=name, created=moment, updated=moment)
    await transaction.execute(insert(projects).values(tenant=transaction.tenant, **made.model_dump()))
    return made


async def put(transaction: Transaction, project_id: str, name: str, most: int | None = None) -> Project:
    """Give a project a name; one that a desktop made while it was offline comes into being with its id."""
    if most is not None and (await _row(transaction, project_id)) is None:
        await _within_quota(transaction, most)
    moment = now()
    values = {"tenant": transaction.tenant, "id": project_id, "name": name, "created": moment, "updated": moment}
    new = transaction.upsert(projects).values(values)
    await transaction.execute(
        new.on_conflict_do_update(index_elements=["tenant", "id"], set_={"name": name, "updated": moment})
    )
    return await project(transaction, project_id)


async def touch(transaction: Transaction, project_id: str) -> None:
    """Move a project to the head of the list."""
    await transaction.execute(
        update(projects).where(transaction.mine(projects), projects.c.id == project_id).values(updated=now())
    )


async def canvases_of(transaction: Transaction, project_id: str) -> tuple[Canvas, ...]:
    """The canvases of a project, by name."""
    await project(transaction, project_id)
    query = select(canvases).where(transaction.mine(canvases), canvases.c.project_id == project_id)
    query = query.order_by(canvases.c.name, canvases.c.id)
    return tuple(
        Canvas(id=row.id, project_id=row.project_id, name=row.name, asset_ids=tuple(json.loads(row.asset_ids)))
        for row in await transaction.execute(query)
    )


async def save_canvas(transaction: Transaction, canvas: Canvas) -> Canvas:
    """Create or replace a canvas; it stays in the project it was made in."""
    await project(transaction, canvas.project_id)
    await transaction.lock(f"canvas {canvas.id}")
    query = select(canvases.c.project_id).where(transaction.mine(canvases), canvases.c.id == canvas.id)
    home = (await transaction.execute(query)).scalar_one_or_none()
    if home is not None and home != canvas.project_id:
        raise Refused("This canvas belongs to another project.", "It was not changed.", "Save it under a new id.")
    moment = now()
    changed = {"name": canvas.name, "asset_ids": json.dumps(canvas.asset_ids), "updated": moment}
    key = {"tenant": transaction.tenant, "id": canvas.id}
    new = transaction.upsert(canvases).values(**key, project_id=canvas.project_id, created=moment, **changed)
    await transaction.execute(new.on_conflict_do_update(index_elements=["tenant", "id"], set_=changed))
    await touch(transaction, canvas.project_id)
    return canvas


def _project(row: RowMapping) -> Project:
    return Project(**{name: row[name] for name in ("id", "name", "created", "updated")})


async def _row(transaction: Transaction, project_id: str) -> RowMapping | None:
    query = select(projects).where(transaction.mine(projects), projects.c.id == project_id)
    return (await transaction.execute(query)).mappings().first()


async def _within_quota(transaction: Transaction, most: int | None) -> None:
    if most is None:
        return
    await transaction.lock("projects")
    count = select(func.count()).select_from(projects).where(transaction.mine(projects))
    if (await transaction.execute(count)).scalar_one() >= most:
        raise QuotaReached(
            f"Your team may keep {most} projects.", "Nothing was changed.", "Ask your administrator for more."
        )
