"""What a team needs: tenants, people, keys, an append-only audit log, context, and events in the server's order."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from platform_service.sql.migrations.isolation import keep_apart, on_postgres

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = "the audit log is append-only"


def upgrade() -> None:
    """Create the tables, with their guards."""
    _create_people()
    _create_audit()
    _create_context()
    keep_apart(("users", "sign_ins", "service_keys", "audit", "audit_heads", "context", "events"))
    keep_apart(("tenants",), "id")
    if on_postgres():
        op.execute("CREATE POLICY owner_lists ON tenants FOR SELECT TO CURRENT_USER USING (true)")
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{change.lower()} BEFORE {change} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text if length is None else sa.String(length), nullable=nullable)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _create(name: str, *parts: Any, key: tuple[str, ...]) -> None:
    op.create_table(name, _text("tenant", 40), *parts, sa.PrimaryKeyConstraint("tenant", *key))


def _create_people() -> None:
    op.create_table(
        "tenants", _text("id", 40), _text("name"), _text("state", 16), _text("prefix", 32), _text("quotas"),
        _text("created", 32), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    _create(
        "users", _text("id", 64), _text("name"), _text("role", 16), _text("state", 16), _text("created", 32),
        key=("id",),
    )  # fmt: skip
    _create(
        "sign_ins", _text("id", 64), _text("user_id", 64), _number("generation"), _text("rotated", 32),
        _text("expires", 32), _text("state", 16), key=("id",),
    )  # fmt: skip
    _create(
        "service_keys", _text("id", 64), _text("name"), _text("role", 16), _text("digest", 64), _text("created", 32),
        _text("expires", 32, nullable=True), _text("state", 16), key=("id",),
    )  # fmt: skip


def _create_audit() -> None:
    _create(
        "audit", _number("number"), _text("moment", 32), _text("actor", 120), _text("action", 120), _text("target"),
        _text("detail"), _text("correlation_id", 100), _text("key_id", 16), _text("previous", 64), _text("seal", 64),
        key=("number",),
    )  # fmt: skip
    _create("audit_heads", _number("number"), _text("seal", 64), _text("key_id", 16), _text("proof", 64), key=())


def _create_context() -> None:
    _create(
        "context", _text("owner", 120), _text("kind", 16), _text("name", 200), _text("document"), _number("version"),
        _text("updated", 32), _text("expires", 32, nullable=True), key=("owner", "kind", "name"),
    )  # fmt: skip
    op.create_index("context_by_expiry", "context", ["tenant", "expires"])
    _create(
        "events", _text("stream", 120), _number("position"), _text("kind", 40), _text("document"),
        _text("created", 32), key=("stream", "position"),
    )  # fmt: skip
