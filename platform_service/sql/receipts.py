"""Idempotency keys: the key, its effect and its receipt are one transaction."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from platform_service.errors import KeyReused
from platform_service.sql.database import now
from platform_service.sql.tables import idempotency


@dataclass(frozen=True)
class Receipt:
    """What a write answered: its HTTP status and body."""

    status: int
    body: bytes


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What tells two requests apart that carry the same key."""
    return hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).hexdigest()


async def find(connection: AsyncConnection, key: str, print_: str) -> Receipt | None:
    """The receipt of a key that was used before; raises KeyReused when it was another request."""
    query = select(idempotency).where(idempotency.c.key == key)
    row = (await connection.execute(query)).mappings().first()
    if row is None:
        return None
    if row["fingerprint"] != print_:
        raise KeyReused(
            "This idempotency key was used for another request.",
            "Nothing was changed by this request; the first one stands.",
            "Make a new key for a new request.",
        )
    return Receipt(row["status"], row["body"])


async def keep(connection: AsyncConnection, key: str, print_: str, receipt: Receipt) -> None:
    """Store the receipt next to the effect."""
    values = {"key": key, "fingerprint": print_, "status": receipt.status, "body": receipt.body, "created": now()}
    await connection.execute(insert(idempotency).values(values))


async def forget_before(connection: AsyncConnection, moment: str) -> None:
    """Drop receipts older than `moment` (ISO 8601): nobody retries that long."""
    await connection.execute(delete(idempotency).where(idempotency.c.created < moment))
