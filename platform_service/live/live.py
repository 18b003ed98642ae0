"""The live part of a platform: the hub, its line to other replicas, and each tenant's saves."""

import asyncio
from typing import TYPE_CHECKING, Any

from platform_service.audit_log import AuditLog
from platform_service.identity.believed import Believed
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
    """Listens to other replicas from when it is opened."""

    def __init__(
        self,
        audit: AuditLog,
        line: "Backplane | None" = None,
        sessions: PresentSessions | None = None,
        presence: Presence | None = None,
        believed: Believed | None = None,
    ) -> None:
        self._audit = audit
        self._line = line
        self.believed = believed or Believed()
        self._listening: asyncio.Task[None] | None = None
        self._saves: dict[str, Saves] = {}
        self.hub = Hub(line, presence)
        self.runs = RunRooms()
        self.boards = Boards()
        self.sessions: PresentSessions = sessions or SessionsInMemory()

    def open(self) -> None:
        """Begin to hear the other replicas."""
        if self._line is not None and self._listening is None:
            listening = self._line.listen(self._heard, self.believed.hears)
            self._listening = asyncio.create_task(listening, name="hear other replicas")

    async def took_back(self, tenant: str, prefix: str) -> None:
        """Somebody's access was taken back or changed: no replica believes what it knew, and no socket goes on so."""
        self.believed.forget(tenant)
        if self._line is not None:
            self._line.say(prefix, {"kind": "took back", "tenant": tenant})
            await self._line.said()

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
        match what.get("kind"):
            case "run":
                self.runs.happened(prefix, str(what.get("run_id", "")))
            case "took back":
                self.believed.forget(str(what.get("tenant", "")))
            case _:
                self.hub.heard(prefix, what)
