"""Sent pictures in an S3-compatible store that replicas and workers share; parts are objects until all are there."""

import hashlib
import os
from pathlib import Path

from platform_service.objects import Objects
from platform_service.uploads.originals import OriginalFolder, OutOfPlace, WrongContent


class OriginalBucket:
    """Fills `Originals`; the folder is this machine's copy of whole files, and may be deleted at any moment."""

    def __init__(self, folder: Path, objects: Objects, prefix: str) -> None:
        self._here = OriginalFolder(folder)
        self._objects = objects
        self._prefix = prefix

    def received(self, asset_id: str) -> int:
        """How many bytes of a file that is not whole yet are there, from its beginning."""
        end = 0
        for offset, length in self._parts(asset_id):
            if offset > end:
                break
            end = max(end, offset + length)
        return end

    def add(self, asset_id: str, offset: int, part: bytes) -> int:
        """Keep a part; raises OutOfPlace, ObjectsAway."""
        there = self.received(asset_id)
        if offset > there:
            raise OutOfPlace(there)
        self._objects.write(f"{self._place(asset_id)}{offset:015d}-{len(part)}", part, "application/octet-stream")
        return max(there, offset + len(part))

    def finish(self, asset_id: str) -> None:
        """Check the whole and keep it; raises WrongContent, ObjectsAway."""
        parts = self._parts(asset_id)
        if not parts and self._objects.is_there(self._key(asset_id)):
            return
        path = self._here.root / f".whole-{os.getpid()}-{asset_id}"
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if self._gathered(asset_id, parts, path) != asset_id:
                self.drop_parts(asset_id)
                raise WrongContent(asset_id)
            self._objects.write_file(self._key(asset_id), path)
        finally:
            path.unlink(missing_ok=True)
        self.drop_parts(asset_id)

    def there(self, asset_id: str) -> Path | None:
        """The whole file, fetched when only the store has it."""
        path = self._here.there(asset_id)
        if path is not None:
            return path
        content = self._objects.read(self._key(asset_id))
        if content is None:
            return None
        self._here.drop_parts(asset_id)
        self._here.add(asset_id, 0, content)
        self._here.finish(asset_id)
        return self._here.there(asset_id)

    def drop_parts(self, asset_id: str) -> None:
        """Forget what came of a file that is not whole."""
        for key, _ in self._objects.below(self._place(asset_id)):
            self._objects.erase(key)

    def erase(self, asset_id: str) -> bool:
        """Forget a whole file; whether it was there."""
        self._here.erase(asset_id)
        was = self._objects.is_there(self._key(asset_id))
        self._objects.erase(self._key(asset_id))
        return was

    def sweep(self, older_than_s: float) -> int:
        """Forget parts that nobody went on with for so long; gives of how many files."""
        ages: dict[str, float] = {}
        for key, age_s in self._objects.below(f"{self._prefix}/parts/"):
            name = key.removeprefix(f"{self._prefix}/parts/").partition("/")[0]
            ages[name] = min(age_s, ages.get(name, age_s))
        old = [name for name, age_s in ages.items() if age_s > older_than_s]
        for name in old:
            self.drop_parts(name)
        return len(old)

    def _gathered(self, asset_id: str, parts: list[tuple[int, int]], path: Path) -> str:
        """Write the parts one behind the other; gives the digest."""
        digest, end = hashlib.sha256(), 0
        with path.open("wb") as whole:
            for offset, length in parts:
                content = self._objects.read(f"{self._place(asset_id)}{offset:015d}-{length}") or b""
                fresh = content[max(0, end - offset) :]
                whole.write(fresh)
                digest.update(fresh)
                end += len(fresh)
        return digest.hexdigest()

    def _parts(self, asset_id: str) -> list[tuple[int, int]]:
        place = self._place(asset_id)
        named = (key.removeprefix(place).partition("-") for key, _ in self._objects.below(place))
        return sorted((int(offset), int(length)) for offset, _, length in named)

    def _place(self, asset_id: str) -> str:
        return f"{self._prefix}/parts/{asset_id}/"

    def _key(self, asset_id: str) -> str:
        return f"{self._prefix}/whole/{asset_id[:2]}/{asset_id}"
