"""Alembic's environment: runs the revisions on the database it is given, in one transaction."""

from alembic import context
from sqlalchemy import NullPool, create_engine, event, text

from platform_service.sql.money_tables import metadata

ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7308332184109969742)")


def run() -> None:
    """Migrate the database whose URL stands in the configuration's attributes."""
    engine = create_engine(context.config.attributes["url"], poolclass=NullPool)
    is_postgres = engine.dialect.name == "postgresql"
    if not is_postgres:

        @event.listens_for(engine, "connect")
        def prepare(connection, _record):  # type: ignore[no-untyped-def]
            connection.isolation_level = None
            connection.execute("PRAGMA synchronous=FULL")

        @event.listens_for(engine, "begin")
        def begin(connection):  # type: ignore[no-untyped-def]
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        context.configure(connection, target_metadata=metadata, transactional_ddl=True)
        with context.begin_transaction():
            if is_postgres:
                connection.execute(ONE_AT_A_TIME)
            context.run_migrations()
    engine.dispose()


run()
