"""The handles around what is selected: where they are on the picture, and which one the pointer is on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scene.boards import Board, board_of, bounds, is_on
from scene.records import Placement, Vector3
from scene.scene import Scene
from scene.snapping import Box
from viewport.hands.marks import Knob, Line, Mark, Pixel
from viewport.hands.sight import Sight
from viewport.surfaces import Surface

REACH_PX = 9.0
OUT_PX = 26.0
ROUND_M = 0.06
"""Handles sit on the outline of what is selected, outside of frames."""
LEAST_PX, NARROW_PX = 36.0, 14.0
"""What is smaller on the picture, or seen from so far aside, has no handles: they would lie upon each other."""
MOST_FRAMED = 60
GripKind = Literal["scale", "turn", "along", "up", "depth"]


@dataclass(frozen=True)
class Grip:
    """One handle: what it does, where it is, and the corner it belongs to."""

    kind: GripKind
    at: Pixel
    sign: tuple[int, int] = (0, 0)
    angle_deg: float = 0.0


@dataclass(frozen=True)
class Gizmo:
    """The frame of the selection with its handles, in pixels."""

    frame: tuple[Pixel, ...]
    grips: tuple[Grip, ...] = ()
    stem: tuple[Pixel, ...] = ()
    several: bool = False
    """One work has its outline already; several get a frame around them all."""

    def grip_at(self, x_px: float, y_px: float) -> Grip | None:
        """The handle under the pointer."""
        near = [(math.hypot(g.at[0] - x_px, g.at[1] - y_px), n) for n, g in enumerate(self.grips)]
        distance, number = min(near, default=(math.inf, 0))
        return self.grips[number] if distance <= REACH_PX else None

    def marks(self, hot: Grip | None = None) -> tuple[Mark, ...]:
        """What to draw; the handle under the pointer is hot."""
        shapes: dict[GripKind, Literal["square", "disc", "arrow"]] = {"scale": "square", "turn": "disc"}
        knobs = tuple(
            Knob(g.at, shapes.get(g.kind, "arrow"), "hot" if hot and (g.kind, g.sign) == (hot.kind, hot.sign)
                 else "handle", g.angle_deg)
            for g in self.grips
        )  # fmt: skip
        stem = (Line(self.stem, "frame"),) if self.stem else ()
        frame = (Line(self.frame, "frame", closed=True),) if self.several else ()
        return (*frame, *stem, *knobs)


def gizmo_of(scene: Scene, works: Sequence[Placement], sight: Sight, surfaces: Sequence[Surface]) -> Gizmo | None:
    """Handles around works of one board that can be seen; None where there is nothing to grip."""
    board = one_board(scene, works) if len(works) <= MOST_FRAMED else None
    if board is None:
        return None
    box = bounds([board.box(work) for work in works])
    box = Box(box.across_m, box.height_m, box.half_width_m + ROUND_M, box.half_height_m + ROUND_M)
    off_m = _off(board, works[0])
    corners = [
        board.point(box.across_m + sx * box.half_width_m, box.height_m + sy * box.half_height_m, off_m)
        for sx, sy in _CORNERS
    ]
    centre = board.point(box.across_m, box.height_m, off_m)
    pixels = [sight.pixel(corner) for corner in corners]
    seen = sight.sees(surfaces, np.array([centre]) + 0.03 * np.array(board.front))[0]
    faces = float((sight.pose.position - np.array(centre)) @ np.array(board.front)) > 0 or not board.wall_id
    if not seen or not faces or any(pixel is None for pixel in pixels):
        return None
    frame = tuple(pixel for pixel in pixels if pixel is not None)
    long_px = max(_apart(frame[0], frame[1]), _apart(frame[1], frame[2]))
    if long_px < LEAST_PX or _area(frame) / long_px < NARROW_PX:
        return Gizmo(frame)
    return Gizmo(frame, *_grips(frame, board, centre, sight), several=len(works) > 1)


def _area(frame: Sequence[Pixel]) -> float:
    """Of a shape on the picture, in square pixels."""
    ahead = (*frame[1:], frame[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(frame, ahead, strict=True))) / 2


_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def _grips(
    frame: Sequence[Pixel], board: Board, centre: Vector3, sight: Sight
) -> tuple[tuple[Grip, ...], tuple[Pixel, ...]]:
    low_left, low_right, high_right, high_left = frame
    middle = _mean(*frame)
    corners = [Grip("scale", at, sign) for at, sign in zip(frame, _CORNERS, strict=True)]
    top, top_out = _outward(_mean(high_left, high_right), middle)
    _, right_out = _outward(_mean(low_right, high_right), middle)
    _, low_out = _outward(_mean(low_left, low_right), middle)
    _, left_out = _outward(_mean(low_left, high_left), middle)
    along = _angle(_mean(low_left, high_left), _mean(low_right, high_right))
    grips = [*corners, Grip("turn", top_out), Grip("along", right_out, angle_deg=along)]
    grips.append(Grip("up", left_out, angle_deg=_angle(_mean(low_left, low_right), top)))
    if not board.wall_id:
        ahead = sight.pixel(tuple(c + 0.5 * f for c, f in zip(centre, board.front, strict=True)))  # type: ignore[arg-type]
        grips.append(Grip("depth", low_out, angle_deg=_angle(middle, ahead) if ahead else 0.0))
    return tuple(grips), (top, top_out)


def _outward(edge: Pixel, middle: Pixel) -> tuple[Pixel, Pixel]:
    """The middle of an edge, and a place a little outside of it."""
    length = max(_apart(edge, middle), 1e-6)
    x, y = (edge[0] - middle[0]) / length, (edge[1] - middle[1]) / length
    return edge, (edge[0] + x * OUT_PX, edge[1] + y * OUT_PX)


def _off(board: Board, work: Placement) -> float:
    return float(np.array(board.front) @ (np.array(work.position_m) - np.array(board.origin_m)))


def _apart(one: Pixel, other: Pixel) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _mean(*pixels: Pixel) -> Pixel:
    return sum(p[0] for p in pixels) / len(pixels), sum(p[1] for p in pixels) / len(pixels)


def _angle(one: Pixel, other: Pixel) -> float:
    return math.degrees(math.atan2(other[1] - one[1], other[0] - one[0]))


def one_board(scene: Scene, works: Sequence[Placement]) -> Board | None:
    """The board that all of these works are on, or None when there are several."""
    if not works:
        return None
    board = board_of(scene, works[0])
    return board if all(is_on(board, work) for work in works) else None
