"""Real PostgreSQL and Redis for tests: started in a folder of their own, reached by Unix sockets, gone afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis

OWNER, SERVICE = "vernissage_owner", "vernissage_service"
TEMPLATE = "current_schema_template"
START_S = 60.0


class PostgresServer:
    """A cluster; it refuses to run as root, so root lends it to an unprivileged user."""

    def __init__(self, *, is_durable: bool = False) -> None:
        """Without `is_durable` it does not wait for the disk: a killed process loses nothing by it."""
        self._fsync = "on" if is_durable else "off"
        self.folder = Path(tempfile.mkdtemp(prefix="vp-"))
        self._programs = _postgres_programs()
        self._as_user = _unprivileged(self.folder)
        self.process: subprocess.Popen[bytes] | None = None
        made = ["initdb", "-D", str(self.folder / "data"), "-A", "trust", "-U", "postgres", "--no-sync"]
        made += ["--locale=C.UTF-8", "--encoding=UTF8"]
        subprocess.run(self._command(*made), check=True, capture_output=True, cwd=self.folder)
        self.start()
        self.run(f"CREATE ROLE {OWNER} LOGIN", f"CREATE ROLE {SERVICE} LOGIN")

    def start(self) -> None:
        """Start and wait until it answers."""
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "fsync": self._fsync}
        options |= {"max_connections": "100", "shared_buffers": "64MB", "log_statement": "none"}
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        command = self._command("postgres", "-D", str(self.folder / "data"), *given)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        answered(lambda: psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close(), psycopg.Error)

    def kill(self) -> None:
        """End every process of the cluster at once, as a crash would."""
        assert self.process is not None
        os.kill(self._postmaster(), signal.SIGQUIT)
        self.process.wait(20)

    def stop(self) -> None:
        """End it and remove all it wrote."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self._postmaster(), signal.SIGQUIT)
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str, role: str = SERVICE) -> str:
        """How `role` reaches a database."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the cluster's superuser."""
        with psycopg.connect(self.url(database, "postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def new_database(self, template: str = "template0") -> str:
        """The name of a fresh database that the owner owns."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        self.run(f"ALTER SCHEMA public OWNER TO {OWNER}", database=name)
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _postmaster(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [*self._as_user, str(self._programs / program), *arguments]


class RedisServer:
    """A Redis that keeps nothing on disk, as a team's should."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="vr-"))
        self.socket = self.folder / "redis.sock"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """How it is reached."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start and wait until it answers."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        with (self.folder / "log").open("ab") as log:
            command = [str(shutil.which("redis-server")), *options, "--dir", str(self.folder)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        answered(self.flush, redis.RedisError)

    def flush(self) -> None:
        """Forget everything."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        """End it as a crash would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        """End it and remove all it wrote."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def answered(ask: Callable[[], object], refusal: type[Exception]) -> None:
    """Ask until there is an answer."""
    deadline = time.monotonic() + START_S
    while True:
        try:
            ask()
            return
        except refusal:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.03)


def _postgres_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        raise RuntimeError("PostgreSQL is not installed: `make system-test` installs it")
    return found[-1] if found else Path(str(on_path)).parent


def _unprivileged(folder: Path) -> list[str]:
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "nobody", "nogroup")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
