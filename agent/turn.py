"""The agent: one request in, a stream of events out, the last of which is always `TurnEnded`."""

import asyncio
import hashlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from agent.asking import MAX_REQUEST_CHARACTERS
from agent.checking.all_checks import Examiner
from agent.desk import Desk
from agent.events import Choice, Resumed, StepState, TurnEnded, TurnEvent
from agent.intent import Intent
from agent.learning.applying import preferring
from agent.models.phrasing import Phraser
from agent.planner import OfflinePlanner, Planner
from agent.ports.context import AND_THEN, TurnContext
from agent.ports.errors import PortError
from agent.ports.library import Facets, Library
from agent.ports.money import MICRO_USD, Accounts
from agent.ports.projects import Projects
from agent.ports.runs import RunKeeper
from agent.running.cache import ResultCache
from agent.running.lanes import Lanes
from agent.running.patience import patiently
from agent.running.steps import steps_to_plain
from agent.running.terms import AGAIN, ANOTHER_WAY, EarlierRun, Terms
from agent.running.trouble import CheckpointsFail
from agent.running.turn import Shared, Turn
from agent.running.validation import BadWorkflow
from agent.tools.tool import BadArguments
from agent.vocabulary import NamedTheme, Vocabulary, vocabulary

if TYPE_CHECKING:
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from agent.graph import Graph, TurnState
    from agent.running.checkpoints_postgres import TenantSaver

log = logging.getLogger(__name__)

_KEPT = "The scene is as it was before."
_FACETS_KEPT_S = 2.0
_FACETS_WITHIN_S = 5.0
_MOST_SUPERSTEPS = 200
_STEPS_AT_ONCE = 4
_UNREADABLE = (sqlite3.Error, CheckpointsFail)


