"""Price tags against bills: `python -m tests.load estimates [--json]`, over real HTTP with the server of the tests.

Each request is priced, asked of a provider that answers with what the request means, and billed by the tokens that
the server counts. In turn: shows in standard quality; shows in high quality, whose pictures a model looks at; questions
in German, whose answers a model words. The first runs of a kind teach the estimate; the share of the later ones within
30 % is printed, for the price told before anything is asked and for the one told before the steps run.
"""

import argparse
import asyncio
import io
import json
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from app.environment import prepare_environment

prepare_environment()

from agent.checking.all_checks import Examiner  # noqa: E402
from agent.events import Priced, TurnEnded  # noqa: E402
from agent.models.phrasing import Phraser  # noqa: E402
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
_TOKENS_A_TILE = 255
"""What one small picture is billed at."""
KINDS = ("standard", "high", "question")


def answers(phrases: list[Mapping[str, Any]], dice: random.Random) -> Any:
    """A script that answers with what the phrase means, sometimes wordily, counted as a tokeniser about would."""
    meant = {str(row["say"]): row for row in phrases}

    def script(asked: Asked) -> Scripted:
        row = next((row for say, row in meant.items() if say in asked.user), phrases[0])
        value: Any = {"kind": row["kind"], "confidence": 0.9, **row.get("means", {})}
        if asked.pictures:
            looked = [{"number": n, "may_hang": True, "relevance": 0.8, "why": "x" * dice.randint(20, 70)}
                      for n in range(1, asked.pictures + 1)]  # fmt: skip
            value = {"judgements": looked}
        text = "x" * dice.randint(60, 160) if asked.streams else ""
        told = len(asked.all_text) + len(json.dumps(asked.schema or {}))
        written = len(text or json.dumps(value))
        counted = {"prompt_tokens": round(told / dice.uniform(3.4, 4.4)) + asked.pictures * _TOKENS_A_TILE,
                   "completion_tokens": round(written / dice.uniform(2.5, 3.5)) + dice.randint(5, 60)}  # fmt: skip
        usage = {**counted, "total_tokens": sum(counted.values())}
        return Scripted(text=text, usage=usage) if text else Scripted(value=value, usage=usage)

    return script


@dataclass(frozen=True)
class Run:
    """One run in dollars: told before anything was asked, told before the steps ran, billed."""

    kind: str
    first: float
    last: float
    billed: float


class Pixels:
    """Any picture, as one small JPEG."""

    def __init__(self) -> None:
        kept = io.BytesIO()
        Image.new("RGB", (256, 192), (40, 90, 120)).save(kept, "JPEG")
        self._jpeg = kept.getvalue()

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        """The JPEG."""
        return self._jpeg


async def measured(folder: Path, count: int) -> list[Run]:
    """Each run that was priced, in order."""
    rows = [json.loads(line) for line in PHRASES.read_text().splitlines() if line.strip()]
    dice = random.Random(5)
    rows = dice.sample([row for row in rows if row["over"] == "nothing" and row["kind"] == "create"], count)
    found: list[Run] = []
    ledger = Ledger(folder / "ledger.sqlite", Caps(None, None, None))
    with ModelServer(answers(rows, dice)) as server:
        openai = ProviderSettings(id="openai", kind="openai", base_url=server.base_url("openai"))
        models = RoutedModels(ModelSettings(providers=(openai,)), {"openai": "sk-test-openai-4711"}, ledger)
        planner = ModelPlanner(models, quality="high")
        agent = Agent(
            MemoryLibrary(), MemoryProjects(), THEMES, planner=planner, accounts=ledger,
            examiner=Examiner(Pixels(), models), phraser=Phraser(models),
        )  # fmt: skip
        for number, row in enumerate(rows):
            kind = KINDS[number % len(KINDS)]
            context = TurnContext(scene=Scene(), turn_id=f"run-{number}", today=TODAY)
            said = {"standard": row["say"], "high": f"{row['say']}, in high quality"}.get(kind, _question(dice))
            events = [event async for event in agent.run(said, context)]
            tags = [event.total_usd for event in events if isinstance(event, Priced) and event.steps]
            ended = events[-1]
            assert isinstance(ended, TurnEnded)
            if tags and ended.cost_usd:
                found.append(Run(kind, tags[0], tags[-1], ended.cost_usd))
        await models.close()
        await agent.close()
    ledger.close()
    return found


def _question(dice: random.Random) -> str:
    return f"wie viele bilder sind aus {dice.randint(1990, 2025)}"


def _within(runs: list[Run], told: str) -> float:
    """The share of runs whose price, as told then, was within 30 % of the bill."""
    close = sum(abs(getattr(run, told) - run.billed) <= _WITHIN * run.billed for run in runs)
    return round(close / max(len(runs), 1), 3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder), options.count))
    learnt = {kind: [run for run in found if run.kind == kind][_LEARNING:] for kind in KINDS}
    every = [run for runs in learnt.values() for run in runs]
    result = {
        "runs": len(found),
        "within": _within(every, "first"),
        "within_before_the_steps": _within(every, "last"),
        "of_each_kind": {kind: _within(runs, "first") for kind, runs in learnt.items()},
        "mean_usd": round(sum(run.billed for run in found) / max(len(found), 1), 6),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"{len(found)} runs priced and billed, ${result['mean_usd']:.5f} on average")
    print(f"  within 30 % after the first {_LEARNING} of each kind: {result['within']:.1%}, before the steps "
          f"{result['within_before_the_steps']:.1%}")  # fmt: skip
    for kind, runs in learnt.items():
        print(f"  {kind}: {_within(runs, 'first'):.1%} of {len(runs)}")


if __name__ == "__main__":
    main()
