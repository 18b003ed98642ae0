"""A team's platform with workers of its own, and a tenant with pictures in it."""

import os
import secrets
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.platform_service.conftest import until
from tests.platform_service.servers import TEMPLATE, PostgresServer, RedisServer
from tests.platform_service.team.conftest import Team, new_team
from tests.platform_service.warm import Warm

ENDED_WITHIN_S = 150.0


@dataclass
class Worker:
    """One worker's process."""

    folder: Path
    process: Warm

    @property
    def ready(self) -> Path:
        return self.folder / "ready"

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> int:
        """End it in order."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@dataclass
class Hosted:
    """A team's platform, its workers, and the administrators' tokens by tenant."""

    team: Team
    tokens: dict[str, str] = field(default_factory=dict)
    workers: list[Worker] = field(default_factory=list)
    redis_url: str = ""

    def start_worker(self, planted: str = "", settings: Path | None = None) -> Worker:
        """Start another worker and wait until it takes runs; `planted` is code that runs in it first."""
        folder = self.team.service.folder / f"worker-{secrets.token_hex(4)}"
        folder.mkdir()
        given = ["worker", "--team", str(settings or self.team.settings), "--words-only"]
        given += ["--data", str(folder / "data"), "--ready-file", str(folder / "ready")]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LANG")}
        worker = Worker(folder, Warm(given, environment, folder / "log", planted))
        self.workers.append(worker)
        until(lambda: worker.ready.exists() or worker.process.poll() is not None)
        assert worker.ready.exists(), (folder / "log").read_text()
        return worker

    def join(self, tenant: str) -> str:
        """Register a tenant; gives its administrator's token."""
        self.tokens[tenant] = str(self.team.exchange(self.team.add_tenant(tenant)).json()["access_token"])
        return self.tokens[tenant]

    def member(self, tenant: str, name: str, role: str) -> str:
        """Add a person of a role; gives their token."""
        own = self.tokens[tenant]
        assert self.team.write(own, "PUT", f"/v1/identity/users/{name}", {"name": name, "role": role}).is_success
        invited = self.team.write(own, "POST", f"/v1/identity/users/{name}/invitations")
        return str(self.team.exchange(invited.json()["refresh_code"]).json()["access_token"])

    def fill(self, tenant: str, pictures: Path) -> None:
        """Import pictures as the tenant; a worker does it, and is gone afterwards."""
        worker = self.start_worker()
        root = self.team.service.folder / "imports" / tenant
        shutil.copytree(pictures, root)
        started = self.team.write(self.tokens[tenant], "POST", "/v1/imports", {"paths": [str(root)]}).json()["id"]
        until(lambda: self.get(tenant, f"/v1/imports/{started}")["state"] == "done")
        worker.kill()
        self.workers.remove(worker)

    def project(self, tenant: str) -> str:
        """A new project."""
        made = self.team.write(self.tokens[tenant], "POST", "/v1/projects", {"name": "Show"})
        return str(made.json()["id"])

    def post(self, tenant: str, project: str, request: str, **more: Any) -> str:
        """Post a run; gives its id."""
        body = {"project_id": project, "request": request, **more}
        answer = self.team.write(self.tokens[tenant], "POST", "/v1/runs", body)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def get(self, tenant: str, path: str) -> Any:
        """A read."""
        answer = self.team.get(self.tokens[tenant], path)
        assert answer.is_success, answer.text
        return answer.json()

    def run(self, tenant: str, run_id: str) -> dict[str, Any]:
        """How a run stands."""
        found: dict[str, Any] = self.get(tenant, f"/v1/runs/{run_id}")
        return found

    def ended(self, tenant: str, run_id: str) -> dict[str, Any]:
        """The run, once it has ended."""

        def asked() -> dict[str, Any] | None:
            run = self.run(tenant, run_id)
            return run if run["state"] == "ended" else None

        try:
            found: dict[str, Any] = until(asked, ENDED_WITHIN_S)
        except AssertionError:
            logs = "\n".join((worker.folder / "log").read_text()[-3_000:] for worker in self.workers)
            raise AssertionError(f"{self.run(tenant, run_id)}\n{logs}") from None
        return found

    def close(self) -> None:
        """End all processes."""
        for worker in self.workers:
            if worker.process.poll() is None:
                worker.kill()
        self.team.service.close()


def new_hosted(folder: Path, postgres: PostgresServer, redis: RedisServer) -> Hosted:
    """A platform over a database of its own; without workers yet."""
    return Hosted(new_team(folder, postgres, postgres.new_database(TEMPLATE), redis.url), redis_url=redis.url)


@pytest.fixture(scope="package")
def hosted(
    short_folder: Callable[[], Path], postgres: PostgresServer, redis_server: RedisServer, pictures: Path
) -> Iterator[Hosted]:
    """A platform that tests share; the tenant `full` has 24 pictures, `small` has none."""
    made = new_hosted(short_folder(), postgres, redis_server)
    made.join("full")
    made.join("small")
    made.fill("full", pictures)
    yield made
    made.close()
