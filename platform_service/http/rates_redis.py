"""All limits that requests fall under, counted in Redis by one script: what comes at once is asked for in one go."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import ConnectionPool, Redis

WINDOW_MS = 60_000
MOST_AT_ONCE = 64
COUNT = """
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local function count(key, most, window_ms)
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
  return {within and 1 or 0, before, count, left_ms}
end

local window_ms, told, first, argument = tonumber(ARGV[1]), {}, 1, 2
while argument <= #ARGV do
  local size, of_request = tonumber(ARGV[argument]), {}
  for i = 1, size do
    local found = count(KEYS[first + i - 1], tonumber(ARGV[argument + i]), window_ms)
    table.insert(of_request, found)
    if found[1] == 0 then break end
  end
  table.insert(told, of_request)
  first, argument = first + size, argument + size + 1
end
return told
"""
"""A sliding window: of the window before, the share counts that is still within the last minute.

For each request in its turn: how many limits it falls under, and how much each allows; the first that it would pass
ends it.
"""


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
class _Asked:
    limits: Mapping[str, int]
    answer: "asyncio.Future[list[Window]]"


class RedisWindows:
    """Counts together with the other replicas; Redis tells the time, so that all have the same."""

    def __init__(self, pool: ConnectionPool) -> None:
        self.pool = pool
        self._client: Any = Redis(connection_pool=pool)
        self._script = self._client.register_script(COUNT)
        self._waiting: list[_Asked] = []
        self._asking: asyncio.Task[None] | None = None

    async def count(self, limits: Mapping[str, int]) -> list[Window]:
        """Count one request under each limit by name, so many a minute, up to the first that it would pass."""
        answer: asyncio.Future[list[Window]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Asked(limits, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await answer

    async def ping(self) -> None:
        """Ask whether it answers; raises RedisError."""
        await self._client.ping()

    async def _ask(self) -> None:
        """One round trip after the other; whoever comes meanwhile goes with the next."""
        try:
            while self._waiting:
                taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                try:
                    told = await self._told(taken)
                except Exception as error:  # whatever it is, those who wait have to hear of it
                    _answer(taken, [error] * len(taken))
                else:
                    _answer(taken, told)
        finally:
            self._asking = None

    async def _told(self, asked: Sequence[_Asked]) -> list[list[Window]]:
        names = [f"r:{name}" for one in asked for name in one.limits]
        given = [number for one in asked for number in (len(one.limits), *one.limits.values())]
        told = await self._script(names, [WINDOW_MS, *given])
        return [[Window(bool(within), *counts) for within, *counts in of_request] for of_request in told]


def _answer(asked: Sequence[_Asked], told: Sequence[list[Window] | Exception]) -> None:
    for one, windows in zip(asked, told, strict=True):
        if one.answer.done():
            continue
        if isinstance(windows, Exception):
            one.answer.set_exception(windows)
        else:
            one.answer.set_result(windows)
