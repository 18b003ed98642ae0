"""How far the eye may go from what is shown, and whether anything of it is in the picture: nobody gets lost."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scene.records import Room
from viewport.camera import Pose, Vector
from viewport.hands.sight import Sight
from viewport.works.cards import Cards

LEAST_M, DIAGONALS = 20.0, 2.0
"""Around everything there is so much space for the eye: metres, or as many times the diagonal of it all."""
LOWEST_M = 0.15
MOST_WITH_CORNERS = 5_000
ACROSS = 5
"""Points that stand for a room: so many along each side, at the floor and at the ceiling."""
_HALL = Room(id="hall", min_corner_m=(-4.0, -4.0), max_corner_m=(4.0, 4.0))


def limits(cards: Cards, rooms: Sequence[Room]) -> tuple[Vector, Vector]:
    """The low and high corner of the box that the eye stays in."""
    ends = [(*r.min_corner_m, r.height_m) for r in rooms] + [(*r.max_corner_m, r.height_m) for r in rooms]
    points = [np.array([(x, y, z) for x, z, height_m in ends for y in (0.0, height_m)], np.float64).reshape(-1, 3)]
    if len(cards):
        points += [cards.centre.min(axis=0)[None], cards.centre.max(axis=0)[None]]
    if not len(rooms) and not len(cards):
        return limits(cards, [_HALL])
    everything = np.concatenate(points)
    low, high = everything.min(axis=0), everything.max(axis=0)
    reach_m = max(LEAST_M, DIAGONALS * float(np.linalg.norm(high - low)))
    low, high = low - reach_m, high + reach_m
    return np.array([low[0], LOWEST_M, low[2]]), high


def kept_near(wanted: Pose, before: Pose, low: Vector, high: Vector) -> Pose:
    """The wanted pose, carried back where it would leave the limits; who is beyond them may come back, not go on."""
    inside = np.clip(wanted.position, np.minimum(low, before.position), np.maximum(high, before.position))
    by = inside - wanted.position
    return wanted if not by.any() else Pose.of(inside, wanted.target + by)


def is_anything_seen(sight: Sight, cards: Cards, rooms: Sequence[Room]) -> bool:
    """Whether a part of any work or room lies in the picture, whatever may stand before it."""
    few = len(cards) <= MOST_WITH_CORNERS
    points: list[NDArray[np.float64]] = [cards.centre.astype(np.float64)]
    if few and len(cards):
        points.append(cards.corners().reshape(-1, 3).astype(np.float64))
    points += [_points_of(room) for room in rooms]
    pixels, depth = sight.project(np.concatenate(points))
    width, height = sight.size_px
    x, y = pixels[:, 0], pixels[:, 1]
    return bool(((depth > 0.05) & (x >= 0) & (x <= width) & (y >= 0) & (y <= height)).any())


def _points_of(room: Room) -> NDArray[np.float64]:
    along, across = (np.linspace(room.min_corner_m[k], room.max_corner_m[k], ACROSS) for k in (0, 1))
    x, y, z = np.meshgrid(along, np.array([0.0, room.height_m]), across)
    return np.stack([x.ravel(), y.ravel(), z.ravel()], axis=1)
