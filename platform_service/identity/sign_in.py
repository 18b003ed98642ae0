"""Signing in: a refresh code opens one sign-in, and every use replaces it; a copied code ends the sign-in."""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from platform_service.audit_log import AuditLog
from platform_service.errors import CodeCopied
from platform_service.identity.caller import TENANT_PATTERN, Caller
from platform_service.identity.secrets import DerivedKey, Secrets
from platform_service.identity.tokens import LIVES_S, Tokens, not_believed
from platform_service.sql import people
from platform_service.sql.database import Database
from platform_service.sql.people import SignIn
from platform_service.sql.transaction import Transaction

INVITED_DAYS = 7
SIGNED_IN_DAYS = 30
LOST_ANSWER_S = 60
"""A code that was just replaced gives its successor again: the answer may have been lost on the way."""
CODE = re.compile(r"vrc\.([a-z0-9-]{1,40})\.([0-9a-f]{32})\.([0-9]{1,9})\.([0-9a-f]{64})")


@dataclass(frozen=True)
class SignedIn:
    """What a client gets for its code."""

    access_token: str
    expires_in_s: int
    refresh_code: str


class SignIns:
    """Makes invitations and exchanges codes for tokens."""

    def __init__(self, database: Database, secrets: Secrets, tokens: Tokens, audit: AuditLog) -> None:
        self._database = database
        self._keys = secrets.keys("refresh-code")
        self._tokens = tokens
        self._audit = audit

    async def invite(self, transaction: Transaction, user_id: str) -> SignIn:
        """A sign-in of a person that waits for its first use; `code` spells it."""
        return await people.begin_sign_in(transaction, user_id, _in_days(INVITED_DAYS))

    def code(self, tenant: str, sign_in: SignIn) -> str:
        """The code that is good for a sign-in now."""
        return _code(self._keys[0], tenant, sign_in)

    async def exchange(self, code: str) -> SignedIn:
        """Tokens for a code; raises NotAllowed. A code that was used long ago ends its sign-in: it was copied."""
        tenant, sign_in_id, generation = self._parts(code)
        copied = False
        async with self._database.writing(tenant) as transaction:
            found = await people.sign_in(transaction, sign_in_id)
            if found is None or found.state != "active" or found.expires < _in_days(0):
                raise not_believed()
            just_now = found.rotated > _in_days(-LOST_ANSWER_S / 86_400)
            if generation == found.generation:
                renewed = {"generation": generation + 1, "rotated": _in_days(0), "expires": _in_days(SIGNED_IN_DAYS)}
                found = found.model_copy(update=renewed)
            elif not (generation == found.generation - 1 and just_now):
                found, copied = found.model_copy(update={"state": "ended"}), True
            await people.change_sign_in(transaction, found)
            person = await people.user(transaction, found.user_id)
            caller = Caller(tenant, person.id, person.role, found.id)
            action = "copied refresh code" if copied else "refresh"
            await self._audit.append(transaction, caller, action, found.id, generation=generation)
        if copied or person.state != "active":
            raise CodeCopied(tenant)
        return SignedIn(self._tokens.mint(caller), LIVES_S, self.code(tenant, found))

    def _parts(self, code: str) -> tuple[str, str, int]:
        found = CODE.fullmatch(code)
        if found is None or not re.fullmatch(TENANT_PATTERN, found[1]):
            raise not_believed()
        unsigned = code.rpartition(".")[0].encode()
        if not any(_equal(key.sign(unsigned), found[4]) for key in self._keys):
            raise not_believed()
        return found[1], found[2], int(found[3])


def _code(key: DerivedKey, tenant: str, sign_in: SignIn) -> str:
    unsigned = f"vrc.{tenant}.{sign_in.id}.{sign_in.generation}"
    return f"{unsigned}.{key.sign(unsigned.encode())}"


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)


def _in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="milliseconds")
