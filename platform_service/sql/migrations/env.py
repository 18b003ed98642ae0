"""Alembic's environment: runs the revisions on the file it is given, in one transaction."""

from alembic import context
from sqlalchemy import NullPool, create_engine, event

from platform_service.sql.tables import metadata


def run() -> None:
    """Migrate the file named in the configuration's attributes."""
    engine = create_engine(f"sqlite:///{context.config.attributes['file']}", poolclass=NullPool)

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
            context.run_migrations()
    engine.dispose()


run()
