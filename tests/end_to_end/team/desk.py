"""One person's desk: a display of its own, a real window on it, and what they do there."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60.0


class Display:
    """An X server that nobody sees; it stops with `close`."""

    def __init__(self, size: str = "1280x800x24") -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"

    def close(self) -> None:
        """End it."""
        self._server.terminate()
        self._server.wait(10)


class Desk:
    """A window that is driven; it can be killed and opened again."""

    def __init__(
        self, name: str, folder: Path, url: str, display: str, shots: Path | None = None, code: str = ""
    ) -> None:
        """With `code` nobody has to sign in: it is given by the environment."""
        self.name, self.folder, self.url = name, folder, url
        self._code = code
        self._display, self.shots = display, shots
        self._window: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """As for a person without a system key store."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("VERNISSAGE_")}
        if self._code:
            kept["VERNISSAGE_PLATFORM_TOKEN"] = self._code
        return {**kept, "DISPLAY": self._display, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}

    def sign_in(self, code: str) -> None:
        """`vernissage sign-in`."""
        done = self.vernissage("sign-in", self.url, told=code)
        assert done.returncode == 0, done.stderr

    def vernissage(self, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of the program in this person's data folder."""
        command = [sys.executable, "-m", "ui.program", arguments[0], "--data-dir", str(self.folder), *arguments[1:]]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            input=told,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def open(self, project: str = "") -> None:
        """Open the window and wait until there is something to see."""
        self.begin(project)
        self.until(lambda seen: seen["ready"])

    def begin(self, project: str = "") -> None:
        """Open the window."""
        command = [sys.executable, "-m", "tests.end_to_end.team.window", str(self.folder), self.url, project]
        self.folder.mkdir(parents=True, exist_ok=True)
        log = (self.folder / "window.log").open("ab")
        self._window = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()

    def ask(self, do: str, *given: Any) -> Any:
        """Have something done, or seen, in the window."""
        window = self._window
        assert window is not None
        assert window.stdin is not None
        assert window.stdout is not None
        window.stdin.write(json.dumps({"do": do, "with": given}) + "\n")
        window.stdin.flush()
        while True:
            line = window.stdout.readline()
            assert line, f"{self.name}'s window has ended: {(self.folder / 'window.log').read_text()[-3000:]}"
            if line.startswith("{"):
                answer = json.loads(line)
                assert "error" not in answer, answer["error"]
                return answer["is"]

    def see(self) -> dict[str, Any]:
        """What the person sees."""
        found: dict[str, Any] = self.ask("look")
        return found

    def until(self, holds: Callable[[dict[str, Any]], object], patience_s: float = PATIENCE_S) -> float:
        """Look until it is so; gives how long that took."""
        began_s = time.monotonic()
        while True:
            seen = self.see()
            if holds(seen):
                return time.monotonic() - began_s
            assert time.monotonic() - began_s < patience_s, f"{self.name} waits in vain, and sees {seen}"
            time.sleep(0.03)

    def does(self, do: str, *given: Any, patience_s: float = PATIENCE_S) -> None:
        """Try until it can be done."""
        deadline_s = time.monotonic() + patience_s
        while not self.ask(do, *given):
            assert time.monotonic() < deadline_s, f"{self.name} cannot {do} {given}, and sees {self.see()}"
            time.sleep(0.05)

    def shot(self, name: str) -> None:
        """Keep a picture of the screen, where pictures are wanted."""
        if self.shots is not None:
            self.ask("shot", str(self.shots / f"{name}-{self.name}.png"))

    def kill(self) -> None:
        """As a crash would."""
        assert self._window is not None
        self._window.send_signal(signal.SIGKILL)
        self._gone()

    def close(self) -> None:
        """Close the window, and wait until the program has ended."""
        if self._window is None:
            return
        if self._window.poll() is None and self._window.stdin is not None:
            self._window.stdin.close()
        self._gone()

    def _gone(self) -> None:
        window, self._window = self._window, None
        assert window is not None
        try:
            window.wait(30)
        except subprocess.TimeoutExpired:
            window.kill()
            window.wait(10)
        for pipe in (window.stdin, window.stdout):
            if pipe is not None:
                pipe.close()
