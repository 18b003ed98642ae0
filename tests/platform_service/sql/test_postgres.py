"""What only PostgreSQL can promise, and what happens when it goes away."""

import psycopg
import pytest

from platform_service.errors import DatabaseAway, NewerSchema, OlderSchema, UnsafeRole
from platform_service.sql import projects
from platform_service.sql.migrate_postgres import bring_up_to_date, require_current, revision
from platform_service.sql.postgres import PostgresDatabase
from tests.platform_service.servers import OWNER, SERVICE, TEMPLATE, PostgresServer


@pytest.fixture
def database(postgres):
    name = postgres.new_database(TEMPLATE)
    yield name
    postgres.drop(name)


def tenant_tables(connection) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return [name for (name,) in connection.execute(query) if name not in ("alembic_version", "checkpoint_migrations")]


def test_row_level_security_is_forced_on_every_table(postgres, database):
    with psycopg.connect(postgres.url(database, OWNER)) as connection:
        tables = tenant_tables(connection)
        query = "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity"
        forced = [name for (name,) in connection.execute(query, [tables])]
    assert sorted(forced) == sorted(tables)
    assert len(tables) >= 12


@pytest.mark.parametrize("role", [SERVICE, OWNER])
def test_plain_sql_without_a_tenant_sees_and_writes_nothing(postgres, database, role):
    with psycopg.connect(postgres.url(database, role), autocommit=True) as connection:
        connection.execute("SELECT set_config('app.tenant', 'ours', false)")
        connection.execute("INSERT INTO projects VALUES ('ours', 'p', 'Ours', '', '')")
        for tenant in ("theirs", ""):
            connection.execute("SELECT set_config('app.tenant', %s, false)", [tenant])
            assert connection.execute("SELECT * FROM projects").fetchall() == []
            assert connection.execute("UPDATE projects SET name = 'x'").rowcount == 0
            assert connection.execute("DELETE FROM projects").rowcount == 0
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("INSERT INTO projects VALUES ('ours', 'q', 'Forged', '', '')")
        connection.execute("RESET app.tenant")
        assert connection.execute("SELECT * FROM projects").fetchall() == []


@pytest.mark.parametrize("role", [OWNER, "postgres"])
async def test_a_service_with_too_many_rights_does_not_start(postgres, database, role):
    opened = PostgresDatabase(postgres.url(database, role))
    with pytest.raises(UnsafeRole):
        await opened.check_role()
    await opened.close()


@pytest.fixture
def own():
    server = PostgresServer()
    yield server
    server.stop()


async def test_what_was_acknowledged_outlives_a_crash_of_the_cluster(own):
    name = own.new_database()
    bring_up_to_date(own.url(name, OWNER), SERVICE)
    opened = PostgresDatabase(own.url(name))
    async with opened.writing("ours") as transaction:
        await projects.put(transaction, "p", "Kept")
    own.kill()
    with pytest.raises(DatabaseAway) as told:
        async with opened.reading("ours") as transaction:
            await projects.all_projects(transaction)
    assert told.value.status == 503
    own.start()
    async with opened.reading("ours") as transaction:
        assert [project.name for project in await projects.all_projects(transaction)] == ["Kept"]
    await opened.close()


def test_a_database_of_another_age_is_refused_and_left_alone(postgres):
    name = postgres.new_database()
    url = postgres.url(name, OWNER)
    with pytest.raises(OlderSchema):
        require_current(url)
    bring_up_to_date(url)
    require_current(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for refused in (require_current, bring_up_to_date):
        with pytest.raises(NewerSchema):
            refused(url)
    assert revision(url) == "9999"
    postgres.drop(name)
