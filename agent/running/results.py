"""What one step gave, as a value: laid onto a desk in the workflow's order, and kept on disk in a plain form."""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from agent.desk import Desk, Outcome
from agent.ports.library import Hit
from scene.change import SceneChange
from scene.document import change_from_plain, change_to_plain
from scene.scene import Scene

_INPUTS = frozenset(
    {"request", "context", "intent", "vocabulary", "themes", "library", "projects", "scene", "facets", "results"}
)
"""Fields of a desk that no step adds to, or that are carried in another way."""
_HITS: TypeAdapter[Any] = TypeAdapter(tuple[Hit, ...])
_IDS: TypeAdapter[Any] = TypeAdapter(tuple[str, ...])
_NUMBER: TypeAdapter[Any] = TypeAdapter(int)
_VALUES = {
    "hits": _HITS, "works": _HITS, "shown": _HITS, "ids": _IDS, "others": _IDS, "fitting": _NUMBER, "total": _NUMBER,
    "placed": _NUMBER,
}  # fmt: skip
_MOST_KEPT = 3_000
"""A result of more works or records than this is not kept on disk; its step simply runs again."""


@dataclass(frozen=True)
class StepResult:
    """One line for people, the named values, the change of the draft, and what was noted on the desk."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    change: SceneChange | None = None
    noted: Mapping[str, Any] = field(default_factory=dict)
    """By field of the desk: for a list what was added to it, else its new value."""


def copied(desk: Desk) -> Desk:
    """A desk of its own for one step; the values on it are shared, its lists are not."""
    lists: dict[str, Any] = {name: list(value) for name, value in _noting(desk).items() if isinstance(value, list)}
    return dataclasses.replace(desk, results=dict(desk.results), **lists)


def result_of(before: Desk, after: Desk, outcome: Outcome) -> StepResult:
    """What a step did, from the desk it was given and the copy it left."""
    changed = after.scene is not before.scene
    change = SceneChange.between(before.scene, after.scene) if changed else None
    noted: dict[str, Any] = {}
    for name, value in _noting(after).items():
        old = getattr(before, name)
        if isinstance(value, list):
            if len(value) > len(old):
                noted[name] = value[len(old) :]
        elif value != old:
            noted[name] = value
    return StepResult(outcome.text, outcome.values, change, noted)


def lay_on(desk: Desk, step_id: str, result: StepResult, scene: Scene | None = None) -> None:
    """Lay a result onto a desk; `scene` is the draft after it, where that is known. Raises ChangeDoesNotFit."""
    if scene is not None:
        desk.scene = scene
    elif result.change is not None:
        desk.scene = result.change.apply_to(desk.scene)
    desk.results[step_id] = result.values
    for name, value in result.noted.items():
        if isinstance(value, list):
            getattr(desk, name).extend(value)
        else:
            setattr(desk, name, value)


def _noting(desk: Desk) -> dict[str, Any]:
    return {f.name: getattr(desk, f.name) for f in dataclasses.fields(desk) if f.name not in _INPUTS}


def body_of(result: StepResult) -> bytes | None:
    """The plain form; None for what is too big or has no plain form, whose step runs again after a crash."""
    if any(name not in _VALUES for name in result.values) or _sizes(result) > _MOST_KEPT:
        return None
    plain = {
        "text": result.text,
        "values": {name: _VALUES[name].dump_python(value, mode="json") for name, value in result.values.items()},
        "change": None if result.change is None else change_to_plain(result.change),
        "noted": {name: _noted_shape(name).dump_python(value, mode="json") for name, value in result.noted.items()},
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _sizes(result: StepResult) -> int:
    lists = [len(value) for value in result.values.values() if isinstance(value, tuple)]
    return max([*lists, len(result.change.ids) if result.change else 0])


def result_from(body: bytes) -> StepResult:
    """The result of `body_of`; raises ValueError (also pydantic's and the document's) when it is not one."""
    plain = json.loads(body)
    if not isinstance(plain, dict) or set(plain) != {"text", "values", "change", "noted"}:
        raise ValueError("this is no kept step")
    return StepResult(
        str(plain["text"]),
        {name: _VALUES[name].validate_python(value) for name, value in plain["values"].items() if name in _VALUES},
        None if plain["change"] is None else change_from_plain(plain["change"]),
        {name: _noted_shape(name).validate_python(value) for name, value in plain["noted"].items()},
    )


@cache
def _noted_shape(name: str) -> TypeAdapter[Any]:
    """The type of one field of the desk that steps add to."""
    hints = get_type_hints(Desk)
    if name in _INPUTS or name not in hints:
        raise ValueError(f"a step cannot note {name!r}")
    return TypeAdapter(hints[name])


def named(results: Iterable[tuple[str, StepResult]]) -> str:
    """What is there already, in words: "Search the library (48 works fit)"."""
    return "; ".join(f"{title} ({result.text})" if result.text else title for title, result in results)
