"""The agents of a worker, one for each tenant: its own library, its own checkpoints, its own results to reuse.

Importing the agent's graph takes a second, so this module is imported when the first run is carried out,
and after `prepare_environment`.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.checking.all_checks import Examiner
from agent.events import StepState
from agent.models.working import phraser_of, planner_of
from agent.paraphrases import Paraphrases
from agent.planner import OfflinePlanner
from agent.ports.runs import KeptStep
from agent.turn import Agent
from platform_service.embedding.meaning import Meaning
from platform_service.runs.accounts import HostedAccounts
from platform_service.runs.journal import Attempt, RunJournal
from platform_service.runs.ports import HostedCloseness, HostedLibrary, HostedPictures, HostedProjects, as_port
from platform_service.runs.team_models import WorkerModels
from platform_service.tenancy import TenantParts
from resources import folder
from scene.themes import themes_in

MOST_AGENTS = 16

Checkpoints = Callable[[str], Path | str]
"""Where a tenant's checkpoints lie: a file, or the address of a PostgreSQL database as that tenant sees it."""


@dataclass
class HostedKeeper:
    """Fills `agent.ports.runs.RunKeeper` for the runs that this worker is in charge of."""

    running: dict[str, tuple[Attempt, RunJournal]] = field(default_factory=dict)

    @as_port
    async def planned(self, run_id: str, intent_json: str, workflow_json: str, cap_usd: float | None) -> None:
        """Keep what is going to run."""
        attempt, journal = self.running[run_id]
        await journal.keep_plan(attempt, intent_json, workflow_json)

    @as_port
    async def stepped(self, run_id: str, state: StepState, kept: KeptStep | None) -> None:
        """Keep what a step gave."""
        if kept is not None:
            attempt, journal = self.running[run_id]
            await journal.keep_step(attempt, kept)

    @as_port
    async def kept_steps(self, run_id: str) -> tuple[KeptStep, ...]:
        """What the finished steps of a run gave."""
        _, journal = self.running[run_id]
        return (await journal.kept(run_id))[1]


@dataclass
class _Hosted:
    agent: Agent
    keeper: HostedKeeper
    parts: TenantParts


class Agents:
    """Made when a tenant's first run comes; let go when others need the room."""

    def __init__(self, checkpoints: Checkpoints, meaning: Meaning, models: WorkerModels | None = None) -> None:
        """Without models, requests are understood by rules alone."""
        self._checkpoints = checkpoints
        self._paraphrases = Paraphrases(HostedCloseness(meaning))
        self._models = models
        self._themes = themes_in(folder("themes"))
        self._hosted: OrderedDict[str, _Hosted] = OrderedDict()

    @asynccontextmanager
    async def of(self, parts: TenantParts, attempt: Attempt, journal: RunJournal) -> AsyncIterator[Agent]:
        """The agent of a tenant, which keeps what the run's steps give."""
        await self._make_room()
        hosted = self._hosted.get(parts.tenant)
        if hosted is None or (hosted.parts is not parts and not hosted.keeper.running):
            hosted = self._hosted[parts.tenant] = self._made(parts)
        self._hosted.move_to_end(parts.tenant)
        hosted.keeper.running[attempt.run_id] = (attempt, journal)
        try:
            yield hosted.agent
        finally:
            hosted.keeper.running.pop(attempt.run_id, None)
            if self._models is not None:
                self._models.tell_health()

    async def close(self) -> None:
        """Close what the agents hold open."""
        while self._hosted:
            _, hosted = self._hosted.popitem()
            await hosted.agent.close()
        if self._models is not None:
            await self._models.close()

    async def _make_room(self) -> None:
        while len(self._hosted) >= MOST_AGENTS:
            idle = next((tenant for tenant, one in self._hosted.items() if not one.keeper.running), None)
            if idle is None:
                return
            await self._hosted.pop(idle).agent.close()

    def _made(self, parts: TenantParts) -> _Hosted:
        keeper, pictures = HostedKeeper(), HostedPictures(parts)
        ports = (HostedLibrary(parts), HostedProjects(parts), self._themes)
        kept: dict[str, Any] = {"keeper": keeper, "checkpoints": self._checkpoints(parts.tenant)}
        if self._models is None:
            planner = OfflinePlanner(self._paraphrases)
            agent = Agent(*ports, planner=planner, examiner=Examiner(pictures=pictures), **kept)
            return _Hosted(agent, keeper, parts)
        accounts = HostedAccounts(parts.database, self._models.caps, keeper.running)
        models, settings = self._models.of(accounts), self._models.settings
        agent = Agent(
            *ports, planner=planner_of(models, settings, self._paraphrases), accounts=accounts,
            examiner=Examiner(pictures=pictures, models=models), phraser=phraser_of(models, settings), **kept,
        )  # fmt: skip
        return _Hosted(agent, keeper, parts)
