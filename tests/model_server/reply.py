"""An HTTP answer before it is sent: a body, or the events of a stream."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer; with `events`, they are sent one by one as a stream."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    body: bytes = b""
    events: tuple[bytes, ...] = ()

    def whole(self) -> bytes:
        """All of the body."""
        return self.body + b"".join(self.events)


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    """A JSON body."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, {"content-type": "application/json", **named}, json.dumps(value).encode())


def event_reply(events: tuple[bytes, ...]) -> Reply:
    """A stream of server-sent events."""
    return Reply(200, {"content-type": "text/event-stream; charset=utf-8"}, events=events)


def pieces(text: str, size: int = 12) -> list[str]:
    """A text as it is streamed."""
    return [text[i : i + size] for i in range(0, len(text), size)] or [""]
