"""Events in the server's order: each stream, such as a scene, counts its own from one, without gaps."""

import json
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, insert, select

from platform_service.sql.database import now
from platform_service.sql.team_tables import events
from platform_service.sql.transaction import Transaction


class Event(BaseModel):
    """Something that happened, at its place in its stream."""

    stream: str
    position: int
    kind: str
    document: dict[str, Any]
    created: str


async def append(transaction: Transaction, stream: str, kind: str, document: dict[str, Any]) -> Event:
    """Put an event at the end of its stream; its position is final once the transaction is committed."""
    await transaction.lock(f"stream {stream}")
    mine = (transaction.mine(events), events.c.stream == stream)
    last = (await transaction.execute(select(func.max(events.c.position)).where(*mine))).scalar_one_or_none()
    values = written(stream, (last or 0) + 1, kind, document)
    await transaction.execute(insert(events).values(tenant=transaction.tenant, **values))
    return Event(**{**values, "document": document})


def written(stream: str, position: int, kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """An event as its row, but for the tenant."""
    text = json.dumps(document, separators=(",", ":"))
    return {"stream": stream, "position": position, "kind": kind, "document": text, "created": now()}


async def after(transaction: Transaction, stream: str, position: int, limit: int) -> tuple[Event, ...]:
    """The events of a stream after a position, in order: what somebody missed who was away."""
    mine = (transaction.mine(events), events.c.stream == stream, events.c.position > position)
    rows = (await transaction.execute(select(events).where(*mine).order_by(events.c.position).limit(limit))).mappings()
    return tuple(
        Event(**{**{name: row[name] for name in Event.model_fields}, "document": json.loads(row["document"])})
        for row in rows
    )
