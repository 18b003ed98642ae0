"""What campaigns run against: real stores and a team's platform over them, started together, gone afterwards."""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platform_service.sql.migrate_postgres import bring_up_to_date
from platform_service.sql.tenants import Quotas
from tests.platform_service.conftest import until
from tests.platform_service.servers import OWNER, SERVICE, TEMPLATE, PostgresServer, RedisServer
from tests.platform_service.team.conftest import Team, new_team

TOLD_EVERY_S = 10.0


@dataclass(frozen=True)
class Stores:
    """A PostgreSQL, a Redis and a folder."""

    folder: Path
    postgres: PostgresServer
    redis: RedisServer

    def migrated(self) -> str:
        """The name of a new database with the current schema."""
        return self.postgres.new_database(TEMPLATE)


@contextmanager
def stores(*, is_durable: bool = False) -> Iterator[Stores]:
    """Start them; `is_durable` makes PostgreSQL wait for its disk, as outside of tests."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="vc-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres = PostgresServer(is_durable=is_durable)
        stack.callback(postgres.stop)
        redis = RedisServer()
        stack.callback(redis.stop)
        template = postgres.new_database()
        bring_up_to_date(postgres.url(template, OWNER), SERVICE)
        postgres.run(f"ALTER DATABASE {template} RENAME TO {TEMPLATE}")
        yield Stores(folder, postgres, redis)


@contextmanager
def own_team(of: Stores, *, by_port: bool = False) -> Iterator[Team]:
    """A team's platform that no limit of addresses bounds; `by_port` it listens on a port of loopback."""
    team = new_team(of.folder, of.postgres, of.migrated(), of.redis.url, start=False, address_per_minute=10_000_000)
    try:
        team.service.start(where=("--port", "0") if by_port else (), cold=True)
        yield team
    finally:
        team.service.close()


def address_of(team: Team) -> str:
    """Where a platform listens that was started by port."""
    until(lambda: team.service.ready.exists())
    return f"http://127.0.0.1:{json.loads(team.service.ready.read_text())['port']}"


def set_quotas(team: Team, quotas: Quotas, tenant: str = "") -> None:
    """Bound a tenant, or all, so; a service that knew it before believes the old ones for a quarter of a minute."""
    whose = f" WHERE id = '{tenant}'" if tenant else ""
    team.postgres.run(f"UPDATE tenants SET quotas = '{quotas.model_dump_json()}'{whose}", database=team.database)


class Progress:
    """Tells now and then on standard error how far a campaign is."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._began_s = self._told_s = time.monotonic()

    def at(self, done: int, more: str = "") -> None:
        """So many are done."""
        now_s = time.monotonic()
        if now_s - self._told_s >= TOLD_EVERY_S:
            self._told_s = now_s
            left_s = (now_s - self._began_s) / max(done, 1) * (self._total - done)
            told = f"{done:,} of {self._total:,} {self._what}, about {left_s:.0f} s left {more}"
            print(told.rstrip(), file=sys.stderr, flush=True)
