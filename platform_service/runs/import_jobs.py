"""Carries out imports that were queued: one tenant's at a time, begun again by another worker when this one is lost."""

import asyncio
import logging

from platform_service.errors import NotFound, ServiceError
from platform_service.runs.runner import AWAY, STORES_BACK_S
from platform_service.sql import imports
from platform_service.tenancy import Tenancy

log = logging.getLogger(__name__)


class ImportJobs:
    """Imports of all tenants, on the loop that the tenants' parts live on."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy

    async def carry_out(self, tenant: str, import_id: str) -> None:
        """Do what is left of an import; works that a lost worker added are not read again."""
        while True:
            try:
                await self._once(tenant, import_id)
                return
            except NotFound:
                log.warning("an import was queued that nobody asked for: %s", import_id)
                return
            except ServiceError as error:
                if error.status < AWAY:
                    raise
                log.warning("an import waits: %s", error.what)
                await asyncio.sleep(STORES_BACK_S)

    async def _once(self, tenant: str, import_id: str) -> None:
        parts = await self._tenancy.of(tenant)
        async with parts.database.reading() as transaction:
            progress = await imports.progress_of(transaction, import_id)
            asked = await imports.asked_of(transaction, import_id)
        if progress.state in imports.ENDED:
            return
        if progress.state == "cancelling":
            async with parts.database.writing() as transaction:
                await imports.note(transaction, progress.model_copy(update={"state": "cancelled"}))
            return
        log.info("import %s begins", import_id)
        await parts.importer.carry_out(progress, asked)
