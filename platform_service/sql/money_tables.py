"""The tables of what hosted runs may spend and have spent on language models."""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, String, Table

from platform_service.sql.team_tables import metadata

__all__ = ("bookings", "estimates", "metadata", "run_caps")


def _text(name: str, length: int) -> Column[str]:
    return Column(name, String(length), nullable=False)


def _money() -> Column[int]:
    return Column("micro_usd", BigInteger, nullable=False)


bookings = Table(
    "bookings",
    metadata,
    _text("tenant", 40),
    _text("id", 32),
    _text("run_id", 64),
    _text("step_id", 140),
    _text("day", 10),
    _text("month", 7),
    _text("state", 16),
    _money(),
    _text("made", 32),
    PrimaryKeyConstraint("tenant", "id"),
)
Index("bookings_by_run", bookings.c.tenant, bookings.c.run_id)
Index("bookings_by_day", bookings.c.tenant, bookings.c.day)
Index("bookings_by_month", bookings.c.tenant, bookings.c.month)
Index("bookings_by_state", bookings.c.tenant, bookings.c.state, bookings.c.made)

run_caps = Table(
    "run_caps",
    metadata,
    _text("tenant", 40),
    _text("run_id", 64),
    _money(),
    PrimaryKeyConstraint("tenant", "run_id"),
)

estimates = Table(
    "estimates",
    metadata,
    _text("tenant", 40),
    _text("run_id", 64),
    _text("step_id", 140),
    _money(),
    PrimaryKeyConstraint("tenant", "run_id", "step_id"),
)
