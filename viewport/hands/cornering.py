"""Works held together on both sides of a corner slide round it to the nearest place where none is in the way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scene.boards import wall_board
from scene.copies import hole_box
from scene.fit import Surroundings
from scene.free_places import usual_gap_m
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import length_of
from scene.snapping import Box
from viewport.hands.gestures import Preview
from viewport.hands.settling import MOST_GAP_M, MOST_SETTLED

FARTHEST_M = 6.0
"""Nothing slides farther: whoever holds the works would lose them."""
MOST_TRIED = 40
_CLEAR_M = 1e-4

Carried = Callable[[float], tuple[Placement, ...]]
"""The works so many metres farther along the walls, each round its corners."""


@dataclass(frozen=True)
class _Side:
    """One of the walls, and the works on it: those that are held and those that stay."""

    wall: Wall
    held: tuple[Box, ...]
    others: tuple[Box, ...]
    holes: tuple[Box, ...]

    @staticmethod
    def of(scene: Scene, wall: Wall, works: Sequence[Placement]) -> "_Side":
        board = wall_board(scene, wall, {work.id for work in works})
        held = tuple(board.box(work) for work in works if work.wall_id == wall.id)
        holes = tuple(hole_box(hole) for hole in scene.openings if hole.wall_id == wall.id)
        return _Side(wall, held, board.others, holes)

    def shifts_m(self, gap_m: float) -> Iterator[float]:
        """Ways along the wall after which one of the held works is clear of something, or of an end of the wall."""
        for box in self.held:
            yield box.half_width_m - box.across_m
            yield length_of(self.wall) - box.half_width_m - box.across_m
            for other, apart_m in (*((o, gap_m) for o in self.others), *((hole, 0.0) for hole in self.holes)):
                reach_m = box.half_width_m + other.half_width_m + apart_m + _CLEAR_M
                yield other.across_m - reach_m - box.across_m
                yield other.across_m + reach_m - box.across_m


def settled_round(preview: Preview, scene: Scene, around: Surroundings, carried: Carried) -> Preview:
    """The preview itself where nothing is in the way or all works hang on one wall, else with its works slid clear."""
    walls = [
        wall for name in {work.wall_id for work in preview.works} if isinstance(wall := scene.get(name or ""), Wall)
    ]
    if not preview.broken or len(walls) < 2 or len(preview.works) > MOST_SETTLED:
        return preview
    sides = [_Side.of(scene, wall, preview.works) for wall in walls]
    usual_m = min(MOST_GAP_M, *(usual_gap_m(wall_board(scene, side.wall).others) for side in sides))
    for gap_m in dict.fromkeys(max(gap_m, around.gap_m) for gap_m in (usual_m, usual_m / 2, 0.0)):
        found = {round(shift_m, 4) for side in sides for shift_m in side.shifts_m(gap_m)}
        for shift_m in sorted((m for m in found if abs(m) <= FARTHEST_M), key=abs)[:MOST_TRIED]:
            there = carried(shift_m)
            if not around.broken(there):
                return replace(preview, works=there, guides=(), broken=(), wished=preview.works, hit=preview.broken)
    return preview
