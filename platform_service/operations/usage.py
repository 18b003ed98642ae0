"""How a team uses the studio: which tools, with what outcomes, and the time that this is estimated to have saved.

It is counted from the runs that are kept anyway: nothing more is collected, nobody is named, and it ends with the runs.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select

from agent.money import day_and_month
from agent.ports.money import MICRO_USD
from agent.ports.projects import RunRecord
from platform_service.sql import ledger
from platform_service.sql.tables import runs
from platform_service.sql.transaction import Transaction

BY_HAND_S = {"search": 120.0, "select": 180.0, "arrange": 900.0, "hang": 900.0, "style": 300.0, "navigate": 20.0}
"""How long the same takes by hand, by the first word of the tool's name: estimates, and told as such."""
OTHERWISE_S = 60.0


class ToolUsage(BaseModel):
    """How often a tool was used, by what became of its runs."""

    tool: str
    runs: int
    outcomes: dict[str, int]


class DayCost(BaseModel):
    """What a day's calls of language models cost; a call whose bill never came counts with all it could cost."""

    day: str
    calls: int
    cost_usd: float


class ModelsUsage(BaseModel):
    """What hosted runs spent on language models, as the ledger has it."""

    calls: int
    cost_usd: float
    held_usd: float
    """Held back for calls under way; it is part of the cost."""
    today_usd: float
    month_usd: float
    days: list[DayCost]


class Usage(BaseModel):
    """How a team used the studio in some days."""

    days: int
    runs: int
    outcomes: dict[str, int]
    tools: list[ToolUsage]
    seconds_run: float
    seconds_saved_estimate: float
    cost_usd: float
    """What the runs told of themselves, those of desktops, too."""
    models: ModelsUsage | None = None


async def usage(transaction: Transaction, days: int) -> Usage:
    """Count the tenant's runs of the last days."""
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
    query = select(runs.c.document).where(transaction.mine(runs), runs.c.created >= since)
    found = (await transaction.execute(query)).scalars()
    told = counted(days, (RunRecord.model_validate_json(text) for text in found))
    return told.model_copy(update={"models": await _models(transaction, days)})


async def _models(transaction: Transaction, days: int) -> ModelsUsage:
    moment = datetime.now(UTC)
    costs = await ledger.by_day(transaction, day_and_month(moment - timedelta(days=days))[0])
    now = await ledger.totals(transaction, moment)
    return ModelsUsage(
        calls=sum(cost.calls for cost in costs),
        cost_usd=sum(cost.micro_usd for cost in costs) / MICRO_USD,
        held_usd=sum(cost.held_micro_usd for cost in costs) / MICRO_USD,
        today_usd=now.day / MICRO_USD,
        month_usd=now.tenant / MICRO_USD,
        days=[DayCost(day=cost.name, calls=cost.calls, cost_usd=cost.micro_usd / MICRO_USD) for cost in costs],
    )


def counted(days: int, records: Iterable[RunRecord]) -> Usage:
    """Count runs."""
    outcomes: Counter[str] = Counter()
    by_tool: dict[str, Counter[str]] = {}
    seconds, saved, cost = 0.0, 0.0, 0.0
    for run in records:
        outcomes[run.outcome] += 1
        tools = _tools(run.workflow)
        for tool in set(tools):
            by_tool.setdefault(tool, Counter())[run.outcome] += 1
        seconds += run.seconds
        cost += run.cost_usd or 0.0
        if run.outcome in ("approved", "answered"):
            saved += max(0.0, sum(by_hand_s(tool) for tool in tools) - run.seconds)
    told = [ToolUsage(tool=tool, runs=sum(of.values()), outcomes=dict(of)) for tool, of in sorted(by_tool.items())]
    return Usage(
        days=days, runs=sum(outcomes.values()), outcomes=dict(outcomes), tools=told, seconds_run=round(seconds, 3),
        seconds_saved_estimate=round(saved, 3), cost_usd=round(cost, 6),
    )  # fmt: skip


def by_hand_s(tool: str) -> float:
    """How long a tool's work takes by hand, about."""
    return BY_HAND_S.get(tool.partition("_")[0].partition(".")[0], OTHERWISE_S)


def _tools(workflow: dict[str, Any]) -> list[str]:
    steps = workflow.get("steps")
    found = [step.get("tool") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    return [tool for tool in found if isinstance(tool, str)]
