"""One scene as it is followed here: its events in the server's order, told to each listener from its place."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from platform_service.errors import ServiceError
from platform_service.live.messages import Told, spelled
from platform_service.live.presence import STAYS_S, There
from platform_service.sql import events
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Spelled
from platform_service.sql.transaction import Transaction

log = logging.getLogger(__name__)
TOGETHER = 200
PEOPLE_WITHIN_S = 0.04
"""Who is there is told so much later at most: what several say meanwhile is told at once."""


class Listener(Protocol):
    """A session's end of a room."""

    session_id: str

    def tell(self, told: Told | str) -> None:
        """Send a message soon, or one that is spelled already; who cannot keep up is closed, and comes back."""
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
    stays_s: float = STAYS_S
    positions: dict[Listener, int] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    poked: asyncio.Event = field(default_factory=asyncio.Event)
    _telling: asyncio.TimerHandle | None = None

    @property
    def stream(self) -> str:
        """The stream of events that this room follows."""
        return f"scene:{self.scene_id}"

    @property
    def lowest(self) -> int:
        """The position of whoever is furthest behind."""
        return min(self.positions.values(), default=0)

    async def follow(self) -> None:
        """Read on and tell whenever there may be something, until cancelled."""
        while True:
            await self.poked.wait()
            self.poked.clear()
            try:
                await self._read_on()
            except ServiceError as error:
                log.warning("events wait: %s", error.what)

    async def _read_on(self) -> None:
        while self.positions:
            lowest = self.lowest

            async def work(transaction: Transaction, lowest: int = lowest) -> tuple[Spelled, ...]:
                return await events.spelled_after(transaction, self.stream, lowest, TOGETHER)

            found = await self.database.read(work)
            for event in found:
                text = self._spelled(event)
                self._tell(text, event, [one for one, position in self.positions.items() if event.position > position])
            if len(found) < TOGETHER:
                return

    def happened(self, event: Spelled) -> None:
        """Tell what was just committed to those who have everything before it; the others read on."""
        ready = [one for one, position in self.positions.items() if event.position == position + 1]
        if ready:
            self._tell(self._spelled(event), event, ready)
        if self.lowest < event.position:
            self.poked.set()

    def _tell(self, text: str, event: Spelled, listeners: list[Listener]) -> None:
        for listener in listeners:
            self.positions[listener] = event.position
            listener.tell(text)

    def _spelled(self, event: Spelled) -> str:
        """The event as it is told to all; the document goes as it is stored."""
        head = {"type": "event", "scene_id": self.scene_id, "position": event.position, "kind": event.kind}
        return f'{spelled(head)[:-1]},"what":{event.text}}}'

    def place(self, session_id: str, told: Told) -> None:
        """Somebody stands somewhere."""
        self.people[session_id] = Person(told, time.monotonic() + self.stays_s)
        self._tell_people_soon()

    def meet(self, there: Mapping[str, There]) -> None:
        """Know who was there before anybody here listened; of whom was heard here, that is the latest."""
        now_s = time.monotonic()
        met = {i: Person(one.told, now_s + one.left_s) for i, one in there.items() if i not in self.people}
        if met:
            self.people |= met
            self._tell_people_soon()

    def take_away(self, session_id: str) -> None:
        """Somebody left."""
        if self.people.pop(session_id, None) is not None:
            self._tell_people_soon()

    def drop_the_gone(self) -> None:
        """Forget people that were not heard of for long."""
        now_s = time.monotonic()
        gone = [session_id for session_id, person in self.people.items() if person.until_s < now_s]
        for session_id in gone:
            del self.people[session_id]
        if gone:
            self._tell_people_soon()

    def tell_others(self, told: Told, session_id: str) -> None:
        """Pass a message on to everyone but the session that it came from."""
        text = spelled(told)
        for listener in list(self.positions):
            if listener.session_id != session_id:
                listener.tell(text)

    def people_for(self, session_id: str) -> Told:
        """The others that are there."""
        others = [person.told for other, person in sorted(self.people.items()) if other != session_id]
        return {"type": "people", "scene_id": self.scene_id, "people": others}

    def close(self) -> None:
        """Tell nobody any more."""
        if self._telling is not None:
            self._telling.cancel()

    def _tell_people_soon(self) -> None:
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(PEOPLE_WITHIN_S, self._tell_people)

    def _tell_people(self) -> None:
        """Each person is spelled once, however many are there to be told."""
        self._telling = None
        texts = {session_id: spelled(person.told) for session_id, person in sorted(self.people.items())}
        head = spelled({"type": "people", "scene_id": self.scene_id})[:-1]
        everyone = f'{head},"people":[{",".join(texts.values())}]}}'
        for listener in list(self.positions):
            own = listener.session_id
            others = (text for session_id, text in texts.items() if session_id != own)
            listener.tell(f'{head},"people":[{",".join(others)}]}}' if own in texts else everyone)
