"""Projects, canvases, runs and feedback as the agent sees them."""

from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from agent.ports.library import Frozen, Text


class Project(Frozen):
    """Canvases, scenes, conversation and runs that belong together."""

    id: str
    name: Text
    created: str = ""
    updated: str = ""


def project_id_of(key: str) -> str:
    """The id of the project that is made under an idempotency key, so that who asks twice finds it."""
    return f"project-{key[:24]}"


class Canvas(Frozen):
    """A named, ordered board of assets."""

    id: str
    project_id: str
    name: Text
    asset_ids: tuple[str, ...] = ()


class RunRecord(Frozen):
    """One execution of a workflow as it is kept: the request, what it meant, its steps and its outcome."""

    id: str
    project_id: str
    request: Annotated[str, Field(max_length=20_000)]
    intent: dict[str, Any] = {}
    workflow: dict[str, Any] = {}
    outcome: Literal["proposed", "approved", "rejected", "answered", "asked", "refused", "failed", "cancelled"]
    cost_usd: float | None = 0.0
    seconds: float = 0.0
    error: dict[str, Any] | None = None


class Feedback(Frozen):
    """What the creator thought of a run's proposal: whole, or one placement of it."""

    run_id: str
    verdict: Literal["approved", "rejected"]
    reason: Annotated[str, Field(max_length=2_000)] = ""
    asset_id: str | None = None


class Projects(Protocol):
    """What the agent may do with projects; `key` is the idempotency key of a write."""

    async def projects(self) -> tuple[Project, ...]:
        """All projects, last changed first."""
        ...

    async def create_project(self, name: str, key: str) -> Project:
        """A new project with the id `project_id_of(key)`; under the same key the one that is there."""
        ...

    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        """The canvases of a project."""
        ...

    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        """Create or replace a canvas."""
        ...

    async def save_run(self, run: RunRecord, key: str) -> None:
        """Keep a run; saving it again under another key replaces its outcome."""
        ...

    async def give_feedback(self, feedback: Feedback, key: str) -> None:
        """Keep what the creator thought."""
        ...
