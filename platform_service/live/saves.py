"""Saves that come over sockets, committed together: as many as wait share one transaction and one flush to disk."""

import asyncio
import hashlib
from dataclasses import dataclass

from platform_service.audit_log import AuditLog
from platform_service.errors import ServiceError
from platform_service.identity.caller import LOCAL, Caller
from platform_service.sql import receipts, scenes
from platform_service.sql.database import TenantDatabase
from platform_service.sql.receipts import Receipt
from platform_service.sql.scenes import By, NewVersion, SavedVersion
from platform_service.sql.transaction import Transaction

MOST_TOGETHER = 64


@dataclass(frozen=True)
class Order:
    """One save that waits."""

    caller: Caller
    key: str
    scene_id: str
    version: NewVersion
    body: bytes
    by: By
    outcome: "asyncio.Future[SavedVersion]"


class Saves:
    """The saves of one tenant."""

    def __init__(self, database: TenantDatabase, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit
        self._waiting: list[Order] = []
        self._worker: asyncio.Task[None] | None = None

    async def save(
        self, caller: Caller, key: str, scene_id: str, version: NewVersion, body: bytes, by: By
    ) -> SavedVersion:
        """Save once for the key; raises StaleVersion and the like. It is durable when this returns."""
        outcome: asyncio.Future[SavedVersion] = asyncio.get_running_loop().create_future()
        self._waiting.append(Order(caller, key, scene_id, version, body, by, outcome))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await outcome

    async def close(self) -> None:
        """Let what waits be committed."""
        if self._worker is not None:
            await self._worker

    async def _work(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            try:
                await self._commit(together)
            except Exception as error:
                for order in together:
                    if not order.outcome.done():
                        order.outcome.set_exception(error)

    async def _commit(self, together: list[Order]) -> None:
        together.sort(key=lambda order: order.scene_id)  # locks are taken in one order, so that nobody waits in a ring
        answers: list[SavedVersion | ServiceError] = []
        async with self._database.writing() as transaction:
            for order in together:
                try:
                    async with transaction.connection.begin_nested():
                        answers.append(await self._one(transaction, order))
                except ServiceError as error:
                    answers.append(error)
        for order, answer in zip(together, answers, strict=True):
            if order.outcome.done():
                continue
            if isinstance(answer, ServiceError):
                order.outcome.set_exception(answer)
            else:
                order.outcome.set_result(answer)

    async def _one(self, transaction: Transaction, order: Order) -> SavedVersion:
        whose = "" if order.caller.user == LOCAL else f" {order.caller.user}"
        path = f"/v1/scenes/{order.scene_id}/versions"
        print_ = receipts.fingerprint("POST", path + whose, order.body)  # as over HTTP, whichever way it goes again
        found = await receipts.find(transaction, order.key, print_)
        if found is not None:
            return SavedVersion.model_validate_json(found.body)
        saved = await scenes.save(transaction, order.scene_id, order.version, order.by)
        await receipts.keep(transaction, order.key, print_, Receipt(201, saved.model_dump_json().encode()))
        detail = {"status": 201, "body": hashlib.sha256(order.body).hexdigest(), "session": order.by.session}
        await self._audit.append(transaction, order.caller, "LIVE save", path, "", **detail)
        return saved
