"""Events in the server's order: each stream, such as a scene, counts its own from one, without gaps."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, insert, select

from platform_service.sql.database import now
from platform_service.sql.team_tables import events
from platform_service.sql.transaction import Transaction

TOGETHER = 400
"""So many streams are asked about in one query."""


class Event(BaseModel):
    """Something that happened, at its place in its stream."""

    stream: str
    position: int
    kind: str
    document: dict[str, Any]
    created: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """An event as it is stored and passed on: nobody on the way has to read what it says."""

    position: int
    kind: str
    text: str
    """The document as JSON."""


async def append(transaction: Transaction, stream: str, kind: str, document: dict[str, Any]) -> Event:
    """Put an event at the end of its stream; its position is final once the transaction is committed."""
    values = await append_text(transaction, stream, kind, spelled(document))
    return Event(**{**values, "document": document})


async def append_text(transaction: Transaction, stream: str, kind: str, text: str) -> dict[str, Any]:
    """As `append`, of a document that is spelled already; gives the row."""
    await transaction.lock(f"stream {stream}")
    mine = (transaction.mine(events), events.c.stream == stream)
    last = (await transaction.execute(select(func.max(events.c.position)).where(*mine))).scalar_one_or_none()
    values = row_of(stream, Spelled((last or 0) + 1, kind, text))
    await transaction.execute(insert(events).values(tenant=transaction.tenant, **values))
    return values


def spelled(document: dict[str, Any]) -> str:
    """The document of an event as it is stored."""
    return json.dumps(document, separators=(",", ":"))


def row_of(stream: str, event: Spelled) -> dict[str, Any]:
    """An event as its row, but for the tenant."""
    place = {"stream": stream, "position": event.position, "kind": event.kind}
    return {**place, "document": event.text, "created": now()}


async def last_positions(transaction: Transaction, streams: Sequence[str]) -> dict[str, int]:
    """Where each stream ends; one without events is left out."""
    found: dict[str, int] = {}
    for start in range(0, len(streams), TOGETHER):
        among = (transaction.mine(events), events.c.stream.in_(streams[start : start + TOGETHER]))
        last = func.max(events.c.position).label("last")
        query = select(events.c.stream, last).where(*among).group_by(events.c.stream)
        found |= {row["stream"]: row["last"] for row in (await transaction.execute(query)).mappings()}
    return found


async def spelled_after(transaction: Transaction, stream: str, position: int, limit: int) -> tuple[Spelled, ...]:
    """As `after`, unread."""
    mine = (transaction.mine(events), events.c.stream == stream, events.c.position > position)
    query = select(events.c.position, events.c.kind, events.c.document).where(*mine).order_by(events.c.position)
    rows = (await transaction.execute(query.limit(limit))).mappings()
    return tuple(Spelled(row["position"], row["kind"], row["document"]) for row in rows)


async def after(transaction: Transaction, stream: str, position: int, limit: int) -> tuple[Event, ...]:
    """The events of a stream after a position, in order: what somebody missed who was away."""
    mine = (transaction.mine(events), events.c.stream == stream, events.c.position > position)
    rows = (await transaction.execute(select(events).where(*mine).order_by(events.c.position).limit(limit))).mappings()
    return tuple(
        Event(**{**{name: row[name] for name in Event.model_fields}, "document": json.loads(row["document"])})
        for row in rows
    )
