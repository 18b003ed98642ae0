"""Workers that reserve money at once at a tenant's cap: `python -m tests.platform_service.runs.cap_races`.

Each worker has a connection pool of its own; each call is a run of its own, so that only the day's cap holds.
"""

import argparse
import asyncio
import random
import sys
from datetime import UTC, datetime

from agent.money import Caps
from agent.ports.money import Reservation
from platform_service.sql import ledger
from platform_service.sql.database import Database
from platform_service.sql.postgres import PostgresDatabase
from tests.load.cap_races import Raced, race
from tests.platform_service.servers import TEMPLATE, PostgresServer
from tests.platform_service.stores import Progress, stores

CAPS = Caps(run=1_000, day=1_500, tenant=2_000)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Purse:
    """A worker's: a connection pool of its own."""

    def __init__(self, database: Database, caps: Caps = CAPS, *, tenant: str = "ours") -> None:
        self.database = database.of(tenant)
        self.caps = caps
        self.moment = NOON

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        async with self.database.writing() as transaction:
            return await ledger.reserve(transaction, self.caps, run_id, step_id, micro_usd, self.moment)

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        async with self.database.writing() as transaction:
            await ledger.book(transaction, reservation, "spent", micro_usd)

    async def release(self, reservation: Reservation) -> None:
        async with self.database.writing() as transaction:
            await ledger.book(transaction, reservation, "released", 0)

    async def spent(self, run_id: str) -> int:
        async with self.database.reading() as transaction:
            return (await ledger.cost_of(transaction, run_id)).micro_usd


async def races(server: PostgresServer, count: int, workers: int = 4) -> list[Raced]:
    """Calls of several workers at once, each a run of its own, at the day's cap of one tenant."""
    name, dice = server.new_database(TEMPLATE), random.Random(11)
    databases = [PostgresDatabase(server.url(name), connections=5) for _ in range(workers)]
    found: list[Raced] = []
    try:
        progress = Progress("races", count)
        for number in range(count):
            progress.at(number)
            cap = dice.randint(1_000, 200_000)
            purses = [Purse(one, Caps(None, cap, None), tenant=f"t{number}") for one in databases]
            found.append(await race(_Spread(purses), "r", cap, dice))
            async with purses[0].database.reading() as transaction:
                found[-1].highest = max(found[-1].highest, (await ledger.totals(transaction, NOON)).day)
    finally:
        for one in databases:
            await one.close()
        server.drop(name)
    return found


class _Spread:
    """Every call goes to the next worker, as a run of its own."""

    def __init__(self, purses: list[Purse]) -> None:
        self._purses = purses
        self._count = 0

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        self._count += 1
        return await self._purses[self._count % len(self._purses)].reserve(f"{run_id}{self._count}", step_id, micro_usd)

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        await self._purses[0].settle(reservation, micro_usd)

    async def release(self, reservation: Reservation) -> None:
        await self._purses[0].release(reservation)


def main() -> int:
    """Race on a PostgreSQL of its own; gives 1 when a cap was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--races", type=int, default=1_000)
    given = parser.parse_args()
    with stores() as of:
        found = asyncio.run(races(of.postgres, given.races))
    made, refused = sum(raced.made for raced in found), sum(raced.refused for raced in found)
    passed = sum(raced.passed for raced in found)
    print(f"{len(found):,} races, {made:,} calls let through, {refused:,} refused, the cap passed {passed} times")
    return int(bool(passed))


if __name__ == "__main__":
    sys.exit(main())
