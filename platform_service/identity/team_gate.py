"""The gate of a team: own tokens, the issuer's tokens and machines' keys, each known by its form."""

import jwt

from platform_service.identity.caller import Caller
from platform_service.identity.oidc import OidcIssuer
from platform_service.identity.service_keys import PREFIX, ServiceKeys
from platform_service.identity.tokens import Tokens, not_believed

LONGEST = 8_000


class TeamGate:
    """Admits whoever proves to be someone; whether the tenant is active is looked at behind it."""

    def __init__(self, tokens: Tokens, keys: ServiceKeys, issuer: OidcIssuer | None) -> None:
        self._tokens = tokens
        self._keys = keys
        self._issuer = issuer

    async def admit(self, credential: str) -> Caller:
        """The caller that a credential proves; raises NotAllowed, TokenExpired or IssuerAway."""
        if not credential or len(credential) > LONGEST or not credential.isascii():
            raise not_believed()
        if credential.startswith(PREFIX):
            return await self._keys.caller(credential)
        if self._issuer is not None and issuer_of(credential) == self._issuer.settings.issuer:
            return await self._issuer.caller(credential)
        return self._tokens.caller(credential)


def issuer_of(token: str) -> object:
    """Who a token says has issued it, before anything is believed."""
    try:
        return jwt.decode(token, options={"verify_signature": False}).get("iss")
    except jwt.PyJWTError:
        return None
