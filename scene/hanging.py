"""Verbs that bring works into a scene and take records out of it, with their lamps and all that leans on them."""

from collections.abc import Collection

from scene.anchoring import anchored
from scene.change import SceneChange
from scene.edits import OperationRefused, change_of, edited, fresh_id, movable, placed
from scene.naming import references
from scene.records import IDENTITY, AnyRecord, Light, Placement, Provenance, Quaternion, Vector3
from scene.scene import Scene
from scene.turning import plus, right_of

_COPY_GAP_M = 0.2


def remove(scene: Scene, ids: Collection[str]) -> SceneChange:
    """Take records away with all that leans on them; pinned works stay, and let go of a wall that goes."""
    leaning: dict[str, list[AnyRecord]] = {}
    for record in scene:
        for needed in references(record):
            leaning.setdefault(needed, []).append(record)
    going: dict[str, AnyRecord] = {}
    staying: dict[str, Placement] = {}
    waiting = [scene.records[record_id] for record_id in ids if record_id in scene]
    while waiting:
        record = waiting.pop()
        if isinstance(record, Placement) and record.pinned:
            staying[record.id] = record
        elif record.id not in going:
            going[record.id] = record
            waiting += leaning.get(record.id, ())
    let_go = change_of(scene, [_without_anchors(work, going) for work in staying.values()])
    return SceneChange(updated=let_go.updated, removed=going)


def duplicate(scene: Scene, ids: Collection[str], by_m: Vector3 | None = None) -> SceneChange:
    """Copies of works with their lamps, moved by `by_m` or set beside them on the right; pinned ones are copied too."""
    works = [record for record_id in ids if isinstance(record := scene.get(record_id), Placement)]
    made: dict[str, AnyRecord] = {}
    offsets_m: dict[str, tuple[str, Vector3]] = {}
    for order, work in enumerate(sorted(works, key=lambda work: (work.order, work.id)), start=next_order(scene)):
        offset_m = by_m or plus((0.0, 0.0, 0.0), right_of(work.rotation), work.size_m[0] + _COPY_GAP_M)
        copy_id = fresh_id(scene, f"{work.id}-copy", made)
        offsets_m[work.id] = (copy_id, offset_m)
        copy = edited(work, id=copy_id, position_m=plus(work.position_m, offset_m), pinned=False, order=order)
        made[copy_id] = anchored(edited(copy, provenance=Provenance()), scene)
    for lamp in scene.lights:
        if lamp.for_id in offsets_m:
            copied = _copied_lamp(scene, lamp, *offsets_m[lamp.for_id], made)
            made[copied.id] = copied
    return SceneChange(added=made)


def hang(
    scene: Scene,
    asset_id: str,
    position_m: Vector3,
    size_m: tuple[float, float],
    *,
    title: str = "",
    rotation: Quaternion = IDENTITY,
    wall_id: str | None = None,
    room_id: str | None = None,
    provenance: Provenance | None = None,
) -> SceneChange:
    """Hang one asset as a new work, last in the hanging order."""
    new = Placement(
        id=fresh_id(scene, f"work-{asset_id[:16]}"),
        asset_id=asset_id,
        title=title[:400],
        position_m=(0.0, 0.0, 0.0),
        size_m=(1.0, 1.0),
        order=next_order(scene),
        provenance=provenance or Provenance(),
    )
    work = edited(new, position_m=position_m, size_m=size_m, rotation=rotation, wall_id=wall_id, room_id=room_id)
    return SceneChange(added={work.id: work})


def exchange(
    scene: Scene,
    work_id: str,
    asset_id: str,
    title: str = "",
    aspect: float | None = None,
    provenance: Provenance | None = None,
) -> SceneChange:
    """Show another asset in a work's place; `aspect` (width / height) fits its area to the new picture."""
    works = movable(scene, [work_id])
    if aspect is not None and not aspect > 0.0:
        raise OperationRefused(f"a picture can't have the aspect {aspect:g}")

    def exchanged(work: Placement) -> Placement:
        width_m, height_m = work.size_m
        if aspect is not None:
            area_m2 = width_m * height_m
            width_m, height_m = (area_m2 * aspect) ** 0.5, (area_m2 / aspect) ** 0.5
        return edited(work, asset_id=asset_id, title=title[:400], size_m=(width_m, height_m), provenance=Provenance())

    return placed(scene, [exchanged(work) for work in works])


def next_order(scene: Scene) -> int:
    """The place after the last work in the hanging order."""
    return max((work.order for work in scene.all(Placement)), default=-1) + 1


def _without_anchors(work: Placement, going: Collection[str]) -> Placement:
    return work.but(
        wall_id=None if work.wall_id in going else work.wall_id,
        room_id=None if work.room_id in going else work.room_id,
    )


def _copied_lamp(scene: Scene, lamp: Light, copy_id: str, offset_m: Vector3, made: Collection[str]) -> Light:
    lamp_id = fresh_id(scene, f"{lamp.id}-copy", made)
    position_m, target_m = plus(lamp.position_m, offset_m), plus(lamp.target_m, offset_m)
    return edited(lamp, id=lamp_id, for_id=copy_id, position_m=position_m, target_m=target_m)
