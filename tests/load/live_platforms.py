"""The two ways to run a platform, as live sessions use them: embedded over SQLite, a team's over PostgreSQL."""

import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg

from platform_service.sql.tenants import NO_QUOTAS
from tests.load.live_sessions import Measured
from tests.platform_service.conftest import TOKEN, Service
from tests.platform_service.stores import own_team, set_quotas, stores
from tests.platform_service.team.conftest import Team

COUNTS = ("SELECT count(*) FROM scene_versions", "SELECT count(*) FROM events WHERE stream LIKE 'scene:%'")


@dataclass
class Platform:
    """A service, a token that may save, and the scenes to save to."""

    service: Service
    token: str
    scenes: list[str]
    team: Team | None = None

    def compare(self, measured: Measured) -> None:
        """Hold the database against what was acknowledged."""
        measured.compare(*(self._count(query) for query in COUNTS))

    def _count(self, query: str) -> int:
        if self.team is not None:
            url = self.team.postgres.url(self.team.database, "postgres")
            with psycopg.connect(url) as connection:
                row = connection.execute(query.encode()).fetchone()
        else:
            one = sqlite3.connect(f"file:{self.service.data / 'vernissage.sqlite3'}?mode=ro", uri=True)
            row = one.execute(query).fetchone()
            one.close()
        assert row is not None
        return int(row[0])


@contextmanager
def embedded(scenes: int, *, by_meaning: bool = False) -> Iterator[Platform]:
    """A creator's own platform."""
    folder = Path(tempfile.mkdtemp(prefix="vl-"))
    service = Service(folder)
    service.always = () if by_meaning else ("--words-only",)
    try:
        yield Platform(service.start(cold=True), TOKEN, _made(service.http, scenes))
    finally:
        service.close()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def team(scenes: int, *, by_meaning: bool = False) -> Iterator[Platform]:
    """A team's platform whose PostgreSQL waits for its disk."""
    with stores(is_durable=True) as of, own_team(of) as made:
        token = made.exchange(made.add_tenant("load")).json()["access_token"]
        set_quotas(made, NO_QUOTAS)
        key = made.write(token, "POST", "/v1/identity/keys", {"name": "load", "role": "creator"}).json()["key"]
        if by_meaning:
            made.service.always = tuple(one for one in made.service.always if one != "--words-only")
        with made.client(key) as http:
            yield Platform(made.service, key, _made(http, scenes), made)


def _made(http: httpx.Client, count: int) -> list[str]:
    def made(path: str, name: str) -> dict[str, str]:
        answer = http.post(path, json={"name": name}, headers={"Idempotency-Key": uuid.uuid4().hex})
        assert answer.is_success, answer.text
        found: dict[str, str] = answer.json()
        return found

    project = made("/v1/projects", "Load")["id"]
    return [made(f"/v1/projects/{project}/scenes", "S")["scene_id"] for _ in range(count)]
