"""Files of the collection: written whole or not at all, and told from leftovers."""

import os
import secrets
import time
from pathlib import Path

from resources.sample_collection.catalogue import Piece
from resources.sample_collection.metadata import exif_of, xmp_of

_PART = ".part"
_STALE_S = 600.0
_JPEG_END = b"\xff\xd9"


def is_made(piece: Piece, folder: Path) -> bool:
    """Whether the piece's file is there and whole."""
    try:
        with (folder / piece.path).open("rb") as file:
            file.seek(-len(_JPEG_END), os.SEEK_END)
            return file.read() == _JPEG_END
    except OSError:
        return False


def make(piece: Piece, folder: Path) -> Path:
    """Paint the piece and write its file under a name of its own before it takes its place."""
    from resources.sample_collection.painting import painted

    target = folder / piece.path
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.stem}.{os.getpid()}-{secrets.token_hex(4)}{_PART}")
    picture = painted(piece)
    try:
        with part.open("wb") as file:
            picture.save(file, "JPEG", quality=88, subsampling="4:4:4", exif=exif_of(piece), xmp=xmp_of(piece))
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def sweep(folder: Path) -> None:
    """Remove what programs that were killed left behind some time ago."""
    for part in folder.glob(f"*/.*{_PART}"):
        try:
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()
        except OSError:
            continue
