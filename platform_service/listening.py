"""Where the service listens: a Unix socket that only its user can open, or a port, by default of loopback."""

import asyncio
import json
import os
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from platform_service.errors import ServiceError

LONGEST_SOCKET_PATH = 100
LONGEST_MESSAGE_BYTES = 8 * 1024 * 1024
"""A longer message over a live socket closes it; larger scenes are saved over HTTP."""


class CannotListen(ServiceError):
    """The socket could not be bound."""

    kind, title = "cannot-listen", "The service cannot listen there"


@dataclass(frozen=True)
class Own:
    """A file as this process made it; another one that took its place since is not ours to remove."""

    path: Path
    number: tuple[int, int]
    made_ns: int = 0
    """When it was made, or 0 where that does not count."""

    @classmethod
    def of(cls, path: Path, is_held: bool = False) -> "Own":
        """The file that is there now; raises OSError.

        The inode of one that is removed is soon given to another, so the time counts too. One that `is_held` open
        keeps its inode, and others who try its lock change its time.
        """
        found = path.stat()
        return cls(path, (found.st_dev, found.st_ino), 0 if is_held else found.st_mtime_ns)

    @property
    def is_there(self) -> bool:
        """Whether it is still the same one."""
        try:
            return Own.of(self.path, is_held=not self.made_ns) == self
        except OSError:
            return False

    def remove(self) -> None:
        """Remove it, where it is still the same one."""
        if self.is_there:
            self.path.unlink(missing_ok=True)


def bind(uds: Path | None, port: int | None, host: str = "127.0.0.1") -> socket.socket:
    """A bound socket; raises CannotListen."""
    try:
        return _bind_unix(uds) if uds is not None else _bind_port(host, port or 0)
    except OSError as error:
        where = uds if uds is not None else f"port {port or 0}"
        raise CannotListen(f"Cannot listen on {where}: {error.strerror or error}.", "Nothing was changed.") from error


def socket_protocol(*arguments: Any, **named: Any) -> asyncio.Protocol:
    """What speaks over a live socket; it is imported with the first one, since most starts need none."""
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

    return WebSocketsSansIOProtocol(*arguments, **named)


def write_ready_file(file: Path, bound: socket.socket, version: str) -> Own:
    """Tell, whole or not at all, where the service listens; gives the file."""
    name = bound.getsockname()
    where = {"uds": name} if isinstance(name, str) else {"port": name[1]}
    staged = file.with_name(f".{file.name}.{os.getpid()}")
    staged.write_text(json.dumps({**where, "pid": os.getpid(), "version": version}), "utf-8")
    written = replace(Own.of(staged), path=file)
    os.replace(staged, file)
    return written


def _bind_unix(path: Path) -> socket.socket:
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
        raise CannotListen(
            f"The path of the socket is too long: {path}.",
            "Nothing was changed.",
            f"Use one of at most {LONGEST_SOCKET_PATH} bytes, or --port 0.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # the data folder's lock is held: nobody listens there any more
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        bound.bind(str(path))
    finally:
        os.umask(before)
    return bound


def _bind_port(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # named, since asyncio sends small parts at once (TCP_NODELAY) only over sockets that say they are TCP
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    return bound
