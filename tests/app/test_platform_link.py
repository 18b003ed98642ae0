"""The line to the platform comes back after a crash, also for a second window that did not restart it."""

import asyncio
import os
import signal
from pathlib import Path

from app.mailbox import Mailbox
from app.messages import PlatformStateChanged
from app.places import Places
from app.platform_http import PlatformHttp
from app.platform_link import PlatformLink
from app.platform_process import PlatformProcess


class Window:
    """What one desktop has of the platform."""

    def __init__(self, places: Places) -> None:
        self.mailbox, self.http = Mailbox(), PlatformHttp()
        self.process = PlatformProcess(places)
        self.link = PlatformLink(self.process, self.http, self.mailbox)
        self.returned = asyncio.Event()

    def states(self) -> list[str]:
        return [message.state for message in self.mailbox.drain() if isinstance(message, PlatformStateChanged)]


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
