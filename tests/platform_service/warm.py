"""Programs of the platform as processes that need not import anything: forked from one that has imported it all."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.forking import forking


class Warm:
    """One process of the service's program, with the methods of `subprocess.Popen` that tests use."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, planted: str = "") -> None:
        """Start it; `planted` is code that runs in it first."""
        given = (list(arguments), dict(environment), str(log), planted)
        self._process: ForkServerProcess = forking().Process(target=_live, args=given, daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid
        self.args = list(arguments)

    @property
    def returncode(self) -> int | None:
        """The exit status as far as it was asked for; a signal's number below zero."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises TimeoutExpired."""
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a crash would."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@cache
def warm() -> type[Warm]:
    """`Warm`, once the process that it forks from has imported everything: nobody's patience has to cover that."""
    first = forking().Process(target=int)
    first.start()
    first.join()
    return Warm


def _live(arguments: list[str], environment: dict[str, str], log: str, planted: str) -> None:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(Path(__file__).parents[2])
    sys.argv = ["platform_service", *arguments]
    exec(planted, {})
    from platform_service.program import main

    sys.exit(main(arguments))
