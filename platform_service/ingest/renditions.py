"""Renditions on disk, addressed by the content of their original: <dir>/<aa>/<sha>/<edge>.jpg."""

import logging
import os
import re
import threading
from pathlib import Path

from platform_service.ingest.limits import RENDITION_EDGES_PX

log = logging.getLogger(__name__)

FIRST_AND_LAST = b"\xff\xd8\xff\xd9"
"""The two bytes that every JPEG begins with, and the two that it ends with."""
_ID = re.compile(r"[0-9a-f]{64}")


class RenditionFolder:
    """The folder; it may be deleted at any moment and comes back from the originals."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, asset_id: str, edge_px: int) -> Path:
        """Where the rendition is, or would be. Raises ValueError for what is no asset id or no edge."""
        if not _ID.fullmatch(asset_id):
            raise ValueError("an asset id is 64 hex digits")
        if edge_px not in RENDITION_EDGES_PX:
            raise ValueError(f"renditions are {RENDITION_EDGES_PX} pixels long")
        return self.folder / asset_id[:2] / asset_id / f"{edge_px}.jpg"

    def there(self, asset_id: str, edge_px: int) -> Path | None:
        """The rendition's file, or None when it has to be made, as when half of it is lost. Raises ValueError."""
        path = self.path(asset_id, edge_px)
        try:
            with path.open("rb") as file:
                begins = file.read(2)
                file.seek(-2, os.SEEK_END)
                whole = begins + file.read() == FIRST_AND_LAST
        except FileNotFoundError:
            return None
        except OSError:
            whole = False
        if not whole:
            log.warning("a damaged rendition is made anew: %s", path.name)
        return path if whole else None

    def write(self, asset_id: str, edge_px: int, jpeg: bytes) -> Path:
        """Write it whole or not at all. Raises OSError, for instance when the disk is full."""
        path = self.path(asset_id, edge_px)
        part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            try:
                part.write_bytes(jpeg)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(jpeg)
            os.replace(part, path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        return path
