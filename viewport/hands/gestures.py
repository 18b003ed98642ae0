"""Moving, sizing and turning works with the pointer: each step of a gesture is worked out anew from where it began."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from scene.boards import Board, board_of, bounds, is_on, wall_board
from scene.broken_rule import BrokenRule
from scene.edits import edited
from scene.fit import Surroundings
from scene.records import Placement, Vector3, Wall
from scene.scene import Scene
from scene.sliding import Seat, carried, half_extents, length_of, round_corners, seat_of, seated
from scene.snapping import Box, Guide, snapped, snapped_angle, snapped_scale
from scene.turning import dot, plus, right_of, then, turned_by
from viewport.hands.sight import Sight, seat_under
from viewport.surfaces import Surface

SNAP_PX = 9.0
MOST_SNAP_M = 0.25
SMALLEST_M, LARGEST_M = 0.05, 100.0
DEGREES_A_PIXEL = 0.4
Axis = Literal["both", "along", "up", "depth"]


@dataclass(frozen=True)
class Pointer:
    """Where the pointer is, from where it is seen, and whether things snap."""

    x_px: float
    y_px: float
    sight: Sight
    snapping: bool = True


@dataclass(frozen=True)
class Preview:
    """How the works would be if the gesture ended now."""

    works: tuple[Placement, ...]
    board: Board
    guides: tuple[Guide, ...] = ()
    words: str = ""
    """A measure to read beside the pointer."""
    broken: tuple[BrokenRule, ...] = ()


class Gesture(Protocol):
    """One drag, from press to release."""

    name: str
    """What its step is called, before the works are named."""
    works: tuple[Placement, ...]
    """The works as they were."""

    def to(self, pointer: Pointer) -> Preview:
        """The works as the pointer wants them now."""
        ...


@dataclass(frozen=True)
class Held:
    """What a gesture takes hold of: works of a scene, the one under the pointer, and all that stays."""

    scene: Scene
    works: tuple[Placement, ...]
    lead: Placement
    surfaces: Sequence[Surface]
    around: Surroundings

    @staticmethod
    def of(scene: Scene, works: Sequence[Placement], lead: Placement, surfaces: Sequence[Surface]) -> "Held":
        """Take hold of works."""
        return Held(scene, tuple(works), lead, surfaces, Surroundings.of(scene, {work.id for work in works}))

    @property
    def ids(self) -> frozenset[str]:
        """The works that move."""
        return frozenset(work.id for work in self.works)


def tolerance_m(pointer: Pointer, point: Vector3) -> float:
    """How near a place must be to snap, so that it feels the same near and far."""
    return min(SNAP_PX * pointer.sight.metres_a_pixel(point), MOST_SNAP_M) if pointer.snapping else 0.0


@dataclass
class Move:
    """Drags works over their wall, round corners and onto other walls; free-standing ones in their own plane."""

    held: Held
    start: Pointer
    axis: Axis = "both"
    name: str = "Move"
    _boards: dict[str, Board] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.works = self.held.works
        self._board = board_of(self.held.scene, self.held.lead, self.held.ids)
        self._last_wall = self._board.wall_id
        grabbed = self.start.sight.on_board(self._board, self.start.x_px, self.start.y_px)
        across_m, height_m = self._board.place(self.held.lead.position_m)
        self._grip_m = (across_m - grabbed[0], height_m - grabbed[1]) if grabbed else (0.0, 0.0)

    def to(self, pointer: Pointer) -> Preview:
        """Where the pointer carries the works."""
        if self.axis == "depth":
            return self._in_depth(pointer)
        return self._on_walls(pointer) if self._board.wall_id else self._in_plane(pointer)

    def _on_walls(self, pointer: Pointer) -> Preview:
        held, lead = self.held, self.held.lead
        home = seat_of(lead, _wall(held.scene, lead.wall_id or ""))
        under = seat_under(held.surfaces, pointer.sight, pointer.x_px, pointer.y_px, self._last_wall)
        goal = home
        if under is not None and isinstance(held.scene.get(under.wall_id), Wall):
            goal = Seat(under.wall_id, under.along_m + self._grip_m[0], under.height_m + self._grip_m[1])
        if self.axis == "along":
            goal = Seat(goal.wall_id, goal.along_m, home.height_m)
        elif self.axis == "up":
            goal = Seat(home.wall_id, home.along_m, goal.height_m)
        goal = round_corners(held.scene, goal)
        self._last_wall = goal.wall_id
        board = self._board_on(goal.wall_id)
        guides: tuple[Guide, ...] = ()
        landed = board.box(seated(lead, goal, held.scene))
        if pointer.snapping:
            goal, guides = self._snapped(goal, landed, board, tolerance_m(pointer, lead.position_m))
        works = self._carried(goal)
        box = board.box(next(work for work in works if work.id == lead.id))
        words = f"{box.across_m:.2f} m along   {box.height_m:.2f} m high"
        return Preview(works, board, guides, words, tuple(held.around.broken(works)))

    def _snapped(self, goal: Seat, landed: Box, board: Board, reach_m: float) -> tuple[Seat, tuple[Guide, ...]]:
        """The goal in its place; only what the axis lets move may snap."""
        found = snapped(landed, board.others, reach_m, board.span_m)
        across_m = landed.across_m if self.axis == "up" else found.across_m
        height_m = landed.height_m if self.axis == "along" else found.height_m
        level = {"along": False, "up": True}
        guides = [g for g in found.guides if self.axis == "both" or _is_level(g) == level[self.axis]]
        return Seat(goal.wall_id, across_m, height_m), tuple(guides)

    def _carried(self, goal: Seat) -> tuple[Placement, ...]:
        scene, lead = self.held.scene, self.held.lead
        hung = [work for work in self.works if isinstance(scene.get(work.wall_id or ""), Wall)]
        moved = {work.id: work for work in carried(scene, hung, lead.id, goal)}
        by_m = plus(moved[lead.id].position_m, lead.position_m, -1.0)
        if goal.wall_id != lead.wall_id:
            by_m = (0.0, 0.0, 0.0)
        return tuple(moved.get(work.id) or _shifted(work, by_m) for work in self.works)

    def _in_plane(self, pointer: Pointer) -> Preview:
        held, board = self.held, self._board
        box = board.box(held.lead)
        at = pointer.sight.on_board(board, pointer.x_px, pointer.y_px)
        across_m, height_m = (at[0] + self._grip_m[0], at[1] + self._grip_m[1]) if at else (box.across_m, box.height_m)
        across_m = box.across_m if self.axis == "up" else across_m
        height_m = box.height_m if self.axis == "along" else height_m
        guides: tuple[Guide, ...] = ()
        if pointer.snapping:
            found = snapped(box.at(across_m, height_m), board.others, tolerance_m(pointer, held.lead.position_m))
            across_m = box.across_m if self.axis == "up" else found.across_m
            height_m = box.height_m if self.axis == "along" else found.height_m
            guides = found.guides if self.axis == "both" else ()
        by_m = plus(plus((0.0, 0.0, 0.0), board.right, across_m), board.up, height_m)
        return self._shifted_all(by_m, (across_m, height_m), guides)

    def _in_depth(self, pointer: Pointer) -> Preview:
        lead, front = self.held.lead, self._board.front
        begun = self.start.sight.along_line(lead.position_m, front, self.start.x_px, self.start.y_px)
        now = pointer.sight.along_line(lead.position_m, front, pointer.x_px, pointer.y_px)
        far_m = now - begun if now is not None and begun is not None else 0.0
        far_m = round(far_m, 1) if pointer.snapping else far_m
        preview = self._shifted_all(plus((0.0, 0.0, 0.0), front, far_m), (0.0, 0.0), ())
        return Preview(preview.works, preview.board, (), f"{far_m:+.2f} m", preview.broken)

    def _shifted_all(self, by_m: Vector3, way_m: tuple[float, float], guides: tuple[Guide, ...]) -> Preview:
        lowest_m = min((work.position_m[1] - work.size_m[1] / 2 for work in self.works), default=0.0)
        if by_m[1] < 0.0:
            by_m = (by_m[0], max(by_m[1], min(-lowest_m, 0.0)), by_m[2])
        works = tuple(self._moved_free(work, by_m, way_m) for work in self.works)
        words = f"{way_m[0]:+.2f} m across   {way_m[1]:+.2f} m up"
        return Preview(works, self._board, guides, words, tuple(self.held.around.broken(works)))

    def _moved_free(self, work: Placement, by_m: Vector3, way_m: tuple[float, float]) -> Placement:
        wall = self.held.scene.get(work.wall_id or "")
        if not isinstance(wall, Wall):
            return _shifted(work, by_m)
        seat = seat_of(work, wall)
        return seated(work, Seat(wall.id, seat.along_m + way_m[0], seat.height_m + way_m[1]), self.held.scene)

    def _board_on(self, wall_id: str) -> Board:
        if wall_id not in self._boards:
            self._boards[wall_id] = wall_board(self.held.scene, _wall(self.held.scene, wall_id), self.held.ids)
        return self._boards[wall_id]


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
        works = tuple(self._scaled(work, factor) for work in self.works)
        words = f"{works[0].size_m[0]:.2f} × {works[0].size_m[1]:.2f} m" if len(works) == 1 else f"{factor:.0%}"
        return Preview(works, self._board, guides, words, tuple(self.held.around.broken(works)))

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


def _shifted(work: Placement, by_m: Vector3) -> Placement:
    return edited(work, position_m=plus(work.position_m, by_m))


def _wall(scene: Scene, wall_id: str) -> Wall:
    wall = scene.get(wall_id)
    assert isinstance(wall, Wall)
    return wall


def _is_level(guide: Guide) -> bool:
    return guide.start_m[1] == guide.end_m[1] and guide.kind != "gap"


def one_board(scene: Scene, works: Sequence[Placement]) -> Board | None:
    """The board that all of these works are on, or None when there are several."""
    if not works:
        return None
    board = board_of(scene, works[0])
    return board if all(is_on(board, work) for work in works) else None
