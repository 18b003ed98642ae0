"""Hosted runs as they are followed over sockets: each run's events in SQL's order, told to each from its position."""

import asyncio
import logging
from dataclasses import dataclass, field

from platform_service.errors import ServiceError
from platform_service.live.messages import Told
from platform_service.live.room import Listener
from platform_service.runs import journal
from platform_service.runs.values import RunEvent
from platform_service.sql.database import TenantDatabase

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
"""A hint that something happened may be lost; so often SQL, the truth, is asked without one."""
TOGETHER = 200
LAST = "ended"


@dataclass
class RunRoom:
    """The followers of one run, each at its position."""

    run_id: str
    database: TenantDatabase
    positions: dict[Listener, int] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        """Read on and tell, until nobody follows any more or cancelled."""
        while self.positions:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self.poked.wait()
            except TimeoutError:
                pass
            self.poked.clear()
            try:
                await self._read_on()
            except ServiceError as error:
                log.warning("a run's events wait: %s", error.what)

    async def _read_on(self) -> None:
        while self.positions:
            lowest = min(self.positions.values())
            async with self.database.reading() as transaction:
                found = await journal.told(transaction, self.run_id, lowest, TOGETHER)
            for event in found:
                self._tell(event)
            if len(found) < TOGETHER:
                return

    def _tell(self, event: RunEvent) -> None:
        told = {"type": "run", "run_id": self.run_id, "position": event.position, "kind": event.kind}
        for listener, position in list(self.positions.items()):
            if event.position > position:
                self.positions[listener] = event.position
                listener.tell({**told, "what": event.document})
            if event.kind == LAST:
                del self.positions[listener]


class RunRooms:
    """The runs that sockets of this replica follow, by tenant's prefix and run."""

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, str], RunRoom] = {}
        self._following: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def join(self, listener: Listener, prefix: str, database: TenantDatabase, run_id: str, after: int) -> Told:
        """Follow a run of the tenant from behind a position; raises NotFound. Its events come after this answer."""
        async with database.reading() as transaction:
            run = await journal.standing(transaction, run_id)
        told = {"type": "following_run", "run_id": run_id, "position": run.position, "state": run.state}
        if run.state == LAST and after >= run.position:
            return told  # all of it is known
        at = (prefix, run_id)
        room = self._rooms.get(at)
        if room is None:
            room = self._rooms[at] = RunRoom(run_id, database)
        room.positions[listener] = min(after, run.position)
        room.poked.set()
        if at not in self._following:
            task = self._following[at] = asyncio.create_task(room.follow(), name=f"follow run {run_id}")
            task.add_done_callback(lambda _: self._forget(at, room))
        return told

    def leave(self, listener: Listener, prefix: str, run_id: str) -> None:
        """Follow no more."""
        room = self._rooms.get((prefix, run_id))
        if room is not None:
            room.positions.pop(listener, None)
            room.poked.set()

    def happened(self, prefix: str, run_id: str) -> None:
        """An event of a run was committed, here or on another replica."""
        room = self._rooms.get((prefix, run_id))
        if room is not None:
            room.poked.set()

    async def close(self) -> None:
        """End all."""
        following = list(self._following.values())
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)

    def _forget(self, at: tuple[str, str], room: RunRoom) -> None:
        if self._following.pop(at, None) is None:
            return
        if room.positions:  # somebody came while the last one left
            task = self._following[at] = asyncio.get_running_loop().create_task(room.follow())
            task.add_done_callback(lambda _: self._forget(at, room))
        else:
            self._rooms.pop(at, None)
