"""What hosted runs may spend and have spent on language models: bookings, what was said of runs, and price tags."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from platform_service.sql.migrations.isolation import keep_apart

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create(
        "bookings", _text("id", 32), _text("run_id", 64), _text("step_id", 140), _text("day", 10), _text("month", 7),
        _text("state", 16), _money(), _text("made", 32), key=("id",),
    )  # fmt: skip
    op.create_index("bookings_by_run", "bookings", ["tenant", "run_id"])
    op.create_index("bookings_by_day", "bookings", ["tenant", "day"])
    op.create_index("bookings_by_month", "bookings", ["tenant", "month"])
    op.create_index("bookings_by_state", "bookings", ["tenant", "state", "made"])
    _create("run_caps", _text("run_id", 64), _money(), key=("run_id",))
    _create("estimates", _text("run_id", 64), _text("step_id", 140), _money(), key=("run_id", "step_id"))
    keep_apart(("bookings", "run_caps", "estimates"))


def _text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def _money() -> sa.Column[Any]:
    return sa.Column("micro_usd", sa.BigInteger, nullable=False)


def _create(name: str, *parts: Any, key: tuple[str, ...]) -> None:
    op.create_table(name, _text("tenant", 40), *parts, sa.PrimaryKeyConstraint("tenant", *key))
