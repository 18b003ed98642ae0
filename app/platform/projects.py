"""Projects, canvases, scenes, runs and feedback over HTTP; fills the agent's `Projects` port."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from agent.ports.projects import Canvas, Feedback, Project, RunRecord, project_id_of
from app.platform.http import PlatformHttp

_PROJECTS = TypeAdapter(tuple[Project, ...])
_CANVASES = TypeAdapter(tuple[Canvas, ...])


@dataclass(frozen=True)
class SavedScene:
    """A scene as the platform has it: `document` and `steps` as plain JSON values."""

    scene_id: str
    project_id: str
    name: str
    version: int
    document: dict[str, Any] | None
    steps: tuple[dict[str, Any], ...]


class PlatformProjects:
    """The platform's projects; every method raises PortError, a stale save raises `Conflict`."""

    def __init__(self, http: PlatformHttp) -> None:
        self._http = http

    async def projects(self) -> tuple[Project, ...]:
        """All projects, last changed first."""
        return _PROJECTS.validate_json((await self._http.get("/v1/projects")).body)

    async def create_project(self, name: str, key: str) -> Project:
        """A new project; its id follows from the key, so that asking again after a kill finds it."""
        answer = await self._http.write("PUT", f"/v1/projects/{project_id_of(key)}", {"name": name}, key)
        return Project.model_validate_json(answer.body)

    async def put_project(self, project_id: str, name: str, key: str) -> None:
        """Make sure that a project with this id exists."""
        await self._http.write("PUT", f"/v1/projects/{project_id}", {"name": name}, key)

    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        """The canvases of a project."""
        return _CANVASES.validate_json((await self._http.get(f"/v1/projects/{project_id}/canvases")).body)

    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        """Create or replace a canvas."""
        answer = await self._http.write("PUT", f"/v1/canvases/{canvas.id}", canvas.model_dump(mode="json"), key)
        return Canvas.model_validate_json(answer.body)

    async def save_run(self, run: RunRecord, key: str) -> None:
        """Keep a run."""
        await self._http.write("PUT", f"/v1/runs/{run.id}", run.model_dump(mode="json"), key)

    async def give_feedback(self, feedback: Feedback, key: str) -> None:
        """Keep what the creator thought."""
        await self._http.write("POST", "/v1/feedback", feedback.model_dump(mode="json"), key)

    async def scenes(self, project_id: str) -> tuple[str, ...]:
        """Ids of a project's scenes, oldest first."""
        found = (await self._http.get(f"/v1/projects/{project_id}/scenes")).json()
        return tuple(str(scene["scene_id"]) for scene in found)

    async def put_scene(self, project_id: str, scene_id: str, key: str) -> None:
        """Make sure that a scene with this id exists; a new one is empty, at version 0."""
        await self._http.write("PUT", f"/v1/scenes/{scene_id}", {"project_id": project_id, "name": "Scene"}, key)

    async def scene(self, scene_id: str) -> SavedScene:
        """The latest version of a scene."""
        found = (await self._http.get(f"/v1/scenes/{scene_id}")).json()
        return SavedScene(
            scene_id=found["scene_id"],
            project_id=found["project_id"],
            name=found["name"],
            version=int(found["version"]),
            document=found.get("document"),
            steps=tuple(found.get("steps", ())),
        )

    async def save_scene(
        self, scene_id: str, based_on: int, document: dict[str, Any], steps: list[dict[str, Any]], key: str
    ) -> int:
        """Save the next version; raises `Conflict` when `based_on` is not the latest."""
        body = {"based_on": based_on, "document": document, "steps": steps}
        answer = await self._http.write("POST", f"/v1/scenes/{scene_id}/versions", body, key)
        return int(answer.json()["version"])
