"""Every fault of a model server against every step that asks a model: how each case ends, and within which time."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from agent.models.routed import OFFLINE, RoutedModels
from agent.models.settings import ModelSettings, ProviderSettings
from agent.ports.models import CallTerms, ModelMessage, NoModel, Spent
from agent.ports.money import CapReached
from tests.agent.models.purse_for_tests import BookedPurse
from tests.model_server.asked import Asked, Provider, Scripted, plain
from tests.model_server.server import ModelServer

Step = Literal["plan", "chat", "vision", "embed"]
End = Literal["success", "fallback", "clean stop", "WRONG"]
STEPS: dict[Provider, tuple[Step, ...]] = {"openai": ("plan", "chat", "embed"), "anthropic": ("plan", "chat", "vision")}
"""Anthropic has no embeddings; looking at pictures is its third step."""
GRACE_S = 1.0
_KEYS = {"broken": "sk-test-1", "healthy": "sk-test-2"}


class Answer(BaseModel):
    """What the steps ask for."""

    kind: Literal["create", "offline"]


@dataclass(frozen=True)
class Case:
    """One fault of one provider in one step, alone or with a healthy provider behind it."""

    fault: str
    provider: Provider
    step: Step
    helped: bool


@dataclass(frozen=True)
class Ended:
    """How a case ended; `why` says what was wrong with it."""

    case: Case
    end: End
    seconds: float
    why: str = ""


def cases(faults: Iterable[str]) -> Iterator[Case]:
    """All of them."""
    for fault in faults:
        for provider, steps in STEPS.items():
            for step in steps:
                yield from (Case(fault, provider, step, helped) for helped in (True, False))


async def run_cases(chosen: Sequence[Case], deadline_s: float, side_by_side: int = 1) -> list[Ended]:
    """Run the cases, some side by side, each lane with servers of its own."""
    lanes = [chosen[lane::side_by_side] for lane in range(side_by_side)]
    ended = await asyncio.gather(*(_lane(lane, deadline_s) for lane in lanes))
    return [one for lane in ended for one in lane]


async def warm_up() -> None:
    """The first calls import for seconds, which is no fault's doing."""
    await _lane(list(cases(["wrong_content_type"])), 60.0)


async def _lane(chosen: Sequence[Case], deadline_s: float) -> list[Ended]:
    with ModelServer(_script) as broken, ModelServer(_script) as healthy:
        return [await run_case(case, broken, healthy, deadline_s) for case in chosen]


def _script(asked: Asked) -> Scripted:
    return Scripted(value={"kind": "create"}) if asked.schema is not None else plain(asked)


async def run_case(case: Case, broken: ModelServer, healthy: ModelServer, deadline_s: float) -> Ended:
    """One case, judged."""
    broken.mend()
    broken.break_with(case.provider, case.fault)
    other: Provider = "openai" if case.step == "embed" or case.provider == "anthropic" else "anthropic"
    providers = [ProviderSettings(id="broken", kind=case.provider, base_url=broken.base_url(case.provider))]
    if case.helped:
        providers.append(ProviderSettings(id="healthy", kind=other, base_url=healthy.base_url(other)))
    purse = BookedPurse()
    models = RoutedModels(ModelSettings(providers=tuple(providers)), _KEYS, purse)
    await asyncio.to_thread(models.load)
    began = time.perf_counter()
    try:
        async with asyncio.timeout(deadline_s + 10 * GRACE_S):
            who = await _step(case.step, models, deadline_s)
        end: End = "success" if who == "broken" else "fallback"
        why = ""
    except (NoModel, CapReached):
        end, why = "clean stop", ""
    except BaseException as error:
        end, why = "WRONG", f"{type(error).__name__}: {error}"[:120]
    seconds = time.perf_counter() - began
    await models.close()
    return Ended(case, *_judged(case, end, why, seconds, deadline_s, purse))


def _judged(
    case: Case, end: End, why: str, seconds: float, deadline_s: float, purse: BookedPurse
) -> tuple[End, float, str]:
    if case.helped and end == "clean stop":
        end, why = "WRONG", "a healthy provider was there"
    elif seconds > deadline_s + GRACE_S:
        end, why = "WRONG", "later than the deadline"
    elif purse.held:
        end, why = "WRONG", "money is still held"
    return end, seconds, why


async def _step(step: Step, models: RoutedModels, deadline_s: float) -> str:
    """Do it; gives who answered. Raises when what came is not what was asked for."""
    terms = CallTerms("run", step, "correlation", deadline_s=deadline_s, last_resort=lambda: Answer(kind="offline"))
    pictures = (b"\xff\xd8\xff",) if step == "vision" else ()
    said = (ModelMessage("system", "You plan."), ModelMessage("user", "a show", data="Sea", pictures=pictures))
    if step == "embed":
        vectors = await models.embed(("one", "two"), terms)
        assert len(vectors.value) == 2
        return vectors.spent.provider
    if step == "chat":
        items = [item async for item in models.stream("chat", said, terms)]
        assert isinstance(items[-1], Spent)
        assert "".join(item for item in items if isinstance(item, str)).strip()
        return items[-1].provider
    answered = await models.answer(step, said, Answer, terms)
    assert answered.value.kind == ("offline" if answered.spent.provider == OFFLINE else "create")
    return answered.spent.provider


def wrong(ended: Iterable[Ended]) -> list[Ended]:
    """The cases that did not end as they should."""
    return [one for one in ended if one.end == "WRONG"]
