"""Whether the service answers, and what is ready."""

import os

from fastapi import APIRouter
from pydantic import BaseModel

from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import VIEWER
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
