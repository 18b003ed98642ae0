"""Runs one step on a copy of the desk: takes over what is there, keeps what came on disk, or names the failure."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from agent.checking.judging import CHECK
from agent.desk import Call, TurnStops
from agent.events import Spending, StepChanged, StepState, TurnEnded, TurnEvent
from agent.ports.errors import PortError
from agent.ports.money import MICRO_USD, CapReached
from agent.ports.runs import KeptStep
from agent.running.patience import PatientLibrary, PatientProjects
from agent.running.results import StepResult, body_of, copied, result_of
from agent.running.steps import Step
from agent.running.turn import Failed, Turn
from agent.tools.kit import TOOLS
from agent.tools.tool import BadArguments

log = logging.getLogger(__name__)

Write = Callable[[TurnEvent], None]


async def run_step(step: Step, turn: Turn, write: Write) -> None:
    """Run one step; afterwards it stands among the turn's results or failures, or the turn has ended."""
    if step.id in turn.results or turn.ended is not None:
        return
    cached = turn.shared.cache.get(turn.library_version, turn.keys[step.id]) if step.id in turn.reusable else None
    if cached is not None:
        turn.results[step.id] = cached
        _tell(step, turn, write, state="done", cached=True, result=cached.text, started_s=turn.elapsed_s)
        await _keep(step, turn, cached)
        return
    async with turn.shared.lanes.step(background=turn.background):
        await _worked(step, turn, write)


async def _worked(step: Step, turn: Turn, write: Write) -> None:
    started = time.perf_counter()
    _tell(step, turn, write, state="running", attempts=1, started_s=turn.elapsed_s)
    try:
        result = await _called(step, turn, write)
    except TurnStops as stop:
        _tell(step, turn, write, state="done", seconds=time.perf_counter() - started, result=stop.text)
        outcome: Any = "asked" if stop.choices and not stop.refused else "refused"
        turn.ended = turn.ended or TurnEnded(turn.context.turn_id, outcome, turn.intent, text=stop.text,
                                             choices=stop.choices, advice=stop.advice)  # fmt: skip
        return
    except asyncio.CancelledError:
        _tell(step, turn, write, state="failed", seconds=time.perf_counter() - started, result="stopped")
        raise
    except Exception as error:
        if not isinstance(error, PortError | CapReached | BadArguments | TimeoutError | ConnectionError):
            log.error("a step failed [%s]: %s", turn.context.correlation_id, error, exc_info=error)
        turn.lose(_failed(step, error))
        _tell(step, turn, write, state="failed", seconds=time.perf_counter() - started, result=str(error)[:200])
        await _keep(step, turn, None)
        return
    turn.results[step.id] = result
    if step.id in turn.reusable:
        turn.shared.cache.put(turn.library_version, turn.keys[step.id], result)
    await count_money(turn, write)
    state = turn.steps[step.id]
    turn.steps[step.id] = replace(state, state="done", seconds=time.perf_counter() - started, result=result.text)
    await _keep(step, turn, result)
    _tell(step, turn, write)


async def _called(step: Step, turn: Turn, write: Write) -> StepResult:
    """The tool's result, from a desk that no other step touches."""

    def again(attempt: int, why: str) -> None:
        _tell(step, turn, write, attempts=turn.steps[step.id].attempts + 1, result=f"trying again: {why}"[:200])

    before = turn.desk()
    after = replace(
        copied(before),
        library=PatientLibrary(before.library, again),
        projects=PatientProjects(before.projects, again),
    )
    context = turn.context
    call = Call(step.id, context, context.correlation_id, f"{context.turn_id}:{step.id}")
    outcome = await TOOLS[step.tool](step.resolved(before.results), call, after)
    result = result_of(before, after, outcome)
    if result.change is not None:
        turn.scenes[step.id] = after.scene
    return result


async def _keep(step: Step, turn: Turn, result: StepResult | None) -> None:
    """Put what came on disk before the run goes on."""
    keeper = turn.shared.keeper
    if keeper is None:
        return
    body = None if result is None else body_of(result)
    kept = None if body is None else KeptStep(step.id, turn.keys[step.id], body)
    try:
        await keeper.stepped(turn.context.turn_id, turn.steps[step.id], kept)
    except PortError as error:
        log.warning("a step could not be kept; after a crash it would run again: %s", error.what)


async def keep_plan(turn: Turn, workflow_json: str) -> None:
    """Put what is going to run on disk."""
    if turn.shared.keeper is None or turn.intent is None:
        return
    cap = None if turn.cap_micro_usd is None else turn.cap_micro_usd / MICRO_USD
    intent_json = turn.intent.model_dump_json(exclude_defaults=True)
    try:
        await turn.shared.keeper.planned(turn.context.turn_id, intent_json, workflow_json, cap)
    except PortError as error:
        log.warning("a plan could not be kept; after a crash it would be made again: %s", error.what)


def tell_looking(turn: Turn, write: Write, state: Literal["running", "done", "skipped"], result: str) -> None:
    """A model looks at the pictures: shown like a step, which the plan cannot know of."""
    before = turn.steps.get(CHECK) or StepState(CHECK, "look", "Look at the pictures", started_s=turn.elapsed_s)
    seconds = turn.elapsed_s - before.started_s if state != "running" else 0.0
    turn.steps[CHECK] = replace(before, state=state, attempts=1, result=result[:200], seconds=seconds)
    write(StepChanged(turn.context.turn_id, turn.steps[CHECK]))


async def count_money(turn: Turn, write: Write) -> None:
    """Tell what has been spent, when it has changed."""
    accounts = turn.shared.accounts
    if accounts is None:
        return
    try:
        spent = await accounts.spent_by_run(turn.context.turn_id)
    except PortError as error:
        log.warning("the ledger could not be read: %s", error.what)
        return
    if spent != turn.spent_micro_usd:
        turn.spent_micro_usd = spent
        cap = None if turn.cap_micro_usd is None else turn.cap_micro_usd / MICRO_USD
        write(Spending(turn.context.turn_id, spent / MICRO_USD, cap))


def _failed(step: Step, error: Exception) -> Failed:
    if isinstance(error, PortError):
        return Failed(step, error.what, error.kept, error.advice)
    if isinstance(error, CapReached):
        return Failed(step, f"{str(error)[:1].upper()}{str(error)[1:]}.", "", error.way_on, cap=True)
    if isinstance(error, BadArguments):
        return Failed(step, f"The plan did not hold together ({error}).", "", "Say it in other words.")
    if isinstance(error, TimeoutError | ConnectionError):
        return Failed(step, "No answer came in time.", "", "Try again in a moment.")
    what = "Something went wrong inside Vernissage while working on this."
    return Failed(step, what, "", "Try again, or say it differently; the log has more under the reference.")


def _tell(step: Step, turn: Turn, write: Write, **changes: Any) -> None:
    turn.steps[step.id] = replace(turn.steps[step.id], **changes)
    write(StepChanged(turn.context.turn_id, turn.steps[step.id]))
