"""Saves of many scenes in one transaction: as `scenes.save` does it, in as many statements as one save takes."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, insert, select, tuple_, update

from platform_service.audit_log import AuditLog
from platform_service.errors import KeyReused, NotFound, Refused, ServiceError, StaleVersion
from platform_service.identity.caller import Caller
from platform_service.sql.database import now
from platform_service.sql.events import written
from platform_service.sql.scenes import By, NewVersion, SavedVersion, prepared
from platform_service.sql.tables import idempotency, projects, scene_versions, scenes, steps
from platform_service.sql.team_tables import events
from platform_service.sql.transaction import Transaction

Outcome = SavedVersion | ServiceError


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


async def save_all(transaction: Transaction, orders: list[Order], audit: AuditLog) -> list[Outcome]:
    """Save each for its key, or say why not; no two of one scene or key. What is refused leaves no trace."""
    ids = [order.scene_id for order in orders]
    await transaction.lock_all([f"key {order.key}" for order in orders])
    await transaction.lock_all([f"{what}{one}" for one in ids for what in ("scene ", "stream scene:")])
    found = await _found(transaction, orders)
    outcomes: list[Outcome] = []
    rows = _Rows(transaction.tenant, now())
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
    bases: dict[tuple[str, int], Any]
    positions: dict[str, int]

    def receipt(self, order: Order) -> SavedVersion | None:
        row = self.receipts.get(order.key)
        if row is None:
            return None
        if row["fingerprint"] != order.fingerprint:
            raise KeyReused(
                "This idempotency key was used for another request.",
                "Nothing was changed by this request; the first one stands.",
                "Make a new key for a new request.",
            )
        return SavedVersion.model_validate_json(row["body"])

    def base(self, order: Order) -> dict[str, str]:
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
        row = self.bases.get((order.scene_id, order.version.based_on))
        return {"chain": "", "document": "{}"} if row is None else dict(row)


async def _found(transaction: Transaction, orders: list[Order]) -> _Found:
    ids = [order.scene_id for order in orders]
    streams = [f"scene:{scene_id}" for scene_id in ids]
    mine = transaction.mine
    kept = select(idempotency).where(mine(idempotency), idempotency.c.key.in_([order.key for order in orders]))
    heads = select(scenes).where(mine(scenes), scenes.c.id.in_(ids))
    at = tuple_(scene_versions.c.scene_id, scene_versions.c.version)
    wanted = [(order.scene_id, order.version.based_on) for order in orders]
    bases = select(scene_versions).where(mine(scene_versions), at.in_(wanted))
    last = select(events.c.stream, func.max(events.c.position).label("last")).where(
        mine(events), events.c.stream.in_(streams)
    )
    last = last.group_by(events.c.stream)
    return _Found(
        {row["key"]: row for row in (await transaction.execute(kept)).mappings()},
        {row["id"]: row for row in (await transaction.execute(heads)).mappings()},
        {(row["scene_id"], row["version"]): _text(row) for row in (await transaction.execute(bases)).mappings()},
        {row["stream"]: int(row["last"]) for row in (await transaction.execute(last)).mappings()},
    )


def _text(row: Any) -> dict[str, str]:
    return {"chain": row["chain"], "document": row["document"]}


class _Rows:
    """What the saves that hold write, table by table."""

    def __init__(self, tenant: str, moment: str) -> None:
        self._tenant, self._moment = tenant, moment
        self._orders: list[Order] = []
        self._versions: list[dict[str, Any]] = []
        self._steps: list[dict[str, Any]] = []
        self._heads: list[dict[str, Any]] = []
        self._projects: set[str] = set()
        self._events: list[dict[str, Any]] = []
        self._receipts: list[dict[str, Any]] = []

    def take(self, order: Order, found: _Found) -> SavedVersion:
        """Make the rows of one save; raises what speaks against it."""
        ready = prepared(order.scene_id, order.version, found.base(order), order.by)
        saved, tenant, scene_id = ready.saved, self._tenant, order.scene_id
        ready.document.encode()
        values = {**saved.model_dump(), "based_on": saved.version - 1, "document": ready.document}
        body = saved.model_dump_json().encode()
        place = {"tenant": tenant, "scene_id": scene_id, "version": saved.version}
        steps_of = [{**place, "document": text.encode().decode()} for text in ready.steps]
        stream = f"scene:{scene_id}"
        event = written(stream, found.positions.get(stream, 0) + 1, "saved", ready.told)
        self._orders.append(order)
        self._versions.append({"tenant": tenant, **values, "created": self._moment})
        self._steps += steps_of
        self._heads.append({"of": tenant, "one": scene_id, "version": saved.version, "updated": self._moment})
        self._projects.add(found.heads[scene_id]["project_id"])
        self._events.append({"tenant": tenant, **event})
        kept = {"fingerprint": order.fingerprint, "status": 201, "body": body, "created": self._moment}
        self._receipts.append({"tenant": tenant, "key": order.key, **kept})
        return saved

    async def write(self, transaction: Transaction, audit: AuditLog) -> None:
        """Write them all."""
        if not self._orders:
            return
        await transaction.execute(insert(scene_versions), self._versions)
        if self._steps:
            await transaction.execute(insert(steps), self._steps)
        head = update(scenes).where(scenes.c.tenant == bindparam("of"), scenes.c.id == bindparam("one"))
        await transaction.execute(head.values(version=bindparam("version"), updated=bindparam("updated")), self._heads)
        touched = update(projects).where(transaction.mine(projects), projects.c.id.in_(sorted(self._projects)))
        await transaction.execute(touched.values(updated=self._moment))
        await transaction.execute(insert(events), self._events)
        await transaction.execute(insert(idempotency), self._receipts)
        lines = [(order.caller.user, "LIVE save", order.path, order.audited) for order in self._orders]
        await audit.append_all(transaction, lines)
