"""What keeps tenants apart on PostgreSQL: row-level security that binds the owner too. SQLite has nothing like it."""

from collections.abc import Iterable

from alembic import op

CURRENT = "current_setting('app.tenant', true)"


def on_postgres() -> bool:
    """Whether the migration runs on PostgreSQL."""
    return bool(op.get_bind().dialect.name == "postgresql")


def keep_apart(tables: Iterable[str], column: str = "tenant") -> None:
    """Show and take only rows of the transaction's tenant; without a tenant there are none."""
    if not on_postgres():
        return
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        mine = f"{column} = {CURRENT}"
        op.execute(f"CREATE POLICY of_tenant ON {table} USING ({mine}) WITH CHECK ({mine})")
