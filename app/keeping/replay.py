"""From a kept scene and the journal's entries back to a scene with its history; pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.keeping.journal import Cause, Entry, KeptScene
from scene.change import SceneChange
from scene.document import change_from_plain, change_to_plain, read_document, read_steps, write_document, write_steps
from scene.history import Step
from scene.scene import Scene

MOST_STEPS = 200
"""Undo reaches so far back after a restart."""


@dataclass(frozen=True)
class Replayed:
    """A scene and the steps that can be undone from it, oldest first."""

    scene: Scene
    steps: tuple[Step, ...]


def replay(kept: KeptScene, entries: Iterable[Entry]) -> Replayed:
    """What the store held when the last entry was written; raises DocumentError when a text was tampered with."""
    scene, steps = read_document(kept.document), list(read_steps(kept.steps))
    for entry in entries:
        scene = change_from_plain(json.loads(entry.change)).apply_to(scene)
        steps = _after(entry, steps)
    return Replayed(scene, tuple(steps))


def as_texts(cause: Cause, change: SceneChange, step: Step) -> tuple[str, str]:
    """A transition as the journal keeps it: the change, and the step (for an undo its id alone)."""
    return as_text(change), step.id if cause == "undo" else write_steps((step,))


def as_text(change: SceneChange) -> str:
    """A change as the journal keeps it; empty for none."""
    return "" if change.is_empty else json.dumps(change_to_plain(change), separators=(",", ":"))


def kept_steps(steps: Sequence[Step]) -> str:
    """The steps that are kept, as JSON text."""
    return write_steps(tuple(steps[-MOST_STEPS:]))


def kept_as(kept: KeptScene, replayed: Replayed, version: int) -> KeptScene:
    """The kept scene after the platform acknowledged `replayed` as `version`."""
    return KeptScene(
        scene_id=kept.scene_id,
        project_id=kept.project_id,
        project_name=kept.project_name,
        known_to_platform=True,
        version=version,
        document=write_document(replayed.scene),
        steps=kept_steps(replayed.steps),
        seat=kept.seat,
    )


def _after(entry: Entry, steps: list[Step]) -> list[Step]:
    if not entry.step:
        return steps
    if entry.cause == "undo":
        return [step for step in steps if step.id != entry.step]
    return [*steps, *read_steps(entry.step)]
