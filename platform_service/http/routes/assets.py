"""Assets by id or page by page, where their files lie, and their renditions."""

import os
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import FileResponse

from agent.ports.library import Asset
from platform_service.errors import NotFound
from platform_service.http.bodies import Ids
from platform_service.http.parts import Parts
from platform_service.http.roles import ADMIN, VIEWER
from platform_service.ingest.limits import RENDITION_EDGES_PX
from platform_service.showing import rendition_file
from platform_service.sql import assets

router = APIRouter(tags=["assets"])


@router.get("/v1/assets", dependencies=[VIEWER])
async def page(
    parts: Parts,
    response: Response,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[Asset]:
    """Assets in the order of their import; the header X-Total says how many there are."""
    async with parts.database.reading() as transaction:
        total, found = await assets.page(transaction, offset, limit)
    response.headers["X-Total"] = str(total)
    return list(found)


@router.post("/v1/assets/lookup", dependencies=[VIEWER])
async def lookup(body: Ids, parts: Parts) -> list[Asset]:
    """The assets of these ids, in the order given; unknown ids are left out."""
    async with parts.database.reading() as transaction:
        return list(await assets.lookup(transaction, body.ids))


@router.get("/v1/assets/{asset_id}", dependencies=[VIEWER])
async def one(asset_id: str, parts: Parts) -> Asset:
    """One asset."""
    async with parts.database.reading() as transaction:
        found = await assets.lookup(transaction, [asset_id])
    if not found:
        raise NotFound(f"There is no asset {asset_id}.", "Nothing was changed.", "Import its file.")
    return found[0]


@router.get("/v1/assets/{asset_id}/places", dependencies=[ADMIN])
async def places(asset_id: str, parts: Parts) -> list[str]:
    """Where the file of an asset was seen on the service's own machine, the latest place first."""
    async with parts.database.reading() as transaction:
        found = await assets.locations(transaction, asset_id)
    return [os.fsencode(path).decode("utf-8", "replace") for path in found if path.is_absolute()]


@router.get(
    "/v1/assets/{asset_id}/renditions/{edge_px}",
    dependencies=[VIEWER],
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {}}}, 304: {"description": "The client has it."}},
)
async def rendition(
    asset_id: str, edge_px: int, parts: Parts, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """A JPEG whose longest edge is at most `edge_px` (64, 256, 1024 or 2048); made on demand."""
    tag = f'"{asset_id[:32]}-{edge_px}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=31536000, immutable"}
    try:
        file = await rendition_file(parts, asset_id, edge_px)
    except ValueError as error:
        edges = ", ".join(str(edge) for edge in RENDITION_EDGES_PX)
        raise NotFound(f"There is no such rendition: {error}.", "Nothing was changed.", f"Ask for {edges}.") from error
    if if_none_match is not None and tag in if_none_match:
        return Response(status_code=304, headers=headers)
    return FileResponse(file, media_type="image/jpeg", headers=headers)
