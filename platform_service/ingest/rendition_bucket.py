"""Renditions in an S3-compatible store, with a folder of this machine before it; replicas share them."""

import logging
from pathlib import Path

from platform_service.ingest.renditions import FIRST_AND_LAST, RenditionFolder
from platform_service.objects import Objects, ObjectsAway

log = logging.getLogger(__name__)


class RenditionBucket(RenditionFolder):
    """The folder is a copy of what the bucket has under one prefix; both may be deleted at any moment."""

    def __init__(self, folder: Path, objects: Objects, prefix: str) -> None:
        super().__init__(folder)
        self._objects = objects
        self._prefix = prefix

    def there(self, asset_id: str, edge_px: int) -> Path | None:
        """The rendition as a file of this machine, fetched if only the bucket has it; None when nobody made it."""
        path = super().there(asset_id, edge_px)
        if path is not None:
            return path
        try:
            jpeg = self._objects.read(self._key(asset_id, edge_px))
        except ObjectsAway as error:
            log.warning("a rendition is made anew: %s", error.what)
            return None
        if jpeg is None or jpeg[:2] + jpeg[-2:] != FIRST_AND_LAST:
            return None
        return super().write(asset_id, edge_px, jpeg)

    def write(self, asset_id: str, edge_px: int, jpeg: bytes) -> Path:
        """Write it here and to the bucket; without the bucket it is here alone, and others make their own."""
        path = super().write(asset_id, edge_px, jpeg)
        try:
            self._objects.write(self._key(asset_id, edge_px), jpeg, "image/jpeg")
        except ObjectsAway as error:
            log.warning("a rendition stays on this machine: %s", error.what)
        return path

    def _key(self, asset_id: str, edge_px: int) -> str:
        return f"{self._prefix}/{asset_id[:2]}/{asset_id}/{edge_px}.jpg"
