"""The purse of a tenant's hosted runs: what its workers may spend together, decided in SQL before each paid call."""

import asyncio
import logging
from collections.abc import Mapping

from agent.models.settings import micro_usd as in_micro_usd
from agent.money import Booked, Caps, narrowed, settled
from agent.ports.money import Reservation
from platform_service.errors import ServiceError
from platform_service.runs.journal import Attempt, RunJournal
from platform_service.runs.ports import as_port
from platform_service.sql import ledger, tenants
from platform_service.sql.database import TenantDatabase
from platform_service.sql.transaction import Transaction

log = logging.getLogger(__name__)
STORES_BACK_S, BILL_TRIED_S = 0.5, 30.0
"""So long a bill waits for a database that is away; after that the call counts as spent in full."""
Running = Mapping[str, tuple[Attempt, RunJournal]]


class HostedAccounts:
    """Fills `agent.ports.money.Accounts` for the runs that this worker is in charge of.

    A run whose worker was taken for lost makes no paid call any more: that is checked where money is held back, in the
    same transaction.
    """

    def __init__(self, database: TenantDatabase, caps: Caps, running: Running) -> None:
        self._database = database
        self._caps = caps
        self._running = running

    @as_port
    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        """Hold back the most that a call can cost; raises CapReached, Superseded."""
        attempt, journal = self._running[run_id]
        async with self._database.writing() as transaction:
            await journal.guard(transaction, attempt)
            return await ledger.reserve(transaction, await self._own_caps(transaction), run_id, step_id, micro_usd)

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        """Book what the call did cost; None books all that was held."""
        await self._book(reservation, settled(micro_usd), micro_usd)

    async def release(self, reservation: Reservation) -> None:
        """The call was never made: give all of it back."""
        await self._book(reservation, "released", 0)

    @as_port
    async def limit_run(self, run_id: str, micro_usd: int | None) -> int | None:
        """Set what was said about this run's cap; gives the cap that holds."""
        async with self._database.writing() as transaction:
            return await ledger.limit_run(transaction, await self._own_caps(transaction), run_id, micro_usd)

    @as_port
    async def spent_by_run(self, run_id: str) -> int:
        """What the run has spent or holds back."""
        async with self._database.reading() as transaction:
            return (await ledger.cost_of(transaction, run_id)).micro_usd

    @as_port
    async def factor(self, step_id: str) -> float:
        """By how much estimates for such a step were off lately."""
        async with self._database.reading() as transaction:
            return await ledger.factor(transaction, step_id)

    @as_port
    async def note_estimate(self, run_id: str, step_id: str, micro_usd: int) -> None:
        """Remember what was told before the run."""
        async with self._database.writing() as transaction:
            await ledger.note_estimate(transaction, run_id, step_id, micro_usd)

    async def _own_caps(self, transaction: Transaction) -> Caps:
        """What the settings allow every tenant, narrowed by this one's own quotas as they are now."""
        quotas = (await tenants.own(transaction)).quotas
        usd = (quotas.models_usd_per_run, quotas.models_usd_per_day, quotas.models_usd_per_month)
        return narrowed(self._caps, Caps(*(None if cap is None else in_micro_usd(cap) for cap in usd)))

    async def _book(self, reservation: Reservation, state: Booked, micro_usd: int | None) -> None:
        """The call was made, and its bill waits for the database; one that comes too late leaves all of it spent."""
        until_s = asyncio.get_running_loop().time() + BILL_TRIED_S
        while True:
            try:
                async with self._database.writing() as transaction:
                    return await ledger.book(transaction, reservation, state, micro_usd)
            except ServiceError as error:
                if asyncio.get_running_loop().time() > until_s:
                    log.warning("a bill of run %s was not booked; all of it counts: %s", reservation.run_id, error.what)
                    return None
                await asyncio.sleep(STORES_BACK_S)
