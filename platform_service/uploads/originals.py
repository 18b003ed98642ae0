"""Where sent pictures lie: parts until a file is whole, then the file by its digest, in a folder for all replicas."""

import hashlib
import os
import re
import time
from pathlib import Path
from typing import Protocol

_ID = re.compile(r"[0-9a-f]{64}")


class WrongContent(Exception):
    """What was sent is not what its digest says."""


class OutOfPlace(Exception):
    """A part does not follow on what is there; `received` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(f"{received} bytes are there")
        self.received = received


class Originals(Protocol):
    """One tenant's sent pictures. Every method blocks."""

    def received(self, asset_id: str) -> int:
        """How many bytes of a file that is not whole yet are there, from its beginning."""
        ...

    def add(self, asset_id: str, offset: int, part: bytes) -> int:
        """Keep a part; gives how many bytes are there. Raises OutOfPlace; a part that came before is no harm."""
        ...

    def finish(self, asset_id: str) -> None:
        """Check the whole and keep it; raises WrongContent, and then nothing of it is kept."""
        ...

    def there(self, asset_id: str) -> Path | None:
        """The whole file, on this machine."""
        ...

    def drop_parts(self, asset_id: str) -> None:
        """Forget what came of a file that is not whole."""
        ...

    def erase(self, asset_id: str) -> bool:
        """Forget a whole file; whether it was there."""
        ...

    def sweep(self, older_than_s: float) -> int:
        """Forget parts that nobody went on with for so long; gives of how many files."""
        ...


class OriginalFolder:
    """Fills `Originals` from a folder; `<root>/parts/<digest>` and `<root>/<aa>/<digest>`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def received(self, asset_id: str) -> int:
        """How many bytes of a file that is not whole yet are there, from its beginning."""
        try:
            return self._part(asset_id).stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, asset_id: str, offset: int, part: bytes) -> int:
        """Keep a part; raises OutOfPlace, OSError."""
        path = self._part(asset_id)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            there = os.fstat(descriptor).st_size
            if offset > there:
                raise OutOfPlace(there)
            written = 0
            while written < len(part):
                written += os.pwrite(descriptor, part[written:], offset + written)
            os.fsync(descriptor)
            return max(there, offset + len(part))
        finally:
            os.close(descriptor)

    def finish(self, asset_id: str) -> None:
        """Check the whole and keep it; raises WrongContent."""
        part, whole = self._part(asset_id), self._whole(asset_id)
        if whole.is_file() and not part.is_file():
            return  # the answer to this was lost
        if digest_of(part) != asset_id:
            part.unlink(missing_ok=True)
            raise WrongContent(asset_id)
        whole.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(part, whole)

    def there(self, asset_id: str) -> Path | None:
        """The whole file."""
        path = self._whole(asset_id)
        return path if path.is_file() else None

    def drop_parts(self, asset_id: str) -> None:
        """Forget what came of a file that is not whole."""
        self._part(asset_id).unlink(missing_ok=True)

    def erase(self, asset_id: str) -> bool:
        """Forget a whole file; whether it was there."""
        was = self._whole(asset_id).is_file()
        self._whole(asset_id).unlink(missing_ok=True)
        return was

    def sweep(self, older_than_s: float) -> int:
        """Forget parts that nobody went on with for so long; gives of how many files."""
        gone, before = 0, time.time() - older_than_s
        for part in (self.root / "parts").glob("*") if self.root.is_dir() else ():
            if part.stat().st_mtime < before:
                part.unlink(missing_ok=True)
                gone += 1
        return gone

    def _part(self, asset_id: str) -> Path:
        return self.root / "parts" / _checked(asset_id)

    def _whole(self, asset_id: str) -> Path:
        return self.root / _checked(asset_id)[:2] / asset_id


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _checked(asset_id: str) -> str:
    if not _ID.fullmatch(asset_id):
        raise ValueError("an asset id is 64 hex digits")
    return asset_id
