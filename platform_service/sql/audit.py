"""The audit log in SQL: append-only, each entry sealed over the one before with a key that is not in the database."""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from sqlalchemy import RowMapping, select

from platform_service.identity.secrets import DerivedKey
from platform_service.sql.database import now
from platform_service.sql.team_tables import audit, audit_heads
from platform_service.sql.transaction import Transaction

PAGE = 1_000
Line = tuple[str, str, str, Mapping[str, Any]]
"""Actor, action, target and detail of an entry."""
SEALED = ("number", "moment", "actor", "action", "target", "detail", "correlation_id", "key_id", "previous")


class AuditEntry(BaseModel):
    """What somebody did."""

    number: int
    moment: str
    actor: str
    action: str
    target: str
    detail: dict[str, Any] = {}
    correlation_id: str = ""


class AuditReport(BaseModel):
    """What verifying found; `broken` names the first entries that are not as they were written."""

    tenant: str
    entries: int
    head: str = ""
    broken: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, taken away, added or moved."""
        return not self.broken


async def append(
    transaction: Transaction, key: DerivedKey, actor: str, action: str, target: str, correlation_id: str, **detail: Any
) -> None:
    """Write an entry in the transaction of what it tells about; call it last, it makes writers of a tenant queue."""
    await append_all(transaction, key, [(actor, action, target, detail)], correlation_id)


async def append_all(
    transaction: Transaction, key: DerivedKey, lines: Sequence[Line], correlation_id: str = ""
) -> None:
    """Write several entries, each sealed over the one before."""
    await transaction.lock("audit")
    head = (await transaction.execute(select(audit_heads).where(transaction.mine(audit_heads)))).mappings().first()
    number, seal = (0, "") if head is None else (int(head["number"]), str(head["seal"]))
    entries: list[dict[str, Any]] = []
    for actor, action, target, detail in lines:
        number += 1
        entry: dict[str, Any] = {
            "tenant": transaction.tenant,
            "number": number,
            "moment": now(),
            "actor": actor,
            "action": action,
            "target": target[:2_000],
            "detail": json.dumps(detail, sort_keys=True),
            "correlation_id": correlation_id,
            "key_id": key.id,
            "previous": seal,
        }
        seal = entry["seal"] = _seal(key, entry)
        entries.append(entry)
    await transaction.insert_all(audit, entries)
    proof = key.sign(_proven(transaction.tenant, number, seal))
    changed = {"number": number, "seal": seal, "key_id": key.id, "proof": proof}
    new = transaction.upsert(audit_heads).values(tenant=transaction.tenant, **changed)
    await transaction.execute(new.on_conflict_do_update(index_elements=["tenant"], set_=changed))


async def latest(transaction: Transaction, before: int, limit: int) -> tuple[AuditEntry, ...]:
    """The entries before a number, newest first."""
    query = select(audit).where(transaction.mine(audit), audit.c.number < before)
    rows = (await transaction.execute(query.order_by(audit.c.number.desc()).limit(limit))).mappings()
    return tuple(_entry(row) for row in rows)


async def verify(transaction: Transaction, keys: tuple[DerivedKey, ...], known_head: str = "") -> AuditReport:
    """Walk the whole log. `known_head` is a head that was noted elsewhere: it must still be in the log."""
    by_id = {key.id: key for key in keys}
    walked = _Walked(transaction.tenant, by_id, known_head)
    last = 0
    while True:
        query = select(audit).where(transaction.mine(audit), audit.c.number > last).order_by(audit.c.number)
        rows = (await transaction.execute(query.limit(PAGE))).mappings().all()
        for row in rows:
            walked.take(row)
        if len(rows) < PAGE:
            break
        last = rows[-1]["number"]
    unordered = select(audit.c.number).where(transaction.mine(audit), audit.c.number < 1)
    if (await transaction.execute(unordered)).first() is not None:
        walked.broken.append("an entry stands before the first one")
    head = (await transaction.execute(select(audit_heads).where(transaction.mine(audit_heads)))).mappings().first()
    return walked.ended(head)


class _Walked:
    def __init__(self, tenant: str, keys: Mapping[str, DerivedKey], known_head: str) -> None:
        self.tenant = tenant
        self.keys = keys
        self.known_head = known_head
        self.number, self.seal = 0, ""
        self.broken: list[str] = []
        self.seen = not known_head

    def take(self, row: RowMapping) -> None:
        """Hold an entry against the one before."""
        number = row["number"]
        if number != self.number + 1:
            self.broken.append(f"entries {self.number + 1} to {number - 1} are missing")
        if row["previous"] != self.seal:
            self.broken.append(f"entry {number} does not follow the one before it")
        key = self.keys.get(row["key_id"])
        if key is None or not hmac.compare_digest(_seal(key, row), row["seal"]):
            self.broken.append(f"entry {number} is not as it was written")
        self.number, self.seal = number, row["seal"]
        self.seen = self.seen or self.seal == self.known_head

    def ended(self, head: RowMapping | None) -> AuditReport:
        """Hold the end of the log against its head."""
        if head is None:
            if self.number:
                self.broken.append("the head is missing")
        else:
            key = self.keys.get(head["key_id"])
            proven = _proven(self.tenant, head["number"], head["seal"])
            if key is None or not hmac.compare_digest(key.sign(proven), head["proof"]):
                self.broken.append("the head is not as it was written")
            if (head["number"], head["seal"]) != (self.number, self.seal):
                self.broken.append(f"the log ends at {self.number}, its head says {head['number']}")
        if not self.seen:
            self.broken.append("the head that was noted elsewhere is not in the log")
        return AuditReport(tenant=self.tenant, entries=self.number, head=self.seal, broken=tuple(self.broken[:20]))


def _seal(key: DerivedKey, row: Mapping[str, Any] | RowMapping) -> str:
    return key.sign(json.dumps([row["tenant"], *(row[name] for name in SEALED)]).encode())


def _proven(tenant: str, number: int, seal: str) -> bytes:
    return json.dumps([tenant, number, seal]).encode()


def _entry(row: RowMapping) -> AuditEntry:
    return AuditEntry(**{**{name: row[name] for name in AuditEntry.model_fields}, "detail": json.loads(row["detail"])})
