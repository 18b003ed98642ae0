"""The steps of a workflow: one tool each, arguments that may refer to what earlier steps give, and their plain form."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from agent.events import StepState

Plain = dict[str, Any]


@dataclass(frozen=True)
class Ref:
    """A value that another step gives."""

    step: str
    name: str

    def __str__(self) -> str:
        return f"@{self.step}.{self.name}"


@dataclass(frozen=True)
class StepCost:
    """What a step is likely to take of language models, before it runs; zero for one that asks none."""

    input_tokens: int = 0
    output_tokens: int = 0
    micro_usd: int = 0
    most_micro_usd: int = 0


@dataclass(frozen=True)
class Step:
    """One call of one tool. Only arguments that are a `Ref` themselves are looked up; text is never read as one."""

    id: str
    tool: str
    title: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    """Steps that must be done first, besides those referred to."""
    priority: int = 0
    """Of several steps that could start, the higher goes first."""
    cost: StepCost = StepCost()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What is looked up."""
        return tuple(value for value in self.arguments.values() if isinstance(value, Ref))

    @property
    def needs(self) -> tuple[str, ...]:
        """Steps that must be done before this one."""
        return tuple(dict.fromkeys((*(ref.step for ref in self.refs), *self.after)))

    def resolved(self, results: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """The arguments with every reference replaced by what its step gave."""
        return {n: results[v.step][v.name] if isinstance(v, Ref) else v for n, v in self.arguments.items()}

    def shown(self) -> StepState:
        """The step as it is shown before it runs."""
        plain = {name: _told(value) for name, value in self.arguments.items() if value not in (None, (), "", False)}
        return StepState(
            id=self.id, tool=self.tool, title=self.title, arguments=plain, needs=self.needs,
            estimate_usd=self.cost.micro_usd / 1_000_000,
        )  # fmt: skip


Workflow = tuple[Step, ...]


class UnreadableSteps(ValueError):
    """Plain steps that are not those of `steps_to_plain`; the message says where."""


def _told(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_told(part) for part in value]
    return str(value) if isinstance(value, Ref) else value


def steps_to_plain(steps: Iterable[Step]) -> list[Plain]:
    """Steps as JSON values; a reference is {"ref": [step, name]}, so that no text is ever taken for one."""
    return [
        {
            "id": step.id, "tool": step.tool, "title": step.title, "after": list(step.after),
            "priority": step.priority, "cost": step.cost.__dict__.copy(),
            "arguments": {name: _to_plain(value) for name, value in step.arguments.items()},
        }
        for step in steps
    ]  # fmt: skip


def _to_plain(value: Any) -> Plain:
    if isinstance(value, Ref):
        return {"ref": [value.step, value.name]}
    return {"value": _json(value)}


def _json(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple | list):
        return [_json(part) for part in value]
    return value


class _PlainStep(BaseModel, extra="forbid"):
    id: str
    tool: str
    title: str = ""
    after: tuple[str, ...] = ()
    priority: int = 0
    cost: dict[str, int] = {}
    arguments: dict[str, dict[str, Any]] = {}


_PLAIN_STEPS: TypeAdapter[list[_PlainStep]] = TypeAdapter(list[_PlainStep])


def steps_from_plain(plain: object) -> Workflow:
    """The steps of `steps_to_plain`; argument values stay plain, the tools take them so. Raises UnreadableSteps."""
    try:
        found = _PLAIN_STEPS.validate_python(plain)
        return tuple(
            Step(
                one.id, one.tool, one.title, {name: _from_plain(value) for name, value in one.arguments.items()},
                one.after, one.priority, StepCost(**one.cost),
            )
            for one in found
        )  # fmt: skip
    except (ValidationError, TypeError, ValueError) as error:
        raise UnreadableSteps(f"these are no steps of a workflow: {error}") from error


def _from_plain(value: Mapping[str, Any]) -> Any:
    if set(value) == {"ref"}:
        step, name = value["ref"]
        return Ref(str(step), str(name))
    if set(value) == {"value"}:
        return _tuples(value["value"])
    raise ValueError(f"an argument is neither a value nor a reference: {json.dumps(dict(value), default=str)[:80]}")


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
