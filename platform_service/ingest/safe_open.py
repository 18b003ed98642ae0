"""Reading a file that nobody vouches for: regular files only, bounded, and all bytes from one opening."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from platform_service.ingest.content import HEAD_BYTES, picture_format, why_no_picture
from platform_service.ingest.refusal import Refused

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "is a folder, not a file"),
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


@contextlib.contextmanager
def safe_open(path: Path) -> Iterator[int]:
    """A descriptor of a regular file, never waiting on a pipe or touching a device. Raises `Refused`."""
    try:
        _only_regular(os.stat(path).st_mode)  # before opening: to open a device can already move something
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise Refused(_plain(error)) from error
    try:
        _only_regular(os.fstat(descriptor).st_mode)
        yield descriptor
    finally:
        os.close(descriptor)


def read_head(path: Path) -> bytes:
    """The first bytes of a regular file. Raises `Refused`."""
    with safe_open(path) as descriptor:
        return _read(descriptor, HEAD_BYTES)


def read_picture(path: Path, most_bytes: int) -> bytes:
    """The whole file, when its content is of a picture format that is taken. Raises `Refused`."""
    with safe_open(path) as descriptor:
        before = os.fstat(descriptor)
        head = _read(descriptor, HEAD_BYTES)
        if picture_format(head) is None:
            raise Refused(why_no_picture(head))
        if before.st_size > most_bytes:
            raise Refused(f"is too large: {before.st_size / 2**20:.0f} MiB; the limit is {most_bytes / 2**20:.0f} MiB")
        raw = head + _read(descriptor, before.st_size + 1 - len(head))
        after = os.fstat(descriptor)
    if len(raw) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused("was changed while it was read; import it again when it is complete")
    return raw


def _read(descriptor: int, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    left = most_bytes
    try:
        while left > 0 and (part := os.read(descriptor, min(left, 8 << 20))):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise Refused(_plain(error)) from error
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _only_regular(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    raise Refused(next((why for fits, why in _KINDS if fits(mode)), "is not a regular file"))


def _plain(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "can't be read: permission denied"
    if isinstance(error, FileNotFoundError):
        return "is no longer there"
    if isinstance(error, OSError):
        return f"can't be read: {(error.strerror or 'unknown reason').lower()}"
    return "can't be read: its name is not valid"
