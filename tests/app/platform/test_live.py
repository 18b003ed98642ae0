"""The live line of a session, against a server that says what it is told to."""

import asyncio
import json
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from app.mailbox import Mailbox
from app.platform.http import Access, PlatformHttp
from app.platform.live import Live

SUBSCRIBED = {"type": "subscribed", "scene_id": "s", "position": 7, "version": 2}
REFUSED = {"type": "refused", "problem": "urn:vernissage:problem:", "detail": "Not now.", "kept": "", "advice": ""}


class Platform:
    """Answers each `subscribe` with the next of `answers`, and remembers on which connection it came."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self._answers = list(answers)
        self.connections = 0
        self.subscribed_on: list[int] = []

    async def speak(self, connection: ServerConnection) -> None:
        self.connections += 1
        mine = self.connections
        async for text in connection:
            if json.loads(text)["type"] == "subscribe":
                self.subscribed_on.append(mine)
                await connection.send(json.dumps(self._answers.pop(0)))


async def news_of(platform: Platform, *, is_known: bool = True) -> list[tuple[str, int, dict[str, Any]]]:
    """What a live line tells its saver within its patience."""
    heard: list[tuple[str, int, dict[str, Any]]] = []
    came, ready, http = asyncio.Event(), asyncio.Event(), PlatformHttp()
    ready.set()

    def news(*told: Any) -> None:
        heard.append(told)
        came.set()

    async with serve(platform.speak, "127.0.0.1", 0) as server:
        await http.connect(Access("token", port=server.sockets[0].getsockname()[1]))
        live = Live(http, ready, Mailbox(), news)
        live.follow("s", is_known)
        running = asyncio.create_task(live.run())
        try:
            if not is_known:
                await asyncio.sleep(0.3)
                assert platform.subscribed_on == []
                live.saved("s")
            await asyncio.wait_for(came.wait(), 10)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await http.close()
    return heard


@pytest.mark.parametrize("status", [500, 503])
async def test_what_a_platform_cannot_do_just_now_is_asked_for_again_over_another_line(status: int) -> None:
    platform = Platform({**REFUSED, "status": status}, SUBSCRIBED)
    assert await news_of(platform) == [("s", 2, {})]
    assert platform.subscribed_on == [1, 2]


async def test_a_scene_that_the_platform_does_not_know_yet_is_followed_once_it_was_saved() -> None:
    platform = Platform(SUBSCRIBED)
    assert await news_of(platform, is_known=False) == [("s", 2, {})]
    assert platform.subscribed_on == [1]
