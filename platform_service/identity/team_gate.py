"""The gate of a team: own tokens, the issuer's tokens and machines' keys, each known by its form.

Own tokens tell whose they are; whether that person and sign-in still stand, and with which role, SQL tells.
"""

import re
from dataclasses import replace

import jwt

from platform_service.identity.believed import Believed
from platform_service.identity.caller import TENANT_PATTERN, Caller, Role
from platform_service.identity.oidc import OidcIssuer
from platform_service.identity.service_keys import PREFIX, ServiceKeys
from platform_service.identity.tokens import Tokens, not_believed
from platform_service.sql import people
from platform_service.sql.database import Database
from platform_service.sql.transaction import Transaction

LONGEST = 8_000


class TeamGate:
    """Admits whoever proves to be someone; whether the tenant is active is looked at behind it."""

    def __init__(
        self, database: Database, tokens: Tokens, keys: ServiceKeys, issuer: OidcIssuer | None, believed: Believed
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._keys = keys
        self._issuer = issuer
        self._believed = believed

    async def admit(self, credential: str) -> Caller:
        """The caller that a credential proves; raises NotAllowed, TokenExpired or IssuerAway."""
        if not credential or len(credential) > LONGEST or not credential.isascii():
            raise not_believed()
        if credential.startswith(PREFIX):
            return await self._keys.caller(credential)
        if self._issuer is not None and issuer_of(credential) == self._issuer.settings.issuer:
            return await self._issuer.caller(credential)
        return await self._standing(self._tokens.caller(credential))

    async def _standing(self, proven: Caller) -> Caller:
        """Who a token was made for, as that person stands now; raises NotAllowed when access was taken back."""

        async def work(transaction: Transaction) -> Role | None:
            return await people.standing(transaction, proven.user, proven.sign_in)

        async def looked_up() -> Caller:
            role = await self._database.read(proven.tenant, work)
            if role is None:
                raise not_believed()
            return replace(proven, role=role)

        if not re.fullmatch(TENANT_PATTERN, proven.tenant):
            raise not_believed()
        return await self._believed.caller(proven.tenant, f"{proven.sign_in} {proven.user}", looked_up)


def issuer_of(token: str) -> object:
    """Who a token says has issued it, before anything is believed."""
    try:
        return jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.PyJWTError:
        return None
