import hashlib
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from platform_service.sql.migrate import bring_up_to_date


def test_it_listens_answers_and_tells_where(service):
    service.start(cold=True)
    answer = service.http.get("/v1/health")
    ready = json.loads(service.ready.read_text())
    assert answer.json()["status"] == "ok"
    assert ready == {"uds": str(service.uds), "pid": service.process.pid, "version": answer.json()["version"]}
    assert stat.S_IMODE(os.stat(service.uds).st_mode) == 0o600


def test_a_loopback_port_where_there_are_no_unix_sockets(service):
    service.start(where=("--port", "0"))
    port = json.loads(service.ready.read_text())["port"]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        assert client.get("/v1/health").status_code == 401
        allowed = client.get("/v1/health", headers={"Authorization": "Bearer a-token-for-tests-0123456789"})
    assert allowed.status_code == 200


def test_the_end_is_graceful_and_leaves_no_traces(service):
    service.start()
    service.made("POST", "/v1/projects", {"name": "Kept"})
    assert service.stop() == 0
    assert not service.ready.exists()
    assert not service.uds.exists()
    service.start()
    assert [project["name"] for project in service.http.get("/v1/projects").json()] == ["Kept"]


def test_a_second_service_on_the_folder_ends_with_3(service):
    service.start()
    second = service.spawn(where=("--port", "0"))
    assert second.wait(20) == 3
    assert service.http.get("/v1/health").status_code == 200


def test_a_killed_service_leaves_a_folder_that_starts_again(service):
    service.start().kill()
    assert service.uds.exists()
    service.start()
    assert service.http.get("/v1/health").status_code == 200


def test_a_service_whose_folder_was_removed_ends_and_leaves_the_next_one_alone(service):
    service.start()
    old = service.process
    for found in (service.folder / "data").rglob("*"):
        if found.is_file():
            found.unlink()
    service.uds.unlink()
    service.ready.unlink()
    service.start()
    assert service.process.pid != old.pid
    assert old.wait(15) == 0, "what it saved would be lost"
    assert json.loads(service.ready.read_text())["pid"] == service.process.pid
    assert service.http.get("/v1/health").status_code == 200


def test_it_ends_when_its_desktop_is_gone_and_nobody_comes(service):
    desktop = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    service.start("--parent", str(desktop.pid), "--idle", "0.5", cold=True)
    time.sleep(1.2)
    assert service.process.poll() is None
    desktop.kill()
    desktop.wait(10)
    assert service.process.wait(15) == 0


def test_it_stays_while_clients_come_though_its_desktop_is_gone(service):
    desktop = subprocess.Popen([sys.executable, "-c", "pass"])
    desktop.wait(10)
    service.start("--parent", str(desktop.pid), "--idle", "0.6", cold=True)
    for _ in range(5):
        assert service.http.get("/v1/health").status_code == 200
        time.sleep(0.25)
    assert service.process.wait(15) == 0


@pytest.mark.parametrize(
    ("arguments", "token", "code", "words"),
    [
        (("--uds", "/tmp/" + "x" * 120), "long-enough-for-a-token", 1, "too long"),
        (("--port", "0"), "short", 2, "VERNISSAGE_TOKEN"),
    ],
)
def test_what_cannot_start_says_why(service, arguments, token, code, words):
    process = service.spawn(token=token, where=arguments)
    assert process.wait(20) == code
    assert words in service.log.read_text()


def test_a_data_folder_that_is_a_file_is_told_plainly(service):
    service.data.write_text("not a folder")
    assert service.spawn().wait(20) == 1
    assert "data folder cannot be used" in service.log.read_text()


def test_a_newer_library_is_refused_and_not_touched(service):
    service.start().stop()
    file = service.data / "vernissage.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert service.spawn().wait(20) == 4
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert "9999" in service.log.read_text()
    assert "Update the program" in service.log.read_text()


def test_a_file_that_is_no_database_is_refused_and_not_touched(service):
    service.data.mkdir()
    file = service.data / "vernissage.sqlite3"
    file.write_bytes(b"these are my holiday notes\n" * 400)
    assert service.spawn().wait(20) == 1
    assert file.read_bytes().startswith(b"these are my holiday notes")
    assert "does not answer" in service.log.read_text()


def test_the_migrated_schema_is_the_one_the_code_describes(tmp_path: Path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from platform_service.sql.team_tables import metadata

    bring_up_to_date(tmp_path / "library.sqlite3")
    engine = create_engine(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_interrupting_it_by_hand_ends_it_as_well(service):
    service.start(cold=True)
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(15) == 0
