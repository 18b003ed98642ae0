"""One turn as a LangGraph graph: understand -> plan -> (question) -> tools on a draft -> checks -> proposal.

This is the one module that knows LangGraph, and it is imported when the first turn is about to run.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agent.asking import question_about
from agent.checks import checked
from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Planned, Said, StepChanged, StepState, TurnEnded, TurnEvent, Understood
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.proposing import proposal_of, receipt_in_words
from agent.tools.kit import TOOLS
from agent.wording import listed, query_in_words, quoted
from agent.workflow import Step, workflow_of

SURE = 0.5
"""Below this confidence the agent asks."""


@dataclass
class Turn:
    """What one run of the graph works with, and how far its steps are."""

    request: str
    context: TurnContext
    given: Intent | None
    plan: Callable[[], Awaitable[Intent]]
    lay: Callable[[Intent], Desk]
    """Puts a desk together for an intent."""
    library_words: frozenset[str] = frozenset()
    steps: dict[str, StepState] = field(default_factory=dict)


class TurnState(TypedDict, total=False):
    """What the nodes hand to each other."""

    intent: Intent
    workflow: tuple[Step, ...]
    desk: Desk
    at: int
    ended: TurnEnded


Graph = CompiledStateGraph[TurnState, Turn, TurnState, TurnState]


def turn_graph() -> Graph:
    """The compiled graph; made once, used for every turn."""
    graph = StateGraph(TurnState, context_schema=Turn)
    for name, node in {"understand": _understand, "plan": _plan, "ask": _ask, "work": _work, "check": _check,
                       "propose": _propose}.items():  # fmt: skip
        graph.add_node(name, node)
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", _after_understanding, ["plan", "ask"])
    graph.add_edge("ask", END)
    graph.add_conditional_edges("plan", _after_work, ["work", "check"])
    graph.add_conditional_edges("work", _after_work, ["work", "check", END])
    graph.add_edge("check", "propose")
    graph.add_edge("propose", END)
    return graph.compile()


async def _understand(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn = runtime.context
    intent = turn.given if turn.given is not None else await turn.plan()
    runtime.stream_writer(Understood(turn.context.turn_id, intent))
    return {"intent": intent}


def _after_understanding(state: TurnState) -> Literal["plan", "ask"]:
    intent = state["intent"]
    return "ask" if intent.kind == "unclear" or intent.confidence < SURE or intent.missing else "plan"


async def _ask(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn, intent = runtime.context, state["intent"]
    if intent.missing == "selection":
        text, advice = "Like which one? Nothing is selected.", "Select a work by clicking it, then say it again."
        return {"ended": TurnEnded(turn.context.turn_id, "refused", intent, text=text, advice=advice)}
    if intent.missing == "number":
        text, advice = "How many works? It takes a whole number, 1 or more.", "For example “24 works”."
        return {"ended": TurnEnded(turn.context.turn_id, "refused", intent, text=text, advice=advice)}
    text, choices = question_about(intent, turn.request, turn.context, turn.library_words)
    return {"ended": TurnEnded(turn.context.turn_id, "asked", intent, text=text, choices=choices)}


async def _plan(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn, intent = runtime.context, state["intent"]
    steps = workflow_of(intent, turn.context)
    turn.steps.update({step.id: step.shown() for step in steps})
    runtime.stream_writer(Planned(turn.context.turn_id, tuple(turn.steps.values())))
    lead = _lead(intent)
    if lead:
        runtime.stream_writer(Said(turn.context.turn_id, lead))
    return {"workflow": steps, "at": 0, "desk": turn.lay(intent)}


def _lead(intent: Intent) -> str:
    if intent.kind != "create":
        return ""
    what = query_in_words(intent.query)
    return f"Looking for {what}." if what else "Looking through the library."


def _after_work(state: TurnState) -> str:
    if "ended" in state:
        return END
    return "work" if state["at"] < len(state["workflow"]) else "check"


async def _work(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    """One step of the workflow."""
    turn, desk, step = runtime.context, state["desk"], state["workflow"][state["at"]]
    try:
        outcome = await _run(step, turn, desk, runtime.stream_writer)
    except TurnStops as stop:
        kind = "refused" if stop.refused or not stop.choices else "asked"
        return {"ended": TurnEnded(turn.context.turn_id, "refused" if kind == "refused" else "asked", desk.intent,
                                   text=stop.text, choices=stop.choices, advice=stop.advice)}  # fmt: skip
    desk.results[step.id] = outcome.values
    return {"at": state["at"] + 1}


async def _run(step: Step, turn: Turn, desk: Desk, write: Callable[[TurnEvent], None]) -> Outcome:
    context, started = turn.context, time.perf_counter()

    def tell(**changes: Any) -> None:
        turn.steps[step.id] = replace(turn.steps[step.id], **changes)
        write(StepChanged(context.turn_id, turn.steps[step.id]))

    tell(state="running")
    call = Call(step.id, context, context.correlation_id, f"{context.turn_id}:{step.id}")
    try:
        outcome = await TOOLS[step.tool](step.resolved(desk.results), call, desk)
    except TurnStops as stop:
        tell(state="done", seconds=time.perf_counter() - started, result=stop.text)
        raise
    except BaseException as error:
        tell(state="failed", seconds=time.perf_counter() - started, result=_why(error))
        raise
    tell(state="done", seconds=time.perf_counter() - started, result=outcome.text)
    return outcome


def _why(error: BaseException) -> str:
    return "stopped" if isinstance(error, asyncio.CancelledError) else str(error)[:200]


async def _check(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    desk = state["desk"]
    if desk.scene is not desk.context.scene:
        found = await asyncio.to_thread(checked, desk.context.scene, desk.scene, by_hand=desk.intent.kind == "edit")
        desk.scene = found.scene
        desk.unplaced += found.taken_off
        desk.unmet += found.named
    if desk.intent.ignored:
        desk.notes.append(f"I did not understand {listed(quoted(words) for words in desk.intent.ignored)}")
    return {}


async def _propose(state: TurnState, runtime: Runtime[Turn]) -> TurnState:
    turn, desk = runtime.context, state["desk"]
    common: dict[str, Any] = {"turn_id": turn.context.turn_id, "intent": desk.intent}
    proposal = await asyncio.to_thread(proposal_of, desk)
    if proposal is not None:
        ended = TurnEnded(outcome="proposed", text=receipt_in_words(proposal), proposal=proposal, **common)
    elif desk.camera is not None or desk.action:
        ended = TurnEnded(outcome="acted", text=" ".join(desk.said), camera=desk.camera, action=desk.action,
                          ids=desk.ids, **common)  # fmt: skip
    else:
        text = " ".join(desk.said) or "Nothing changes: it is like that already."
        ended = TurnEnded(outcome="answered", text=text, choices=desk.choices, **common)
    return {"ended": ended}
