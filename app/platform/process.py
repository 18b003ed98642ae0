"""Starts the embedded platform as a child, or attaches to the one that runs; the last client out stops it."""

import json
import os
import secrets
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock

from app.environment import BEFORE_IMPORTS
from app.lock_files import is_held
from app.places import Places
from app.platform.http import Access
from app.platform.program import Child, StartsProgram, start_program

log = structlog.get_logger()

_HUNG_ENDS_WITHIN_S = 2.0
_ALREADY_RUNNING = 3
"""Exit code of a platform that found another one on its data folder."""


class PlatformStartError(Exception):
    """The embedded platform did not start; the message says where its log is."""


class PlatformProcess:
    """One client's hold on the embedded platform of a data folder; every method may block for seconds."""

    def __init__(
        self, places: Places, start_timeout_s: float = 30.0, start_program: StartsProgram = start_program
    ) -> None:
        self._places = places
        self._start_timeout_s = start_timeout_s
        self._start_program = start_program
        self._child: Child | None = None
        lock_file = places.clients / f"{os.getpid()}-{secrets.token_hex(4)}.lock"
        self._presence = FileLock(lock_file, thread_local=False)

    name = ""
    """It is this computer's own."""
    is_due = False
    """Its token holds as long as it runs."""

    def ensure(self) -> Access:
        """Attach to the running platform, or start one and wait until it listens; raises PlatformStartError."""
        self._places.clients.mkdir(parents=True, exist_ok=True)
        if not self._presence.is_locked:
            self._presence.acquire()
        with FileLock(self._places.launch_lock, timeout=self._start_timeout_s + 10):
            running = self._running()
            return running if running is not None else self._start()

    def release(self, timeout_s: float = 10.0) -> None:
        """Let go; the last client stops the platform and waits for its end."""
        with FileLock(self._places.launch_lock, timeout=self._start_timeout_s + 10):
            if self._presence.is_locked:
                self._presence.release()
                Path(self._presence.lock_file).unlink(missing_ok=True)
            if not self._others_are_here():
                self._stop(timeout_s)

    def end(self) -> None:
        """End a platform that lives and does not answer any more."""
        with FileLock(self._places.launch_lock, timeout=self._start_timeout_s + 10):
            self._stop(_HUNG_ENDS_WITHIN_S)

    @property
    def pid(self) -> int | None:
        """Process id of the platform as its ready file tells it, whoever started it."""
        ready = _read_json(self._places.ready_file)
        return int(ready["pid"]) if ready and "pid" in ready else None

    def _running(self) -> Access | None:
        ready, access = _read_json(self._places.ready_file), _read_json(self._places.access_file)
        if not ready or not access or not _is_alive(int(ready.get("pid", 0)), self._child):
            return None
        return Access(token=str(access["token"]), socket=ready.get("uds"), port=ready.get("port"))

    def _start(self) -> Access:
        token = secrets.token_urlsafe(32)
        for stale in (self._places.ready_file, self._places.access_file):
            stale.unlink(missing_ok=True)
        self._child = self._started(token)
        deadline = time.monotonic() + self._start_timeout_s
        while time.monotonic() < deadline:
            ready = _read_json(self._places.ready_file)
            if ready and int(ready.get("pid", 0)) == self._child.pid:
                access = Access(token=token, socket=ready.get("uds"), port=ready.get("port"))
                _write_private(self._places.access_file, json.dumps(asdict(access)))
                log.info("platform started", pid=self._child.pid)
                return access
            if self._child.poll() is not None:
                break
            time.sleep(0.01)
        raise PlatformStartError(self._why_not(self._child))

    def _started(self, token: str) -> Child:
        arguments = ["--data", str(self._places.platform), "--ready-file", str(self._places.ready_file)]
        arguments += ["--parent", str(os.getpid())]
        arguments += ["--uds", str(self._places.socket)] if os.name == "posix" else ["--port", "0"]
        environment = {**os.environ, **BEFORE_IMPORTS, "VERNISSAGE_TOKEN": token}
        return self._start_program(arguments, environment, self._log)

    @property
    def _log(self) -> Path:
        return self._places.logs / "platform.log"

    def _why_not(self, child: Child) -> str:
        code = child.poll()
        where = f"Its log is {self._log}."
        if code is None:
            child.terminate()
            return f"The library service did not start within {self._start_timeout_s:.0f} s. {where}"
        if code == _ALREADY_RUNNING:
            return f"Another library service holds {self._places.platform}, but it does not answer. {where}"
        return f"The library service ended at once (exit code {code}). {where} `vernissage doctor` says more."

    def _others_are_here(self) -> bool:
        return any(is_held(path) for path in self._places.clients.glob("*.lock"))

    def _stop(self, timeout_s: float) -> None:
        pid = self.pid
        if pid is None or not _is_alive(pid, self._child):
            return
        os.kill(pid, 15)
        deadline = time.monotonic() + timeout_s
        while _is_alive(pid, self._child) and time.monotonic() < deadline:
            time.sleep(0.02)
        if _is_alive(pid, self._child):
            log.warning("platform did not end in time", pid=pid)
            os.kill(pid, 9)
        for left in (self._places.ready_file, self._places.access_file):
            left.unlink(missing_ok=True)


def _is_alive(pid: int, child: Child | None) -> bool:
    """Whether that process runs and is a platform of ours (a process id may have been given to another program)."""
    if child is not None and child.pid == pid:
        return child.poll() is None
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    arguments = Path(f"/proc/{pid}/cmdline")
    return not arguments.parent.parent.joinpath("self").exists() or b"platform_service" in _bytes_of(arguments)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def _write_private(path: Path, text: str) -> None:
    staged = path.with_suffix(".new")
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    staged.replace(path)
