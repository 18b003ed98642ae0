"""One socket: what is heard is checked message by message, and what is told waits in a queue that has an end."""

import asyncio
import contextlib
import json
import logging
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from platform_service.errors import NotAllowed, RoleTooLow, ServiceError, TokenExpired, TooManyRequests
from platform_service.identity.caller import Caller, Role
from platform_service.live.messages import (
    FollowNotices,
    FollowRun,
    LeaveRun,
    ListSessions,
    Ping,
    Present,
    Progress,
    Said,
    Save,
    Subscribe,
    Told,
    Unsubscribe,
    heard,
    spelled,
)
from platform_service.platform import Platform
from platform_service.sql.database import now
from platform_service.sql.scenes import By
from platform_service.tenancy import TenantParts

log = logging.getLogger(__name__)
MOST_WAITING = 1_000
MOST_ROOMS, MOST_RUNS = 32, 32
MESSAGES_PER_S, AT_ONCE, PATIENCE = 40.0, 200.0, 400
"""A session that goes on beyond its rate is closed after so many refusals."""
CREDENTIAL_ENDED, TOO_SLOW, TOO_MUCH = 4401, 1013, 1008


class Ended(Exception):
    """The socket is to be closed with a code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass
class Allowance:
    """How much a session may still say: it grows with time."""

    left: float = AT_ONCE
    at_s: float = 0.0
    refused: int = 0

    def take(self, now_s: float) -> bool:
        """Whether one more message is within the rate."""
        grown = (now_s - self.at_s) * MESSAGES_PER_S if self.at_s else AT_ONCE
        self.left, self.at_s = min(AT_ONCE, self.left + grown), now_s
        if self.left < 1.0:
            self.refused += 1
            return False
        self.left -= 1.0
        return True


class LiveSession:
    """Serves one socket until it is closed."""

    def __init__(self, socket: WebSocket, platform: Platform, caller: Caller, credential: str, session_id: str) -> None:
        self._socket = socket
        self._platform = platform
        self._caller = caller
        self._credential = credential
        self._seen_s = time.monotonic()
        self._out: asyncio.Queue[Told | str] = asyncio.Queue(MOST_WAITING)
        self._allowance = Allowance()
        self._rooms: set[str] = set()
        self._runs: set[str] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._prefix = ""
        self._too_slow = asyncio.Event()
        self._taken_back = asyncio.Event()
        self._since = now()
        self.session_id = session_id or uuid.uuid4().hex

    def tell(self, told: Told | str) -> None:
        """Send a message soon, or one that is spelled already."""
        if isinstance(told, dict) and told["type"] == "run" and told["kind"] == "ended":
            self._runs.discard(told["run_id"])
        try:
            self._out.put_nowait(told)
        except asyncio.QueueFull:
            self._too_slow.set()

    async def serve(self) -> None:
        """Listen and tell until either side ends it."""
        parts = await self._platform.tenancy.of(self._caller.tenant)
        self._prefix = (await self._platform.tenancy.about(self._caller.tenant)).prefix
        self.tell({"type": "welcome", "user": self._caller.user, "session": self.session_id})
        believed, tenant = self._platform.live.believed, self._caller.tenant
        believed.watch(tenant, self._look_again)
        tasks: list[asyncio.Task[Any]] = [
            asyncio.create_task(work)
            for work in (self._listen(parts), self._send(), self._look_at_credential(), self._too_slow.wait())
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await self._say_goodbye(tasks)
        finally:
            believed.leave(tenant, self._look_again)
            for task in (*tasks, *self._under_way):
                task.cancel()
            for scene_id in self._rooms:
                self._platform.live.hub.leave(self, self._prefix, scene_id)
            for run_id in self._runs:
                self._platform.live.runs.leave(self, self._prefix, run_id)
            self._platform.live.boards.leave(self, self._prefix)
            await self._platform.live.sessions.drop(self._prefix, self.session_id)
            await asyncio.gather(*tasks, *self._under_way, return_exceptions=True)

    async def _say_goodbye(self, tasks: "Sequence[asyncio.Task[object]]") -> None:
        ended = next((task.exception() for task in tasks if task.done() and task.exception()), None)
        if ended is None and self._too_slow.is_set():
            ended = Ended(TOO_SLOW, "too slow: come back to your position")
        if isinstance(ended, Ended):
            await self._socket.close(ended.code, ended.reason)
        elif ended is not None and not isinstance(ended, WebSocketDisconnect):
            log.error("a socket ended by an error", exc_info=ended)
            await self._socket.close(1011)

    async def _send(self) -> None:
        while True:
            told = await self._out.get()
            await self._socket.send_text(told if isinstance(told, str) else spelled(told))

    @property
    def user(self) -> str:
        """Whose session it is."""
        return self._caller.user

    async def _be_listed(self) -> None:
        """Be among the sessions that the team sees."""
        told = {"session": self.session_id, "user": self.user, "since": self._since, "scenes": sorted(self._rooms)}
        await self._platform.live.sessions.put(self._prefix, self.session_id, told)

    async def _look_at_credential(self) -> None:
        """Nobody listens on with a credential that has ended, or for a tenant that is not active any more."""
        share = random.random()  # those who came together are not looked at together
        while True:
            await self._be_listed()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(share * self._platform.live.believed.good_for_s):
                    await self._taken_back.wait()
            share = 1.0
            self._taken_back.clear()
            await self._admit_again()

    def _look_again(self) -> None:
        """Nothing more is heard of this session before its credential is looked at again."""
        self._seen_s = float("-inf")
        self._taken_back.set()

    async def _admit_again(self) -> None:
        asked_s = time.monotonic()
        try:
            caller = await self._platform.gate.admit(self._credential)
            await self._platform.tenancy.about(caller.tenant)
        except (NotAllowed, TokenExpired) as error:
            raise Ended(CREDENTIAL_ENDED, error.kind) from error
        except ServiceError:
            return  # the stores are away: nothing can be saved now anyway
        self._caller, self._seen_s = caller, asked_s

    async def _listen(self, parts: TenantParts) -> None:
        while True:
            message = await self._next()
            self._platform.activity.last_s = time.monotonic()
            if not self._allowance.take(time.monotonic()):
                if self._allowance.refused > PATIENCE:
                    raise Ended(TOO_MUCH, "too many messages")
                self._refuse(TooManyRequests("Too many messages a second.", "This one was not read.", "Send fewer."))
                continue
            if time.monotonic() - self._seen_s > self._platform.live.believed.good_for_s:
                await self._admit_again()
            if self._platform.turns is not None:
                await self._platform.turns.message(parts.tenant)
            if message is None:
                self.tell(_problem("invalid", "A message has to be text; this one was bytes.", "Send it as text."))
                continue
            await self._hear(message, parts)

    async def _next(self) -> str | None:
        """The next message; None for one that is no text. Raises WebSocketDisconnect."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1000), message.get("reason"))
        text: str | None = message.get("text")
        return text

    async def _hear(self, text: str, parts: TenantParts) -> None:
        number: int | None = None
        try:
            said = heard(text)
            number = said.number if isinstance(said, Save) else None
            await self._act(said, text, parts)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(step) for step in first["loc"][1:4])
            self.tell(_problem("invalid", f"{place}: {first['msg']}" if place else str(first["msg"]), "Correct it."))
        except ServiceError as error:
            self._refuse(error, number)

    async def _act(self, said: Said, text: str, parts: TenantParts) -> None:
        hub = self._platform.live.hub
        match said:
            case Ping():
                self.tell({"type": "pong"})
            case Subscribe(scene_id=scene_id, after=after):
                if len(self._rooms) >= MOST_ROOMS and scene_id not in self._rooms:
                    raise TooManyRequests("So many scenes cannot be followed.", "The others go on.", "Leave one.")
                self.tell(await hub.join(self, self._prefix, parts.database, scene_id, after))
                self._rooms.add(scene_id)
                await asyncio.gather(self._be_listed(), hub.meet(self._prefix, scene_id))
                self.tell(hub.people_of(self._prefix, scene_id, self.session_id))
            case Unsubscribe(scene_id=scene_id):
                self._rooms.discard(scene_id)
                await self._be_listed()
                hub.leave(self, self._prefix, scene_id)
            case FollowRun(run_id=run_id, after=after):
                await self._follow_run(run_id, after, parts)
            case LeaveRun(run_id=run_id):
                self._runs.discard(run_id)
                self._platform.live.runs.leave(self, self._prefix, run_id)
            case FollowNotices(after=after):
                self.tell(await self._platform.live.boards.join(self, self._prefix, parts.database, after))
            case ListSessions():
                there = await self._platform.live.sessions.of(self._prefix)
                self.tell({"type": "sessions", "sessions": there})
            case Present(scene_id=scene_id):
                self._has_joined(scene_id)
                told = said.model_dump(mode="json", exclude={"type", "scene_id"})
                told |= {"user": self._caller.user, "session": self.session_id}
                hub.present(self._prefix, scene_id, self.session_id, told)
            case Progress(scene_id=scene_id):
                self._has_joined(scene_id)
                self._needs("creator")
                hub.pass_on(
                    self._prefix, scene_id, self.session_id, {**said.model_dump(mode="json"), "user": self._caller.user}
                )
            case Save():
                self._needs("creator")
                body = json.dumps(json.loads(text)["version"]).encode()
                task = asyncio.create_task(self._save(said, body, parts))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _follow_run(self, run_id: str, after: int, parts: TenantParts) -> None:
        if len(self._runs) >= MOST_RUNS and run_id not in self._runs:
            raise TooManyRequests("So many runs cannot be followed.", "The others go on.", "Leave one.")
        self.tell(await self._platform.live.runs.join(self, self._prefix, parts.database, run_id, after))
        self._runs.add(run_id)

    async def _save(self, said: Save, body: bytes, parts: TenantParts) -> None:
        saves = self._platform.live.saves_of(self._prefix, parts.database)
        by = By(self._caller.user, self.session_id)
        try:
            kept = await asyncio.shield(saves.save(self._caller, said.key, said.scene_id, said.version, body, by))
        except ServiceError as error:
            self._refuse(error, said.number)
            return
        self.tell({"type": "saved", "number": said.number, **kept.saved.__dict__})
        if kept.event is not None:
            self._platform.live.happened(self._prefix, said.scene_id, kept.event)

    def _needs(self, role: Role) -> None:
        if not self._caller.may(role):
            raise RoleTooLow(f"This needs the role {role}.", "Nothing was changed.", "Ask an administrator.")

    def _has_joined(self, scene_id: str) -> None:
        if scene_id not in self._rooms:
            raise NotAllowed("You do not follow this scene.", "Nothing was changed.", "Subscribe to it first.")

    def _refuse(self, error: ServiceError, number: int | None = None) -> None:
        told = _problem(error.kind, error.what, error.advice, error.kept, error.status)
        self.tell({**told, **error.extra, **({} if number is None else {"number": number})})


def _problem(kind: str, detail: str, advice: str, kept: str = "Nothing was changed.", status: int = 422) -> Told:
    kind = f"urn:vernissage:problem:{kind}"
    return {"type": "refused", "problem": kind, "status": status, "detail": detail, "kept": kept, "advice": advice}
