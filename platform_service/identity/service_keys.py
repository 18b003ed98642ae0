"""Keys of machines: a name and a secret in one string; the secret is derived, shown once, and kept only as a digest."""

import re
import time
from collections import OrderedDict

from platform_service.identity.caller import TENANT_PATTERN, Caller
from platform_service.identity.secrets import Secrets
from platform_service.identity.tokens import not_believed
from platform_service.sql import people
from platform_service.sql.database import Database

PREFIX = "vsk."
KEY = re.compile(r"vsk\.([a-z0-9-]{1,40})\.([0-9a-f]{32})\.([0-9a-f]{64})")
BELIEVED_S = 20.0
"""So long a key that was looked up is believed without asking the database again."""
MOST_REMEMBERED = 2_000


class ServiceKeys:
    """Spells keys and believes them."""

    def __init__(self, database: Database, secrets: Secrets) -> None:
        self._database = database
        self._key = secrets.key("service-key")
        self._believed: OrderedDict[str, tuple[float, Caller]] = OrderedDict()

    def secret(self, tenant: str, key_id: str) -> str:
        """The secret of a new key: the same for a request that is sent again, and nowhere stored."""
        return self._key.sign(f"{tenant}.{key_id}".encode())

    def spelled(self, tenant: str, key_id: str) -> str:
        """The whole key as it is shown, once."""
        return f"{PREFIX}{tenant}.{key_id}.{self.secret(tenant, key_id)}"

    async def caller(self, credential: str) -> Caller:
        """The machine that a key proves; raises NotAllowed."""
        found = self._believed.get(credential)
        if found is not None and time.monotonic() - found[0] < BELIEVED_S:
            return found[1]
        caller = await self._looked_up(credential)
        self._believed[credential] = (time.monotonic(), caller)
        if len(self._believed) > MOST_REMEMBERED:
            self._believed.popitem(last=False)
        return caller

    async def _looked_up(self, credential: str) -> Caller:
        parts = KEY.fullmatch(credential)
        if parts is None or not re.fullmatch(TENANT_PATTERN, parts[1]):
            raise not_believed()
        async with self._database.reading(parts[1]) as transaction:
            key = await people.proven_key(transaction, parts[2], parts[3])
        if key is None:
            self._believed.pop(credential, None)
            raise not_believed()
        return Caller(parts[1], f"key:{key.id}", key.role)
