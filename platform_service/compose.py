"""The composition root: every part of the service is made and wired here, and taken down in reverse."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from platform_service.audit_log import AuditLog, local_secrets
from platform_service.context.store import SqlContext
from platform_service.embedding.meaning import Meaning
from platform_service.http.app import create_app
from platform_service.identity.caller import LOCAL
from platform_service.identity.launch_token import LaunchToken
from platform_service.ingest.pool import DecoderPool
from platform_service.live.live import Live
from platform_service.platform import Platform
from platform_service.runs.hosting import EmbeddedHosting
from platform_service.search.associations import read_associations
from platform_service.settings import Settings
from platform_service.sql.database import TenantDatabase
from platform_service.sql.sqlite import SqliteDatabase
from platform_service.sql.tenants import NO_QUOTAS, Tenant
from platform_service.tenancy import Folders, Shared, Tenancy, workers
from resources import folder


def compose(settings: Settings) -> Platform:
    """Make every part of an embedded platform; nothing runs yet."""
    database = SqliteDatabase(settings.database_file)
    table = read_associations(folder("search") / "associations.json")
    meaning = Meaning(settings.by_meaning)
    pool = DecoderPool(workers())
    folders = Folders(settings.index_folder, settings.renditions_folder)
    shared = Shared(
        database, pool, meaning, table, lambda _tenant: folders, lambda _tenant, database: SqlContext(database)
    )
    audit = AuditLog(local_secrets(settings.secret_file))
    gate, tenancy = LaunchToken(settings.token), Tenancy(shared, _alone)
    live = Live(audit)
    hosting = EmbeddedHosting(tenancy, settings.data_folder, live.run_happened, meaning)
    return Platform(settings, database, pool, meaning, gate, tenancy, audit, live, hosting)


async def _alone(_database: TenantDatabase) -> Tenant:
    """The one tenant of an embedded platform, which nothing bounds."""
    return Tenant(id=LOCAL, name=LOCAL, prefix="", quotas=NO_QUOTAS, created="")


def application(platform: Platform) -> FastAPI:
    """The HTTP application that brings its platform up and down with it."""
    return create_app(platform, _lifespan_of(platform))


def _lifespan_of(platform: Platform) -> Callable[[FastAPI], AsyncIterator[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if platform.desk is None:
            await platform.tenancy.of(LOCAL)
        platform.live.open()
        await platform.hosting.look_back()
        yield
        await platform.close()

    return lifespan  # type: ignore[return-value]
