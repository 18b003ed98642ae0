"""What all verbs build on: the works that may be touched, the change that edits mean, and lamps that follow."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from pydantic import ValidationError

from scene.anchoring import anchored
from scene.change import SceneChange
from scene.naming import title_of
from scene.records import AnyRecord, Light, Placement, Record
from scene.scene import Scene
from scene.turning import inverse, plus, then, turned

R = TypeVar("R", bound=Record)


class OperationRefused(ValueError):
    """An operation that would make something impossible; the message says what, in plain words."""


def movable(scene: Scene, ids: Collection[str]) -> list[Placement]:
    """The works with these ids that are not pinned, in hanging order."""
    found = [record for record_id in ids if isinstance(record := scene.get(record_id), Placement)]
    return sorted((work for work in found if not work.pinned), key=lambda work: (work.order, work.id))


def edited(record: R, **fields: object) -> R:
    """The record with these fields; raises OperationRefused for what no such record can be."""
    try:
        return record.but(**fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0]).removesuffix("_m") if first["loc"] else type(record).__name__
        raise OperationRefused(f"{title_of(record)} was left as it is: {field}: {first['msg']}") from error


def change_of(scene: Scene, records: Iterable[AnyRecord]) -> SceneChange:
    """The change that puts these records into the scene, where they differ from what is there."""
    added: dict[str, AnyRecord] = {}
    updated: dict[str, tuple[AnyRecord, AnyRecord]] = {}
    for record in records:
        before = scene.get(record.id)
        if before is None:
            added[record.id] = record
        elif before != record:
            updated[record.id] = (before, record)
    return SceneChange(added, updated)


def placed(scene: Scene, works: Iterable[Placement]) -> SceneChange:
    """The change that hangs works at their new places: walls and rooms are judged anew and lamps come along."""
    moved: dict[str, tuple[Placement, Placement]] = {}
    for work in works:
        before = scene.get(work.id)
        if isinstance(before, Placement) and before != work:
            moved[work.id] = (before, work)
    after = {i: anchored(new, scene) if _has_moved(old, new) else new for i, (old, new) in moved.items()}
    lamps = [
        _following(record, *moved[record.for_id])
        for record in scene.records.values()
        if isinstance(record, Light) and record.for_id in moved
    ]
    return change_of(scene, [*after.values(), *lamps])


def fresh_id(scene: Scene, base: str, taken: Collection[str] = ()) -> str:
    """`base`, or `base-2`, `base-3` ... when that is taken; cut so that it stays a valid id."""
    base = base[:110]
    if base not in scene and base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in scene or f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _has_moved(before: Placement, after: Placement) -> bool:
    same_anchor = (before.wall_id, before.room_id) == (after.wall_id, after.room_id)
    return same_anchor and before.position_m != after.position_m


def _following(lamp: Light, before: Placement, after: Placement) -> Light:
    """The lamp in the same place as seen from its work."""
    turn = then(inverse(before.rotation), after.rotation)
    offsets = (plus(point, before.position_m, -1.0) for point in (lamp.position_m, lamp.target_m))
    position_m, target_m = (plus(after.position_m, turned(offset, turn)) for offset in offsets)
    return lamp.but(position_m=position_m, target_m=target_m)
