"""Programs of a desktop as processes that need not import anything: forked from one that has imported it all."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import IO

from tests.forking import forking
from tests.load import window_beside

_PATIENCE_S = 110.0


def run_forked(arguments: Sequence[str], environment: Mapping[str, str]) -> CompletedProcess[str]:
    """Run `vernissage` to its end, as `subprocess.run` would."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        given = (list(arguments), dict(environment), str(out), str(err))
        program = forking().Process(target=_vernissage, args=given, daemon=True)
        program.start()
        program.join(_PATIENCE_S)
        if program.exitcode is None:
            program.kill()
            program.join()
        assert program.exitcode is not None
        return CompletedProcess(list(arguments), program.exitcode, out.read_text(), err.read_text())


class ForkedWindow:
    """A `tests.load.window_beside`, with the pipes and methods of `subprocess.Popen` that are used of it."""

    def __init__(self, data: Path, environment: Mapping[str, str]) -> None:
        orders, ordered = forking().Pipe(duplex=False)
        told, tells = forking().Pipe(duplex=False)
        given = (str(data), dict(environment), orders, tells)
        self._process = forking().Process(target=_window, args=given, daemon=True)
        self._process.start()
        self.stdin: IO[str] | None = os.fdopen(os.dup(ordered.fileno()), "w")
        self.stdout: IO[str] | None = os.fdopen(os.dup(told.fileno()))
        for end in (orders, ordered, told, tells):
            end.close()

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("window_beside", timeout or 0.0)
        return self._process.exitcode

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()


def _vernissage(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    for number, name in ((1, out), (2, err)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["vernissage", *arguments]
    from ui.program import main

    sys.exit(main(arguments))


def _window(data: str, environment: dict[str, str], orders: Connection, tells: Connection) -> None:
    sys.stdin, sys.stdout = os.fdopen(os.dup(orders.fileno())), os.fdopen(os.dup(tells.fileno()), "w")
    orders.close()
    tells.close()
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["window_beside", data]
    window_beside.main()
