"""A real service in a process of its own, and real pictures to import."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from platform_service.sql.database import Database
from platform_service.sql.migrate import bring_up_to_date
from platform_service.sql.postgres import PostgresDatabase
from platform_service.sql.sqlite import SqliteDatabase
from tests.platform_service.servers import OWNER, SERVICE, TEMPLATE, PostgresServer, RedisServer
from tests.platform_service.warm import Warm

TOKEN = "a-token-for-tests-0123456789"
ROOT = Path(__file__).parents[2]


class Service:
    """One service process on one data folder; `restart` starts another on the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.uds = folder / "s.sock"
        self.ready = folder / "ready.json"
        self.log = folder / "log"
        self.always: tuple[str, ...] = ()
        """Arguments of every start."""
        self.process: subprocess.Popen[bytes] | Warm | None = None
        self.http = self.client()

    def client(self, **headers: str) -> httpx.Client:
        transport = httpx.HTTPTransport(uds=str(self.uds), verify=False)
        sent = {"Authorization": f"Bearer {TOKEN}", **headers}
        return httpx.Client(transport=transport, base_url="http://localhost", headers=sent, timeout=60)

    def spawn(self, *arguments: str, token: str = TOKEN, where: tuple[str, ...] = ()) -> "subprocess.Popen[bytes]":
        """The program as it is started outside of tests."""
        command = [sys.executable, "-m", "platform_service", *self._given(arguments, where)]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self._environment(token), stdout=log, stderr=log)

    def start(
        self, *arguments: str, where: tuple[str, ...] = (), cold: bool = False, within_s: float = 60.0
    ) -> "Service":
        """Start it and wait until it listens; `cold` as outside of tests, else with its imports done."""
        self.ready.unlink(missing_ok=True)
        if cold:
            self.process = self.spawn(*arguments, where=where)
        else:
            self.process = Warm(self._given(arguments, where), self._environment(TOKEN), self.log)
        until(lambda: self.ready.exists() or self.process.poll() is not None, within_s)
        assert self.ready.exists(), self.log.read_text()
        return self

    def _given(self, arguments: tuple[str, ...], where: tuple[str, ...]) -> list[str]:
        where = where or ("--uds", str(self.uds))
        return ["--data", str(self.data), *where, "--ready-file", str(self.ready), *self.always, *arguments]

    def _environment(self, token: str) -> dict[str, str]:
        return {**os.environ, "VERNISSAGE_TOKEN": token}

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)
        self.http.close()
        self.http = self.client()

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.http.close()
        self.http = self.client()
        return code

    def write(self, method: str, path: str, body: object = None, key: str = "") -> httpx.Response:
        return self.http.request(method, path, json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})

    def made(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = self.write(method, path, body)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def search(self, **query: Any) -> dict[str, Any]:
        answer = self.http.post("/v1/search", json=query)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def imported(self, *paths: Path) -> dict[str, Any]:
        started = self.made("POST", "/v1/imports", {"paths": [str(path) for path in paths]})
        return self.finished(started["id"])

    def finished(self, import_id: str) -> dict[str, Any]:
        def ended() -> dict[str, Any] | None:
            progress: dict[str, Any] = self.http.get(f"/v1/imports/{import_id}").json()
            return progress if progress["state"] in ("done", "cancelled", "failed") else None

        return until(ended)

    def close(self) -> None:
        self.http.close()
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def until(asked: Callable[[], Any], timeout_s: float = 60.0) -> Any:
    """Ask again and again until the answer is true."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        found = asked()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def picture(file: Path, colours: tuple[tuple[int, int, int], ...], seed: int, size_px: tuple[int, int]) -> Path:
    """A JPEG of colour fields with some grain, so that every seed is another picture."""
    width, height = size_px
    rng = np.random.default_rng(seed)
    pixels = np.zeros((height, width, 3), np.int16)
    for number, colour in enumerate(colours):
        pixels[:, number * width // len(colours) :] = colour
    for _ in range(5):
        x, y = rng.integers(0, width - 20), rng.integers(0, height - 20)
        pixels[y : y + rng.integers(10, 60), x : x + rng.integers(10, 60)] = rng.integers(0, 255, 3)
    pixels += rng.integers(-8, 8, (height, width, 1), np.int16)
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(file, quality=88)
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL cluster that all tests share; its template database has the current schema."""
    from platform_service.sql import migrate_postgres

    server = PostgresServer()
    template = server.new_database()
    migrate_postgres.bring_up_to_date(server.url(template, OWNER), SERVICE)
    server.run(f"ALTER DATABASE {template} RENAME TO {TEMPLATE}")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis that all tests share, each with tenants of its own."""
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def paint() -> Callable[..., Path]:
    """`picture`, for tests that need pictures of their own."""
    return picture


@pytest.fixture(scope="session")
def wait() -> Callable[..., Any]:
    """`until`, for tests that wait."""
    return until


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 24 pictures in three sub-folders, named as people name files."""
    folder = tmp_path_factory.mktemp("pictures") / "Travel"
    for number in range(8):
        picture(folder / "Tokyo" / f"neon_street-{number}.jpg", ((255, 0, 200), (10, 5, 30)), number, (320, 200))
        picture(folder / "Harz" / f"forest path {number}.jpg", ((20, 110, 30), (70, 60, 20)), 50 + number, (200, 320))
        picture(
            folder / "Sylt" / f"Sea{number}_1999-07-0{number + 1}.jpg",
            ((30, 90, 210), (230, 225, 210)),
            90 + number,
            (300, 300),
        )
    return folder


@pytest.fixture(scope="session")
def short_folder() -> Iterator[Callable[[], Path]]:
    """Folders with short paths: a Unix socket's path has to be short."""
    with tempfile.TemporaryDirectory(prefix="vs-", ignore_cleanup_errors=True) as folder:
        yield lambda: Path(tempfile.mkdtemp(dir=folder))


@pytest.fixture
def service(short_folder: Callable[[], Path]) -> Iterator[Service]:
    """A service that is not started yet."""
    one = Service(short_folder())
    yield one
    one.close()


@pytest.fixture(scope="session")
def running(short_folder: Callable[[], Path]) -> Iterator[Service]:
    """A service that tests share, each with projects and pictures of its own."""
    one = Service(short_folder()).start()
    yield one
    one.close()


@pytest.fixture(scope="session")
def filled(short_folder: Callable[[], Path], pictures: Path) -> Iterator[Service]:
    """A service with the pictures in it, for tests that only read."""
    one = Service(short_folder()).start()
    progress = one.imported(pictures)
    assert progress["added"] == 24, json.dumps(progress)
    until(lambda: one.http.get("/v1/health").json()["index"] == "ready")
    yield one
    one.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """The relational store that a conformance test runs on."""
    if request.param == "sqlite":
        bring_up_to_date(tmp_path / "library.sqlite3")
        database: Database = SqliteDatabase(tmp_path / "library.sqlite3")
        yield database
        await database.close()
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database(TEMPLATE)
    database = PostgresDatabase(server.url(name), connections=4)
    await database.check_role()
    yield database
    await database.close()
    server.drop(name)
