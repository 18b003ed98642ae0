"""One life of the program in the campaign of kills: it looks whether all is as it was left, then goes on working.

Everything is written to a log before and after it is done, so that the next life knows what must be there. The log is
written with single appends that survive the death of the process.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import agent.checking.all_checks
import agent.graph
import agent.offline.grammar
import agent.running.checkpoints  # noqa: F401
from agent.events import TurnEnded
from app.commands.headless import Headless, HeadlessError
from app.compose import compose_session
from app.keeping.journal import Entry, Journal
from app.logs import start_logging
from app.places import Places
from app.runs.store import RunStore

TODAY = date(2026, 11, 22)
PROJECT = "Killed"
MOST_ACTS = 14
_SEEN, _LOOKED_AT = 50, 40
"""So many of the latest steps are written down, and so many are compared: a history is cut at 200 steps."""

Plant = str
"""A bug put in on purpose: "" for none, "late end", "no journal", "no keys"."""


@dataclass(frozen=True)
class Seen:
    """The state that counts: the steps of the history, by what made them."""

    steps: tuple[str, ...]
    ghost: str = ""

    @staticmethod
    def of(studio: Headless) -> "Seen":
        """As the session shows it."""
        steps = studio.session.store.history.steps
        made = tuple(f"{'-' if step.takes_back else '+'}{step.takes_back or step.turn_id or step.id}" for step in steps)
        ghost = studio.session.proposal
        return Seen(made[-_SEEN:], ghost.turn_id if ghost is not None else "")


@dataclass
class Log:
    """What was done in all lives."""

    path: Path
    lines: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """All lines; the last may be cut."""
        self.lines = []
        for line in self.path.read_text().splitlines() if self.path.exists() else ():
            try:
                self.lines.append(json.loads(line))
            except ValueError:
                continue

    def write(self, **entry: Any) -> None:
        """One line, in one write."""
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, (json.dumps(entry) + "\n").encode())
        finally:
            os.close(handle)

    def last(self, *kinds: str) -> dict[str, Any]:
        """The latest line of these kinds; empty when there is none."""
        return next((line for line in reversed(self.lines) if line["kind"] in kinds), {})


def live(data: str, seed: int, plant: Plant, opened: Any, acts: int = MOST_ACTS) -> None:
    """Open the project, look, go on with what was interrupted, and work until killed or done."""
    log = Log(Path(data) / "campaign.jsonl")
    log.read()
    places = Places.at(Path(data))
    start_logging(places.logs, "kills")
    _plant(plant)
    studio = Headless(compose_session(places, TODAY))
    try:
        studio.open(PROJECT)
        opened.set()
        _look(studio, log)
        _go_on(studio, log)
        if plant == "late end":
            _show_and_undo(studio, log, acts)
        else:
            _work(studio, log, random.Random(seed), acts)
        log.write(kind="rest")
    except HeadlessError as error:
        log.write(kind="stuck", why=str(error))
    except BaseException as error:
        log.write(kind="fault", why=f"{type(error).__name__}: {error}")
        raise
    finally:
        studio.session.stop()
    sys.exit(0)


def _plant(plant: Plant) -> None:
    if plant == "late end":
        end = RunStore.end
        RunStore.end = lambda self, ended, proposal=None: (  # type: ignore[method-assign]
            None if ended.outcome == "acted" else end(self, ended, proposal)
        )
    elif plant == "no journal":
        Journal.append = lambda self, scene, cause, change, step: Entry(0, "", cause, change, step)  # type: ignore[method-assign]


def _look(studio: Headless, log: Log) -> None:
    """Whether the scene is as it was left, or one whole act further."""
    now = Seen.of(studio)
    before = log.last("state")
    was = tuple(before.get("steps", ()))
    act = log.last("state", "act")
    may = {was, *_after(was, act)} if act.get("kind") == "act" else {was}
    if before and now.steps[-_LOOKED_AT:] not in {steps[-_LOOKED_AT:] for steps in may}:
        kind = "doubled" if len(now.steps) > max(map(len, may)) else "lost"
        log.write(kind=kind, why=f"left {was[-3:]} by {act}, found {now.steps[-3:]}")
    if now.ghost and any(now.ghost in step for step in now.steps):
        log.write(kind="doubled", why=f"proposal {now.ghost} is offered though it was approved")
    if before.get("ghost") and act.get("kind") == "state" and now.ghost != before["ghost"]:
        log.write(kind="lost", why=f"the proposal {before['ghost']} is gone")
    _state(studio, log)


def _after(was: tuple[str, ...], act: dict[str, Any]) -> set[tuple[str, ...]]:
    match act.get("what"):
        case "approve":
            return {(*was, f"+{act['turn_id']}")}
        case "roll back":
            return {(*was, f"-{act['turn_id']}")}
        case "undo" | "go on":
            return {was[:-1]}
    return set()


def _state(studio: Headless, log: Log) -> None:
    now = Seen.of(studio)
    log.write(kind="state", steps=list(now.steps), ghost=now.ghost)
    log.read()


def may_still_undo(steps: tuple[str, ...], lines: list[dict[str, Any]]) -> bool:
    """Whether an undo that was asked for in an earlier life is still undone, however many lives have tried since."""
    acts = [at for at, line in enumerate(lines) if line["kind"] == "act" and line["what"] != "go on"]
    if not acts or lines[acts[-1]]["what"] != "undo":
        return False
    was: dict[str, Any] = next((line for line in reversed(lines[: acts[-1]]) if line["kind"] == "state"), {})
    return tuple(was.get("steps", ())) == steps


def _go_on(studio: Headless, log: Log) -> None:
    while studio.session.runs.interrupted:
        before = Seen.of(studio).steps
        open_undo = may_still_undo(before, log.lines)
        log.write(kind="act", what="go on")
        ended = studio.go_on(timeout_s=60.0)
        if Seen.of(studio).steps != before and not open_undo:
            log.write(
                kind="doubled", why=f"going on with {ended.intent.kind if ended and ended.intent else ''} did more"
            )
        log.write(kind="resumed", outcome=ended.outcome if ended else "", text=ended.text if ended else "")
        if ended is None or ended.outcome == "failed":
            log.write(kind="stuck", why=f"the interrupted run did not go on: {ended.text if ended else ''}")
        _state(studio, log)
    left = studio.session.runs.left()
    if left:
        log.write(kind="stuck", why=f"{len(left)} runs are unfinished though none goes on")


def _work(studio: Headless, log: Log, dice: random.Random, count: int) -> None:
    for _ in range(count):
        acts: list[Callable[[], object]] = [
            lambda: _say(studio, log, f"create a gallery of {dice.randint(3, 9)} works")
        ]
        if studio.session.proposal is not None:
            acts += [lambda: _approve(studio, log)] * 3 + [lambda: _say(studio, log, "bigger gaps")]
            acts += [lambda: _reject(studio, log)]
        elif studio.session.store.scene.placements:
            acts += [lambda: _say(studio, log, "make it noir"), lambda: _roll_back(studio, log)]
            acts += [lambda: _say(studio, log, "save this as a canvas"), lambda: _undo(studio, log)]
        dice.choice(acts)()
        _state(studio, log)


def _show_and_undo(studio: Headless, log: Log, acts: int) -> None:
    """The acts in which a late end shows: two shows are approved and one is taken back, again and again."""
    for count in range(3, 3 + acts):
        _say(studio, log, f"create a gallery of {count} works")
        _approve(studio, log)
        _state(studio, log)
        if count % 2 == 0:
            _undo(studio, log)
            _state(studio, log)


def _say(studio: Headless, log: Log, request: str) -> TurnEnded:
    log.write(kind="act", what="say", request=request)
    ended = studio.ask(request, timeout_s=60.0)
    if ended.outcome == "failed":
        log.write(kind="fault", why=f"{request}: {ended.text}")
    if "kept as canvas" in ended.text:
        log.write(kind="canvas", text=ended.text)
    return ended


def _approve(studio: Headless, log: Log) -> None:
    assert studio.session.proposal is not None
    log.write(kind="act", what="approve", turn_id=studio.session.proposal.turn_id)
    if studio.session.approve():
        log.write(kind="approved")


def _reject(studio: Headless, log: Log) -> None:
    log.write(kind="act", what="reject")
    studio.session.reject()


def _undo(studio: Headless, log: Log) -> None:
    log.write(kind="act", what="undo")
    studio.ask("undo", timeout_s=60.0)


def _roll_back(studio: Headless, log: Log) -> None:
    turn_id = studio.session.store.history.last_turn_id
    if turn_id:
        log.write(kind="act", what="roll back", turn_id=turn_id)
        studio.session.roll_back(turn_id)


def hold(data: str, pictures: str, campaign_pid: int, ready: Any, done: Any) -> None:
    """Keeps the platform up between the lives, on another project, and fills the library."""
    places = Places.at(Path(data))
    studio = Headless(compose_session(places, TODAY))
    studio.open("Held")
    studio.import_library(pictures)
    ready.set()
    while not done.is_set() and Path(f"/proc/{campaign_pid}").exists():
        studio.session.poll()
        time.sleep(0.2)
    studio.session.stop()
