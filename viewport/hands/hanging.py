"""Hanging assets that come from the library: how large, where on the wall, and what the new works are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scene.boards import Board, bounds, wall_board
from scene.change import SceneChange
from scene.copies import hole_box
from scene.edits import edited, fresh_id
from scene.fit import Surroundings
from scene.free_places import USUAL_GAP_M as GAP_M
from scene.free_places import usual_gap_m
from scene.hanging import next_order
from scene.records import Placement, Wall
from scene.scene import Scene
from scene.sliding import Seat, length_of, loop_of, seated
from scene.snapping import Guide, centre_line, free_place, snapped
from scene.turning import plus
from viewport.hands.gestures import Pointer, Preview, tolerance_m
from viewport.hands.settling import settled
from viewport.hands.sight import seat_under
from viewport.rooms.empty import furnished
from viewport.surfaces import Surface

COMMON_AREA_M2 = 1.1
"""What a work covers where nothing hangs yet to take the scale from."""
CENTRE_LINE_M = 1.5
HIGHEST_SHARE = 0.8
AHEAD_M = 3.0


@dataclass(frozen=True)
class Hangable:
    """An asset that can be hung: what it is called, its width over its height, and how it hung where it comes from."""

    asset_id: str
    title: str = ""
    aspect: float = 1.0
    width_m: float | None = None
    """How wide it hung; without it a work takes the common scale of those around it."""
    pinned: bool = False


class Hanging:
    """One drag of assets over the picture; the scene stays as it is until they are dropped."""

    def __init__(
        self, scene: Scene, assets: Sequence[Hangable], surfaces: Sequence[Surface], gap_m: float = 0.0
    ) -> None:
        self.committed = scene
        self.scene = furnished(scene)
        self._surfaces = surfaces
        self._around = Surroundings.of(self.scene, (), gap_m)
        self._assets = tuple(assets)
        self._boards: dict[str, Board] = {}
        self._bare = _bare_works(self.scene, assets)
        self._sized_before = frozenset(
            work.id for work, asset in zip(self._bare, assets, strict=True) if asset.width_m is not None
        )

    @property
    def name(self) -> str:
        """What its step is called."""
        if len(self._assets) == 1:
            return f"Hang “{self._assets[0].title or self._assets[0].asset_id[:12]}”"
        return f"Hang {len(self._assets)} works"

    def to(self, pointer: Pointer) -> Preview | None:
        """The works under the pointer, as they would hang; None where they cannot."""
        seat = seat_under(self._surfaces, pointer.sight, pointer.x_px, pointer.y_px)
        if seat is not None and isinstance(self.scene.get(seat.wall_id), Wall):
            return self.at(seat, pointer)
        return None if self.scene.walls else self._standing(pointer)

    def at(self, seat: Seat, pointer: Pointer | None = None) -> Preview:
        """The works side by side around a place on a wall; with a pointer they snap."""
        wall = self.scene.get(seat.wall_id)
        assert isinstance(wall, Wall)
        board = self._boards.setdefault(wall.id, wall_board(self.scene, wall))
        sized = [self._at_scale(work, wall) for work in self._bare]
        row = _in_a_row(sized, seat, self.scene)
        guides: tuple[Guide, ...] = ()
        if pointer is not None and pointer.snapping:
            box = bounds([board.box(work) for work in row])
            found = snapped(box, board.others, tolerance_m(pointer, row[0].position_m), board.span_m)
            guides = found.guides
            moved = Seat(wall.id, seat.along_m + found.across_m - box.across_m,
                         seat.height_m + found.height_m - box.height_m)  # fmt: skip
            row = _in_a_row(sized, moved, self.scene)
        words = f"{row[0].size_m[0]:.2f} × {row[0].size_m[1]:.2f} m"
        preview = Preview(tuple(row), board, guides, words, tuple(self._around.broken(row)))
        return settled(preview, self.scene, self._around) if pointer is not None and pointer.snapping else preview

    def free_seat(self, near: Seat) -> Seat | None:
        """The place nearest to a seat, on its wall or the next ones, where the works hang clear of all else."""
        wall = self.scene.get(near.wall_id)
        if not isinstance(wall, Wall):
            return None
        walls = loop_of(self.scene, wall).walls
        first = next(n for n, other in enumerate(walls) if other.id == wall.id)
        for other in (*walls[first:], *walls[:first]):
            seat = self._free_on(other, near if other.id == wall.id else None)
            if seat is not None:
                return seat
        return None

    def change(self, preview: Preview) -> SceneChange:
        """The change that hangs the works; an empty scene gets the room that it was shown with."""
        return SceneChange.between(self.committed, Scene.of([*self.scene, *preview.works]))

    def _at_scale(self, work: Placement, wall: Wall | None) -> Placement:
        """As large as it hung before, else at the common scale; no higher than its wall can bear."""
        if work.id not in self._sized_before:
            return _sized(work, math.sqrt(common_area_m2(self.scene, wall)), wall)
        return _sized(work, 1.0, wall)

    def _free_on(self, wall: Wall, near: Seat | None) -> Seat | None:
        board = self._boards.setdefault(wall.id, wall_board(self.scene, wall))
        height_m = centre_line(board.others) or min(CENTRE_LINE_M, wall.height_m / 2)
        middle_m = (board.span_m or 0.0) / 2
        row = self.at(Seat(wall.id, near.along_m if near else middle_m, height_m)).works
        box = bounds([board.box(work) for work in row])
        holes = [hole_box(hole) for hole in self.scene.openings if hole.wall_id == wall.id]
        at_m = free_place(box, board.others, holes, board.span_m or 0.0, usual_gap_m(board.others, GAP_M))
        return None if at_m is None else Seat(wall.id, at_m, height_m)

    def _standing(self, pointer: Pointer) -> Preview:
        """In the open, works stand upright before the eye and face it."""
        ray = pointer.sight.ray(pointer.x_px, pointer.y_px)
        eye = pointer.sight.pose.position
        yaw_rad = math.atan2(-float(ray[0]), -float(ray[2]))
        rotation = (0.0, math.sin(yaw_rad / 2), 0.0, math.cos(yaw_rad / 2))
        x, y, z = (float(part) for part in eye + ray * AHEAD_M)
        works, left_m = [], 0.0
        for bare in self._bare:
            work = self._at_scale(bare, None)
            by_m = plus((x, max(y, work.size_m[1] / 2), z), (math.cos(yaw_rad), 0.0, -math.sin(yaw_rad)), left_m)
            works.append(edited(work, position_m=by_m, rotation=rotation))
            left_m += work.size_m[0] + GAP_M
        board = Board((x, y, z), (math.cos(yaw_rad), 0.0, -math.sin(yaw_rad)), (0.0, 1.0, 0.0),
                      (math.sin(yaw_rad), 0.0, math.cos(yaw_rad)))  # fmt: skip
        words = f"{works[0].size_m[0]:.2f} × {works[0].size_m[1]:.2f} m"
        return Preview(tuple(works), board, (), words, tuple(self._around.broken(works)))


def common_area_m2(scene: Scene, wall: Wall | None) -> float:
    """The area that works of a wall usually have, else that of all works, else a default."""
    works = scene.all(Placement)
    here = [work for work in works if wall is not None and work.wall_id == wall.id] or works
    return median(work.size_m[0] * work.size_m[1] for work in here) if here else COMMON_AREA_M2


def _bare_works(scene: Scene, assets: Sequence[Hangable]) -> tuple[Placement, ...]:
    works: dict[str, Placement] = {}
    for order, asset in enumerate(assets, next_order(scene)):
        work_id = fresh_id(scene, f"work-{asset.asset_id[:16]}", works)
        aspect = min(max(asset.aspect, 0.02), 50.0)
        area = 1.0 if asset.width_m is None else asset.width_m**2 / aspect
        works[work_id] = Placement(
            id=work_id,
            asset_id=asset.asset_id,
            title=asset.title[:400],
            position_m=(0.0, 0.0, 0.0),
            size_m=(math.sqrt(area * aspect), math.sqrt(area / aspect)),
            order=order,
            pinned=asset.pinned,
        )
    return tuple(works.values())


def _sized(work: Placement, factor: float, wall: Wall | None) -> Placement:
    """The work larger or smaller by a factor, no higher than its wall can bear."""
    if wall is not None:
        factor = min(factor, wall.height_m * HIGHEST_SHARE / work.size_m[1])
    return edited(work, size_m=(round(work.size_m[0] * factor, 4), round(work.size_m[1] * factor, 4)))


def _in_a_row(works: Sequence[Placement], seat: Seat, scene: Scene) -> list[Placement]:
    """Works from left to right on one wall, the row centred on a seat."""
    gap_m = GAP_M
    width_m = sum(work.size_m[0] for work in works) + gap_m * (len(works) - 1)
    wall = scene.get(seat.wall_id)
    assert isinstance(wall, Wall)
    span_m = length_of(wall)
    left_m = min(max(seat.along_m - width_m / 2, 0.0), max(span_m - width_m, 0.0))
    row = []
    for work in works:
        at_m = left_m + work.size_m[0] / 2
        row.append(seated(work, Seat(wall.id, at_m, seat.height_m), scene))
        left_m += work.size_m[0] + gap_m
    return row
