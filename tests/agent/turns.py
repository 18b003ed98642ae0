"""Runs turns as the session does: each over the scene that the one before proposed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import resources
from agent.events import TurnEnded, TurnEvent
from agent.intent import Intent
from agent.learning.preference import Preference
from agent.planner import Planner
from agent.ports.context import Stood, TurnContext, stood
from agent.turn import Agent
from scene.scene import Scene
from scene.themes import themes_in
from tests.agent.memory_library import MemoryLibrary, MemoryProjects

TODAY = date(2026, 11, 22)
THEMES = themes_in(resources.folder("themes"))


@dataclass
class Talk:
    """One conversation; `scene` is what the creator sees, `events` what the last turn reported."""

    library: MemoryLibrary = field(default_factory=MemoryLibrary)
    projects: MemoryProjects = field(default_factory=MemoryProjects)
    planner: Planner | None = None
    scene: Scene = field(default_factory=Scene)
    selection: frozenset[str] = frozenset()
    events: list[TurnEvent] = field(default_factory=list)
    asked: tuple[str, str] = ("", "")
    turns: int = 0
    preferences: tuple[Preference, ...] = ()
    remembers: bool = False
    """Whether a turn is told of the turns before it, as in a session."""
    requests: list[str] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    earlier: list[Stood] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.agent = Agent(self.library, self.projects, THEMES, planner=self.planner)

    def context(self) -> TurnContext:
        """What the next turn may read."""
        self.turns += 1
        return TurnContext(
            scene=self.scene,
            project_id="p1",
            turn_id=f"t{self.turns}",
            correlation_id=f"c{self.turns}",
            selection=self.selection,
            today=TODAY,
            pending_question=self.asked[0],
            pending_request=self.asked[1],
            can_undo_turn=True,
            preferences=self.preferences,
            recent_requests=tuple(self.requests) if self.remembers else (),
            last_intents=tuple(self.intents) if self.remembers else (),
            earlier=tuple(self.earlier) if self.remembers else (),
        )

    async def say(self, request: str, intent: Intent | None = None) -> TurnEnded:
        """One turn up to its end; what it proposes is taken as the scene."""
        self.events = [event async for event in self.agent.run(request, self.context(), intent=intent)]
        ended = self.events[-1]
        assert isinstance(ended, TurnEnded)
        assert sum(isinstance(event, TurnEnded) for event in self.events) == 1
        self.requests.append(request)
        self.intents += [ended.intent] if ended.intent is not None else []
        self.earlier += [stood(self.scene, request)] if self.scene.placements else []
        self.asked = (ended.text, ended.asked_about) if ended.outcome == "asked" else ("", "")
        if ended.proposal is not None:
            self.scene = ended.proposal.preview
        return ended

    def select(self, positions: Iterable[int]) -> None:
        """Select works by their place in the hanging order, from 0."""
        self.selection = frozenset(self.scene.placements[i].id for i in positions)

    def asset_ids(self) -> list[str]:
        """The assets on show in hanging order."""
        return [work.asset_id for work in self.scene.placements]
