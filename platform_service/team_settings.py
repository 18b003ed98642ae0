"""What a team's platform is told: one TOML file, with the addresses of the stores from the environment if set there."""

import os
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.models.settings import ModelSettings, ProviderSettings
from platform_service.errors import ServiceError


class BadSettings(ServiceError):
    """The settings cannot be used."""

    title, kind = "The settings cannot be used", "bad-settings"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Oidc(_Part):
    """The identity provider for single sign-on."""

    issuer: str
    audience: str
    tenant_claim: str = "tenant"
    role_claim: str = "role"


class ObjectStorage(_Part):
    """An S3-compatible store; its keys come from the environment as boto3 reads them."""

    bucket: str
    endpoint: str = ""
    region: str = "us-east-1"


class TeamModels(ModelSettings):
    """Language models that workers may ask for hosted runs, in this order; what may be spent is a tenant's each."""

    providers: Annotated[tuple[ProviderSettings, ...], Field(min_length=1)]
    keys_file: Path | None = None
    """A TOML file of keys, `provider = "key"`; the environment goes first. Keys stand nowhere else."""


class TeamSettings(_Part):
    """Everything about a team's platform that a replica shares with the others."""

    database_url: str
    secret_file: Path
    redis_url: str = ""
    hosts: Annotated[tuple[str, ...], Field(min_length=1)] = ("localhost", "127.0.0.1", "[::1]", "vernissage")
    origins: tuple[str, ...] = ()
    trusted_proxies: Annotated[int, Field(ge=0, le=8)] = 0
    import_root: Path | None = None
    uploads_root: Path | None = None
    """Where sent pictures and renditions lie, for services and workers alike, unless there is an object store."""
    database_connections: Annotated[int, Field(ge=1, le=200)] = 10
    address_per_minute: Annotated[int, Field(ge=1)] = 3_000
    flags_file: Path | None = None
    oidc: Oidc | None = None
    objects: ObjectStorage | None = None
    models: TeamModels | None = None
    """Without it, hosted runs are planned by rules alone."""


def read_team_settings(file: Path) -> TeamSettings:
    """The settings of a file; raises BadSettings."""
    try:
        given = tomllib.loads(file.read_text("utf-8"))
        for name in ("database_url", "redis_url"):
            given[name] = os.environ.get(f"VERNISSAGE_{name.upper()}", given.get(name, ""))
        return TeamSettings.model_validate(given)
    except OSError as error:
        raise BadSettings(f"{file} cannot be read: {error.strerror}.", "Nothing was started.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{file} is not TOML: {error}.", "Nothing was started.") from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        raise BadSettings(f"{file}: {told}.", "Nothing was started.", "Correct the named settings.") from error
