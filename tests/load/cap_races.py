"""Races at the cap: many calls reserve at once, and however they come the books stay under every cap."""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.money import Caps
from agent.ports.money import CapReached, Purse, Reservation
from app.models.ledger import Ledger

CALLS_AT_ONCE = 20


@dataclass
class Raced:
    """What came of one race, in micro-dollars; `highest` is the most that was spent or held at any moment."""

    cap: int
    highest: int = 0
    now: int = 0
    made: int = 0
    refused: int = 0

    @property
    def passed(self) -> bool:
        """Whether the cap was passed."""
        return self.highest > self.cap


async def race(purse: Purse, run_id: str, cap: int, dice: random.Random) -> Raced:
    """Twenty calls at once, each up to a fifth of the cap; some cost less, some are never made, some break off."""
    raced = Raced(cap)
    orders = [(dice.randint(1, cap // 5), dice.random(), dice.random()) for _ in range(CALLS_AT_ONCE)]
    await asyncio.gather(*(_call(purse, run_id, *order, raced) for order in orders))
    return raced


async def _call(purse: Purse, run_id: str, most: int, fate: float, share: float, raced: Raced) -> None:
    try:
        held: Reservation = await purse.reserve(run_id, "plan", most)
    except CapReached:
        raced.refused += 1
        return
    raced.made += 1
    raced.now += most
    raced.highest = max(raced.highest, raced.now)
    await asyncio.sleep(0)
    if fate < 0.1:
        return
    costs = 0 if fate < 0.2 else round(most * share)
    raced.now -= most - costs
    await (purse.release(held) if fate < 0.2 else purse.settle(held, costs))


def races(folder: Path, count: int, seed: int = 7) -> list[Raced]:
    """`count` races, one run each, in one ledger whose day has a cap too."""
    dice = random.Random(seed)
    ledger = Ledger(folder / "ledger.sqlite", Caps(run=None, day=None, tenant=None), now=lambda: datetime.now(UTC))
    ledger._db.execute("PRAGMA synchronous=OFF")

    async def all_of_them() -> list[Raced]:
        found = []
        for number in range(count):
            cap = dice.randint(1_000, 200_000)
            await ledger.limit_run(f"run-{number}", cap)
            raced = await race(ledger, f"run-{number}", cap, dice)
            raced.highest = max(raced.highest, await ledger.spent_by_run(f"run-{number}"))
            found.append(raced)
        return found

    try:
        return asyncio.run(all_of_them())
    finally:
        ledger.close()
