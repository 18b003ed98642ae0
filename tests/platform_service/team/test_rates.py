"""Limits by tenant, user and address, with headers that tell the truth; quotas of a tenant."""

import asyncio
import time

import psycopg
import pytest
import redis

from platform_service.errors import TooManyRequests
from platform_service.http import rates as rates_module
from platform_service.http.rates import Rates
from platform_service.identity.caller import Caller
from platform_service.sql.tenants import NO_QUOTAS, Quotas
from tests.platform_service.servers import OWNER, RedisServer

ADA, BEN = Caller("north", "ada", "viewer"), Caller("north", "ben", "viewer")
FEW = Quotas(requests_per_minute=5, user_requests_per_minute=3)


@pytest.fixture(params=["memory", "redis"])
async def make(request):
    url = "" if request.param == "memory" else request.getfixturevalue("redis_server").url
    prefix = f"{time.monotonic_ns():x}"

    made: list[Rates] = []

    def new() -> tuple[Rates, str]:
        made.append(Rates(url, address_per_minute=4))
        return made[-1], prefix

    yield new
    for rates in made:
        await rates.close()


async def test_a_user_then_the_tenant_is_bounded_and_told(make):
    rates, prefix = make()
    standing = [await rates.caller(ADA, prefix, FEW) for _ in range(3)]
    assert [one.remaining for one in standing] == [2, 1, 0]
    with pytest.raises(TooManyRequests) as refused:
        await rates.caller(ADA, prefix, FEW)
    headers = refused.value.headers
    assert (headers["RateLimit-Limit"], headers["RateLimit-Remaining"]) == ("3", "0")
    assert 1 <= int(headers["Retry-After"]) <= 120
    assert (await rates.caller(BEN, prefix, FEW)).remaining == 0
    with pytest.raises(TooManyRequests):
        await rates.caller(BEN, prefix, FEW)
    assert (await rates.caller(BEN, prefix + "other", FEW)).remaining == 2


async def test_an_address_is_bounded_before_anything_is_believed(make):
    rates, prefix = make()
    for _ in range(4):
        await rates.address(prefix)
    with pytest.raises(TooManyRequests):
        await rates.address(prefix)
    assert (await rates.address(prefix + "other")).remaining == 3


async def test_an_address_is_counted_with_its_caller_and_told_apart(make):
    rates, prefix = make()
    standing = await rates.caller(ADA, prefix, FEW, address=prefix)
    assert (standing.limit, standing.remaining) == (3, 2)
    assert (await rates.address(prefix)).remaining == 2
    for _ in range(2):
        await rates.address(prefix)
    with pytest.raises(TooManyRequests) as refused:
        await rates.caller(ADA, prefix, FEW, address=prefix)
    assert refused.value.is_of_address
    assert (await rates.caller(ADA, prefix, FEW, address=prefix + "other")).remaining == 1
    await rates.caller(ADA, prefix, FEW)
    with pytest.raises(TooManyRequests) as refused:
        await rates.caller(ADA, prefix, FEW, address=prefix + "other")
    assert not refused.value.is_of_address


async def test_a_request_with_all_its_limits_asks_redis_once(redis_server):
    rates, prefix = Rates(redis_server.url), f"{time.monotonic_ns():x}"
    await rates.caller(ADA, prefix, FEW, address=prefix)
    with redis.Redis.from_url(redis_server.url) as client:
        before = client.info("commandstats")["cmdstat_evalsha"]["calls"]
        asked = client.info("stats")["total_commands_processed"]
        await rates.caller(ADA, prefix, FEW, address=prefix)
        assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == before + 1
        assert client.info("stats")["total_commands_processed"] - asked < 30, "what the script itself does counts"
    await rates.close()


