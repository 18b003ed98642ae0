"""Tenants: each has a random prefix without meaning that names its keys and folders elsewhere, and its quotas."""

import json
import secrets

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, insert, select, update

from platform_service.errors import NotAllowed, Refused
from platform_service.sql.database import now
from platform_service.sql.team_tables import tenants
from platform_service.sql.transaction import Transaction


class Quotas(BaseModel):
    """What a tenant may use; None is without bounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    assets: int | None = Field(default=100_000, ge=0)
    projects: int | None = Field(default=1_000, ge=0)
    picture_bytes: int | None = Field(default=500 * 2**30, ge=0)
    """Of all pictures together."""
    requests_per_minute: int | None = Field(default=6_000, ge=1)
    user_requests_per_minute: int | None = Field(default=1_200, ge=1)
    models_usd_per_run: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """What hosted runs may spend on language models; what the team's settings allow is never passed by it."""
    models_usd_per_day: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    models_usd_per_month: float | None = Field(default=None, ge=0, allow_inf_nan=False)


NO_QUOTAS = Quotas(
    assets=None, projects=None, picture_bytes=None, requests_per_minute=None, user_requests_per_minute=None
)


class Tenant(BaseModel):
    """A tenant as it is registered."""

    id: str
    name: str
    state: str = "active"
    prefix: str
    quotas: Quotas = Quotas()
    created: str


async def is_there(transaction: Transaction) -> bool:
    """Whether the transaction's own tenant is registered."""
    return (await transaction.execute(select(tenants.c.id).where(_own(transaction)))).first() is not None


async def create(transaction: Transaction, name: str, quotas: Quotas | None = None) -> Tenant:
    """Register the transaction's own tenant; raises Refused when it is there."""
    if await is_there(transaction):
        raise Refused(f"There is a tenant {transaction.tenant} already.", "It was not changed.", "Choose another id.")
    made = Tenant(
        id=transaction.tenant, name=name, prefix=secrets.token_hex(8), quotas=quotas or Quotas(), created=now()
    )
    values = {**made.model_dump(), "quotas": made.quotas.model_dump_json()}
    await transaction.execute(insert(tenants).values(values))
    return made


async def own(transaction: Transaction) -> Tenant:
    """The transaction's tenant; raises NotAllowed when it is not registered or not active."""
    row = (await transaction.execute(select(tenants).where(_own(transaction)))).mappings().first()
    if row is None or row["state"] != "active":
        raise NotAllowed("The credential is not one of ours.", "Nothing was changed.", "Sign in again.")
    return Tenant(**{**row, "quotas": Quotas.model_validate(json.loads(row["quotas"]))})


async def set_quotas(transaction: Transaction, quotas: Quotas) -> None:
    """Give the transaction's tenant other quotas."""
    await transaction.execute(update(tenants).where(_own(transaction)).values(quotas=quotas.model_dump_json()))


def _own(transaction: Transaction) -> ColumnElement[bool]:
    return tenants.c.id == transaction.tenant
