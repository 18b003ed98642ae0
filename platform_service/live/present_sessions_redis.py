"""The open sessions of all replicas, in Redis."""

import json
import logging
import time
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from platform_service.live.present_sessions import STAYS_S, Session

log = logging.getLogger(__name__)


class SessionsInRedis:
    """Of all replicas; while Redis is away, nobody is known to be there."""

    def __init__(self, url: str, stays_s: float = STAYS_S) -> None:
        self._stays_s = stays_s
        self._redis: Redis = Redis.from_url(
            url, decode_responses=True, socket_timeout=0.5, socket_connect_timeout=0.5
        )  # fmt: skip

    async def put(self, prefix: str, session_id: str, session: Session) -> None:
        """This session is open."""
        text = json.dumps([time.time() + self._stays_s, session])
        try:
            async with self._redis.pipeline() as together:
                together.hset(_key(prefix), session_id, text)
                together.pexpire(_key(prefix), int(self._stays_s * 2_000))
                await together.execute()
        except (RedisError, OSError) as error:
            log.debug("a session is not told to other replicas: %s", error)

    async def drop(self, prefix: str, session_id: str) -> None:
        """It was closed."""
        try:
            await self._redis.hdel(_key(prefix), session_id)
        except (RedisError, OSError) as error:
            log.debug("the end of a session is not told to other replicas: %s", error)

    async def of(self, prefix: str) -> list[Session]:
        """The open sessions, in the order of their ids."""
        try:
            found: Any = await self._redis.hgetall(_key(prefix))
            kept = {i: json.loads(text) for i, text in found.items()}
            gone = [i for i, (until_s, _) in kept.items() if until_s <= time.time()]
            if gone:
                await self._redis.hdel(_key(prefix), *gone)
        except (RedisError, OSError, ValueError) as error:
            log.warning("sessions are not known for a while: %s", error)
            return []
        return [session for i, (_, session) in sorted(kept.items()) if i not in gone]

    async def close(self) -> None:
        """Let go of Redis."""
        await self._redis.aclose()


def _key(prefix: str) -> str:
    return f"s:{prefix}"
