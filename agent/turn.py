"""The agent: one request in, a stream of events out, the last of which is always `TurnEnded`."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agent.asking import MAX_REQUEST_CHARACTERS
from agent.desk import Desk
from agent.events import StepState, TurnEnded, TurnEvent
from agent.intent import Intent
from agent.learning.applying import preferring
from agent.planner import OfflinePlanner, Planner
from agent.ports.context import AND_THEN, TurnContext
from agent.ports.errors import PortError
from agent.ports.library import Facets, Library
from agent.ports.projects import Projects
from agent.tools.tool import BadArguments
from agent.vocabulary import NamedTheme, vocabulary

if TYPE_CHECKING:
    from agent.graph import Graph, Turn

log = logging.getLogger(__name__)

_KEPT = "The scene is as it was before."
_FACETS_KEPT_S = 2.0
_MOST_STEPS = 60


class Agent:
    """Plans and runs turns. It keeps nothing of a turn; what it caches can be had again."""

    def __init__(
        self,
        library: Library,
        projects: Projects,
        themes: Mapping[str, NamedTheme],
        *,
        planner: Planner | None = None,
        language: str = "en",
    ) -> None:
        self._library = library
        self._projects = projects
        self._themes = themes
        self._planner = planner or OfflinePlanner()
        self._words = vocabulary(language).with_themes(themes.values())
        self._facets = Facets()
        self._facets_at_s = -_FACETS_KEPT_S
        self._graph: Graph | None = None

    def warm_up(self) -> None:
        """Import LangGraph and compile graph and grammar, which takes a second; call it off the UI thread."""
        from agent.graph import turn_graph
        from agent.offline.grammar import grammar_of

        self._graph = self._graph or turn_graph()
        grammar_of(self._words)

    async def run(
        self, request: str, context: TurnContext, *, intent: Intent | None = None
    ) -> AsyncIterator[TurnEvent]:
        """Run one turn. With `intent`, the request has been understood already (chips were corrected).

        Cancelling the task that reads the events ends the turn at once; `TurnEnded` still comes before the
        cancellation goes on.
        """
        started = time.perf_counter()
        steps: dict[str, StepState] = {}

        def end(ended: TurnEnded) -> TurnEnded:
            seconds = time.perf_counter() - started
            known = tuple(replace(s, state="skipped") if s.state == "pending" else s for s in steps.values())
            if ended.outcome == "asked":
                ended = replace(ended, asked_about=_asked_about(ended.intent, request, context))
            return replace(ended, steps=known, seconds=seconds, correlation_id=context.correlation_id)

        try:
            async for event in self._events(request, context, intent, steps):
                yield end(event) if isinstance(event, TurnEnded) else event
        except asyncio.CancelledError:
            yield end(TurnEnded(context.turn_id, "cancelled", intent, text="Stopped. Nothing was changed.", kept=_KEPT))
            raise
        except Exception as error:
            yield end(_failed(error, context, intent))

    async def _events(
        self, request: str, context: TurnContext, intent: Intent | None, steps: dict[str, StepState]
    ) -> AsyncIterator[TurnEvent]:
        if len(request) > MAX_REQUEST_CHARACTERS:
            text = f"That is {len(request):,} characters long; up to {MAX_REQUEST_CHARACTERS:,} are read."
            yield TurnEnded(context.turn_id, "refused", intent, text=text, kept=_KEPT, advice="Say it in fewer words.")
            return
        if self._graph is None:
            await asyncio.to_thread(self.warm_up)
        assert self._graph is not None
        turn = await self._turn(request, context, intent)
        turn.steps = steps
        ended: TurnEnded | None = None
        config: Any = {"recursion_limit": _MOST_STEPS}
        chunk: Any
        async for mode, chunk in self._graph.astream({}, config, context=turn, stream_mode=["custom", "values"]):
            if mode == "custom":
                yield chunk
            else:
                ended = chunk.get("ended", ended)
        if ended is None:
            raise RuntimeError("the turn came to no end")
        yield ended

    async def _turn(self, request: str, context: TurnContext, intent: Intent | None) -> "Turn":
        from agent.graph import Turn

        words = self._words
        if intent is None:
            words = words.with_library(await self._known_facets())

        def lay(meant: Intent) -> Desk:
            return Desk(request, context, meant, words, self._themes, self._library, self._projects, context.scene)

        async def plan() -> Intent:
            meant = await self._planner.plan(request, context, words)
            return preferring(meant, context.preferences, context.scene)

        return Turn(request, context, intent, plan, lay, words.library_words)

    async def _known_facets(self) -> Facets:
        """What the library holds, at most a minute old; without the library, nothing is known of it."""
        if time.monotonic() - self._facets_at_s > _FACETS_KEPT_S:
            try:
                self._facets = await self._library.facets()
                self._facets_at_s = time.monotonic()
            except PortError:
                log.info("facets could not be had; the planner goes on without them")
        return self._facets


def _asked_about(intent: Intent | None, request: str, context: TurnContext) -> str:
    """The request that a question is about; what answers an earlier question stays with that one's request."""
    said = " ".join(request.split())
    return AND_THEN.join((context.pending_request, said)) if intent is not None and intent.continues else said


def _failed(error: Exception, context: TurnContext, intent: Intent | None) -> TurnEnded:
    if isinstance(error, PortError):
        return TurnEnded(context.turn_id, "failed", intent, text=error.what, kept=error.kept or _KEPT,
                         advice=error.advice or "Try again in a moment.")  # fmt: skip
    log.error("a turn failed: %s", error, exc_info=error, extra={"correlation_id": context.correlation_id})
    if isinstance(error, BadArguments):
        what = f"The plan did not hold together ({error})."
        return TurnEnded(context.turn_id, "failed", intent, text=what, kept=_KEPT, advice="Say it in other words.")
    what = f"Something went wrong while working on this ({type(error).__name__})."
    return TurnEnded(
        context.turn_id, "failed", intent, text=what, kept=_KEPT, advice="Try again, or say it differently."
    )
