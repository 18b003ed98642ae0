"""The composition root of a team's platform: shared stores, verified identities, limits; replicas are all alike."""

from platform_service.audit_log import AuditLog
from platform_service.context.places import Places
from platform_service.context.redis_store import RedisContext
from platform_service.context.store import ContextStore, SqlContext
from platform_service.embedding.meaning import Meaning
from platform_service.http.rates import Rates
from platform_service.http.turns import Turns
from platform_service.identity.believed import Believed
from platform_service.identity.oidc import OidcIssuer, OidcSettings
from platform_service.identity.secrets import Secrets
from platform_service.identity.service_keys import ServiceKeys
from platform_service.identity.sign_in import SignIns
from platform_service.identity.team_gate import TeamGate
from platform_service.identity.tokens import Tokens
from platform_service.ingest.pool import DecoderPool
from platform_service.ingest.rendition_bucket import RenditionBucket
from platform_service.live.backplane import Backplane
from platform_service.live.live import Live
from platform_service.live.presence_redis import PresenceInRedis
from platform_service.live.present_sessions_redis import SessionsInRedis
from platform_service.objects import Objects
from platform_service.operations.flags import Flags
from platform_service.platform import Desk, Platform
from platform_service.runs.hosting import TeamHosting
from platform_service.search.associations import read_associations
from platform_service.search.index_places import BucketPlace
from platform_service.settings import Settings
from platform_service.sql import tenants
from platform_service.sql.database import TenantDatabase
from platform_service.sql.postgres import PostgresDatabase
from platform_service.sql.tenants import Tenant
from platform_service.team_settings import TeamSettings
from platform_service.tenancy import Folders, Shared, Tenancy, workers
from platform_service.uploads.original_bucket import OriginalBucket
from platform_service.uploads.originals import OriginalFolder
from resources import folder

FOLLOW_S = 1.0


def compose_team(settings: Settings, team: TeamSettings) -> Platform:
    """Make every part; nothing runs yet."""
    secrets = Secrets.read(team.secret_file)
    database = PostgresDatabase(team.database_url, connections=team.database_connections)
    believed = Believed(is_shared=True)
    tokens, keys = Tokens(secrets), ServiceKeys(database, secrets, believed)
    issuer = None if team.oidc is None else OidcIssuer(OidcSettings(**team.oidc.model_dump()))
    meaning, pool = Meaning(settings.by_meaning), DecoderPool(workers())
    table = read_associations(folder("search") / "associations.json")

    def context(tenant: Tenant, of_tenant: TenantDatabase) -> ContextStore:
        if not team.redis_url:
            return SqlContext(of_tenant)
        return RedisContext(of_tenant, team.redis_url, tenant.prefix, secrets)

    objects = None if team.objects is None else Objects(team.objects)

    def folders(tenant: Tenant) -> Folders:
        return _folders(settings, team, objects, tenant)

    shared = Shared(database, pool, meaning, table, folders, context, FOLLOW_S)
    audit = AuditLog(secrets)
    return Platform(
        settings=settings,
        database=database,
        pool=pool,
        meaning=meaning,
        gate=TeamGate(database, tokens, keys, issuer, believed),
        tenancy=Tenancy(shared, _registered),
        audit=audit,
        live=Live(
            audit,
            Backplane(team.redis_url) if team.redis_url else None,
            SessionsInRedis(team.redis_url) if team.redis_url else None,
            PresenceInRedis(team.redis_url) if team.redis_url else None,
            believed,
        ),
        hosting=TeamHosting(team.database_url),
        desk=Desk(SignIns(database, secrets, tokens, audit), keys),
        rates=Rates(team.redis_url, address_per_minute=team.address_per_minute),
        check=database.check_role,
        turns=Turns(),
        places=Places(),
        flags=None if team.flags_file is None else Flags(team.flags_file),
    )


async def _registered(database: TenantDatabase) -> Tenant:
    async with database.reading() as transaction:
        return await tenants.own(transaction)


def _folders(settings: Settings, team: TeamSettings, objects: Objects | None, tenant: Tenant) -> Folders:
    """A tenant's folders bear its prefix, not its name; where it may import from is for people, and bears its name."""
    root = settings.data_folder / "no-imports" if team.import_root is None else team.import_root / tenant.id
    index, renditions = settings.index_folder / tenant.prefix, settings.renditions_folder / tenant.prefix
    if objects is None:
        if team.uploads_root is None:
            return Folders(index, renditions, root)
        sent, shared = team.uploads_root / "originals" / tenant.prefix, team.uploads_root / "renditions" / tenant.prefix
        return Folders(index, shared, root, OriginalFolder(sent))
    at = objects.settings
    place = BucketPlace(at.bucket, f"index/{tenant.prefix}", at.endpoint, at.region)
    originals = OriginalBucket(
        settings.data_folder / "originals" / tenant.prefix, objects, f"originals/{tenant.prefix}"
    )
    return Folders(place, RenditionBucket(renditions, objects, f"renditions/{tenant.prefix}"), root, originals)
