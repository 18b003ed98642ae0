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
ANSWER_S = 0.5
Said = dict[str, Any]
Heard = Callable[[str, Said], None]
"""Called with a tenant's prefix and what another replica said."""
Hears = Callable[[bool], None]
"""Called with whether the others are heard from now on."""


class Backplane:
    """One replica's line to the others; what is said while something is on its way goes together."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, decode_responses=True, socket_connect_timeout=ANSWER_S)
        self._origin = uuid.uuid4().hex
        self._waiting: dict[str, list[Said]] = {}
        self._sending: asyncio.Task[None] | None = None

    def say(self, prefix: str, what: Said) -> None:
        """Tell the other replicas soon; what cannot be told is lost."""
        waiting = self._waiting.setdefault(prefix, [])
        if what not in waiting[-1:]:
            waiting.append(what)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    async def said(self) -> None:
        """Wait until what was said has reached Redis, or was lost."""
        if self._sending is not None:
            await asyncio.wait([self._sending], timeout=ANSWER_S)

    async def listen(self, heard: Heard, hears: Hears) -> None:
        """Hear what the others say, until cancelled."""
        while True:
            try:
                async with self._redis.pubsub() as line:
                    await line.psubscribe("live:*")
                    async for message in line.listen():
                        if message["type"] == "psubscribe":
                            hears(True)
                        else:
                            self._pass_on(message, heard)
            except (RedisError, OSError) as error:
                log.warning("replicas do not hear each other for a while: %s", error)
            hears(False)
            await asyncio.sleep(ASK_AGAIN_S)

    async def close(self) -> None:
        """Let go of Redis."""
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)
        await self._redis.aclose()

    def _pass_on(self, message: dict[str, Any], heard: Heard) -> None:
        try:
            told = json.loads(message["data"])
        except (ValueError, TypeError):
            return
        if isinstance(told, dict) and told.get("origin", "") != self._origin:
            for what in told.get("said", ()):
                heard(str(message["channel"]).partition(":")[2], what)

    async def _send(self) -> None:
        await asyncio.sleep(0)  # who saved in the same transaction speaks first
        while self._waiting:
            waiting, self._waiting = self._waiting, {}
            try:
                for prefix, said in waiting.items():
                    await self._redis.publish(f"live:{prefix}", json.dumps({"origin": self._origin, "said": said}))
            except (RedisError, OSError) as error:
                log.debug("hints were lost: %s", error)
