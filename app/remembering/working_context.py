"""What the creator is at in this session, and the writer that keeps the platform's working context in step with it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import structlog

from agent.intent import Intent
from agent.ports.errors import PortError
from app.platform.http import PlatformHttp, PlatformUnreachable

log = structlog.get_logger()

_EVERY_S, _REST_S, _LONGEST_S, _AWAY_S = 1.0, 1.0, 5.0, 5.0
_MOST_SELECTED, _MOST_ID, _MOST_INTENT = 100, 128, 1_000
MOST_INTENTS = 10


@dataclass(frozen=True)
class Working:
    """Project, scene, selection, viewpoint and what was understood last: a turn starts from it, the platform has it."""

    project_id: str = ""
    scene_id: str = ""
    selection: frozenset[str] = frozenset()
    viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)
    last_intents: tuple[Intent, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As the platform takes it: what is long is cut, and an intent that is long is left out."""
        intents = [one.model_dump(mode="json", exclude_defaults=True) for one in self.last_intents[-MOST_INTENTS:]]
        return {
            "project_id": self.project_id,
            "scene_id": self.scene_id,
            "selection": [one for one in sorted(self.selection) if len(one) <= _MOST_ID][:_MOST_SELECTED],
            "viewpoint_m": [round(length, 2) for length in self.viewpoint_m],
            "last_intents": [one for one in intents if len(json.dumps(one)) <= _MOST_INTENT],
        }


class WorkingContext:
    """Lives on the background loop: writes the latest, never more than once a second, and says nothing while away."""

    def __init__(self, http: PlatformHttp, ready: asyncio.Event) -> None:
        self._http = http
        self._ready = ready
        self._working: Working | None = None
        self._written: dict[str, Any] | None = None
        self._changed, self._soon = asyncio.Event(), asyncio.Event()
        self._unsent: tuple[dict[str, Any], str] | None = None
        """What no answer came for, and its key: a retry has no second effect."""

    def at(self, working: Working, soon: bool = False) -> None:
        """What the creator is at now; `soon` does not wait until they rest, as when a turn has ended."""
        if working != self._working:
            self._working = working
            self._changed.set()
        if soon:
            self._soon.set()

    async def run(self) -> None:
        """Write what changes, until cancelled."""
        while True:
            await self._changed.wait()
            await self._at_rest()
            await self._ready.wait()
            await asyncio.sleep(_EVERY_S if await self.write() else _AWAY_S)

    async def write(self) -> bool:
        """Write what was not written yet; whether that is settled, so that nothing is left to try again."""
        self._changed.clear()
        self._soon.clear()
        plain = None if self._working is None else self._working.plain()
        if plain is None or plain == self._written:
            return True
        if self._unsent is None or self._unsent[0] != plain:
            self._unsent = plain, uuid4().hex
        try:
            path = f"/v1/context/sessions/{self._http.session_id}/working"
            await self._http.write("PUT", path, *self._unsent)
        except PlatformUnreachable:
            self._changed.set()
            return False
        except PortError as error:
            log.info("the platform did not take the working context", why=error.what)
        self._written, self._unsent = plain, None
        return True

    async def _at_rest(self) -> None:
        """A walk is not told step by step: wait until nothing has changed for a moment, or a turn has ended."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_S):
                before = None
                while before != self._working and not self._soon.is_set():
                    before = self._working
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._soon.wait(), _REST_S)
