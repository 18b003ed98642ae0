"""The people in the scenes of all replicas, in Redis; its clock alone says who is gone."""

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from platform_service.live.messages import Told, spelled
from platform_service.live.presence import STAYS_S, There, Where

log = logging.getLogger(__name__)
DEADLINE_S = 0.5
NOW_MS = """
local clock = redis.call('TIME')
local now_ms = clock[1] * 1000 + math.floor(clock[2] / 1000)
"""
STAND = f"""{NOW_MS}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f ', now_ms + ARGV[2]) .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
PEOPLE = f"""{NOW_MS}
local kept, there = redis.call('HGETALL', KEYS[1]), {{}}
for at = 1, #kept, 2 do
  local until_ms, told = string.match(kept[at + 1], '^(%d+) (.*)$')
  if tonumber(until_ms) > now_ms then
    there[#there + 1] = {{kept[at], tonumber(until_ms) - now_ms, told}}
  else
    redis.call('HDEL', KEYS[1], kept[at])
  end
end
return there
"""


class PresenceInRedis:
    """Of all replicas; while Redis is away, each knows those whom it hears of itself."""

    def __init__(self, url: str, stays_s: float = STAYS_S) -> None:
        self._stays_s = stays_s
        self._redis: Redis = Redis.from_url(
            url, decode_responses=True, socket_timeout=DEADLINE_S, socket_connect_timeout=DEADLINE_S
        )

    @property
    def stays_s(self) -> float:
        """So long somebody stays who is not heard of again."""
        return self._stays_s

    async def put(self, news: Mapping[Where, Told | None]) -> None:
        """Where people stand from now on, in one round trip; None is who left."""
        stays_ms = int(self._stays_s * 1_000)
        try:
            async with asyncio.timeout(DEADLINE_S), self._redis.pipeline(transaction=False) as together:
                for where, told in news.items():
                    key = _key(where.prefix, where.scene_id)
                    if told is None:
                        together.hdel(key, where.session_id)
                    else:
                        together.eval(STAND, 1, key, where.session_id, stays_ms, spelled(told))
                await together.execute()
        except (RedisError, OSError) as error:
            log.debug("who stands where is not kept for other replicas: %s", error)

    async def of(self, prefix: str, scene_id: str) -> dict[str, There]:
        """The people in a scene, by session."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                asked: Any = self._redis.eval(PEOPLE, 1, _key(prefix, scene_id))
                kept: list[tuple[str, int, str]] = await asked
            return {session_id: There(json.loads(told), left_ms / 1_000) for session_id, left_ms, told in kept}
        except (RedisError, OSError, ValueError) as error:
            log.warning("people on other replicas are seen once they move: %s", error)
            return {}

    async def close(self) -> None:
        """Let go of Redis."""
        await self._redis.aclose()


def _key(prefix: str, scene_id: str) -> str:
    return f"p:{prefix}:{scene_id}"
