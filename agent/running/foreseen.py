"""What language models will be asked beside the plan and its steps: pictures looked at, an answer put into words."""

import asyncio
from dataclasses import dataclass

from agent.checking.judging import CHECK, MOST_WORKS, estimated
from agent.events import StepPrice
from agent.intent import Intent
from agent.models.phrasing import PHRASE
from agent.ports.models import Estimate
from agent.ports.money import MICRO_USD, Accounts
from agent.running.steps import Step, Workflow
from agent.running.turn import Turn
from scene.layouts.contract import Wishes
from scene.scene import Scene

_EXCHANGED_SHARE = 1 / 3
"""Of a show, a wish for more or less of something exchanges about so many works."""
_TITLES = {CHECK: "Look at the pictures", PHRASE: "Put the answer into words"}


@dataclass(frozen=True)
class Foreseen:
    """What such calls are likely to cost, and the most that they can."""

    rows: tuple[StepPrice, ...] = ()
    most_micro_usd: int = 0


async def foreseen(turn: Turn, intent: Intent, workflow: Workflow, accounts: Accounts) -> Foreseen:
    """The calls that this leads to, at what such calls turned out to cost lately. Raises PortError."""
    tags = await asyncio.to_thread(_estimates, turn, intent, workflow)  # it may import
    rows, most = [], 0
    for step_id, tag in tags.items():
        if not tag.most_micro_usd:
            continue
        likely = min(round(tag.micro_usd * await accounts.factor(step_id)), tag.most_micro_usd)
        await accounts.note_estimate(turn.context.turn_id, step_id, tag.micro_usd)
        rows.append(StepPrice(step_id, _TITLES[step_id], tag.input_tokens, tag.output_tokens, likely / MICRO_USD))
        most += tag.most_micro_usd
    return Foreseen(tuple(rows), most)


def _estimates(turn: Turn, intent: Intent, workflow: Workflow) -> dict[str, Estimate]:
    found: dict[str, Estimate] = {}
    examiner, phraser = turn.shared.examiner, turn.shared.phraser
    pictures = pictures_looked_at(intent, workflow, turn.context.scene)
    if pictures and examiner.models is not None and examiner.pictures is not None:
        found[CHECK] = estimated(pictures, intent, turn.context, examiner.models)
    if phraser is not None and phraser.wants(intent):
        found[PHRASE] = phraser.estimate(turn.request, turn.context)
    return found


def pictures_looked_at(intent: Intent, workflow: Workflow, scene: Scene) -> int:
    """About how many pictures a model will be shown: works that are hung anew or larger, in high quality only."""
    if intent.quality != "high":
        return 0
    return min(sum(_hung_anew(step, workflow, scene) for step in workflow), MOST_WORKS)


def _hung_anew(step: Step, workflow: Workflow, scene: Scene) -> int:
    shown, said = len(scene.placements), step.arguments
    if step.tool == "choose":
        return MOST_WORKS if said.get("take_all") else int(said.get("count") or said.get("default_count") or 0)
    if step.tool == "exchange" and not said.get("only_shown"):
        return max(int(said.get("count") or 0) - shown, round(shown * _EXCHANGED_SHARE))
    if step.tool == "arrange" and not any(one.tool in ("choose", "exchange") for one in workflow):
        wishes, before = said.get("wishes"), scene.arrangement
        larger = isinstance(wishes, Wishes) and (wishes.scale or 1.0) > 1.0
        return shown if larger or (before is not None and said.get("layout") != before.layout) else 0
    return 0
