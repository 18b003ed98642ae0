"""The line to the platform: brings it up, watches it, restarts it when it died, and says so."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Literal, Protocol
from uuid import uuid4

import structlog

from agent.ports.errors import PortError
from app.mailbox import Mailbox
from app.messages import Noticed, PlatformState, PlatformStateChanged, SignedInAs
from app.models.keys import KeyStoreError
from app.platform.http import Access, PlatformHttp, PlatformUnreachable, Refused, TokenRefused
from app.platform.process import PlatformStartError
from app.platform.team import NotSignedIn, TeamPlatform

log = structlog.get_logger()

_WATCH_EVERY_S = 1.0
_FAILURES_BEFORE_RESTART = 2
_SILENT_BEFORE_END = 6
"""So many looks, about four seconds each, at an embedded platform that lives and says nothing; then it is ended."""
_WHO_EVERY = 15
"""Looks between two questions whether a team still takes us for the same, in the same role."""


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

    def end(self) -> None:
        """It lives and does not answer: end it, so that `ensure` starts another; a team's is not ours to end."""
        ...


class PlatformLink:
    """Lives on the background loop. `ready` is set once the platform has answered."""

    def __init__(
        self, process: Reached, http: PlatformHttp, mailbox: Mailbox, team: TeamPlatform | None = None
    ) -> None:
        self._process = process
        self._team = team
        self._http = http
        self._mailbox = mailbox
        self.ready = asyncio.Event()
        self.on_known: Callable[[SignedInAs], None] = lambda who: None
        """Told whom a team's platform takes us for, again after each renewal: the role may be another one."""
        self._told: PlatformStateChanged | None = None
        self._silent = 0
        self._known: SignedInAs | None = None

    @property
    def team(self) -> str:
        """A team's platform by its host; empty for the embedded one."""
        return self._process.name

    @property
    def session_id(self) -> str:
        """Names this program's session to the platform."""
        return self._http.session_id

    @property
    def is_team(self) -> bool:
        """Whether the platform is a team's."""
        return bool(self._process.name)

    async def bring_up(self) -> bool:
        """Start or attach; whether it worked. A failure is told, and `watch` goes on trying."""
        try:
            access = await asyncio.to_thread(self._process.ensure)
        except NotSignedIn as error:
            self._signed_out(error)
            return False
        except PlatformStartError as error:
            self._tell("failed", str(error))
            return False
        await self._http.connect(access)
        name = self._process.name
        if name and (found := await self._who_we_are()) != "known":
            if found == "refused":
                self._signed_out(NotSignedIn(self._ended))
            else:
                self._tell("restarting", self._away)
            return False
        if not name and not await self._answers():
            await self._hung()
            return False
        self._silent = 0
        self.ready.set()
        self._tell("ready", f"Connected to {name}" if name else "The library is ready")
        return True

    async def _hung(self) -> None:
        """An embedded platform lives and does not answer: it is waited for, and in the end replaced."""
        self._tell("restarting", self._away)
        self._silent += 1
        if self._silent >= _SILENT_BEFORE_END:
            self._silent = 0
            log.warning("platform hangs; it is ended")
            await asyncio.to_thread(self._process.end)

    @property
    def _ended(self) -> str:
        return f"{self._process.name} does not take your sign-in any more. What you do is kept on this computer."

    async def _who_we_are(self) -> Literal["known", "refused", "away"]:
        """Ask a team's platform whom it takes us for, and tell it where that is new."""
        try:
            found = (await self._http.once("/v1/identity/me")).json()
            who = SignedInAs(
                found["user"], found.get("name") or found["user"], found["tenant"], found["role"], self._process.name
            )
        except (Refused, TokenRefused):
            return "refused"
        except PortError:
            return "away"
        if who != self._known:
            self._known = who
            self.on_known(who)
            self._mailbox.post(who)
        return "known"

    def _signed_out(self, error: NotSignedIn) -> None:
        self.ready.clear()
        self._tell("signed_out", str(error))

    async def _renew(self) -> None:
        """Get another token before this one ends; should that fail, it is tried again in a second."""
        try:
            await self._http.connect(await asyncio.to_thread(self._process.ensure))
            if self._process.name and await self._who_we_are() == "refused":
                self._signed_out(NotSignedIn(self._ended))
        except NotSignedIn as error:
            self._signed_out(error)
        except PlatformStartError as error:
            log.warning("the token could not be renewed", why=str(error))

    async def sign_in(self, code: str) -> None:
        """Use a code that an administrator gave; Noticed tells how that went."""
        if self._team is None:
            return
        try:
            await asyncio.to_thread(self._team.sign_in, code.strip())
        except (PlatformStartError, KeyStoreError) as error:
            self._mailbox.post(Noticed("error", str(error)))
            return
        self._mailbox.post(Noticed("info", f"You are signed in to {self._team.name}."))

    async def sign_out(self) -> None:
        """End this sign-in here, and there too when the platform answers."""
        if self._team is None:
            return
        self.ready.clear()
        try:
            await self._http.write("DELETE", "/v1/identity/sign-in", None, uuid4().hex)
        except PortError as error:
            log.info("the sign-in was ended on this computer alone", why=error.what)
        await asyncio.to_thread(self._team.sign_out)
        self._tell("signed_out", f"You are signed out of {self._team.name}. What you do is kept on this computer.")

    async def watch(self, on_return: Callable[[], None]) -> None:
        """Look after the platform until cancelled; `on_return` is called when it is back after a failure."""
        failures, away = 0, False
        for moment in count(1):
            await asyncio.sleep(_WATCH_EVERY_S)
            if away or not self.ready.is_set():
                if await self._answers_again():
                    failures, away = 0, False
                    on_return()
                continue
            if self._process.is_due or self._http.is_refused:
                await self._renew()
            elif self._process.name and moment % _WHO_EVERY == 0:
                await self._who_we_are()  # a token that is refused there is renewed next
            failures = 0 if await self._answers() else failures + 1
            if failures < _FAILURES_BEFORE_RESTART:
                continue
            log.warning("platform does not answer; restarting it")
            self._tell("restarting", self._away)
            away = True
            if await self._answers_again():
                failures, away = 0, False
                on_return()

    @property
    def _away(self) -> str:
        name = self._process.name
        if name:
            return f"{name} does not answer. You can go on: what you do waits on this computer."
        return "The library service stopped; it is being restarted. Nothing approved is lost."

    async def _answers_again(self) -> bool:
        """Whether it is back: an embedded one is restarted, a team's has to answer first once it was reached."""
        if self._process.name and self.ready.is_set() and not await self._answers() and not self._http.is_refused:
            return False  # one that refuses the token is there: a new one is got, or nobody is signed in any more
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
        except PortError as error:
            return not self._process.name or isinstance(error, Refused)
        return True

    def _tell(self, state: PlatformState, text: str) -> None:
        told = PlatformStateChanged(state, text)
        if told != self._told:
            self._told = told
            self._mailbox.post(told)
