"""What must hold in a scene: references resolve, numbers are sound, works hang in their rooms, apart, off the doors."""

import math
from collections.abc import Iterator

from scene.broken_rule import SLACK_M, BrokenRule, RuleName
from scene.change import SceneChange
from scene.clearance import broken_clearances
from scene.merge import PINNED, fields_between
from scene.naming import references, title_of
from scene.plain import unreadable
from scene.records import MOST_EXTENT_M, MOST_M, AnyRecord, Opening, Placement, Record, Room, Wall
from scene.scene import Scene

__all__ = ["BrokenRule", "RuleName", "broken_pins", "broken_rules"]

_UNIT_SLACK = 1e-3


def broken_rules(scene: Scene, change: SceneChange | None = None) -> list[BrokenRule]:
    """Every rule that `scene` breaks (at most 1,000 overlaps); with `change`, also the pins that it did not respect.

    Geometry is only looked at where numbers, references and shapes are sound.
    """
    broken = [*_numbers(scene), *_references(scene)]
    broken += _shapes(scene, {record_id for rule in broken for record_id in rule.ids})
    unsound = {record_id for rule in broken for record_id in rule.ids}
    broken += broken_clearances([record for record in scene if record.id not in unsound])
    if change is not None:
        broken += broken_pins(change)
    return broken


def broken_pins(change: SceneChange) -> list[BrokenRule]:
    """Pinned works that the change moves, resizes or removes."""
    touched = [work for work in change.removed.values() if isinstance(work, Placement) and work.pinned]
    for before, after in change.updated.values():
        if isinstance(before, Placement) and before.pinned and fields_between(before, after) & PINNED:
            touched.append(before)
    return [BrokenRule("pinned", (work.id,), f"{title_of(work)} is pinned and must stay as it is") for work in touched]


def _numbers(scene: Scene) -> Iterator[BrokenRule]:
    """Records made past validation: numbers that are not finite, not positive or absurdly large."""
    told: set[str] = set()
    for record, why in unreadable(record for record in scene if _is_suspect(record)):
        if record.id not in told:
            told.add(record.id)
            yield BrokenRule("number", (record.id,), f"{title_of(record)}: {why}")


def _is_suspect(record: AnyRecord) -> bool:
    """A cheap look at the numbers alone, so that only few records are validated in full."""
    values = record.__dict__
    for value in values.values():
        if type(value) is float and not -MOST_M <= value <= MOST_M:
            return True
        if type(value) is tuple and any(type(part) is float and not -MOST_M <= part <= MOST_M for part in value):
            return True
    size_m = values.get("size_m", (1.0, 1.0))
    return bool(
        min(*size_m, values.get("height_m", 1.0), values.get("width_m", 1.0)) <= 0.0 or max(size_m) > MOST_EXTENT_M
    )


_NEEDS: dict[str, tuple[type[Record], ...]] = {
    "wall_id": (Wall,),
    "room_id": (Room,),
    "to_room_id": (Room,),
    "for_id": (Placement, Room),
}


def _references(scene: Scene) -> Iterator[BrokenRule]:
    for record in scene:
        if not references(record):
            continue
        for name, kinds in _NEEDS.items():
            needed = record.__dict__.get(name)
            if needed is not None and not isinstance(scene.get(needed), kinds):
                words = f"{title_of(record)} refers to {needed}, which is not there"
                yield BrokenRule("reference", (record.id,), words)


def _shapes(scene: Scene, unsound: set[str]) -> Iterator[BrokenRule]:
    sound = Scene({record.id: record for record in scene if record.id not in unsound})
    for room in sound.all(Room):
        if not (room.min_corner_m[0] < room.max_corner_m[0] and room.min_corner_m[1] < room.max_corner_m[1]):
            yield BrokenRule("shape", (room.id,), f"{title_of(room)} has no floor")
    for wall in sound.all(Wall):
        if wall.start_m == wall.end_m:
            yield BrokenRule("shape", (wall.id,), f"{title_of(wall)} has no length")
    for opening in sound.all(Opening):
        wall_or_not = sound.get(opening.wall_id)
        if isinstance(wall_or_not, Wall) and not _fits_wall(opening, wall_or_not):
            words = f"{title_of(opening)} reaches past {title_of(wall_or_not)}"
            yield BrokenRule("shape", (opening.id, wall_or_not.id), words)
    for work in sound.all(Placement):
        if abs(sum(part * part for part in work.rotation) - 1.0) > _UNIT_SLACK:
            yield BrokenRule("shape", (work.id,), f"{title_of(work)} has a rotation that is not one")


def _fits_wall(opening: Opening, wall: Wall) -> bool:
    length_m = math.hypot(wall.end_m[0] - wall.start_m[0], wall.end_m[1] - wall.start_m[1])
    across = opening.offset_m >= -SLACK_M and opening.offset_m + opening.width_m <= length_m + SLACK_M
    return across and opening.sill_m >= -SLACK_M and opening.sill_m + opening.height_m <= wall.height_m + SLACK_M
