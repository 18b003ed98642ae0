"""The campaign of kills: the real headless program, killed at random moments again and again, and what that cost."""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.environment import prepare_environment
from app.places import Places
from app.platform.process import PlatformProcess
from app.platform.program import StartsProgram, start_program
from tests.forking import forking
from tests.load.kill_life import MOST_ACTS, Log, Plant, hold, live

_START_S = 60.0
_LINES_AN_ACT = 2


@dataclass
class Killed:
    """What the campaign found."""

    kills: int = 0
    lives_to_their_end: int = 0
    found: Counter[str] = field(default_factory=Counter)
    why: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Nothing was lost or doubled, and nothing got stuck."""
        return not any(self.found[kind] for kind in ("lost", "doubled", "stuck", "fault"))

    def told(self) -> str:
        """In one line."""
        found = self.found
        return (
            f"{self.kills:,} kills, {found['approved']:,} approvals, {found['resumed']:,} runs resumed, "
            f"{found['canvas']:,} canvases: {found['lost']} lost, {found['doubled']} doubled, {found['stuck']} stuck, "
            f"{found['fault']} faults; {self.seconds:.0f} s"
        )


@dataclass(frozen=True)
class Moments:
    """When lives are ended, and how long they are: at random, or right after the first act of one kind."""

    after: str = ""
    """The act ("approve", "undo") after whose end the program is killed; "" for any moment."""
    acts: int = MOST_ACTS
    """The most acts of a life; the last one, which is not killed, does them all."""
    last_acts: int = MOST_ACTS


def kill_again_and_again(
    data: Path,
    pictures: Path,
    kills: int,
    *,
    seed: int = 1,
    plant: Plant = "",
    moments: Moments | None = None,
    start_program: StartsProgram = start_program,
    told: Callable[[Killed], object] = lambda killed: None,
) -> Killed:
    """Start the program, kill it, look, and so on; the last life is not killed. Over the same data it goes on."""
    prepare_environment()
    context = forking()
    log, killed, moments = Log(data / "campaign.jsonl"), Killed(), moments or Moments()
    log.read()
    killed.kills = sum(line["kind"] == "killed" for line in log.lines)
    dice, begun = random.Random(f"{seed} {killed.kills}"), time.monotonic()
    ready, done = context.Event(), context.Event()
    places = Places.at(data)
    places.make()
    platform = PlatformProcess(places, start_program=start_program)
    platform.ensure()
    holder = context.Process(target=hold, args=(str(data), str(pictures), os.getpid(), ready, done))
    holder.start()
    try:
        if not ready.wait(_START_S * 3):
            raise RuntimeError("the platform did not come up")
        begun = time.monotonic()
        while killed.kills < kills:
            _one_life(context, data, dice, killed, plant, moments)
            told(_counted(data, killed, begun))
        _last_life(context, data, dice, killed, plant, moments)
    finally:
        done.set()
        holder.join(_START_S)
        if holder.is_alive():
            holder.kill()
            holder.join()
        platform.release()
    return _counted(data, killed, begun)


def _one_life(
    context: ForkServerContext, data: Path, dice: random.Random, killed: Killed, plant: Plant, when: Moments
) -> None:
    opened, log = context.Event(), Log(data / "campaign.jsonl")
    life = context.Process(target=live, args=(str(data), dice.randrange(10**9), plant, opened, when.acts))
    begun = _length(log.path)
    life.start()
    if when.after:
        _wait_until(life, lambda: _has_done(log, begun, when.after))
    elif dice.random() < 0.1:
        time.sleep(dice.uniform(0.0, 0.3))
    elif opened.wait(_START_S):
        lines = _length(log.path) + dice.randrange(_LINES_AN_ACT * min(when.acts, 12))
        _wait_until(life, lambda: _length(log.path) >= lines)
        time.sleep(dice.random() ** 2 * 0.1)
    if life.is_alive():
        life.kill()
        killed.kills += 1
        log.write(kind="killed")
    else:
        killed.lives_to_their_end += 1
    life.join()


def _last_life(
    context: ForkServerContext, data: Path, dice: random.Random, killed: Killed, plant: Plant, when: Moments
) -> None:
    opened = context.Event()  # held here until the life has taken it over
    last = context.Process(target=live, args=(str(data), dice.randrange(10**9), plant, opened, when.last_acts))
    last.start()
    last.join(_START_S * 2)
    if last.is_alive():
        last.kill()
        Log(data / "campaign.jsonl").write(kind="stuck", why="the last life did not end")
    last.join()


def _wait_until(life: BaseProcess, holds: Callable[[], bool]) -> None:
    """Until this life has come so far: a kill comes at any act, however busy the machine is."""
    deadline = time.monotonic() + _START_S
    while life.is_alive() and time.monotonic() < deadline and not holds():
        time.sleep(0.004)


def _has_done(log: Log, begun: int, what: str) -> bool:
    """Whether this life has ended an act of this kind: the state after it is written."""
    log.read()
    mine = log.lines[begun:]
    acts = [number for number, line in enumerate(mine) if line["kind"] == "act" and line["what"] == what]
    return bool(acts) and any(line["kind"] == "state" for line in mine[acts[0] :])


def _length(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


_BAD = ("lost", "doubled", "stuck", "fault")


def _counted(data: Path, killed: Killed, begun: float) -> Killed:
    """What the log says by now."""
    log = Log(data / "campaign.jsonl")
    log.read()
    killed.found = Counter(line["kind"] for line in log.lines)
    killed.why = [f"{line['kind']}: {line['why']}" for line in log.lines if line["kind"] in _BAD]
    killed.seconds = time.monotonic() - begun
    return killed
