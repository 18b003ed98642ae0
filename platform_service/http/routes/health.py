"""Whether the service answers, and what is ready."""

import os

from fastapi import APIRouter, Response
from pydantic import BaseModel

from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import ANYONE, VIEWER
from platform_service.operations.readiness import Readiness
from platform_service.platform import VERSION

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The state of the service; `library`, `meaning` and `index` become ready after the start."""

    status: str = "ok"
    version: str
    pid: int
    library: str
    meaning: str
    index: str


@router.get("/v1/health", dependencies=[VIEWER])
async def health(parts: Parts, whole: Whole) -> Health:
    """The state of the service."""
    return Health(
        version=VERSION,
        pid=os.getpid(),
        library="ready" if parts.library.is_loaded else "loading",
        meaning=whole.meaning.state,
        index=parts.index.state,
    )


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


@router.get("/v1/health/live", dependencies=[ANYONE])
async def alive() -> Alive:
    """The process answers; nothing else is looked at."""
    return Alive()


@router.get(
    "/v1/health/ready",
    dependencies=[ANYONE],
    responses={503: {"model": Readiness, "description": "A store that the service needs does not answer."}},
)
async def ready(whole: Whole, response: Response) -> Readiness:
    """Whether the stores answer; a load balancer sends requests only to services that are ready."""
    found = await whole.probes.readiness()
    if found.status == "away":
        response.status_code = 503
    return found
