"""What is kept of a person: all of it in one document, and its erasure with a receipt."""

import json
from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, func, select, update

from platform_service.context.store import ContextStore, Place
from platform_service.errors import NotFound
from platform_service.operations import traces
from platform_service.sql import ledger
from platform_service.sql.database import now
from platform_service.sql.team_tables import audit, context, events, sign_ins, users
from platform_service.sql.transaction import Transaction

ERASED = "erased"
KEPT = (
    "Lines of the audit log bear the id and nothing else of the person; changing them would break its seal.",
    "Scenes and pictures belong to the team and name nobody; of runs, tools and outcomes stay for the usage.",
    "What language models cost stays booked, without the run that it was for: the caps count it.",
    "Backups taken before hold the person until they end; an erasure has to be repeated after a restore.",
)


class PersonExport(BaseModel):
    """All that is kept of a person."""

    user_id: str
    exported: str
    person: dict[str, Any]
    sign_ins: list[dict[str, Any]]
    context: list[dict[str, Any]]
    events: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    money: list[dict[str, Any]]
    """What the person's runs cost, call by call."""
    audit: list[dict[str, Any]]


class ErasureReceipt(BaseModel):
    """What was erased, how much of it, and what stays for which reason."""

    user_id: str
    erased: str
    counts: dict[str, int]
    kept: list[str]


async def exported(transaction: Transaction, user_id: str) -> PersonExport:
    """Everything of a person; raises NotFound when nothing is kept of such a one."""
    query = select(users).where(transaction.mine(users), users.c.id == user_id)
    person = (await transaction.execute(query)).mappings().first()
    kept = await _rows(transaction, context, context.c.owner == user_id)
    if person is None and not kept:
        raise NotFound(f"Nothing is kept of a user {user_id}.", "Nothing was changed.", "Look at the list of users.")
    for row in kept:
        row["document"] = json.loads(row["document"])
    return PersonExport(
        user_id=user_id,
        exported=now(),
        person={} if person is None else _plain(dict(person)),
        sign_ins=await _rows(transaction, sign_ins, sign_ins.c.user_id == user_id),
        context=kept,
        events=await _events(transaction, user_id),
        runs=await _runs(transaction, user_id),
        money=[_plain(row) for row in await ledger.rows_of(transaction, await traces.hosted_by(transaction, user_id))],
        audit=[
            {name: row[name] for name in ("number", "moment", "action", "target")}
            for row in await _rows(transaction, audit, audit.c.actor == user_id)
        ],
    )


async def erase(transaction: Transaction, store: ContextStore, user_id: str) -> tuple[ErasureReceipt, list[str]]:
    """Erase a person; scenes and their history stay whole, since they are the team's.

    Gives the hosted runs that were erased, too, which the queue has to forget after the commit.
    """
    hosted, counts = await traces.erase_runs(transaction, user_id)
    places = select(context.c.kind, context.c.name).where(transaction.mine(context), context.c.owner == user_id)
    for place in (await transaction.execute(places)).all():
        gone = await store.erase(transaction, Place(user_id, place.kind, place.name))
        counts["context"] = counts.get("context", 0) + gone
    told = await _events(transaction, user_id)
    for event in told:
        document = json.dumps({**event["document"], "user": ERASED, "session": ""}, separators=(",", ":"))
        at = (transaction.mine(events), events.c.stream == event["stream"], events.c.position == event["position"])
        await transaction.execute(update(events).where(*at).values(document=document))
    counts["events"] = len(told)
    mine = (transaction.mine(sign_ins), sign_ins.c.user_id == user_id)
    counts["sign_ins"] = (await transaction.execute(delete(sign_ins).where(*mine))).rowcount
    them = (transaction.mine(users), users.c.id == user_id)
    counts["person"] = (await transaction.execute(delete(users).where(*them))).rowcount
    if not any(counts.values()):
        raise NotFound(f"Nothing is kept of a user {user_id}.", "Nothing was changed.", "Look at the list of users.")
    lines = select(func.count()).select_from(audit).where(transaction.mine(audit), audit.c.actor == user_id)
    counts["audit_lines_kept"] = (await transaction.execute(lines)).scalar_one()
    return ErasureReceipt(user_id=user_id, erased=now(), counts=counts, kept=list(KEPT)), hosted


async def _runs(transaction: Transaction, user_id: str) -> list[dict[str, Any]]:
    """What happened in the runs that the person had the platform do."""
    streams = [f"run:{run_id}" for run_id in await traces.hosted_by(transaction, user_id)]
    rows = await _rows(transaction, events, events.c.stream.in_(streams)) if streams else []
    for row in rows:
        row["document"] = json.loads(row["document"])
    return rows


async def _events(transaction: Transaction, user_id: str) -> list[dict[str, Any]]:
    named = events.c.document.contains(f'"user":{json.dumps(user_id)}', autoescape=True)
    rows = await _rows(transaction, events, named)
    for row in rows:
        row["document"] = json.loads(row["document"])
    return [row for row in rows if row["document"].get("user") == user_id]


async def _rows(transaction: Transaction, table: Any, condition: Any) -> list[dict[str, Any]]:
    query = select(table).where(transaction.mine(table), condition)
    return [_plain(dict(row)) for row in (await transaction.execute(query)).mappings()]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "tenant"}
