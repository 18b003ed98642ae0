"""The line to the platform: brings it up, watches it, restarts it when it died, and says so."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from agent.ports.errors import PortError
from app.mailbox import Mailbox
from app.messages import PlatformState, PlatformStateChanged
from app.platform_http import Access, PlatformHttp, PlatformUnreachable
from app.platform_process import PlatformStartError

log = structlog.get_logger()

_WATCH_EVERY_S = 1.0
_FAILURES_BEFORE_RESTART = 2


class Reached(Protocol):
    """A platform that can be reached: an embedded one that is started, or a team's that is attached to."""

    @property
    def name(self) -> str:
        """A team's platform by its host; empty for the embedded one."""
        ...

    @property
    def is_due(self) -> bool:
        """Whether `ensure` has to be called again soon although all is well."""
        ...

    def ensure(self) -> Access:
        """How it is reached; may block for seconds; raises PlatformStartError in words."""
        ...

    def release(self) -> None:
        """Let go of it."""
        ...


class PlatformLink:
    """Lives on the background loop. `ready` is set once the platform has answered."""

    def __init__(self, process: Reached, http: PlatformHttp, mailbox: Mailbox) -> None:
        self._process = process
        self._http = http
        self._mailbox = mailbox
        self.ready = asyncio.Event()

    @property
    def session_id(self) -> str:
        """Names this program's session to the platform."""
        return self._http.session_id

    async def bring_up(self) -> bool:
        """Start or attach; whether it worked. A failure is told, and `watch` goes on trying."""
        try:
            access = await asyncio.to_thread(self._process.ensure)
        except PlatformStartError as error:
            self._tell("failed", str(error))
            return False
        await self._http.connect(access)
        self.ready.set()
        name = self._process.name
        self._tell("ready", f"Connected to {name}" if name else "The library is ready")
        return True

    async def _renew(self) -> None:
        """Get another token before this one ends; should that fail, it is tried again in a second."""
        try:
            await self._http.connect(await asyncio.to_thread(self._process.ensure))
        except PlatformStartError as error:
            log.warning("the token could not be renewed", why=str(error))

    async def watch(self, on_return: Callable[[], None]) -> None:
        """Look after the platform until cancelled; `on_return` is called when it is back after a failure."""
        failures = 0
        while True:
            await asyncio.sleep(_WATCH_EVERY_S)
            if self._process.is_due:
                await self._renew()
            failures = 0 if await self._answers() else failures + 1
            if failures < _FAILURES_BEFORE_RESTART:
                continue
            log.warning("platform does not answer; restarting it")
            self._tell("restarting", self._away)
            if await self._answers_again():
                failures = 0
                on_return()

    @property
    def _away(self) -> str:
        name = self._process.name
        if name:
            return f"{name} does not answer. You can go on: what you do waits on this computer."
        return "The library service stopped; it is being restarted. Nothing approved is lost."

    async def _answers_again(self) -> bool:
        """Whether it is back: an embedded one is restarted, a team's has to answer first."""
        if self._process.name and not await self._answers():
            return False
        return await self.bring_up()

    async def close(self) -> None:
        """Close the connections and let go of the platform."""
        self.ready.clear()
        await self._http.close()
        await asyncio.to_thread(self._process.release)

    async def _answers(self) -> bool:
        try:
            await self._http.once("/v1/health")
        except PlatformUnreachable:
            return False
        except PortError:
            return True
        return True

    def _tell(self, state: PlatformState, text: str) -> None:
        self._mailbox.post(PlatformStateChanged(state, text))
