"""The file of a rendition: as it lies there, or made from the first place where the original still is."""

import asyncio
from pathlib import Path

from platform_service.errors import Undecodable
from platform_service.ingest.refusal import Refused
from platform_service.sql import assets
from platform_service.sql.sqlite import disk_errors_told
from platform_service.tenancy import TenantParts


async def rendition_file(parts: TenantParts, asset_id: str, edge_px: int) -> Path:
    """A JPEG on this machine; raises ValueError for what is no rendition, Undecodable where none can be made."""
    file = await asyncio.to_thread(parts.ingest.renditions.there, asset_id, edge_px)
    return file or await _made(parts, asset_id, edge_px)


async def _made(parts: TenantParts, asset_id: str, edge_px: int) -> Path:
    """Make the rendition from the first place where the original still is what was imported."""
    async with parts.database.reading() as transaction:
        originals = [path for path in await assets.locations(transaction, asset_id) if path.is_absolute()]
    sent = None if parts.originals is None else await asyncio.to_thread(parts.originals.there, asset_id)
    originals = originals if sent is None else [sent, *originals]
    refusals: list[str] = []
    for original in originals:
        try:
            with disk_errors_told("The work itself is safe; only its preview could not be stored."):
                return await asyncio.to_thread(parts.ingest.make_rendition, asset_id, original, edge_px)
        except Refused as refusal:
            refusals.append(f"{original.name} {refusal.why}")
    raise Undecodable(
        f"The picture cannot be shown: {refusals[0] if refusals else 'its file is not here'}.",
        "The library keeps its record.",
        "Put the file back where it was, or import it from its new place.",
        originals=len(originals),
    ) from None
