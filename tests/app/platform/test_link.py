"""The line to the platform comes back after a crash, also for a second window that did not restart it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.mailbox import Mailbox
from app.messages import PlatformStateChanged, SignedInAs
from app.places import Places
from app.platform.http import Access, PlatformHttp, TokenRefused
from app.platform.link import PlatformLink
from app.platform.process import PlatformProcess
from tests.platform_service.warm import warm


class Window:
    """What one desktop has of the platform."""

    def __init__(self, places: Places) -> None:
        self.mailbox, self.http = Mailbox(), PlatformHttp()
        self.process = PlatformProcess(places, start_program=warm())
        self.link = PlatformLink(self.process, self.http, self.mailbox)
        self.returned = asyncio.Event()

    def states(self) -> list[str]:
        return states(self.mailbox)


def states(mailbox: Mailbox) -> list[str]:
    """What was told of the platform since the last time."""
    return [message.state for message in mailbox.drain() if isinstance(message, PlatformStateChanged)]


async def test_two_windows_get_back_to_a_platform_that_was_killed(tmp_path: Path) -> None:
    places = Places.at(tmp_path / "data")
    places.make()
    first, second = Window(places), Window(places)
    for window in (first, second):
        assert await window.link.bring_up()
    watching = [asyncio.create_task(window.link.watch(window.returned.set)) for window in (first, second)]
    killed = first.process.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    for window in (first, second):
        await asyncio.wait_for(window.returned.wait(), 60)
        assert (await window.http.get("/v1/projects")).json() == []
        assert window.states() == ["ready", "restarting", "ready"]
    assert first.process.pid == second.process.pid != killed
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    for window in (first, second):
        await window.link.close()


async def test_a_platform_that_lives_and_never_answers_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.platform.http._ANSWERS_WITHIN_S", 0.5)
    monkeypatch.setattr("app.platform.link._SILENT_BEFORE_END", 2)
    monkeypatch.setattr("app.platform.link._WATCH_EVERY_S", 0.2)
    monkeypatch.setattr("app.platform.process._HUNG_ENDS_WITHIN_S", 0.2)
    places = Places.at(tmp_path / "data")
    places.make()
    window = Window(places)
    watching = asyncio.create_task(window.link.watch(window.returned.set))
    await asyncio.wait_for(window.link.ready.wait(), 60)
    window.returned.clear()
    frozen = window.process.pid
    assert frozen is not None
    os.kill(frozen, signal.SIGSTOP)
    await asyncio.wait_for(window.returned.wait(), 60)
    assert window.process.pid != frozen
    assert window.states()[-2:] == ["restarting", "ready"]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await window.link.close()


class Elsewhere:
    """A team's platform that is reached without signing in."""

    name, is_due = "elsewhere", False

    def __init__(self, port: int) -> None:
        self.port = port

    def ensure(self) -> Access:
        return Access("token", url=f"http://127.0.0.1:{self.port}")

    def release(self) -> None:
        """Nothing."""

    def end(self) -> None:
        raise AssertionError("a team's platform is not ours to end")


async def _request(reader: asyncio.StreamReader) -> bytes:
    """The head of the next request; nothing when there is none."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


async def test_a_team_that_is_away_at_the_start_or_hangs_is_said_to_be_back_when_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.platform.link._WATCH_EVERY_S", 0.2)
    answers, told = asyncio.Event(), list[str]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (await _request(reader)) and answers.is_set():
            body = b'{"user": "ada", "tenant": "north", "role": "creator", "name": "Ada"}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    mailbox, http = Mailbox(), PlatformHttp()
    link = PlatformLink(Elsewhere(server.sockets[0].getsockname()[1]), http, mailbox)
    known, returned = list[SignedInAs](), asyncio.Event()
    link.on_known = known.append
    assert not await link.bring_up(), "away at the start"
    watching = asyncio.create_task(link.watch(returned.set))
    for must_notice in (False, True):
        answers.clear()
        while must_notice and told[-1] != "restarting":
            await asyncio.sleep(0.02)
            told += states(mailbox)
        answers.set()
        await asyncio.wait_for(returned.wait(), 20)
        assert link.ready.is_set()
        told += states(mailbox)
        assert told[-2:] == ["restarting", "ready"]
        returned.clear()
    assert [who.name for who in known] == ["Ada"]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await link.close()
    server.close()


class Renewing(Elsewhere):
    """Gives another token each time."""

    times = 0

    def ensure(self) -> Access:
        self.times += 1
        return Access(f"token-{self.times}", url=f"http://127.0.0.1:{self.port}")


@asynccontextmanager
async def renewing(good: list[bytes], answers: list[bool]) -> AsyncIterator[tuple[PlatformLink, PlatformHttp, Mailbox]]:
    """A link to a platform that takes the `good` token alone, and hangs up while it does not answer."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (request := await _request(reader)) and answers[0]:
            status = b"200 OK" if good[0] + b"\r" in request else b"401 Unauthorized"
            body = b'{"user": "ada", "tenant": "north", "role": "creator"}'
            writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    mailbox, http = Mailbox(), PlatformHttp()
    link = PlatformLink(Renewing(server.sockets[0].getsockname()[1]), http, mailbox)
    assert await link.bring_up()
    yield link, http, mailbox
    await link.close()
    server.close()


async def test_a_token_that_ran_out_in_the_middle_of_work_is_renewed_in_silence() -> None:
    good = [b"token-1"]
    async with renewing(good, [True]) as (link, http, mailbox):
        watching = asyncio.create_task(link.watch(lambda: None))
        good[0] = b"token-2"
        with pytest.raises(TokenRefused):
            await http.once("/v1/projects")
        assert http.is_refused
        for _ in range(500):
            await asyncio.sleep(0.02 if http.is_refused else 0.0)
        assert (await http.once("/v1/projects")).json()["user"] == "ada"
        told = [message.state for message in mailbox.drain() if isinstance(message, PlatformStateChanged)]
        assert told == ["ready"]
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def test_a_token_that_ran_out_while_the_platform_was_away_is_renewed_when_it_is_back() -> None:
    """Also whoever was ended meanwhile is told so then, instead of waiting for good."""
    good, answers, back = [b"token-1"], [True], asyncio.Event()
    async with renewing(good, answers) as (link, http, mailbox):
        watching = asyncio.create_task(link.watch(back.set))
        answers[0] = False
        while not any(m.state == "restarting" for m in mailbox.drain() if isinstance(m, PlatformStateChanged)):  # noqa: ASYNC110 - a mailbox is drained, not waited for
            await asyncio.sleep(0.02)
        good[0], answers[0] = b"token-2", True
        await asyncio.wait_for(back.wait(), 10)
        assert (await http.once("/v1/projects")).headers
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
