"""Saves of many scenes in one transaction: as `scenes.save` does it, in as many statements as one save takes."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    String,
    Text,
    and_,
    any_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from platform_service.audit_log import AuditLog
from platform_service.errors import KeyReused, NotFound, Refused, ServiceError, StaleVersion
from platform_service.identity.caller import Caller
from platform_service.sql.database import now
from platform_service.sql.events import Spelled, row_of
from platform_service.sql.scenes import Base, By, NewVersion, SavedVersion, prepared
from platform_service.sql.tables import idempotency, projects, scene_versions, scenes, steps
from platform_service.sql.team_tables import context, events
from platform_service.sql.transaction import Transaction

MOST_KEPT, LONGEST_KEPT = 256, 1_000_000


@dataclass(frozen=True)
class Kept:
    """A save that holds; `event` is what tells of it, None when it was saved before under its key."""

    saved: SavedVersion
    event: Spelled | None = None


Outcome = Kept | ServiceError


class Bases:
    """The documents of versions that were written lately: most saves are based on them.

    A version never changes, and one is taken from here only when its chain is the one in the database.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Base] = OrderedDict()

    def document(self, scene_id: str, chain: str) -> dict[str, Any] | None:
        """The document of a scene whose chain ends so."""
        found = self._kept.get(scene_id)
        return None if found is None or found.chain != chain else found.document

    def keep(self, scene_id: str, base: Base, length: int) -> None:
        """Keep the document of a scene's latest version, unless it is very long."""
        self._kept.pop(scene_id, None)
        if length <= LONGEST_KEPT:
            self._kept[scene_id] = base
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


@dataclass(frozen=True)
class Order:
    """One save: who wants it, under which key, and what the key is bound to."""

    caller: Caller
    key: str
    fingerprint: str
    scene_id: str
    version: NewVersion
    by: By
    audited: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """What is written to, as over HTTP."""
        return f"/v1/scenes/{self.scene_id}/versions"


@dataclass(frozen=True)
class _Statements:
    """What a group of saves asks and writes besides its rows, however large it is."""

    kept: Any
    standing: Any
    working: Any
    heads: Any
    touched: Any


@cache
def _statements(is_postgres: bool) -> _Statements:
    """Made once: to make them costs as much as to run them."""

    def among(column: Column[str]) -> ColumnElement[bool]:
        if is_postgres:  # one statement for every length of the list
            return column == any_(bindparam("names", type_=ARRAY(Text)))
        return column.in_(bindparam("names", expanding=True))

    of, moment = bindparam("of", type_=String), bindparam("moment", type_=String)
    stream = literal("scene:").concat(scenes.c.id)
    last = select(func.max(events.c.position)).where(events.c.tenant == of, events.c.stream == stream)
    latest = and_(
        scene_versions.c.tenant == scenes.c.tenant,
        scene_versions.c.scene_id == scenes.c.id,
        scene_versions.c.version == scenes.c.version,
    )
    columns = (scenes.c.id, scenes.c.version, scenes.c.project_id, scene_versions.c.chain)
    standing = select(*columns, last.scalar_subquery().label("last")).select_from(
        scenes.outerjoin(scene_versions, latest)
    )
    mine = {table: table.c.tenant == of for table in (idempotency, scenes, projects, context)}
    return _Statements(
        select(idempotency).where(mine[idempotency], among(idempotency.c.key)),
        standing.where(mine[scenes], among(scenes.c.id)),
        select(context.c.owner, context.c.name, context.c.document).where(
            mine[context],
            context.c.kind == "working",
            among(context.c.name),
            or_(context.c.expires.is_(None), context.c.expires > moment),
        ),
        update(scenes).where(mine[scenes], among(scenes.c.id)).values(version=scenes.c.version + 1, updated=moment),
        update(projects).where(mine[projects], among(projects.c.id)).values(updated=moment),
    )


async def save_all(transaction: Transaction, orders: list[Order], audit: AuditLog, bases: Bases) -> list[Outcome]:
    """Save each for its key, or say why not; no two of one scene or key. What is refused leaves no trace."""
    ids = [order.scene_id for order in orders]
    names = [f"{what}{one}" for one in ids for what in ("scene ", "stream scene:")]
    await transaction.lock_all([*names, *(f"key {order.key}" for order in orders)])
    found = await _found(transaction, orders, bases)
    outcomes: list[Outcome] = []
    rows = _Rows(transaction.tenant, now(), bases)
    for order in orders:
        try:
            outcomes.append(found.receipt(order) or rows.take(order, found))
        except ServiceError as error:
            outcomes.append(error)
        except UnicodeEncodeError:
            outcomes.append(Refused("The text holds half of a character.", "Nothing was changed.", "Correct the text."))
    await rows.write(transaction, audit)
    return outcomes


