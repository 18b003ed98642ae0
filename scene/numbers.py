"""The place, size and turn of works as numbers to read and to set: what an inspector shows and changes."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from scene.edits import OperationRefused, edited, movable
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, direction_of, half_extents, length_of, seat_of, seated
from scene.turning import dot, right_of, then, turned_by

Measure = Literal["along", "height", "wide", "high", "tilt"]
MEASURES: tuple[Measure, ...] = ("along", "height", "wide", "high", "tilt")
_NAMES: dict[Measure, str] = {
    "along": "place along the wall", "height": "height", "wide": "width", "high": "height of the picture",
    "tilt": "turn",
}  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """What all of the chosen works have in common; None where they differ or where it means nothing."""

    along_m: float | None = None
    height_m: float | None = None
    wide_m: float | None = None
    high_m: float | None = None
    tilt_deg: float | None = None
    pinned: bool | None = None
    hung: bool = False
    """Whether all of them hang on walls."""


def numbers_of(scene: Scene, ids: Collection[str]) -> Numbers:
    """The numbers of some works."""
    works = [record for record_id in ids if isinstance(record := scene.get(record_id), Placement)]
    if not works:
        return Numbers()
    walls = [wall for work in works if isinstance(wall := scene.get(work.wall_id or ""), Wall)]
    alone = len(works) == 1 and walls
    return Numbers(
        along_m=seat_of(works[0], walls[0]).along_m if alone else None,
        height_m=_common([work.position_m[1] for work in works]),
        wide_m=_common([work.size_m[0] for work in works]),
        high_m=_common([work.size_m[1] for work in works]),
        tilt_deg=_common([tilt_of(work, scene) for work in works]),
        pinned=works[0].pinned if len({work.pinned for work in works}) == 1 else None,
        hung=len(walls) == len(works),
    )


def with_number(scene: Scene, ids: Collection[str], measure: Measure, value: float) -> list[Placement]:
    """The works with one number set: sizes keep their proportions, hung works stay within their walls."""
    works = movable(scene, ids)
    if not works:
        raise OperationRefused("what is selected is pinned")
    if value != value or abs(value) > 1e6:
        raise OperationRefused(f"the {_NAMES[measure]} is no number that can be used")
    if measure in ("wide", "high") and value <= 0.0:
        raise OperationRefused(f"the {_NAMES[measure]} must be above zero")
    return [_set(scene, work, measure, value) for work in works]


def step_words(measure: Measure, value: float, what: str) -> str:
    """What the history calls a number that was set."""
    unit = "°" if measure == "tilt" else " m"
    shown = f"{value:.1f}" if measure == "tilt" else f"{value:.2f}"
    return f"Set {_NAMES[measure]} of {what} to {shown}{unit}"


def tilt_of(work: Placement, scene: Scene) -> float:
    """How far a work is turned, counter-clockwise in degrees: a hung one in its wall, another about the vertical."""
    wall = scene.get(work.wall_id or "")
    if isinstance(wall, Wall):
        right = right_of(work.rotation)
        return math.degrees(math.atan2(right[1], dot(right, direction_of(wall))))
    x, _, z = right_of(work.rotation)
    return math.degrees(math.atan2(-z, x))


def _set(scene: Scene, work: Placement, measure: Measure, value: float) -> Placement:
    wall = scene.get(work.wall_id or "")
    on = wall if isinstance(wall, Wall) else None
    x, y, z = work.position_m
    match measure:
        case "along" if on is not None:
            return seated(work, Seat(on.id, value, y), scene)
        case "along":
            return work
        case "height":
            moved = edited(work, position_m=(x, value, z))
            return seated(moved, Seat(on.id, seat_of(work, on).along_m, value), scene) if on else moved
        case "tilt":
            by_deg = value - tilt_of(work, scene)
            turn = then(turned_by("z", by_deg), work.rotation) if on else then(work.rotation, turned_by("y", by_deg))
            return _kept(edited(work, rotation=turn), on, scene)
    factor = value / work.size_m[0 if measure == "wide" else 1]
    return _kept(edited(work, size_m=(work.size_m[0] * factor, work.size_m[1] * factor)), on, scene)


def _kept(work: Placement, wall: Wall | None, scene: Scene) -> Placement:
    """The work moved back within its wall, when it fits there at all."""
    if wall is None:
        return work
    half_m, rise_m = half_extents(work, wall)
    if 2 * half_m > length_of(wall) or 2 * rise_m > wall.height_m:
        raise OperationRefused("that is larger than the wall")
    return seated(work, seat_of(work, wall), scene)


def _common(values: Sequence[float]) -> float | None:
    return values[0] if all(abs(value - values[0]) < 5e-4 for value in values) else None
