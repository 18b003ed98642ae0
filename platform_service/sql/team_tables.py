"""The tables that make a platform a team's: tenants, people, keys, audit, context and events."""

from typing import Any

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from platform_service.sql.tables import metadata

__all__ = ("audit", "audit_heads", "context", "events", "metadata", "service_keys", "sign_ins", "tenants", "users")


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text if length is None else String(length), nullable=nullable)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _table(name: str, *columns: Any, key: tuple[str, ...]) -> Table:
    return Table(name, metadata, _text("tenant", 40), *columns, PrimaryKeyConstraint("tenant", *key))


tenants = Table(
    "tenants",
    metadata,
    _text("id", 40),
    _text("name"),
    _text("state", 16),
    _text("prefix", 32),
    _text("quotas"),
    _text("created", 32),
    PrimaryKeyConstraint("id"),
)

users = _table(
    "users", _text("id", 64), _text("name"), _text("role", 16), _text("state", 16), _text("created", 32), key=("id",)
)

sign_ins = _table(
    "sign_ins",
    _text("id", 64),
    _text("user_id", 64),
    _number("generation"),
    _text("rotated", 32),
    _text("expires", 32),
    _text("state", 16),
    key=("id",),
)

service_keys = _table(
    "service_keys",
    _text("id", 64),
    _text("name"),
    _text("role", 16),
    _text("digest", 64),
    _text("created", 32),
    _text("expires", 32, nullable=True),
    _text("state", 16),
    key=("id",),
)

audit = _table(
    "audit",
    _number("number"),
    _text("moment", 32),
    _text("actor", 120),
    _text("action", 120),
    _text("target"),
    _text("detail"),
    _text("correlation_id", 100),
    _text("key_id", 16),
    _text("previous", 64),
    _text("seal", 64),
    key=("number",),
)

audit_heads = _table(
    "audit_heads", _number("number"), _text("seal", 64), _text("key_id", 16), _text("proof", 64), key=()
)

context = _table(
    "context",
    _text("owner", 120),
    _text("kind", 16),
    _text("name", 200),
    _text("document"),
    _number("version"),
    _text("updated", 32),
    _text("expires", 32, nullable=True),
    key=("owner", "kind", "name"),
)
Index("context_by_expiry", context.c.tenant, context.c.expires)

events = _table(
    "events",
    _text("stream", 120),
    _number("position"),
    _text("kind", 40),
    _text("document"),
    _text("created", 32),
    key=("stream", "position"),
)