class Agent:
    """Plans and runs turns. What it holds of them can be had again; what must survive a crash lies with the keeper.

    `checkpoints` is a file, or the address of a PostgreSQL database as one tenant sees it.
    """

    def __init__(
        self,
        library: Library,
        projects: Projects,
        themes: Mapping[str, NamedTheme],
        *,
        planner: Planner | None = None,
        language: str = "en",
        keeper: RunKeeper | None = None,
        accounts: Accounts | None = None,
        checkpoints: Path | str | None = None,
        examiner: Examiner | None = None,
        phraser: Phraser | None = None,
    ) -> None:
        self._library = library
        self._projects = projects
        self._themes = themes
        self._planner = planner or OfflinePlanner()
        self._words = vocabulary(language).with_themes(themes.values())
        self._facets = Facets()
        self._facets_at_s = -_FACETS_KEPT_S
        self._shared = Shared(ResultCache(), Lanes(_STEPS_AT_ONCE), keeper, accounts, examiner or Examiner(), phraser)
        self._checkpoints = checkpoints
        self._saver: AsyncSqliteSaver | TenantSaver | None = None
        self._graph: Graph | None = None
        self._preparing = asyncio.Lock()

    def warm_up(self) -> None:
        """Import LangGraph and compile graph and grammar, which takes a second; call it off the UI thread."""
        from agent.graph import turn_graph
        from agent.offline.grammar import grammar_of

        if self._graph is None and self._checkpoints is None:
            self._graph = turn_graph()
        elif self._checkpoints is not None:
            import agent.running.checkpoints  # noqa: F401
        grammar_of(self._words)

    async def prepare(self) -> None:
        """Warm up, and open the file of checkpoints on the loop that turns will run on."""
        async with self._preparing:
            if self._graph is not None:
                return
            await asyncio.to_thread(self.warm_up)
            if self._checkpoints is not None:
                from agent.graph import turn_graph

                self._saver = await _opened(self._checkpoints)
                self._graph = turn_graph(self._saver)

    async def close(self) -> None:
        """Close the file of checkpoints."""
        if self._saver is not None:
            await self._saver.conn.close()
            self._saver = self._graph = None

    async def run(
        self, request: str, context: TurnContext, *, intent: Intent | None = None, terms: Terms | None = None
    ) -> AsyncIterator[TurnEvent]:
        """Run one turn. With `intent`, the request has been understood already (chips were corrected).

        Cancelling the task that reads the events ends the turn at once; `TurnEnded` still comes before the
        cancellation goes on.
        """
        terms = terms or Terms()
        terms = replace(terms, intent=intent) if intent is not None else terms
        started = time.perf_counter()
        turn: Turn | None = None
        try:
            if len(request) > MAX_REQUEST_CHARACTERS:
                ended = _too_long(request, context, terms.intent)
                yield _finished(ended, turn, request, context, started)
                return
            await self.prepare()
            turn = await self._turn(request, context, terms)
            async with self._shared.lanes.run(background=terms.background):
                async for event in self._events(turn, terms):
                    yield event
            yield _finished(turn.ended, turn, request, context, started)
        except asyncio.CancelledError:
            given = terms.intent if turn is None else turn.intent
            ended = TurnEnded(context.turn_id, "cancelled", given, text="Stopped. Nothing was changed.", kept=_KEPT)
            yield _finished(ended, turn, request, context, started)
            raise
        except Exception as error:
            given = terms.intent if turn is None else turn.intent
            yield _finished(_failed(error, context, given), turn, request, context, started)
        finally:
            await self._forget(context.turn_id)

    async def _events(self, turn: Turn, terms: Terms) -> AsyncIterator[TurnEvent]:
        """What the graph reports; afterwards `turn.ended` is set."""
        assert self._graph is not None
        if turn.ended is not None:
            return
        config: Any = {
            "recursion_limit": _MOST_SUPERSTEPS,
            "max_concurrency": _STEPS_AT_ONCE,
            "configurable": {"thread_id": turn.context.turn_id or "turn"},
        }
        start: Any = {}
        if terms.resumed:
            start = await self._where_it_stood(turn, config)
            yield Resumed(turn.context.turn_id, turn.request, tuple(turn.results))
        sync: Any = {"durability": "sync"} if self._saver is not None else {}
        async for _, chunk in self._graph.astream(start, config, context=turn, stream_mode=["custom"], **sync):
            yield chunk
        if turn.ended is None:
            raise RuntimeError("the turn came to no end")

    async def _where_it_stood(self, turn: Turn, config: Any) -> Any:
        """Recall an interrupted run; None to go on at its checkpoint, else the input to begin again with.

        An empty `next` never means that the run is finished: it begins again, and every step that is kept is taken
        over instead of being done a second time.
        """
        from agent.graph import recalled

        assert self._graph is not None
        if self._shared.keeper is not None:
            kept = await self._shared.keeper.kept_steps(turn.context.turn_id)
            turn.kept = {step.step_id: step for step in kept}
        if self._saver is None:
            return {}
        try:
            snapshot = await self._graph.aget_state(config)
            recalled(cast("TurnState", snapshot.values), turn)
        except (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, *_UNREADABLE):
            log.warning("a checkpoint could not be read; the run begins again", exc_info=True)
            await self._forget(turn.context.turn_id)
            return {}
        return None if snapshot.next else {}

    async def _forget(self, turn_id: str) -> None:
        """A run that came to an end needs no checkpoint any more; should its end get lost, its kept steps suffice."""
        if self._saver is None:
            return
        try:
            await self._saver.adelete_thread(turn_id or "turn")
        except _UNREADABLE:
            log.warning("a checkpoint could not be dropped", exc_info=True)

    async def _turn(self, request: str, context: TurnContext, terms: Terms) -> Turn:
        facets = await self._known_facets()
        words = self._words.with_library(facets) if terms.intent is None else self._words

        def lay(meant: Intent) -> Desk:
            return Desk(request, context, meant, words, self._themes, self._library, self._projects, context.scene)

        turn = Turn(
            request, context, words, self._planner, lay, self._shared,
            adjust=lambda meant: preferring(meant, context.preferences, context.scene),
            given=terms.intent, given_workflow=terms.workflow, only_plan=terms.only_plan, background=terms.background,
            library_version=_version(facets),
        )  # fmt: skip
        if terms.instead_of is not None and terms.intent is None:
            await self._steer(turn, terms.instead_of, words)
        if terms.another_way_of is not None:
            _another_way(turn, terms.another_way_of)
        return turn

    async def _steer(self, turn: Turn, before: EarlierRun, words: Vocabulary) -> None:
        """The request corrects one that was going on: what that one meant is the base."""
        from agent.offline.onshow.reading import READ_IN_FULL
        from agent.offline.understand import understand
        from agent.running.steering import correction_in, steered

        if before.intent is not None and turn.context.last_intents[-1:] == (before.intent,):
            whole = understand(turn.request, words, turn.context)
            if whole.confidence == READ_IN_FULL and whole.kind != "unclear":
                return  # "sorry, I meant three": a change of what hangs, every word of which is read
        base = before.intent or await self._planner.plan(before.request, turn.context, words)
        turn.request = correction_in(turn.request) or turn.request
        turn.adjust = lambda meant: steered(base, meant)
        turn.lead = "Changed while it ran; what was done and still applies is taken over."

    async def _known_facets(self) -> Facets:
        """What the library holds, at most two seconds old; without the library, nothing is known of it."""
        if time.monotonic() - self._facets_at_s > _FACETS_KEPT_S:
            try:
                async with asyncio.timeout(_FACETS_WITHIN_S):
                    self._facets = await patiently(self._library.facets, lambda attempt, why: None, attempts=2)
                self._facets_at_s = time.monotonic()
            except (PortError, TimeoutError, ConnectionError):
                log.info("facets could not be had; the planner goes on without them")
        return self._facets


