"""Keys of machines: a name and a secret in one string; the secret is derived, shown once, and kept only as a digest."""

import re

from platform_service.identity.believed import Believed
from platform_service.identity.caller import TENANT_PATTERN, Caller
from platform_service.identity.secrets import Secrets
from platform_service.identity.tokens import not_believed
from platform_service.sql import people
from platform_service.sql.database import Database
from platform_service.sql.people import ServiceKey
from platform_service.sql.transaction import Transaction

PREFIX = "vsk."
KEY = re.compile(r"vsk\.([a-z0-9-]{1,40})\.([0-9a-f]{32})\.([0-9a-f]{64})")


class ServiceKeys:
    """Spells keys and believes them."""

    def __init__(self, database: Database, secrets: Secrets, believed: Believed) -> None:
        self._database = database
        self._key = secrets.key("service-key")
        self._believed = believed

    def secret(self, tenant: str, key_id: str) -> str:
        """The secret of a new key: the same for a request that is sent again, and nowhere stored."""
        return self._key.sign(f"{tenant}.{key_id}".encode())

    def spelled(self, tenant: str, key_id: str) -> str:
        """The whole key as it is shown, once."""
        return f"{PREFIX}{tenant}.{key_id}.{self.secret(tenant, key_id)}"

    async def caller(self, credential: str) -> Caller:
        """The machine that a key proves; raises NotAllowed."""
        parts = KEY.fullmatch(credential)
        if parts is None or not re.fullmatch(TENANT_PATTERN, parts[1]):
            raise not_believed()
        tenant, key_id, secret = parts.groups()

        async def work(transaction: Transaction) -> ServiceKey | None:
            return await people.proven_key(transaction, key_id, secret)

        async def looked_up() -> Caller:
            key = await self._database.read(tenant, work)
            if key is None:
                raise not_believed()
            return Caller(tenant, f"key:{key.id}", key.role)

        return await self._believed.caller(tenant, credential, looked_up)