@dataclass
class _Found:
    """What the database knows of the orders' keys and scenes."""

    receipts: dict[str, Any]
    heads: dict[str, Any]
    """Where each scene stands: its version with the chain of it, its project, and its last event's position."""
    documents: dict[str, dict[str, Any]]
    places: dict[tuple[str, str], dict[str, str]]
    """Project and scene of each session that saves, as its working context has them in this transaction."""

    def receipt(self, order: Order) -> Kept | None:
        row = self.receipts.get(order.key)
        if row is None:
            return None
        if row["fingerprint"] != order.fingerprint:
            raise KeyReused(
                "This idempotency key was used for another request.",
                "Nothing was changed by this request; the first one stands.",
                "Make a new key for a new request.",
            )
        return Kept(SavedVersion.model_validate_json(row["body"]))

    def base(self, order: Order) -> Base:
        head = self.heads.get(order.scene_id)
        if head is None:
            raise NotFound(f"There is no scene {order.scene_id}.", "Nothing was changed.", "Open another scene.")
        if order.version.based_on != head["version"]:
            raise StaleVersion(
                f"The scene is at version {head['version']}; this save was based on {order.version.based_on}.",
                "The stored scene was not changed; your work is still on your side.",
                "Carry your change over to the current version and save again.",
                current_version=head["version"],
            )
        return Base(head["chain"] or "", self.documents.get(order.scene_id, {}))


async def _found(transaction: Transaction, orders: list[Order], bases: Bases) -> _Found:
    mine, ask = {"of": transaction.tenant}, _statements(transaction.is_postgres)
    kept = await transaction.execute(ask.kept, {**mine, "names": [order.key for order in orders]})
    receipts = {row["key"]: row for row in kept.mappings()}
    standing = await transaction.execute(ask.standing, {**mine, "names": [order.scene_id for order in orders]})
    heads = {row["id"]: row for row in standing.mappings()}
    documents: dict[str, dict[str, Any]] = {}
    for order in orders:
        head = heads.get(order.scene_id)
        if head is not None and head["chain"] and head["version"] == order.version.based_on:
            documents[order.scene_id] = bases.document(order.scene_id, head["chain"]) or {}
    asked = {**mine, "moment": now(), "names": [order.by.session for order in orders]}
    working = await transaction.execute(ask.working, asked)
    places = {(row.owner, row.name): _place(row.document) for row in working}
    wanted = [(scene_id, heads[scene_id]["version"]) for scene_id, document in documents.items() if not document]
    return _Found(receipts, heads, documents | await _documents(transaction, wanted), places)


def _place(document: str) -> dict[str, str]:
    """Project and scene of a working context."""
    kept = json.loads(document)
    named = {"project": str(kept.get("project_id", "")), "scene": str(kept.get("scene_id", ""))}
    return {name: value for name, value in named.items() if value}


async def _documents(transaction: Transaction, wanted: list[tuple[str, int]]) -> dict[str, dict[str, Any]]:
    if not wanted:
        return {}
    at = tuple_(scene_versions.c.scene_id, scene_versions.c.version)
    query = select(scene_versions.c.scene_id, scene_versions.c.document)
    found = await transaction.execute(query.where(transaction.mine(scene_versions), at.in_(wanted)))
    return {row.scene_id: json.loads(row.document) for row in found}


class _Rows:
    """What the saves that hold write, table by table."""

    def __init__(self, tenant: str, moment: str, bases: Bases) -> None:
        self._tenant, self._moment, self._bases = tenant, moment, bases
        self._orders: list[Order] = []
        self._versions: list[dict[str, Any]] = []
        self._steps: list[dict[str, Any]] = []
        self._projects: set[str] = set()
        self._events: list[dict[str, Any]] = []
        self._receipts: list[dict[str, Any]] = []
        self._places: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, order: Order, found: _Found) -> Kept:
        """Make the rows of one save; raises what speaks against it."""
        ready = prepared(order.scene_id, order.version, found.base(order), order.by)
        saved, tenant, scene_id = ready.saved, self._tenant, order.scene_id
        ready.document.encode()
        values = {**saved.model_dump(), "based_on": saved.version - 1, "document": ready.document}
        body = saved.model_dump_json().encode()
        place = {"tenant": tenant, "scene_id": scene_id, "version": saved.version}
        steps_of = [{**place, "document": text.encode().decode()} for text in ready.steps]
        event = Spelled((found.heads[scene_id]["last"] or 0) + 1, "saved", ready.told)
        self._orders.append(order)
        self._places = found.places
        self._versions.append({"tenant": tenant, **values, "created": self._moment})
        self._steps += steps_of
        self._projects.add(found.heads[scene_id]["project_id"])
        self._events.append({"tenant": tenant, **row_of(f"scene:{scene_id}", event)})
        kept = {"fingerprint": order.fingerprint, "status": 201, "body": body, "created": self._moment}
        self._receipts.append({"tenant": tenant, "key": order.key, **kept})
        self._bases.keep(scene_id, Base(saved.chain, order.version.document), len(ready.document))
        return Kept(saved, event)

    async def write(self, transaction: Transaction, audit: AuditLog) -> None:
        """Write them all."""
        if not self._orders:
            return
        at, write = {"of": self._tenant, "moment": self._moment}, _statements(transaction.is_postgres)
        await transaction.insert_all(scene_versions, self._versions)
        await transaction.insert_all(steps, self._steps)
        await transaction.execute(write.heads, {**at, "names": [order.scene_id for order in self._orders]})
        await transaction.execute(write.touched, {**at, "names": sorted(self._projects)})
        await transaction.insert_all(events, self._events)
        await transaction.insert_all(idempotency, self._receipts)
        lines = [(one.caller.user, "LIVE save", one.path, one.audited | self._place(one)) for one in self._orders]
        await audit.append_all(transaction, lines)

    def _place(self, order: Order) -> dict[str, str]:
        return self._places.get((order.by.user, order.by.session), {})
