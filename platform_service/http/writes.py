"""How every write runs: once for a key, with its receipt and its line in the audit log in the effect's transaction."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from platform_service.context.places import place_of
from platform_service.context.service import PersonContext
from platform_service.errors import Refused
from platform_service.http.parts import Parts, Whole
from platform_service.http.problems import correlation_of
from platform_service.http.roles import Calling
from platform_service.http.working import keep_place, session_of, working_in
from platform_service.identity.caller import LOCAL, Caller
from platform_service.platform import Platform
from platform_service.sql import receipts
from platform_service.sql.receipts import Receipt
from platform_service.sql.transaction import Transaction
from platform_service.tenancy import TenantParts

Effect = Callable[[Transaction], Awaitable[BaseModel | None]]
Shown = Callable[[bytes], bytes]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Made by the client before it sends; a retry carries the same key.",
    ),
]


async def _carried_out(effect: Effect, transaction: Transaction, status: int) -> Receipt:
    try:
        value = await effect(transaction)
        body = b"" if value is None else value.model_dump_json().encode()
    except (UnicodeEncodeError, PydanticSerializationError) as error:
        raise Refused(
            "The text holds half of a character, which cannot be stored.", "Nothing was changed.", "Correct the text."
        ) from error
    return Receipt(status if body else 204, body)


class Writes:
    """Runs one write of a request once for its idempotency key."""

    def __init__(self, request: Request, whole: Platform, parts: TenantParts, caller: Caller, key: str) -> None:
        self._request = request
        self._whole = whole
        self._audit = whole.audit
        self._parts = parts
        self._caller = caller
        self._key = key

    async def run(self, effect: Effect, status: int = 200, shown: Shown = lambda body: body) -> Response:
        """Run `effect` in a transaction, or replay what it answered the first time.

        `shown` adds to the answer what must not be stored with the receipt.
        """
        body = await self._request.body()
        print_ = receipts.fingerprint(self._request.method, self._target(), body)
        async with self._parts.database.writing() as transaction:
            receipt = await receipts.find(transaction, self._key, print_)
            replayed = receipt is not None
            if receipt is None:
                receipt = await _carried_out(effect, transaction, status)
                await receipts.keep(transaction, self._key, print_, receipt)
                await self._note(transaction, receipt.status, body)
        keep_place(self._request, self._whole, self._caller)
        headers = {"idempotency-replayed": "true"} if replayed else {}
        media = "application/json" if receipt.body else None
        return Response(shown(receipt.body), receipt.status, headers, media_type=media)

    def _target(self) -> str:
        """What the key is bound to: another person with the same key made another request."""
        url = self._request.url
        whose = "" if self._caller.user == LOCAL else f" {self._caller.user}"
        return url.path + ("?" + url.query if url.query else "") + whose

    async def _note(self, transaction: Transaction, status: int, body: bytes) -> None:
        request = self._request
        action = f"{request.method} {getattr(request.scope.get('route'), 'path', '')}"
        detail = {"status": status, "body": hashlib.sha256(body).hexdigest()}
        session_id = session_of(request)
        if session_id:
            mine = PersonContext(self._parts.database, self._parts.context, self._caller.user)
            working = await working_in(transaction, request, mine)
            detail |= {"session": session_id, **place_of(working)}
        target, correlation_id = request.url.path, correlation_of(request)
        await self._audit.append(transaction, self._caller, action, target, correlation_id, **detail)


async def writes_of(
    request: Request, whole: Whole, parts: Parts, caller: Calling, idempotency_key: IdempotencyKey
) -> Writes:
    """The one write of a request."""
    return Writes(request, whole, parts, caller, idempotency_key)


Once = Annotated[Writes, Depends(writes_of)]
