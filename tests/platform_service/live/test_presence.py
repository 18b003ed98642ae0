"""Both keepers of presence do the same; who joins sees those on other replicas, and a killed replica's people go."""

import asyncio
import contextlib
import json
import secrets
import sys
from pathlib import Path

import pytest

from platform_service.live import presence_notes
from platform_service.live.backplane import Backplane
from platform_service.live.hub import Hub
from platform_service.live.presence import PresenceInMemory, Where, table
from platform_service.live.presence_notes import PresenceNotes
from platform_service.live.presence_redis import PresenceInRedis
from platform_service.sql import projects, scenes

ROOT = Path(__file__).parents[3]
STAYS_S, FAR_STAYS_S, PATIENCE_S = 0.6, 1.0, 60.0
ADA, BEN = {"session": "a", "name": "Ada"}, {"session": "b", "name": "Bén ✓\nzwei"}


@pytest.fixture(params=["memory", "redis"])
async def presence(request):
    made: PresenceInMemory | PresenceInRedis = PresenceInMemory(STAYS_S)
    if request.param == "redis":
        made = PresenceInRedis(request.getfixturevalue("redis_server").url, STAYS_S)
    yield made
    await made.close()


async def told_of(presence, prefix, scene_id):
    return {session_id: there.told for session_id, there in (await presence.of(prefix, scene_id)).items()}


async def test_people_are_kept_by_tenant_and_scene_with_their_latest_place(presence):
    one, two = secrets.token_hex(4), secrets.token_hex(4)
    await presence.put({Where(one, "s", "a"): {"session": "a", "name": "before"}})
    await presence.put({Where(one, "s", "a"): ADA, Where(one, "s", "b"): BEN, Where(one, "t", "a"): ADA})
    await presence.put({Where(two, "s", "c"): {"session": "c"}})
    assert await told_of(presence, one, "s") == {"a": ADA, "b": BEN}
    assert await told_of(presence, one, "t") == {"a": ADA}
    assert await told_of(presence, two, "s") == {"c": {"session": "c"}}
    await presence.put({Where(one, "s", "a"): None, Where(one, "s", "never"): None, Where(two, "none", "a"): None})
    assert await told_of(presence, one, "s") == {"b": BEN}
    assert await told_of(presence, two, "none") == {}


async def test_the_silent_go_and_who_is_heard_of_again_stays(presence):
    tenant = secrets.token_hex(4)
    ada, ben = Where(tenant, "s", "a"), Where(tenant, "s", "b")
    await presence.put({ada: ADA, ben: BEN})
    assert 0 < (await presence.of(tenant, "s"))["a"].left_s <= STAYS_S == presence.stays_s
    await asyncio.sleep(STAYS_S * 2 / 3)
    await presence.put({ben: BEN})
    await asyncio.sleep(STAYS_S / 2)
    assert await told_of(presence, tenant, "s") == {"b": BEN}
    await asyncio.sleep(STAYS_S)
    assert await told_of(presence, tenant, "s") == {}


async def test_redis_keeps_nothing_of_who_is_gone_and_is_never_waited_for(redis_server):
    presence, tenant = PresenceInRedis(redis_server.url, 0.2), secrets.token_hex(4)
    await presence.put({Where(tenant, "s", "a"): ADA})
    assert await presence._redis.keys(f"*{tenant}*") == [f"p:{tenant}:s"]
    await asyncio.sleep(0.3)
    assert await presence._redis.keys(f"*{tenant}*") == []
    await presence.close()
    away = PresenceInRedis("redis://127.0.0.1:1")
    await away.put({Where(tenant, "s", "a"): ADA})
    assert await away.of(tenant, "s") == {}
    await away.close()


class Counted(PresenceInMemory):
    """Counts its round trips."""

    puts = 0

    async def put(self, news):
        self.puts += 1
        await super().put(news)


async def test_many_moves_are_noted_together_and_the_last_word_counts(monkeypatch):
    monkeypatch.setattr(presence_notes, "NOTED_EVERY_S", 60.0)
    kept = Counted()
    notes = PresenceNotes(kept)
    notes.stands(Where("t", "s", "a"), ADA)
    await asyncio.sleep(0.01)
    assert (kept.puts, await told_of(kept, "t", "s")) == (1, {"a": ADA})
    for step in range(100):
        for session_id in "bcd":
            notes.stands(Where("t", "s", session_id), {"step": step})
        await asyncio.sleep(0)
    assert kept.puts == 1
    notes.left(Where("t", "s", "a"))
    await asyncio.sleep(0.01)
    assert (kept.puts, await told_of(kept, "t", "s")) == (2, {i: {"step": 99} for i in "bcd"})
    notes.stands(Where("t", "s", "b"), {"step": 100})
    await notes.close()
    assert (await told_of(kept, "t", "s"))["b"] == {"step": 100}


class Watcher:
    """A session's end that waits for who is there."""

    session_id = "watcher"

    def __init__(self) -> None:
        self.told = asyncio.Queue()

    def tell(self, told):
        self.told.put_nowait(json.loads(told))

    async def sees(self, *people):
        async with asyncio.timeout(PATIENCE_S):
            while [one["session"] for one in (await self.told.get())["people"]] != [*people]:
                pass


async def until_known(presence, tenant, scene_id):
    for _ in range(int(PATIENCE_S / 0.02)):
        if await presence.of(tenant, scene_id):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the other replica never noted its person")


@pytest.fixture
async def far(redis_server):
    """Somebody stands in a scene on a replica in a process of its own."""
    tenant, scene_id = secrets.token_hex(4), secrets.token_hex(4)
    given = ("-m", "tests.platform_service.live.replica", redis_server.url, tenant, scene_id, "far", str(FAR_STAYS_S))
    process = await asyncio.create_subprocess_exec(sys.executable, *given, cwd=ROOT)
    yield tenant, scene_id, process
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()


@pytest.fixture
async def near(redis_server):
    """The hub of this process's replica, its line to others and what it knows of presence."""
    line, presence = Backplane(redis_server.url), PresenceInRedis(redis_server.url, FAR_STAYS_S)
    hub = Hub(line, presence)
    yield hub, line, presence
    await hub.close()
    await line.close()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_who_stands_on_another_replica_is_seen_at_once_and_goes_when_that_is_killed(store, far, near):
    (tenant, scene_id, process), (hub, line, presence) = far, near
    database, watcher = store.of("ours"), Watcher()
    async with database.writing() as transaction:
        project = await projects.create(transaction, "P")
        await scenes.create(transaction, project.id, "S", scene_id)
    await until_known(presence, tenant, scene_id)
    await hub.join(watcher, tenant, database, scene_id, None)
    await hub.meet(tenant, scene_id)
    (seen,) = hub.people_of(tenant, scene_id, "watcher")["people"]
    assert (seen["session"], seen["holds"]) == ("far", ["work-1"]), "without having listened to the other replica"
    hearing = asyncio.create_task(line.listen(hub.heard, lambda hears: None))
    await asyncio.sleep(FAR_STAYS_S * 1.5)
    assert hub.people_of(tenant, scene_id, "watcher")["people"] == [seen], "who is heard of again stays"
    process.kill()
    await watcher.sees()
    assert await presence.of(tenant, scene_id) == {}
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)


def test_the_documentation_shows_how_long_who_is_silent_stays():
    assert table() in (ROOT / "docs" / "platform.md").read_text("utf-8")
