"""One scene as it is followed here: its events are read from SQL in order, and told to each listener from its place."""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Protocol

from platform_service.errors import ServiceError
from platform_service.live.messages import Told
from platform_service.sql import events
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Event

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
"""A hint that something happened may be lost; so often SQL, the truth, is asked without one."""
TOGETHER = 200
PERSON_STAYS_S = 15.0


class Listener(Protocol):
    """A session's end of a room."""

    session_id: str

    def tell(self, told: Told) -> None:
        """Send a message soon; a listener that cannot keep up is closed, and comes back to its position."""
        ...


@dataclass
class Person:
    """Somebody who is there, as last heard, here or on another replica."""

    told: Told
    until_s: float


@dataclass
class Room:
    """The listeners to one scene and the people in it."""

    scene_id: str
    database: TenantDatabase
    positions: dict[Listener, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def stream(self) -> str:
        """The stream of events that this room follows."""
        return f"scene:{self.scene_id}"

    async def follow(self) -> None:
        """Read on and tell, until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self.poked.wait()
            except TimeoutError:
                pass
            self.poked.clear()
            try:
                await self._read_on()
            except ServiceError as error:
                log.warning("events wait: %s", error.what)
            self.drop_the_gone()

    async def _read_on(self) -> None:
        while self.positions:
            lowest = min(self.positions.values())
            async with self.database.reading() as transaction:
                found = await events.after(transaction, self.stream, lowest, TOGETHER)
            for event in found:
                self._tell(event)
            if len(found) < TOGETHER:
                return

    def _tell(self, event: Event) -> None:
        told = {"type": "event", "scene_id": self.scene_id, "position": event.position, "kind": event.kind}
        told["what"] = event.document
        for listener, position in list(self.positions.items()):
            if event.position > position:
                self.positions[listener] = event.position
                listener.tell(told)

    def place(self, session_id: str, told: Told) -> None:
        """Somebody stands somewhere."""
        self.people[session_id] = Person(told, time.monotonic() + PERSON_STAYS_S)
        self._tell_people()

    def take_away(self, session_id: str) -> None:
        """Somebody left."""
        if self.people.pop(session_id, None) is not None:
            self._tell_people()

    def drop_the_gone(self) -> None:
        """Forget people that were not heard of for long."""
        now_s = time.monotonic()
        gone = [session_id for session_id, person in self.people.items() if person.until_s < now_s]
        for session_id in gone:
            del self.people[session_id]
        if gone:
            self._tell_people()

    def tell_others(self, told: Told, session_id: str) -> None:
        """Pass a message on to everyone but the session that it came from."""
        for listener in list(self.positions):
            if listener.session_id != session_id:
                listener.tell(told)

    def people_for(self, session_id: str) -> Told:
        """The others that are there."""
        others = [person.told for other, person in sorted(self.people.items()) if other != session_id]
        return {"type": "people", "scene_id": self.scene_id, "people": others}

    def _tell_people(self) -> None:
        for listener in list(self.positions):
            listener.tell(self.people_for(listener.session_id))
