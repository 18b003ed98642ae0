"""Tenants take turns: of one, only so much is worked on at once; the rest waits behind its own and nobody else's."""

import asyncio
from dataclasses import dataclass, field

from starlette.types import Message, Receive, Send

from platform_service.errors import TooManyRequests

AT_ONCE = 6
"""So many requests of a tenant are worked on at once by a replica."""
MOST_WAITING = 400


@dataclass
class _OfTenant:
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    turnstile: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Turns:
    """The turns of all tenants on this replica."""

    def __init__(self) -> None:
        self._tenants: dict[str, _OfTenant] = {}

    def request(self, tenant: str) -> "Turn":
        """The turn of one request."""
        return Turn(self, tenant)

    async def message(self, tenant: str) -> None:
        """Let one message of a tenant's sockets through in each round of the loop, however many sockets it has."""
        of_tenant = self.hold(tenant)
        try:
            async with of_tenant.turnstile:
                await asyncio.sleep(0)
        finally:
            self.let_go(tenant)

    def hold(self, tenant: str) -> _OfTenant:
        """What a tenant shares, until it is let go."""
        of_tenant = self._tenants.setdefault(tenant, _OfTenant())
        of_tenant.users += 1
        return of_tenant

    def let_go(self, tenant: str) -> None:
        """Nothing is kept of a tenant of whom nothing is under way."""
        self._tenants[tenant].users -= 1
        if not self._tenants[tenant].users:
            del self._tenants[tenant]


class Turn:
    """One request's: it is given up while the client is waited for, and once the answer goes out."""

    def __init__(self, turns: Turns, tenant: str) -> None:
        self._turns, self._tenant = turns, tenant
        self._has = False

    async def __aenter__(self) -> "Turn":
        """Wait for it; raises TooManyRequests when too many wait already."""
        self._of_tenant = self._turns.hold(self._tenant)
        try:
            if self._of_tenant.users > MOST_WAITING:
                raise TooManyRequests(
                    "Too many requests of your team are waiting.", "Nothing was changed.",
                    "Wait a second, then send the same request with the same key.", headers={"Retry-After": "1"},
                )  # fmt: skip
            await self._take()
        except BaseException:
            self._turns.let_go(self._tenant)
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._give()
        self._turns.let_go(self._tenant)

    def receiving(self, receive: Receive) -> Receive:
        """Whoever sends slowly keeps nobody waiting."""

        async def received() -> Message:
            self._give()
            message = await receive()
            await self._take()
            return message

        return received

    def sending(self, send: Send) -> Send:
        """Whoever reads slowly keeps nobody waiting."""

        async def sent(message: Message) -> None:
            self._give()
            await send(message)

        return sent

    def wait_elsewhere(self) -> None:
        """What comes now waits behind its own tenant's by itself, as searches do: they share what they cost."""
        self._give()

    async def _take(self) -> None:
        if not self._has:
            await self._of_tenant.free.acquire()
            self._has = True

    def _give(self) -> None:
        if self._has:
            self._has = False
            self._of_tenant.free.release()
