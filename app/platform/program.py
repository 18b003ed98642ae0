"""The platform's program as a child process: what is needed of one, and how it is started."""

import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Child(Protocol):
    """A program that was started, as who started it holds it."""

    @property
    def pid(self) -> int:
        """Its process id."""
        ...

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...


StartsProgram = Callable[[Sequence[str], Mapping[str, str], Path], Child]
"""Starts the platform with these arguments in this environment; what it prints goes to the end of the file."""


def start_program(arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Child:
    """Start it with this interpreter, in a session of its own: what ends the desktop does not end it."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "platform_service", *arguments],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    threading.Thread(target=child.wait, name="platform-reaper", daemon=True).start()
    return child
