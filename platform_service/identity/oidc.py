"""Single sign-on: tokens of one OpenID Connect issuer, checked against the keys that the issuer publishes."""

import asyncio
import json
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

import jwt

from platform_service.errors import IssuerAway, NotAllowed
from platform_service.identity.caller import ROLES, Caller, Role
from platform_service.identity.tokens import LEEWAY_S, expired, not_believed

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Only signatures with a public key: a symmetric one would make the issuer's public key a secret."""
DEADLINE_S = 5.0
KEYS_LIVE_S = 3_600.0
ASK_AGAIN_S = 10.0
"""Tokens with unknown keys do not make us ask the issuer more often."""
MOST_BYTES = 512 * 1024


@dataclass(frozen=True)
class OidcSettings:
    """What is configured about an issuer."""

    issuer: str
    audience: str
    tenant_claim: str = "tenant"
    role_claim: str = "role"


class OidcIssuer:
    """Believes the tokens of one issuer."""

    def __init__(self, settings: OidcSettings) -> None:
        self.settings = settings
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_s = float("-inf")
        self._asking = asyncio.Lock()

    async def caller(self, token: str) -> Caller:
        """The caller whom a token proves; raises NotAllowed, TokenExpired or IssuerAway."""
        try:
            header = jwt.get_unverified_header(token)
            algorithm = header.get("alg")
            if algorithm not in ALGORITHMS:
                raise not_believed()
            key = await self._key(str(header.get("kid", "")))
            claims = jwt.decode(
                token, key, [algorithm], audience=self.settings.audience, issuer=self.settings.issuer,
                leeway=LEEWAY_S, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )  # fmt: skip
        except jwt.ExpiredSignatureError as error:
            raise expired() from error
        except jwt.PyJWTError as error:
            raise not_believed() from error
        return self._caller(claims)

    def _caller(self, claims: dict[str, Any]) -> Caller:
        tenant = claims.get(self.settings.tenant_claim)
        if not isinstance(tenant, str) or not isinstance(claims["sub"], str):
            raise not_believed()
        return Caller(tenant, f"oidc:{claims['sub']}"[:120], self._role(claims.get(self.settings.role_claim)))

    def _role(self, claimed: object) -> Role:
        """The highest role that is claimed."""
        names = claimed if isinstance(claimed, list) else [claimed]
        found = [role for role in ROLES if role in names]
        if not found:
            raise NotAllowed("The account has no role here.", "Nothing was changed.", "Ask an administrator for one.")
        return found[-1]

    async def _key(self, name: str) -> jwt.PyJWK:
        async with self._asking:
            age_s = time.monotonic() - self._asked_s
            if age_s > KEYS_LIVE_S or (name not in self._keys and age_s > ASK_AGAIN_S):
                self._keys = await asyncio.to_thread(self._published)
                self._asked_s = time.monotonic()
        if name not in self._keys:
            raise not_believed()
        return self._keys[name]

    def _published(self) -> dict[str, jwt.PyJWK]:
        try:
            about = _fetched(self.settings.issuer.rstrip("/") + "/.well-known/openid-configuration")
            if about.get("issuer") != self.settings.issuer:
                raise ValueError("the issuer calls itself otherwise")
            keys = jwt.PyJWKSet.from_dict(_fetched(str(about["jwks_uri"])))
        except (OSError, ValueError, KeyError, jwt.PyJWTError) as error:
            raise IssuerAway(
                "The sign-in service does not answer as it should.", "Nothing was changed.", "Try again in a moment."
            ) from error
        return {str(key.key_id): key for key in keys.keys if key.key_id}


def _fetched(url: str) -> dict[str, Any]:
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ValueError("keys come over TLS only")
    with urllib.request.urlopen(url, timeout=DEADLINE_S) as answer:
        found = json.loads(answer.read(MOST_BYTES))
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found