def _another_way(turn: Turn, before: EarlierRun) -> None:
    from agent.running.another_way import other_plan

    other = None
    if before.intent is not None:
        other = other_plan(before.workflow, before.failed, before.intent, turn.context)
    if other is None:
        text = "I know no other way to do this."
        turn.ended = TurnEnded(
            turn.context.turn_id, "refused", before.intent, text=text, kept=_KEPT, advice="Say it in other words."
        )
        return
    turn.given, turn.given_workflow, turn.lead = before.intent, other.workflow, other.differs
    turn.notes.append(other.differs.rstrip("."))


async def _opened(path: Path | str) -> "AsyncSqliteSaver | TenantSaver | None":
    """The saver of the checkpoints; a damaged file is put aside, since runs can be had again without it."""
    if isinstance(path, str):
        from agent.running.checkpoints_postgres import open_tenant_checkpoints

        return await open_tenant_checkpoints(path)
    from agent.running.checkpoints import open_checkpoints

    try:
        return await open_checkpoints(path)
    except sqlite3.Error:
        log.warning("the checkpoints %s could not be read; they are put aside", path.name, exc_info=True)
    try:
        await asyncio.to_thread(path.replace, path.with_suffix(".damaged"))
        return await open_checkpoints(path)
    except (OSError, sqlite3.Error):
        log.warning("runs go on without checkpoints", exc_info=True)
        return None


def _version(facets: Facets) -> str:
    """Names the state of the library, as far as it shows in its counts; empty when nothing is known."""
    return hashlib.sha256(facets.model_dump_json().encode()).hexdigest() if facets.total else ""


def _finished(
    ended: TurnEnded | None, turn: Turn | None, request: str, context: TurnContext, started: float
) -> TurnEnded:
    """The end with all that is known of the run."""
    assert ended is not None
    if turn is not None and turn.failures and ended.choices:
        ended = replace(ended, choices=_ways_there_are(ended.choices, turn))
    if ended.outcome == "asked":
        ended = replace(ended, asked_about=_asked_about(ended.intent, request, context))
    steps: tuple[StepState, ...] = ()
    plain: tuple[dict[str, Any], ...] = ()
    cost_usd = 0.0
    if turn is not None:
        steps = tuple(replace(s, state="skipped") if s.state == "pending" else s for s in turn.steps.values())
        plain, cost_usd = tuple(steps_to_plain(turn.workflow)), turn.spent_micro_usd / MICRO_USD
    seconds = time.perf_counter() - started
    return replace(ended, steps=steps, workflow=plain, cost_usd=cost_usd, seconds=seconds,
                   correlation_id=context.correlation_id)  # fmt: skip


def _ways_there_are(choices: tuple[Choice, ...], turn: Turn) -> tuple[Choice, ...]:
    """Another way is offered only where one is known."""
    from agent.running.another_way import other_plan

    assert turn.intent is not None
    if other_plan(turn.workflow, turn.failures, turn.intent, turn.context) is not None:
        return choices
    return tuple(choice for choice in choices if choice.request != ANOTHER_WAY)


def _asked_about(intent: Intent | None, request: str, context: TurnContext) -> str:
    """The request that a question is about; what answers an earlier question stays with that one's request."""
    said = " ".join((request if intent is None else intent.reworded or request).split())
    return AND_THEN.join((context.pending_request, said)) if intent is not None and intent.continues else said


def _too_long(request: str, context: TurnContext, intent: Intent | None) -> TurnEnded:
    text = f"That is {len(request):,} characters long; up to {MAX_REQUEST_CHARACTERS:,} are read."
    return TurnEnded(context.turn_id, "refused", intent, text=text, kept=_KEPT, advice="Say it in fewer words.")


def _failed(error: Exception, context: TurnContext, intent: Intent | None) -> TurnEnded:
    if isinstance(error, PortError):
        return TurnEnded(context.turn_id, "failed", intent, text=error.what, kept=error.kept or _KEPT,
                         advice=error.advice or "Try again in a moment.")  # fmt: skip
    log.error("a turn failed [%s]: %s", context.correlation_id, error, exc_info=error)
    if isinstance(error, BadArguments | BadWorkflow):
        what = f"The plan did not hold together ({error})."[:400]
        return TurnEnded(context.turn_id, "failed", intent, text=what, kept=_KEPT, advice="Say it in other words.")
    what, again = "Something went wrong inside Vernissage while working on this.", (Choice("Try again", AGAIN),)
    advice = "Try again, or say it differently; the log has more under the reference."
    return TurnEnded(context.turn_id, "failed", intent, text=what, kept=_KEPT, advice=advice, choices=again)
