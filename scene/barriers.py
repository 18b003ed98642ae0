"""What stops a visitor: walls with their doorways cut out, and cards that stand free, as upright sheets on the plan."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.cards import Floats
from scene.records import Opening, Placement, Wall
from scene.scene import Scene

LEAST_PASSAGE_M = 0.72
"""A doorway narrower than that lets a visitor pass as if it were so wide."""
TALLEST_M = 1_000.0
_SMALLEST_M = 0.01
_Piece = tuple[float, float, float, float]
"""From, to (metres along the wall), low and high edge of a part of it."""


@dataclass(frozen=True, eq=False)
class Barriers:
    """Upright sheets: the (x, z) of both ends, shape (n, 2), and the heights between which each one stands."""

    start_m: Floats
    end_m: Floats
    low_m: Floats
    high_m: Floats

    def __len__(self) -> int:
        return len(self.low_m)

    def between(self, feet_m: float, head_m: float) -> "Barriers":
        """Only those that meet a body between these heights."""
        return self.where((self.low_m < head_m) & (self.high_m > feet_m))

    def near(self, low_m: Floats, high_m: Floats) -> "Barriers":
        """Only those whose bounding rectangle meets the one given by its corners."""
        inside: NDArray[np.bool_] = np.all(
            (np.maximum(self.start_m, self.end_m) >= low_m) & (np.minimum(self.start_m, self.end_m) <= high_m), axis=1
        )
        return self.where(inside)

    def where(self, chosen: NDArray[np.bool_]) -> "Barriers":
        """Only these rows."""
        return Barriers(self.start_m[chosen], self.end_m[chosen], self.low_m[chosen], self.high_m[chosen])


def barriers_of(scene: Scene, *, cards: bool = True) -> Barriers:
    """The barriers of a scene; without `cards` its walls alone."""
    openings: dict[str, list[Opening]] = defaultdict(list)
    for opening in scene.openings:
        openings[opening.wall_id].append(opening)
    walls = [_wall(wall, openings.get(wall.id, ())) for wall in scene.walls]
    standing = [work for work in scene.all(Placement) if work.wall_id is None] if cards else []
    rows = np.concatenate([np.zeros((0, 6)), *walls, _cards(standing)])
    return Barriers(rows[:, 0:2], rows[:, 2:4], rows[:, 4], rows[:, 5])


def _wall(wall: Wall, openings: Iterable[Opening]) -> Floats:
    """Rows (x0, z0, x1, z1, low, high) that cover a wall except its openings."""
    start, end = np.array(wall.start_m), np.array(wall.end_m)
    length = float(np.linalg.norm(end - start))
    if not _SMALLEST_M < length < 1e6:
        return np.zeros((0, 6))
    along = (end - start) / length
    pieces = _pieces(length, wall.height_m, sorted(openings, key=lambda opening: opening.offset_m))
    return np.array([(*(start + along * a), *(start + along * b), low, high) for a, b, low, high in pieces])


def _pieces(length_m: float, height_m: float, openings: Iterable[Opening]) -> list[_Piece]:
    pieces: list[_Piece] = []
    done = 0.0
    for opening in openings:
        spare = max(0.0, LEAST_PASSAGE_M - opening.width_m) / 2
        left = min(max(opening.offset_m - spare, 0.0), length_m)
        right = min(max(opening.offset_m + opening.width_m + spare, 0.0), length_m)
        pieces.append((done, left, 0.0, height_m))
        pieces.append((left, right, 0.0, opening.sill_m))
        pieces.append((left, right, opening.sill_m + opening.height_m, height_m))
        done = max(done, right)
    pieces.append((done, length_m, 0.0, height_m))
    return [piece for piece in pieces if piece[1] - piece[0] > 1e-6 and piece[3] - piece[2] > 1e-6]


def _cards(works: list[Placement]) -> Floats:
    if not works:
        return np.zeros((0, 6))
    centre = np.array([work.position_m for work in works])
    half = np.array([work.size_m for work in works]) / 2
    turn = np.array([work.rotation for work in works])
    length = np.linalg.norm(turn, axis=1, keepdims=True)
    x, y, z, w = np.where(length > 1e-9, turn / np.maximum(length, 1e-9), (0.0, 0.0, 0.0, 1.0)).T
    right = np.stack([1 - 2 * (y * y + z * z), 2 * (x * z - y * w)], axis=1) * half[:, :1]
    right_y, up_y = 2 * (x * y + z * w), 1 - 2 * (x * x + z * z)
    tall = np.abs(right_y) * half[:, 0] + np.abs(up_y) * half[:, 1]
    plan = centre[:, [0, 2]]
    return np.column_stack([plan - right, plan + right, centre[:, 1] - tall, centre[:, 1] + tall])
