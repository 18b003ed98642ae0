"""Everything the routes work with, composed once by the program."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from platform_service.audit_log import AuditLog
from platform_service.embedding.meaning import Meaning
from platform_service.errors import ServiceError
from platform_service.http.door import Activity
from platform_service.http.turns import Turns
from platform_service.identity.caller import Caller, Gate
from platform_service.ingest.pool import DecoderPool
from platform_service.live.live import Live
from platform_service.operations.readiness import Probe, Probes, probe_of
from platform_service.runs.hosting import Hosting
from platform_service.settings import Settings
from platform_service.sql.database import Database
from platform_service.tenancy import Tenancy

if TYPE_CHECKING:  # what only a team needs is not imported for an embedded platform
    from platform_service.context.places import Places
    from platform_service.http.rates import Rates
    from platform_service.identity.service_keys import ServiceKeys
    from platform_service.identity.sign_in import SignIns
    from platform_service.operations.flags import Flags

VERSION = "0.1.0"


@dataclass(frozen=True)
class Desk:
    """Where a team's people and machines get what proves them."""

    sign_ins: "SignIns"
    keys: "ServiceKeys"


@dataclass
class Platform:
    """The parts of a running service; what belongs to a tenant is behind `tenancy`."""

    settings: Settings
    database: Database
    pool: DecoderPool
    meaning: Meaning
    gate: Gate
    tenancy: Tenancy
    audit: AuditLog
    live: Live
    hosting: Hosting
    desk: Desk | None = None
    rates: "Rates | None" = None
    check: Callable[[], Awaitable[None]] | None = None
    """What has to hold before anyone is served; raises ServiceError."""
    activity: Activity = field(default_factory=Activity)
    turns: Turns | None = None
    """How tenants take turns; an embedded platform has one."""
    places: "Places | None" = None
    """Where sessions are, for a team's log; an embedded platform tells nobody."""
    flags: "Flags | None" = None
    """Which features are on; without flags all are."""
    probes: Probes = field(init=False)
    """Ask the stores whether they answer."""

    def __post_init__(self) -> None:
        stores = {"database": probe_of(self.database)}
        if self.rates is not None and self.rates.is_shared:
            stores["redis"] = Probe(self.rates.ping, is_needed=False)
        self.probes = Probes(stores)

    async def close(self) -> None:
        """Take everything down, in reverse of how it was made."""
        await self.hosting.close()
        await self.live.close()
        await self.tenancy.close()
        if self.rates is not None:
            await self.rates.close()
        await asyncio.to_thread(self.pool.close)
        await self.database.close()

    async def knock(self, address: str) -> Mapping[str, str]:
        """Count a request from an address that proves nobody; raises TooManyRequests."""
        return {} if self.rates is None else (await self.rates.address(address)).headers

    async def take_back(self, tenant: str) -> None:
        """What somebody of the tenant may do was taken back or changed: believe it nowhere any more."""
        await self.live.took_back(tenant, (await self.tenancy.about(tenant)).prefix)

    async def admit(self, credential: str, address: str = "") -> tuple[Caller, Mapping[str, str]]:
        """The caller that a credential proves, of a tenant that is active, and how it stands with its limits.

        With an address, that is counted, too: in one go with the caller, or alone when the credential proves nobody.
        """
        try:
            caller = await self.gate.admit(credential)
            tenant = await self.tenancy.about(caller.tenant)
        except ServiceError:
            if address:
                await self.knock(address)
            raise
        standing = None
        if self.rates is not None:
            standing = await self.rates.caller(caller, tenant.prefix, tenant.quotas, address)
        return caller, {} if standing is None else standing.headers
