"""Copies of works that hang clear of everything: beside the original, or at the nearest free place of its wall."""

from collections.abc import Collection

from scene.boards import wall_board
from scene.change import SceneChange
from scene.edits import OperationRefused, placed
from scene.fit import Surroundings
from scene.hanging import duplicate
from scene.naming import title_of
from scene.records import Opening, Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, seat_of, seated
from scene.snapping import Box, free_place

GAP_M = 0.2


def hung_copies(scene: Scene, ids: Collection[str]) -> SceneChange:
    """Copies with their lamps; hung ones go where their wall is free. Raises OperationRefused where it is not."""
    change = duplicate(scene, ids)
    after = change.apply_to(scene)
    copies = sorted((w for w in change.added.values() if isinstance(w, Placement)), key=lambda work: work.order)
    originals = [work for work in scene.placements if work.id in ids]
    waiting = {copy.id for copy in copies}
    for copy, original in zip(copies, sorted(originals, key=lambda work: (work.order, work.id)), strict=True):
        waiting.discard(copy.id)
        wall = scene.get(original.wall_id or "")
        if isinstance(wall, Wall):
            moved = _hung(after, copy, original, wall, waiting)
            later = placed(after, [moved])
            change, after = change.then(later), later.apply_to(after)
    return change


def hole_box(opening: Opening) -> Box:
    """An opening as an outline on its wall."""
    half_m, rise_m = opening.width_m / 2, opening.height_m / 2
    return Box(opening.offset_m + half_m, opening.sill_m + rise_m, half_m, rise_m)


def _hung(scene: Scene, copy: Placement, original: Placement, wall: Wall, waiting: Collection[str]) -> Placement:
    """The copy at the free place nearest to the original's right; copies that still wait are not in the way."""
    board = wall_board(scene, wall, {copy.id, *waiting})
    box = board.box(original)
    wanted = box.at(box.across_m + 2 * box.half_width_m + GAP_M, box.height_m)
    holes = [hole_box(hole) for hole in scene.openings if hole.wall_id == wall.id]
    at_m = free_place(wanted, board.others, holes, board.span_m or 0.0, GAP_M)
    if at_m is None:
        raise OperationRefused(f"there is no room for a copy of {title_of(original)} on {title_of(wall)}")
    there = original.but(id=copy.id, pinned=False, order=copy.order, provenance=copy.provenance)
    return seated(there, Seat(wall.id, at_m, seat_of(original, wall).height_m), scene)


def refuse_misfits(scene: Scene, change: SceneChange) -> None:
    """Raise OperationRefused with the first rule that moved works would newly break."""
    works = [after for _, after in change.updated.values() if isinstance(after, Placement)]
    broken = Surroundings.of(scene, {work.id for work in works}).broken(works)
    if broken:
        raise OperationRefused(broken[0].words)
