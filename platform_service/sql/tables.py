"""The tables of the platform's database, as SQLAlchemy Core describes them; migrations create them."""

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _tenant() -> Column[str]:
    return Column("tenant", String(40), nullable=False)


def _text(name: str, length: int | None = None, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text if length is None else String(length), nullable=nullable)


def _of_tenant(name: str, *columns: Any) -> Table:
    """A table whose rows have an id within their tenant."""
    return Table(name, metadata, _tenant(), _text("id", 64), *columns, PrimaryKeyConstraint("tenant", "id"))


def _within(table: str, column: str, **options: Any) -> ForeignKeyConstraint:
    """A reference that cannot leave the tenant."""
    return ForeignKeyConstraint(["tenant", column], [f"{table}.tenant", f"{table}.id"], **options)


assets = Table(
    "assets",
    metadata,
    Column("number", Integer, primary_key=True),
    _tenant(),
    _text("id", 64),
    _text("document"),
    _text("title"),
    _text("folder"),
    Column("taken", Date),
    _text("orientation", 16),
    _text("creator"),
    _text("format", 16),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("brightness", Float, nullable=False),
    Column("saturation", Float, nullable=False),
    _text("mean_colour", 7),
    _text("added", 32),
    UniqueConstraint("tenant", "id", name="assets_of_tenant"),
)
Index("assets_by_taken", assets.c.tenant, assets.c.taken)
Index("assets_by_folder", assets.c.tenant, assets.c.folder)
Index("assets_by_number", assets.c.tenant, assets.c.number)

asset_locations = Table(
    "asset_locations",
    metadata,
    _tenant(),
    _text("asset_id", 64),
    Column("path", LargeBinary, nullable=False),
    _text("seen", 32),
    PrimaryKeyConstraint("tenant", "asset_id", "path"),
    _within("assets", "asset_id", ondelete="CASCADE"),
)

asset_vectors = Table(
    "asset_vectors",
    metadata,
    _tenant(),
    _text("asset_id", 64),
    Column("visual", LargeBinary, nullable=False),
    _text("text_model", 64),
    Column("text", LargeBinary),
    PrimaryKeyConstraint("tenant", "asset_id"),
    _within("assets", "asset_id", ondelete="CASCADE"),
)

projects = _of_tenant("projects", _text("name"), _text("created", 32), _text("updated", 32))

canvases = _of_tenant(
    "canvases",
    _text("project_id", 64),
    _text("name"),
    _text("asset_ids"),
    _text("created", 32),
    _text("updated", 32),
    _within("projects", "project_id"),
)
Index("canvases_by_project", canvases.c.tenant, canvases.c.project_id)

scenes = _of_tenant(
    "scenes",
    _text("project_id", 64),
    _text("name"),
    Column("version", Integer, nullable=False),
    _text("created", 32),
    _text("updated", 32),
    _within("projects", "project_id"),
)
Index("scenes_by_project", scenes.c.tenant, scenes.c.project_id)

scene_versions = Table(
    "scene_versions",
    metadata,
    _tenant(),
    _text("scene_id", 64),
    Column("version", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    _text("document"),
    _text("digest", 64),
    _text("chain", 64),
    _text("created", 32),
    PrimaryKeyConstraint("tenant", "scene_id", "version"),
    _within("scenes", "scene_id"),
)

steps = Table(
    "steps",
    metadata,
    Column("number", Integer, primary_key=True),
    _tenant(),
    _text("scene_id", 64),
    Column("version", Integer, nullable=False),
    _text("document"),
)
Index("steps_by_scene", steps.c.tenant, steps.c.scene_id)

runs = _of_tenant(
    "runs", _text("project_id", 64), _text("document"), _text("outcome", 16), _text("created", 32), _text("updated", 32)
)
Index("runs_by_project", runs.c.tenant, runs.c.project_id)

feedback = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True),
    _tenant(),
    _text("run_id", 64),
    _text("verdict", 16),
    _text("reason"),
    _text("asset_id", 64, nullable=True),
    _text("created", 32),
)
Index("feedback_by_run", feedback.c.tenant, feedback.c.run_id)

imports = _of_tenant(
    "imports", _text("paths"), _text("state", 16), _text("progress"), _text("created", 32), _text("updated", 32)
)

idempotency = Table(
    "idempotency",
    metadata,
    _tenant(),
    _text("key", 200),
    _text("fingerprint", 64),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _text("created", 32),
    PrimaryKeyConstraint("tenant", "key"),
)
