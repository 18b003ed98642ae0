"""All rooms of this replica, and what is passed between it and the others."""

import asyncio
import logging
from typing import Any, Protocol

from platform_service.errors import ServiceError
from platform_service.live.messages import Told
from platform_service.live.presence import Presence, PresenceInMemory, Where
from platform_service.live.presence_notes import PresenceNotes
from platform_service.live.room import Listener, Room
from platform_service.sql import events, scenes
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Spelled
from platform_service.sql.transaction import Transaction

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
"""A hint that something happened may be lost; so often SQL, the truth, is asked without one: once for all rooms."""


class Line(Protocol):
    """The line to other replicas; an embedded platform has none."""

    def say(self, prefix: str, what: dict[str, Any]) -> None:
        """Tell the others soon."""
        ...


class Hub:
    """Rooms by tenant's prefix and scene; a room lasts as long as somebody listens."""

    def __init__(self, line: Line | None = None, presence: Presence | None = None) -> None:
        self._line = line
        self._presence: Presence = presence or PresenceInMemory()
        self._notes = PresenceNotes(self._presence)
        self._rooms: dict[tuple[str, str], Room] = {}
        self._following: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def join(
        self, listener: Listener, prefix: str, database: TenantDatabase, scene_id: str, after: int | None
    ) -> Told:
        """Listen to a scene of the tenant; raises NotFound. Events from behind `after` follow."""

        async def work(transaction: Transaction) -> tuple[int, int]:
            head = await scenes.head(transaction, scene_id)
            last = await events.last_positions(transaction, [f"scene:{scene_id}"])
            return head.version, next(iter(last.values()), 0)

        version, last = await database.read(work)
        room = self._room(prefix, database, scene_id)
        room.positions[listener] = last if after is None else min(after, last)
        room.poked.set()
        return {"type": "subscribed", "scene_id": scene_id, "position": last, "version": version}

    async def meet(self, prefix: str, scene_id: str) -> None:
        """Know who is in a scene on other replicas already."""
        there = await self._presence.of(prefix, scene_id)
        if (prefix, scene_id) in self._rooms:
            self._rooms[prefix, scene_id].meet(there)

    def leave(self, listener: Listener, prefix: str, scene_id: str) -> None:
        """Listen no more."""
        room = self._rooms.get((prefix, scene_id))
        if room is None or listener not in room.positions:
            return
        del room.positions[listener]
        if listener.session_id in room.people:
            self._notes.left(Where(prefix, scene_id, listener.session_id))
        room.take_away(listener.session_id)
        self._say(prefix, {"kind": "left", "scene_id": scene_id, "session_id": listener.session_id})
        if not room.positions:
            self._rooms.pop((prefix, scene_id)).close()
            self._following.pop((prefix, scene_id)).cancel()

    def happened(self, prefix: str, scene_id: str, event: Spelled | None = None) -> None:
        """An event of a scene was committed; who knows which one saves those who listen here the reading."""
        room = self._rooms.get((prefix, scene_id))
        if room is not None and event is not None:
            room.happened(event)
        elif room is not None:
            room.poked.set()
        self._say(prefix, {"kind": "event", "scene_id": scene_id})

    def present(self, prefix: str, scene_id: str, session_id: str, told: Told) -> None:
        """Somebody of this replica stands somewhere."""
        self._place(prefix, scene_id, session_id, told)
        self._notes.stands(Where(prefix, scene_id, session_id), told)
        self._say(prefix, {"kind": "present", "scene_id": scene_id, "session_id": session_id, "told": told})

    def pass_on(self, prefix: str, scene_id: str, session_id: str, told: Told) -> None:
        """Tell everyone else in the room, on all replicas."""
        self._tell_others(prefix, scene_id, session_id, told)
        self._say(prefix, {"kind": "told", "scene_id": scene_id, "session_id": session_id, "told": told})

    def people_of(self, prefix: str, scene_id: str, session_id: str) -> Told:
        """The others in a room."""
        return self._rooms[prefix, scene_id].people_for(session_id)

    def heard(self, prefix: str, what: dict[str, Any]) -> None:
        """Another replica said something."""
        scene_id, session_id = str(what.get("scene_id", "")), str(what.get("session_id", ""))
        match what.get("kind"):
            case "event":
                self._poke(prefix, scene_id)
            case "present":
                self._place(prefix, scene_id, session_id, what["told"])
            case "told":
                self._tell_others(prefix, scene_id, session_id, what["told"])
            case "left" if (prefix, scene_id) in self._rooms:
                self._rooms[prefix, scene_id].take_away(session_id)

    async def close(self) -> None:
        """End all rooms."""
        following = [*self._following.values(), *([] if self._looking is None else [self._looking])]
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
        for room in self._rooms.values():
            room.close()
        await self._notes.close()
        await self._presence.close()

    async def _look(self) -> None:
        """Ask SQL for what no hint told of, and forget people who are gone, as long as anybody listens."""
        while self._rooms:
            await asyncio.sleep(LOOK_EVERY_S)
            tenants: dict[str, list[Room]] = {}
            for (prefix, _), room in self._rooms.items():
                tenants.setdefault(prefix, []).append(room)
                room.drop_the_gone()
            for rooms in tenants.values():
                await self._look_at(rooms)

    async def _look_at(self, rooms: list[Room]) -> None:
        streams = [room.stream for room in rooms]

        async def work(transaction: Transaction) -> dict[str, int]:
            return await events.last_positions(transaction, streams)

        try:
            last = await rooms[0].database.read(work)
        except ServiceError as error:
            log.warning("events wait: %s", error.what)
            return
        for room in rooms:
            if room.lowest < last.get(room.stream, 0):
                room.poked.set()

    def _room(self, prefix: str, database: TenantDatabase, scene_id: str) -> Room:
        room = self._rooms.get((prefix, scene_id))
        if room is None:
            room = self._rooms[prefix, scene_id] = Room(scene_id, database, self._presence.stays_s)
            self._following[prefix, scene_id] = asyncio.create_task(room.follow(), name=f"follow {scene_id}")
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="look for events")
        return room

    def _poke(self, prefix: str, scene_id: str) -> None:
        if (prefix, scene_id) in self._rooms:
            self._rooms[prefix, scene_id].poked.set()

    def _place(self, prefix: str, scene_id: str, session_id: str, told: Told) -> None:
        if (prefix, scene_id) in self._rooms:
            self._rooms[prefix, scene_id].place(session_id, told)

    def _tell_others(self, prefix: str, scene_id: str, session_id: str, told: Told) -> None:
        if (prefix, scene_id) in self._rooms:
            self._rooms[prefix, scene_id].tell_others(told, session_id)

    def _say(self, prefix: str, what: dict[str, Any]) -> None:
        if self._line is not None:
            self._line.say(prefix, what)
