"""Context with Redis before SQL: reads are fast, and whatever Redis loses or cannot be told comes back from SQL."""

import asyncio
import hashlib
import json
import logging
import time
from typing import Any

from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import NoPermissionError, RedisError, ResponseError

from platform_service.context.kinds import KINDS
from platform_service.context.store import Kept, Place, SqlContext, current, held, store
from platform_service.identity.secrets import Secrets
from platform_service.sql.database import TenantDatabase, now
from platform_service.sql.transaction import Transaction

log = logging.getLogger(__name__)
DEADLINE_S = 0.5
ASK_AGAIN_S = 1.0
"""So long Redis is left alone after it failed."""
PENDING_S = 15
"""So long a write may take between its announcement and its commit; readers ask SQL meanwhile."""
BELIEVED_S = 300.0
"""So long a copy is believed: should a writer have been cut off from Redis alone, nobody reads the old value longer."""
COMMANDS = ("get", "expire", "set", "eval", "evalsha", "ping", "hello", "auth")
"""All that a tenant's own Redis user may do, and only with its own keys: nothing that lists or counts keys."""
UNLESS_NEWER = """
local there = redis.call('GET', KEYS[1])
if there then
  local known = cjson.decode(there)
  if (known.v or known.p) > tonumber(ARGV[1]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1
"""


class RedisContext:
    """One tenant's context; with a Redis user of its own where the server lets us make one."""

    def __init__(self, database: TenantDatabase, url: str, prefix: str, secrets: Secrets) -> None:
        self._truth = SqlContext(database)
        self._database = database
        self._url = url
        self._prefix = prefix
        self._password = secrets.key("redis-user").sign(prefix.encode())
        self._client: Redis | None = None
        self._connecting = asyncio.Lock()
        self._away_until_s = 0.0

    async def read(self, place: Place) -> Kept | None:
        """What is kept, with its time renewed; None when there is nothing or it has expired."""
        copy = await self._copy(place)
        if copy is not None:
            renewed = await self._truth.renewed(place, copy)
            if renewed is not copy:
                await self._settle(place, renewed)
            return renewed
        found = await self._truth.read(place)
        if found is not None:
            fill = {"nx": True, "ex": KINDS[place.kind].fast_s}
            await self._told("set", self._key(place), _spelled(found), **fill)
        return found

    async def write(self, transaction: Transaction, place: Place, document: str) -> Kept:
        """Keep a document in SQL; a copy follows once the transaction is committed."""
        before = await held(transaction, place)
        version = 1 if before is None else before.version + 1
        kept = await store(transaction, place, document, version)
        await self._announce(place, version)
        return kept

    async def erase(self, transaction: Transaction, place: Place) -> bool:
        """Forget it; False when there was nothing."""
        before = await held(transaction, place)
        await self._announce(place, 0 if before is None else before.version + 1)
        return await self._truth.erase(transaction, place)

    async def settled(self, place: Place) -> None:
        """Copy what was committed; what was erased stays announced until that lapses, and SQL answers."""
        async with self._database.reading() as transaction:
            found = await current(transaction, place)
        if found is not None:
            await self._settle(place, found)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def _copy(self, place: Place) -> Kept | None:
        text = await self._told("get", self._key(place))
        copy = {} if text is None else json.loads(text)
        if "v" not in copy or not 0 <= time.time() - copy["f"] < BELIEVED_S:
            return None  # nothing, the announcement of a write, or too old to be believed
        if copy["x"] is not None and copy["x"] <= now():
            return None
        await self._told("expire", self._key(place), KINDS[place.kind].fast_s)
        return Kept(copy["d"], copy["v"], copy["u"], copy["x"])

    async def _announce(self, place: Place, version: int) -> None:
        await self._told("set", self._key(place), json.dumps({"p": version}), ex=PENDING_S)

    async def _settle(self, place: Place, kept: Kept) -> None:
        fast_s = KINDS[place.kind].fast_s
        await self._told("eval", UNLESS_NEWER, 1, self._key(place), kept.version, _spelled(kept), fast_s)

    def _key(self, place: Place) -> str:
        """A key that tells nothing but whose it is, and that only by a prefix without meaning."""
        named = json.dumps([place.owner, place.kind, place.name]).encode()
        return f"c:{self._prefix}:{hashlib.blake2b(named, digest_size=12).hexdigest()}"

    async def _told(self, command: str, *arguments: Any, **options: Any) -> Any:
        """What Redis answers; None while it is away, which is the same as having no copy."""
        if time.monotonic() < self._away_until_s:
            return None
        try:
            async with self._connecting:
                self._client = client = self._client or await self._connected()
            return await getattr(client, command)(*arguments, **options)
        except (RedisError, OSError) as error:
            log.warning("context comes from the database for a while: %s", error)
            self._away_until_s = time.monotonic() + ASK_AGAIN_S
            await self.close()
            return None

    async def _connected(self) -> Redis:
        """A client as the tenant's own Redis user; as the service's where users cannot be made."""
        async with _client(self._url) as server:
            name = f"t{self._prefix}"
            rights = [f"+{command}" for command in COMMANDS]
            try:
                setting: Any = server.execute_command
                await setting(
                    "ACL", "SETUSER", name, "reset", "on", f">{self._password}", f"~c:{self._prefix}:*", *rights
                )
            except ResponseError as error:
                if not isinstance(error, NoPermissionError) and "unknown command" not in str(error).lower():
                    raise
                log.info("this Redis lets nobody make users: tenants are kept apart by their prefixes alone")
                return _client(self._url)
        return _client(self._url, username=name, password=self._password)


def _client(url: str, **who: str) -> Redis:
    options: dict[str, Any] = {"socket_timeout": DEADLINE_S, "socket_connect_timeout": DEADLINE_S, **who}
    return Redis.from_pool(ConnectionPool.from_url(url, decode_responses=True, max_connections=8, **options))


def _spelled(kept: Kept) -> str:
    copy = {"v": kept.version, "d": kept.document, "u": kept.updated, "x": kept.expires, "f": time.time()}
    return json.dumps(copy)
