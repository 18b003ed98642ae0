"""Whole conversations while one in twenty calls of every port fails, before or after it has had its effect."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from agent.events import StepState
from agent.ports.errors import PortError
from agent.ports.projects import Canvas, Project
from agent.ports.runs import KeptStep
from agent.turn import Agent
from app.runs.store import RunStore, RunStoreError
from tests.agent.memory_library import MemoryLibrary, MemoryProjects
from tests.agent.turns import THEMES, Talk

T = TypeVar("T")

STORY = (
    "create a cyberpunk gallery", "less purple, more rain", "make it a timeline", "make it noir", "bigger gaps",
    "remove the third one", "save this as a canvas", "how many from 2019?", "create a project called Spring",
    "group everything by colour",
)  # fmt: skip


@dataclass
class Faults:
    """Decides which call fails, and how."""

    share: float
    dice: random.Random
    kinds: tuple[str, ...] = ("no answer", "lost answer", "time-out", "cut", "busy")
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    async def call(self, call: Callable[[], Awaitable[T]]) -> T:
        """The call's answer, or a fault instead of it, or a fault after it: the answer is lost."""
        self.calls += 1
        if self.dice.random() >= self.share:
            return await call()
        kind = self.dice.choice(self.kinds)
        self.faults[kind] += 1
        if kind == "lost answer":
            await call()
            raise PortError("The answer was lost.")
        await asyncio.sleep(0)
        if kind == "time-out":
            raise TimeoutError
        if kind == "cut":
            raise ConnectionResetError
        raise PortError("The library service does not answer." if kind == "no answer" else "Too many requests.")


class FaultyLibrary(MemoryLibrary):
    """The library in memory with faults."""

    faults: Faults

    async def search(self, query: Any) -> Any:
        return await self.faults.call(lambda: super(FaultyLibrary, self).search(query))

    async def assets(self, ids: tuple[str, ...]) -> Any:
        return await self.faults.call(lambda: super(FaultyLibrary, self).assets(ids))

    async def facets(self) -> Any:
        return await self.faults.call(super().facets)

    async def features(self, ids: tuple[str, ...]) -> Any:
        return await self.faults.call(lambda: super(FaultyLibrary, self).features(ids))


class FaultyProjects(MemoryProjects):
    """Projects in memory with faults; `effects` counts what was really written, by what it was."""

    faults: Faults

    def __init__(self) -> None:
        super().__init__()
        self.effects: Counter[str] = Counter()

    async def projects(self) -> tuple[Project, ...]:
        return await self.faults.call(super().projects)

    async def create_project(self, name: str, key: str) -> Project:
        return await self.faults.call(lambda: self._created(name, key))

    async def _created(self, name: str, key: str) -> Project:
        self.effects[f"project {name}"] += key not in self.keys
        return await super().create_project(name, key)

    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        return await self.faults.call(lambda: super(FaultyProjects, self).canvases(project_id))

    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        return await self.faults.call(lambda: self._saved(canvas, key))

    async def _saved(self, canvas: Canvas, key: str) -> Canvas:
        self.effects[f"canvas {canvas.name}"] += key not in self.keys
        return await super().save_canvas(canvas, key)


class FaultyRuns(RunStore):
    """The run store on a disk that fails now and then."""

    faults: Faults

    async def planned(self, *arguments: Any) -> None:
        await self._on_disk(lambda: super(FaultyRuns, self).planned(*arguments))

    async def stepped(self, run_id: str, state: StepState, kept: KeptStep | None) -> None:
        await self._on_disk(lambda: super(FaultyRuns, self).stepped(run_id, state, kept))

    async def _on_disk(self, call: Callable[[], Awaitable[None]]) -> None:
        if self.faults.dice.random() < self.faults.share:
            self.faults.faults["disk"] += 1
            raise RunStoreError(f"the disk is busy ({sqlite3.OperationalError.__name__})")
        await call()


@dataclass
class Finished:
    """What came of it."""

    workflows: int = 0
    finished: int = 0
    calls: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    retries: int = 0
    doubled: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the workflows, how many finished without help."""
        return self.finished / max(self.workflows, 1)


async def conversations(
    folder: Path, count: int, *, share: float = 0.05, seed: int = 1, kinds: tuple[str, ...] = Faults.kinds
) -> Finished:
    """`count` conversations of ten requests each, twenty at once; each request must end as it does without faults."""
    found, lanes = Finished(), asyncio.Semaphore(20)
    wanted = [outcome async for outcome in _outcomes(Talk())]

    async def one(number: int) -> None:
        async with lanes:
            faults = Faults(share, random.Random(f"{seed}-{number}"), kinds)
            await _converse(folder / f"{number}.sqlite", faults, wanted, found)

    await asyncio.gather(*(one(number) for number in range(count)))
    return found


async def _outcomes(talk: Talk) -> Any:
    for request in STORY:
        yield (await talk.say(request)).outcome


async def _converse(path: Path, faults: Faults, wanted: list[str], found: Finished) -> None:
    library, projects, runs = FaultyLibrary(), FaultyProjects(), FaultyRuns(path)
    library.faults = projects.faults = runs.faults = faults
    talk = Talk(library=library, projects=projects)
    talk.agent = Agent(library, projects, THEMES, keeper=runs)
    for request, outcome in zip(STORY, wanted, strict=True):
        ended = await talk.say(request)
        found.workflows += 1
        found.retries += sum(max(step.attempts - 1, 0) for step in ended.steps)
        if ended.outcome == outcome and not any(step.state == "failed" for step in ended.steps):
            found.finished += 1
        else:
            found.failed.append(f"{request}: {ended.outcome} instead of {outcome}: {ended.text[:100]}")
    runs.close()
    found.calls += faults.calls
    found.faults += faults.faults
    found.doubled += [what for what, times in projects.effects.items() if times > 1]
