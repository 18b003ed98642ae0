"""The campaign of kills: the real headless program, killed at random moments again and again, and what that cost."""

import multiprocessing
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app.environment import prepare_environment
from tests.load.kill_life import Log, Plant, hold, live

_START_S = 60.0
_MOST_LINES = 24


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


def kill_again_and_again(data: Path, pictures: Path, kills: int, *, seed: int = 1, plant: Plant = "") -> Killed:
    """Start the program, kill it, look, and so on; the last life is not killed."""
    prepare_environment()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.load.kill_life"])
    dice, killed, begun = random.Random(seed), Killed(), time.monotonic()
    ready, done = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(str(data), str(pictures), os.getpid(), ready, done))
    holder.start()
    try:
        if not ready.wait(_START_S * 3):
            raise RuntimeError("the platform did not come up")
        begun = time.monotonic()
        while killed.kills < kills:
            _one_life(context, data, dice, killed, plant)
        opened = context.Event()
        last = context.Process(target=live, args=(str(data), dice.randrange(10**9), plant, opened))
        last.start()
        last.join(_START_S * 2)
        if last.is_alive():
            last.kill()
            killed.found["stuck"] += 1
            killed.why.append("the last life did not end")
        last.join()
    finally:
        killed.seconds = time.monotonic() - begun
        done.set()
        holder.join(_START_S)
        if holder.is_alive():
            holder.kill()
            holder.join()
    _count(data, killed)
    return killed


def _one_life(
    context: multiprocessing.context.ForkServerContext, data: Path, dice: random.Random, killed: Killed, plant: Plant
) -> None:
    opened = context.Event()
    life = context.Process(target=live, args=(str(data), dice.randrange(10**9), plant, opened))
    life.start()
    if dice.random() < 0.1:
        time.sleep(dice.uniform(0.0, 0.3))
    elif opened.wait(_START_S):
        _wait_for(data / "campaign.jsonl", dice.randrange(_MOST_LINES), life)
        time.sleep(dice.random() ** 2 * 0.1)
    if life.is_alive():
        life.kill()
        killed.kills += 1
    else:
        killed.lives_to_their_end += 1
    life.join()


def _wait_for(log: Path, lines: int, life: multiprocessing.process.BaseProcess) -> None:
    """Until this life has written so many lines: a kill comes at any act, however busy the machine is."""
    begun, deadline = _length(log), time.monotonic() + _START_S
    while life.is_alive() and time.monotonic() < deadline and _length(log) < begun + lines:
        time.sleep(0.004)


def _length(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


def _count(data: Path, killed: Killed) -> None:
    log = Log(data / "campaign.jsonl")
    log.read()
    killed.found += Counter(line["kind"] for line in log.lines)
    killed.why += [
        f"{line['kind']}: {line['why']}" for line in log.lines if line["kind"] in ("lost", "doubled", "stuck", "fault")
    ]
