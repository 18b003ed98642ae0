"""A client of the live socket for tests."""

import contextlib
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, unix_connect

PATIENCE_S = 60.0


def document(*ids: str) -> dict[str, Any]:
    """A scene's document; the platform does not judge records."""
    return {"format": "vernissage-scene", "schema": 1, "records": [{"id": record_id} for record_id in ids]}


class Line:
    """One socket; what is not waited for is kept."""

    def __init__(self, uds: Path, token: str, session: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}", "X-Session-Id": session or uuid.uuid4().hex}
        opened = unix_connect(str(uds), "ws://localhost/v1/live", additional_headers=headers, compression=None)
        self._stack = contextlib.ExitStack()
        self.socket: ClientConnection = self._stack.enter_context(opened)
        self.heard: list[dict[str, Any]] = []

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def wait(self, kind: str, fits: Callable[[dict[str, Any]], bool] = lambda message: True) -> dict[str, Any]:
        """The next message of a kind."""
        while True:
            for message in self.heard:
                if message["type"] == kind and fits(message):
                    self.heard.remove(message)
                    return message
            self.heard.append(json.loads(self.socket.recv(PATIENCE_S)))

    def heard_either(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of these kinds."""
        while True:
            told: dict[str, Any] = json.loads(self.socket.recv(PATIENCE_S))
            if told["type"] in kinds:
                return told

    def follow(self, scene_id: str, after: int | None = None) -> dict[str, Any]:
        self.say(type="subscribe", scene_id=scene_id, **({} if after is None else {"after": after}))
        return self.wait("subscribed")

    def save(self, scene_id: str, based_on: int, *ids: str, key: str = "", number: int = 1) -> None:
        version = {"based_on": based_on, "document": document(*ids), "steps": []}
        self.say(type="save", number=number, key=key or uuid.uuid4().hex, scene_id=scene_id, version=version)

    def until_closed(self) -> int:
        """Hear on until the service closes the line; gives the code."""
        try:
            self.wait("never")
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else 1006
        raise AssertionError("unreachable")

    def close(self) -> None:
        self._stack.close()
