"""Who is in a scene just now, where they stand and what they hold: in Redis for several replicas, else in memory."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from platform_service.live import present_sessions
from platform_service.live.messages import Told

STAYS_S = 15.0
"""Who was not heard of for so long is gone: desktops say again every 5 s where they stand."""


class Where(NamedTuple):
    """A session in a scene of a tenant, which is known by its prefix."""

    prefix: str
    scene_id: str
    session_id: str


@dataclass(frozen=True)
class There:
    """Somebody who is there, as last heard."""

    told: Told
    left_s: float
    """So much longer, unless heard of again."""


class Presence(Protocol):
    """Keeps people by tenant's prefix and scene; what is lost comes back when they are heard of again."""

    @property
    def stays_s(self) -> float:
        """So long somebody stays who is not heard of again."""
        ...

    async def put(self, news: Mapping[Where, Told | None]) -> None:
        """Where people stand from now on, all in one go; None is who left."""
        ...

    async def of(self, prefix: str, scene_id: str) -> dict[str, There]:
        """The people in a scene, by session."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class PresenceInMemory:
    """Of one process; all that an embedded platform needs."""

    def __init__(self, stays_s: float = STAYS_S) -> None:
        self._stays_s = stays_s
        self._scenes: dict[tuple[str, str], dict[str, tuple[float, Told]]] = {}

    @property
    def stays_s(self) -> float:
        """So long somebody stays who is not heard of again."""
        return self._stays_s

    async def put(self, news: Mapping[Where, Told | None]) -> None:
        """Where people stand from now on; None is who left."""
        until_s = time.monotonic() + self._stays_s
        for where, told in news.items():
            people = self._alive(where.prefix, where.scene_id)
            people.pop(where.session_id, None)
            if told is not None:
                people[where.session_id] = (until_s, told)
            self._keep(where.prefix, where.scene_id, people)

    async def of(self, prefix: str, scene_id: str) -> dict[str, There]:
        """The people in a scene, by session."""
        people = self._alive(prefix, scene_id)
        self._keep(prefix, scene_id, people)
        now_s = time.monotonic()
        return {session_id: There(told, until_s - now_s) for session_id, (until_s, told) in people.items()}

    async def close(self) -> None:
        """There is nothing to let go of."""

    def _alive(self, prefix: str, scene_id: str) -> dict[str, tuple[float, Told]]:
        now_s = time.monotonic()
        return {i: one for i, one in self._scenes.get((prefix, scene_id), {}).items() if one[0] > now_s}

    def _keep(self, prefix: str, scene_id: str, people: dict[str, tuple[float, Told]]) -> None:
        """An empty scene takes no room."""
        self._scenes.pop((prefix, scene_id), None)
        if people:
            self._scenes[prefix, scene_id] = people


def table() -> str:
    """What lapses by itself, as the documentation shows it."""
    lines = ["| who is there | gone when not heard of for | key in Redis |", "| --- | --- | --- |"]
    lines.append(f"| the open sessions of a team | {present_sessions.STAYS_S:.0f} s | `s:<prefix>` |")
    lines.append(
        f"| the people in a scene: where they stand, what they hold | {STAYS_S:.0f} s | `p:<prefix>:<scene>` |"
    )
    return "\n".join(lines)
