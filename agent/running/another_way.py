"""After a failure, another plan for the same request, and in words how it differs from the one that failed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.running.steps import Ref, Step, Workflow
from agent.running.validation import DropStep, edited, validated


@dataclass(frozen=True)
class OtherPlan:
    """The steps, and how they differ."""

    workflow: Workflow
    differs: str


def other_plan(workflow: Workflow, failed: Collection[str], intent: Intent, context: TurnContext) -> OtherPlan | None:
    """A plan that goes round the first failed step that can be gone round; None when there is no other way."""
    ways = (_round(step, workflow, context) for step in workflow if step.id in failed)
    return next((way for way in ways if way is not None), None)


def _round(step: Step, workflow: Workflow, context: TurnContext) -> OtherPlan | None:
    match step.tool:
        case "search":
            return _search_otherwise(workflow, step, context)
        case "choose" if not step.arguments.get("plainly"):
            differs = "This time the best-scored works are taken, without comparing how they look."
            return OtherPlan(_with(workflow, step, plainly=True, pick=""), differs)
        case "exchange":
            return _choose_anew(workflow, step)
        case "arrange" if step.arguments.get("layout") == "cluster":
            differs = "This time as a grid, which does not need to know which works are alike."
            return OtherPlan(_with(workflow, step, layout="grid"), differs)
        case "arrange" if step.arguments.get("layout") != "grid":
            return OtherPlan(_with(workflow, step, layout="grid"), "This time as a plain grid.")
        case "style" | "navigate" if len(workflow) > 1:
            differs = f"This time without the step “{step.title}”; the rest is as before."
            return OtherPlan(edited(workflow, [DropStep(step.id)]), differs)
    return None


def _with(workflow: Workflow, step: Step, **arguments: Any) -> Workflow:
    changed = replace(step, arguments={**step.arguments, **arguments})
    return validated(changed if one is step else one for one in workflow)


def _search_otherwise(workflow: Workflow, step: Step, context: TurnContext) -> OtherPlan | None:
    """First with fewer demands; without any demand left, from the works on show."""
    asked = step.arguments["query"]
    query = asked if isinstance(asked, Query) else Query.model_validate(asked)
    plain = Query(words=query.words, limit=query.limit, asset_ids=query.asset_ids)
    if plain != query and query.words:
        differs = "This time the library is searched by words alone, without the other filters."
        return OtherPlan(_with(workflow, step, query=plain), differs)
    choose = next((one for one in workflow if Ref(step.id, "hits") in one.arguments.values()), None)
    if not context.scene.placements or choose is None or choose.tool != "choose":
        return None
    recall = Step("recall", "recall", "Take the works on show")
    moved = [
        replace(one, arguments={n: Ref("recall", "shown") if v == Ref(choose.id, "works") else v
                                for n, v in one.arguments.items()})
        for one in workflow if one not in (step, choose)
    ]  # fmt: skip
    return OtherPlan(
        validated((recall, *moved)), "This time with the works that hang already; the library is not asked."
    )


def _choose_anew(workflow: Workflow, step: Step) -> OtherPlan:
    """Works chosen from the search instead of exchanged one by one."""
    arguments = step.arguments
    source = arguments["hits"]
    fitting = Ref(source.step, "fitting") if isinstance(source, Ref) else len(source)
    chosen = Step(
        step.id, "choose", "Choose the works anew",
        {"hits": source, "fitting": fitting, "query": arguments["query"], "count": arguments.get("count"),
         "accept_fewer": True},
        step.after, step.priority, step.cost,
    )  # fmt: skip
    differs = "This time the works are chosen anew from the library instead of exchanged one by one."
    return OtherPlan(validated(chosen if one is step else one for one in workflow if one.tool != "recall"), differs)
