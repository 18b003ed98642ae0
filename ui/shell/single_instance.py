"""A second start raises the window of a data folder and hands it its request, unless a further one is wanted."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TIMEOUT_MS = 700


def server_name(data: Path) -> str:
    """The name of the local server of a data folder; it says nothing about the folder."""
    owner = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return f"vernissage-{hashlib.sha256(f'{owner}:{data}'.encode()).hexdigest()[:20]}"


def hand_over(name: str, request: dict[str, Any]) -> bool:
    """Ask a running window to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_TIMEOUT_MS):
        return False
    socket.write(json.dumps(request).encode() + b"\n")
    socket.flush()
    socket.waitForBytesWritten(_TIMEOUT_MS)
    socket.waitForReadyRead(_TIMEOUT_MS)
    answered = bytes(socket.readAll().data()).startswith(b"ok")
    socket.disconnectFromServer()
    return answered


def is_open(name: str) -> bool:
    """Whether a window listens for later starts."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    found = bool(socket.waitForConnected(_TIMEOUT_MS))
    socket.abort()
    return found


class FirstInstance(QObject):
    """Listens for later starts, unless another window does. Emits `called` with what they asked."""

    called = Signal(dict)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self.listens = False
        if not is_open(name):
            QLocalServer.removeServer(name)
            self.listens = self._server.listen(name)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _accept(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            request = json.loads(bytes(socket.readLine(65_536).data()))
        except ValueError:
            return
        socket.write(b"ok\n")
        socket.flush()
        if isinstance(request, dict):
            self.called.emit(request)
