"""What Redis may do to context: lose it, forget it, die, come back; and what a tenant may do to Redis: little."""

import secrets
import time

import pytest
import redis

from platform_service.context import redis_store
from platform_service.context.redis_store import RedisContext
from platform_service.context.store import Place
from platform_service.context.values import Turn
from tests.platform_service.context.conftest import SECRETS, Kept
from tests.platform_service.servers import RedisServer

HISTORY = Place("ada", "history", "s")


@pytest.fixture
def own():
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
async def ours(store, own, monkeypatch):
    monkeypatch.setattr(redis_store, "ASK_AGAIN_S", 0.1)
    made = RedisContext(store.of("ours"), own.url, "0123abcd", SECRETS)
    yield Kept(store, made)
    await made.close()


async def texts(kept) -> list[str]:
    return [turn.text for turn in (await kept.person().of_session("s")).history.turns]


def copies(server) -> dict[str, str]:
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        return {key: client.get(key) for key in client.keys("c:*")}


async def test_reads_come_from_redis_and_its_keys_mean_nothing(ours, own):
    await ours.turn("a secret garden", owner="ada@example")
    await ours.person("ada@example").of_session("s")
    (key,) = copies(own)
    assert key.startswith("c:0123abcd:")
    assert not [word for word in ("ada", "history", "ours", "example") if word in key]
    with redis.Redis.from_url(own.url) as client:
        client.set(key, client.get(key).replace(b"a secret garden", b"from the copies"))
    (turn,) = (await ours.person("ada@example").of_session("s")).history.turns
    assert turn.text == "from the copies"


async def test_a_flush_a_crash_and_a_restart_lose_nothing(ours, own):
    await ours.turn("one")
    own.flush()
    assert await texts(ours) == ["one"]
    assert copies(own)
    own.kill()
    assert await texts(ours) == ["one"]
    await ours.turn("two")
    assert await texts(ours) == ["one", "two"]
    own.start()
    time.sleep(0.15)  # noqa: ASYNC251
    assert await texts(ours) == ["one", "two"]
    await ours.turn("three")
    assert await texts(ours) == ["one", "two", "three"]
    assert copies(own)


async def test_a_writer_that_dies_after_its_commit_leaves_no_old_copy(ours, own):
    await ours.turn("one")
    assert await texts(ours) == ["one"]
    async with ours.database.writing() as transaction:
        await ours.person().add_turn(transaction, "s", Turn(by="agent", text="two"))
    assert await texts(ours) == ["one", "two"]
    assert '"p"' in next(iter(copies(own).values()))


async def test_a_late_reader_does_not_put_an_old_copy_over_a_new_one(ours, own):
    await ours.turn("one")
    old = next(iter(copies(own).values()))
    await ours.turn("two")
    (key,) = copies(own)
    await ours.store._told("set", key, old, nx=True, ex=60)
    await ours.store._told("eval", redis_store.UNLESS_NEWER, 1, key, 1, old, 60)
    assert await texts(ours) == ["one", "two"]


async def test_an_old_copy_is_not_believed_for_long(ours, monkeypatch):
    await ours.turn("one")
    async with ours.database.writing() as transaction:
        await ours.store._truth.write(transaction, HISTORY, '{"summary": "told to SQL alone"}')
    assert await texts(ours) == ["one"]
    monkeypatch.setattr(redis_store, "BELIEVED_S", 0.0)
    assert (await ours.person().of_session("s")).history.summary == "told to SQL alone"


async def test_a_tenant_sees_neither_keys_nor_values_of_another(ours, own, store):
    other = RedisContext(store.of("theirs"), own.url, "fedc9876", SECRETS)
    theirs = Kept(store, other, "theirs")
    await theirs.turn("theirs alone")
    await ours.turn("ours")
    (foreign,) = [key for key in copies(own) if "fedc9876" in key]
    client = ours.store._client
    forbidden = [
        ("GET", foreign), ("SET", foreign, "x"), ("EXPIRE", foreign, "1"), ("SCAN", "0"), ("KEYS", "*"), ("RANDOMKEY",),
        ("DBSIZE",), ("FLUSHALL",), ("INFO",), ("ACL", "LIST"), ("CONFIG", "GET", "*"), ("CLIENT", "LIST"),
        ("MONITOR",), ("EVAL", "return redis.call('GET', ARGV[1])", "0", foreign), ("OBJECT", "ENCODING", foreign),
        ("DEL", foreign), ("SUBSCRIBE", "x"), ("DEBUG", "SLEEP", "0"),
    ]  # fmt: skip
    for command in forbidden:
        with pytest.raises(redis.RedisError):
            await client.execute_command(*command)
    assert await texts(theirs) == ["theirs alone"]
    await other.close()


async def test_where_users_cannot_be_made_the_prefix_alone_keeps_apart(store, own):
    with redis.Redis.from_url(own.url) as client:
        client.acl_setuser("plain", enabled=True, passwords=["+pw"], keys="*", commands=["+@all", "-acl"])
    url = own.url.replace("unix://", "unix://plain:pw@")
    made = RedisContext(store.of("ours"), url, secrets.token_hex(8), SECRETS)
    kept = Kept(store, made)
    await kept.turn("one")
    assert await texts(kept) == ["one"]
    assert copies(own)
    await made.close()
