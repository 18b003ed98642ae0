"""The live line of a session: it tells the saver of news, brings in who else is there, and comes back by itself."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.ports.errors import PortError
from app.mailbox import Mailbox
from app.messages import LiveChanged, PeopleChanged, PeopleNamed, PersonThere, SessionsListed, SessionThere
from app.notices import Notices
from app.platform.http import PlatformHttp
from app.platform.socket import LineLost, PlatformSocket, opened

log = structlog.get_logger()

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 1.0
_AWAY = 500
_STAND_EVERY_S, _STAND_AGAIN_S = 0.2, 5.0
_Point = tuple[float, float, float]


class _There(BaseModel):
    """What the platform tells of a person."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    session: str
    user: str
    name: str
    position_m: _Point
    target_m: _Point
    holds: tuple[str, ...] = ()


class Live:
    """Lives on the background loop; `news` is told a scene, the version that the platform is at, and its event."""

    def __init__(
        self,
        http: PlatformHttp,
        ready: asyncio.Event,
        mailbox: Mailbox,
        news: Callable[[str, int, Mapping[str, Any]], None],
        name: str = "",
        notices: Notices | None = None,
    ) -> None:
        self._notices = notices
        self._http = http
        self._ready = ready
        self._mailbox = mailbox
        self._news = news
        self._name = name
        self._line: PlatformSocket | None = None
        self._scene_id = ""
        self._followed = ""
        self._known: set[str] = set()
        """The scenes that the platform is known to have; another one is followed once it was saved."""
        self._position: int | None = None
        self._stand: dict[str, Any] | None = None
        self._moved = asyncio.Event()
        self._changed = asyncio.Event()
        self._hung_up = asyncio.Event()
        """Another scene is to be followed."""
        self._told: LiveChanged | None = None

    def call_me(self, name: str) -> None:
        """The name by which others see us."""
        self._name = name[:80]
        self._moved.set()

    def hang_up(self) -> None:
        """Let go of the line, as when somebody signs out; another one is opened once the platform is ready again."""
        self._hung_up.set()

    async def list_sessions(self) -> None:
        """SessionsListed follows, while there is a line."""
        if self._line is not None:
            await self._line.say({"type": "list_sessions"})

    def follow(self, scene_id: str, is_known: bool = True) -> None:
        """Follow this scene from now on; one that the platform does not know yet, from when it was saved."""
        if is_known:
            self._known.add(scene_id)
        if scene_id != self._scene_id:
            self._scene_id, self._position = scene_id, None
            self._changed.set()

    def stand(self, position_m: _Point, target_m: _Point, holds: tuple[str, ...]) -> None:
        """Where the creator stands, looks, and what is selected."""
        self._stand = {"position_m": position_m, "target_m": target_m, "holds": [one[:140] for one in holds[:200]]}
        self._moved.set()

    async def run(self) -> None:
        """Keep a line open until cancelled."""
        pause_s = _FIRST_PAUSE_S
        while True:
            await self._ready.wait()
            try:
                async with opened(self._http.access, self._http.session_id) as line:
                    pause_s = _FIRST_PAUSE_S
                    await self._keep(line)
            except LineLost as error:
                log.info("live line", what=error.what, why=str(error.__cause__))
            self._tell(LiveChanged("away", "Others' changes come when the platform is back"))
            self._mailbox.post(PeopleChanged(()))
            await asyncio.sleep(pause_s)
            pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)

    async def _keep(self, line: PlatformSocket) -> None:
        self._line, self._followed = line, ""
        self._changed.set()
        self._hung_up.clear()
        self._tell(LiveChanged("live", "Live"))
        tasks = [
            asyncio.create_task(work)
            for work in (self._hear(line), self._follow(line), self._say(line), self._hung_up.wait())
        ]
        beside = asyncio.create_task(self._follow_notices(line))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self._line = None
            for task in (*tasks, beside):
                task.cancel()
            await asyncio.wait([*tasks, beside])
            for task in (*tasks, beside):
                if not task.cancelled():
                    task.exception()

    async def _follow_notices(self, line: PlatformSocket) -> None:
        """Once it is known how people are called."""
        if self._notices is not None:
            await self._learn_names(self._notices)
            after = {} if self._notices.position is None else {"after": self._notices.position}
            await line.say({"type": "follow_notices", **after})

    async def _learn_names(self, notices: Notices) -> None:
        """How the team's people are called, also those who are not there just now."""
        try:
            names = (await self._http.once("/v1/identity/names")).json()
        except PortError as error:
            log.info("the names of the team are not known", why=error.what)
            return
        if isinstance(names, dict) and names != notices.names:
            notices.names = {str(user): str(name) for user, name in names.items()}
            self._mailbox.post(PeopleNamed(dict(notices.names)))

    async def _follow(self, line: PlatformSocket) -> None:
        while True:
            await self._changed.wait()
            self._changed.clear()
            if self._followed and self._followed != self._scene_id:
                await line.say({"type": "unsubscribe", "scene_id": self._followed})
                self._mailbox.post(PeopleChanged(()))
            wanted = self._scene_id if self._scene_id in self._known else ""
            if wanted and self._followed != wanted:
                after = {} if self._position is None else {"after": self._position}
                await line.say({"type": "subscribe", "scene_id": wanted, **after})
            self._followed = wanted

    async def _say(self, line: PlatformSocket) -> None:
        """Say where the creator stands, when that changes, not too often, and again before it is forgotten."""
        while True:
            try:
                async with asyncio.timeout(_STAND_AGAIN_S):
                    await self._moved.wait()
            except TimeoutError:
                pass
            self._moved.clear()
            if self._stand is not None and self._followed and self._position is not None:
                await line.say({"type": "present", "scene_id": self._followed, "name": self._name, **self._stand})
            await asyncio.sleep(_STAND_EVERY_S)

    async def _hear(self, line: PlatformSocket) -> None:
        async for told in line.hear():
            try:
                self._heard(told)
            except (KeyError, TypeError, ValueError, ValidationError) as error:
                log.warning("a live message was not understood", kind=str(told.get("type")), why=str(error))

    def _heard(self, told: dict[str, Any]) -> None:
        kind = told.get("type")
        if kind == "welcome":
            self._name = self._name or str(told["user"])[:80]
        elif kind == "refused":
            self._refused(told)
        elif kind == "notice" and self._notices is not None:
            self._notices.came(told)
        elif kind == "following_notices" and self._notices is not None:
            self._notices.begun(int(told["position"]))
        elif kind == "sessions":
            names = self._notices.names if self._notices is not None else {}
            listed = ((one["session"], names.get(one["user"], one["user"]), one["since"]) for one in told["sessions"])
            self._mailbox.post(SessionsListed(tuple(SessionThere(*one) for one in listed)))
        elif told.get("scene_id") != self._scene_id:
            return
        elif kind == "subscribed":
            if self._position is None:
                self._position = int(told["position"])
                self._moved.set()
            self._news(self._scene_id, int(told["version"]), {})
        elif kind == "event":
            self._position = int(told["position"])
            what = told["what"]
            if what.get("session") != self._http.session_id:
                self._news(self._scene_id, int(what["version"]), what)
        elif kind == "people":
            there = [_There.model_validate(person) for person in told["people"]]
            people = (PersonThere(**person.model_dump()) for person in there)
            self._mailbox.post(PeopleChanged(tuple(people)))

    def _refused(self, told: dict[str, Any]) -> None:
        """A scene that the platform has no more is followed once it was saved again."""
        log.info("the platform refused a live message", what=str(told.get("detail", "")))
        if str(told.get("problem", "")).endswith(":not-found"):
            self._known.discard(self._followed)
            self._followed = ""
        elif int(told.get("status", 0)) >= _AWAY:  # as while a store is started again: all is asked for once more
            self._hung_up.set()

    def saved(self, scene_id: str) -> None:
        """The platform has acknowledged this scene: it can be followed now if it could not before."""
        self._known.add(scene_id)
        if scene_id == self._scene_id and not self._followed:
            self._changed.set()

    def _tell(self, changed: LiveChanged) -> None:
        if changed != self._told:
            self._told = changed
            self._mailbox.post(changed)
