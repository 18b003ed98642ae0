"""An agent whose runs are kept in a folder, and what is needed to interrupt it."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

from agent.events import TurnEnded, TurnEvent
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.ports.library import Query, SearchResult
from agent.running.terms import Terms
from agent.turn import Agent
from app.runs.store import RunStore
from scene.scene import Scene
from tests.agent.memory_library import MemoryLibrary, MemoryProjects
from tests.agent.turns import THEMES, TODAY


class Stubborn(MemoryLibrary):
    """Fails named calls so many times, and counts all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.failing: dict[str, int] = {}
        self.final = False
        self.calls: list[str] = []
        self.reached: dict[str, asyncio.Event] = {}
        self.hold: set[str] = set()

    async def _called(self, name: str) -> None:
        self.calls.append(name)
        if name in self.reached:
            self.reached[name].set()
        if name in self.hold:
            await asyncio.sleep(60)
        if self.failing.get(name, 0):
            self.failing[name] -= 1
            error = PortError(f"{name} does not answer.", "Nothing was lost.", "Try again in a moment.")
            error.transient = not self.final
            raise error

    async def search(self, query: Query) -> SearchResult:
        await self._called("search")
        return await super().search(query)

    async def assets(self, ids: tuple[str, ...]) -> tuple:  # type: ignore[type-arg]
        await self._called("assets")
        return await super().assets(ids)

    async def features(self, ids: tuple[str, ...]):  # type: ignore[no-untyped-def]
        await self._called("features")
        return await super().features(ids)


@dataclass
class Kept:
    """One program after the other on the same folder."""

    folder: Path
    library: Stubborn = field(default_factory=Stubborn)
    projects: MemoryProjects = field(default_factory=MemoryProjects)
    scene: Scene = field(default_factory=Scene)
    events: list[TurnEvent] = field(default_factory=list)

    def start(self) -> None:
        """A program starts: nothing but the folder is left of the one before."""
        self.runs = RunStore(self.folder / "runs.sqlite")
        self.agent = Agent(
            self.library, self.projects, THEMES, keeper=self.runs, checkpoints=self.folder / "checkpoints.sqlite"
        )

    async def stop(self) -> None:
        """The program ends in order."""
        await self.agent.close()
        self.runs.close()

    def context(self, turn_id: str = "t1") -> TurnContext:
        """What a turn may read."""
        return TurnContext(scene=self.scene, scene_ref="s1:0:", project_id="p1", turn_id=turn_id, today=TODAY)

    async def say(self, request: str, turn_id: str = "t1", terms: Terms | None = None) -> TurnEnded:
        """One turn up to its end."""
        context = self.context(turn_id)
        self.runs.begin(request, context, resumed=terms is not None and terms.resumed)
        self.events = []
        async for event in self.agent.run(request, context, terms=terms):
            self.events.append(event)
        ended = self.events[-1]
        assert isinstance(ended, TurnEnded)
        if ended.proposal is not None:
            self.scene = ended.proposal.preview
        return ended

    async def killed_at(self, call: str, request: str, turn_id: str = "t1") -> None:
        """The program dies while the library is asked for this; what is on disk is all that remains."""
        reached = self.library.reached[call] = asyncio.Event()
        self.library.hold = {call}
        task = asyncio.create_task(self.say(request, turn_id))
        await reached.wait()
        self.library.reached.clear()
        self.agent._saver, saver = None, self.agent._saver  # no clean-up gets through, as in a kill
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert saver is not None
        await saver.conn.close()
        self.runs.close()
        self.library.hold = set()
        self.library.calls.clear()

    def resumed(self) -> Terms:
        """The terms on which the interrupted run goes on when nothing else is known of it."""
        return replace(Terms(), resumed=True)
