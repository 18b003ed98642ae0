"""Keys of steps: two steps with one key give the same, so that what is there already need not be made again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from agent.ports.context import TurnContext
from agent.running.steps import Ref, Step, Workflow
from agent.running.traits import trait_of


def step_keys(workflow: Workflow, context: TurnContext) -> dict[str, str]:
    """For each step of an ordered workflow the digest of its tool, its arguments and the draft that it meets.

    A reference counts as the key of the step it points to (a Merkle tree), so no result is ever hashed.
    """
    seen: dict[str, str] = {}
    draft = _digest([context.scene_ref, sorted(context.selection), list(context.viewpoint_m)])
    for step in workflow:
        trait = trait_of(step.tool)
        parts: list[Any] = [step.tool, _arguments(step, seen)]
        if context.folders:
            parts.append(list(context.folders))
        if trait.draft != "nothing":
            parts.append(draft)
        seen[step.id] = _digest(parts)
        if trait.draft == "writes":
            draft = _digest([draft, seen[step.id]])
    return seen


def reusable(workflow: Workflow, context: TurnContext) -> frozenset[str]:
    """The steps whose result may be taken over by another run: pure ones, over a draft that has a name."""
    found = set()
    written = False
    for step in workflow:
        trait = trait_of(step.tool)
        if trait.pure and trait.draft != "writes" and (trait.draft == "nothing" or (context.scene_ref and not written)):
            found.add(step.id)
        written = written or trait.draft == "writes"
    return frozenset(found)


def _arguments(step: Step, seen: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: {"ref": [seen.get(value.step, value.step), value.name]} if isinstance(value, Ref) else _plain(value)
        for name, value in step.arguments.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _digest(parts: Iterable[Any]) -> str:
    text = json.dumps(list(parts), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
