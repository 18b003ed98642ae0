"""Notices: what a person is told wherever they are; kept as events with their cause, and told over sockets."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import func, select

from platform_service.errors import ServiceError
from platform_service.identity.caller import LOCAL
from platform_service.live.messages import Told
from platform_service.sql import events
from platform_service.sql.database import TenantDatabase
from platform_service.sql.events import Event
from platform_service.sql.team_tables import events as events_table
from platform_service.sql.transaction import Transaction

log = logging.getLogger(__name__)
STREAM = "notices"
EVERYONE = ""
LOOK_EVERY_S = 1.0
TOGETHER = 200
MOST_MISSED = 200
"""Of what somebody missed, so much is told at most; the latest."""


class Reader(Protocol):
    """A session that wants to be told."""

    @property
    def user(self) -> str:
        """Whose session it is."""
        ...

    def tell(self, told: Told) -> None:
        """Send a message soon."""
        ...


async def notify(transaction: Transaction, kind: str, to: str, by: str, **about: Any) -> None:
    """Tell a person, or everyone else in the team: ids and figures alone, so that no words stay of who leaves."""
    if transaction.tenant != LOCAL:  # who works alone knows
        await events.append(transaction, STREAM, kind, {**about, "to": to, "user": by})


async def last(transaction: Transaction) -> int:
    """The position of the latest notice."""
    query = select(func.max(events_table.c.position)).where(
        transaction.mine(events_table), events_table.c.stream == STREAM
    )
    return (await transaction.execute(query)).scalar_one_or_none() or 0


@dataclass
class Board:
    """The readers of one tenant's notices, each at its position."""

    database: TenantDatabase
    positions: dict[Reader, int] = field(default_factory=dict)

    async def follow(self) -> None:
        """Read on and tell, while there are readers."""
        while self.positions:
            try:
                await self._read_on()
            except ServiceError as error:
                log.warning("notices wait: %s", error.what)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _read_on(self) -> None:
        while self.positions:
            lowest = min(self.positions.values())
            async with self.database.reading() as transaction:
                found = await events.after(transaction, STREAM, lowest, TOGETHER)
            for event in found:
                self._tell(event)
            if len(found) < TOGETHER:
                return

    def _tell(self, event: Event) -> None:
        to, by = event.document.get("to"), event.document.get("user")
        told = {"type": "notice", "position": event.position, "kind": event.kind, "at": event.created}
        for reader, position in list(self.positions.items()):
            if event.position <= position:
                continue
            self.positions[reader] = event.position
            if to == reader.user or (to == EVERYONE and by != reader.user):
                reader.tell({**told, "what": event.document})


class Boards:
    """The boards of all tenants that have readers on this replica, by tenant's prefix."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}
        self._following: dict[str, asyncio.Task[None]] = {}

    async def join(self, reader: Reader, prefix: str, database: TenantDatabase, after: int | None) -> Told:
        """Be told from behind a position, or from now on without one."""
        async with database.reading() as transaction:
            position = await last(transaction)
        board = self._boards.setdefault(prefix, Board(database))
        board.positions[reader] = position if after is None else max(min(after, position), position - MOST_MISSED)
        if prefix not in self._following or self._following[prefix].done():
            self._following[prefix] = asyncio.create_task(board.follow(), name="follow notices")
        return {"type": "following_notices", "position": position}

    def leave(self, reader: Reader, prefix: str) -> None:
        """Be told no more."""
        if prefix in self._boards:
            self._boards[prefix].positions.pop(reader, None)

    async def close(self) -> None:
        """End all."""
        following = list(self._following.values())
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
