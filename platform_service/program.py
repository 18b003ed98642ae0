"""The service as a program: arguments, one service for a data folder, the server, its ready file and its end."""

import argparse
import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp

from platform_service.compose import application, compose
from platform_service.errors import ServiceError
from platform_service.listening import LONGEST_MESSAGE_BYTES, Own, bind, socket_protocol, write_ready_file
from platform_service.parent import watch_folder, watch_parent
from platform_service.platform import VERSION, Platform
from platform_service.quiet import keep_secrets
from platform_service.settings import DoorRules, Settings
from platform_service.sql.migrate import bring_up_to_date

CANNOT_START, ALREADY_RUNNING, NEWER = 1, 3, 4
DRAIN_S = 10
OPERATIONS = ("backup", "drill", "restore")
COMMANDS = ("audit", "migrate", "tenant", "worker")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; gives the exit code: 0, 1 cannot start, 3 another one runs, 4 a newer library."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments and arguments[0] in OPERATIONS:
        from platform_service.operations.commands import run_command as run_operation

        return run_operation(arguments)
    if arguments and arguments[0] in COMMANDS:
        from platform_service.commands import run_command

        return run_command(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    keep_secrets()
    try:
        settings, team = _settings(arguments)
        settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(settings.lock_file, timeout=0):
            return _serve(settings, team)
    except Timeout:
        print("Another service runs on this data folder; attach to it.", file=sys.stderr)
        return ALREADY_RUNNING
    except ServiceError as error:
        print(" ".join(part for part in (error.what, error.kept, error.advice) if part), file=sys.stderr)
        return NEWER if error.kind == "newer-schema" else CANNOT_START
    except OSError as error:
        print(f"The data folder cannot be used: {error}. Choose another with --data.", file=sys.stderr)
        return CANNOT_START


def _serve(settings: Settings, team: Path | None) -> int:
    if team is None:
        bring_up_to_date(settings.database_file)
    bound = bind(settings.uds, settings.port, settings.host)
    own = [Own.of(settings.uds)] if settings.uds is not None else []
    try:
        asyncio.run(_run(compose(settings) if team is None else _composed_for(settings, team), bound, own.append))
    finally:
        bound.close()
        for left in own:
            left.remove()  # unless another service has its own there, as after the data folder was deleted
    return 0


def _composed_for(settings: Settings, file: Path) -> Platform:
    """A team's platform; what it needs is imported here, since an embedded one does without."""
    from platform_service.compose_team import compose_team
    from platform_service.operations.logs import configure
    from platform_service.sql.migrate_postgres import require_current
    from platform_service.team_settings import read_team_settings

    configure()
    team = read_team_settings(file)
    require_current(team.database_url)
    rules = DoorRules(frozenset(team.hosts), frozenset(team.origins), trusted_proxies=team.trusted_proxies)
    return compose_team(replace(settings, door=rules), team)


async def _run(platform: Platform, bound: socket.socket, made: Callable[[Own], None]) -> None:
    try:
        if platform.check is not None:
            await platform.check()
    except ServiceError:
        await platform.close()
        raise
    speaks: Any = socket_protocol
    served: ASGIApp = application(platform)
    if platform.desk is not None:
        from platform_service.operations.wiring import observed

        served = observed(platform, served)
    config = uvicorn.Config(
        served, log_config=None, access_log=False, server_header=False, ws=speaks,
        ws_max_size=LONGEST_MESSAGE_BYTES, ws_per_message_deflate=False,
        timeout_graceful_shutdown=DRAIN_S, timeout_keep_alive=75,
    )  # fmt: skip
    server = _Server(config, platform.settings.ready_file, bound, made)
    for number in (signal.SIGTERM, signal.SIGINT):
        server.end_on(number)
    watching = [
        asyncio.create_task(watch_parent(platform.settings, platform.activity, server.end)),
        asyncio.create_task(watch_folder(Own.of(platform.settings.lock_file, is_held=True), server.end)),
    ]
    await server.serve([bound])
    for task in watching:
        task.cancel()


class _Server(uvicorn.Server):
    """Uvicorn that tells when it listens and leaves signals to us."""

    def __init__(
        self, config: uvicorn.Config, ready_file: Path | None, bound: socket.socket, made: Callable[[Own], None]
    ) -> None:
        super().__init__(config)
        self._made = made
        self._ready_file = ready_file
        self._bound = bound

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then write the ready file."""
        await super().startup(sockets)
        gc.freeze()  # modules and routes stay for good: looking through them again would hold everyone up for 150 ms
        gc.set_threshold(700, 10, 50)
        if self.started and self._ready_file is not None:
            self._made(write_ready_file(self._ready_file, self._bound, VERSION))

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals end the server through `end`; uvicorn's own way would end the process by the signal again."""
        yield

    def end(self) -> None:
        """Finish what is under way, then stop."""
        self.should_exit = True

    def end_on(self, number: signal.Signals) -> None:
        """End on this signal."""
        try:
            asyncio.get_running_loop().add_signal_handler(number, self.end)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: self.end())


def _settings(arguments: Sequence[str]) -> tuple[Settings, Path | None]:
    parser = argparse.ArgumentParser("platform_service", description="The library service of Vernissage.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the library")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--uds", type=Path, help="Unix socket to listen on")
    where.add_argument("--port", type=int, help="loopback port to listen on, 0 for any free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on, with --port")
    parser.add_argument("--team", type=Path, help="serve a team: a TOML file with the stores and identities")
    parser.add_argument("--ready-file", type=Path, help="written when the service listens")
    parser.add_argument("--parent", type=int, help="end when this process is gone and no client comes")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds without a client until then")
    parser.add_argument("--words-only", action="store_true", help="do not load the sentence embedding")
    given = parser.parse_args(arguments)
    token = os.environ.pop("VERNISSAGE_TOKEN", "")
    if given.team is None and len(token) < 16:
        parser.error("the environment variable VERNISSAGE_TOKEN must hold a secret of at least 16 characters")
    settings = Settings(
        data_folder=given.data.absolute(),
        token=token,
        uds=given.uds and given.uds.absolute(),
        port=given.port,
        host=given.host,
        ready_file=given.ready_file and given.ready_file.absolute(),
        parent_pid=given.parent,
        idle_without_parent_s=given.idle,
        by_meaning=not given.words_only,
    )
    return settings, given.team
