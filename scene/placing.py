"""Verbs that move, turn, size and line up works; pinned works are left alone, lamps follow their works."""

from collections.abc import Collection
from typing import Literal

from scene.change import SceneChange
from scene.edits import OperationRefused, edited, movable, placed
from scene.records import Placement, Quaternion, Vector3, Wall
from scene.scene import Scene
from scene.turning import dot, plus, right_of, then, turned_by, up_of, upright
from scene.walls import facing

Edge = Literal["left", "right", "top", "bottom", "centre", "middle"]
"""`centre` lines up centres from left to right, `middle` from top to bottom (the centre line of a hanging)."""


def move(scene: Scene, ids: Collection[str], by_m: Vector3) -> SceneChange:
    """Move works by a vector in scene space."""
    works = movable(scene, ids)
    return placed(scene, [edited(work, position_m=plus(work.position_m, by_m)) for work in works])


def slide(scene: Scene, ids: Collection[str], right_m: float = 0.0, up_m: float = 0.0) -> SceneChange:
    """Move works in their own plane, as seen by whoever looks at them; negative is left or down."""

    def slid(work: Placement) -> Placement:
        sideways_m = plus(work.position_m, right_of(work.rotation), right_m)
        return edited(work, position_m=plus(sideways_m, up_of(work.rotation), up_m))

    return placed(scene, [slid(work) for work in movable(scene, ids)])


def raise_(scene: Scene, ids: Collection[str], by_m: float = 0.1) -> SceneChange:
    """Hang works higher."""
    return move(scene, ids, (0.0, by_m, 0.0))


def lower(scene: Scene, ids: Collection[str], by_m: float = 0.1) -> SceneChange:
    """Hang works lower."""
    return move(scene, ids, (0.0, -by_m, 0.0))


def place(
    scene: Scene,
    work_id: str,
    position_m: Vector3,
    rotation: Quaternion | None = None,
    wall_id: str | None = None,
    room_id: str | None = None,
) -> SceneChange:
    """Put one work at a place; its wall and room are judged from there unless they are given."""
    works = movable(scene, [work_id])
    anchors = {name: value for name, value in (("wall_id", wall_id), ("room_id", room_id)) if value is not None}
    turned = {"rotation": rotation} if rotation is not None else {}
    return placed(scene, [edited(work, position_m=position_m, **turned, **anchors) for work in works])


def scale(scene: Scene, ids: Collection[str], factor: float) -> SceneChange:
    """Make works larger or smaller about their centres."""
    if not factor > 0.0:
        raise OperationRefused(f"works can't be scaled by {factor:g}: the factor must be above zero")
    sized = [edited(w, size_m=(w.size_m[0] * factor, w.size_m[1] * factor)) for w in movable(scene, ids)]
    return placed(scene, sized)


def resize(scene: Scene, work_id: str, size_m: tuple[float, float]) -> SceneChange:
    """Give one work this width and height."""
    return placed(scene, [edited(work, size_m=size_m) for work in movable(scene, [work_id])])


def rotate(
    scene: Scene, ids: Collection[str], degrees: float, about: Literal["front", "up"] | None = None
) -> SceneChange:
    """Turn works counter-clockwise: hung ones about their front, free-standing ones about the vertical, unless told."""

    def turned(work: Placement) -> Placement:
        if (about or ("front" if work.wall_id else "up")) == "up":
            return edited(work, rotation=then(work.rotation, turned_by("y", degrees)))
        return edited(work, rotation=then(turned_by("z", degrees), work.rotation))

    return placed(scene, [turned(work) for work in movable(scene, ids)])


def straighten(scene: Scene, ids: Collection[str]) -> SceneChange:
    """Hang works level: flat to their wall, or upright where they stand free."""

    def level(work: Placement) -> Placement:
        wall = scene.get(work.wall_id or "")
        return edited(work, rotation=facing(wall) if isinstance(wall, Wall) else upright(work.rotation))

    return placed(scene, [level(work) for work in movable(scene, ids)])


def align(scene: Scene, ids: Collection[str], edge: Edge) -> SceneChange:
    """Line works up on an edge or middle of their common bounds; sideways each wall by itself."""
    works = movable(scene, ids)
    if edge in ("top", "bottom", "middle"):
        return placed(scene, _lined_up(works, edge, (0.0, 1.0, 0.0), 1))
    groups = _by_facing(works)
    return placed(scene, [w for group in groups for w in _lined_up(group, edge, right_of(group[0].rotation), 0)])


def space_evenly(scene: Scene, ids: Collection[str], gap_m: float | None = None) -> SceneChange:
    """Equal gaps from left to right, each wall by itself: `gap_m` from the leftmost on, or between the outer two."""
    return placed(scene, [work for group in _by_facing(movable(scene, ids)) for work in _spaced(group, gap_m)])


def swap(scene: Scene, one_id: str, other_id: str) -> SceneChange:
    """Let two works change places; each keeps its size. Nothing happens when one of them is pinned."""
    works = movable(scene, {one_id, other_id})
    if len(works) != 2:
        return SceneChange()
    one, other = works
    return placed(scene, [_in_place_of(one, other), _in_place_of(other, one)])


def _in_place_of(work: Placement, other: Placement) -> Placement:
    place = ("position_m", "rotation", "wall_id", "room_id", "order", "group")
    return edited(work, **{name: getattr(other, name) for name in place})


def _lined_up(works: list[Placement], edge: Edge, axis: Vector3, side: Literal[0, 1]) -> list[Placement]:
    """Works moved along an axis; `side` says which of their sizes lies along it."""
    if len(works) < 2:
        return []
    at_m = {work.id: dot(work.position_m, axis) for work in works}
    low_m = min(at_m[work.id] - work.size_m[side] / 2.0 for work in works)
    high_m = max(at_m[work.id] + work.size_m[side] / 2.0 for work in works)

    def goal_m(work: Placement) -> float:
        if edge in ("left", "bottom"):
            return low_m + work.size_m[side] / 2.0
        if edge in ("right", "top"):
            return high_m - work.size_m[side] / 2.0
        return (low_m + high_m) / 2.0

    return [edited(w, position_m=plus(w.position_m, axis, goal_m(w) - at_m[w.id])) for w in works]


def _spaced(works: list[Placement], gap_m: float | None) -> list[Placement]:
    if len(works) < 2:
        return []
    axis = right_of(works[0].rotation)
    row = sorted(works, key=lambda work: dot(work.position_m, axis))
    left_m = dot(row[0].position_m, axis) - row[0].size_m[0] / 2.0
    if gap_m is None:
        right_m = dot(row[-1].position_m, axis) + row[-1].size_m[0] / 2.0
        gap_m = (right_m - left_m - sum(work.size_m[0] for work in row)) / (len(row) - 1)
    spaced: list[Placement] = []
    for work in row:
        by_m = left_m + work.size_m[0] / 2.0 - dot(work.position_m, axis)
        spaced.append(edited(work, position_m=plus(work.position_m, axis, by_m)))
        left_m += work.size_m[0] + gap_m
    return spaced


def _by_facing(works: list[Placement]) -> list[list[Placement]]:
    """Works that share a wall, or face the same way when they stand free."""
    groups: dict[object, list[Placement]] = {}
    for work in works:
        right = right_of(work.rotation)
        key = work.wall_id or (round(right[0], 2), round(right[1], 2), round(right[2], 2))
        groups.setdefault(key, []).append(work)
    return list(groups.values())
