"""Runs turns on the platform: posts them, follows them over a line that comes back, and cancels them there."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import Any, TypeGuard

import structlog

from agent.asking import MAX_REQUEST_CHARACTERS
from agent.events import StepChanged, TurnEnded, TurnEvent, Understood
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.ports.runs import RunKeeper
from agent.running.steps import steps_to_plain
from agent.running.terms import Terms
from app.platform.http import Conflict, PlatformHttp, PlatformUnreachable, Refused
from app.platform.socket import LineLost, opened
from app.runs.events import event_of
from app.runs.hosted_terms import HostedTerms
from scene.document import change_to_plain

log = structlog.get_logger()

_SAVED_WITHIN_S = 20.0
_CANCELLED_WITHIN_S = 3.0
_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 2.0
_MOST_SELECTED, _MOST_DEEDS, _MOST_RECENT = 10_000, 200, 20

SavedVersion = Callable[[str], Awaitable[int]]
"""Waits until the platform has a scene as it is here; gives the version. Raises PortError."""


class NotSaved(PortError):
    """The platform has not taken the scene yet, so nothing can be run over it there."""


class HostedTurns:
    """Fills the place of the agent for requests that shall run on the platform; lives on the background loop."""

    def __init__(self, http: PlatformHttp, saved_version: SavedVersion, keeper: RunKeeper) -> None:
        self._http = http
        self._keeper = keeper
        self._saved_version = saved_version
        self._left: set[str] = set()

    def leave(self, turn_id: str) -> None:
        """The program ends while this run goes on: it is followed no longer, and goes on there."""
        self._left.add(turn_id)

    async def run(self, request: str, context: TurnContext, *, terms: Terms) -> AsyncIterator[TurnEvent]:
        """Report a turn's events; the last one is TurnEnded. Raises PortError when it could not be posted."""
        posted = False
        try:
            posted = await self._post(request, context, terms)
            async with aclosing(self._events(context.turn_id)) as events:
                async for kind, what in events:
                    event = event_of(context.turn_id, request, kind, what, context.scene)
                    if event is not None:
                        await self._keep(event)
                        yield replace(event, correlation_id=context.correlation_id) if _is_end(event) else event
                    if _is_end(event):
                        return
        except asyncio.CancelledError:
            if context.turn_id not in self._left:
                await self._cancel(context.turn_id)
            raise
        except PortError:
            if posted:
                await self._cancel(context.turn_id)
            raise

    async def _post(self, request: str, context: TurnContext, terms: Terms) -> bool:
        """Start the run, or find it when it was started before under this name."""
        if terms.resumed and await self._is_there(context.turn_id):
            return True
        scene_id = context.scene_ref.partition(":")[0]
        try:
            async with asyncio.timeout(_SAVED_WITHIN_S):
                version = await self._saved_version(scene_id)
        except TimeoutError as error:
            raise NotSaved(
                "The platform has not taken the scene yet, so nothing can be run over it there.",
                "The scene is kept on this computer.",
                "Try again in a moment, or let the request run on this computer.",
            ) from error
        body = _body(request, context, terms, scene_id, version)
        with suppress(Conflict):  # an answer was lost, and the run is there
            await self._http.write("POST", "/v1/runs", body, f"run-{context.turn_id}")
        return True

    async def _is_there(self, run_id: str) -> bool:
        try:
            await self._http.get(f"/v1/runs/{run_id}")
        except Refused:
            return False
        return True

    async def _events(self, run_id: str) -> AsyncGenerator[tuple[str, dict[str, Any]], None]:
        """All events in order, each once, over as many lines as it takes."""
        position, pause_s = 0, _PAUSE_S
        while True:
            try:
                async with opened(self._http.access, f"{self._http.session_id[:24]}-{run_id[:32]}") as line:
                    await line.say({"type": "follow_run", "run_id": run_id, "after": position})
                    async for told in line.hear():
                        pause_s = _PAUSE_S
                        if told.get("type") == "refused":
                            raise Refused(str(told.get("detail", "")), str(told.get("kept", "")))
                        if told.get("type") == "run" and int(told["position"]) > position:
                            position = int(told["position"])
                            yield str(told["kind"]), told["what"]
            except (LineLost, PlatformUnreachable) as error:
                log.info("a hosted run is followed anew", run_id=run_id, why=str(error.__cause__))
            await asyncio.sleep(pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)

    async def _keep(self, event: TurnEvent) -> None:
        """What the inspector of runs shows, as of a run on this computer."""
        if isinstance(event, Understood):
            await self._keeper.planned(event.turn_id, _plain(event.intent), "", None)
        elif isinstance(event, StepChanged) and event.step.state in ("done", "failed"):
            await self._keeper.stepped(event.turn_id, event.step, None)
        elif isinstance(event, TurnEnded) and event.intent is not None:
            await self._keeper.planned(event.turn_id, _plain(event.intent), json.dumps(event.workflow), None)

    async def _cancel(self, run_id: str) -> None:
        """Let the run end there too; one that cannot be reached goes on, and its proposal is nobody's."""
        try:
            async with asyncio.timeout(_CANCELLED_WITHIN_S):
                await self._http.write("DELETE", f"/v1/runs/{run_id}", None, f"cancel-{run_id}")
        except (PortError, TimeoutError) as error:
            log.warning("a hosted run could not be cancelled", run_id=run_id, why=str(error))


def _is_end(event: TurnEvent | None) -> TypeGuard[TurnEnded]:
    return isinstance(event, TurnEnded)


def _plain(intent: Intent) -> str:
    return intent.model_dump_json(exclude_defaults=True)


def _body(request: str, context: TurnContext, terms: Terms, scene_id: str, version: int) -> dict[str, Any]:
    staged = terms.staged if isinstance(terms, HostedTerms) else None
    around: dict[str, Any] = {
        "staged": None if staged is None else change_to_plain(staged),
        "intent": None if terms.intent is None else terms.intent.model_dump(mode="json", exclude_defaults=True),
        "workflow": None if terms.workflow is None else steps_to_plain(terms.workflow),
        "can_undo_turn": context.can_undo_turn,
        "preferences": [one.model_dump(mode="json") for one in context.preferences],
        "house_rules": None if context.house_rules is None else context.house_rules.model_dump(mode="json"),
        "folders": list(context.folders),
        "last_intents": [one.model_dump(mode="json", exclude_defaults=True) for one in context.last_intents],
        "earlier": [{**one.__dict__} for one in context.earlier],
        "deeds": [{**deed.__dict__, "works": sorted(deed.works)} for deed in context.deeds[-_MOST_DEEDS:]],
    }
    query = context.last_query
    return {
        "id": context.turn_id,
        "project_id": context.project_id,
        "request": request,
        "scene_id": scene_id,
        "scene_version": version,
        "priority": "background" if terms.background else "interactive",
        "session_id": context.session_id,
        "selection": sorted(context.selection)[:_MOST_SELECTED],
        "viewpoint_m": context.viewpoint_m,
        "today": context.today.isoformat(),
        "recent_requests": [words[:MAX_REQUEST_CHARACTERS] for words in context.recent_requests[-_MOST_RECENT:]],
        "last_query": None if query is None else query.model_dump(mode="json"),
        "pending_question": context.pending_question[:MAX_REQUEST_CHARACTERS],
        "pending_request": context.pending_request[:MAX_REQUEST_CHARACTERS],
        "around": around,
    }
