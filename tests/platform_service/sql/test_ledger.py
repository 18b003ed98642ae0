"""Money of hosted runs is held before a call and booked after it, on both databases; no cap is ever passed."""

import asyncio
from datetime import datetime, timedelta

import pytest

from agent.money import Caps, Totals
from agent.ports.money import CapReached
from platform_service.operations.retention import days_ago, sweep
from platform_service.sql import ledger
from platform_service.sql.database import Database
from platform_service.sql.transaction import Transaction
from tests.platform_service.runs.cap_races import CAPS, NOON, Purse, races
from tests.platform_service.servers import PostgresServer


async def test_what_is_held_counts_until_it_is_settled_or_released(store: Database) -> None:
    purse = Purse(store)
    held = await purse.reserve("r", "understand", 900)
    with pytest.raises(CapReached) as told:
        await purse.reserve("r", "understand", 101)
    assert (told.value.cap, told.value.spent_micro_usd, told.value.asked_micro_usd) == ("run", 900, 101)
    await purse.settle(held, 300)
    await purse.settle(held, 1)
    assert await purse.spent("r") == 300
    await purse.release(await purse.reserve("r", "understand", 700))
    await purse.settle(await purse.reserve("r", "check", 100), None)
    async with purse.database.reading() as transaction:
        cost = await ledger.cost_of(transaction, "r")
    assert (cost.micro_usd, cost.held_micro_usd, cost.calls) == (400, 0, 2)


async def test_day_and_month_of_a_tenant_have_caps_of_their_own_and_tenants_share_none(store: Database) -> None:
    purse, other = Purse(store), Purse(store, tenant="theirs")
    await purse.reserve("a", "understand", 1_000)
    with pytest.raises(CapReached, match="the day cap"):
        await purse.reserve("b", "understand", 501)
    assert (await other.reserve("a", "understand", 1_000)).micro_usd == 1_000
    purse.moment += timedelta(days=1)
    await purse.reserve("b", "understand", 600)
    with pytest.raises(CapReached, match="the tenant cap"):
        await purse.reserve("c", "understand", 401)
    async with purse.database.reading() as transaction:
        assert await ledger.totals(transaction, purse.moment) == Totals(day=600, tenant=1_600)
        days = await ledger.by_day(transaction, "2026-11-22")
    assert [(day.name, day.micro_usd) for day in days] == [("2026-11-23", 600), ("2026-11-22", 1_000)]


async def test_what_was_said_narrows_a_run_and_never_widens_it(store: Database) -> None:
    purse = Purse(store)
    async with purse.database.writing() as transaction:
        assert await ledger.limit_run(transaction, CAPS, "r", 500) == 500
        assert await ledger.limit_run(transaction, CAPS, "r", 200) == 200
        assert await ledger.limit_run(transaction, CAPS, "s", 9_000) == 1_000
        assert await ledger.limit_run(transaction, CAPS, "t", None) == 1_000
    with pytest.raises(CapReached):
        await purse.reserve("r", "understand", 201)


async def test_what_a_lost_worker_held_is_spent_unless_its_bill_comes_after_all(store: Database) -> None:
    purse = Purse(store)
    first, second = await purse.reserve("r", "understand", 400), await purse.reserve("r", "check", 300)
    async with purse.database.writing() as transaction:
        await ledger.write_off(transaction, "r")
        states = [row["state"] for row in await ledger.rows_of(transaction, ["r"])]
    assert states == ["lost", "lost"]
    assert await purse.spent("r") == 700
    await purse.settle(second, 20)
    assert await purse.spent("r") == first.micro_usd + 20
    await purse.reserve("s", "understand", 100)
    purse.moment += timedelta(minutes=11)
    await purse.reserve("t", "understand", 1)
    async with purse.database.reading() as transaction:
        assert [row["state"] for row in await ledger.rows_of(transaction, ["s", "t"])] == ["lost", "held"]


async def test_estimates_learn_from_bills(store: Database) -> None:
    purse = Purse(store, Caps(None, None, None))
    for number in range(5):
        async with purse.database.writing() as transaction:
            await ledger.note_estimate(transaction, f"r{number}", "understand", 90)
            await ledger.note_estimate(transaction, f"r{number}", "understand", 100)
        await purse.settle(await purse.reserve(f"r{number}", "understand", 200), 50 + number)
    async with purse.database.reading() as transaction:
        assert await ledger.factor(transaction, "understand") == pytest.approx(0.52)
        assert await ledger.factor(transaction, "phrase") == 1.0


async def test_the_erased_are_nameless_and_the_old_are_swept_and_the_money_still_counts(store: Database) -> None:
    purse = Purse(store)
    await purse.settle(await purse.reserve("theirs", "understand", 400), 400)
    async with purse.database.writing() as transaction:
        await ledger.limit_run(transaction, CAPS, "theirs", 500)
        assert await ledger.make_nameless(transaction, ["theirs", "unknown"]) == 1
        assert await ledger.rows_of(transaction, ["theirs"]) == []
        assert (await ledger.totals(transaction, NOON)).tenant == 400
    purse.moment = datetime.fromisoformat(days_ago(366))
    await purse.settle(await purse.reserve("old", "understand", 5), 5)
    async with purse.database.writing() as transaction:
        gone = await sweep(transaction, runs_too=True)
    assert gone["bookings"] == 1


def test_workers_that_ask_at_once_never_pass_the_cap_of_their_tenant(postgres: PostgresServer) -> None:
    found = asyncio.run(races(postgres, 5))
    assert not [raced for raced in found if raced.passed]
    assert sum(raced.refused for raced in found) > 5, "the cap must have been felt"


def test_the_race_catches_a_ledger_whose_writers_do_not_wait_for_each_other(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody_waits(self: Transaction, name: str) -> None:
        await asyncio.sleep(0.05)

    monkeypatch.setattr(Transaction, "lock", nobody_waits)
    assert any(raced.passed for raced in asyncio.run(races(postgres, 5)))
