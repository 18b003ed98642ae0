"""Who did what: the tenant's own audit log."""

from typing import Annotated

from fastapi import APIRouter, Query

from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import ADMIN
from platform_service.sql import audit
from platform_service.sql.audit import AuditEntry, AuditReport

router = APIRouter(tags=["audit"])


@router.get("/v1/audit", dependencies=[ADMIN])
async def latest(
    parts: Parts,
    before: Annotated[int, Query(ge=1, le=2**31 - 1)] = 2**31 - 1,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[AuditEntry]:
    """The latest entries, newest first; `before` goes on from an entry's number."""
    async with parts.database.reading() as transaction:
        return list(await audit.latest(transaction, before, limit))


@router.get("/v1/audit/report", dependencies=[ADMIN])
async def report(
    parts: Parts, whole: Whole, known_head: Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")] = ""
) -> AuditReport:
    """Whether the log is whole; `known_head` is a head that was noted elsewhere and must still be in it."""
    async with parts.database.reading() as transaction:
        return await audit.verify(transaction, whole.audit.keys, known_head)
