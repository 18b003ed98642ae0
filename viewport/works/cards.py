"""The works as numpy columns: corners, directions, sizes on screen; everything that is the same for every card."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from scene.records import Placement
from viewport.graphics.quads import Corners, rectangles

Points = NDArray[np.float64]
"""Shape (n, 3), metres."""
FARTHEST_M = 1e5
AT_ONCE = 2_048
"""So many records are looked at in one go, so that other threads are never held up for long."""
_FIELDS = attrgetter("id", "asset_id", "title", "position_m", "rotation", "size_m", "wall_id")


@dataclass(frozen=True, eq=False)
class Cards:
    """One row a placement, in hanging order."""

    ids: tuple[str, ...]
    asset_ids: tuple[str, ...]
    titles: tuple[str, ...]
    centre: Points
    right: Points
    """Unit vectors along the lower edge, seen from the front."""
    up: Points
    normal: Points
    size: NDArray[np.float64]
    """Width and height, shape (n, 2)."""
    on_wall: NDArray[np.bool_]
    row: dict[str, int]

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, rows: NDArray[np.int64]) -> "Cards":
        """Only these rows; their ids and titles come along."""
        ids = tuple(self.ids[row] for row in rows)
        return Cards(
            ids=ids,
            asset_ids=tuple(self.asset_ids[row] for row in rows),
            titles=tuple(self.titles[row] for row in rows),
            centre=self.centre[rows],
            right=self.right[rows],
            up=self.up[rows],
            normal=self.normal[rows],
            size=self.size[rows],
            on_wall=self.on_wall[rows],
            row={card_id: row for row, card_id in enumerate(ids)},
        )

    def corners(
        self,
        grow_m: float | NDArray[np.float64] = 0.0,
        forward_m: float = 0.0,
        rows: NDArray[np.int64] | slice = slice(None),
    ) -> Corners:
        """Corners of every card or of these rows, enlarged on all sides and moved along their normals."""
        half, centre = self.size[rows] / 2 + grow_m, self.centre[rows] + self.normal[rows] * forward_m
        return rectangles(centre, self.right[rows] * half[:, :1], self.up[rows] * half[:, 1:])


def cards_of(placements: Sequence[Placement]) -> Cards:
    """Columns from records; numbers that are no numbers become zeros, sizes stay between 1 cm and 1 km."""
    count = len(placements)
    names: tuple[list[str], ...] = ([], [], [])
    numbers = [np.empty((count, width)) for width in (3, 4, 2)]
    on_wall = np.empty(count, bool)
    for low in range(0, count, AT_ONCE):
        some = slice(low, low + AT_ONCE)
        ids, assets, titles, *columns, walls = zip(*map(_FIELDS, placements[some]), strict=True)
        for kept, found in zip(names, (ids, assets, titles), strict=True):
            kept.extend(found)
        for number, column in zip(numbers, columns, strict=True):
            number[some] = np.fromiter(chain.from_iterable(column), np.float64).reshape(-1, number.shape[1])
        on_wall[some] = [wall is not None for wall in walls]
    centre, turn, size = numbers
    right, up, normal = turned_axes(turn)
    return Cards(
        ids=tuple(names[0]),
        asset_ids=tuple(names[1]),
        titles=tuple(names[2]),
        centre=np.clip(np.nan_to_num(centre), -FARTHEST_M, FARTHEST_M),
        right=right,
        up=up,
        normal=normal,
        size=np.clip(np.nan_to_num(size), 0.01, 1000.0),
        on_wall=on_wall,
        row={card_id: row for row, card_id in enumerate(names[0])},
    )


def turned_axes(turn: NDArray[np.float64]) -> tuple[Points, Points, Points]:
    """Rotated x, y and z axes of quaternions (x, y, z, w); a zero quaternion counts as the identity."""
    turn = np.clip(np.nan_to_num(turn), -1e6, 1e6)
    length = np.linalg.norm(turn, axis=1, keepdims=True)
    safe = np.where(length > 1e-9, turn / np.maximum(length, 1e-9), (0.0, 0.0, 0.0, 1.0))
    x, y, z, w = safe.T
    right = np.stack([1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)], axis=1)
    up = np.stack([2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)], axis=1)
    normal = np.stack([2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)], axis=1)
    return right, up, normal
