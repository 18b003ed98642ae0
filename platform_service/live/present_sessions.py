"""Which sessions of a tenant are open just now, on all replicas: in Redis where there are several, else in memory."""

import time
from collections import defaultdict
from typing import Any, Protocol

STAYS_S = 45.0
"""A session that was not heard of for so long is gone: its replica died."""
Session = dict[str, Any]


class PresentSessions(Protocol):
    """Keeps sessions by tenant's prefix; what is lost comes back when sessions are heard of again."""

    async def put(self, prefix: str, session_id: str, session: Session) -> None:
        """This session is open."""
        ...

    async def drop(self, prefix: str, session_id: str) -> None:
        """It was closed."""
        ...

    async def of(self, prefix: str) -> list[Session]:
        """The open sessions, in the order of their ids."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class SessionsInMemory:
    """Of one process; all that an embedded platform needs."""

    def __init__(self, stays_s: float = STAYS_S) -> None:
        self._stays_s = stays_s
        self._kept: defaultdict[str, dict[str, tuple[float, Session]]] = defaultdict(dict)

    async def put(self, prefix: str, session_id: str, session: Session) -> None:
        """This session is open."""
        self._kept[prefix][session_id] = (time.time() + self._stays_s, dict(session))

    async def drop(self, prefix: str, session_id: str) -> None:
        """It was closed."""
        self._kept[prefix].pop(session_id, None)

    async def of(self, prefix: str) -> list[Session]:
        """The open sessions, in the order of their ids."""
        alive = {i: one for i, one in self._kept[prefix].items() if one[0] > time.time()}
        self._kept[prefix] = alive
        return [session for _, (_, session) in sorted(alive.items())]

    async def close(self) -> None:
        """There is nothing to let go of."""
