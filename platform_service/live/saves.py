"""Saves that come over sockets, committed together: as many as wait share one transaction and one flush to disk."""

import asyncio
import hashlib
from dataclasses import dataclass

from platform_service.audit_log import AuditLog
from platform_service.errors import ServiceError
from platform_service.identity.caller import LOCAL, Caller
from platform_service.sql import receipts
from platform_service.sql.database import TenantDatabase
from platform_service.sql.saves import Bases, Kept, Order, Outcome, save_all
from platform_service.sql.scenes import By, NewVersion
from platform_service.sql.transaction import Transaction

MOST_TOGETHER = 128
GATHER_S = 0.008
"""Where several save at once, the next ones wait so long for company: many cost hardly more than one."""


@dataclass(frozen=True)
class _Waiting:
    order: Order
    outcome: "asyncio.Future[Kept]"


class Saves:
    """The saves of one tenant."""

    def __init__(self, database: TenantDatabase, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit
        self._bases = Bases()
        self._waiting: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def save(self, caller: Caller, key: str, scene_id: str, version: NewVersion, body: bytes, by: By) -> Kept:
        """Save once for the key; raises StaleVersion and the like. It is durable when this returns."""
        whose = "" if caller.user == LOCAL else f" {caller.user}"
        target = f"/v1/scenes/{scene_id}/versions{whose}"
        print_ = receipts.fingerprint("POST", target, body)  # as over HTTP, whichever way it goes again
        audited = {"status": 201, "body": hashlib.sha256(body).hexdigest(), "session": by.session}
        outcome: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(Order(caller, key, print_, scene_id, version, by, audited), outcome))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await outcome

    async def close(self) -> None:
        """Let what waits be committed."""
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        together: list[_Waiting] = []
        while self._waiting:
            await asyncio.sleep(GATHER_S if len(together) > 1 else 0)
            together = self._taken()
            try:
                await self._commit(together)
            except Exception as error:
                await self._one_by_one(together, error)

    def _taken(self) -> list[_Waiting]:
        """The next ones, of each scene and key at most one."""
        together: list[_Waiting] = []
        later: list[_Waiting] = []
        taken: set[tuple[str, str]] = set()
        for waiting in self._waiting:
            names = {("scene", waiting.order.scene_id), ("key", waiting.order.key)}
            fits = len(together) < MOST_TOGETHER and not names & taken
            taken |= names  # what comes later for the same scene stays behind this one
            (together if fits else later).append(waiting)
        self._waiting = later
        return together

    async def _one_by_one(self, together: list[_Waiting], error: Exception) -> None:
        """One of them may be what the database does not take: the others shall not suffer for it."""
        for waiting in together:
            try:
                if len(together) == 1 or isinstance(error, ServiceError):
                    raise error
                await self._commit([waiting])
            except Exception as why:
                if not waiting.outcome.done():
                    waiting.outcome.set_exception(why)

    async def _commit(self, together: list[_Waiting]) -> None:
        orders = [waiting.order for waiting in together]

        async def work(transaction: Transaction) -> list[Outcome]:
            return await save_all(transaction, orders, self._audit, self._bases)

        answers = await self._database.write(work)
        for waiting, answer in zip(together, answers, strict=True):
            if waiting.outcome.done():
                continue
            if isinstance(answer, ServiceError):
                waiting.outcome.set_exception(answer)
            else:
                waiting.outcome.set_result(answer)
