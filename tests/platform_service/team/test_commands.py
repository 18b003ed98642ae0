"""The commands of a team's administrator, and what a service refuses to start with."""

import json
import os
import subprocess
import sys

import psycopg

from tests.platform_service.conftest import ROOT
from tests.platform_service.servers import OWNER, SERVICE


def test_the_audit_log_is_verified_by_command_and_by_route(team, admin):
    team.write(admin["north"], "POST", "/v1/projects", {"name": "Audited"})
    whole = team.command("audit", "verify", "--team", str(team.settings), "--tenant", "north")
    route = team.get(admin["north"], "/v1/audit/report").json()
    assert whole.returncode == 0, whole.stderr
    assert json.loads(whole.stdout)["entries"] == route["entries"] > 0
    (last, *_) = team.get(admin["north"], "/v1/audit?limit=1").json()
    assert (last["actor"], last["action"], last["target"]) == ("ada", "POST /v1/projects", "/v1/projects")
    assert "Audited" not in json.dumps(last)


def test_a_changed_entry_is_told_with_5(make_team):
    team = make_team()
    try:
        token = team.exchange(team.add_tenant("north")).json()["access_token"]
        for name in ("One", "Two"):
            team.write(token, "POST", "/v1/projects", {"name": name})
        head = team.get(token, "/v1/audit/report").json()["head"]
        with psycopg.connect(team.postgres.url(team.database, OWNER), autocommit=True) as connection:
            connection.execute("SELECT set_config('app.tenant', 'north', false)")
            connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            connection.execute("UPDATE audit SET actor = 'mallory' WHERE number = 2")
        broken = team.command("audit", "verify", "--team", str(team.settings), "--tenant", "north")
        assert broken.returncode == 5
        assert "entry 2 is not as it was written" in broken.stdout
        assert team.get(token, f"/v1/audit/report?known_head={head}").json()["broken"]
    finally:
        team.service.close()


def test_an_embedded_library_is_verified_by_its_folder(service):
    service.start()
    service.made("POST", "/v1/projects", {"name": "Audited"})
    service.stop()
    command = [sys.executable, "-m", "platform_service", "audit", "verify", "--data"]
    done = subprocess.run([*command, str(service.data)], cwd=ROOT, capture_output=True, text=True, check=False)
    nowhere = subprocess.run([*command, "/nowhere"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["entries"]) == (0, 1)
    assert (nowhere.returncode, nowhere.stderr[:19]) == (1, "There is no library")
    assert (service.data / "audit.secret").stat().st_mode & 0o077 == 0


def test_a_tenant_is_registered_once_and_by_a_plain_name(team, admin):
    again = team.command("tenant", "add", "north", "--team", str(team.settings), "--user", "eve")
    odd = team.command("tenant", "add", "No/rth", "--team", str(team.settings), "--user", "eve")
    assert (again.returncode, odd.returncode) == (1, 1)
    assert "already" in again.stderr
    assert "Traceback" not in again.stderr + odd.stderr


def test_migrate_makes_a_database_and_grants_the_service_its_rights(postgres):
    name = postgres.new_database()
    command = [sys.executable, "-m", "platform_service", "migrate"]
    environment = {**os.environ, "VERNISSAGE_OWNER_URL": postgres.url(name, OWNER)}
    done = subprocess.run(
        [*command, "--grant-to", SERVICE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    bare = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    odd = subprocess.run(
        [*command, "--grant-to", "x; DROP"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (bare.returncode, odd.returncode) == (1, 1)
    with psycopg.connect(postgres.url(name)) as connection:
        assert connection.execute("SELECT count(*) FROM projects").fetchone() == (0,)
    postgres.drop(name)


def test_a_service_does_not_start_with_what_it_cannot_trust(make_team, postgres):
    team = make_team(start=False)
    plain = team.settings.read_text()
    bare = postgres.new_database()
    cases = {
        "platform_service migrate": plain.replace(team.database, bare),
        "owns the tables": plain.replace(SERVICE, OWNER),
        "secret": plain.replace("/secret", "/nothing"),
        "surprise": plain + 'surprise = "x"\n',
        "not TOML": "]",
        "database": plain.replace(team.database, "missing_database"),
    }
    for words, settings in cases.items():
        team.settings.write_text(settings)
        assert team.service.spawn().wait(30) == 1, words
        log = team.service.log.read_text()
        assert words in log, (words, log[-500:])
        assert "Traceback" not in log, words
        team.service.log.write_text("")
    postgres.drop(bare)
