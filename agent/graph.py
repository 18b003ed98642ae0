"""One turn as a LangGraph graph: understand -> plan -> (question) -> steps, side by side where they can -> finish.

The graph's state is plain and small: what was understood, the steps, and which of them are done. What steps gave lies
with the run's keeper, so that a checkpoint costs little and no checkpoint is ever asked whether a run is finished.
"""

import asyncio
import json
import operator
from functools import partial
from typing import Annotated, Literal, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, Send

from agent.asking import question_about, refusal_of
from agent.branching import branched
from agent.checking.all_checks import check_result
from agent.desk import Desk
from agent.events import Planned, Said, TurnEnded, Understood
from agent.intent import Intent
from agent.phrases import phrases
from agent.running.ending import ended_with, in_words
from agent.running.pricing import tell_price, understood
from agent.running.stepping import count_money, keep_plan, run_step, tell_looking
from agent.running.steps import steps_from_plain, steps_to_plain
from agent.running.turn import Turn
from agent.running.validation import validated
from agent.wording import query_in_words
from agent.workflow import workflow_of

SURE = 0.5
"""Below this confidence the agent asks."""


class TurnState(TypedDict, total=False):
    """What the nodes hand to each other: JSON texts and marks, nothing that a checkpoint could not carry."""

    intent: str
    workflow: str
    done: Annotated[dict[str, str], operator.or_]
    """Step id to how it ended."""
    outcome: str


class Ticket(TypedDict):
    """What one step is sent with; `alone` says that no other runs beside it."""

    step: str
    alone: bool


Graph = CompiledStateGraph[TurnState, Turn, TurnState, TurnState]
Next = Command[Literal["work", "gather", "finish"]]


def turn_graph(checkpoints: BaseCheckpointSaver[str] | None = None) -> Graph:
    """The compiled graph; made once, used for every turn."""
    graph = StateGraph(TurnState, context_schema=Turn)
    graph.add_node("understand", _understand)
    graph.add_node("plan", _plan, destinations=("work", "finish", "ask"))
    graph.add_node("ask", _ask)
    graph.add_node("work", _work, input_schema=Ticket, destinations=("work", "gather", "finish"))
    graph.add_node("gather", _gather, destinations=("work", "finish"))
    graph.add_node("finish", _finish)
    graph.add_edge(START, "understand")
    graph.add_edge("understand", "plan")
    graph.add_edge("ask", END)
    graph.add_edge("finish", END)
    return graph.compile(checkpointer=checkpoints)


def recalled(state: TurnState, turn: Turn) -> None:
    """Put what a checkpoint knows into the live side of an interrupted run. Raises ValueError."""
    if "intent" in state:
        turn.intent = turn.given = Intent.model_validate_json(state["intent"])
    if "workflow" in state and turn.intent is not None:
        turn.begin(turn.intent, validated(steps_from_plain(json.loads(state["workflow"]))))


