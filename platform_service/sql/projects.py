"""Projects and canvases in SQL."""

import json
import uuid

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.ports.projects import Canvas, Project
from platform_service.errors import NotFound, Refused
from platform_service.sql.database import now
from platform_service.sql.tables import canvases, projects


async def all_projects(connection: AsyncConnection) -> tuple[Project, ...]:
    """Every project, last changed first."""
    query = select(projects).order_by(projects.c.updated.desc(), projects.c.id)
    return tuple(Project(**row) for row in (await connection.execute(query)).mappings())


async def project(connection: AsyncConnection, project_id: str) -> Project:
    """One project; raises NotFound."""
    row = (await connection.execute(select(projects).where(projects.c.id == project_id))).mappings().first()
    if row is None:
        raise NotFound(f"There is no project {project_id}.", "Nothing was changed.", "Open another project.")
    return Project(**row)


async def create(connection: AsyncConnection, name: str) -> Project:
    """A new project."""
    moment = now()
    made = Project(id=uuid.uuid4().hex, name=name, created=moment, updated=moment)
    await connection.execute(insert(projects).values(made.model_dump()))
    return made


async def put(connection: AsyncConnection, project_id: str, name: str) -> Project:
    """Give a project a name; one that a desktop made while it was offline comes into being with its id."""
    moment = now()
    values = {"id": project_id, "name": name, "created": moment, "updated": moment}
    await connection.execute(
        upsert(projects).values(values).on_conflict_do_update(["id"], set_={"name": name, "updated": moment})
    )
    return await project(connection, project_id)


async def touch(connection: AsyncConnection, project_id: str) -> None:
    """Move a project to the head of the list."""
    await connection.execute(update(projects).where(projects.c.id == project_id).values(updated=now()))


async def canvases_of(connection: AsyncConnection, project_id: str) -> tuple[Canvas, ...]:
    """The canvases of a project, by name."""
    await project(connection, project_id)
    query = select(canvases).where(canvases.c.project_id == project_id).order_by(canvases.c.name, canvases.c.id)
    return tuple(
        Canvas(id=row.id, project_id=row.project_id, name=row.name, asset_ids=tuple(json.loads(row.asset_ids)))
        for row in await connection.execute(query)
    )


async def save_canvas(connection: AsyncConnection, canvas: Canvas) -> Canvas:
    """Create or replace a canvas; it stays in the project it was made in."""
    await project(connection, canvas.project_id)
    query = select(canvases.c.project_id).where(canvases.c.id == canvas.id)
    home = (await connection.execute(query)).scalar_one_or_none()
    if home is not None and home != canvas.project_id:
        raise Refused("This canvas belongs to another project.", "It was not changed.", "Save it under a new id.")
    moment = now()
    changed = {"name": canvas.name, "asset_ids": json.dumps(canvas.asset_ids), "updated": moment}
    values = {"id": canvas.id, "project_id": canvas.project_id, "created": moment, **changed}
    await connection.execute(upsert(canvases).values(values).on_conflict_do_update(["id"], set_=changed))
    await touch(connection, canvas.project_id)
    return canvas