async def test_requests_that_come_at_once_are_counted_in_few_rounds_and_never_too_many_let_in(redis_server):
    rates, prefix = Rates(redis_server.url), f"{time.monotonic_ns():x}"
    await rates.caller(ADA, prefix + "warm", FEW)
    with redis.Redis.from_url(redis_server.url) as client:
        before = client.info("commandstats")["cmdstat_evalsha"]["calls"]
        asked = [rates.caller(who, prefix, FEW) for _ in range(20) for who in (ADA, BEN)]
        told = await asyncio.gather(*asked, rates.caller(ADA, prefix + "other", FEW), return_exceptions=True)
        assert client.info("commandstats")["cmdstat_evalsha"]["calls"] <= before + 2
    within = [one.remaining for one in told[:-1] if not isinstance(one, BaseException)]
    assert within == [2, 2, 1, 1, 0], "three of one and two of the other: five of the team"
    assert sum(isinstance(one, TooManyRequests) for one in told) == 35
    assert told[-1].remaining == 2
    await rates.close()


async def test_the_window_slides_as_time_goes_by(redis_server):
    """Half a minute into a window, a good half of the one before still counts."""
    rates, prefix = Rates(redis_server.url), f"{time.monotonic_ns():x}"
    few = Quotas(requests_per_minute=10, user_requests_per_minute=None)
    for _ in range(10):
        await rates.caller(ADA, prefix, few)
    with pytest.raises(TooManyRequests):
        await rates.caller(ADA, prefix, few)
    with redis.Redis.from_url(redis_server.url) as client:
        key = f"r:tenant/{prefix}"
        client.hset(key, "began", int(client.hget(key, "began")) - 89_000)
        assert [(await rates.caller(ADA, prefix, few)).remaining for _ in range(5)] == [4, 3, 2, 1, 0]
        with pytest.raises(TooManyRequests) as refused:
            await rates.caller(ADA, prefix, few)
        assert 1 <= int(refused.value.headers["Retry-After"]) <= 6
        client.hset(key, "began", int(client.hget(key, "began")) - 120_000)
        assert (await rates.caller(ADA, prefix, few)).remaining == 9
        assert 0 < client.pttl(key) <= 120_000
    await rates.close()


async def test_without_quotas_nothing_is_counted(make):
    rates, prefix = make()
    assert await rates.caller(ADA, prefix, NO_QUOTAS) is None


async def test_replicas_count_together(redis_server):
    one, other = Rates(redis_server.url), Rates(redis_server.url)
    prefix = f"{time.monotonic_ns():x}"
    for rates in (one, other, one):
        await rates.caller(ADA, prefix, FEW)
    with pytest.raises(TooManyRequests):
        await other.caller(ADA, prefix, FEW)
    for rates in (one, other):
        await rates.close()


async def test_without_redis_each_replica_counts_for_itself_and_comes_back(monkeypatch):
    monkeypatch.setattr(rates_module, "ASK_AGAIN_S", 0.2)
    server = RedisServer()
    try:
        rates = Rates(server.url)
        assert (await rates.caller(ADA, "p", FEW)).remaining == 2
        server.kill()
        assert (await rates.caller(ADA, "p", FEW)).remaining == 2
        server.start()
        await asyncio.sleep(0.25)
        assert (await rates.caller(ADA, "p", FEW)).remaining == 2
        assert (await rates.caller(ADA, "p", FEW)).remaining == 1
        await rates.close()
    finally:
        server.stop()


def test_over_http_the_headers_are_honest_and_quotas_hold(team):
    token = team.exchange(team.add_tenant("west")).json()["access_token"]
    quotas = Quotas(projects=1, requests_per_minute=8, user_requests_per_minute=6)
    with psycopg.connect(team.postgres.url(team.database, OWNER)) as connection:
        connection.execute("SELECT set_config('app.tenant', 'west', false)")
        connection.execute("UPDATE tenants SET quotas = %s", [quotas.model_dump_json()])
    first = team.write(token, "POST", "/v1/projects", {"name": "One"})
    second = team.write(token, "POST", "/v1/projects", {"name": "Two"})
    third = team.write(token, "PUT", "/v1/projects/three", {"name": "Three"})
    again = team.write(token, "PUT", f"/v1/projects/{first.json()['id']}", {"name": "One again"})
    assert [first.status_code, second.status_code, third.status_code, again.status_code] == [201, 403, 403, 200]
    assert second.json()["type"].endswith("quota-reached")
    remaining = [int(answer.headers["ratelimit-remaining"]) for answer in (first, second, third, again)]
    assert remaining == [5, 4, 3, 2]
    answers = [team.get(token, "/v1/projects") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["advice"].startswith("Wait")
