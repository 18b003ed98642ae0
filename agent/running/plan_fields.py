"""What of a planned workflow can be changed in plain words before it runs, and the workflow with such a change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from pydantic import BaseModel, ValidationError

from agent.ports.library import Query
from agent.running.steps import Ref, Step, Workflow
from agent.running.validation import BadWorkflow, SetArgument, WorkflowEdit, edited
from agent.wording import query_in_words
from agent.workflow import searching
from scene.layouts.contract import Column, LayoutName

FieldKind = Literal["words", "number", "choice", "theme"]
_SEARCHED_FOR_EACH = 3
"""Of so many works as are wanted this many times are looked at."""


@dataclass(frozen=True)
class PlanField:
    """One value of one step. `path` is the argument, and for a part of it the part."""

    step: str
    path: tuple[str, ...]
    label: str
    kind: FieldKind
    value: str | float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    path: tuple[str, ...]
    label: str
    kind: FieldKind
    always: bool = True
    choices: tuple[str, ...] = ()


_ORDERS = ("given", "newest", "oldest", "colour", "brightness", "title", "score")
_FIELDS: Mapping[str, tuple[_Known, ...]] = {
    "search": (
        _Known(("query", "words"), "For", "words"),
        _Known(("query", "colours"), "Colours", "words", always=False),
        _Known(("query", "tags"), "Tags", "words", always=False),
    ),
    "choose": (_Known(("count",), "Works", "number"),),
    "arrange": (
        _Known(("layout",), "As", "choice", choices=get_args(LayoutName)),
        _Known(("wishes", "order"), "Order", "choice", always=False, choices=_ORDERS),
        _Known(("wishes", "group_by"), "Grouped by", "choice", always=False, choices=get_args(Column)),
        _Known(("wishes", "gap_m"), "Gap in metres", "number"),
        _Known(("wishes", "scale"), "Size", "number", always=False),
        _Known(("wishes", "columns"), "Columns", "number", always=False),
        _Known(("wishes", "rooms"), "Rooms", "number", always=False),
    ),
    "exchange": (_Known(("count",), "Works", "number"),),
    "style": (_Known(("theme",), "Theme", "theme"), _Known(("light",), "Light", "number")),
    "edit": (_Known(("amount",), "By", "number"),),
}  # fmt: skip


def fields_of(step: Step) -> tuple[PlanField, ...]:
    """What of a step can be changed, in reading order."""
    found = []
    for known in _FIELDS.get(step.tool, ()):
        value = _read(step, known.path)
        if isinstance(value, Ref) or (value in (None, "", ()) and not known.always):
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, tuple | list) else value
        found.append(PlanField(step.id, known.path, known.label, known.kind, shown, known.choices))
    return tuple(found)


def with_field(workflow: Workflow, field: PlanField, value: str | float | None) -> Workflow:
    """The workflow with that value there, and everywhere else where it says the same. Raises BadWorkflow."""
    step = next((step for step in workflow if step.id == field.step), None)
    if step is None:
        raise BadWorkflow([f"there is no step {field.step!r}"])
    new = _typed(field, _read(step, field.path), value)
    return tuple(_retitled(step) for step in edited(workflow, tuple(_edits(workflow, step, field.path, new))))


def _edits(workflow: Workflow, changed: Step, path: tuple[str, ...], new: Any) -> Iterator[WorkflowEdit]:
    name, before = path[0], _plain(changed.arguments.get(path[0]))
    after = _put(before, path[1:], new)
    if name != "query":
        yield SetArgument(changed.id, name, after)
        if name == "count":
            yield from _with_count(workflow, new)
        return
    for step in workflow:
        if _plain(step.arguments.get("query")) == before:
            yield SetArgument(step.id, "query", after)
            if "asked_for" in step.arguments:
                yield SetArgument(step.id, "asked_for", query_in_words(_query(after)))


def _with_count(workflow: Workflow, count: int | None) -> Iterator[WorkflowEdit]:
    """A number of works stands in the wishes too, and enough must be searched for."""
    for step in workflow:
        wishes = _plain(step.arguments.get("wishes"))
        if isinstance(wishes, Mapping):
            yield SetArgument(step.id, "wishes", _put(wishes, ("count",), count))
        query = _plain(step.arguments.get("query"))
        if count is not None and isinstance(query, Mapping):
            limit = max(int(query.get("limit", Query().limit)), min(int(count) * _SEARCHED_FOR_EACH, 10_000))
            yield SetArgument(step.id, "query", _put(query, ("limit",), limit))


def _query(plain: Any) -> Query:
    try:
        return Query.model_validate(plain)
    except ValidationError as error:
        raise BadWorkflow([str(error.errors(include_url=False, include_input=False)[0]["msg"])]) from error


def _retitled(step: Step) -> Step:
    if step.tool == "search" and isinstance(_plain(step.arguments.get("query")), Mapping):
        return replace(step, title=searching(_query(_plain(step.arguments["query"]))))
    if step.tool == "arrange" and isinstance(step.arguments.get("layout"), str):
        return replace(step, title=f"Lay out as a {step.arguments['layout']}")
    return step


def _typed(field: PlanField, before: Any, value: str | float | None) -> Any:
    """The value as the argument has it: a list of words stays a list, a whole number whole."""
    if value is None or value == "":
        return () if isinstance(before, tuple | list) else "" if field.path == ("query", "words") else None
    if isinstance(before, tuple | list):
        return tuple(part.strip() for part in str(value).split(",") if part.strip())
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _read(step: Step, path: tuple[str, ...]) -> Any:
    found = _plain(step.arguments.get(path[0]))
    for name in path[1:]:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _put(before: Any, path: tuple[str, ...], new: Any) -> Any:
    if not path:
        return new
    kept = dict(before) if isinstance(before, Mapping) else {}
    kept.pop(path[0], None)
    return kept if new is None else kept | {path[0]: new}


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json", exclude_defaults=True) if isinstance(value, BaseModel) else value
