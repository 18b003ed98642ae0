"""Price tags against bills: `python -m tests.load estimates [--json]`, over real HTTP with the server of the tests.

Each request is priced, asked of a provider that answers with what the request means, and billed by the tokens that
the server counts. The first few runs teach the estimate; the share of the later ones within 30 % is printed.
"""

import argparse
import asyncio
import json
import random
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.environment import prepare_environment

prepare_environment()

from agent.events import Priced, TurnEnded  # noqa: E402
from agent.models.planner import ModelPlanner  # noqa: E402
from agent.models.routed import RoutedModels  # noqa: E402
from agent.models.settings import ModelSettings, ProviderSettings  # noqa: E402
from agent.money import Caps  # noqa: E402
from agent.ports.context import TurnContext  # noqa: E402
from agent.turn import Agent  # noqa: E402
from app.models.ledger import Ledger  # noqa: E402
from scene.scene import Scene  # noqa: E402
from tests.agent.memory_library import MemoryLibrary, MemoryProjects  # noqa: E402
from tests.agent.turns import THEMES, TODAY  # noqa: E402
from tests.model_server.asked import Asked, Scripted  # noqa: E402
from tests.model_server.server import ModelServer  # noqa: E402

PHRASES = Path(__file__).parent.parent / "agent" / "offline" / "phrases.jsonl"
_WITHIN = 0.3
_LEARNING = 5


def answers(phrases: list[Mapping[str, Any]], dice: random.Random) -> Any:
    """A script that answers with what the phrase means, sometimes wordily, counted as a tokeniser about would."""
    meant = {str(row["say"]): row for row in phrases}

    def script(asked: Asked) -> Scripted:
        row = next((row for say, row in meant.items() if say in asked.user), phrases[0])
        value = {"kind": row["kind"], "confidence": 0.9, **row.get("means", {})}
        told, written = len(asked.all_text) + len(json.dumps(asked.schema or {})), len(json.dumps(value))
        counted = {"prompt_tokens": round(told / dice.uniform(3.4, 4.4)),
                   "completion_tokens": round(written / dice.uniform(2.5, 3.5)) + dice.randint(5, 60)}  # fmt: skip
        return Scripted(value=value, usage={**counted, "total_tokens": sum(counted.values())})

    return script


async def measured(folder: Path, count: int) -> list[tuple[float, float]]:
    """(told, billed) in dollars for each run that was priced, in order."""
    rows = [json.loads(line) for line in PHRASES.read_text().splitlines() if line.strip()]
    dice = random.Random(5)
    rows = dice.sample([row for row in rows if row["over"] == "nothing" and row["kind"] == "create"], count)
    found: list[tuple[float, float]] = []
    ledger = Ledger(folder / "ledger.sqlite", Caps(None, None, None))
    with ModelServer(answers(rows, dice)) as server:
        openai = ProviderSettings(id="openai", kind="openai", base_url=server.base_url("openai"))
        models = RoutedModels(ModelSettings(providers=(openai,)), {"openai": "sk-test-openai-4711"}, ledger)
        planner = ModelPlanner(models, quality="high")
        agent = Agent(MemoryLibrary(), MemoryProjects(), THEMES, planner=planner, accounts=ledger)
        for number, row in enumerate(rows):
            context = TurnContext(scene=Scene(), turn_id=f"run-{number}", today=TODAY)
            events = [event async for event in agent.run(row["say"], context)]
            tags = [event.total_usd for event in events if isinstance(event, Priced) and event.steps]
            ended = events[-1]
            assert isinstance(ended, TurnEnded)
            if tags and ended.cost_usd:
                found.append((tags[0], ended.cost_usd))
        await models.close()
        await agent.close()
    ledger.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder), options.count))
    learnt = found[_LEARNING:]
    within = sum(abs(told - billed) <= _WITHIN * billed for told, billed in learnt) / max(len(learnt), 1)
    first = sum(abs(told - billed) <= _WITHIN * billed for told, billed in found[:_LEARNING])
    result = {"runs": len(found), "first_within": first, "within": round(within, 3),
              "mean_usd": round(sum(billed for _, billed in found) / max(len(found), 1), 6)}  # fmt: skip
    if options.json:
        print(json.dumps(result))
        return
    print(f"{len(found)} runs priced and billed, ${result['mean_usd']:.5f} on average")
    print(f"  within 30 %: {first} of the first {_LEARNING}, then {within:.1%}")


if __name__ == "__main__":
    main()
