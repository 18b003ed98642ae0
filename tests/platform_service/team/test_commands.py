"""The commands of a team's administrator, and what a service refuses to start with."""

import json

import psycopg

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


def test_a_changed_entry_is_told_with_5(team):
    token = team.exchange(team.add_tenant("east")).json()["access_token"]
    for name in ("One", "Two"):
        team.write(token, "POST", "/v1/projects", {"name": name})
    head = team.get(token, "/v1/audit/report").json()["head"]
    with psycopg.connect(team.postgres.url(team.database, OWNER), autocommit=True) as connection:
        connection.execute("SELECT set_config('app.tenant', 'east', false)")
        connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
        connection.execute("UPDATE audit SET actor = 'mallory' WHERE number = 2")
        connection.execute("ALTER TABLE audit ENABLE TRIGGER USER")
    broken = team.command("audit", "verify", "--team", str(team.settings), "--tenant", "east")
    assert broken.returncode == 5
    assert "entry 2 is not as it was written" in broken.stdout
    assert team.get(token, f"/v1/audit/report?known_head={head}").json()["broken"]


def test_an_embedded_library_is_verified_by_its_folder(team, service):
    service.start("--words-only")
    service.made("POST", "/v1/projects", {"name": "Audited"})
    service.stop()
    done = team.command("audit", "verify", "--data", str(service.data))
    nowhere = team.command("audit", "verify", "--data", "/nowhere")
    assert (done.returncode, json.loads(done.stdout)["entries"]) == (0, 1)
    assert (nowhere.returncode, nowhere.stderr[:19]) == (1, "There is no library")
    assert (service.data / "audit.secret").stat().st_mode & 0o077 == 0


def test_a_tenant_is_registered_once_and_by_a_plain_name(team, admin):
    again = team.command("tenant", "add", "north", "--team", str(team.settings), "--user", "eve")
    odd = team.command("tenant", "add", "No/rth", "--team", str(team.settings), "--user", "eve")
    assert (again.returncode, odd.returncode) == (1, 1)
    assert "already" in again.stderr


def test_migrate_makes_a_database_and_grants_the_service_its_rights(team, postgres, monkeypatch):
    name = postgres.new_database()
    bare = team.command("migrate")
    monkeypatch.setenv("VERNISSAGE_OWNER_URL", postgres.url(name, OWNER))
    done, odd = team.command("migrate", "--grant-to", SERVICE), team.command("migrate", "--grant-to", "x; DROP")
    assert (done.returncode, bare.returncode, odd.returncode) == (0, 1, 1), done.stderr
    with psycopg.connect(postgres.url(name)) as connection:
        assert connection.execute("SELECT count(*) FROM projects").fetchone() == (0,)
    postgres.drop(name)


def test_a_service_does_not_start_with_what_it_cannot_trust(make_team, postgres):
    team = make_team(start=False)
    plain, bare = team.settings.read_text(), postgres.new_database()
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
        refused = team.command("--data", str(team.service.data), "--port", "0", *team.service.always)
        assert refused.returncode == 1, words
        assert words in refused.stderr
    postgres.drop(bare)
