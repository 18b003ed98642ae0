"""Scenes and their immutable versions."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from platform_service.http.bodies import Id, Named, SceneNamed
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import CREATOR, VIEWER, Calling
from platform_service.http.writes import Once
from platform_service.sql import scenes
from platform_service.sql.scenes import By, NewVersion, SavedVersion, SceneSummary, StoredScene
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["scenes"])
Version = Annotated[int, Path(ge=0, le=10**9)]


@router.get("/v1/projects/{project_id}/scenes", dependencies=[VIEWER])
async def of_project(project_id: Id, parts: Parts) -> list[SceneSummary]:
    """The scenes of a project, oldest first."""
    async with parts.database.reading() as transaction:
        return list(await scenes.scenes_of(transaction, project_id))


@router.post("/v1/projects/{project_id}/scenes", dependencies=[CREATOR], status_code=201, response_model=SceneSummary)
async def create(project_id: Id, body: Named, once: Once) -> Response:
    """A new scene at version 0."""

    async def effect(transaction: Transaction) -> SceneSummary:
        return await scenes.create(transaction, project_id, body.name)

    return await once.run(effect, 201)


@router.put("/v1/scenes/{scene_id}", dependencies=[CREATOR], response_model=SceneSummary)
async def put(scene_id: Id, body: SceneNamed, once: Once) -> Response:
    """Make sure that a scene with this id exists; a new one is at version 0."""

    async def effect(transaction: Transaction) -> SceneSummary:
        return await scenes.put(transaction, scene_id, body.project_id, body.name)

    return await once.run(effect)


@router.get("/v1/scenes/{scene_id}", dependencies=[VIEWER])
async def latest(scene_id: Id, parts: Parts) -> StoredScene:
    """A scene at its latest version, with its latest steps."""
    async with parts.database.reading() as transaction:
        return await scenes.latest(transaction, scene_id)


@router.get("/v1/scenes/{scene_id}/versions/{version}", dependencies=[VIEWER])
async def at_version(scene_id: Id, version: Version, parts: Parts) -> StoredScene:
    """A scene as it was at one version."""
    async with parts.database.reading() as transaction:
        return await scenes.at_version(transaction, scene_id, version)


@router.post(
    "/v1/scenes/{scene_id}/versions",
    dependencies=[CREATOR],
    status_code=201,
    response_model=SavedVersion,
    responses={409: {"description": "The scene has moved on; `current_version` says where it is."}},
)
async def save(scene_id: Id, body: NewVersion, once: Once, whole: Whole, caller: Calling, request: Request) -> Response:
    """Save the next version; it names the version it is based on."""
    by = By(caller.user, str(request.scope.get("session_id", "")))

    async def effect(transaction: Transaction) -> SavedVersion:
        return await scenes.save(transaction, scene_id, body, by)

    answer = await once.run(effect, 201)
    whole.live.happened((await whole.tenancy.about(caller.tenant)).prefix, scene_id)
    return answer
