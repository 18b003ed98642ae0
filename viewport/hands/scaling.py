"""Resizing works by a corner: all of one board grow together about the opposite corner, none is distorted."""

import math
from dataclasses import dataclass

from scene.boards import board_of, bounds
from scene.broken_rule import BrokenRule
from scene.edits import edited
from scene.records import Placement, Wall
from scene.snapping import Guide, snapped_scale
from scene.turning import plus
from viewport.hands.gestures import Held, Pointer, Preview, tolerance_m

SMALLEST_M, LARGEST_M = 0.05, 100.0
HALVINGS = 9


@dataclass
class Scale:
    """Drags a corner: all works of one board grow together about the opposite corner, none is distorted."""

    held: Held
    start: Pointer
    sign: tuple[int, int]
    name: str = "Resize"

    def __post_init__(self) -> None:
        self.works = self.held.works
        self._board = board_of(self.held.scene, self.held.lead, self.held.ids)
        self._box = bounds([self._board.box(work) for work in self.works])
        sx, sy = self.sign
        self._fixed = (
            self._box.across_m - sx * self._box.half_width_m,
            self._box.height_m - sy * self._box.half_height_m,
        )
        self._begun = self._reach(self.start)

    def to(self, pointer: Pointer) -> Preview:
        """The works at the size that the pointer wants."""
        reach_m = self._reach(pointer)
        factor = reach_m / self._begun if reach_m is not None and self._begun else 1.0
        factor = min(max(factor, self._least), self._most)
        guides: tuple[Guide, ...] = ()
        if pointer.snapping:
            near_m = tolerance_m(pointer, self.held.lead.position_m)
            found = snapped_scale(self._box, self.sign, factor, self._board.others, near_m)
            if found != factor and self._least <= found <= self._most:
                factor, guides = found, self._guides(found)
        works, broken = self._tried(factor)
        hit = broken
        if broken and pointer.snapping:
            factor = self._fitting(factor)
            works, broken = self._tried(factor)
            guides = ()
        words = f"{works[0].size_m[0]:.2f} × {works[0].size_m[1]:.2f} m" if len(works) == 1 else f"{factor:.0%}"
        return Preview(works, self._board, guides, words, broken, hit=() if broken else hit)

    def _tried(self, factor: float) -> tuple[tuple[Placement, ...], tuple[BrokenRule, ...]]:
        works = tuple(self._scaled(work, factor) for work in self.works)
        return works, tuple(self.held.around.broken(works))

    def _fitting(self, factor: float) -> float:
        """Where growing stops at what is in the way: the factor nearest to this one at which all fits."""
        fits, fails = 1.0, factor
        for _ in range(HALVINGS):
            middle = (fits + fails) / 2
            fits, fails = (fits, middle) if self._tried(middle)[1] else (middle, fails)
        return fits

    def _scaled(self, work: Placement, factor: float) -> Placement:
        across_m, height_m = self._board.place(work.position_m)
        by_m = ((factor - 1.0) * (across_m - self._fixed[0]), (factor - 1.0) * (height_m - self._fixed[1]))
        position_m = plus(plus(work.position_m, self._board.right, by_m[0]), self._board.up, by_m[1])
        return edited(work, position_m=position_m, size_m=(work.size_m[0] * factor, work.size_m[1] * factor))

    def _guides(self, factor: float) -> tuple[Guide, ...]:
        """The two edges that moved, where they stand in line with a neighbour's."""
        sx, sy = self.sign
        edge_m = self._fixed[0] + sx * 2 * self._box.half_width_m * factor
        level_m = self._fixed[1] + sy * 2 * self._box.half_height_m * factor
        lines = []
        for other in self._board.others:
            if min(abs(other.left_m - edge_m), abs(other.right_m - edge_m)) < 1e-3:
                ends = (self._fixed[1], level_m, other.bottom_m, other.top_m)
                lines.append(Guide("edge", (edge_m, min(ends)), (edge_m, max(ends))))
            if min(abs(other.bottom_m - level_m), abs(other.top_m - level_m)) < 1e-3:
                ends = (self._fixed[0], edge_m, other.left_m, other.right_m)
                lines.append(Guide("edge", (min(ends), level_m), (max(ends), level_m)))
        return tuple(lines)

    def _reach(self, pointer: Pointer) -> float | None:
        """How far the pointer is from the held corner, along the diagonal."""
        at = pointer.sight.on_board(self._board, pointer.x_px, pointer.y_px)
        if at is None:
            return None
        sx, sy = self.sign
        wide_m, high_m = 2 * self._box.half_width_m, 2 * self._box.half_height_m
        return (sx * (at[0] - self._fixed[0]) * wide_m + sy * (at[1] - self._fixed[1]) * high_m) / math.hypot(
            wide_m, high_m
        )

    @property
    def _least(self) -> float:
        return max(SMALLEST_M / min(work.size_m) for work in self.works)

    @property
    def _most(self) -> float:
        most = min(LARGEST_M / max(work.size_m) for work in self.works)
        wall = self.held.scene.get(self._board.wall_id)
        if isinstance(wall, Wall) and self._board.span_m is not None:
            sx, sy = self.sign
            room_m = self._board.span_m - self._fixed[0] if sx > 0 else self._fixed[0]
            rise_m = wall.height_m - self._fixed[1] if sy > 0 else self._fixed[1]
            most = min(most, room_m / (2 * self._box.half_width_m), rise_m / (2 * self._box.half_height_m))
        return max(most, self._least)
