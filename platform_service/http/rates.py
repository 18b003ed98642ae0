"""How often a tenant, a user and an address may ask; counted in memory, or in Redis when there are replicas."""

import hashlib
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from platform_service.errors import TooManyRequests
from platform_service.http.rates_redis import RedisWindows
from platform_service.identity.caller import Caller
from platform_service.sql.tenants import Quotas

log = logging.getLogger(__name__)
ASK_AGAIN_S = 5.0
"""So long Redis is left alone after it failed; meanwhile each replica counts for itself."""


ADDRESS, TEAM = "this address", "you or your team"


@dataclass(frozen=True)
class Limit:
    """So many requests a minute for whoever bears the name."""

    name: str
    most: int
    whose: str


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
        self._shared = RedisWindows(_pool(redis_url)) if redis_url else None
        self._address_per_minute = address_per_minute
        self._away_until_s = 0.0

    @property
    def is_shared(self) -> bool:
        """Whether replicas count together, in Redis."""
        return self._shared is not None

    async def ping(self) -> None:
        """Ask Redis whether it answers; raises RedisError."""
        if self._shared is not None:
            await self._shared.ping()

    async def close(self) -> None:
        """Let go of Redis."""
        if self._shared is not None:
            await self._shared.pool.disconnect()

    async def address(self, address: str) -> Standing:
        """Count a request from an address; raises TooManyRequests."""
        return (await self._counted([self._of_address(address)]))[0]

    async def caller(self, caller: Caller, prefix: str, quotas: Quotas, address: str = "") -> Standing | None:
        """Count a request of a caller, and of the address that it came from, in one go; raises TooManyRequests.

        Gives how the caller stands; None when nothing bounds it.
        """
        asked = [self._of_address(address)] if address else []
        if quotas.requests_per_minute is not None:
            asked.append(Limit(f"tenant/{prefix}", quotas.requests_per_minute, TEAM))
        if quotas.user_requests_per_minute is not None:
            name = f"user/{prefix}/{_nameless(caller.user)}"
            asked.append(Limit(name, quotas.user_requests_per_minute, TEAM))
        standings = (await self._counted(asked))[bool(address) :] if asked else []
        return min(standings, key=lambda standing: standing.remaining, default=None)

    def _of_address(self, address: str) -> Limit:
        return Limit(f"address/{address}", self._address_per_minute, ADDRESS)

    async def _counted(self, asked: Sequence[Limit]) -> list[Standing]:
        if self._shared is not None and time.monotonic() >= self._away_until_s:
            try:
                windows = await self._shared.count({limit.name: limit.most for limit in asked})
            except (RedisError, OSError, TimeoutError) as error:
                self._away_until_s = time.monotonic() + ASK_AGAIN_S
                log.warning("rates are counted here for a while: %s", error)
            else:
                return [
                    _standing(limit, window.within, window.remaining(limit.most), window.reset_s)
                    for limit, window in zip(asked, windows, strict=False)
                ]
        return [await self._counted_here(limit) for limit in asked]

    async def _counted_here(self, limit: Limit) -> Standing:
        limiter, item = SlidingWindowCounterRateLimiter(self._own), RateLimitItemPerMinute(limit.most)
        within = await limiter.hit(item, limit.name)
        window = await limiter.get_window_stats(item, limit.name)
        return _standing(limit, within, window.remaining, window.reset_time - time.time())


def _standing(limit: Limit, within: bool, remaining: int, reset_s: float) -> Standing:
    """How somebody stands; raises TooManyRequests."""
    standing = Standing(limit.most, max(0, remaining), max(1, math.ceil(reset_s)))
    if within:
        return standing
    wait_s = standing.reset_s
    error = TooManyRequests(
        f"More requests came from {limit.whose} than {limit.most} a minute.",
        "Nothing was changed.",
        f"Wait {wait_s} s, then send the same request with the same key.",
        headers={**Standing(limit.most, 0, wait_s).headers, "Retry-After": str(wait_s)},
    )
    error.is_of_address = limit.whose == ADDRESS
    raise error


def _nameless(user: str) -> str:
    """A person as Redis may know them: counts outlive an erasure by a minute or two."""
    return hashlib.blake2b(user.encode(), digest_size=12).hexdigest()


def _pool(url: str) -> ConnectionPool:
    pool: ConnectionPool = ConnectionPool.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
    return pool
