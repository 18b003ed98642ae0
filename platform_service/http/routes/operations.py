"""What administrators of a team ask about it: its usage, what is kept of a person, and the erasure of a person."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response

from platform_service.errors import Refused
from platform_service.http.features import USAGE
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import ADMIN, Calling
from platform_service.http.routes.identity import UserId
from platform_service.http.writes import Once
from platform_service.operations import person
from platform_service.operations.person import ErasureReceipt, PersonExport
from platform_service.operations.usage import Usage, usage
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["operations"])


@router.get("/v1/usage", dependencies=[ADMIN, USAGE])
async def of_team(parts: Parts, days: Annotated[int, Query(ge=1, le=365)] = 30) -> Usage:
    """Which tools the team used, with what outcomes, and the time that this is estimated to have saved."""
    async with parts.database.reading() as transaction:
        return await usage(transaction, days)


@router.get("/v1/identity/users/{user_id}/export", dependencies=[ADMIN])
async def export(user_id: UserId, parts: Parts) -> PersonExport:
    """All that is kept of a person."""
    async with parts.database.reading() as transaction:
        return await person.exported(transaction, user_id)


@router.post(
    "/v1/identity/users/{user_id}/erasure", dependencies=[ADMIN], status_code=201, response_model=ErasureReceipt
)
async def erase(user_id: UserId, parts: Parts, whole: Whole, caller: Calling, once: Once) -> Response:
    """Erase a person; the receipt says what was erased and what stays for which reason."""

    async def effect(transaction: Transaction) -> ErasureReceipt:
        if user_id == caller.user:
            raise Refused("You cannot erase yourself.", "Nothing was changed.", "Ask another admin.")
        receipt, hosted = await person.erase(transaction, parts.context, user_id)
        erased.extend(hosted)
        return receipt

    erased: list[str] = []
    answer = await once.run(effect, 201)
    await whole.take_back(parts.tenant)
    await whole.hosting.forget(parts.tenant, erased)
    await asyncio.to_thread(parts.index.tidy, drop_old_versions=True)
    return answer
