"""Importing files and folders."""

import uuid
from pathlib import Path

from fastapi import APIRouter, Response

from platform_service.errors import Refused
from platform_service.http.bodies import ImportRequest, ImportStarted
from platform_service.http.features import IMPORTS
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import CURATOR, VIEWER, Calling
from platform_service.http.writes import Once
from platform_service.sql import imports
from platform_service.sql.imports import ImportProgress
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["imports"])


@router.post("/v1/imports", dependencies=[CURATOR, IMPORTS], status_code=202, response_model=ImportStarted)
async def start(body: ImportRequest, parts: Parts, whole: Whole, caller: Calling, once: Once) -> Response:
    """Begin to import; ask for the import's progress by its id."""
    paths = [Path(path) for path in body.paths]
    asked = imports.Asked(paths=tuple(body.paths), recursive=body.recursive, by=caller.user)
    started: list[ImportProgress] = []

    async def effect(transaction: Transaction) -> ImportStarted:
        _refuse_relative(paths)
        _refuse_outside(paths, parts.imports_from)
        folder = body.paths[0] if len(body.paths) == 1 else f"{body.paths[0]} and {len(body.paths) - 1} more"
        progress = ImportProgress(import_id=uuid.uuid4().hex, folder=folder, state="queued")
        await imports.create(transaction, progress, asked)
        await whole.hosting.import_accepted(transaction, progress.import_id)
        started.append(progress)
        return ImportStarted(id=progress.import_id)

    answer = await once.run(effect, 202)
    for progress in started:
        whole.hosting.import_committed(parts, progress, asked)
    return answer


@router.get("/v1/imports", dependencies=[VIEWER])
async def recent(parts: Parts, limit: int = 20) -> list[ImportProgress]:
    """The latest imports, newest first."""
    async with parts.database.reading() as transaction:
        stored = await imports.recent(transaction, max(1, min(limit, 200)))
    return [parts.importer.progress(one.import_id) or one for one in stored]


@router.get("/v1/imports/{import_id}", dependencies=[VIEWER])
async def progress(import_id: str, parts: Parts) -> ImportProgress:
    """How far an import is."""
    running = parts.importer.progress(import_id)
    if running is not None:
        return running
    async with parts.database.reading() as transaction:
        return await imports.progress_of(transaction, import_id)


@router.delete("/v1/imports/{import_id}", dependencies=[CURATOR], response_model=ImportProgress)
async def cancel(import_id: str, parts: Parts, once: Once) -> Response:
    """Stop an import after the files in hand; what was added stays."""

    async def effect(transaction: Transaction) -> ImportProgress:
        parts.importer.cancel(import_id)
        asked = await imports.cancel(transaction, import_id)
        return parts.importer.progress(import_id) or asked

    return await once.run(effect)


def _refuse_relative(paths: list[Path]) -> None:
    relative = [path for path in paths if not path.is_absolute() or "\0" in str(path)]
    if relative:
        raise Refused(f"{str(relative[0])!r} is not an absolute path.", "Nothing was imported.", "Give whole paths.")


def _refuse_outside(paths: list[Path], root: Path | None) -> None:
    """A shared service reads only what was put into the tenant's own folder."""
    outside = [path for path in paths if root is not None and not path.resolve().is_relative_to(root.resolve())]
    if outside:
        raise Refused(
            "The service may not read there.", "Nothing was imported.", "Put the files into your team's import folder."
        )
