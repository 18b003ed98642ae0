"""Hints between replicas through Redis: fast, never the truth; without Redis or while it is away, SQL is asked."""

import asyncio
import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
ASK_AGAIN_S = 1.0
Heard = Callable[[str, dict[str, Any]], None]
"""Called with a tenant's prefix and what another replica said."""


class Backplane:
    """One replica's line to the others."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, decode_responses=True, socket_connect_timeout=0.5)
        self._origin = uuid.uuid4().hex
        self._sending: set[asyncio.Task[None]] = set()

    def say(self, prefix: str, what: dict[str, Any]) -> None:
        """Tell the other replicas soon; what cannot be told is lost."""
        task = asyncio.create_task(self._publish(f"live:{prefix}", json.dumps({**what, "origin": self._origin})))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def listen(self, heard: Heard) -> None:
        """Hear what the others say, until cancelled."""
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as line:
                    await line.psubscribe("live:*")
                    async for message in line.listen():
                        self._pass_on(message, heard)
            except (RedisError, OSError) as error:
                log.warning("replicas do not hear each other for a while: %s", error)
            await asyncio.sleep(ASK_AGAIN_S)

    async def close(self) -> None:
        """Let go of Redis."""
        for task in list(self._sending):
            task.cancel()
        await self._redis.aclose()

    def _pass_on(self, message: dict[str, Any], heard: Heard) -> None:
        try:
            what = json.loads(message["data"])
        except (ValueError, TypeError):
            return
        if isinstance(what, dict) and what.pop("origin", "") != self._origin:
            heard(str(message["channel"]).partition(":")[2], what)

    async def _publish(self, channel: str, text: str) -> None:
        try:
            await self._redis.publish(channel, text)
        except (RedisError, OSError) as error:
            log.debug("a hint was lost: %s", error)
