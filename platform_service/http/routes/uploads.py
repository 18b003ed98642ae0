"""Sending pictures: what is offered is answered with what is wanted, parts follow, and a worker imports the rest."""

import asyncio
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from platform_service.errors import ServiceError, TooLarge
from platform_service.http.bodies import AssetId, Id
from platform_service.http.features import IMPORTS
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import CURATOR, Calling
from platform_service.http.writes import Once
from platform_service.sql import imports
from platform_service.sql.imports import ImportProgress
from platform_service.sql.sqlite import disk_errors_told
from platform_service.sql.transaction import Transaction
from platform_service.tenancy import TenantParts
from platform_service.uploads import taking
from platform_service.uploads.originals import Originals, OutOfPlace
from platform_service.uploads.taking import PART_BYTES, NotAPicture, NoUploads, UploadOver
from platform_service.uploads.values import NewUpload, PartTaken, UploadStarted

router = APIRouter(tags=["uploads"])
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
BINARY: dict[str, Any] = {"requestBody": {"required": True, "content": _BYTES}}


class PartOutOfPlace(ServiceError):
    """A part does not follow on what arrived."""

    status, title, kind = 409, "The part does not follow", "part-out-of-place"


@router.post("/v1/uploads", dependencies=[CURATOR, IMPORTS], status_code=201, response_model=UploadStarted)
async def offer(body: NewUpload, parts: Parts, caller: Calling, once: Once) -> Response:
    """Offer files by their SHA-256; the answer names those that have to be sent, each from a byte on."""
    originals = _place(parts)

    async def effect(transaction: Transaction) -> UploadStarted:
        opened = await taking.opening(
            transaction, uuid.uuid4().hex, body, caller.user, parts.quotas, parts.ingest.pool.limits
        )
        await imports.create(transaction, opened.progress, opened.asked)
        return await asyncio.to_thread(taking.answer_to, opened, originals)

    return await once.run(effect, 201)


@router.put("/v1/uploads/{upload_id}/files/{asset_id}", dependencies=[CURATOR, IMPORTS], openapi_extra=BINARY)
async def take(
    upload_id: Id,
    asset_id: AssetId,
    request: Request,
    parts: Parts,
    offset: Annotated[int, Query(ge=0, le=2**40)] = 0,
) -> PartTaken:
    """Send a part of a file, of at most 8 MiB; the same part again is no harm, so no key is asked for."""
    originals, part = _place(parts), await request.body()
    if len(part) > PART_BYTES:
        raise TooLarge(f"A part may have {PART_BYTES} bytes.", "It was not kept.", "Send smaller parts.")
    async with parts.database.reading() as transaction:
        size = await parts.uploads.size_of(transaction, upload_id, asset_id)
    try:
        with disk_errors_told("What arrived before is kept."):
            return await asyncio.to_thread(taking.taken, originals, asset_id, size, offset, part)
    except OutOfPlace as error:
        raise PartOutOfPlace(
            f"The part begins at byte {offset}, and {error.received} have arrived.",
            "What arrived is kept.", "Go on where it broke off.", received=error.received,
        ) from error  # fmt: skip
    except NotAPicture as error:
        async with parts.database.writing() as transaction:
            await taking.left_out(transaction, upload_id, asset_id, error.what.removeprefix("The file ").rstrip("."))
        raise


@router.post(
    "/v1/uploads/{upload_id}/complete", dependencies=[CURATOR, IMPORTS], status_code=202, response_model=ImportProgress
)
async def complete(upload_id: Id, parts: Parts, whole: Whole, once: Once) -> Response:
    """All that can be sent was sent: import it. Ask for the import's progress by the same id."""
    started: list[ImportProgress] = []

    async def effect(transaction: Transaction) -> ImportProgress:
        _place(parts)
        await transaction.lock(f"import {upload_id}")
        progress = await imports.progress_of(transaction, upload_id)
        if progress.state != "uploading":
            raise UploadOver("This upload is over.", "What arrived is kept.", "Ask for its progress.")
        queued = progress.model_copy(update={"state": "queued"})
        await imports.note(transaction, queued)
        await whole.hosting.import_accepted(transaction, upload_id)
        started.append(queued)
        return queued

    answer = await once.run(effect, 202)
    for progress in started:
        async with parts.database.reading() as transaction:
            whole.hosting.import_committed(parts, progress, await imports.asked_of(transaction, upload_id))
    return answer


def _place(parts: TenantParts) -> Originals:
    if parts.originals is None:
        raise NoUploads(
            "This platform takes no pictures that are sent.", "Nothing was sent.",
            "Import their folder, or ask those who run the platform for a place for uploads.",
        )  # fmt: skip
    return parts.originals
