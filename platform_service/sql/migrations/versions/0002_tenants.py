"""Every row belongs to a tenant; what was there belongs to `local`, the tenant of an embedded platform."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from platform_service.sql.migrations.isolation import keep_apart, on_postgres

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBERED = ("assets", "steps", "feedback")
TABLES = (
    "assets", "asset_locations", "asset_vectors", "projects", "canvases", "scenes", "scene_versions", "steps", "runs",
    "feedback", "imports", "idempotency",
)  # fmt: skip
INDEXES = {
    "assets_by_taken": ("assets", "taken"),
    "assets_by_folder": ("assets", "folder"),
    "assets_by_number": ("assets", "number"),
    "canvases_by_project": ("canvases", "project_id"),
    "scenes_by_project": ("scenes", "project_id"),
    "steps_by_scene": ("steps", "scene_id"),
    "runs_by_project": ("runs", "project_id"),
    "feedback_by_run": ("feedback", "run_id"),
}
OLD_INDEXES = (
    "assets_by_taken", "assets_by_folder", "ix_canvases_project_id", "ix_scenes_project_id", "ix_steps_scene_id",
    "ix_runs_project_id", "ix_feedback_run_id",
)  # fmt: skip


def upgrade() -> None:
    """Set the old tables aside, make the new ones, carry every row over."""
    old = {name: _columns(name) for name in TABLES}
    _set_aside()
    _create_assets()
    _create_authoring()
    _create_bookkeeping()
    for name, (table, column) in INDEXES.items():
        op.create_index(name, table, ["tenant", column])
    for name in TABLES:
        columns = ", ".join(f'"{column}"' for column in old[name])
        op.execute(f"INSERT INTO {name} (tenant, {columns}) SELECT 'local', {columns} FROM {_aside(name)}")
    _drop_old()
    keep_apart(TABLES)


def _columns(table: str) -> list[str]:
    return [str(column["name"]) for column in sa.inspect(op.get_bind()).get_columns(table)]


def _aside(table: str) -> str:
    return f"before_0002.{table}" if on_postgres() else f"before_0002_{table}"


def _set_aside() -> None:
    if on_postgres():
        op.execute("CREATE SCHEMA before_0002")
        for name in TABLES:
            op.execute(f"ALTER TABLE {name} SET SCHEMA before_0002")
        return
    for index in OLD_INDEXES:
        op.drop_index(index)
    for name in TABLES:
        op.rename_table(name, f"before_0002_{name}")


def _drop_old() -> None:
    if on_postgres():
        for name in NUMBERED:
            last = f"(SELECT coalesce(max(number), 0) + 1 FROM {name})"
            op.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'number'), {last}, false)")
        op.execute("DROP SCHEMA before_0002 CASCADE")
        return
    for name in reversed(TABLES):
        op.drop_table(f"before_0002_{name}")


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text if length is None else sa.String(length), nullable=nullable)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _within(table: str, column: str, **options: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant", column], [f"{table}.tenant", f"{table}.id"], **options)


def _create(name: str, *parts: Any) -> None:
    op.create_table(name, sa.Column("tenant", sa.String(40), nullable=False), *parts)


def _create_numbered(name: str, *parts: Any) -> None:
    _create(name, sa.Column("number", sa.Integer, primary_key=True), *parts)


def _create_of_tenant(name: str, *parts: Any) -> None:
    times = (_text("created", 32), _text("updated", 32))
    _create(name, _text("id", 64), *parts, *times, sa.PrimaryKeyConstraint("tenant", "id"))


def _create_assets() -> None:
    _create_numbered(
        "assets", _text("id", 64), _text("document"), _text("title"), _text("folder"), sa.Column("taken", sa.Date),
        _text("orientation", 16), _text("creator"), _text("format", 16), _number("width_px"), _number("height_px"),
        sa.Column("brightness", sa.Float, nullable=False), sa.Column("saturation", sa.Float, nullable=False),
        _text("mean_colour", 7), _text("added", 32), sa.UniqueConstraint("tenant", "id", name="assets_of_tenant"),
    )  # fmt: skip
    asset = _within("assets", "asset_id", ondelete="CASCADE")
    _create(
        "asset_locations", _text("asset_id", 64), sa.Column("path", sa.LargeBinary, nullable=False), _text("seen", 32),
        sa.PrimaryKeyConstraint("tenant", "asset_id", "path"), asset,
    )  # fmt: skip
    _create(
        "asset_vectors", _text("asset_id", 64), sa.Column("visual", sa.LargeBinary, nullable=False),
        _text("text_model", 64), sa.Column("text", sa.LargeBinary), sa.PrimaryKeyConstraint("tenant", "asset_id"),
        _within("assets", "asset_id", ondelete="CASCADE"),
    )  # fmt: skip


def _create_authoring() -> None:
    _create_of_tenant("projects", _text("name"))
    project = _text("project_id", 64)
    _create_of_tenant("canvases", project, _text("name"), _text("asset_ids"), _within("projects", "project_id"))
    _create_of_tenant(
        "scenes", _text("project_id", 64), _text("name"), _number("version"), _within("projects", "project_id")
    )
    _create(
        "scene_versions", _text("scene_id", 64), _number("version"), _number("based_on"), _text("document"),
        _text("digest", 64), _text("chain", 64), _text("created", 32),
        sa.PrimaryKeyConstraint("tenant", "scene_id", "version"), _within("scenes", "scene_id"),
    )  # fmt: skip
    _create_numbered("steps", _text("scene_id", 64), _number("version"), _text("document"))


def _create_bookkeeping() -> None:
    _create_of_tenant("runs", _text("project_id", 64), _text("document"), _text("outcome", 16))
    _create_numbered(
        "feedback", _text("run_id", 64), _text("verdict", 16), _text("reason"), _text("asset_id", 64, nullable=True),
        _text("created", 32),
    )  # fmt: skip
    _create_of_tenant("imports", _text("paths"), _text("state", 16), _text("progress"))
    _create(
        "idempotency", _text("key", 200), _text("fingerprint", 64), _number("status"),
        sa.Column("body", sa.LargeBinary, nullable=False), _text("created", 32),
        sa.PrimaryKeyConstraint("tenant", "key"),
    )  # fmt: skip
