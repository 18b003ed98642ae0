"""A window of a data folder without its widgets, as a program: it hangs what it is told to, and tells what it sees.

It looks for news as seldom as a window at rest does. Each line of its input is an order: the name of a work to hang,
"push NAME" (a metre on), "where NAME", "undo", "time" or "end".
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, Protocol

from app.environment import prepare_environment

prepare_environment()

from app.commands.headless import Headless  # noqa: E402
from app.compose import compose_session  # noqa: E402
from app.logs import start_logging  # noqa: E402
from app.messages import LiveChanged, Message  # noqa: E402
from app.places import Places  # noqa: E402
from app.session import Session  # noqa: E402
from scene.change import SceneChange  # noqa: E402
from scene.records import Placement  # noqa: E402
from scene.scene import Scene  # noqa: E402

FRAME_S = 0.033
PROJECT = "Beside"


class Piped(Protocol):
    """Such a program as a process, with the pipes to it."""

    stdin: IO[str] | None
    stdout: IO[str] | None

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


def start_window(data: Path, environment: Mapping[str, str]) -> Piped:
    """Start it with this interpreter."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.load.window_beside", str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(environment),
    )


StartsWindow = Callable[[Path, Mapping[str, str]], Piped]


class WindowBeside:
    """The other side of such a program."""

    def __init__(self, data: Path, start: StartsWindow = start_window, **environment: str) -> None:
        self._lines: SimpleQueue[str] = SimpleQueue()
        self.process = start(data, {**os.environ, **environment})
        threading.Thread(target=self._read, daemon=True).start()
        self.seen: dict[str, float] = {}
        self.hung: dict[str, float] = {}
        """When each work was kept on disk, and when each was seen, in the clock of the machine."""

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as told:
            for line in told:
                self._lines.put(line)

    def say(self, word: str) -> None:
        """Tell it to do something."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def hears(self, kind: str, patience_s: float = 60.0) -> Any:
        """What it tells next of this kind."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            told = self._next(deadline - time.monotonic())
            if kind in told:
                return told[kind]
        raise TimeoutError(f"the program did not tell of {kind!r} within {patience_s:.0f} s")

    def _next(self, patience_s: float) -> dict[str, Any]:
        try:
            told: dict[str, Any] = json.loads(self._lines.get(timeout=max(patience_s, 0.001)))
        except Empty:
            return {}
        for what, noted in (("seen", self.seen), ("hung", self.hung)):
            if what in told:
                noted.setdefault(told[what], told["at_s"])
        return told

    def wait_for(self, name: str, patience_s: float = 60.0) -> float:
        """When it saw a work."""
        while name not in self.seen:
            self.hears("seen", patience_s)
        return self.seen[name]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self._ended()

    def close(self) -> None:
        """Let it end."""
        if self.process.poll() is None:
            self.say("end")
        self._ended()

    def _ended(self) -> None:
        self.process.wait(60)
        if self.process.stdin is not None:
            self.process.stdin.close()


def _tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


def _work(name: str) -> Placement:
    x_m = 2.0 * (sum(map(ord, name)) % 997)
    return Placement(id=name, asset_id="a" * 64, title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


def _pushed(session: Session, name: str) -> float | None:
    """Moves a work on by a metre; gives where it is kept now, nothing where it is not."""
    before = session.store.scene.records[name]
    assert isinstance(before, Placement)
    after = before.but(position_m=(before.position_m[0] + 1.0, *before.position_m[1:]))
    kept = session.commit(f"Push {name}", SceneChange(updated={name: (before, after)}))
    return after.position_m[0] if kept else None


def main() -> None:
    """Stay until told to end."""
    heard: list[Message] = []
    places = Places.at(Path(sys.argv[1]))
    places.make()
    start_logging(places.logs, "beside")
    studio = Headless(compose_session(places, date(2026, 1, 1)), heard.append)
    studio.open(PROJECT)
    orders: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=lambda: [orders.put(line.strip()) for line in sys.stdin], daemon=True).start()
    session, before, word = studio.session, Scene(), ""
    while word != "end":
        word = orders.get() if not orders.empty() else ""
        if word == "time":
            warm = session._services.turns._agent is not None
            _tell(time=time.process_time(), warm=warm, waiting=session.waiting_steps)
        elif word == "undo":
            _tell(undone=session.undo())
        elif word.startswith("push "):
            name = word.removeprefix("push ")
            _tell(pushed=name, to=_pushed(session, name))
        elif word.startswith("where "):
            name = word.removeprefix("where ")
            record = session.store.scene.records.get(name)
            _tell(where=record.position_m[0] if isinstance(record, Placement) else None)
        elif word and word != "end":
            record = _work(word)
            kept = session.commit(f"Hang {word}", SceneChange(added={word: record}))
            _tell(hung=word if kept else "", at_s=time.monotonic())
        heard += session.poll()
        if any(isinstance(message, LiveChanged) and message.state == "live" for message in heard):
            _tell(live=True)
        heard.clear()
        for name in session.store.scene.records.keys() - before.records.keys():
            _tell(seen=name, at_s=time.monotonic())
        before = session.store.scene
        time.sleep(FRAME_S)
    session.stop()


if __name__ == "__main__":
    main()
