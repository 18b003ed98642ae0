"""The ledger of a tenant: one transaction decides whether a paid call may be made, whichever worker asks meanwhile.

What is held counts as spent from the moment it is reserved. Who dies with a call under way leaves it held; it is
written off as spent in full when another attempt begins, or after ten minutes: a crash can cost a little, never pass a
cap.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, case, delete, func, insert, select, update

from agent.money import (
    BILLS_LOOKED_AT,
    LOST_AFTER_S,
    OPEN,
    Booked,
    Caps,
    Cost,
    Totals,
    billed,
    cap_passed,
    day_and_month,
    learned_factor,
    narrower,
)
from agent.ports.money import Reservation
from platform_service.sql.money_tables import bookings, estimates, run_caps
from platform_service.sql.transaction import Transaction

NAMELESS = ""
"""What is left of a run's name when the person who asked for it is erased: the money still counts."""


async def reserve(
    transaction: Transaction, caps: Caps, run_id: str, step_id: str, micro_usd: int, moment: datetime | None = None
) -> Reservation:
    """Hold back the most that a call can cost; raises CapReached where that would pass a cap."""
    await transaction.lock("ledger")
    moment = moment or datetime.now(UTC)
    day, month = day_and_month(moment)
    await _write_off(transaction, bookings.c.made < _iso(moment - timedelta(seconds=LOST_AFTER_S)))
    caps = replace(caps, run=narrower(caps.run, await _said_of(transaction, run_id)))
    totals = Totals(
        run=await _sum(transaction, bookings.c.run_id == run_id),
        day=await _sum(transaction, bookings.c.day == day),
        tenant=await _sum(transaction, bookings.c.month == month),
    )
    refused = cap_passed(caps, totals, micro_usd)
    if refused is not None:
        raise refused
    made = Reservation(uuid4().hex, run_id, micro_usd)
    values = {"id": made.id, "run_id": run_id, "step_id": step_id[:140], "day": day, "month": month}
    values |= {"tenant": transaction.tenant, "state": "held", "made": _iso(moment)}
    await transaction.execute(insert(bookings).values(**values, micro_usd=micro_usd))
    return made


async def book(transaction: Transaction, reservation: Reservation, state: Booked, micro_usd: int | None) -> None:
    """Book what a call did cost, or that it was never made; a second bill changes nothing."""
    one = (transaction.mine(bookings), bookings.c.id == reservation.id, bookings.c.state.in_(OPEN))
    values = {"state": state, "micro_usd": billed(reservation, micro_usd)}
    await transaction.execute(update(bookings).where(*one).values(**values))


async def write_off(transaction: Transaction, run_id: str) -> None:
    """Whoever had this run before is gone: what it held counts as spent in full, unless it still tells its bill."""
    await _write_off(transaction, bookings.c.run_id == run_id)


async def limit_run(transaction: Transaction, caps: Caps, run_id: str, micro_usd: int | None) -> int | None:
    """Set what was said about a run's cap; gives the cap that holds."""
    if micro_usd is not None:
        new = transaction.upsert(run_caps).values(tenant=transaction.tenant, run_id=run_id, micro_usd=micro_usd)
        key, said = ["tenant", "run_id"], {"micro_usd": micro_usd}
        await transaction.execute(new.on_conflict_do_update(index_elements=key, set_=said))
    return narrower(caps.run, await _said_of(transaction, run_id))


async def note_estimate(transaction: Transaction, run_id: str, step_id: str, micro_usd: int) -> None:
    """Remember what was told before a run."""
    values = {"tenant": transaction.tenant, "run_id": run_id, "step_id": step_id[:140], "micro_usd": micro_usd}
    key = ["tenant", "run_id", "step_id"]
    new = transaction.upsert(estimates).values(**values)
    await transaction.execute(new.on_conflict_do_update(index_elements=key, set_={"micro_usd": micro_usd}))


