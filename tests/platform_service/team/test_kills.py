"""A few random kills of each store; the commands do many."""

from platform_service.context import redis_store
from tests.platform_service import kills


async def test_redis_may_be_killed_or_flushed_at_any_moment():
    outcome = await kills.redis_killed(4, seed=2)
    assert (outcome.lost, max(outcome.back_s) < 2.0) == ([], True)
    assert outcome.acknowledged > 0


async def test_postgresql_may_be_killed_at_any_moment():
    outcome = await kills.postgres_killed(1, seed=2)
    assert (outcome.lost, outcome.doubled) == ([], [])
    assert outcome.acknowledged > 0


async def test_the_campaign_notices_copies_that_outlive_their_truth(monkeypatch):
    async def forgotten(self, place) -> None:
        """A store that tells Redis nothing after a commit, nor before."""

    async def announced(self, place, version) -> None:
        """Nothing."""

    monkeypatch.setattr(redis_store.RedisContext, "settled", forgotten)
    monkeypatch.setattr(redis_store.RedisContext, "_announce", announced)
    outcome = await kills.redis_killed(1, seed=2)
    assert outcome.lost != []
