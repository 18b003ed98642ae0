"""Many sessions at once, short: the commands `python -m tests.load live [--team] [--kills N]` do it for minutes."""

import asyncio
import sqlite3

from tests.load.live_platforms import Platform, embedded
from tests.load.live_sessions import Measured, sessions

SESSIONS, PER_S, SECONDS = 20, 4.0, 2.0


def saved(platform: Platform, kill: bool = False) -> Measured:
    async def both() -> Measured:
        asked = (platform.service.uds, platform.token, platform.scenes, PER_S, SECONDS)
        saving = asyncio.create_task(sessions(*asked, come_back=kill))
        if kill:
            await asyncio.sleep(SECONDS * 0.7)
            platform.service.kill()
            await asyncio.to_thread(platform.service.start)
        return await saving

    measured = asyncio.run(both())
    platform.compare(measured)
    return measured


def test_what_was_acknowledged_to_many_is_there_once_even_when_the_service_is_killed():
    with embedded(SESSIONS) as platform:
        measured = saved(platform, kill=True)
        assert (measured.errors, measured.lost, measured.doubled) == ([], 0, 0)
        assert measured.drops > 0
        assert measured.acknowledged >= SESSIONS
        with sqlite3.connect(platform.service.data / "vernissage.sqlite3") as planted:
            planted.execute("DELETE FROM events WHERE stream = (SELECT stream FROM events LIMIT 1) AND position = 1")
        planted.close()
        platform.compare(measured)
        assert measured.doubled == 1, "a missing event is noticed"