async def _understand(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn = runtime.context
    turn.intent = turn.given if turn.given is not None else await understood(turn, runtime.stream_writer)
    if turn.intent.condition is not None and turn.given_workflow is None:
        await _take_branch(turn)
    if turn.intent.note:
        turn.notes.append(turn.intent.note.rstrip("."))
        runtime.stream_writer(Said(turn.context.turn_id, f"{turn.intent.note} "))
    runtime.stream_writer(Understood(turn.context.turn_id, turn.intent))
    await count_money(turn, runtime.stream_writer)
    return {"intent": turn.intent.model_dump_json(exclude_defaults=True)}


async def _take_branch(turn: Turn) -> None:
    """Count what a conditional wish hangs on, and go on with the branch that holds."""
    intent = _intent(turn)
    taken, why = await branched(intent, turn.lay(intent))
    if taken is None:
        turn.ended = TurnEnded(turn.context.turn_id, "answered", intent, text=why)
    else:
        turn.intent = taken.model_copy(update={"language": intent.language})
        turn.notes.append(why)


async def _plan(state: TurnState, runtime: Runtime[Turn]) -> Command[Literal["work", "finish", "ask"]]:
    turn, intent, write = runtime.context, _intent(runtime.context), runtime.stream_writer
    if turn.ended is not None:
        return Command(goto="finish")
    if turn.given_workflow is None and (intent.kind == "unclear" or intent.confidence < SURE or intent.missing):
        return Command(goto="ask")
    workflow = turn.given_workflow if turn.given_workflow is not None else workflow_of(intent, turn.context)
    turn.begin(intent, validated(workflow))
    plain = json.dumps(steps_to_plain(turn.workflow))
    write(Planned(turn.context.turn_id, tuple(turn.steps.values())))
    await tell_price(turn, write)
    await keep_plan(turn, plain)
    if turn.only_plan:
        turn.ended = TurnEnded(turn.context.turn_id, "planned", intent, text="This is the plan; nothing has run.")
    elif lead := turn.lead or _lead(intent):
        write(Said(turn.context.turn_id, lead))
    return Command(update={"workflow": plain, "done": _done(turn)}, goto=_next(turn))


def _intent(turn: Turn) -> Intent:
    assert turn.intent is not None
    return turn.intent


def _done(turn: Turn) -> dict[str, str]:
    return {step: turn.steps[step].state for step in turn.results}


def _lead(intent: Intent) -> str:
    if intent.kind != "create":
        return ""
    tell = phrases(intent.language)
    what = query_in_words(intent.query, tell)
    return tell.say("lead.for", what=what) if what else tell.say("lead.all")


def _next(turn: Turn) -> list[Send] | Literal["finish"]:
    """The steps that can start now, side by side; the finish when there is none."""
    ready = turn.ready()
    if not ready:
        return "finish"
    return [Send("work", Ticket(step=step, alone=len(ready) == 1)) for step in ready]


async def _ask(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn, intent = runtime.context, _intent(runtime.context)
    refused = refusal_of(intent)
    if refused is not None:
        turn.ended = TurnEnded(turn.context.turn_id, "refused", intent, text=refused[0], advice=refused[1])
        return {"outcome": turn.ended.outcome}
    asked = question_about(intent, turn.request, turn.context, turn.words.library_words)
    text = f"{intent.note} {asked.text}".lstrip()
    turn.ended = TurnEnded(
        turn.context.turn_id, "asked", intent, text=text, choices=asked.choices, puzzled=asked.puzzled
    )
    return {"outcome": turn.ended.outcome}


async def _work(state: Ticket, runtime: Runtime[Turn]) -> Next:
    """One step of the workflow; the last of several that run side by side is followed by `gather`."""
    turn = runtime.context
    await run_step(turn.step(state["step"]), turn, runtime.stream_writer)
    done = {state["step"]: turn.steps[state["step"]].state}
    return Command(update={"done": done}, goto=_next(turn) if state["alone"] else "gather")


async def _gather(state: TurnState, runtime: Runtime[Turn]) -> Next:
    return Command(goto=_next(runtime.context))


async def _finish(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """Check the draft and say what came of it; a run that was resumed here does it again and finds the same."""
    turn = runtime.context
    if turn.ended is None:
        desk = await asyncio.to_thread(_desk_of, turn)
        await check_result(desk, turn.shared.examiner, partial(tell_looking, turn, runtime.stream_writer))
        await count_money(turn, runtime.stream_writer)
        turn.ended = await in_words(turn, await asyncio.to_thread(ended_with, turn, desk), runtime.stream_writer)
    return {"outcome": turn.ended.outcome}


def _desk_of(turn: Turn) -> Desk:
    desk = turn.desk()
    desk.notes += turn.notes
    if desk.intent.ignored:
        told = desk.tell.listed(desk.tell.quoted(words) for words in desk.intent.ignored)
        desk.notes.append(desk.tell.say("note.ignored", what=told))
    return desk
