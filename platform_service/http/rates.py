"""How often a tenant, a user and an address may ask; counted in memory, or in Redis when there are replicas."""

import hashlib
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import ConnectionPool

from platform_service.errors import TooManyRequests
from platform_service.identity.caller import Caller
from platform_service.sql.tenants import Quotas

log = logging.getLogger(__name__)
ASK_AGAIN_S = 5.0
"""So long Redis is left alone after it failed; meanwhile each replica counts for itself."""


@dataclass(frozen=True)
class Standing:
    """How a caller stands with its tightest limit."""

    limit: int
    remaining: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says about it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_s),
        }


class Rates:
    """Counts requests and refuses those that are too many."""

    def __init__(self, redis_url: str = "", *, address_per_minute: int = 3_000) -> None:
        self._own: Storage = MemoryStorage()
        self._pool = _pool(redis_url) if redis_url else None
        self._shared: Storage | None = None if self._pool is None else _redis(self._pool)
        self._address = RateLimitItemPerMinute(address_per_minute)
        self._away_until_s = 0.0

    @property
    def is_shared(self) -> bool:
        """Whether replicas count together, in Redis."""
        return self._pool is not None

    async def ping(self) -> None:
        """Ask Redis whether it answers; raises ConnectionError."""
        if self._shared is not None and not await self._shared.check():
            raise ConnectionError("Redis does not answer")

    async def close(self) -> None:
        """Let go of Redis."""
        if self._pool is not None:
            await self._pool.disconnect()

    async def address(self, address: str) -> Standing:
        """Count a request from an address; raises TooManyRequests."""
        return await self._counted([(self._address, ("address", address))], "this address")

    async def caller(self, caller: Caller, prefix: str, quotas: Quotas) -> Standing | None:
        """Count a request of a caller; raises TooManyRequests. None when nothing bounds it."""
        asked: list[tuple[RateLimitItem, tuple[str, ...]]] = []
        if quotas.requests_per_minute is not None:
            asked.append((RateLimitItemPerMinute(quotas.requests_per_minute), ("tenant", prefix)))
        if quotas.user_requests_per_minute is not None:
            asked.append(
                (RateLimitItemPerMinute(quotas.user_requests_per_minute), ("user", prefix, _nameless(caller.user)))
            )
        return await self._counted(asked, "you or your team") if asked else None

    async def _counted(self, asked: Sequence[tuple[RateLimitItem, tuple[str, ...]]], whose: str) -> Standing:
        if self._shared is not None and time.monotonic() >= self._away_until_s:
            try:
                return await _count(self._shared, asked, whose)
            except TooManyRequests:
                raise
            except Exception as error:  # each client library has its own errors; all mean that Redis is away
                self._away_until_s = time.monotonic() + ASK_AGAIN_S
                log.warning("rates are counted here for a while: %s", error)
        return await _count(self._own, asked, whose)


async def _count(storage: Storage, asked: Sequence[tuple[RateLimitItem, tuple[str, ...]]], whose: str) -> Standing:
    limiter = SlidingWindowCounterRateLimiter(storage)
    tightest: Standing | None = None
    for item, name in asked:
        within = await limiter.hit(item, *name)
        window = await limiter.get_window_stats(item, *name)
        reset_s = max(1, math.ceil(window.reset_time - time.time()))
        standing = Standing(item.amount, max(0, window.remaining), reset_s)
        if not within:
            raise TooManyRequests(
                f"More requests came from {whose} than {item.amount} a minute.",
                "Nothing was changed.",
                f"Wait {reset_s} s, then send the same request with the same key.",
                headers={**Standing(item.amount, 0, reset_s).headers, "Retry-After": str(reset_s)},
            )
        if tightest is None or standing.remaining < tightest.remaining:
            tightest = standing
    assert tightest is not None
    return tightest


def _nameless(user: str) -> str:
    """A person as Redis may know them: counts outlive an erasure by a minute or two."""
    return hashlib.blake2b(user.encode(), digest_size=12).hexdigest()


def _pool(url: str) -> ConnectionPool:
    pool: ConnectionPool = ConnectionPool.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
    return pool


def _redis(pool: ConnectionPool) -> RedisStorage:
    options: dict[str, Any] = {"connection_pool": pool}
    return RedisStorage("async+redis://", implementation="redispy", key_prefix="r", **options)
