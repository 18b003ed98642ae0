"""From every released schema, on both databases, everything that was there is there afterwards."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from platform_service.sql.migrate import HEAD, KNOWN, bring_up_to_date, upgrade
from platform_service.sql.migrate_postgres import bring_up_to_date as bring_postgres_up_to_date
from platform_service.sql.migrate_postgres import synchronous
from platform_service.sql.money_tables import metadata
from tests.platform_service.servers import OWNER

ROWS = {
    "assets": "(1, 'a', '{}', 't', 'f', NULL, 'square', 'c', 'JPEG', 1, 1, 0.5, 0.5, '', '')",
    "asset_locations": "('a', 'x', '')",
    "asset_vectors": "('a', 'v', '', NULL)",
    "projects": "('p', 'P', '', '')",
    "canvases": "('c', 'p', 'C', '[]', '', '')",
    "scenes": "('s', 'p', 'S', 1, '', '')",
    "scene_versions": "('s', 1, 0, '{}', 'd', 'c', '')",
    "steps": "(5, 's', 1, '{}')",
    "runs": "('r', 'p', '{}', 'failed', '', '')",
    "feedback": "(7, 'r', 'approved', '', NULL, '')",
    "imports": "('i', '[]', 'done', '{}', '', '')",
    "idempotency": "('key', 'f', 200, 'b', '')",
}


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'library.sqlite3'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database()
    yield synchronous(server.url(name, OWNER))
    server.drop(name)


def run(url: str, *statements: str) -> list[tuple]:
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.tenant', 'local', true)"))
        found = [connection.execute(text(statement)) for statement in statements]
        rows = [tuple(row) for row in found[-1]] if found[-1].returns_rows else []
    engine.dispose()
    return rows


@pytest.mark.parametrize("released", KNOWN[:-1])
def test_every_row_is_carried_over_to_the_embedded_tenant(url, released):
    upgrade(url, released)
    if released == "0001":
        run(url, *(f"INSERT INTO {table} VALUES {row}" for table, row in ROWS.items()))
    else:
        run(url, "INSERT INTO projects VALUES ('local', 'p', 'P', '', '')")
    upgrade(url)
    assert run(url, "SELECT tenant, id, name FROM projects") == [("local", "p", "P")]
    assert run(url, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    if released == "0001":
        kept = {table: run(url, f"SELECT count(*) FROM {table} WHERE tenant = 'local'")[0][0] for table in ROWS}
        assert kept == dict.fromkeys(ROWS, 1)
        columns = "tenant, scene_id, version, document"
        run(url, f"INSERT INTO steps ({columns}) VALUES ('local', 's', 2, '{{}}')")
        assert run(url, "SELECT number FROM steps ORDER BY number") == [(5,), (6,)]


def test_the_migrated_schema_is_the_one_the_code_describes(url):
    upgrade(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_nothing_of_the_old_tables_is_left_behind(url):
    upgrade(url)
    query = "SELECT name FROM sqlite_master" if url.startswith("sqlite") else "SELECT relname FROM pg_class"
    assert not [name for (name,) in run(url, query) if "before" in name]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path):
    file = tmp_path / "library.sqlite3"
    upgrade(f"sqlite:///{file}", "0001")
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO projects VALUES ('p', 'P', '', '')")
        connection.execute("CREATE TABLE before_0002_runs (x)")
    connection.close()
    with pytest.raises(Exception, match="already"):
        bring_up_to_date(file)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT * FROM projects").fetchall() == [("p", "P", "", "")]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    connection.close()


def test_a_second_run_changes_nothing(postgres):
    name = postgres.new_database()
    for _ in range(2):
        assert bring_postgres_up_to_date(postgres.url(name, OWNER)) == HEAD
    postgres.drop(name)
