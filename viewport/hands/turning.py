"""Turning works about their own centres: hung ones in their wall's plane, free-standing ones about the vertical."""

import math
from dataclasses import dataclass

from scene.boards import Board, board_of
from scene.edits import edited
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import half_extents, length_of, seat_of, seated
from scene.snapping import snapped_angle
from scene.turning import dot, right_of, then, turned_by
from viewport.hands.gestures import Held, Pointer, Preview

DEGREES_A_PIXEL = 0.4


@dataclass
class Turn:
    """Turns works about their own centres: hung ones in their wall's plane, free-standing ones about the vertical."""

    held: Held
    start: Pointer
    name: str = "Turn"

    def __post_init__(self) -> None:
        self.works = self.held.works
        self._board = board_of(self.held.scene, self.held.lead, self.held.ids)
        self._begun = self._angle(self.start)

    def to(self, pointer: Pointer) -> Preview:
        """The works at the angle that the pointer wants."""
        now = self._angle(pointer)
        by_deg = now - self._begun if now is not None and self._begun is not None else 0.0
        base = tilt_of(self.held.lead, self._board) if self._board.wall_id else 0.0
        wanted = (base + by_deg + 180.0) % 360.0 - 180.0
        wanted = snapped_angle(wanted) if pointer.snapping else wanted
        works = tuple(turned_work(work, wanted - base, self.held.scene) for work in self.works)
        return Preview(works, self._board, (), f"{wanted:.1f}°", tuple(self.held.around.broken(works)))

    def _angle(self, pointer: Pointer) -> float | None:
        if not self._board.wall_id:
            return pointer.x_px * DEGREES_A_PIXEL
        at = pointer.sight.on_board(self._board, pointer.x_px, pointer.y_px)
        centre = self._board.place(self.held.lead.position_m)
        return None if at is None else math.degrees(math.atan2(at[1] - centre[1], at[0] - centre[0]))


def tilt_of(work: Placement, board: Board) -> float:
    """How far a work is turned in its board, counter-clockwise in degrees."""
    right = right_of(work.rotation)
    return math.degrees(math.atan2(dot(right, board.up), dot(right, board.right)))


def turned_work(work: Placement, degrees: float, scene: Scene) -> Placement:
    """A work turned counter-clockwise, kept within its wall."""
    wall = scene.get(work.wall_id or "")
    if not isinstance(wall, Wall):
        return edited(work, rotation=then(work.rotation, turned_by("y", degrees)))
    turned = edited(work, rotation=then(turned_by("z", degrees), work.rotation))
    half_m, rise_m = half_extents(turned, wall)
    fits = 2 * half_m <= length_of(wall) and 2 * rise_m <= wall.height_m
    return seated(turned, seat_of(work, wall), scene) if fits else turned
