"""Backups: what was there comes back whole, what is broken is noticed, and nothing is overwritten."""

import json

import psycopg
import pytest

from platform_service.operations.backup import MANIFEST, BackupFails, back_up, content, differences, drill, restore
from tests.platform_service.servers import SERVICE


@pytest.fixture(scope="module")
def filled(make_team):
    """A team's database with two tenants in it."""
    team = make_team()
    for tenant in ("east", "west"):
        token = team.exchange(team.add_tenant(tenant)).json()["access_token"]
        for name in ("One", "Two"):
            assert team.write(token, "POST", "/v1/projects", {"name": name}).is_success
    yield team
    team.service.close()


@pytest.fixture(scope="module")
def above(filled):
    """The address of a role above the policies."""
    return filled.postgres.url(filled.database, "postgres")


@pytest.fixture(scope="module")
def made(filled, above, tmp_path_factory):
    """A backup, by command."""
    folder = tmp_path_factory.mktemp("backups") / "one"
    patch = pytest.MonkeyPatch()
    patch.setenv("VERNISSAGE_BACKUP_URL", above)
    done = filled.command("backup", str(folder))
    again = filled.command("backup", str(folder))
    drilled = filled.command("drill", str(folder))
    patch.undo()
    assert (done.returncode, again.returncode, drilled.returncode) == (0, 1, 0), done.stderr + drilled.stderr
    assert json.loads(drilled.stdout)["tenants"] == 2
    return folder


def test_a_backup_comes_back_whole_into_an_empty_database_and_nowhere_else(filled, above, made):
    manifest = json.loads((made / MANIFEST).read_text())
    assert manifest["rows"]["east"]["projects"] == 2
    name = filled.postgres.new_database()
    url = filled.postgres.url(name, "postgres")
    restore(url, made)
    with psycopg.connect(filled.postgres.url(name, SERVICE)) as connection:
        assert connection.execute("SELECT count(*) FROM projects").fetchone() == (0,)  # the policies came back too
    with pytest.raises(Exception, match="not empty"):
        restore(url, made)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM projects WHERE tenant = 'west'")
        from platform_service.operations.backup import read_manifest

        assert "west has other rows" in differences(read_manifest(made), content(connection))[0]
    filled.postgres.drop(name)


def test_a_broken_backup_is_refused_before_anything_is_touched(above, made, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    for file in made.iterdir():
        (broken / file.name).write_bytes(file.read_bytes())
    dump = broken / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupFails, match="not as it was written"):
        drill(above, broken)
    with pytest.raises(BackupFails, match="no whole backup"):
        drill(above, tmp_path)


def test_a_role_below_the_policies_cannot_make_a_backup_that_lacks_rows(filled, tmp_path):
    with pytest.raises(BackupFails):
        back_up(filled.postgres.url(filled.database, SERVICE), tmp_path / "less")
    assert not (tmp_path / "less").exists()
