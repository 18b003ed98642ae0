"""The rules of money, pure: which cap a call would pass, what a run's cap is, and how a price tag learns from bills."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from agent.events import Priced, StepPrice
from agent.ports.money import MICRO_USD, CapReached
from agent.running.steps import Workflow

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


def price_tag(turn_id: str, workflow: Workflow, asking: StepPrice | None, most_usd: float, cap: int | None) -> Priced:
    """What a run is likely to cost, a row for each step that costs anything; `asking` is the planner's own call."""
    rows = [asking] if asking is not None else []
    rows += [
        StepPrice(s.id, s.title, s.cost.input_tokens, s.cost.output_tokens, s.cost.micro_usd / MICRO_USD)
        for s in workflow
        if s.cost.most_micro_usd
    ]
    most = most_usd + sum(step.cost.most_micro_usd for step in workflow) / MICRO_USD
    cap_usd = None if cap is None else cap / MICRO_USD
    return Priced(turn_id, tuple(rows), sum(row.usd for row in rows), most, cap_usd)
