"""A team's platform as a process of its own over a real PostgreSQL and a real Redis, with two tenants in it."""

import io
import json
import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from platform_service.program import main
from tests.platform_service.conftest import Service
from tests.platform_service.servers import TEMPLATE, PostgresServer, RedisServer
from tests.platform_service.team.issuer import AUDIENCE, Issuer

TENANTS = ("north", "south")


@dataclass
class Team:
    """One replica's process and what reaches it."""

    service: Service
    settings: Path
    secret: str
    postgres: PostgresServer
    database: str

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the service's commands, as its program does."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(arguments)
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    def add_tenant(self, tenant: str, user: str = "ada") -> str:
        """Register a tenant; gives the code of its first person."""
        done = self.command("tenant", "add", tenant, "--team", str(self.settings), "--user", user)
        assert done.returncode == 0, done.stderr
        return str(json.loads(done.stdout)["refresh_code"])

    def exchange(self, code: str) -> httpx.Response:
        """Exchange a code for tokens."""
        with self.service.client(Authorization="") as client:
            return client.post("/v1/identity/token", json={"refresh_code": code})

    def client(self, token: str) -> httpx.Client:
        """A client that bears a token."""
        return self.service.client(Authorization=f"Bearer {token}")

    def write(self, token: str, method: str, path: str, body: object = None, key: str = "") -> httpx.Response:
        """A write with a key of its own."""
        with self.client(token) as client:
            headers = {"Idempotency-Key": key or secrets.token_hex(8)}
            return client.request(method, path, json=body, headers=headers)

    def get(self, token: str, path: str, **headers: str) -> httpx.Response:
        """A read."""
        with self.client(token) as client:
            return client.get(path, headers=headers)


def settings_file(folder: Path, **settings: Any) -> Path:
    """A TOML file of plain settings."""
    file = folder / "team.toml"
    oidc = settings.pop("oidc", None)
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    if oidc:
        lines += ["[oidc]", *(f"{name} = {json.dumps(value)}" for name, value in oidc.items())]
    file.write_text("\n".join(lines) + "\n")
    return file


def new_team(
    folder: Path, postgres: PostgresServer, database: str, redis_url: str, *, start: bool = True, **more: Any
) -> Team:
    """A team's platform over a database that is migrated."""
    secret = secrets.token_hex(32)
    (folder / "secret").write_text(secret + "\n")
    os.chmod(folder / "secret", 0o600)
    given = {"database_url": postgres.url(database), "redis_url": redis_url}
    given |= {"secret_file": str(folder / "secret"), "import_root": str(folder / "imports")}
    given |= {"uploads_root": str(folder / "uploads"), **more}
    service = Service(folder)
    settings = settings_file(folder, **given)
    service.always = ("--team", str(settings), "--words-only")
    if start:
        service.start()
    return Team(service, settings, secret, postgres, database)


@pytest.fixture(scope="session")
def make_team(
    short_folder: Callable[[], Path], postgres: PostgresServer, redis_server: RedisServer
) -> Callable[..., Team]:
    """Starts a team's platform on a database of its own."""

    def make(*, start: bool = True, **more: Any) -> Team:
        name = postgres.new_database(TEMPLATE)
        return new_team(short_folder(), postgres, name, redis_server.url, start=start, **more)

    return make


@pytest.fixture(scope="session")
def issuer() -> Iterator[Issuer]:
    """An identity provider that the shared platform believes."""
    running = Issuer()
    yield running
    running.close()


@pytest.fixture(scope="session")
def team(make_team: Callable[..., Team], issuer: Issuer) -> Iterator[Team]:
    """A team's platform that tests share, each with tenants of its own where it breaks something."""
    made = make_team(oidc={"issuer": issuer.url, "audience": AUDIENCE})
    yield made
    made.service.close()


@pytest.fixture(scope="session")
def codes(team: Team) -> dict[str, str]:
    """The current refresh code of each tenant's administrator."""
    return {tenant: team.add_tenant(tenant) for tenant in TENANTS}


@pytest.fixture
def admin(team: Team, codes: dict[str, str]) -> dict[str, str]:
    """A fresh access token of each tenant's administrator."""
    tokens = {}
    for tenant in TENANTS:
        answer = team.exchange(codes[tenant])
        assert answer.status_code == 200, answer.text
        codes[tenant] = answer.json()["refresh_code"]
        tokens[tenant] = answer.json()["access_token"]
    return tokens


@pytest.fixture
def person(team: Team, admin: dict[str, str]) -> Callable[[str], str]:
    """Makes a person of a role in the tenant `north`; gives an access token."""

    def make(role: str) -> str:
        name = f"{role}-{secrets.token_hex(4)}"
        assert team.write(admin["north"], "PUT", f"/v1/identity/users/{name}", {"name": name, "role": role}).is_success
        invited = team.write(admin["north"], "POST", f"/v1/identity/users/{name}/invitations")
        return str(team.exchange(invited.json()["refresh_code"]).json()["access_token"])

    return make
