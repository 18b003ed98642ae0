"""The live part of a platform: the hub, its line to other replicas, and each tenant's saves."""

import asyncio
from typing import TYPE_CHECKING, Any

from platform_service.audit_log import AuditLog
from platform_service.live.hub import Hub
from platform_service.live.notices import Boards
from platform_service.live.presence import Presence
from platform_service.live.present_sessions import PresentSessions, SessionsInMemory
from platform_service.live.run_rooms import RunRooms
from platform_service.live.saves import Saves
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Spelled

if TYPE_CHECKING:  # an embedded platform does without Redis
    from platform_service.live.backplane import Backplane


class Live:
    """Starts to listen to other replicas when the first socket is opened."""

    def __init__(
        self,
        audit: AuditLog,
        line: "Backplane | None" = None,
        sessions: PresentSessions | None = None,
        presence: Presence | None = None,
    ) -> None:
        self._audit = audit
        self._line = line
        self._listening: asyncio.Task[None] | None = None
        self._saves: dict[str, Saves] = {}
        self.hub = Hub(line, presence)
        self.runs = RunRooms()
        self.boards = Boards()
        self.sessions: PresentSessions = sessions or SessionsInMemory()

    def opened(self) -> None:
        """A socket was opened here."""
        if self._line is not None and self._listening is None:
            self._listening = asyncio.create_task(self._line.listen(self._heard), name="hear other replicas")

    def happened(self, prefix: str, scene_id: str, event: Spelled | None = None) -> None:
        """An event of a scene was committed."""
        self.hub.happened(prefix, scene_id, event)

    def run_happened(self, prefix: str, run_id: str) -> None:
        """An event of a hosted run was committed."""
        self.runs.happened(prefix, run_id)
        if self._line is not None:
            self._line.say(prefix, {"kind": "run", "run_id": run_id})

    def saves_of(self, prefix: str, database: TenantDatabase) -> Saves:
        """Where a tenant's saves are committed together."""
        if prefix not in self._saves:
            self._saves[prefix] = Saves(database, self._audit)
        return self._saves[prefix]

    async def close(self) -> None:
        """Commit what waits, then end."""
        for saves in self._saves.values():
            await saves.close()
        await self.hub.close()
        await self.runs.close()
        await self.boards.close()
        await self.sessions.close()
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._line is not None:
            await self._line.close()

    def _heard(self, prefix: str, what: dict[str, Any]) -> None:
        if what.get("kind") == "run":
            self.runs.happened(prefix, str(what.get("run_id", "")))
        else:
            self.hub.heard(prefix, what)
