"""Works that a hand holds over others, or over a door, hang at the nearest free place of that wall instead."""

from collections.abc import Sequence
from dataclasses import replace

from scene.boards import Board, bounds
from scene.copies import hole_box
from scene.fit import Surroundings
from scene.free_places import Space, Way, usual_gap_m
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, length_of, seated
from scene.snapping import snapped
from viewport.hands.gestures import Axis, Preview

MOST_SETTLED = 24
_SAME_M = 0.002


def settled(preview: Preview, scene: Scene, around: Surroundings, axis: Axis = "both") -> Preview:
    """The preview itself where nothing is in the way, else with its works at the nearest free place, if there is one.

    They keep the gap that is usual on the wall, else as much as their frames need.
    """
    wall = scene.get(preview.board.wall_id)
    alone = {work.wall_id for work in preview.works} == {preview.board.wall_id}
    if not preview.broken or not isinstance(wall, Wall) or not alone or len(preview.works) > MOST_SETTLED:
        return preview
    board, works = preview.board, preview.works
    boxes = [board.box(work) for work in works]
    holes = tuple(hole_box(hole) for hole in scene.openings if hole.wall_id == wall.id)
    space = Space(length_of(wall), wall.height_m, board.others, holes)
    way: Way = "along" if axis == "along" else "up" if axis == "up" else "both"
    for gap_m in dict.fromkeys((max(usual_gap_m(board.others), around.gap_m), around.gap_m)):
        shift_m = space.shift_for(boxes, gap_m + 1e-4, way)
        there = _shifted(works, board, shift_m, scene) if shift_m is not None else ()
        if there and not around.broken(there):
            return _landed(preview, there)
    return preview


def _shifted(
    works: Sequence[Placement], board: Board, by_m: tuple[float, float], scene: Scene
) -> tuple[Placement, ...]:
    moved = []
    for work in works:
        across_m, height_m = board.place(work.position_m)
        moved.append(seated(work, Seat(board.wall_id, across_m + by_m[0], height_m + by_m[1]), scene))
    return tuple(moved)


def _landed(preview: Preview, there: tuple[Placement, ...]) -> Preview:
    """Where the works hang instead, with the lines and gaps that they fall into there."""
    board = preview.board
    guides = snapped(bounds([board.box(work) for work in there]), board.others, _SAME_M, board.span_m).guides
    return replace(preview, works=there, guides=guides, broken=(), wished=preview.works, hit=preview.broken)
