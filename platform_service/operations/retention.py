"""How long a tenant's data is kept: swept when the tenant is opened and once a day after that."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from platform_service.context.store import forget_expired
from platform_service.errors import ServiceError
from platform_service.operations.traces import erase_streams
from platform_service.sql import ledger, receipts
from platform_service.sql.database import TenantDatabase, now
from platform_service.sql.tables import feedback, imports, runs
from platform_service.sql.team_tables import events, sign_ins
from platform_service.sql.transaction import Transaction
from platform_service.uploads.originals import Originals

log = logging.getLogger(__name__)
RECEIPTS_DAYS, RUNS_DAYS, IMPORTS_DAYS, EVERY_S = 14, 365, 90, 86_400.0
STEPS_DAYS, PARTS_DAYS = 7, 7
"""What the steps of an ended run gave, and parts of pictures that nobody went on sending."""


async def sweep(transaction: Transaction, *, runs_too: bool) -> dict[str, int]:
    """Delete what is past its time; gives how many rows of each kind. `runs_too`: a team's, not a creator's own."""
    gone = {"context": await forget_expired(transaction)}
    await receipts.forget_before(transaction, days_ago(RECEIPTS_DAYS))
    if not runs_too:
        return gone
    gone["run_events"] = await _forget_old_runs(transaction)
    old = select(runs.c.id).where(transaction.mine(runs), runs.c.updated < days_ago(RUNS_DAYS))
    mine = (transaction.mine(feedback), feedback.c.run_id.in_(old))
    gone["feedback"] = (await transaction.execute(delete(feedback).where(*mine))).rowcount
    where = (transaction.mine(runs), runs.c.updated < days_ago(RUNS_DAYS))
    gone["runs"] = (await transaction.execute(delete(runs).where(*where))).rowcount
    gone["bookings"] = await ledger.forget_before(transaction, days_ago(RUNS_DAYS))
    ended = (transaction.mine(imports), imports.c.updated < days_ago(IMPORTS_DAYS), imports.c.state != "running")
    gone["imports"] = (await transaction.execute(delete(imports).where(*ended))).rowcount
    expired = (transaction.mine(sign_ins), sign_ins.c.expires < now())
    gone["sign_ins"] = (await transaction.execute(delete(sign_ins).where(*expired))).rowcount
    return gone


async def _forget_old_runs(transaction: Transaction) -> int:
    """What happened in hosted runs goes with the runs, and what their steps gave soon after the end."""

    def ended_before(days: float) -> Any:
        ended = (transaction.mine(events), events.c.kind == "ended", events.c.stream.like("run:%"))
        return select(events.c.stream).where(*ended, events.c.created < days_ago(days))

    old = (await transaction.execute(ended_before(RUNS_DAYS))).scalars().all()
    gone = await erase_streams(transaction, [stream.partition(":")[2] for stream in old])
    kept = (await transaction.execute(ended_before(STEPS_DAYS))).scalars().all()
    for stream in kept:
        where = (transaction.mine(events), events.c.stream == f"kept:{stream.partition(':')[2]}")
        gone += (await transaction.execute(delete(events).where(*where))).rowcount
    return gone


async def keep_swept(database: TenantDatabase, originals: Originals | None = None) -> None:
    """Sweep once a day until cancelled."""
    while True:
        try:
            async with database.writing() as transaction:
                gone = await sweep(transaction, runs_too=True)
            if originals is not None:
                gone["parts"] = await asyncio.to_thread(originals.sweep, PARTS_DAYS * EVERY_S)
            if any(gone.values()):
                log.info("past its time: %s", gone)
        except ServiceError as error:
            log.warning("the sweep waits: %s", error.what)
        await asyncio.sleep(EVERY_S)


def days_ago(days: float) -> str:
    """A moment in UTC, as rows bear it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
