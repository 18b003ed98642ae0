"""Projects and their canvases."""

from fastapi import APIRouter, Response

from agent.ports.projects import Canvas, Project
from platform_service.errors import Refused
from platform_service.http.bodies import Id, Named
from platform_service.http.parts import Parts
from platform_service.http.roles import CREATOR, VIEWER, Calling
from platform_service.http.writes import Once
from platform_service.live.notices import EVERYONE, notify
from platform_service.sql import projects
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["projects"])


@router.get("/v1/projects", dependencies=[VIEWER])
async def all_projects(parts: Parts) -> list[Project]:
    """All projects, last changed first."""
    async with parts.database.reading() as transaction:
        return list(await projects.all_projects(transaction))


@router.post("/v1/projects", dependencies=[CREATOR], status_code=201, response_model=Project)
async def create(body: Named, parts: Parts, caller: Calling, once: Once) -> Response:
    """A new project."""

    async def effect(transaction: Transaction) -> Project:
        made = await projects.create(transaction, body.name, parts.quotas.projects)
        await notify(transaction, "project_shared", EVERYONE, caller.user, project_id=made.id)
        return made

    return await once.run(effect, 201)


@router.get("/v1/projects/{project_id}", dependencies=[VIEWER])
async def one(project_id: Id, parts: Parts) -> Project:
    """One project."""
    async with parts.database.reading() as transaction:
        return await projects.project(transaction, project_id)


@router.put("/v1/projects/{project_id}", dependencies=[CREATOR], response_model=Project)
async def put(project_id: Id, body: Named, parts: Parts, caller: Calling, once: Once) -> Response:
    """Give a project a name; one that is not there yet is made with this id."""

    async def effect(transaction: Transaction) -> Project:
        put = await projects.put(transaction, project_id, body.name, parts.quotas.projects)
        if put.created == put.updated:
            await notify(transaction, "project_shared", EVERYONE, caller.user, project_id=project_id)
        return put

    return await once.run(effect)


@router.get("/v1/projects/{project_id}/canvases", dependencies=[VIEWER])
async def canvases(project_id: Id, parts: Parts) -> list[Canvas]:
    """The canvases of a project, by name."""
    async with parts.database.reading() as transaction:
        return list(await projects.canvases_of(transaction, project_id))


@router.put("/v1/canvases/{canvas_id}", dependencies=[CREATOR], response_model=Canvas)
async def save_canvas(canvas_id: Id, body: Canvas, once: Once) -> Response:
    """Create or replace a canvas."""

    async def effect(transaction: Transaction) -> Canvas:
        if body.id != canvas_id:
            raise Refused("The canvas in the body has another id than the path.", "Nothing was changed.")
        return await projects.save_canvas(transaction, body)

    return await once.run(effect)
