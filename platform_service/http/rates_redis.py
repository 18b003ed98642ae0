"""All limits that a request falls under, counted in Redis by one script: one round trip, however many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import ConnectionPool, Redis

WINDOW_MS = 60_000
COUNT = """
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local told = {}
for i, key in ipairs(KEYS) do
  local most, window_ms = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local kept = redis.call('HMGET', key, 'began', 'count', 'before')
  local began, count = tonumber(kept[1] or '-1'), tonumber(kept[2] or '0')
  local before = tonumber(kept[3] or '0')
  if began < 0 or now_ms - began >= 2 * window_ms then
    began, count, before = now_ms, 0, 0
  elseif now_ms - began >= window_ms then
    began, count, before = began + window_ms, 0, count
  end
  local left_ms = window_ms - (now_ms - began)
  local within = math.floor(before * left_ms / window_ms) + count + 1 <= most
  if within then
    count = count + 1
    redis.call('HSET', key, 'began', began, 'count', count, 'before', before)
    redis.call('PEXPIRE', key, 2 * window_ms)
  end
  table.insert(told, {within and 1 or 0, before, count, left_ms})
  if not within then break end
end
return told
"""
"""A sliding window: of the window before, the share counts that is still within the last minute."""


@dataclass(frozen=True)
class Window:
    """How a limit stands: what was counted before and in the window under way, which has so long to go."""

    within: bool
    before: int
    count: int
    left_ms: int

    def remaining(self, most: int) -> int:
        """So many more are within the limit just now."""
        return max(0, most - self.before * self.left_ms // WINDOW_MS - self.count)

    @property
    def reset_s(self) -> float:
        """Until one more is within it: as the window before moves out, or when this one ends."""
        sooner_ms = self.left_ms % (WINDOW_MS / self.before) if self.before else self.left_ms
        return sooner_ms / 1_000


@dataclass(frozen=True)
class RedisWindows:
    """Counts together with the other replicas; Redis tells the time, so that all have the same."""

    pool: ConnectionPool

    async def count(self, limits: Mapping[str, int]) -> list[Window]:
        """Count one request under each limit by name, so many a minute, up to the first that it would pass."""
        client: Any = Redis(connection_pool=self.pool)
        given = [part for most in limits.values() for part in (most, WINDOW_MS)]
        told = await client.register_script(COUNT)([f"r:{name}" for name in limits], given)
        return [Window(bool(within), *counts) for within, *counts in told]

    async def ping(self) -> None:
        """Ask whether it answers; raises RedisError."""
        client: Any = Redis(connection_pool=self.pool)
        await client.ping()
