"""Money is held before a call and booked after it; no cap is ever passed, and a crash books the most."""

import asyncio
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.money import Caps
from agent.ports.money import CapReached, Reservation
from app.models.ledger import Ledger, LedgerError
from tests.load.cap_races import CALLS_AT_ONCE, race, races


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", Caps(run=1_000, day=1_500, tenant=2_000), now=clock)


async def test_what_is_held_counts_until_it_is_settled_or_released(ledger: Ledger) -> None:
    held = await ledger.reserve("r", "plan", 900)
    with pytest.raises(CapReached) as told:
        await ledger.reserve("r", "plan", 101)
    assert (told.value.cap, told.value.spent_micro_usd, told.value.asked_micro_usd) == ("run", 900, 101)
    assert "up to $0.01" in told.value.way_on
    await ledger.settle(held, 300)
    assert await ledger.spent_by_run("r") == 300
    other = await ledger.reserve("r", "plan", 700)
    await ledger.release(other)
    assert await ledger.spent_by_run("r") == 300


async def test_an_unknown_price_books_all_that_was_held_and_a_second_settling_nothing(ledger: Ledger) -> None:
    held = await ledger.reserve("r", "plan", 900)
    await ledger.settle(held, None)
    await ledger.settle(held, 1)
    await ledger.release(held)
    assert await ledger.spent_by_run("r") == 900


async def test_day_and_tenant_have_caps_of_their_own(ledger: Ledger, clock: Clock) -> None:
    await ledger.reserve("a", "plan", 1_000)
    with pytest.raises(CapReached, match="the day cap"):
        await ledger.reserve("b", "plan", 501)
    clock.now += timedelta(days=1)
    await ledger.reserve("b", "plan", 600)
    with pytest.raises(CapReached, match="the tenant cap"):
        await ledger.reserve("c", "plan", 401)
    clock.now += timedelta(days=20)
    await ledger.reserve("c", "plan", 1_000)


async def test_what_was_said_narrows_a_run_and_never_widens_it(ledger: Ledger) -> None:
    assert await ledger.limit_run("r", 200) == 200
    with pytest.raises(CapReached):
        await ledger.reserve("r", "plan", 201)
    assert await ledger.limit_run("s", 9_000) == 1_000
    assert await ledger.limit_run("t", None) == 1_000


async def test_after_a_crash_what_was_held_is_spent(tmp_path: Path, ledger: Ledger, clock: Clock) -> None:
    await ledger.reserve("r", "plan", 900)
    ledger.close()
    clock.now += timedelta(minutes=11)
    again = Ledger(tmp_path / "ledger.sqlite", Caps(run=1_000), now=clock)
    with pytest.raises(CapReached):
        await again.reserve("r", "plan", 200)
    await again.reserve("other", "plan", 1)
    assert [(cost.name, cost.micro_usd, cost.held_micro_usd) for cost in again.by_run()] == [
        ("other", 1, 1), ("r", 900, 0),
    ]  # fmt: skip


async def test_costs_can_be_asked_by_day_run_and_step(ledger: Ledger, clock: Clock) -> None:
    for run_id, step, micro_usd in (("a", "plan", 100), ("a", "judge", 50), ("b", "plan", 70)):
        await ledger.settle(await ledger.reserve(run_id, step, micro_usd), micro_usd)
    assert [(c.name, c.micro_usd, c.calls) for c in ledger.by_day()] == [("2026-11-22", 220, 3)]
    assert {c.name: c.micro_usd for c in ledger.by_run()} == {"a": 150, "b": 70}
    assert {c.name: c.micro_usd for c in ledger.by_step("a")} == {"plan": 100, "judge": 50}


async def test_estimates_learn_from_bills(ledger: Ledger) -> None:
    assert await ledger.factor("plan") == 1.0
    for number in range(5):
        await ledger.note_estimate(f"r{number}", "plan", 100)
        await ledger.settle(await ledger.reserve(f"r{number}", "plan", 200), 50 + number)
    assert await ledger.factor("plan") == pytest.approx(0.52)
    for number in range(5, 10):
        await ledger.note_estimate(f"r{number}", "plan", 100)
        await ledger.settle(await ledger.reserve(f"r{number}", "plan", 200), None)
    assert await ledger.factor("plan") == pytest.approx(0.52), "what nobody knows the price of teaches nothing"
    assert await ledger.factor("chat") == 1.0
    assert ledger.bills("plan")[0] == (100, 50)


def test_a_ledger_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(tmp_path / "ledger.sqlite")


async def test_a_ledger_that_cannot_be_written_lets_no_call_through(tmp_path: Path, ledger: Ledger) -> None:
    other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    other.execute("PRAGMA user_version")
    other.execute("DROP TABLE booking")
    other.close()
    with pytest.raises(LedgerError, match="cannot be written"):
        await ledger.reserve("r", "plan", 1)


def test_200_races_of_20_calls_at_once_never_pass_the_cap(tmp_path: Path) -> None:
    found = races(tmp_path, 200)
    assert not [raced for raced in found if raced.passed]
    assert sum(raced.refused for raced in found) > 200, "the cap must have been felt"


class LooksFirst(Ledger):
    """The planted bug: looks at the books, lets others in, and writes after that."""

    cap = 1_000
    looked = asyncio.Barrier(CALLS_AT_ONCE)

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        spent = await self.spent_by_run(run_id)
        await self.looked.wait()
        if spent + micro_usd > self.cap:
            raise CapReached("run", self.cap, spent, micro_usd)
        return await super().reserve(run_id, step_id, micro_usd)


async def test_the_race_catches_a_ledger_that_looks_before_it_writes(tmp_path: Path) -> None:
    ledger = LooksFirst(tmp_path / "ledger.sqlite", Caps(None, None, None))
    raced = await race(ledger, "r", LooksFirst.cap, random.Random(3))
    assert raced.passed
