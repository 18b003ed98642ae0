"""Two windows of one data folder that are killed in turn at random moments: what each kept is there once, for both."""

import json
import os
import random
import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.window_beside import StartsWindow, WindowBeside, start_window

_MOST_TOGETHER = 12
_PATIENCE_S = 60.0


@dataclass
class Found:
    """What came of it."""

    kills: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        """One line."""
        return f"{self.kills} kills of a window, {self.kept:,} edits kept on disk: {len(self.wrong)} lost or doubled"


@dataclass
class _Side:
    """One of the two, over all its lives: it pushes a work of its own, a metre at a time."""

    name: str
    window: WindowBeside
    at_m: float = 0.0
    maybe: int = 0
    """Pushes that were asked for and not answered when it was killed."""

    def push(self, times: int) -> int:
        """Push so often, and wait for what is kept."""
        for _ in range(times):
            self.window.say(f"push {self.name}")
        return sum(self._answered() for _ in range(times))

    def _answered(self) -> int:
        self.window.hears("pushed", _PATIENCE_S)
        self.at_m += 1.0
        return 1

    def where(self, name: str) -> float:
        """Where it sees a work."""
        self.window.say(f"where {name}")
        return float(self.window.hears("where", _PATIENCE_S) or 0.0)


def kill_in_turn(data: Path, kills: int, seed: int = 1, start: StartsWindow = start_window) -> Found:
    """Both push, one is killed and opened again, until there were so many kills; then both must see all."""
    found, dice = Found(), random.Random(seed)
    with ExitStack() as stack:

        def opened() -> WindowBeside:
            window = WindowBeside(data, start)
            stack.callback(window.close)
            window.hears("live", _PATIENCE_S)
            return window

        sides = []
        for name in ("one", "other"):
            side = _Side(name, opened())
            side.window.say(name)
            side.window.wait_for(name, _PATIENCE_S)
            side.at_m = side.where(name)
            sides.append(side)
        while found.kills < kills:
            for side in sides:
                found.kept += side.push(dice.randint(1, _MOST_TOGETHER))
            dice.shuffle(sides)
            _kill(sides[: dice.choice((1, 1, 2))], data, dice, found)
            for side in sides:
                if side.window.process.poll() is not None:
                    _come_back(side, opened(), found)
        _compare(sides, found)
    return found


def _kill(sides: list[_Side], data: Path, dice: random.Random, found: Found) -> None:
    """While its edits are on their way; now and then with a platform that stands still, so that they stay here."""
    still = int(json.loads((data / "run" / "ready.json").read_text())["pid"]) if dice.random() < 0.5 else 0
    if still:
        os.kill(still, signal.SIGSTOP)
    try:
        for side in sides:
            found.kept += side.push(dice.randint(1, 3))
            side.maybe = dice.randint(0, 3)
            for _ in range(side.maybe):
                side.window.say(f"push {side.name}")
        time.sleep(dice.uniform(0.0, 0.05))
        for side in sides:
            side.window.kill()
            found.kills += 1
    finally:
        if still:
            os.kill(still, signal.SIGCONT)


def _come_back(side: _Side, window: WindowBeside, found: Found) -> None:
    """It has all that was kept: at once where it sits where it sat, else when what was left there has been sent."""
    side.window = window
    window.wait_for(side.name, _PATIENCE_S)
    deadline, now_m = time.monotonic() + _PATIENCE_S / 4, side.where(side.name)
    while not side.at_m <= now_m <= side.at_m + side.maybe and time.monotonic() < deadline:
        time.sleep(0.1)
        now_m = side.where(side.name)
    if not side.at_m <= now_m <= side.at_m + side.maybe:
        found.wrong.append(
            f"{side.name} was at {side.at_m:.0f} m and at most {side.maybe} further, is at {now_m:.0f} m"
        )
    time.sleep(0.5 if side.maybe else 0.0)  # what was asked for last may still be on its way
    side.at_m, side.maybe = side.where(side.name), 0


def _compare(sides: list[_Side], found: Found) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    wanted = {side.name: side.at_m for side in sides}
    seen: list[dict[str, float]] = []
    while time.monotonic() < deadline:
        seen = [{name: side.where(name) for name in wanted} for side in sides]
        if all(one == wanted for one in seen):
            return
        time.sleep(0.1)
    found.wrong.append(f"both should see {wanted}, but see {seen}")
