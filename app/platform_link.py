"""The line to the platform: brings it up, watches it, restarts it when it died, and says so."""

import asyncio
from collections.abc import Callable

import structlog

from agent.ports.errors import PortError
from app.mailbox import Mailbox
from app.messages import PlatformState, PlatformStateChanged
from app.platform_http import PlatformHttp, PlatformUnreachable
from app.platform_process import PlatformProcess, PlatformStartError

log = structlog.get_logger()

_WATCH_EVERY_S = 1.0
_FAILURES_BEFORE_RESTART = 2


class PlatformLink:
    """Lives on the background loop. `ready` is set once the platform has answered."""

    def __init__(self, process: PlatformProcess, http: PlatformHttp, mailbox: Mailbox) -> None:
        self._process = process
        self._http = http
        self._mailbox = mailbox
        self.ready = asyncio.Event()

    async def bring_up(self) -> bool:
        """Start or attach; whether it worked. A failure is told, and `watch` goes on trying."""
        try:
            access = await asyncio.to_thread(self._process.ensure)
        except PlatformStartError as error:
            self._tell("failed", str(error))
            return False
        await self._http.connect(access)
        self.ready.set()
        self._tell("ready", "The library is ready")
        return True

    async def watch(self, on_return: Callable[[], None]) -> None:
        """Look after the platform until cancelled; `on_return` is called when it is back after a failure."""
        failures = 0
        while True:
            await asyncio.sleep(_WATCH_EVERY_S)
            failures = 0 if await self._answers() else failures + 1
            if failures < _FAILURES_BEFORE_RESTART:
                continue
            log.warning("platform does not answer; restarting it")
            self._tell("restarting", "The library service stopped; it is being restarted. Nothing approved is lost.")
            if await self.bring_up():
                failures = 0
                on_return()

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
