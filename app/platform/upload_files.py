"""The pictures of a folder as they are offered to a team's platform: by their content, and by their names below it."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.messages import BadFile

_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff"})
_MOST_NAME = 1_024


@dataclass(frozen=True)
class LocalFile:
    """A file of this computer; `id` is the SHA-256 of its bytes."""

    path: Path
    name: str
    id: str
    bytes: int


def found_in(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The pictures below these folders, by their suffix, and all files that are named; each with its name to be."""
    found: dict[Path, str] = {}
    for path in paths:
        path = Path(os.path.abspath(path))
        for file in _below(path) if path.is_dir() else (path,):
            name = f"{path.name}/{file.relative_to(path).as_posix()}" if path.is_dir() else file.name
            found.setdefault(file, name[-_MOST_NAME:].lstrip("/"))
    return list(found.items())


def compared(found: Sequence[tuple[Path, str]], stopped: Callable[[], bool]) -> tuple[list[LocalFile], list[BadFile]]:
    """Read each file once for its digest; those that cannot be read are named with the reason."""
    files: list[LocalFile] = []
    bad: list[BadFile] = []
    for path, name in found:
        if stopped():
            break
        try:
            if not path.is_file():
                raise FileNotFoundError("is not a file")
            with path.open("rb") as opened:
                digest, size = hashlib.file_digest(opened, "sha256").hexdigest(), os.fstat(opened.fileno()).st_size
            if size:
                files.append(LocalFile(path, name, digest, size))
            else:
                bad.append(BadFile(str(path), "is empty: it has 0 bytes"))
        except OSError as error:
            bad.append(BadFile(str(path), f"cannot be read: {(error.strerror or str(error)).lower()}"))
    return files, bad


def part_of(file: LocalFile, offset: int, most_bytes: int) -> bytes:
    """Some bytes of a file. Raises OSError."""
    with file.path.open("rb") as opened:
        opened.seek(offset)
        return opened.read(most_bytes)


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _SUFFIXES:
                yield Path(where) / name