async def factor(transaction: Transaction, step_id: str) -> float:
    """By how much estimates for such a step were off lately."""
    same = (estimates.c.run_id == bookings.c.run_id) & (estimates.c.step_id == bookings.c.step_id)
    query = (
        select(estimates.c.micro_usd, func.sum(bookings.c.micro_usd))
        .join(bookings, same & transaction.mine(bookings))
        .where(transaction.mine(estimates), estimates.c.step_id == step_id, bookings.c.state == "spent")
        .group_by(estimates.c.run_id, estimates.c.micro_usd)
        .order_by(func.max(bookings.c.made).desc())
        .limit(BILLS_LOOKED_AT)
    )
    bills: Sequence[Any] = (await transaction.execute(query)).all()
    return learned_factor([(int(told), int(paid)) for told, paid in bills])


async def cost_of(transaction: Transaction, run_id: str) -> Cost:
    """What a run has cost, with what it holds."""
    found = await _costs(transaction, bookings.c.run_id, bookings.c.run_id == run_id, 1)
    return found[0] if found else Cost(run_id, 0, 0, 0)


async def by_day(transaction: Transaction, since: str, most: int = 366) -> list[Cost]:
    """What each day since that one has cost, the latest first."""
    return await _costs(transaction, bookings.c.day, bookings.c.day >= since, most)


async def totals(transaction: Transaction, moment: datetime) -> Totals:
    """What the day and the month of a moment have cost so far."""
    day, month = day_and_month(moment)
    return Totals(
        day=await _sum(transaction, bookings.c.day == day), tenant=await _sum(transaction, bookings.c.month == month)
    )


async def rows_of(transaction: Transaction, run_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Every booking of these runs, oldest first."""
    query = select(bookings).where(transaction.mine(bookings), bookings.c.run_id.in_(run_ids)).order_by(bookings.c.made)
    return [dict(row) for row in (await transaction.execute(query)).mappings()]


async def make_nameless(transaction: Transaction, run_ids: Sequence[str]) -> int:
    """Forget which runs these bookings were for; the money still counts. Gives how many bookings."""
    for table in (run_caps, estimates):
        await transaction.execute(delete(table).where(transaction.mine(table), table.c.run_id.in_(run_ids)))
    theirs = (transaction.mine(bookings), bookings.c.run_id.in_(run_ids))
    return (await transaction.execute(update(bookings).where(*theirs).values(run_id=NAMELESS))).rowcount


async def forget_before(transaction: Transaction, moment: str) -> int:
    """Delete what was booked before a moment, with what was said of those runs; gives how many bookings."""
    old = (transaction.mine(bookings), bookings.c.made < moment)
    runs = select(bookings.c.run_id).where(*old)
    for table in (run_caps, estimates):
        await transaction.execute(delete(table).where(transaction.mine(table), table.c.run_id.in_(runs)))
    return (await transaction.execute(delete(bookings).where(*old))).rowcount


async def _write_off(transaction: Transaction, which: ColumnElement[bool]) -> None:
    held = (transaction.mine(bookings), bookings.c.state == "held", which)
    await transaction.execute(update(bookings).where(*held).values(state="lost"))


async def _said_of(transaction: Transaction, run_id: str) -> int | None:
    query = select(run_caps.c.micro_usd).where(transaction.mine(run_caps), run_caps.c.run_id == run_id)
    said = (await transaction.execute(query)).scalar_one_or_none()
    return None if said is None else int(said)


async def _sum(transaction: Transaction, which: ColumnElement[bool]) -> int:
    query = select(func.coalesce(func.sum(bookings.c.micro_usd), 0)).where(transaction.mine(bookings), which)
    return int((await transaction.execute(query)).scalar_one())


async def _costs(transaction: Transaction, name: Any, which: ColumnElement[bool], most: int) -> list[Cost]:
    held = func.sum(case((bookings.c.state == "held", bookings.c.micro_usd), else_=0))
    calls = func.sum(case((bookings.c.state != "released", 1), else_=0))
    query = (
        select(name, func.sum(bookings.c.micro_usd), held, calls)
        .where(transaction.mine(bookings), which)
        .group_by(name)
        .order_by(name.desc())
        .limit(most)
    )
    rows: Sequence[Any] = (await transaction.execute(query)).all()
    return [Cost(str(n), int(paid), int(kept), int(made)) for n, paid, kept, made in rows]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
