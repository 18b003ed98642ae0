"""The agent's ports, filled straight from a tenant's parts: no HTTP between a hosted run and its library."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from agent.ports.closeness import Vectors
from agent.ports.errors import PortError
from agent.ports.library import Asset, Facets, Query, SearchResult
from agent.ports.projects import Canvas, Feedback, Project, RunRecord, project_id_of
from platform_service.embedding.meaning import Meaning
from platform_service.embedding.vectors import vectors_of
from platform_service.errors import ServiceError
from platform_service.ingest.limits import RENDITION_EDGES_PX
from platform_service.showing import rendition_file
from platform_service.sql import assets, projects, receipts, runs
from platform_service.sql.receipts import Receipt
from platform_service.sql.transaction import Transaction
from platform_service.tenancy import TenantParts

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
FAILS_FROM = 500


def as_port(call: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """What the platform cannot do, told as the agent's ports tell it."""

    @wraps(call)
    async def asked(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return await call(*arguments, **named)
        except ServiceError as error:
            told = PortError(error.what, error.kept, error.advice)
            told.transient = error.status >= FAILS_FROM
            raise told from error

    return asked


INSIDE: ContextVar[tuple[str, ...]] = ContextVar("inside", default=())
"""The folders that the run under way stays inside; each run is a task of its own."""


class HostedLibrary:
    """Fills `agent.ports.library.Library`."""

    def __init__(self, parts: TenantParts) -> None:
        self._parts = parts

    @as_port
    async def search(self, query: Query) -> SearchResult:
        """Find assets, inside the run's own part of the library."""
        if (folders := INSIDE.get()) and not query.folders:
            query = query.model_copy(update={"folders": folders})
        return await self._parts.library.search(query)

    @as_port
    async def assets(self, ids: tuple[str, ...]) -> tuple[Asset, ...]:
        """The assets of these ids, in the order given; unknown ids are left out."""
        async with self._parts.database.reading() as transaction:
            return tuple(await assets.lookup(transaction, ids))

    @as_port
    async def facets(self) -> Facets:
        """Counts of what there is."""
        return await self._parts.library.facets()

    @as_port
    async def features(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        """Feature vectors."""
        return await self._parts.library.features(ids)


class HostedPictures:
    """Fills `agent.ports.pictures.Pictures` from the tenant's renditions."""

    def __init__(self, parts: TenantParts) -> None:
        self._parts = parts

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        """A JPEG whose longest edge is the nearest there is that is not smaller; None when there is none."""
        edge_px = min((edge for edge in RENDITION_EDGES_PX if edge >= edge_px), default=max(RENDITION_EDGES_PX))
        try:
            return await asyncio.to_thread((await rendition_file(self._parts, asset_id, edge_px)).read_bytes)
        except (ServiceError, OSError, ValueError):
            return None


class HostedCloseness:
    """Fills `agent.ports.closeness.Closeness`: the model is at hand."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    async def vectors(self, texts: tuple[str, ...]) -> Vectors | None:
        """One unit vector for each text."""
        rows = await vectors_of(self._meaning, texts)
        return None if rows is None else Vectors(self._meaning.name, rows)


class HostedProjects:
    """Fills `agent.ports.projects.Projects`; a write that comes again with its key has one effect."""

    def __init__(self, parts: TenantParts) -> None:
        self._parts = parts

    @as_port
    async def projects(self) -> tuple[Project, ...]:
        """All projects."""
        async with self._parts.database.reading() as transaction:
            return await projects.all_projects(transaction)

    @as_port
    async def create_project(self, name: str, key: str) -> Project:
        """A new project."""
        most = self._parts.quotas.projects

        async def effect(transaction: Transaction) -> Project:
            return await projects.put(transaction, project_id_of(key), name, most)

        return await self._once(key, name, effect, Project)

    @as_port
    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        """The canvases of a project."""
        async with self._parts.database.reading() as transaction:
            return await projects.canvases_of(transaction, project_id)

    @as_port
    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        """Create or replace a canvas."""

        async def effect(transaction: Transaction) -> Canvas:
            return await projects.save_canvas(transaction, canvas)

        return await self._once(key, canvas.model_dump_json(), effect, Canvas)

    @as_port
    async def save_run(self, run: RunRecord, key: str) -> None:
        """Keep a run."""

        async def effect(transaction: Transaction) -> RunRecord:
            return await runs.save(transaction, run)

        await self._once(key, run.model_dump_json(), effect, RunRecord)

    @as_port
    async def give_feedback(self, feedback: Feedback, key: str) -> None:
        """Keep what the creator thought."""

        async def effect(transaction: Transaction) -> Feedback:
            return await runs.give_feedback(transaction, feedback)

        await self._once(key, feedback.model_dump_json(), effect, Feedback)

    async def _once(self, key: str, what: str, effect: Callable[[Transaction], Awaitable[M]], shape: type[M]) -> M:
        """Run a write in one transaction with its receipt, or give what it gave the first time."""
        print_ = receipts.fingerprint("HOSTED", shape.__name__, what.encode())
        async with self._parts.database.writing() as transaction:
            found = await receipts.find(transaction, f"hosted:{key}", print_)
            if found is not None:
                return shape.model_validate_json(found.body)
            made = await effect(transaction)
            body = made.model_dump_json().encode()
            await receipts.keep(transaction, f"hosted:{key}", print_, Receipt(200, body))
            return made
