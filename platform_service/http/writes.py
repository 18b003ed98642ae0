"""How every write runs: once for a key, with its receipt in the same transaction as its effect."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from platform_service.errors import Refused
from platform_service.http.parts import Parts
from platform_service.sql import receipts
from platform_service.sql.receipts import Receipt
from platform_service.sql.transaction import Transaction

Effect = Callable[[Transaction], Awaitable[BaseModel | None]]
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
    """FastAPI dependency: runs one write of a request once for its idempotency key."""

    def __init__(self, request: Request, parts: Parts, idempotency_key: IdempotencyKey) -> None:
        self._request = request
        self._parts = parts
        self._key = idempotency_key

    async def run(self, effect: Effect, status: int = 200) -> Response:
        """Run `effect` in a transaction, or replay what it answered the first time."""
        request = self._request
        target = request.url.path + ("?" + request.url.query if request.url.query else "")
        print_ = receipts.fingerprint(request.method, target, await request.body())
        async with self._parts.database.writing() as transaction:
            receipt = await receipts.find(transaction, self._key, print_)
            replayed = receipt is not None
            if receipt is None:
                receipt = await _carried_out(effect, transaction, status)
                await receipts.keep(transaction, self._key, print_, receipt)
        headers = {"idempotency-replayed": "true"} if replayed else {}
        media = "application/json" if receipt.body else None
        return Response(receipt.body, receipt.status, headers, media_type=media)


Once = Annotated[Writes, Depends()]
