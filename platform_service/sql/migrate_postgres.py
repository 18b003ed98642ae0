"""Bringing a shared PostgreSQL database to the schema of this program, and granting the service its few rights."""

import re

from sqlalchemy import NullPool, create_engine, inspect, make_url, text

from platform_service.errors import OlderSchema, Refused
from platform_service.sql.migrate import HEAD, refuse_unknown, upgrade
from platform_service.sql.postgres import server_errors_told

UNTOUCHED = "The database was not touched."
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM {role}",
)


def synchronous(url: str) -> str:
    """The URL with the driver that is used here."""
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def revision(url: str) -> str | None:
    """The schema revision of a database; None when there is none yet."""
    engine = create_engine(synchronous(url), poolclass=NullPool, connect_args={"connect_timeout": 5})
    with server_errors_told(UNTOUCHED), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def bring_up_to_date(url: str, service_role: str = "", to: str = HEAD) -> str:
    """Create or migrate as the owner, then grant `service_role` what the service needs; gives the revision."""
    if service_role and not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", service_role):
        raise Refused(f"{service_role!r} is not the plain name of a role.", UNTOUCHED)
    found = revision(url)
    refuse_unknown(found, "database")
    if found != to:
        with server_errors_told("The database is as it was."):
            upgrade(synchronous(url), to)
    if service_role:
        _grant(url, service_role)
    if to == HEAD:
        _prepare_runs(url, service_role)
    return to


def require_current(url: str) -> None:
    """Raise unless the database has exactly this program's schema: the service itself never migrates."""
    found = revision(url)
    refuse_unknown(found, "database")
    if found != HEAD:
        raise OlderSchema(
            f"The database has schema {found or 'none'}; this program needs {HEAD}.",
            UNTOUCHED,
            "Run `python -m platform_service migrate` as the owner of the database, then start again.",
        )


def _prepare_runs(url: str, role: str) -> None:
    """What hosted runs need beside our own tables: the queues and the checkpoints, each with its maker's migrations."""
    from agent.running import checkpoints_postgres
    from platform_service.runs import queues

    with server_errors_told("The schema is up to date; the queue of runs was not made."):
        queues.prepare(url, role)
        checkpoints_postgres.create_tables(url, role)


def _grant(url: str, role: str) -> None:
    engine = create_engine(synchronous(url), poolclass=NullPool)
    with server_errors_told("The schema is up to date; the rights were not granted."), engine.begin() as connection:
        for grant in GRANTS:
            connection.execute(text(grant.format(role=role)))
