"""The plane that a work is moved on, a wall or the plane of a free-standing card, and what else is on it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from scene.records import Placement, Vector3, Wall
from scene.scene import Scene
from scene.sliding import direction_of, front_of, half_extents, length_of, point_on, seat_of
from scene.snapping import Box
from scene.turning import dot, plus, right_of, turned, up_of

_ONE_PLANE_M = 0.15
_SAME_WAY = 0.99


@dataclass(frozen=True)
class Board:
    """A plane with its own right and up; across and height are metres from `origin_m` along them."""

    origin_m: Vector3
    right: Vector3
    up: Vector3
    front: Vector3
    wall_id: str = ""
    span_m: float | None = None
    """How long the wall is; None where nothing ends."""
    others: tuple[Box, ...] = field(default=())
    """What hangs there and does not move."""

    def point(self, across_m: float, height_m: float, off_m: float = 0.0) -> Vector3:
        """A place on the board in the scene."""
        point = plus(plus(self.origin_m, self.right, across_m), self.up, height_m)
        return plus(point, self.front, off_m)

    def place(self, point: Vector3) -> tuple[float, float]:
        """How far across and up a point of the scene is."""
        offset = plus(point, self.origin_m, -1.0)
        return dot(offset, self.right), dot(offset, self.up)

    def box(self, work: Placement) -> Box:
        """The outline of a work on the board, turned works with all their corners."""
        across_m, height_m = self.place(work.position_m)
        right, up = right_of(work.rotation), up_of(work.rotation)
        half_m, rise_m = work.size_m[0] / 2.0, work.size_m[1] / 2.0
        return Box(
            across_m,
            height_m,
            half_m * abs(dot(right, self.right)) + rise_m * abs(dot(up, self.right)),
            half_m * abs(dot(right, self.up)) + rise_m * abs(dot(up, self.up)),
        )


def board_of(scene: Scene, work: Placement, moving: Collection[str] = ()) -> Board:
    """The board that a work is on."""
    wall = scene.get(work.wall_id or "")
    if isinstance(wall, Wall) and length_of(wall) > 0.0:
        return wall_board(scene, wall, moving)
    front = turned((0.0, 0.0, 1.0), work.rotation)
    board = Board(work.position_m, right_of(work.rotation), up_of(work.rotation), front)
    return Board(board.origin_m, board.right, board.up, front, others=_beside(scene, board, {*moving, work.id}))


def wall_board(scene: Scene, wall: Wall, moving: Collection[str] = ()) -> Board:
    """A wall as a board; its height is counted from the floor."""
    hung = [work for work in scene.all(Placement) if work.wall_id == wall.id and work.id not in moving]
    boxes = []
    for work in hung:
        seat = seat_of(work, wall)
        boxes.append(Box(seat.along_m, seat.height_m, *half_extents(work, wall)))
    origin_m = point_on(wall, 0.0, 0.0, 0.0)
    up, length_m = (0.0, 1.0, 0.0), length_of(wall)
    return Board(origin_m, direction_of(wall), up, front_of(wall), wall.id, length_m, tuple(boxes))


def bounds(boxes: Collection[Box]) -> Box:
    """The outline around several."""
    left_m, right_m = min(box.left_m for box in boxes), max(box.right_m for box in boxes)
    low_m, high_m = min(box.bottom_m for box in boxes), max(box.top_m for box in boxes)
    return Box((left_m + right_m) / 2, (low_m + high_m) / 2, (right_m - left_m) / 2, (high_m - low_m) / 2)


def is_on(board: Board, work: Placement) -> bool:
    """Whether a work lies on a board: the same wall, or the same plane facing the same way."""
    if board.wall_id or work.wall_id:
        return board.wall_id == work.wall_id
    if dot(right_of(work.rotation), board.right) < _SAME_WAY or dot(up_of(work.rotation), board.up) < _SAME_WAY:
        return False
    return abs(dot(plus(work.position_m, board.origin_m, -1.0), board.front)) <= _ONE_PLANE_M


def _beside(scene: Scene, board: Board, moving: Collection[str]) -> tuple[Box, ...]:
    works = [work for work in scene.all(Placement) if work.wall_id is None and work.id not in moving]
    return tuple(board.box(work) for work in works if is_on(board, work))
