"""Works that a hand holds over others, or over a door, hang at the nearest free place of that wall instead."""

from collections.abc import Sequence
from dataclasses import replace

from scene.boards import Board, bounds, wall_board
from scene.copies import hole_box
from scene.fit import Surroundings
from scene.free_places import Space, Way, usual_gap_m
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, length_of, seated
from scene.snapping import Box, snapped
from viewport.hands.gestures import Axis, Preview

MOST_SETTLED = 24
MOST_GAP_M = 1.5
"""Works that hang farther apart than this are no row whose gap would have to be kept."""
_SAME_M = 0.002


def settled(preview: Preview, scene: Scene, around: Surroundings, axis: Axis = "both") -> Preview:
    """The preview itself where nothing is in the way, else with its works at the nearest free place, if there is one.

    They keep the gap that is usual on the wall, else half of it, else as much as their frames need.
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
    usual_m = min(usual_gap_m(wall_board(scene, wall).others), MOST_GAP_M)
    for gap_m in dict.fromkeys(max(gap_m, around.gap_m) for gap_m in (usual_m - _SAME_M, usual_m / 2, 0.0)):
        shift_m = space.shift_for(boxes, gap_m + 1e-4, way)
        if shift_m is None:
            continue
        found = snapped(_moved(bounds(boxes), shift_m), board.others, 2 * _SAME_M, board.span_m)
        fallen = (found.across_m - bounds(boxes).across_m, found.height_m - bounds(boxes).height_m)
        for by_m in (fallen, shift_m) if way == "both" else (shift_m,):
            there = _shifted(works, board, by_m, scene)
            if not around.broken(there):
                return _landed(preview, there)
    return preview


def _moved(box: Box, by_m: tuple[float, float]) -> Box:
    return box.at(box.across_m + by_m[0], box.height_m + by_m[1])


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
