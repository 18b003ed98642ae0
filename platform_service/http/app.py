"""The HTTP application over a composed platform."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from platform_service.http.door import Door
from platform_service.http.problems import MEDIA_TYPE, Problem, answer_problems
from platform_service.http.roles import declared, describe_roles
from platform_service.http.routes import (
    assets,
    audit,
    context,
    health,
    identity,
    imports,
    operations,
    projects,
    runs,
    scenes,
    search,
    uploads,
)
from platform_service.http.routes.live import add_live
from platform_service.http.working import placed
from platform_service.platform import VERSION, Platform

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None] | AsyncIterator[None]]
THEMES = (health, imports, uploads, search, assets, projects, scenes, runs, identity, audit, context, operations)
ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "What happened, what was kept, what to do next."}
}


def create_app(platform: Platform, lifespan: Lifespan | None = None) -> FastAPI:
    """The application; it holds nothing but the platform it is given."""
    app = FastAPI(
        title="Vernissage platform",
        version=VERSION,
        lifespan=lifespan,  # type: ignore[arg-type]
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=ERRORS,
    )
    app.state.platform = platform
    roles = declared(theme.router for theme in THEMES)
    for theme in THEMES:
        app.include_router(theme.router, dependencies=[Depends(placed)])
    add_live(app)
    answer_problems(app)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    app.add_middleware(
        Door,
        entry=platform,
        rules=platform.settings.door,
        without_token=frozenset(path for (_, path), role in roles.items() if role is None),
        activity=platform.activity,
        turns=platform.turns,
    )
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with the token and with problems under their own media type."""
    description = get_openapi(title=app.title, version=app.version, routes=app.routes)
    description["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    description["security"] = [{"token": []}]
    describe_roles(description, declared(theme.router for theme in THEMES))
    for of_path in description["paths"].values():
        for operation in of_path.values():
            for status, response in operation["responses"].items():
                if status == "4XX":
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
    return description
