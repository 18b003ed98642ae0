"""The store of context: SQL is the truth, and by itself the whole store of an embedded platform."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, RowMapping, delete, or_, select, update

from platform_service.context.kinds import KINDS, RENEW_AFTER_SHARE, Kind, KindName
from platform_service.errors import Refused
from platform_service.sql.database import TenantDatabase, now
from platform_service.sql.team_tables import context
from platform_service.sql.transaction import Transaction


@dataclass(frozen=True)
class Place:
    """Whose context of which kind; the tenant is the store's own."""

    owner: str
    kind: KindName
    name: str = ""


@dataclass(frozen=True)
class Kept:
    """A piece of context as it is kept: JSON text with its version."""

    document: str
    version: int
    updated: str
    expires: str | None = None


class ContextStore(Protocol):
    """Keeps context of one tenant. A write is part of a transaction; `settled` follows its commit."""

    async def read(self, place: Place) -> Kept | None:
        """What is kept, with its time renewed; None when there is nothing or it has expired."""
        ...

    async def write(self, transaction: Transaction, place: Place, document: str) -> Kept:
        """Keep a document; raises Refused when it is larger than its kind may be."""
        ...

    async def erase(self, transaction: Transaction, place: Place) -> bool:
        """Forget it; False when there was nothing."""
        ...

    async def settled(self, place: Place) -> None:
        """The transaction that wrote or erased there was committed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class SqlContext:
    """The truth, and all that an embedded platform needs."""

    def __init__(self, database: TenantDatabase) -> None:
        self.database = database

    async def read(self, place: Place) -> Kept | None:
        """What is kept, with its time renewed; None when there is nothing or it has expired."""
        async with self.database.reading() as transaction:
            found = await current(transaction, place)
        return None if found is None else await self.renewed(place, found)

    async def write(self, transaction: Transaction, place: Place, document: str) -> Kept:
        """Keep a document; raises Refused when it is larger than its kind may be."""
        before = await held(transaction, place)
        return await store(transaction, place, document, 1 if before is None else before.version + 1)

    async def erase(self, transaction: Transaction, place: Place) -> bool:
        """Forget it; False when there was nothing."""
        return bool((await transaction.execute(delete(context).where(*_at(transaction, place)))).rowcount)

    async def settled(self, place: Place) -> None:
        """Nothing is left to do."""

    async def close(self) -> None:
        """There is nothing to let go of: the database is another's."""

    async def renewed(self, place: Place, found: Kept) -> Kept:
        """The same, with a later end when enough of its time has gone by."""
        kind, expires = KINDS[place.kind], _expiry(KINDS[place.kind])
        if found.expires is None or expires is None or not _worth_renewing(kind, found.expires):
            return found
        async with self.database.writing() as transaction:
            where = (*_at(transaction, place), context.c.version == found.version)
            await transaction.execute(update(context).where(*where).values(expires=expires))
        return Kept(found.document, found.version, found.updated, expires)


async def held(transaction: Transaction, place: Place) -> Kept | None:
    """What is kept, expired or not, held until the transaction ends: nobody else changes it meanwhile."""
    await transaction.lock(f"context {place.owner} {place.kind} {place.name}")
    query = select(context).where(*_at(transaction, place))
    row = (await transaction.execute(query)).mappings().first()
    return None if row is None else _kept(row)


async def current(transaction: Transaction, place: Place) -> Kept | None:
    """What is kept and has not expired."""
    query = select(context).where(*_at(transaction, place), _alive())
    row = (await transaction.execute(query)).mappings().first()
    return None if row is None else _kept(row)


async def store(transaction: Transaction, place: Place, document: str, version: int) -> Kept:
    """Write one version of a document."""
    kind = KINDS[place.kind]
    if len(document.encode()) > kind.most_bytes:
        raise Refused(
            f"This is more than the {kind.most_bytes // 1024} KiB that are kept of {kind.name}.",
            "What was kept before stands.",
            "Send less.",
        )
    kept = Kept(document, version, now(), _expiry(kind))
    key = {"tenant": transaction.tenant, "owner": place.owner, "kind": place.kind, "name": place.name}
    changed = {"document": document, "version": version, "updated": kept.updated, "expires": kept.expires}
    new = transaction.upsert(context).values(**key, **changed)
    await transaction.execute(new.on_conflict_do_update(index_elements=list(key), set_=changed))
    return kept


async def names(transaction: Transaction, owner: str, kind: KindName, limit: int) -> tuple[tuple[str, str], ...]:
    """The names of an owner's pieces of a kind and when each was changed, latest first."""
    query = select(context.c.name, context.c.updated).where(
        transaction.mine(context), context.c.owner == owner, context.c.kind == kind, _alive()
    )
    rows = await transaction.execute(query.order_by(context.c.updated.desc(), context.c.name).limit(limit))
    return tuple((row.name, row.updated) for row in rows)


async def forget_expired(transaction: Transaction) -> int:
    """Delete what has expired; gives how much."""
    where = (transaction.mine(context), context.c.expires <= now())
    return int((await transaction.execute(delete(context).where(*where))).rowcount)


def _at(transaction: Transaction, place: Place) -> tuple[ColumnElement[bool], ...]:
    wanted = (context.c.owner == place.owner, context.c.kind == place.kind, context.c.name == place.name)
    return (transaction.mine(context), *wanted)


def _alive() -> ColumnElement[bool]:
    return or_(context.c.expires.is_(None), context.c.expires > now())


def _kept(row: RowMapping) -> Kept:
    return Kept(row["document"], row["version"], row["updated"], row["expires"])


def _expiry(kind: Kind) -> str | None:
    if kind.kept_s is None:
        return None
    return (datetime.now(UTC) + timedelta(seconds=kind.kept_s)).isoformat(timespec="milliseconds")


def _worth_renewing(kind: Kind, expires: str) -> bool:
    left_s = (datetime.fromisoformat(expires) - datetime.now(UTC)).total_seconds()
    return kind.kept_s is not None and left_s < kind.kept_s * (1 - RENEW_AFTER_SHARE)
