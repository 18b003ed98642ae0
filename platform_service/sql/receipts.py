"""Idempotency keys: the key, its effect and its receipt are one transaction."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from platform_service.errors import KeyReused
from platform_service.sql.database import now
from platform_service.sql.tables import idempotency
from platform_service.sql.transaction import Transaction


@dataclass(frozen=True)
class Receipt:
    """What a write answered: its HTTP status and body."""

    status: int
    body: bytes


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What tells two requests apart that carry the same key."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


async def find(transaction: Transaction, key: str, print_: str) -> Receipt | None:
    """The receipt of a key that was used before; raises KeyReused when it was another request."""
    await transaction.lock(f"key {key}")
    query = select(idempotency).where(transaction.mine(idempotency), idempotency.c.key == key)
    row = (await transaction.execute(query)).mappings().first()
    if row is None:
        return None
    if row["fingerprint"] != print_:
        raise KeyReused(
            "This idempotency key was used for another request.",
            "Nothing was changed by this request; the first one stands.",
            "Make a new key for a new request.",
        )
    return Receipt(row["status"], row["body"])


async def keep(transaction: Transaction, key: str, print_: str, receipt: Receipt) -> None:
    """Store the receipt next to the effect."""
    mine = {"tenant": transaction.tenant, "key": key}
    values = {"fingerprint": print_, "status": receipt.status, "body": receipt.body, "created": now()}
    await transaction.execute(insert(idempotency).values(**mine, **values))


async def forget_before(transaction: Transaction, moment: str) -> None:
    """Drop receipts older than `moment` (ISO 8601): nobody retries that long."""
    await transaction.execute(delete(idempotency).where(transaction.mine(idempotency), idempotency.c.created < moment))
