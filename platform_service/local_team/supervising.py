"""The supervisor of a local set-up: Supervisor starts each process, starts it again when it ends, and ends them all."""

import os
import shlex
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platform_service.local_team.layout import CannotSetUp, Layout

STOP_S = 40.0


@dataclass(frozen=True)
class Program:
    """A process that is kept running; those of lower rank start earlier and end later."""

    name: str
    command: tuple[str, ...]
    rank: int
    user: str = ""
    stop_signal: str = "TERM"


def configuration(layout: Layout, programs: tuple[Program, ...]) -> str:
    """Supervisor's configuration."""
    socket, state = layout.sockets / "supervisor", layout.folder
    return "\n".join([
        "[unix_http_server]", f"file={socket}", "chmod=0600",
        "[supervisord]", "nodaemon=true", "silent=true", f"logfile={layout.logs / 'supervisor.log'}",
        f"pidfile={state / 'supervisor.pid'}", f"directory={Path.cwd()}", "umask=077", f"childlogdir={layout.logs}",
        *(["user=root"] if os.getuid() == 0 else []),
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        *(line for program in programs for line in _section(layout, program)),
    ]) + "\n"  # fmt: skip


def _section(layout: Layout, program: Program) -> list[str]:
    given = {
        "command": shlex.join(program.command).replace("%", "%%"),
        "priority": program.rank,
        "autostart": "false",
        "autorestart": "true",
        "startsecs": 1,
        "startretries": 1_000_000,
        "stopsignal": program.stop_signal,
        "stopwaitsecs": 15,
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": layout.logs / f"{program.name}.log",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 2,
    }
    if program.user:
        given |= {"user": program.user, "directory": "/"}
    return [f"[program:{program.name}]", *(f"{name}={value}" for name, value in given.items())]


class Supervisor:
    """Supervisor as a process of its own, which this one asks over its socket."""

    def __init__(self, layout: Layout, programs: tuple[Program, ...]) -> None:
        file = layout.folder / "supervisor.conf"
        file.write_text(configuration(layout, programs), "utf-8")
        self._socket = layout.sockets / "supervisor"
        self._socket.unlink(missing_ok=True)
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(file)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("VERNISSAGE_")}
        with (layout.logs / "supervisor.out").open("ab") as out:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=kept, start_new_session=True
            )
        self._until_it_answers()

    def start(self, name: str) -> None:
        """Start a process and keep it running."""
        self._ask("startProcess", name, False)

    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """Name, state and process id of each process."""
        found: Any = self._ask("getAllProcessInfo")
        return {one["name"]: {"state": one["statename"], "pid": one["pid"]} for one in found}

    def stop(self) -> None:
        """End all processes, those of high rank first, then Supervisor."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _until_it_answers(self) -> None:
        deadline_s = time.monotonic() + 20
        while True:
            try:
                self._ask("getState")
                return
            except (OSError, xmlrpc.client.Error) as error:
                if self.process.poll() is not None or time.monotonic() > deadline_s:
                    raise CannotSetUp(
                        "The supervisor did not start.", "Nothing was changed.", "Look into logs/supervisor.out."
                    ) from error
                time.sleep(0.05)

    def _ask(self, name: str, *arguments: object) -> object:
        from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        with xmlrpc.client.ServerProxy("http://localhost", transport) as asked:
            return getattr(asked.supervisor, name)(*arguments)


def end_leftovers(layout: Layout) -> int:
    """End what a set-up that was killed left running in this folder; gives how many processes that were."""
    mark, ended = os.fsencode(layout.folder) + b"/", 0
    deadline_s = time.monotonic() + STOP_S
    told: set[int] = set()
    while left := [pid for pid in _processes_with(mark) if pid != os.getpid()]:
        overdue = time.monotonic() > deadline_s
        for pid in left:
            if pid not in told or overdue:
                ended += pid not in told
                told.add(pid)
                try:
                    os.kill(pid, signal.SIGKILL if overdue else signal.SIGTERM)
                except ProcessLookupError:
                    continue
        time.sleep(0.1)
    return ended


def _processes_with(mark: bytes) -> list[int]:
    """The processes of Linux that were started with a path of the folder, the supervisor first."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        programs = (b"supervisor", b"postgres", b"redis-server", b"haproxy", b"platform_service")
        if mark in words and any(name in words for name in programs) and b"local_team" not in words:
            found.append((b"supervisor.supervisord" not in words, int(entry.name)))
    return [pid for _, pid in sorted(found)]
