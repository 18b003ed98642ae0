"""Checks a workflow before it runs and changes it as the creator wishes: pure, bounded, and every fault named."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.running.ordering import Circle, hanging_on, in_order
from agent.running.steps import Ref, Step, Workflow, steps_to_plain
from agent.running.traits import trait_of
from agent.tools.kit import TOOLS

MOST_STEPS = 60
MOST_REFERENCES = 30
MOST_ID_CHARACTERS = 80
MOST_ARGUMENT_CHARACTERS = 200_000


class BadWorkflow(ValueError):
    """A workflow that cannot run; `faults` says all that is wrong with it, in words."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class DropStep:
    """Leave this step out, and with it what cannot run without it."""

    step: str


@dataclass(frozen=True)
class SetArgument:
    """Another plain value for one argument of one step."""

    step: str
    name: str
    value: Any


WorkflowEdit = DropStep | SetArgument


def validated(workflow: Iterable[Step]) -> Workflow:
    """The workflow in an order in which it can run; raises BadWorkflow with everything that is wrong with it."""
    steps = tuple(workflow)
    faults = _faults_of_size(steps)
    if faults:
        raise BadWorkflow(faults)
    known = {step.id: step for step in steps}
    for step in steps:
        faults += [f"step {step.id!r}: {fault}" for fault in (*_faults_of_needs(step, known), *_faults_of_call(step))]
    if faults:
        raise BadWorkflow(faults)
    try:
        return in_order(steps)
    except Circle as error:
        raise BadWorkflow([str(error)]) from error


def _faults_of_size(steps: Workflow) -> list[str]:
    if len(steps) > MOST_STEPS:
        return [f"it has {len(steps)} steps; at most {MOST_STEPS} can run"]
    ids = [step.id for step in steps]
    faults = [f"two steps are called {i!r}" for i in dict.fromkeys(ids) if ids.count(i) > 1]
    faults += [f"a step's id is empty or too long: {i[:20]!r}" for i in ids if not 0 < len(i) <= MOST_ID_CHARACTERS]
    return faults


def _faults_of_needs(step: Step, known: Mapping[str, Step]) -> list[str]:
    if len(step.needs) > MOST_REFERENCES:
        return [f"it needs {len(step.needs)} others; at most {MOST_REFERENCES}"]
    faults = [f"it needs {need!r}, which is not there" for need in step.needs if need not in known]
    for ref in step.refs:
        source = known.get(ref.step)
        if source is not None and source.tool in TOOLS and ref.name not in trait_of(source.tool).gives:
            faults.append(f"{source.id!r} gives no {ref.name!r}")
    return faults


def _faults_of_call(step: Step) -> list[str]:
    tool = TOOLS.get(step.tool)
    if tool is None:
        return [f"there is no tool {step.tool!r}"]
    if any(cost < 0 for cost in step.cost.__dict__.values()):
        return ["its cost is below zero"]
    fields = tool.arguments.model_fields
    faults = [f"{step.tool} takes no {name!r}" for name in step.arguments if name not in fields]
    faults += [f"{n!r} is missing" for n, f in fields.items() if f.is_required() and n not in step.arguments]
    if faults:
        return faults
    return [
        fault
        for name, value in step.arguments.items()
        if not isinstance(value, Ref) and (fault := _fault_of_value(step.tool, name, value))
    ]


def _fault_of_value(tool: str, name: str, value: Any) -> str:
    try:
        _shape(tool, name).validate_python(value)
    except ValidationError as error:
        return f"{name!r}: {error.errors(include_url=False, include_input=False)[0]['msg']}"
    except RecursionError:
        return f"{name!r} goes too deep"
    return ""


@lru_cache(maxsize=256)
def _shape(tool: str, name: str) -> TypeAdapter[Any]:
    """The type of one argument, with its bounds."""
    found = TOOLS[tool].arguments.model_fields[name]
    return TypeAdapter(found.rebuild_annotation())


def bounded(workflow: Workflow) -> Workflow:
    """A workflow from outside (a template, a file), checked; refuses arguments that are too big. Raises BadWorkflow."""
    size = len(json.dumps(steps_to_plain(workflow), default=str))
    if size > MOST_ARGUMENT_CHARACTERS:
        raise BadWorkflow([f"its arguments have {size:,} characters; at most {MOST_ARGUMENT_CHARACTERS:,}"])
    return validated(workflow)


def edited(workflow: Workflow, edits: Iterable[WorkflowEdit]) -> Workflow:
    """The workflow with the creator's changes, checked anew; raises BadWorkflow and leaves the old one as it is.

    Dropping a step drops what refers to it, unless that argument may be left out; only plain values can be set.
    """
    steps = workflow
    for edit in edits:
        if all(step.id != edit.step for step in steps):
            raise BadWorkflow([f"there is no step {edit.step!r}"])
        steps = _without(steps, edit.step) if isinstance(edit, DropStep) else _with(steps, edit)
    if workflow and not steps:
        raise BadWorkflow(["no step is left"])
    return validated(steps)


def _with(steps: Workflow, edit: SetArgument) -> Workflow:
    if isinstance(edit.value, Ref):
        raise BadWorkflow([f"step {edit.step!r}: {edit.name!r} can be set to a plain value only"])
    return tuple(
        replace(step, arguments={**step.arguments, edit.name: edit.value}) if step.id == edit.step else step
        for step in steps
    )


def _without(steps: Workflow, dropped: str) -> Workflow:
    freed = tuple(_freed(step, dropped) for step in steps if step.id != dropped)
    gone = {dropped, *hanging_on((*freed, *(s for s in steps if s.id == dropped)), {dropped})}
    return tuple(step for step in freed if step.id not in gone)


def _freed(step: Step, dropped: str) -> Step:
    """The step without what it may leave out of a dropped one."""
    fields = TOOLS[step.tool].arguments.model_fields if step.tool in TOOLS else {}
    kept = {
        name: value
        for name, value in step.arguments.items()
        if not (isinstance(value, Ref) and value.step == dropped and name in fields and not fields[name].is_required())
    }
    return replace(step, arguments=kept, after=tuple(need for need in step.after if need != dropped))
