"""The rules of money, pure: which cap a call would pass, what a call is booked at, and how price tags learn from bills.

Whoever keeps books does so by these: the desktop's ledger in its file, the platform's in its database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Literal

from agent.events import Priced, StepPrice
from agent.models.settings import ModelSettings, micro_usd
from agent.ports.money import MICRO_USD, CapReached, Reservation
from agent.running.steps import Workflow

LOST_AFTER_S = 600.0
"""A call that was not billed within this time is written off: it counts as spent in full."""
BILLS_LOOKED_AT = 40
"""A price tag learns from so many of the latest bills."""
Booked = Literal["held", "spent", "unknown", "released", "lost"]
"""`unknown`: settled, nobody knows what it cost, so all that was held is spent."""
OPEN: tuple[Booked, ...] = ("held", "lost")
"""What a bill may still settle; a second bill changes nothing."""
UNDERSTAND = "understand"
"""The step id under which a planner's own calls are booked."""
_FEWEST_BILLS = 3
"""From so many bills on, they say more than the estimate."""
_FACTOR_BOUNDS = (0.1, 10.0)


@dataclass(frozen=True)
class Caps:
    """Hard limits in micro-dollars; None is no limit. `tenant` holds for a calendar month."""

    run: int | None = 500_000
    day: int | None = 5_000_000
    tenant: int | None = 50_000_000


@dataclass(frozen=True)
class Totals:
    """What is spent or held back so far, in micro-dollars."""

    run: int = 0
    day: int = 0
    tenant: int = 0


@dataclass(frozen=True)
class Cost:
    """What a day or a run has cost; `held_micro_usd` is the part whose call has not been billed yet."""

    name: str
    micro_usd: int
    held_micro_usd: int
    calls: int


def caps_of(settings: ModelSettings) -> Caps:
    """The caps of the settings, in whole micro-dollars."""
    usd = (settings.caps.run_usd, settings.caps.day_usd, settings.caps.tenant_usd)
    run, day, tenant = (None if cap is None else micro_usd(cap) for cap in usd)
    return Caps(run, day, tenant)


def narrowed(caps: Caps, by: Caps) -> Caps:
    """Of each cap the narrower one."""
    return Caps(narrower(caps.run, by.run), narrower(caps.day, by.day), narrower(caps.tenant, by.tenant))


def day_and_month(moment: datetime) -> tuple[str, str]:
    """Which day and which month a call of this moment counts to."""
    return f"{moment:%Y-%m-%d}", f"{moment:%Y-%m}"


def billed(reservation: Reservation, micro_usd: int | None) -> int:
    """What a call is booked at: its bill, which is never less than nothing; all that was held where nobody knows it."""
    return reservation.micro_usd if micro_usd is None else max(micro_usd, 0)


def settled(micro_usd: int | None) -> Booked:
    """How a call is booked whose bill is this: one that nobody knows is spent in full, and teaches no price tag."""
    return "unknown" if micro_usd is None else "spent"


def cap_passed(caps: Caps, totals: Totals, asked_micro_usd: int) -> CapReached | None:
    """The cap that so much more would pass, the narrowest first; None when it fits under all of them."""
    if asked_micro_usd < 0:
        raise ValueError("nobody can ask for less than nothing")
    rows = (("run", caps.run, totals.run), ("day", caps.day, totals.day), ("tenant", caps.tenant, totals.tenant))
    for name, limit, spent in rows:
        if limit is not None and spent + asked_micro_usd > limit:
            return CapReached(name, limit, spent, asked_micro_usd)
    return None


def micro_usd_of(usd: float | None) -> int | None:
    """Whole micro-dollars, rounded down so that a cap is never more than was said; None and NaN stay no number."""
    if usd is None or usd != usd or usd == float("inf"):
        return None
    return max(int(usd * MICRO_USD + 1e-6), 0)


def narrower(standing: int | None, said: int | None) -> int | None:
    """The run's cap: what was said may narrow the standing cap, and never widens it."""
    known = [cap for cap in (standing, said) if cap is not None]
    return min(known) if known else None


def learned_factor(bills: Sequence[tuple[int, int]]) -> float:
    """By how much estimates were off lately: the median of billed over estimated, (estimated, billed) pairs."""
    ratios = [billed / estimated for estimated, billed in bills if estimated > 0]
    if len(ratios) < _FEWEST_BILLS:
        return 1.0
    low, high = _FACTOR_BOUNDS
    return min(max(median(ratios), low), high)


def price_tag(
    turn_id: str, workflow: Workflow, beside: Sequence[StepPrice], most_usd: float, cap: int | None
) -> Priced:
    """What a run is likely to cost, a row for each step that costs anything; `beside` are calls that are no steps."""
    rows = [
        StepPrice(s.id, s.title, s.cost.input_tokens, s.cost.output_tokens, s.cost.micro_usd / MICRO_USD)
        for s in workflow
        if s.cost.most_micro_usd
    ]
    rows = [*(row for row in beside if row.id == UNDERSTAND), *rows, *(row for row in beside if row.id != UNDERSTAND)]
    most = most_usd + sum(step.cost.most_micro_usd for step in workflow) / MICRO_USD
    cap_usd = None if cap is None else cap / MICRO_USD
    return Priced(turn_id, tuple(rows), sum(row.usd for row in rows), most, cap_usd)
