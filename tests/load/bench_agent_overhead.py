"""What a turn takes besides model and tools: `python -m tests.load agent_overhead [--json]`, milliseconds.

The whole agent as the desktop composes it (runs and checkpoints on disk, ledger), over a library in memory.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

from app.environment import prepare_environment

prepare_environment()

from agent.events import TurnEnded  # noqa: E402
from agent.intent import Intent  # noqa: E402
from agent.planner import OfflinePlanner  # noqa: E402
from agent.ports.context import TurnContext  # noqa: E402
from agent.turn import Agent  # noqa: E402
from agent.vocabulary import Vocabulary  # noqa: E402
from app.models.ledger import Ledger  # noqa: E402
from app.runs.store import RunStore  # noqa: E402
from scene.scene import Scene  # noqa: E402
from tests.agent.memory_library import MemoryLibrary, MemoryProjects  # noqa: E402
from tests.agent.turns import THEMES, TODAY  # noqa: E402

REQUESTS = (
    "create a cyberpunk gallery",
    "less purple, more rain",
    "bigger gaps",
    "make it noir",
    "how many from 2019?",
)


class Timed:
    """The offline planner, with the time that it takes kept apart: it stands where a model would."""

    def __init__(self) -> None:
        self._planner = OfflinePlanner()
        self.seconds = 0.0

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means."""
        begun = time.perf_counter()
        try:
            return await self._planner.plan(request, context, vocabulary)
        finally:
            self.seconds = time.perf_counter() - begun


async def measured(folder: Path, repeats: int) -> dict[str, list[float]]:
    """For each request the turn's time without planner and tools, and the processor's for all of it, in ms."""
    planner, runs, ledger = Timed(), RunStore(folder / "runs.sqlite"), Ledger(folder / "ledger.sqlite")
    agent = Agent(
        MemoryLibrary(), MemoryProjects(), THEMES, planner=planner, keeper=runs, accounts=ledger,
        checkpoints=folder / "checkpoints.sqlite",
    )  # fmt: skip
    found: dict[str, list[float]] = {request: [] for request in REQUESTS}
    cpu = found["(processor, with planner and tools)"] = []
    for number in range(repeats + 1):
        scene = Scene()
        for request in REQUESTS:
            context = TurnContext(scene=scene, scene_ref=f"s:{number}:{request}", project_id="p1",
                                  turn_id=f"{number}-{request}", today=TODAY)  # fmt: skip
            begun, busy = time.perf_counter(), time.process_time()
            runs.begin(request, context)
            ended = [event async for event in agent.run(request, context)][-1]
            assert isinstance(ended, TurnEnded)
            runs.end(ended)
            took = time.perf_counter() - begun - planner.seconds - _busy(ended)
            scene = ended.proposal.preview if ended.proposal is not None else scene
            if number:
                found[request].append(took * 1000)
                cpu.append((time.process_time() - busy) * 1000)
    await agent.close()
    runs.close()
    ledger.close()
    return found


def _busy(ended: TurnEnded) -> float:
    """How long at least one tool ran."""
    spans = sorted((step.started_s, step.started_s + step.seconds) for step in ended.steps if step.seconds)
    total, until = 0.0, 0.0
    for start, end in spans:
        total += max(end - max(start, until), 0.0)
        until = max(until, end)
    return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder), options.repeats))
    result = {
        request: {"median": round(statistics.median(ms), 1), "p95": round(sorted(ms)[int(0.95 * (len(ms) - 1))], 1)}
        for request, ms in found.items()
    }
    if options.json:
        print(json.dumps(result))
        return
    print("A turn without its planner and its tools, ms")
    for request, row in result.items():
        print(f"  {request:36} median {row['median']:6.1f}   p95 {row['p95']:6.1f}")


if __name__ == "__main__":
    main()
