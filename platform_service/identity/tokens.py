"""The platform's own bearer tokens: signed, short-lived, checked for everything they claim."""

import time
from typing import Any

import jwt

from platform_service.errors import NotAllowed, TokenExpired
from platform_service.identity.caller import ROLES, Caller
from platform_service.identity.secrets import Secrets

ISSUER = "vernissage-platform"
AUDIENCE = "vernissage"
LIVES_S = 600
LEEWAY_S = 30
"""So far may clocks differ."""
ALGORITHM = "HS256"
CLAIMS = ["exp", "iat", "nbf", "iss", "aud", "sub", "tenant", "role"]


def not_believed() -> NotAllowed:
    """The one refusal for every credential that proves nothing: it does not tell which part was wrong."""
    return NotAllowed("The credential is not one of ours.", "Nothing was changed.", "Sign in again.")


def expired() -> TokenExpired:
    """The refusal of a token that was good."""
    return TokenExpired("The token has expired.", "Nothing was changed.", "Refresh it, then send the request again.")


class Tokens:
    """Makes and checks access tokens."""

    def __init__(self, secrets: Secrets) -> None:
        self._keys = secrets.keys("access-token")

    def mint(self, caller: Caller, now_s: float | None = None) -> str:
        """A token for a caller that was verified."""
        now_s = time.time() if now_s is None else now_s
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": caller.user,
            "tenant": caller.tenant,
            "role": caller.role,
            "sid": caller.sign_in,
            "iat": int(now_s),
            "nbf": int(now_s),
            "exp": int(now_s) + LIVES_S,
        }
        newest = self._keys[0]
        return jwt.encode(claims, newest.key, ALGORITHM, headers={"kid": newest.id})

    def caller(self, token: str) -> Caller:
        """The caller whom a token proves; raises NotAllowed or TokenExpired."""
        try:
            named = jwt.get_unverified_header(token).get("kid")
            key = next((one.key for one in self._keys if one.id == named), None)
            if key is None:
                raise not_believed()
            claims = jwt.decode(
                token, key, [ALGORITHM], audience=AUDIENCE, issuer=ISSUER, leeway=LEEWAY_S, options={"require": CLAIMS}
            )
        except jwt.ExpiredSignatureError as error:
            raise expired() from error
        except jwt.InvalidTokenError as error:
            raise not_believed() from error
        return _caller(claims)


def _caller(claims: dict[str, Any]) -> Caller:
    tenant, user, role = claims["tenant"], claims["sub"], claims["role"]
    if not (isinstance(tenant, str) and isinstance(user, str) and role in ROLES):
        raise not_believed()
    return Caller(tenant, user, role, str(claims.get("sid", "")))
