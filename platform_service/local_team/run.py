"""Starts a local set-up, tells how to reach it, and ends it; starting again goes on with the same data."""

import asyncio
import json
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from typing import Any

from filelock import FileLock, Timeout

from platform_service.local_team import database, proxy
from platform_service.local_team.layout import (
    REPLICAS,
    SERVICE,
    TENANT,
    CannotSetUp,
    Layout,
    database_user,
    postgres_programs,
    program,
)
from platform_service.local_team.supervising import Program, Supervisor, end_leftovers
from platform_service.team_settings import read_team_settings

READY_S = 90.0


class LocalTeam:
    """A running set-up; `with` ends it."""

    def __init__(self, layout: Layout, port: int, *, by_meaning: bool = True) -> None:
        self.layout = layout
        self._lock = FileLock(layout.folder.with_name(f".{layout.folder.name}.lock"), timeout=0)
        layout.folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            raise CannotSetUp(
                f"This set-up runs already: {self._last_address()}.", "It goes on.", "Use it, or end it with Ctrl+C."
            ) from None
        layout.make()
        self.left_over = end_leftovers(layout)
        self.port = port or self._port()
        self.by_meaning = by_meaning
        self.supervisor: Supervisor | None = None

    @property
    def address(self) -> str:
        """Where desktops reach the platform."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Bring up the stores, make what is missing in them, then the replicas and the proxy."""
        self._write_settings()
        database.make_cluster(self.layout)
        self.supervisor = Supervisor(self.layout, self._programs())
        for store in ("postgres", "redis"):
            self.supervisor.start(store)
        database.prepare(self.layout)
        asyncio.run(database.register(self.layout))
        for number in REPLICAS:
            self.supervisor.start(f"replica-{number}")
        self.supervisor.start("worker")
        self.supervisor.start("proxy")
        self._until_ready()
        about = {"address": self.address, "tenant": TENANT}
        (self.layout.folder / "address.json").write_text(json.dumps(about), "utf-8")

    def stop(self) -> None:
        """End everything; the data stays."""
        if self.supervisor is not None:
            self.supervisor.stop()
            self.supervisor = None
        end_leftovers(self.layout)
        self._lock.release()

    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """The processes as they are now."""
        assert self.supervisor is not None
        return self.supervisor.states()

    def _write_settings(self) -> None:
        layout = self.layout
        layout.secret("platform")
        given = {
            "database_url": layout.database_url(SERVICE),
            "redis_url": layout.redis_url,
            "secret_file": str(layout.secrets / "platform"),
            "import_root": str(layout.imports),
            "uploads_root": str(layout.folder / "uploads"),
            "trusted_proxies": 1,
        }
        more = layout.more_settings.read_text("utf-8") if layout.more_settings.is_file() else ""
        layout.keep("team.toml", "\n".join([*(f"{name} = {json.dumps(value)}" for name, value in given.items()), more]))
        read_team_settings(layout.team_file)
        options = {"port": "0", "unixsocket": layout.redis_socket, "unixsocketperm": "700", "save": '""'}
        options |= {"appendonly": "no", "dir": layout.folder, "requirepass": layout.secret("redis")}
        layout.keep("redis.conf", "\n".join(f"{name} {value}" for name, value in options.items()))
        proxy.write_configuration(layout, self.port)

    def _programs(self) -> tuple[Program, ...]:
        layout, user = self.layout, database_user()
        cluster = (str(postgres_programs(layout.cluster) / "postgres"), "-D", str(layout.cluster))
        quiet = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={layout.database_socket}")
        python = (sys.executable, "-m", "platform_service", "--team", str(layout.team_file))
        words = () if self.by_meaning else ("--words-only",)
        return (
            Program("postgres", (*cluster, *quiet, "-c", "shared_buffers=64MB"), 10, user, "INT"),
            Program("redis", (str(program("redis-server")), str(layout.secrets / "redis.conf")), 10),
            *(
                Program(
                    f"replica-{number}",
                    (*python, "--data", str(layout.folder / f"replica-{number}"),
                     "--uds", str(layout.replica_socket(number)), *words),
                    20,
                )
                for number in REPLICAS
            ),
            Program(
                "worker",
                (sys.executable, "-m", "platform_service", "worker", "--team", str(layout.team_file),
                 "--data", str(layout.folder / "worker"), *words),
                20,
            ),
            Program("proxy", (str(program("haproxy")), "-db", "-f", str(layout.folder / "proxy.cfg")), 30),
        )  # fmt: skip

    def _port(self) -> int:
        """The port of the last time when it is free, so that desktops find the set-up again; else another."""
        for port in (int(self._last_address().rpartition(":")[2] or 0), 0):
            with socket.socket() as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    tried.bind(("127.0.0.1", port))
                except OSError:
                    continue
                return int(tried.getsockname()[1])
        raise CannotSetUp("No port of loopback is free.", "Nothing was started.")

    def _last_address(self) -> str:
        try:
            return str(json.loads((self.layout.folder / "address.json").read_text("utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            return ""

    def _until_ready(self) -> None:
        deadline_s = time.monotonic() + READY_S
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/v1/health/ready", timeout=5):
                    return
            except (urllib.error.URLError, OSError) as error:
                if time.monotonic() > deadline_s:
                    raise CannotSetUp(
                        f"The platform does not answer at {self.address}: {error}.", "The data was not touched.",
                        f"Look into {self.layout.logs}.",
                    ) from error  # fmt: skip
                time.sleep(0.2)


def run(folder: Path, port: int, *, by_meaning: bool) -> int:
    """Run until Ctrl+C; gives the exit code."""
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    team = LocalTeam(Layout(folder), port, by_meaning=by_meaning)
    try:
        team.start()
        print(_told(team), flush=True)
        while not ended.wait(1.0):
            if team.supervisor is not None and team.supervisor.process.poll() is not None:
                raise CannotSetUp("The supervisor ended.", "The data is safe.", f"Look into {team.layout.logs}.")
        print("Ending; the data stays.", flush=True)
    finally:
        team.stop()
    return 0


def _told(team: LocalTeam) -> str:
    secrets, layout = team.layout.secrets, team.layout
    return "\n".join([
        f"A team's platform runs at {team.address} (two replicas behind a proxy, a worker, PostgreSQL, Redis).",
        f"  tenant         {TENANT}",
        f"  you            sign in once with: .venv/bin/vernissage sign-in {team.address} < {secrets / 'sign-in.code'}",
        f"  and work with  .venv/bin/vernissage --platform {team.address}",
        f"  others         get a code from: make invite FOLDER={layout.folder} ID=ada NAME=Ada ROLE=creator",
        f"  service key    in {secrets / 'service.key'} (for machines and commands)",
        f"  pictures       are imported from {layout.imports / TENANT}",
        f"  logs           in {layout.logs}",
        "Ctrl+C ends all of it; started again it goes on with the same data.",
    ])  # fmt: skip
