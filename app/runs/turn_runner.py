"""Runs turns of the agent on the background loop and posts what they report: one at a time, and some beside it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

import structlog

from agent.events import Choice, TurnEnded, TurnEvent
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.running.terms import AGAIN, Terms
from app.background import BackgroundLoop
from app.mailbox import Mailbox
from app.runs.hosted_terms import HostedTerms
from app.runs.hosted_turns import HostedTurns
from app.runs.store import RunStore

log = structlog.get_logger()

_WAIT_FOR_PLATFORM_S = 30.0
_POLITE_S = 0.0005


class RunsTurns(Protocol):
    """What the runner needs of the agent."""

    def run(self, request: str, context: TurnContext, *, terms: Terms | None = None) -> AsyncIterator[TurnEvent]:
        """Report a turn's events; the last one is TurnEnded."""
        ...

    def warm_up(self) -> None:
        """Import and compile what takes a second, off the UI thread."""
        ...

    async def prepare(self) -> None:
        """Open what turns need, on the loop that they run on."""
        ...

    async def close(self) -> None:
        """Close what `prepare` opened."""
        ...


class TurnRunner:
    """Started and cancelled from the UI thread; a new turn ends the one under way."""

    def __init__(
        self,
        loop: BackgroundLoop,
        mailbox: Mailbox,
        ready: asyncio.Event,
        make_agent: Callable[[], RunsTurns],
        runs: RunStore,
        hosted: HostedTurns,
    ) -> None:
        self._runs = runs
        self._hosted = hosted
        self._going: set[asyncio.Task[None]] = set()
        self._loop = loop
        self._mailbox = mailbox
        self._ready = ready
        self._make_agent = make_agent
        self._agent: RunsTurns | None = None
        self._agent_lock = asyncio.Lock()
        self._stale = False
        self._current: Future[None] | None = None
        self._current_id = ""
        self._beside: dict[str, Future[None]] = {}

    def start(self, request: str, context: TurnContext, terms: Terms) -> None:
        """Begin a turn; its events come through the mailbox. One in the background lets the one under way go on."""
        if terms.background:
            self._beside = {name: run for name, run in self._beside.items() if not run.done()}
            self._beside[context.turn_id] = self._loop.submit(self._run(request, context, terms))
            return
        self.cancel()
        self._current_id = context.turn_id
        self._current = self._loop.submit(self._run(request, context, terms))

    def cancel(self) -> None:
        """End the turn under way, if there is one; it reports TurnEnded as cancelled."""
        if self._current is not None and not self._current.done():
            self._current.cancel()
        self._current = None

    def cancel_background(self, turn_id: str) -> bool:
        """End a turn that goes on in the background; whether there was one."""
        return self._beside.pop(turn_id).cancel() if turn_id in self._beside else False

    def cancel_all(self) -> None:
        """The program ends, and with it whatever goes on here; what goes on on the platform goes on there."""
        for turn_id in (*([self._current_id] if self._current is not None else []), *self._beside):
            self._hosted.leave(turn_id)
        self.cancel()
        for turn_id in tuple(self._beside):
            self.cancel_background(turn_id)

    def renew(self) -> None:
        """The agent was made with settings that no longer hold: the next turn has a new one."""
        self._stale = True

    async def warm_up(self) -> None:
        """Import the agent, which takes a second or more, before the first request needs it."""
        await self._ready_agent()

    async def stopped(self, within_s: float) -> None:
        """Wait until turns that were cancelled have ended, also on the platform."""
        if self._going:
            await asyncio.wait(self._going, timeout=within_s)

    async def close(self) -> None:
        """Close what the agent holds open; no turn runs any more."""
        if self._agent is not None:
            await self._agent.close()

    async def _run(self, request: str, context: TurnContext, terms: Terms) -> None:
        started = time.monotonic()
        ended, elsewhere = False, isinstance(terms, HostedTerms)
        task = asyncio.current_task()
        if task is not None:
            self._going.add(task)
            task.add_done_callback(self._going.discard)
        structlog.contextvars.bind_contextvars(correlation_id=context.correlation_id)
        try:
            runs = self._hosted if elsewhere else await self._ready_agent()
            async with asyncio.timeout(_WAIT_FOR_PLATFORM_S):
                await self._ready.wait()
            await asyncio.to_thread(
                self._runs.begin,
                request,
                context,
                background=terms.background,
                resumed=terms.resumed,
                on_platform=elsewhere,
            )
            async for event in runs.run(request, context, terms=terms):
                ended = ended or isinstance(event, TurnEnded)
                self._mailbox.post(event)
        except asyncio.CancelledError:
            if not ended:
                self._mailbox.post(self._stopped(context, "cancelled", "Stopped. Nothing was changed.", started))
            raise
        except TimeoutError:
            what = "The library service has not started."
            self._mailbox.post(self._stopped(context, "failed", what, started))
        except PortError as error:
            ended_by = self._stopped(context, "failed", error.what, started)
            self._mailbox.post(replace(ended_by, advice=error.advice or ended_by.advice))
        except Exception:
            log.exception("a turn failed", turn_id=context.turn_id, correlation_id=context.correlation_id)
            what = "Something went wrong inside Vernissage while working on this."
            self._mailbox.post(self._stopped(context, "failed", what, started))

    async def _ready_agent(self) -> RunsTurns:
        async with self._agent_lock:
            others = self._going - {asyncio.current_task()}
            if self._stale and not others:
                if self._agent is not None:
                    await self._agent.close()
                self._agent, self._stale = None, False
            if self._agent is None:
                agent = await asyncio.to_thread(self._warm_agent)
                await agent.prepare()
                self._agent = agent
            return self._agent

    def _warm_agent(self) -> RunsTurns:
        """Seconds of computing: whoever wants the interpreter meanwhile, such as a save, gets it ten times sooner."""
        before_s = sys.getswitchinterval()
        sys.setswitchinterval(_POLITE_S)
        try:
            agent = self._make_agent()
            agent.warm_up()
        finally:
            sys.setswitchinterval(before_s)
        return agent

    def _stopped(self, context: TurnContext, outcome: str, text: str, started: float) -> TurnEnded:
        failed = outcome == "failed"
        return TurnEnded(
            turn_id=context.turn_id,
            outcome="failed" if failed else "cancelled",
            text=text,
            kept="The scene is as it was before." if failed else "",
            advice="Try again; if it goes on, `vernissage doctor` shows what is missing." if failed else "",
            seconds=time.monotonic() - started,
            correlation_id=context.correlation_id,
            choices=(Choice("Try again", AGAIN),) if failed else (),
        )
